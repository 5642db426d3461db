"""How wide columns are, and how a text is laid out in a width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mou_cli.output.column import Kind

GAP: Final = 2  # columns of a screen between what stands side by side
LEAST: Final = 10  # a value beside its label is not made narrower, however narrow the screen
_READABLE: Final = 8  # columns of a screen in which words can still be read
_WORD: Final = 14  # longer words are the last to be kept whole
_DATE: Final = 12  # as far as the first day of a span, and its dots
_WEIGHTY: Final = 3
_MAIN: Final = 24  # columns without which a name or a task becomes a tower
_COMFORT: Final = 30  # a text as wide as this reads well, however long it is
# A number and what it counts are held together by a blank that is none to break at; it is written as any other.
HELD: Final = "\xa0"
_WORD_ALONE: Final = re.compile(rf"(?:\S|{HELD})+")
_WORDS: Final = re.compile(rf"[^\S{HELD}]*(?:\S|{HELD})+[^\S{HELD}]*|\s+")
_INDICATOR: Final = re.compile("[\U0001f1e6-\U0001f1ff]")


class Need(NamedTuple):
    """The widths a column wants, each step better than the one before, and its weight where there is not enough."""

    steps: tuple[int, ...]
    weight: int


def need(texts: Sequence[str], kind: Kind, weight: int) -> Need:
    """Measure the texts of a column, its label among them.

    Identifiers and numbers stay in one piece, dates too but for a span, which breaks after its dots; only their label
    may stand on several lines. Other texts want the common words whole, then what matters most a little more than that,
    then every word, then every line.
    """
    natural = widest(texts)
    if kind in {"code", "number"}:
        return Need((natural,) * 5, weight)
    words = {cells(word) for text in texts for word in _WORD_ALONE.findall(text)}
    if kind == "date":
        whole, least = min(natural, _DATE), min(max(words, default=0), _DATE)
        return Need((*(least,) * 4, whole), weight)
    least = min(natural, _READABLE)
    common = max((word for word in words if word <= _WORD), default=0)
    main = min(natural, _MAIN) if weight >= _WEIGHTY else 0
    common = max(least, common)
    readable = max(common, main)
    return Need((least, common, readable, max(readable, *words), natural), weight)


def fit(needs: Sequence[Need], available: int) -> list[int] | None:
    """Share the columns of the screen out among the columns of a table; None if they are too few for the first step."""
    widths = [wanted.steps[0] for wanted in needs]
    left = available - sum(widths)
    if left < 0:
        return None
    for step in zip(*(wanted.steps for wanted in needs), strict=True):
        left = _grow(widths, step, [wanted.weight for wanted in needs], left)
    return widths


def has_room(needs: Sequence[Need], available: int) -> bool:
    """Say whether the screen has room for every column in the width in which it reads well."""
    return sum(min(n.steps[4], max(n.steps[3], _COMFORT)) for n in needs) <= available


def keeps_words(needs: Sequence[Need], available: int) -> bool:
    """Say whether the screen has room for the common words of every column."""
    return sum(wanted.steps[2] for wanted in needs) <= available


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
    """Break a text between words, and within words that are too long; nothing is left out but blanks at line ends.

    What is read as one letter stays in one piece: with its accents, a flag, an emoji of several persons.
    """
    if "\n" not in text and cells(text) <= width:
        return [text.replace(HELD, " ")]
    return [line.replace(HELD, " ") for part in text.split("\n") for line in _wrapped(part, width)]


def _wrapped(text: str, width: int) -> Iterator[str]:
    line, room = "", width
    for word in _words(text, width):
        took = cells(word.rstrip())
        if took > room and line:
            yield line.rstrip()
            line, room = "", width
        if took > room:
            *pieces, word = _pieces(word, width)  # noqa: PLW2901 - the end of the word goes on as a word
            yield from pieces
        line, room = line + word, room - cells(word)
    yield line.rstrip()


def _words(text: str, width: int) -> Iterator[str]:
    """Give the words with the blanks around them; what is held together and too long for a line is let go."""
    for word in _WORDS.findall(text):
        if HELD in word and cells(word.rstrip()) > width:
            yield from _WORDS.findall(word.replace(HELD, " "))
        else:
            yield word


def _pieces(word: str, width: int) -> list[str]:
    """Break a word into pieces as wide as there is room, each of at least one letter; blanks stay with the last."""
    pieces, room = [""], width
    for letter in letters(word):
        took = cells(letter)
        if took > room and pieces[-1] and not letter.isspace():
            pieces.append("")
            room = width
        pieces[-1] += letter
        room -= took
    return pieces


def letters(text: str) -> list[str]:
    """Give what is read as one letter each."""
    if text.isascii():
        return list(text)
    from rich.cells import split_graphemes

    found: list[str] = []
    for start, end, _ in split_graphemes(text)[0]:
        # Two regional indicators are one flag.
        if found and _INDICATOR.fullmatch(text[start:end]) and _INDICATOR.fullmatch(found[-1]):
            found[-1] += text[start:end]
        else:
            found.append(text[start:end])
    return found


def cut(lines: list[str], most: int | None, width: int, mark: str) -> list[str]:
    """Give so many of the lines, the last ending in the mark if any is left out; None gives all."""
    if most is None or len(lines) <= most:
        return lines
    last, room = lines[most - 1], width - cells(mark)
    if cells(last) > room:
        last = last.rpartition(" ")[0] or last
    return [*lines[: most - 1], _beginning(last, room).rstrip() + mark]


def shorten(text: str, width: int, mark: str) -> str:
    """Give as much of a text as a width has room for, ending in the mark if anything is left out."""
    return text if cells(text) <= width else _beginning(text, width - cells(mark)).rstrip() + mark


def _beginning(text: str, width: int) -> str:
    """Give the letters with which a text begins, as many as a width has room for."""
    kept, room = [], width
    for letter in letters(text):
        room -= cells(letter)
        if room < 0:
            break
        kept.append(letter)
    return "".join(kept)


def widest(texts: Iterable[str]) -> int:
    """Give the columns of the widest of the texts."""
    return max(map(cells, texts), default=0)
