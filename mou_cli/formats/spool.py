"""What was read and awaits writing, kept on disk, so that a file may be larger than memory."""

from __future__ import annotations

import json
from contextlib import ExitStack, suppress
from tempfile import TemporaryFile, gettempdir
from typing import IO, TYPE_CHECKING, Any

from mou_cli.errors import DatabaseUnavailable
from mou_cli.rules.text import encode_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.fields.shape import Document
    from mou_cli.formats.encoding import Readable


class Spool:
    """Records of several nouns, each noun in its order."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._files: dict[str, IO[bytes]] = {}

    def put(self, noun: str, number: int, line: int, key: str, fields: Document) -> None:
        """Keep what the file of a number says of a record at a line. Raises DatabaseUnavailable."""
        try:
            if noun not in self._files:
                self._files[noun] = self._open.enter_context(TemporaryFile())  # noqa: SIM115 - closed by close()
            self._files[noun].write(encode_json([number, line, key, fields]).encode() + b"\n")
        except OSError as error:
            raise _no_room(error) from error

    def close(self) -> None:
        """Give the disk's room back."""
        # What could not be written to the end is needed by nobody any more.
        with suppress(OSError):
            self._open.close()

    def records(self, noun: str) -> Iterator[tuple[int, int, str, Document]]:
        """Give what was kept of a noun: file number, line, key and fields. Raises DatabaseUnavailable."""
        if noun in self._files:
            try:
                self._files[noun].seek(0)
            except OSError as error:
                raise _no_room(error) from error
            for line in self._files[noun]:
                number, at, key, fields = json.loads(line)
                yield number, at, key, fields


def _no_room(error: OSError) -> DatabaseUnavailable:
    why = error.strerror or error
    return DatabaseUnavailable(f"{gettempdir()} cannot be written: {why}", "TMPDIR can name another folder")


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
