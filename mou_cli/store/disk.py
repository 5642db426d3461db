"""What it takes for a file to be one's own, and safely on the disk whatever happens next."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mou_cli.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from pathlib import Path


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
