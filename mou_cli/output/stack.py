"""Records of a list one below the other, where the screen is too narrow for columns side by side."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from mou_cli.output.column import tone
from mou_cli.output.layout import GAP, LEAST, cells, cut, widest, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from mou_cli.output.column import Column, Row
    from mou_cli.output.screen import Screen

_LABELS: Final = 3  # labels take no more than this part of the screen


def write_stack(
    rows: Iterable[Row], columns: Sequence[Column], most: int | None, language: str, screen: Screen, stream: TextIO
) -> None:
    """Write what is known of every row, a label before each value and an empty line between two rows.

    A value is cut after `most` lines, but for identifiers, numbers and dates; None cuts nothing.
    """
    labels = [screen.text(column.label(language)) for column in columns]
    width = min(widest(labels), max(screen.width // _LABELS, 1))
    room = max(screen.width - width - GAP, LEAST)
    wrapped = [wrap(label, width) for label in labels]
    before = ""
    for row in rows:
        stream.write(before)
        before = "\n"
        for column, label in zip(columns, wrapped, strict=True):
            if text := screen.text(column.show(row, language)):
                lines = wrap(text, room)
                if column.kind == "code" and len(lines) > 1:
                    stream.writelines(_alone(label, text, screen))
                    continue
                lines = cut(lines, most, room, screen.ellipsis) if column.kind == "text" else lines
                stream.writelines(_side_by_side(label, width, lines, tone(column, row), screen))


def _alone(label: Sequence[str], text: str, screen: Screen) -> Iterator[str]:
    """Give an identifier that is too long for its place lines of its own, to be copied whole."""
    for part in label:
        yield f"{screen.paint(part, 'bold')}\n"
    for line in wrap(text, max(screen.width, LEAST)):
        yield f"{line}\n"


def _side_by_side(label: Sequence[str], width: int, lines: Sequence[str], style: str, screen: Screen) -> Iterator[str]:
    for part, line in zip_longest(label, lines, fillvalue=""):
        before = (screen.paint(part, "bold") if part else "") + " " * (width - cells(part) + GAP)
        yield (before + screen.paint(screen.isolate(line), style if line else "")).rstrip() + "\n"
