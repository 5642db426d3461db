"""What a stream can show: how wide, with colour or without, in which characters."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.rules.number import read_number
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from typing import TextIO

_WIDTH: Final = 80
# Hebrew, Arabic, Syriac, Thaana, N'Ko and their like, with their presentation forms.
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"


class Screen(NamedTuple):
    """How to draw on a stream; `encoding` is None where it takes every character."""

    width: int
    colour: bool
    encoding: str | None
    is_terminal: bool = False

    def text(self, value: str, *, keep_newlines: bool = False) -> str:
        """Make visible what a terminal would obey and what the encoding lacks, so that it is measured as it appears."""
        shown = escape_controls(value, keep_newlines=keep_newlines)
        if self.encoding is None:
            return shown
        return shown.encode(self.encoding, "backslashreplace").decode(self.encoding)

    def isolate(self, line: str) -> str:
        """Keep Arabic or Hebrew letters from turning round what stands beside them, where a terminal orders them.

        The marks take no room on a terminal; a file is left without them.
        """
        if line.isascii() or not self.is_terminal or self.encoding is not None or not _RIGHT_TO_LEFT.search(line):
            return line
        return f"{_FIRST_STRONG_ISOLATE}{line}{_POP_ISOLATE}"

    @property
    def ellipsis(self) -> str:
        """The mark of what was cut off."""
        return "…" if self.encoding is None else "..."

    def rule(self, length: int) -> str:
        """Give the line between labels and what stands below them, no longer than the screen is wide."""
        return ("─" if self.encoding is None else "-") * min(length, self.width)

    def paint(self, text: str, style: str) -> str:
        """Give the text in a style of Rich's, where there is colour."""
        if not (self.colour and style):
            return text
        from rich.style import Style

        return Style.parse(style).render(text)

    def link(self, text: str, target: str | None) -> str:
        """Give the text as a hyperlink where there is colour; a target is an address written in ASCII.

        See https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda (OSC 8).
        """
        if not (self.colour and target and text):
            return text
        return f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\"


def screen_of(stream: TextIO) -> Screen:
    """Look at the stream.

    Off a terminal the width is that of the environment variable COLUMNS, else 80, and there is no colour.
    """
    terminal = stream.isatty()
    width = (_terminal_width(stream) if terminal else _asked_width()) or _WIDTH
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Screen(width, colour, None if takes_unicode(stream) else stream.encoding, terminal)


def takes_unicode(stream: TextIO) -> bool:
    """Tell whether the stream takes every character; one in memory, without an encoding, does."""
    return (getattr(stream, "encoding", None) or "utf-8").lower().startswith("utf")


def _terminal_width(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except OSError:
        return 0


def _asked_width() -> int:
    return read_number(os.environ.get("COLUMNS", "")) or 0
