"""An answer longer than the screen goes through a pager, as git's do."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import contextmanager, suppress
from io import BufferedIOBase, TextIOWrapper
from typing import TYPE_CHECKING, Any, Final

from mou_cli.errors import SeenEnough, UsageError, how_ended
from mou_cli.output.message import say
from mou_cli.settings import OFF

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, TextIO

    from mou_cli.settings import Found

_NONE: Final = {"", OFF, "cat"}
# less: leave at once what fits on the screen, keep colours, leave the last screen standing. lv: keep colours.
_ENVIRONMENT: Final = {"LESS": "FRX", "LV": "-c"}
_PIECE: Final = 65_536
_IN_MEMORY: Final = 4 * 1024 * 1024  # what waits beyond that waits on the disk
_GLANCE: Final = 0.005  # seconds between two looks at a pager that has not begun to read


def is_pager(command: str | None) -> bool:
    """Tell whether a setting means a pager, on a terminal and a system that can have one."""
    return (command or "").strip() not in _NONE and os.environ.get("TERM") != "dumb" and os.name != "nt"


def read_command(text: str, place: str) -> list[str]:
    """Read a command and its arguments as a shell would, though none is asked. Raises UsageError."""
    import shlex

    try:
        return shlex.split(text)
    except ValueError as error:
        raise UsageError(f"{place}: {text!r} is no command: {error}") from error


@contextmanager
def paging(command: Found, terminal: TextIO) -> Iterator[TextIO]:
    """Give a stream for an answer to people at a terminal. What is longer than the screen goes to the pager.

    Writing never waits for the pager, whose reader may take an hour, since whoever writes holds a register open;
    leaving waits for it to end. Messages meanwhile come where they belong, after what was written before. When the
    pager has been left, writing raises SeenEnough.
    """
    rows = os.get_terminal_size(terminal.fileno()).lines
    if not rows:  # nobody knows how long the screen is
        yield terminal
        return
    pager = _Pager(command, terminal, rows)
    stream = TextIOWrapper(pager, encoding=terminal.encoding, errors="backslashreplace")
    messages = sys.stderr
    if messages.isatty():
        sys.stderr = stream
    try:
        yield stream
    finally:
        sys.stderr = messages
        try:
            with suppress(SeenEnough):
                stream.flush()
        finally:
            pager.finish()


class _PagerFailed(Exception):
    """The pager has ended with an error, and taken nothing of the answer."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.told = how_ended(code)


class _Pager(BufferedIOBase):
    """Takes an answer: holds as much as a screen shows, and hands what is longer to a pager."""

    name = "<pager>"

    def __init__(self, command: Found, terminal: TextIO, rows: int) -> None:
        self._command = command
        self._terminal = terminal
        self._rows = rows
        self._held = bytearray()
        self._feed: _Feed | None = None
        self._is_off = False
        self._fault = ""

    def isatty(self) -> bool:
        """Say that a person looks at it: layout and colour are those of the terminal."""
        return True

    def fileno(self) -> int:
        """Give the terminal, whose width counts."""
        return self._terminal.fileno()

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, data: Any, /) -> int:
        """Take all of the bytes, without waiting. Raises SeenEnough when the pager has been left."""
        self._held += data
        if self._feed is None and not self._is_off and self._held.count(b"\n") >= self._rows:
            self._start()
        if self._feed is not None:
            held = bytes(self._held)
            self._held.clear()
            try:
                self._feed.put(held)
            except _PagerFailed as failure:
                self._do_without(self._feed, failure)
        elif self._is_off:
            self._show()
        return len(data)

    def finish(self) -> None:
        """Let everything be read, and wait until the reader leaves the pager."""
        if self._feed is not None:
            try:
                self._feed.finish()
            except _PagerFailed as failure:
                self._do_without(self._feed, failure)
            else:
                self._feed.close()
                return
        self._show()
        if self._fault:
            say(self._fault)

    def _do_without(self, feed: _Feed, failure: _PagerFailed) -> None:
        self._fault = f"mou: {self._command.place}: {self._command.value!r} {failure.told}"
        self._feed, self._is_off = None, True
        self._terminal.flush()
        feed.pour(self._terminal.buffer)
        feed.close()

    def _show(self) -> None:
        self._terminal.flush()
        self._terminal.buffer.write(self._held)
        self._terminal.flush()
        self._held.clear()

    def _start(self) -> None:
        try:
            self._feed = _Feed(read_command(self._command.value or "", self._command.place))
        except UsageError as error:
            self._fault = f"mou: {error.message}"
        except OSError as error:
            # That there is no less is nobody's fault: nobody has asked for it.
            if self._command.origin != "default":
                self._fault = f"mou: {self._command.place}: {self._command.value!r} cannot be started: {error.strerror}"
        self._is_off = self._feed is None


class _Feed:
    """A pager that runs, and what it has not taken yet. Interrupts at the terminal are the pager's alone meanwhile."""

    def __init__(self, command: list[str]) -> None:
        from subprocess import Popen
        from tempfile import SpooledTemporaryFile

        ours, self._pipe = os.pipe()
        try:
            # The user's own command, as it stands: no shell reads it.
            self._process = Popen(command, stdin=ours, env=_ENVIRONMENT | os.environ)  # noqa: S603
        except BaseException:
            os.close(self._pipe)
            raise
        finally:
            os.close(ours)
        self._answer = signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.set_blocking(self._pipe, False)
        self._waiting = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by close()
        self._read = 0
        self._given = 0
        self._piece = b""

    def put(self, data: bytes) -> None:
        """Take bytes, and give the pager as many as it takes.

        Raises SeenEnough when it has been left, and _PagerFailed.
        """
        self._waiting.seek(0, os.SEEK_END)
        self._waiting.write(data)
        try:
            self._give()
        except BrokenPipeError:
            self._check()
            raise SeenEnough from None

    def finish(self) -> None:
        """Give the pager the rest. Raises _PagerFailed."""
        os.set_blocking(self._pipe, True)
        with suppress(BrokenPipeError):
            self._give()
        # What it has taken can be told only as long as the pipe is open.
        while self._is_untouched() and self._process.poll() is None:
            time.sleep(_GLANCE)
        self._check()

    def close(self) -> None:
        """Wait until the pager ends."""
        try:
            os.close(self._pipe)
            self._process.wait()
        finally:
            self._waiting.close()
            signal.signal(signal.SIGINT, self._answer)

    def pour(self, stream: BinaryIO) -> None:
        """Write everything that was put."""
        from shutil import copyfileobj

        self._waiting.seek(0)
        copyfileobj(self._waiting, stream)
        stream.flush()

    def _check(self) -> None:
        if self._is_untouched() and self._process.wait() not in {0, -signal.SIGINT}:
            raise _PagerFailed(self._process.returncode)

    def _is_untouched(self) -> bool:
        """Say whether everything that was given is still in the pipe; where the system does not tell, it is not."""
        from fcntl import ioctl
        from termios import FIONREAD

        return int.from_bytes(ioctl(self._pipe, FIONREAD, bytes(4)), sys.byteorder) >= self._given

    def _give(self) -> None:
        while piece := self._piece or self._next():
            try:
                taken = os.write(self._pipe, piece)
            except BlockingIOError:
                self._piece = piece
                return
            self._given += taken
            self._piece = piece[taken:]

    def _next(self) -> bytes:
        self._waiting.seek(self._read)
        piece = self._waiting.read(_PIECE)
        self._read += len(piece)
        return piece
