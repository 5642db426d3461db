"""How wide columns are, and how a text is laid out in a width."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from mou_cli.output.column import Kind

_LEAST: Final = 8  # columns of a screen in which words can still be read
_WORD: Final = 14  # longer words are the last to be kept whole
_DATE: Final = 12  # as far as the first day of a span, and its dots


class Need(NamedTuple):
    """The widths a column wants, each step better than the one before, and its weight where there is not enough."""

    steps: tuple[int, ...]
    weight: int


def need(texts: Sequence[str], kind: Kind, weight: int) -> Need:
    """Measure the texts of a column, its label among them.

    Identifiers and numbers stay in one piece, dates too but for a span, which breaks after its dots. Other texts want
    the common words whole, then every word, then every line.
    """
    natural = widest(texts)
    if kind in {"code", "number"}:
        return Need((natural,) * 4, weight)
    if kind == "date":
        return Need((min(natural, _DATE),) * 4, weight)
    words = {cells(word) for text in texts for word in text.split()}
    least = min(natural, _LEAST)
    common = max((word for word in words if word <= _WORD), default=0)
    return Need((least, max(least, common), max(least, *words, 0), natural), weight)


def fit(needs: Sequence[Need], available: int) -> list[int] | None:
    """Share the columns of the screen out among the columns of a table; None if they are too few for the first step."""
    widths = [wanted.steps[0] for wanted in needs]
    left = available - sum(widths)
    if left < 0:
        return None
    for step in zip(*(wanted.steps for wanted in needs), strict=True):
        left = _grow(widths, step, [wanted.weight for wanted in needs], left)
    return widths


def keeps_words(needs: Sequence[Need], available: int) -> bool:
    """Say whether the screen has room for the common words of every column."""
    return sum(wanted.steps[1] for wanted in needs) <= available


def _grow(widths: list[int], goals: Sequence[int], weights: Sequence[int], left: int) -> int:
    """Widen towards the goals, by weight, as far as what is left allows; give what is left then."""
    while left and (narrow := [n for n, goal in enumerate(goals) if widths[n] < goal]):
        total, share = sum(weights[n] for n in narrow), left
        for n in narrow:
            more = min(max(1, share * weights[n] // total), goals[n] - widths[n], left)
            widths[n] += more
            left -= more
    return left


def cells(text: str) -> int:
    """Give the columns of the screen that a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text up to a width, at its left if it stands to the right."""
    blank = " " * (width - cells(text))
    return blank + text if right else text + blank


def wrap(text: str, width: int) -> list[str]:
    """Break a text between words, and within words that are too long; nothing is left out but blanks at line ends."""
    if "\n" not in text and cells(text) <= width:
        return [text]
    from rich.text import Text

    return [line.plain.rstrip() for line in Text(text).wrap(_console(), width, overflow="fold")]


def widest(texts: Iterable[str]) -> int:
    """Give the columns of the widest of the texts."""
    return max(map(cells, texts), default=0)


@cache
def _console() -> Console:
    from rich.console import Console

    return Console(color_system=None)
