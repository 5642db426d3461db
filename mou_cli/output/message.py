"""Messages to the person at the terminal; they never mix with the data on stdout."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

# A command is to be copied, so it stays in one piece; so does the path of a file, whatever its length.
_PIECES: Final = re.compile(r"(?:`[^`]*`|\S)+")


def say(text: str, *, keep_newlines: bool = False) -> None:
    """Write one line to stderr; whatever in it would break the line or steer the terminal is shown escaped.

    On a terminal it goes on below where the screen ends, between two words.
    """
    if sys.stderr is None:  # so it is in a process started with stderr closed
        return
    shown = escape_controls(text, keep_newlines=keep_newlines)
    if sys.stderr.isatty():
        from mou_cli.output.screen import screen_of

        width = screen_of(sys.stderr).width
        shown = "\n".join(part for line in shown.split("\n") for part in _broken(line, width))
    sys.stderr.write(f"{shown}\n")
    sys.stderr.flush()


def _broken(text: str, width: int) -> Iterator[str]:
    """Give the lines of a text; what is indented goes on a little further in."""
    from mou_cli.output.layout import cells

    if cells(text) <= width:
        yield text
        return
    indent = " " * (len(text) - len(text.lstrip(" ")))
    line = ""
    for piece in _PIECES.findall(text):
        if line and cells(f"{line} {piece}") > width:
            yield line
            line = f"{indent}  {piece}" if indent else piece
        else:
            line = f"{line} {piece}" if line else f"{indent}{piece}"
    yield line
