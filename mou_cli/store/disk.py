"""What it takes for a file to be one's own, and safely on the disk whatever happens next."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from mou_cli.errors import Conflict, DatabaseUnavailable

if TYPE_CHECKING:
    from pathlib import Path

# What SQLite plays into a file of that name when it is opened next.
_PLAYED_IN: Final = ("-journal", "-wal")


def refuse_remains(path: Path) -> None:
    """Raise Conflict where there is no file, but what SQLite has left beside one that is gone.

    A file that is made under that name, and not by SQLite itself, would be filled from it.
    """
    for left in (path.with_name(path.name + ending) for ending in _PLAYED_IN):
        with suppress(FileNotFoundError):
            # In this order: whoever has made the file meanwhile may be changing it by now.
            if left.stat().st_size and not path.exists():
                raise Conflict(
                    f"{left} is left of a register that is gone, and would be taken for a part of the new one",
                    f"put that register back beside it; remove {left.name} if it is not to come back",
                )


def create_file(path: Path) -> None:
    """Make an empty file that only its owner can read. Raises DatabaseUnavailable."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        hint = "see whether the folder can be written"
        if isinstance(error, FileNotFoundError):
            hint = "the folder has to be made first, or --db is mistyped"
        raise DatabaseUnavailable(f"a register cannot be created in {path.parent}: {error.strerror}", hint) from error


def sync(path: Path) -> None:
    """See to it that a file, or the names in a folder, are on the disk. Raises OSError that names it."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        os.close(descriptor)
