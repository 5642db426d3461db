"""Rows as a Markdown table and one record as a page, for web pages and documents."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import translate
from mou_cli.output.nouns import SAMPLE, choose_columns
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from mou_cli.output.column import Column, Row
    from mou_cli.output.section import Page

# Characters that begin markup inside a line, and the ends of a cell.
_ESCAPES: Final = str.maketrans(
    {character: f"\\{character}" for character in "\\`*_[]|~"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"}
)
# What makes a heading, a list or a rule of the line that it begins.
_BLOCK: Final = re.compile(r"^\s*(?=[#+=-])|^\s*[0-9]{1,9}(?=[.)])")
_RULES: Final = {"number": "---:"}


def write_markdown(rows: Iterable[Row], noun: str, names: Sequence[str] | None, language: str, stream: TextIO) -> None:
    """Write a table with a row a line under the labels."""
    remaining = iter(rows)
    sample = list(islice(remaining, SAMPLE))
    write_columns(chain(sample, remaining), choose_columns(noun, names, sample), language, stream)


def write_columns(rows: Iterable[Row], columns: Sequence[Column], language: str, stream: TextIO) -> None:
    """Write what the columns show of the rows."""
    stream.write(_line(column.label(language) for column in columns))
    stream.write(f"| {' | '.join(_RULES.get(column.kind, '---') for column in columns)} |\n")
    stream.writelines(_line(column.show(row, language) for column in columns) for row in rows)


def write_markdown_page(row: Row, noun: str, names: Sequence[str] | None, language: str, stream: TextIO) -> None:
    """Write one row whole, in sections; or the columns of these names as far as they are set, as a table of two."""
    from mou_cli.output.whole import PAGES

    if not names and noun in PAGES:
        _write_page(PAGES[noun](row, language), language, stream)
        return
    stream.write(_line((translate("Field", language), translate("Value", language))) + "| --- | --- |\n")
    for column in choose_columns(noun, names):
        if text := column.show(row, language):
            stream.write(_line((column.label(language), text)))


def _write_page(page: Page, language: str, stream: TextIO) -> None:
    stream.write(f"# {_cell(page.heading)}\n")
    if page.facts:
        stream.write(f"\n{_paragraph(', '.join(fact.text for fact in page.facts))}\n")
    for section in page.sections:
        stream.write(f"\n## {_cell(section.heading)}\n\n")
        for item in section.items:
            label = f"**{_cell(item.label)}:** " if item.label else ""
            told = "; ".join(part.text for part in item.parts)
            stream.write(f"- {label}{_cell(told) if label else _paragraph(told)}\n")
        stream.writelines(f"{'  ' * len(branch.levels)}- {_paragraph(branch.part.text)}\n" for branch in section.tree)
        if section.grid and section.grid.rows:
            stream.write("\n" if section.items else "")
            write_markdown(section.grid.rows, section.grid.noun, section.grid.columns, language, stream)
        if section.more:
            stream.write(f"\n{_paragraph(section.more)}\n")


def _paragraph(text: str) -> str:
    """Escape a text that begins a line, where other signs are markup as well."""
    return _BLOCK.sub(lambda found: f"{found[0]}\\", _cell(text), count=1)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |\n"


def _cell(text: str) -> str:
    return escape_controls(text, keep_newlines=True).translate(_ESCAPES)
