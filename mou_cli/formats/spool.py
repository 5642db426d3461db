"""What was read and awaits writing, kept on disk, so that a file may be larger than memory."""

from __future__ import annotations

import pickle
from contextlib import ExitStack, contextmanager, suppress
from io import SEEK_END, BytesIO
from tempfile import TemporaryFile, gettempdir
from typing import IO, TYPE_CHECKING

from mou_cli.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.fields.shape import Document, Fate

    Spooled = tuple[int, str, Document, Fate]


class Spool:
    """Records of several nouns, each noun in its order, in temporary files or what else `make` makes."""

    def __init__(self, make: Callable[[], IO[bytes]] = TemporaryFile) -> None:
        self._make = make
        self._open = ExitStack()
        self._files: dict[str, IO[bytes]] = {}
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, noun: str, number: int, records: list[Spooled]) -> None:
        """Keep what the file of a number says of records. Raises DatabaseUnavailable."""
        with _room():
            pickle.dump(records, self._at(noun, number, 0), pickle.HIGHEST_PROTOCOL)

    def add(self, noun: str, number: int, line: int, content: bytes) -> None:
        """Keep the content of a spool of one file, which is the part after a line of the file of a number.

        Raises DatabaseUnavailable.
        """
        with _room():
            self._at(noun, number, line).write(content)

    def _at(self, noun: str, number: int, line: int) -> IO[bytes]:
        """Give the file of a noun, where it is said which file and which lines the records to come are of."""
        if noun not in self._files:
            self._files[noun] = self._open.enter_context(self._make())
            self._places[noun] = (0, 0)
        if self._places[noun] != (number, line):
            self._places[noun] = (number, line)
            pickle.dump((number, line), self._files[noun], pickle.HIGHEST_PROTOCOL)
        return self._files[noun]

    def close(self) -> None:
        """Give the disk's room back."""
        # What could not be written to the end is needed by nobody any more.
        with suppress(OSError):
            self._open.close()

    def content(self, noun: str) -> bytes:
        """Give all that is kept of a noun, for the spool of another process."""
        self._files[noun].seek(0)
        return self._files[noun].read()

    def records(self, noun: str) -> Iterator[tuple[int, int, str, Document, Fate]]:
        """Give what was kept of a noun: file number, line, key, fields and fate. Raises DatabaseUnavailable."""
        if noun in self._files:
            with _room():
                # An earlier round may have ended in the middle. What was still to be written is written first.
                end = self._files[noun].seek(0, SEEK_END)
                self._files[noun].seek(0)
            yield from _records(self._files[noun], end)


def records_of(content: bytes) -> list[Spooled]:
    """Give the records of a spool's content."""
    found = _records(BytesIO(content), len(content))
    return [(line, key, fields, fate) for _number, line, key, fields, fate in found]


def _records(file: IO[bytes], end: int) -> Iterator[tuple[int, int, str, Document, Fate]]:
    number, first = 0, 0
    while file.tell() < end:
        found = pickle.load(file)  # noqa: S301 - what the program itself has written
        if isinstance(found, tuple):
            number, first = found
            continue
        for line, *record in found:
            yield number, first + line, *record


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or error
        hint = "TMPDIR can name another folder"
        raise DatabaseUnavailable(f"{gettempdir()} cannot be written: {why}", hint) from error
