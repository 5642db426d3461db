"""Records of a list one below the other, where the screen is too narrow for columns side by side."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from mou_cli.output.layout import GAP, LEAST, cells, cut, widest, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from mou_cli.output.column import Column, Kind, Row
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
    wrapped = [wrap(label, width) for label in labels]
    before = ""
    for row in rows:
        stream.write(before)
        before = "\n"
        for column, label in zip(columns, wrapped, strict=True):
            if text := screen.text(column.show(row, language)):
                lines = beside_label(label, width, text, column.kind, column.tone(row), screen, most)
                stream.writelines(f"{line}\n" for line in lines)


def beside_label(
    label: Sequence[str], width: int, text: str, kind: Kind, style: str, screen: Screen, most: int | None = None
) -> Iterator[str]:
    """Set a value beside the lines of its label; of a text no more than `most` lines, where that is said.

    An identifier that is too long for its place has lines of its own, to be copied whole.
    """
    room = max(screen.width - width - GAP, LEAST)
    lines = wrap(text, room)
    if kind == "code" and len(lines) > 1:
        yield from (screen.paint(part.rstrip(), "bold") for part in label)
        yield from wrap(text, max(screen.width, LEAST))
        return
    if kind == "text":
        lines = cut(lines, most, room, screen.ellipsis)
    for part, line in zip_longest(label, lines, fillvalue=""):
        before = (screen.paint(part, "bold") if part else "") + " " * (width - cells(part) + GAP)
        yield (before + screen.paint(screen.isolate(line), style if line else "")).rstrip()
