"""Records one below the other: a label and what it says in every line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.output.column import tone
from mou_cli.output.layout import cells, pad, widest, wrap
from mou_cli.output.nouns import choose_columns, page_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from mou_cli.output.column import Column, Kind, Row
    from mou_cli.output.screen import Screen

_GAP: Final = 2
_LEAST: Final = 10  # a value is not made narrower, however narrow the screen


def write_page(row: Row, noun: str, names: Sequence[str] | None, language: str, screen: Screen, stream: TextIO) -> None:
    """Write what is set of one row; all of it, or the columns of these names."""
    columns = choose_columns(noun, names) if names else page_columns(noun)
    columns = [column for column in columns if column.show(row, language)]
    write_pages([row], columns, language, screen, stream)


def write_pages(rows: Iterable[Row], columns: Sequence[Column], language: str, screen: Screen, stream: TextIO) -> None:
    """Write what is set of every row, an empty line between two."""
    labels = [screen.text(column.label(language)) for column in columns]
    width = widest(labels)
    before = ""
    for row in rows:
        stream.write(before)
        before = "\n"
        for column, label in zip(columns, labels, strict=True):
            if text := screen.text(column.show(row, language), keep_newlines=True):
                stream.writelines(_lines(pad(label, width), text, column.kind, tone(column, row), screen))


def _lines(label: str, text: str, kind: Kind, style: str, screen: Screen) -> Iterator[str]:
    width = cells(label)
    room = max(screen.width - width - _GAP, _LEAST)
    lines = wrap(text, room)
    if (
        kind == "code" and len(lines) > 1
    ):  # an identifier too long for its place has lines of its own, to be copied whole
        yield from (
            f"{line}\n" for line in (screen.paint(label.rstrip(), "bold"), *wrap(text, max(screen.width, room)))
        )
        return
    for number, line in enumerate(lines):
        before = " " * width if number else screen.paint(label, "bold")
        yield f"{before}{' ' * _GAP}{screen.paint(line, style)}".rstrip() + "\n"
