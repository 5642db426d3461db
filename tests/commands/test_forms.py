"""The machine contract: every form of every command that shows records, options anywhere, exit codes, streams."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.commands.conftest import Write
    from tests.conftest import Mou

KEYS = {
    "agreement": "ref key title type stage status partners homes areas signed_on starts_on ends_on ends_from ends_to "
    "ends_why renewal notice_by review_on term renewal_term notice terminated_on event project unit responsible region "
    "note texts documents source days_left notice_days_left renewed_until renewed_until_from renewed_until_to",
    "institution": "key name names country country_source territory type city region website identifiers parent home "
    "agreements note texts source",
    "event": "key name held_on place host declared recorded topics people note texts source",
    "task": "key plan year number section direction task ways executors timing due_kind due_from due_to deadline "
    "strategy expected_result actual_result status percent done_on overdue agreements partners note texts source "
    "days_left",
    "plan": "key title year owner unit language responsible status closed_on tasks done note texts source",
    "match": "noun key ref label detail",
    "count": "by value agreements partners",
}
MANY = {
    ("list",): "agreement",
    ("partner", "list"): "institution",
    ("event", "list"): "event",
    ("plan", "list"): "plan",
    ("plan", "due", "--year", "2025"): "task",
    ("search", "university"): "match",
    ("stats", "--by", "country"): "count",
}
ONE = {
    ("show", "khazar-ntu-haarlem"): "agreement",
    ("partner", "show", "uib"): "institution",
    ("event", "show", "round table"): "event",
    ("plan", "show", "veterans"): "plan",
    ("plan", "task", "show", "4.2"): "task",
}
FORMS = ("table", "json", "jsonl", "csv", "tsv", "yaml", "markdown")


def _read_yaml(text: str) -> Any:
    import yaml

    return yaml.safe_load(text)


@pytest.mark.parametrize(("command", "noun"), [*MANY.items(), *ONE.items()], ids=str)
def test_every_key_stands_in_every_row(seeded: Mou, command: tuple[str, ...], noun: str) -> None:
    data = seeded.json(*command)
    rows = data if command in MANY else [data]
    assert rows
    wanted = KEYS[noun].split()
    for row in rows:
        assert list(row)[: len(wanted)] == wanted
        if command in MANY:
            assert len(row) == len(wanted)


@pytest.mark.parametrize("command", MANY, ids=str)
def test_every_form_of_many_holds_the_same_rows(seeded: Mou, command: tuple[str, ...]) -> None:
    rows = seeded.json(*command)
    name = "value" if command[0] == "stats" else "key"
    keys = [row[name] or "" for row in rows]
    assert [json.loads(line) for line in seeded(*command, "-f", "jsonl").lines] == rows
    assert _read_yaml(seeded(*command, "-f", "yaml").out) == rows
    delimited = list(csv.DictReader(io.StringIO(seeded(*command, "-f", "csv").out, newline="")))
    assert [row[name] for row in delimited] == keys
    header, *lines = seeded(*command, "-f", "tsv").lines
    assert header.split("\t") == list(rows[0])
    assert [line.split("\t")[header.split("\t").index(name)] for line in lines] == keys
    assert seeded(*command).out == seeded(*command, "-f", "tsv").out
    markdown = seeded(*command, "-f", "markdown").lines
    assert len(markdown) == len(rows) + 2
    assert {line[:2] + line[-2:] for line in markdown} == {"|  |"}
    assert len(seeded(*command, "-f", "table").lines) >= len(rows)


@pytest.mark.parametrize("command", ONE, ids=str)
def test_every_form_of_one_holds_the_same_record(seeded: Mou, command: tuple[str, ...]) -> None:
    row = seeded.json(*command)
    (line,) = seeded(*command, "-f", "jsonl").lines
    assert json.loads(line) == row
    assert _read_yaml(seeded(*command, "-f", "yaml").out) == row
    for form in ("csv", "tsv"):
        first, *records = csv.reader(seeded(*command, "-f", form).lines, delimiter="," if form == "csv" else "\t")
        if command[:2] == ("plan", "show"):  # a table has room for the tasks alone
            assert len(records) == 11
        else:
            assert records[0][first.index("key")] == row["key"]
    assert row["key"] in seeded(*command, "-f", "table", env={"COLUMNS": "200"}).out
    assert row["key"].replace("_", "\\_") in seeded(*command, "-f", "markdown").out


def test_lists_and_objects_in_cells_are_joined(seeded: Mou) -> None:
    (row,) = csv.DictReader(io.StringIO(seeded("show", "khazar-ntu-haarlem", "-f", "csv").out, newline=""))
    assert row["partners"] == "ntu; haarlem"
    assert row["homes"] == "khazar"
    assert row["areas"] == "capacity-building; quality-assurance; faculty-exchange; staff-exchange"
    assert row["signed_on"] == ""


def test_tsv_shows_tabs_lines_and_backslashes_by_their_codes(small: Mou) -> None:
    small("add", "--partner", "uit", "--note", "a\nb\\c", "--title", "=1+1")
    assert small("list", "--columns", "note,title").out == "note\ttitle\na\\nb\\\\c\t=1+1\n"


def _how_to_begin(command: tuple[str, ...]) -> str:
    groups = {
        "plan due": ("tasks", "plan "),
        "plan list": ("plans", "plan "),
        "partner list": ("institutions", "partner "),
        "event list": ("events", "event "),
    }
    if command[0] == "search":
        return "nothing found: none is recorded yet; begin with `mou import --examples` or `mou add`\n"
    nouns, group = groups.get(" ".join(command[:2]), ("agreements", ""))
    begin = f"begin with `mou import --examples` or `mou {group}add`"
    return f"no {nouns} found: none is recorded yet; {begin}\n"


@pytest.mark.once_on_server("forms", each="command")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("command", [*MANY, ("plan", "due"), ("list", "nosuchword")], ids=str)
def test_an_empty_answer_is_done(empty: Mou, command: tuple[str, ...], form: str) -> None:
    answer = empty(*command, "-f", form)
    assert answer.err == (_how_to_begin(command) if form == "table" else "")
    expected = {"json": "[]\n", "jsonl": "", "yaml": "[]\n"}
    if form in expected:
        assert answer.out == expected[form]
    if form in {"csv", "tsv"}:
        assert len(answer.lines) == 1


@pytest.mark.parametrize(
    "command", [("list",), ("partner", "list"), ("event", "list"), ("plan", "list"), ("plan", "due")]
)
def test_a_count_is_the_number_alone(seeded: Mou, command: tuple[str, ...]) -> None:
    number = seeded(*command, "--count").out
    assert number.strip().isdigit()
    for form in ("auto", "table", "csv", "tsv", "markdown"):
        assert seeded(*command, "--count", "-f", form).out == number
    for form in ("json", "jsonl"):
        assert seeded(*command, "--count", "-f", form).out == f'{{"count": {number.strip()}}}\n'
    assert _read_yaml(seeded(*command, "--count", "-f", "yaml").out) in (int(number), {"count": int(number)})


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (("-f", "json", "list", "--limit", "0"), "[]"),
        (("list", "--limit", "0", "--format", "json"), "[]"),
        (("--format", "csv", "list", "--limit", "0", "--format", "json"), "[]"),
        (("-f", "json", "partner", "-f", "csv", "list", "--limit", "0", "-f", "yaml"), "[]"),
        (("-f", "json", "partner", "-f", "csv", "list", "--limit", "0", "--columns", "key"), "key"),
        (("-f", "json", "-f", "tsv", "list", "--limit", "0", "--columns", "key"), "key"),
        (("--as-of", "1990-01-01", "plan", "due", "--count", "--as-of", "2025-05-10"), "2"),
        (("--as-of", "2025-05-10", "plan", "due", "--count", "--as-of", "1990-01-01"), "0"),
        (("plan", "--as-of", "2025-05-10", "due", "--count"), "2"),
        (("--lang", "az", "list", "--limit", "0", "-f", "markdown", "--columns", "status"), "| Vəziyyəti |"),
        (
            ("--lang", "az", "list", "--limit", "0", "-f", "markdown", "--columns", "status", "--lang", "en"),
            "| Status |",
        ),
    ],
)
def test_options_for_all_are_taken_anywhere_and_the_later_wins(
    seeded: Mou, arguments: tuple[str, ...], first: str
) -> None:
    assert seeded(*arguments).lines[0] == first


def test_the_register_and_the_actor_are_taken_anywhere(seeds: Mou, small: Mou) -> None:
    assert seeds("--db", "/none.db", "list", "--count", "--db", small.address).out == "0\n"
    assert seeds("--db", small.address, "list", "--count").out == "0\n"
    small("--actor", "a", "add", "--partner", "uit", "--actor", "b")
    small("--actor", "c", "add", "--partner", "uit")
    small("add", "--partner", "uit")
    actors = [row["actor"] for row in small.rows("SELECT actor FROM journal_entry ORDER BY id")]
    assert actors[1:] == ["b", "c", "tester"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("list", "nosuchword"), 0),
        (("nosuch",), 2),
        (("list", "--nosuch"), 2),
        (("list", "--format", "xml"), 2),
        (("list", "--lang", "fr"), 2),
        (("list", "--as-of", "yesterdayish"), 2),
        (("show", "a", "b"), 2),
        (("import", "BAD"), 3),
        (("show", "nothing"), 4),
        (("list", "--country", "Congo"), 5),
        (("list", "--db", "/nowhere/none.db"), 6),
        (("list", "--db", "BAD"), 7),
    ],
)
def test_exit_codes_are_the_documented_ones(seeded: Mou, write: Write, arguments: tuple[str, ...], code: int) -> None:
    bad = write("bad.yaml", "format: mou/1\ncolour: red\n" * 100)
    answer = seeded.call(*(bad if word == "BAD" else word for word in arguments))
    assert answer.code == code
    assert (answer.err == "") is (code == 0)
    assert answer.out == "" or code == 0
    assert all(line.startswith(("mou: ", "hint: ", bad)) for line in answer.err.splitlines())


def _cells(path: Path) -> Iterator[list[Any]]:
    for row in _sheet(path).iter_rows():
        yield list(row)


def _sheet(path: Path) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path).active


def test_a_workbook_has_dates_and_texts(small: Mou, tmp_path: Path) -> None:
    for note in ("=1+1", "+1", "-1", "@x", "2024-05-01"):
        small("add", "--partner", "uit", "--note", note, "--signed", "2024-05-01", "--starts", "2024-05")
    file = tmp_path / "out.xlsx"
    answer = small("list", "-o", str(file), "--columns", "ref,note,signed,starts")
    assert answer.out == ""
    header, *rows = _cells(file)
    assert [cell.value for cell in header] == ["Ref", "Note", "Signed", "Starts"]
    assert [(row[1].value, row[1].data_type) for row in rows] == [
        *(("=1+1", "s"), ("+1", "s"), ("-1", "s"), ("@x", "s"), ("2024-05-01", "s")),
    ]
    assert {row[2].value for row in rows} == {datetime(2024, 5, 1)}  # noqa: DTZ001 - a cell has no zone
    assert {(row[2].is_date, row[2].number_format) for row in rows} == {(True, "yyyy-mm-dd")}
    assert {row[3].value for row in rows} == {"2024-05"}


def test_a_workbook_has_a_frozen_header_and_widths(seeded: Mou, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    seeded("list", "--country", "Norway", "-o", str(file))
    sheet = _sheet(file)
    assert (sheet.freeze_panes, sheet.max_row) == ("A2", 7)
    assert all(sheet.column_dimensions[letter].width >= 8 for letter in "ABCDEFG")


@pytest.mark.once_on_server("forms", each="command")
@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "jsonl", "yaml", "yml", "md", "xlsx", "CSV"])
@pytest.mark.parametrize("command", MANY, ids=str)
def test_every_ending_of_a_file_is_a_form(seeded: Mou, tmp_path: Path, command: tuple[str, ...], ending: str) -> None:
    file = tmp_path / f"out.{ending}"
    assert seeded(*command, "-o", str(file)).out == ""
    rows = seeded.json(*command)
    readers: dict[str, Callable[[], int]] = {
        "csv": lambda: len(list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))),
        "tsv": lambda: len(file.read_text("utf-8").splitlines()) - 1,
        "json": lambda: len(json.loads(file.read_text("utf-8"))),
        "jsonl": lambda: len(file.read_text("utf-8").splitlines()),
        "yaml": lambda: len(_read_yaml(file.read_text("utf-8"))),
        "md": lambda: len(file.read_text("utf-8").splitlines()) - 2,
        "xlsx": lambda: len(list(_cells(file))) - 1,
    }
    readers["yml"] = readers["yaml"]
    assert readers[ending.lower()]() == len(rows)
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_file_of_no_known_form_is_refused(seeded: Mou, tmp_path: Path) -> None:
    answer = seeded.fails(2, "list", "-o", str(tmp_path / "out.pdf"))
    assert answer.err.splitlines()[0].endswith("does not say what kind of file to write")
    assert list(tmp_path.iterdir()) == []


def test_guarded_texts_stay_texts_in_csv(small: Mou) -> None:
    for note in ("=1+1", "+1+1", "-cmd", "@x", "plain", "-5"):
        small("add", "--partner", "uit", "--note", note)
    rows = csv.DictReader(io.StringIO(small("list", "-f", "csv").out, newline=""))
    assert [row["note"] for row in rows] == ["'=1+1", "'+1+1", "'-cmd", "'@x", "plain", "-5"]
