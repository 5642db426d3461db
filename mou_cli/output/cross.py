"""Numbers by two traits at once: a line for each part of the first, a column for each of the second."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.catalogue import digits, translate, translate_number
from mou_cli.output.counts import agreements_with, parts
from mou_cli.output.layout import GAP, pad, widest, wrap
from mou_cli.output.result import TRAITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from mou_cli.output.screen import Screen
    from mou_cli.views.stats import Counts

_LABEL: Final = 16  # what the labels of the lines are left at least
_WORD: Final = 18  # longer words of a heading are broken


class _Column(NamedTuple):
    """A heading, the numbers below it as they are shown, and the width they need."""

    heading: str
    shown: list[str]
    width: int


def write_cross(counts: Counts, language: str, screen: Screen, stream: TextIO) -> Iterator[str]:
    """Write the table with the totals at both ends; give what is to be said of columns that had no room."""
    lines = parts(counts.lines, counts.by[0], counts.years, language)
    across = parts(counts.columns, counts.by[1], counts.years, language)
    found = agreements_with(counts)
    numbers = [[*(found.get((line.value, part.value), 0) for line in lines), part.agreements] for part in across]
    columns = [_column(part.label, each, language, screen) for part, each in zip(across, numbers, strict=True)]
    total = translate("Total", language)
    last = _column(total, [*(line.agreements for line in lines), counts.agreements], language, screen)
    labels = [screen.text(text) for text in (TRAITS.label(counts.by[0], language), *(p.label for p in lines), total)]
    room = screen.width - min(widest(labels), _LABEL) - GAP - last.width

    most_first = sorted(range(len(across)), key=lambda place: -across[place].agreements)
    for kept in range(len(across), -1, -1):
        chosen = [columns[place] for place in sorted(most_first[:kept])]
        if rest := most_first[kept:]:
            added = [sum(numbers[place][line] for place in rest) for line in range(len(lines) + 1)]
            chosen.append(_column(translate("other", language, context="counted"), added, language, screen))
        if sum(column.width + GAP for column in chosen) <= room:
            break
    stream.writelines(_drawn(labels, [*chosen, last], screen))
    if rest:
        yield translate_number(
            "other is the sum of {number} column that has no room here",
            "other is the sum of {number} columns that have no room here",
            len(rest),
            language,
        )


def year_columns(screen: Screen) -> tuple[int, int]:
    """Give how many columns there is room for of single years, and of spans of years."""
    room = screen.width - _LABEL - 2 * (len("known)") + GAP)
    return max(room // (len("2025") + GAP), 1), max(room // (len("2020-2024") + GAP), 1)


def _column(heading: str, numbers: Sequence[int], language: str, screen: Screen) -> _Column:
    nothing = "." if screen.encoding else "·"
    shown = [digits(number, language) if number else nothing for number in numbers]
    words = screen.text(heading).split()
    return _Column(screen.text(heading), shown, max(widest(shown), min(widest(words), _WORD)))


def _drawn(labels: Sequence[str], columns: Sequence[_Column], screen: Screen) -> Iterator[str]:
    taken = sum(column.width + GAP for column in columns)
    width = max(min(widest(labels), screen.width - taken), 1)
    heads = [wrap(column.heading, column.width) for column in columns]
    for label, *headings in zip_longest(wrap(labels[0], width), *heads, fillvalue=""):
        yield _line(label, width, headings, columns, screen, "bold")
    yield f"{screen.rule(width + taken)}\n"
    for number, text in enumerate(labels[1:]):
        style = "bold" if number == len(labels) - 2 else ""
        first, *more = wrap(text, width)
        yield _line(first, width, [column.shown[number] for column in columns], columns, screen, style)
        yield from (f"{screen.paint(part, style)}\n" for part in more)


def _line(label: str, width: int, texts: Sequence[str], columns: Sequence[_Column], screen: Screen, style: str) -> str:
    cells = (pad(text, column.width, right=True) for text, column in zip(texts, columns, strict=True))
    return screen.paint((" " * GAP).join([pad(label, width), *cells]).rstrip(), style) + "\n"
