"""What was read and awaits writing, kept on disk, so that a file may be larger than memory."""

from __future__ import annotations

import pickle
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.fields.shape import Document, Fate
    from mou_cli.formats.encoding import Readable

    Spooled = tuple[int, str, Document, Fate]


class Spool:
    """Records of several nouns, each noun in its order."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._files: dict[str, IO[bytes]] = {}

    def put(self, noun: str, number: int, records: list[Spooled]) -> None:
        """Keep what the file of a number says of records: the line, key, fields and fate of each."""
        if noun not in self._files:
            self._files[noun] = self._open.enter_context(TemporaryFile())  # noqa: SIM115 - closed by close()
        pickle.dump((number, records), self._files[noun], pickle.HIGHEST_PROTOCOL)

    def close(self) -> None:
        """Give the disk's room back."""
        self._open.close()

    def records(self, noun: str) -> Iterator[tuple[int, int, str, Document, Fate]]:
        """Give what was kept of a noun: file number, line, key, fields and fate."""
        if noun not in self._files:
            return
        file = self._files[noun]
        end = file.tell()
        file.seek(0)
        while file.tell() < end:
            number, records = pickle.load(file)  # noqa: S301 - what this very process has written
            for record in records:
                yield number, *record


class HashedStream:
    """A stream whose bytes are counted into a checksum as they are read."""

    def __init__(self, stream: Readable, digest: Any) -> None:
        self._stream = stream
        self._digest = digest

    def read(self, size: int = -1) -> bytes:
        """Read and count at most `size` bytes."""
        data = self._stream.read(size)
        self._digest.update(data)
        return data
