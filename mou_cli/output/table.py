"""Rows as a table for people: drawn by Rich while they are few, line by line when they are many."""

from __future__ import annotations

from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from mou_cli.output.agreement import RENEWED
from mou_cli.output.layout import GAP, Need, cells, cut, fit, has_room, keeps_words, need, wrap
from mou_cli.output.nouns import COLUMNS, SAMPLE, choose_columns, in_order, room_of
from mou_cli.output.stack import write_stack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from mou_cli.output.column import Column, Row
    from mou_cli.output.screen import Screen

_NARROW: Final = 60  # below this columns are squeezed, and records one below the other read better
_MOST: Final = 3  # lines of a cell, so that one long text does not make its row a tower
_BREAKS: Final = ("…", RENEWED)  # between days that stand in one cell, which breaks after it
_ASCII_BOX: Final = "    \n    \n -- \n    \n    \n    \n    \n    \n"


class _Grid(NamedTuple):
    """Columns with their widths, and after how many lines their texts are cut."""

    columns: Sequence[Column]
    widths: Sequence[int]
    most: int | None
    language: str
    screen: Screen

    def lines(self, row: Row) -> list[list[str]]:
        """Give the lines of every cell."""
        texts = (self.screen.text(column.show(row, self.language)) for column in self.columns)
        return [self._laid(column, text, w) for column, text, w in zip(self.columns, texts, self.widths, strict=True)]

    def labels(self) -> list[list[str]]:
        """Give the lines of every label."""
        texts = (self.screen.text(column.label(self.language)) for column in self.columns)
        return [wrap(text, width) for text, width in zip(texts, self.widths, strict=True)]

    def _laid(self, column: Column, text: str, width: int) -> list[str]:
        if column.kind == "text":
            return cut(wrap(text, width), self.most, width, self.screen.ellipsis)
        # An identifier, a number or a day stays whole, though a row beyond the sample may have a longer one.
        return wrap(text, width) if any(sign in text for sign in _BREAKS) else [text]


def write_table(
    rows: Iterable[Row],
    noun: str,
    names: Sequence[str] | None,
    language: str,
    screen: Screen,
    stream: TextIO,
    *,
    whole: bool = True,
) -> None:
    """Write the rows under their labels, or one below the other where the screen is narrow.

    A text is cut after a few lines, and columns may be left out; of columns that are named nothing is, if they are to
    be shown `whole`. No rows leave no heading either.
    """
    whole = whole and bool(names)
    remaining = iter(rows)
    sample = list(islice(remaining, SAMPLE + 1))
    everything = choose_columns(noun, names, sample, for_screen=True)
    if not sample:
        return
    needs = {column: _need(column, sample, language, screen) for column in everything}
    if not whole:
        needs = _in_room(noun, needs, sample, language, screen, may_add=not names)
    columns = list(needs)
    most, room = None if whole else _MOST, screen.width - GAP * (len(columns) - 1)
    widths = fit(list(needs.values()), room)
    squeezed = len(columns) > 1 and screen.width < _NARROW and sum(n.steps[-1] for n in needs.values()) > room
    if widths is None or squeezed:
        stacked = everything if names else _by_importance(noun, everything)
        write_stack(chain(sample, remaining), stacked, most, language, screen, stream)
        return
    grid = _Grid(columns, widths, most, language, screen)
    if len(sample) <= SAMPLE:
        stream.write(_drawn(grid, sample))
    else:
        stream.writelines(_streamed(grid, chain(sample, remaining)))


def write_footer(text: str, screen: Screen, stream: TextIO) -> None:
    """Write what stands below a table, an empty line between."""
    stream.writelines(("\n", *(f"{screen.isolate(line)}\n" for line in wrap(screen.text(text), screen.width))))


def _in_room(
    noun: str, needs: dict[Column, Need], rows: Sequence[Row], language: str, screen: Screen, *, may_add: bool
) -> dict[Column, Need]:
    """Leave out columns that there is no room for, or add some that there is, which are not there by name."""
    everything = len(needs)

    def room(number: int) -> int:
        return screen.width - GAP * (number - 1)

    for spare in room_of(noun).spare:
        if len(needs) == 1 or keeps_words(list(needs.values()), room(len(needs))):
            break
        needs = {column: wanted for column, wanted in needs.items() if column.name != spare}
    if not may_add:
        return needs
    for more in (COLUMNS[noun][name] for name in room_of(noun).more):
        if len(needs) >= everything and any(more.show(row, language) for row in rows):
            wider = needs | {more: _need(more, rows, language, screen)}
            needs = wider if has_room(list(wider.values()), room(len(wider))) else needs
    return {column: needs[column] for column in in_order(noun, needs)}


def _by_importance(noun: str, columns: list[Column]) -> list[Column]:
    """Give the columns so that those which a narrow table leaves out first come last."""
    spare = room_of(noun).spare
    return sorted(columns, key=lambda column: len(spare) - spare.index(column.name) if column.name in spare else 0)


def _need(column: Column, rows: Sequence[Row], language: str, screen: Screen) -> Need:
    texts = (screen.text(column.show(row, language)) for row in rows)
    return need((screen.text(column.label(language)), *texts), column.kind, column.weight)


def _streamed(grid: _Grid, rows: Iterable[Row]) -> Iterator[str]:
    columns, screen = grid.columns, grid.screen
    right = [column.kind == "number" for column in columns]
    yield from _joined(grid, grid.labels(), ["bold"] * len(columns), right)
    yield f"{screen.rule(sum(grid.widths) + GAP * (len(columns) - 1))}\n"
    for row in rows:
        yield from _joined(grid, grid.lines(row), [column.tone(row) for column in columns], right)


def _joined(grid: _Grid, texts: Sequence[Sequence[str]], styles: Sequence[str], right: Sequence[bool]) -> Iterator[str]:
    for line in zip_longest(*texts, fillvalue=""):
        told, taken = _line(grid, line, styles, right)
        if taken > grid.screen.width:
            # What is longer than its column, and has no room to go on, has a line of its own.
            longer = [cells(text) > width for text, width in zip(line, grid.widths, strict=True)]
            for text in (text for text, is_longer in zip(line, longer, strict=True) if is_longer):
                yield from (f"{part}\n" for part in wrap(text, grid.screen.width))
            rest = ["" if is_longer else text for text, is_longer in zip(line, longer, strict=True)]
            told, _taken = _line(grid, rest, styles, right)
        yield f"{told}\n"


def _line(grid: _Grid, line: Sequence[str], styles: Sequence[str], right: Sequence[bool]) -> tuple[str, int]:
    """Give the cells of a line side by side, and how wide it is.

    A cell that is wider than its column takes of the gap behind it, and moves the next ones no further than it must.
    """
    told, taken, place = "", 0, 0
    for text, width, style, to_the_right in zip(line, grid.widths, styles, right, strict=True):
        if text:
            took = cells(text)
            begins = max(place + width - took if to_the_right else place, taken + 1 if taken else 0)
            told += " " * (begins - taken) + grid.screen.paint(grid.screen.isolate(text), style)
            taken = begins + took
        place += width + GAP
    return told.rstrip(), taken


def _drawn(grid: _Grid, rows: Sequence[Row]) -> str:
    """Let Rich draw into memory, so that an error of the stream reaches whoever opened it."""
    from io import StringIO

    from rich.box import SIMPLE_HEAD, Box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Span, Text

    screen = grid.screen
    box = Box(_ASCII_BOX, ascii=True) if screen.encoding else SIMPLE_HEAD
    table = Table(box=box, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
    for column, label, width in zip(grid.columns, grid.labels(), grid.widths, strict=True):
        justify: Literal["left", "right"] = "right" if column.kind == "number" else "left"
        table.add_column(Text("\n".join(label)), width=width, overflow="fold", justify=justify)
    for row in rows:
        laid = ("\n".join(map(screen.isolate, lines)) for lines in grid.lines(row))
        # A span, not a style of the whole: that would colour the blanks behind the text, too.
        table.add_row(
            *(
                Text(text, spans=[Span(0, len(text), column.tone(row))])
                for column, text in zip(grid.columns, laid, strict=True)
            )
        )
    drawing = StringIO()
    console = Console(
        file=drawing,
        width=screen.width,
        height=len(rows),
        force_terminal=screen.colour,
        color_system="standard" if screen.colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in drawing.getvalue().splitlines())
