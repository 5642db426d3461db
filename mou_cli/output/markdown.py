"""Rows as a Markdown table, for web pages and documents."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import translate
from mou_cli.output.nouns import SAMPLE, choose_columns, page_columns
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from mou_cli.output.column import Column, Row

# Characters that begin markup inside a line, and the ends of a cell.
_ESCAPES: Final = str.maketrans(
    {character: f"\\{character}" for character in "\\`*_[]|~"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"}
)
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
    """Write one row as a table of two columns, its labels and what is set."""
    columns = choose_columns(noun, names) if names else page_columns(noun)
    stream.write(_line((translate("Field", language), translate("Value", language))) + "| --- | --- |\n")
    for column in columns:
        if text := column.show(row, language):
            stream.write(_line((column.label(language), text)))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |\n"


def _cell(text: str) -> str:
    return escape_controls(text, keep_newlines=True).translate(_ESCAPES)
