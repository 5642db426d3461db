"""Working in a folder alone: what two programs would else do there at the same time."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def alone_at(folder: Path) -> Iterator[None]:
    """Wait until no other program works in a folder, and let none until this one has done.

    The folder itself is locked: a file in it is another one after every change. Windows and some network folders have
    no such lock.
    """
    try:
        import fcntl

        place = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        with suppress(OSError):
            fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)
