"""What a change that failed leaves behind in the folder, and how it is cleared away at once."""

from __future__ import annotations

import gc
import sqlite3
from contextlib import closing, contextmanager, suppress
from traceback import clear_frames
from typing import TYPE_CHECKING

from mou_cli.store.reader import connect, roll_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mou_cli.store.location import Location


@contextmanager
def leaving_nothing(location: Location) -> Iterator[None]:
    """Clear up after a change that fails, for the time of the `with`, so that the file is as it was before.

    What was written of it is undone at once: a full disk stays full until then. A register that was not there before
    is removed if nothing is recorded in it.
    """
    path = location.path
    is_new = path is not None and not path.exists()
    try:
        yield
    except BaseException as error:
        if path is not None:
            # A statement that was interrupted is held by the frames it was run in, and holds the file.
            clear_frames(error.__traceback__)
            gc.collect()
            with suppress(sqlite3.Error, OSError):
                _remove_unused(path) if is_new else roll_back(path, 0)
        raise


def _remove_unused(path: Path) -> None:
    """Remove a register in which nothing is recorded, unless somebody is working on it.

    Whoever has opened it meanwhile, and waits, is told by SQLite that the file has gone, and records nothing in it.
    """
    with closing(connect(path, "rw", 0)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        if connection.execute("SELECT 1 FROM journal_entry").fetchone() is None:
            path.unlink()
