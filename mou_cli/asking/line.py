"""Reading one line from the person at the terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple, Protocol

from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from mou_cli.asking.suggestion import Suggestion

_SHOWN = 60
_NOTHING = "-"


class Asked(NamedTuple):
    """What is asked for on a line. The `default` is there to be kept or changed.

    `suggest` gives what is offered while typing, with `commas` after each of them.
    """

    label: str
    hint: str = ""
    default: str = ""
    suggest: Callable[[], Sequence[Suggestion]] = tuple
    commas: bool = False


class Prompt(Protocol):
    """Asks for a line. Raises KeyboardInterrupt and EOFError where the person wants to stop."""

    def line(self, asked: Asked) -> str:
        """Give the line that was typed."""
        ...


class PlainPrompt:
    """Asks on a terminal that can do nothing but print: it offers nothing while one types.

    Nothing typed keeps the default, a dash clears it.
    """

    def __init__(self, source: TextIO, screen: TextIO) -> None:
        self._source = source
        self._screen = screen

    def line(self, asked: Asked) -> str:
        """Give the line that was typed."""
        told = f" ({asked.hint})" if asked.hint else ""
        kept = f" [{escape_controls(asked.default)[:_SHOWN]}]" if asked.default else ""
        self._screen.write(f"{asked.label}{told}{kept}: ")
        self._screen.flush()
        line = self._source.readline()
        if not line:
            raise EOFError
        typed = line.strip()
        if asked.default and typed in {"", _NOTHING}:
            return "" if typed else asked.default
        return typed


def can_ask() -> bool:
    """Say whether somebody is there to be asked: at both ends, reading and typing, stands a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def open_prompt(*, colour: bool) -> Prompt:
    """Give the prompt that suits the terminal."""
    if os.environ.get("TERM", "").lower() in {"dumb", "unknown"}:
        return PlainPrompt(sys.stdin, sys.stderr)
    from mou_cli.asking.edited_line import EditedPrompt

    return EditedPrompt.on_terminal(colour=colour)
