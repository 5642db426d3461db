"""How far something is that takes longer than a second: one line on the terminal, gone when it is done."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import digits, tenths
from mou_cli.output.screen import screen_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from mou_cli.output.screen import Screen

    Tick = Callable[[int], None]
    Name = Callable[[str], str]

_PATIENCE: Final = 1.0  # seconds in which nothing is said
_PAUSE: Final = 0.1  # seconds between two looks, which would else cost more than they tell
_BAR: Final = 30
_ERASE: Final = "\r\x1b[K"
_MEGABYTE: Final = 1_000_000


@contextmanager
def progress(
    language: Callable[[], str], *, quiet: bool = False, clock: Callable[[], float] = time.monotonic
) -> Iterator[Progress]:
    """Give what tells a person at the terminal how far it is, and nobody else; an end of any kind leaves no trace.

    The language is asked for only where there is somebody to be told.
    """
    stream = sys.stderr
    is_told = not quiet and stream.isatty() and os.environ.get("TERM") != "dumb"
    line = Progress(stream, language(), clock) if is_told else Progress()
    try:
        yield line
    finally:
        line.erase()


class Progress:
    """The line, and the stages it tells of, one at a time. Without a stream nobody is told."""

    def __init__(
        self, stream: TextIO | None = None, language: str = "en", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._language = language
        self._clock = clock
        self._first = self._next = clock() + _PATIENCE
        self._is_drawn = False

    def stage(self, name: Name, total: int | None = None, *, in_bytes: bool = False) -> Tick:
        """Give what is to be called with every further number of things done, of so many where that is known.

        `name` gives what is being done, in a language.
        """
        if self._stream is None:
            return _nobody
        stream, said, done = self._stream, name(self._language), 0
        number = self._megabytes if in_bytes else self._digits

        def tick(more: int) -> None:
            nonlocal done
            done += more
            if self._clock() >= self._next:
                self._draw(_line(said, done, total, number, screen_of(stream)), stream)

        return tick

    def finish(self, name: Name) -> None:
        """Tell of what is left to be done, which is not counted."""
        if self._stream and self._clock() >= self._first:
            screen = screen_of(self._stream)
            self._draw(screen.text(name(self._language))[: screen.width - 1], self._stream)

    def _draw(self, line: str, stream: TextIO) -> None:
        stream.write(_ERASE + line)
        stream.flush()
        self._is_drawn = True
        self._next = self._clock() + _PAUSE

    def erase(self) -> None:
        """Take the line away."""
        if self._stream and self._is_drawn:
            self._stream.write(_ERASE)
            self._stream.flush()
            self._is_drawn = False

    def _digits(self, number: int) -> str:
        return digits(number, self._language)

    def _megabytes(self, number: int) -> str:
        return f"{tenths(number / _MEGABYTE, self._language)} MB"


def _line(said: str, done: int, total: int | None, number: Callable[[int], str], screen: Screen) -> str:
    counted = f"{number(done)} / {number(total)}" if total else number(done)
    text = screen.text(f"{said}  {counted}")
    if total:
        part = min(done / total, 1.0)
        with_bar = f"{screen.text(said)}  {_bar(part, screen)} {int(part * 100):3} %  {counted}"
        text = with_bar if len(with_bar) < screen.width else text
    return text[: screen.width - 1]


def _bar(part: float, screen: Screen) -> str:
    full = int(part * _BAR)
    return "#" * full + "." * (_BAR - full) if screen.encoding else "━" * full + "╌" * (_BAR - full)


def _nobody(_more: int) -> None:
    return
