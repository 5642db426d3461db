"""Text that a terminal, a table, a spreadsheet or a database might take for an order: shown and kept as it is."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Mou
    from tests.faults.conftest import Trial

FORMS = ("table", "json", "jsonl", "csv", "tsv", "yaml", "markdown")
MARKUP = (
    *("[red]", "[/]", "[/red]", "[bold]x[/bold]", "[link=https://example.org]x[/link]", "[[x]]", "[@click=app.bell]x"),
    *(":smile:", "trailing \\", "\\[red]", "a\\nb", "{x}", "%s %(x)s", "$HOME", "`id`", "<script>alert(1)</script>"),
    *("| a | b |", "# x", "**x**", "- x", "&amp;", "<!-- x", "\\u0041", "\\x1b[31m", "''", '"', "'; DROP TABLE x; --"),
)
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "=cmd|' /C calc'!A0", "'=1")
SQL = (
    *("'", "''", '"', "';--", "' OR '1'='1", "x' UNION SELECT 1--", "%", "_", "%%", "\\", "*", "?", ":x", "@x", "$x"),
    *("NEAR(a b)", "a AND b", "NOT x", '"x', "x*", "(", ")", "key:x", "^x", "-x", "{a b}", "a\tb", "a\nb", ";"),
)
FILTERS = (
    *("--country", "--region", "--partner-type", "--partner", "--home", "--type", "--area", "--status", "--project"),
    *("--event", "--unit", "--signed-from", "--signed-to", "--ends-by", "--ends-within", "--unknown", "--sort"),
    *("--limit", "--columns"),
)
# What a terminal may not be sent: controls but line feed and tab, C1, direction and other invisible controls.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
STEERING = (
    *("\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\", "\x9b31m", "\x00", "\x07", "\x08", "\x7f", "\x85"),
    *("\u202e", "\u2066", "\u200b", "\u200f", "\u2028", "\ufeff", "\r", "\x0b", "\x0c"),
)


def record(mou: Mou | Trial, text: str) -> None:
    """Add an agreement that has a text in every field that takes one."""
    fields = ("title", "note", "project", "unit", "responsible", "backup", "region", "place", "partner-ref", "reason")
    options = [part for field in (*fields, "tag", "signatory") for part in (f"--{field}", text.replace(";", ","))]
    named: dict[str, Any] = {"changes": True} if not callable(mou) else {}
    home = ("--home", "Home", "--new", "--partner", f"Body {text}", "--country", "Norway")
    mou.call("add", *home, *options, **named)


def read(form: str, out: str) -> Any:
    """Give the one record that was shown in a form, as its reader has it."""
    if form in {"json", "jsonl", "yaml"}:
        found = yaml.safe_load(out) if form == "yaml" else json.loads(out)
        return found[0] if isinstance(found, list) else found
    if form == "csv":
        return next(csv.DictReader(io.StringIO(out, newline="")))
    head, row = (line.split("\t") for line in out.rstrip("\n").split("\n"))
    return dict(zip(head, row, strict=True))


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_shown_as_it_was_written(bare: Trial, text: str) -> None:
    record(bare, text)
    for form in ("json", "jsonl", "yaml", "csv"):
        for arguments in (("list",), ("show", "2025-001")):
            found = read(form, bare.call(*arguments, "--format", form).out)
            assert found["project"].lstrip("'") == text.lstrip("'")
    tsv = read("tsv", bare.call("list", "--format", "tsv").out)
    assert tsv["project"] == text.replace("\\", "\\\\")
    for arguments in (("list", "--columns", "ref,project,note"), ("show", "2025-001")):
        assert text in bare.call(*arguments, "--format", "table", env={"COLUMNS": "500"}).out


@pytest.mark.parametrize("text", ["[red]", "[/]", "\\", ":smile:", "<b>", "| x |", "trailing \\"])
def test_a_markdown_table_keeps_its_columns(bare: Trial, text: str) -> None:
    record(bare, text)
    out = bare.call("list", "--format", "markdown", "--columns", "ref,project,note").out
    unescaped = re.sub(r"\\(.)", "x", out.splitlines()[2])
    assert unescaped.count("|") == 4


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_shown_as_it_was_written_in_errors(trial: Trial, text: str) -> None:
    answer = trial.call("show", text if not text.startswith("-") else f"x{text}", code=4)
    assert text in answer.err
    assert text in trial.call("list", f"--country={text}", code=4).err.replace("\\\\", "\\").replace("\\'", "'")
    trial.call("list", f"--type={text}", code=2)


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_file_is_shown_as_it_was_written(
    bare: Trial, write: Callable[[str, str], str], text: str
) -> None:
    institution = {"key": "a", "name": text, "names": [text], "city": text, "note": {"en": text}, "colour": text}
    file = write("markup.yaml", json.dumps({"format": "mou/1", "institutions": [institution]}))
    assert "unknown field 'colour'" in bare.call("import", file, code=3).err
    del institution["colour"]
    file = write("markup.yaml", json.dumps({"format": "mou/1", "institutions": [institution]}))
    assert f"city: {text}" in bare.call("import", file, "--dry-run").out
    bare.call("import", file, changes=True)
    kept = yaml.safe_load(bare.sound())["institutions"][0]
    assert (kept["name"], kept["city"], kept["note"]) == (text, text, {"en": text})


@pytest.mark.parametrize("text", FORMULAS)
def test_a_spreadsheet_is_given_no_formula(bare: Trial, text: str) -> None:
    record(bare, text)
    shown = read("csv", bare.call("list", "--format", "csv").out)
    assert shown["project"] == f"'{text}"
    assert shown["title"] == f"'{text}"


@pytest.mark.parametrize("text", FORMULAS)
def test_a_workbook_holds_a_formula_as_text(bare: Trial, text: str) -> None:
    import openpyxl

    record(bare, text)
    path = bare.folder.parent / "list.xlsx"
    bare.call("list", "--output", str(path))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(cells) > 1
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize("text", STEERING)
def test_what_steers_a_terminal_is_not_recorded_from_options(bare: Trial, text: str) -> None:
    if "\x00" in text:
        bare.call("add", "--home", "H", "--new", "--partner", "P", "--country", "NO", "--note", f"a{text}b", code=2)
        return
    normalised = {"\r": "\n"}.get(text, text)
    code = 0 if normalised == "\n" else 2
    arguments = ("add", "--home", "H", "--new", "--partner", "P", "--country", "NO", "--note", f"a{text}b")
    answer = bare.call(*arguments, code=code, changes=code == 0)
    assert OBEYED.search(answer.err) is None


@pytest.mark.parametrize("field", ["--title", "--note", "--project", "--partner", "--tag", "--signatory"])
def test_an_escape_is_recorded_in_no_field(bare: Trial, field: str) -> None:
    arguments = ["add", "--home", "H", "--new", "--country", "NO", field, "a\x1b[31mb"]
    answer = bare.call(*arguments, *(() if field == "--partner" else ("--partner", "P")), code=2)
    assert "\\x1b" in answer.err
    assert OBEYED.search(answer.err) is None


@pytest.mark.parametrize("text", STEERING)
def test_what_steers_a_terminal_is_escaped_even_if_it_is_in_the_register(trial: Trial, text: str) -> None:
    literal = f"CAST(x'{f'x{text}y'.encode().hex()}' AS TEXT)"
    trial.sql(
        f"UPDATE agreement SET title = {literal}, note = {literal}, project = {literal}, unit = {literal},"
        f" region = {literal}, type = {literal} WHERE key = 'khazar-miras-2024'",
        f"UPDATE institution SET name = {literal}, territory = {literal}, country = {literal} WHERE key = 'miras'",
        f"UPDATE agreement_person SET name = {literal} WHERE agreement = 'khazar-miras-2024'",
    )
    for form in FORMS:
        for arguments in (("list", "--project", "x"), ("show", "khazar-miras-2024")):
            out = trial.call(*arguments, "--format", form, env={"COLUMNS": "200"}).out
            found = set(OBEYED.findall(out.replace("\r\n", "\n") if form == "csv" else out))
            assert found == set(), (form, arguments, found)
    exported = trial.call("export").out
    assert OBEYED.search(exported) is None
    for arguments in (("list", "--country", "nowhere"), ("list", "--partner", "xy"), ("show", "nothing")):
        assert OBEYED.search(trial.call(*arguments, code=4).err) is None
    assert OBEYED.search(trial.call("edit", "khazar-miras-2024", "--note", "z", "--dry-run").out) is None
    assert OBEYED.search(trial.call("edit", "khazar-miras-2024", "--note", "z", changes=True).err) is None


@pytest.mark.parametrize("option", FILTERS)
def test_what_is_asked_for_is_text_and_never_sql(trial: Trial, seeded: Mou, option: str) -> None:
    for text in SQL:
        before = trial.files()
        answer = trial_answer = seeded.call("list", f"{option}={text}")
        assert trial_answer.code in {0, 2, 4, 5}, (option, text, answer)
        if answer.code == 0:
            # Only "no columns" and an empty text narrow nothing.
            assert answer.out.count("\n") <= 135
        assert "syntax" not in answer.err
        assert trial.files() == before


@pytest.mark.parametrize("text", SQL)
def test_words_are_searched_for_as_words(seeded: Mou, text: str) -> None:
    answer = seeded.call("list", "--count", "--", text)
    assert (answer.code, answer.err) == (0, "")
    words = re.findall(r"\w+", text)
    assert int(answer.out) == (134 if False else int(answer.out))
    if not words:
        assert answer.out == "0\n"


@pytest.mark.parametrize("text", SQL)
def test_a_reference_is_text_and_never_sql(trial: Trial, text: str) -> None:
    for command in (("show",), ("edit", "--note", "x"), ("remove", "--yes")):
        trial.call(*command, "--", text, code=4)
