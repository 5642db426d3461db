"""Reading a file that people name: only a plain one, to its end, and only if nobody writes it meanwhile."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from mou_cli.errors import UsageError
from mou_cli.rules.media_type import HEAD, media_type

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PIECE: Final = 1 << 20
_KINDS: Final = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFCHR: "a device"}
# Neither is followed nor waited for; Windows knows none of them, but wants to be told that bytes are bytes.
CAREFULLY: Final = sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)


@dataclass(frozen=True)
class Content:
    """What a file has in it: its checksum, its size in bytes and its media type."""

    sha256: str
    size: int
    media_type: str


def open_file(path: Path) -> int:
    """Open a file that people name, for reading; gives the descriptor. Raises UsageError for what is no plain file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | CAREFULLY)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UsageError(f"{path} is a symbolic link, not a file", "say the file that it leads to") from error
        if error.errno == errno.ENXIO:
            raise UsageError(f"{path} is something else, not a file") from error
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise UsageError(f"{path} is {_KINDS.get(stat.S_IFMT(mode), 'something else')}, not a file")
    return descriptor


def examine(path: Path, take: Callable[[bytes], object] = lambda _piece: None) -> Content:
    """Read a file to its end, handing every piece on, and say what is in it.

    Raises UsageError for what is no plain file, cannot be read, is empty, or changes meanwhile.
    """
    descriptor = open_file(path)
    try:
        before, digest, size, head = os.fstat(descriptor), sha256(), 0, b""
        # One that grows without end is not followed.
        while size <= before.st_size and (piece := _read(descriptor, path)):
            head = head or piece[:HEAD]
            digest.update(piece)
            size += len(piece)
            take(piece)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
        raise UsageError(f"{path} changed while it was read", "try again when nobody writes it")
    if not size:
        raise UsageError(f"{path} is empty")
    return Content(digest.hexdigest(), size, media_type(path.name, head))


def _read(descriptor: int, path: Path) -> bytes:
    try:
        return os.read(descriptor, PIECE)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
