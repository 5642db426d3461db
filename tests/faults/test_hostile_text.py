"""Text that a terminal, a table, a spreadsheet or a database might take for an order: shown and kept as it is."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml  # noqa: TID253 - another reader of what the program writes

from tests.conftest import Mou
from tests.faults.conftest import no_traceback

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.conftest import Trial

FORMS = ("table", "json", "jsonl", "csv", "tsv", "yaml", "markdown")
MARKUP = (
    *("[red]", "[/]", "[/red]", "[bold]x[/bold]", "[link=https://example.org]x[/link]", "[[x]]", "[@click=app.bell]x"),
    *(":smile:", "trailing \\", "\\[red]", "a\\nb", "{x}", "%s %(x)s", "$HOME", "`id`", "<script>alert(1)</script>"),
    *("| a | b |", "# x", "**x**", "- x", "&amp;", "<!-- x", "\\u0041", "\\x1b[31m", "''", '"', "'; DROP TABLE x; --"),
)
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0", "'=1")
SQL = (
    *("'", "''", '"', "';--", "' OR '1'='1", "qq' UNION SELECT 1--", "%", "_", "%%", "\\", "*", "?", ":qq", "@qq"),
    *(
        "$qq",
        "NEAR(qq zz)",
        "qq AND zz",
        "NOT qq",
        '"qq',
        "qq*",
        "(",
        ")",
        "key:qq",
        "^qq",
        "-qq",
        "{qq}",
        "qq\tzz",
        ";",
    ),
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


def record(trial: Trial, text: str) -> None:
    """Add an agreement that has a text in every field that takes one."""
    fields = ("title", "note", "project", "unit", "responsible", "backup", "region", "place", "partner-ref", "reason")
    options = [part for field in (*fields, "tag") for part in (f"--{field}", text)]
    home = ("--home", "Home", "--new", "--partner", f"Body {text}", "--country", "Norway")
    trial.call("add", *home, *options, changes=True)


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
        for command in ("list", "show 2025-001"):
            arguments = command.split()
            found = read(form, bare.call(*arguments, "--format", form).out)
            assert found["project"].lstrip("'") == text.lstrip("'")
    tsv = read("tsv", bare.call("list", "--format", "tsv").out)
    assert tsv["project"] == text.replace("\\", "\\\\")
    for command in ("list --columns ref,project,note", "show 2025-001"):
        assert text in bare.call(*command.split(), "--format", "table", env={"COLUMNS": "500"}).out


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
    answer = trial.call("list", f"--status=qqq {text}", code=2)
    assert repr(f"qqq {text}") in answer.err


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_file_is_shown_as_it_was_written(bare: Trial, write: Callable[[str, str], str], text: str) -> None:
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
    bare.call("list", "--output", str(path), "--columns", "ref,title,project,note")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(cells) == 3
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize("text", STEERING)
def test_what_steers_a_terminal_is_not_recorded_from_options(bare: Trial, text: str) -> None:
    arguments = ("add", "--home", "H", "--new", "--partner", "P", "--country", "NO", "--title", f"a{text}b")
    if text == "\r":
        # It ends a line, and a title is one line.
        bare.call(*arguments, changes=True)
        assert "title: a b\n" in bare.sound()
    else:
        assert OBEYED.search(bare.call(*arguments, code=2).err) is None


@pytest.mark.parametrize("field", ["--title", "--note", "--project", "--partner", "--home", "--tag", "--signatory"])
def test_an_escape_is_recorded_in_no_field(bare: Trial, field: str) -> None:
    said = {"--home": "H", "--partner": "P", "--country": "NO"} | {field: "a\x1b[31mb"}
    answer = bare.call("add", "--new", *(part for pair in said.items() for part in pair), code=2)
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
    shown: tuple[tuple[str, ...], ...] = (("list", "--project", "x"), ("show", "khazar-miras-2024"))
    for form in FORMS:
        for arguments in shown:
            out = trial.call(*arguments, "--format", form, env={"COLUMNS": "200"}).out
            found = set(OBEYED.findall(out.replace("\r\n", "\n") if form == "csv" else out))
            assert found == set(), (form, arguments, found)
    exported = trial.call("export").out
    assert OBEYED.search(exported) is None
    for asked in (("list", "--country", "nowhere"), ("list", "--partner", "xy"), ("show", "nothing")):
        assert OBEYED.search(trial.call(*asked, code=4).err) is None
    assert OBEYED.search(trial.call("edit", "khazar-miras-2024", "--note", "z", "--dry-run").out) is None
    assert OBEYED.search(trial.call("edit", "khazar-miras-2024", "--note", "z", changes=True).err) is None


@pytest.mark.parametrize("option", FILTERS)
def test_what_is_asked_for_is_text_and_never_sql(trial: Trial, option: str) -> None:
    before = trial.files()
    for text in SQL:
        answer = Mou(trial.db).call("list", "--count", f"{option}={text}")
        no_traceback(answer)
        # Nothing is found, or the text is refused; only options that narrow nothing may answer with all.
        if answer.code == 0:
            assert answer.out in {"0\n", "134\n"}
            assert (answer.out == "0\n") == (option not in {"--columns", "--limit", "--sort"})
        else:
            assert answer.code in {2, 4, 5}
            assert answer.out == ""
    assert trial.files() == before


@pytest.mark.parametrize("text", [text for text in SQL if not re.search(r"\w", text)])
def test_what_has_no_word_is_found_nowhere(trial: Trial, text: str) -> None:
    assert trial.call("list", "--count", "--", text, says="").out == "0\n"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ('"khazar', "khazar"),
        ("khazar*", "khazar"),
        ("NEAR(khazar miras)", "near khazar miras"),
        ("khazar AND miras", "khazar and miras"),
        ("NOT khazar", "not khazar"),
        ("title:khazar", "title khazar"),
        ("^khazar", "khazar"),
        ("-khazar", "khazar"),
        ("khazar;DROP", "khazar drop"),
        ("khazar + miras", "khazar miras"),
    ],
)
def test_the_signs_of_a_query_language_are_no_signs_here(trial: Trial, text: str, same: str) -> None:
    assert trial.call("list", "--", text, says="").out == trial.call("list", *same.split(), says="").out


@pytest.mark.parametrize("text", SQL)
def test_a_reference_is_text_and_never_sql(trial: Trial, text: str) -> None:
    for command in (("show",), ("edit", "--note", "x"), ("remove", "--yes")):
        trial.call(*command, "--", text, code=4)
