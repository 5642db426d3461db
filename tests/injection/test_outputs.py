"""What is shown is text to whoever reads it, in every form: a proper reader gets the same text back, and no order."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import openpyxl  # noqa: TID253 - as above
import pytest
import vobject
import yaml  # noqa: TID253 - another reader of what the program writes
from markdown_it import MarkdownIt

from mou_cli.output.delimited import clean, guard
from mou_cli.output.field import flatten
from mou_cli.rules.text import normalise
from tests.conftest import TODAY, Mou
from tests.injection.corpus import KEPT, LINES
from tests.terminal import open_program, see_the_end

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from markdown_it.token import Token

# The commands that show many records, with the column in which each text stands by itself.
COMMANDS = {
    "list": "title",
    "partner list": "name",
    "event list": "name",
    "plan list": "title",
    "plan due --month May --year 2025 --running": "task",
    "due --within 10y": "responsible",
    "doc list": "file",
    "search x": "label",
    "history a7": "note",
    "check vacant": "id",
    "log l7": "action",
    "stats --by region": "value",
}
PAGES = ("show a{}", "partner show p{}", "event show e{}", "plan show l{}", "plan task show l{}/1", "history a{}")
MISSING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# What the program itself sends to a terminal: colour, a line's end, links to where browsers may go, and around a cell
# that reads from right to left what keeps it to itself.
OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;(id=[0-9]+)?;(https?://[!-~]*)?\x1b\\|\r\n|\u2068[^\u2068\u2069]*\u2069")
HARMLESS = {
    *("table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close"),
    *("th_open", "th_close", "td_open", "td_close", "inline", "heading_open", "heading_close", "paragraph_open"),
    *("paragraph_close", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "text"),
    *("strong_open", "strong_close", "html_inline", "text_special", "softbreak"),
}
PROPERTIES = {
    *(
        "VERSION",
        "PRODID",
        "CALSCALE",
        "METHOD",
        "X-WR-CALNAME",
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "SUMMARY",
    ),
    *(
        "DESCRIPTION",
        "CATEGORIES",
        "TRANSP",
        "DTSTART",
        "DTEND",
        "DUE",
        "STATUS",
        "PERCENT-COMPLETE",
        "ACTION",
        "TRIGGER",
    ),
    *("VEVENT", "VTODO", "VALARM"),
}


def leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in (*value, *value.values()):
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)


@pytest.fixture(scope="session")
def rows(hostile: Mou) -> dict[str, list[dict[str, Any]]]:
    """What each command gives as JSON."""
    return {command: told(hostile, command, "json") for command in COMMANDS}


def told(mou: Mou, command: str, form: str) -> Any:
    answer = mou.call(*command.split(), "-f", form)
    assert answer.code == 0, answer.err
    if form == "jsonl":
        return [json.loads(line) for line in answer.out.splitlines()]
    return json.loads(answer.out) if form == "json" else yaml.safe_load(answer.out)


@pytest.mark.parametrize("command", ["list", "partner list", "event list", "plan list", "doc list"])
def test_every_text_comes_back(rows: dict[str, list[dict[str, Any]]], command: str) -> None:
    found = set(leaves(rows[command]))
    assert [text for text in KEPT if normalise(text) not in found] == []
    if command != "doc list":
        assert [text for text in LINES if normalise(text) not in found] == []


@pytest.mark.parametrize("form", ["jsonl", "yaml"])
@pytest.mark.parametrize("command", COMMANDS)
def test_programs_read_the_same_in_other_forms(
    hostile: Mou, rows: dict[str, list[dict[str, Any]]], command: str, form: str
) -> None:
    assert told(hostile, command, form) == rows[command]


@pytest.mark.parametrize("command", COMMANDS)
def test_csv_has_the_same_cells_and_nothing_to_calculate(
    hostile: Mou, rows: dict[str, list[dict[str, Any]]], command: str
) -> None:
    out = hostile.call(*command.split(), "-f", "csv").out
    lines = list(csv.reader(io.StringIO(out, newline="")))
    expected = rows[command]
    assert lines[1:] == [[guard(clean(flatten(row[name]))) for name in lines[0]] for row in expected]
    number = re.compile(r"[+-]?[0-9][0-9.,]*%?|--[0-9]{2}-[0-9]{2}")
    calculated = [cell for line in lines for cell in line if re.match(r"\s*[=+\-@\t\r]", cell)]
    assert [cell for cell in calculated if not number.fullmatch(cell)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_tsv_has_the_same_cells(hostile: Mou, rows: dict[str, list[dict[str, Any]]], command: str) -> None:
    head, *lines = hostile.call(*command.split(), "-f", "tsv").out.removesuffix("\n").split("\n")
    named = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    escape = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))")
    cells = [
        [escape.sub(lambda m: named[m[3]] if m[3] else chr(int(m[1] or m[2], 16)), cell) for cell in line.split("\t")]
        for line in lines
    ]
    names = head.split("\t")
    assert cells == [[flatten(row[name]) for name in names] for row in rows[command]]


def tokens(text: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)


def orders(found: list[Token]) -> list[str]:
    """Give what a browser would be told beside the layout: links, pictures, code, anything of HTML but a line's end."""
    every = [inner for token in found for inner in (token, *(token.children or ()))]
    return [
        f"{token.type} {token.content}"
        for token in every
        if token.type not in HARMLESS or (token.type == "html_inline" and token.content != "<br>")
    ]


def cells_of(found: list[Token]) -> Iterator[str]:
    for before, token in pairwise(found):
        if before.type == "td_open":
            yield "".join("\n" if inner.type == "html_inline" else inner.content for inner in token.children or ())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_markdown_table_is_read_as_the_same_texts_and_no_markup(
    hostile: Mou, rows: dict[str, list[dict[str, Any]]], command: str
) -> None:
    name = COMMANDS[command]
    found = tokens(hostile.call(*command.split(), "-f", "markdown", "--columns", name).out)
    assert orders(found) == []
    cells = list(cells_of(found))
    assert len(cells) == len(rows[command])
    if command in {"list", "partner list", "event list", "plan list", "doc list"}:
        assert cells == [(row[name] or "").strip() for row in rows[command]]
    assert orders(tokens(hostile.call(*command.split(), "-f", "markdown").out)) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_no_markup_and_no_control(hostile: Mou, page: str) -> None:
    for n in range(PAGES.index(page), len(KEPT) + len(LINES), len(PAGES)):
        command = page.format(n).split()
        assert orders(tokens(hostile(*command, "-f", "markdown").out)) == [], n
        assert MISSING.search(hostile(*command, "-f", "table", env={"COLUMNS": "400"}).out) is None


@pytest.mark.parametrize("command", COMMANDS)
def test_a_table_shows_every_text_as_it_is(hostile: Mou, rows: dict[str, list[dict[str, Any]]], command: str) -> None:
    name = COMMANDS[command]
    out = hostile.call(*command.split(), "-f", "table", "--columns", name, env={"COLUMNS": "400"}).out
    assert MISSING.search(out) is None
    for row in rows[command]:
        for line in flatten(row[name]).split("\n") if name in row else ():
            assert line.strip() in out


@pytest.mark.parametrize(
    "command", ["list", "partner list --columns name,website", "show a3", "partner show p4", "doc list"]
)
def test_a_terminal_gets_no_control_but_our_own(hostile: Mou, command: str) -> None:
    env = {"PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "MOU_DB": str(hostile.db), "MOU_TODAY": TODAY}
    env |= {"MOU_PAGER": "off", "LC_ALL": "C.UTF-8", "HOME": str(hostile.db.parent)}
    out = see_the_end(open_program(command.split(), env, rows=60, columns=160))
    assert "\x1b[" in out
    assert MISSING.search(OURS.sub("", out)) is None


@pytest.mark.parametrize("command", COMMANDS)
def test_a_workbook_holds_texts_and_no_formula(hostile: Mou, tmp_path: Path, command: str) -> None:
    file = tmp_path / "out.xlsx"
    hostile.call(*command.split(), "-o", str(file), "--columns", COMMANDS[command])
    sheet = openpyxl.load_workbook(file).worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert cells
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(cell.data_type == "s" for cell in cells if isinstance(cell.value, str))
    assert all(cell.hyperlink is None for cell in cells)


@pytest.mark.parametrize("command", ["due --within 10y", "plan due --month May --year 2025"])
def test_a_calendar_has_no_line_or_property_of_the_data(hostile: Mou, command: str) -> None:
    expected = hostile.json(*command.split())
    calendar = vobject.readOne(hostile(*command.split(), "-f", "ics").out)
    entries = [part for part in calendar.getChildren() if part.name in {"VEVENT", "VTODO"}]
    assert len(entries) == len(expected)
    names = {part.name for entry in (calendar, *entries) for part in entry.getChildren()}
    names |= {
        part.name
        for entry in entries
        for alarm in entry.getChildren()
        if alarm.name == "VALARM"
        for part in alarm.getChildren()
    }
    assert names <= PROPERTIES
    summaries = {entry.summary.value for entry in entries}
    texts = [normalise(text) for text in KEPT]
    assert [text for text in texts if not any(text in summary for summary in summaries)] == []


def test_an_export_is_read_as_the_same_texts_by_another_reader(hostile: Mou, tmp_path: Path) -> None:
    out = hostile("export").out
    found = set(leaves(yaml.safe_load(out)))
    assert [text for text in (*KEPT, *LINES) if normalise(text) not in found] == []
    other, file = Mou(tmp_path / "other.db"), tmp_path / "export.yaml"
    file.write_text(out, "utf-8")
    other("import", str(file))
    assert other("export").out == out
