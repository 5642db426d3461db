"""Numbers as bars: every part with its share and as long a bar as the screen has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import digits, translate
from mou_cli.output.counts import parts
from mou_cli.output.layout import GAP, pad, widest, wrap
from mou_cli.output.result import TRAITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from mou_cli.output.counts import Part
    from mou_cli.output.screen import Screen
    from mou_cli.views.stats import Counts

_EIGHTHS: Final = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_SHORTEST, _LONGEST = 8, 50  # columns of the screen for the longest bar
_LABEL: Final = 14  # a label is not made narrower while a column of numbers can be left out
_LEAST_LABEL: Final = 4


def write_bars(counts: Counts, language: str, screen: Screen, stream: TextIO) -> None:
    """Write a line for each part; where there is little room, without the share, or with the agreements alone."""
    lines = parts(counts.lines, counts.by[0], counts.years, language)
    labels = [screen.text(part.label) for part in lines]
    heading = screen.text(TRAITS.label(counts.by[0], language))
    natural = widest([heading, *labels])
    for columns in _choices(lines, counts.agreements, language, screen):
        taken = sum(widest(column) + GAP for column in columns) + GAP
        if screen.width - taken - min(natural, _LABEL) >= _SHORTEST:
            break
    has_room = screen.width - taken - _LEAST_LABEL >= _SHORTEST
    length = min(max(screen.width - taken - natural, _SHORTEST), _LONGEST) if has_room else 0
    width = min(natural, max(screen.width - taken - length, _LEAST_LABEL))
    # What has no year is no point of the time line: its bar would dwarf all others.
    sizes = [0 if counts.by[0] == "year" and part.value is None else part.agreements for part in lines]
    drawn = ["", *(bar(size, max(sizes), length, screen) for size in sizes)]
    for number, label in enumerate([heading, *labels]):
        first, *more = wrap(label, width)
        numbers = [pad(column[number], widest(column), right=True) for column in columns]
        line = (" " * GAP).join([pad(first, width), *numbers, drawn[number]]).rstrip()
        stream.write(f"{line if number else screen.paint(line, 'bold')}\n")
        stream.writelines(f"{part}\n" for part in more)
        if not number:
            stream.write(f"{screen.rule(width + taken + length)}\n")


def _choices(lines: Sequence[Part], whole: int, language: str, screen: Screen) -> list[list[list[str]]]:
    """Give the columns of numbers below their labels, then with fewer and fewer of them."""
    agreements = [translate("Agreements", language), *(digits(part.agreements, language) for part in lines)]
    share = [translate("Share", language), *(_per_cent(part.agreements, whole) for part in lines)]
    partners = [translate("Partners", language), *(digits(part.partners, language) for part in lines)]
    choices = ([agreements, share, partners], [agreements, partners], [agreements])
    return [[[screen.text(text) for text in column] for column in columns] for columns in choices]


def _per_cent(part: int, whole: int) -> str:
    share = round(100 * part / whole)
    return f"{share} %" if share or not part else "<1 %"


def bar(part: int, most: int, length: int, screen: Screen) -> str:
    """Give a bar, `length` columns long for `most`; a part that is there at all shows."""
    if not part or not length:
        return ""
    if not _has_blocks(screen):
        return "#" * max(1, round(part * length / most))
    full, rest = divmod(max(1, round(part * length * len(_EIGHTHS) / most)), len(_EIGHTHS))
    return "█" * full + _EIGHTHS[rest]


def _has_blocks(screen: Screen) -> bool:
    blocks = "".join(("█", *_EIGHTHS))
    return screen.text(blocks) == blocks
