"""Streams in memory, as wide as a test has them: a terminal by its own width, anything else by COLUMNS."""

from __future__ import annotations

import os
import termios
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


class Terminal(StringIO):
    """Text in memory that says it is a terminal; the one behind it says how wide it is."""

    def __init__(self, width: int = 80) -> None:
        super().__init__()
        self._ends = [*os.openpty()]
        termios.tcsetwinsize(self._ends[0], (24, width))

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._ends[1]

    def close(self) -> None:
        while self._ends:
            os.close(self._ends.pop())
        super().close()


@contextmanager
def columns_of(width: int) -> Iterator[None]:
    """Have what is no terminal so wide."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        yield
