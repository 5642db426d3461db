"""Rows as a table for people: drawn by Rich while they are few, line by line when they are many."""

from __future__ import annotations

from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Final, Literal

from mou_cli.output.column import tone
from mou_cli.output.layout import Need, fit, keeps_words, need, pad, wrap
from mou_cli.output.nouns import SAMPLE, SPARE, choose_columns
from mou_cli.output.page import write_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from mou_cli.output.column import Column, Row
    from mou_cli.output.screen import Screen

_GAP: Final = 2
_JUSTIFY: Final[dict[str, Literal["right"]]] = {"number": "right"}
_ASCII_BOX: Final = "    \n    \n -- \n    \n    \n    \n    \n    \n"


def write_table(
    rows: Iterable[Row], noun: str, names: Sequence[str] | None, language: str, screen: Screen, stream: TextIO
) -> None:
    """Write the rows under their labels, or as pages where the screen is too narrow for columns side by side.

    Nothing is cut off: what is too long goes on in the next line of its cell. No rows leave no heading either.
    """
    remaining = iter(rows)
    sample = list(islice(remaining, SAMPLE + 1))
    columns = everything = choose_columns(noun, names, sample)
    if not sample:
        return
    needs = [_need(column, sample, language, screen) for column in columns]
    for spare in () if names else SPARE.get(noun, ()):
        if keeps_words(needs, screen.width - _GAP * (len(columns) - 1)):
            break
        kept = [n for n, column in enumerate(columns) if column.name != spare]
        columns, needs = [columns[n] for n in kept], [needs[n] for n in kept]
    labels = [screen.text(column.label(language)) for column in columns]
    shown = [_cells(row, columns, language, screen) for row in sample]
    widths = fit(needs, screen.width - _GAP * (len(columns) - 1))
    if widths is None:
        write_pages(chain(sample, remaining), everything, language, screen, stream)
    elif len(sample) <= SAMPLE:
        tones = [[tone(column, row) for column in columns] for row in sample]
        stream.write(_drawn(columns, labels, widths, shown, tones, screen))
    else:
        rest = (_cells(row, columns, language, screen) for row in remaining)
        right = [column.kind == "number" for column in columns]
        rule = ("-" if screen.encoding else "─") * (sum(widths) + _GAP * (len(columns) - 1))
        stream.writelines((*_lines(labels, widths, right), f"{rule}\n"))
        for texts in chain(shown, rest):
            stream.writelines(_lines(texts, widths, right))


def _need(column: Column, rows: Sequence[Row], language: str, screen: Screen) -> Need:
    texts = (screen.text(column.show(row, language)) for row in rows)
    return need((screen.text(column.label(language)), *texts), column.kind, column.weight)


def _cells(row: Row, columns: Sequence[Column], language: str, screen: Screen) -> list[str]:
    return [screen.text(column.show(row, language)) for column in columns]


def _lines(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    wrapped = [wrap(text, width) for text, width in zip(texts, widths, strict=True)]
    for line in zip_longest(*wrapped, fillvalue=""):
        padded = (pad(part, width, right=r) for part, width, r in zip(line, widths, right, strict=True))
        yield (" " * _GAP).join(padded).rstrip() + "\n"


def _drawn(
    columns: Sequence[Column],
    labels: Sequence[str],
    widths: Sequence[int],
    shown: Sequence[Sequence[str]],
    tones: Sequence[Sequence[str]],
    screen: Screen,
) -> str:
    """Let Rich draw into memory, so that an error of the stream reaches whoever opened it."""
    from io import StringIO

    from rich.box import SIMPLE_HEAD, Box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    box = Box(_ASCII_BOX, ascii=True) if screen.encoding else SIMPLE_HEAD
    table = Table(box=box, show_edge=False, pad_edge=False, padding=(0, _GAP - 1, 0, 0))
    for column, label, width in zip(columns, labels, widths, strict=True):
        table.add_column(Text(label), width=width, overflow="fold", justify=_JUSTIFY.get(column.kind, "left"))
    for texts, styles in zip(shown, tones, strict=True):
        table.add_row(*(Text(text, style=style) for text, style in zip(texts, styles, strict=True)))
    drawing = StringIO()
    console = Console(
        file=drawing,
        width=screen.width,
        height=len(shown),
        force_terminal=screen.colour,
        color_system="standard" if screen.colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in drawing.getvalue().splitlines())
