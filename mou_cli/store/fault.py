"""What the database refused, as a situation the user can act on."""

from __future__ import annotations

import sqlite3

from mou_cli.errors import Conflict, DatabaseUnavailable, DatabaseUnusable, MouError

# What was looked up before the register was locked may be gone once it is.
GONE = ("a record that is mentioned is no longer in the register; nothing was recorded", "try again")
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
# What SQLite says of a damaged file under the name that it has for a mistake in SQL.
_DAMAGED_IN_WORDS = ("malformed", "unsupported file format")
_SITUATIONS = {
    "SQLITE_BUSY": ("is locked: another program is working on it", "try again in a moment"),
    "SQLITE_LOCKED": ("is locked: another program is working on it", "try again in a moment"),
    "SQLITE_READONLY_DBMOVED": ("was moved or replaced meanwhile; nothing was changed", "try again"),
    "SQLITE_READONLY": ("cannot be written: the file or its folder is read-only", None),
    "SQLITE_FULL": ("cannot be written: the disk is full; nothing was changed", "free some room and try again"),
    "SQLITE_CANTOPEN": ("cannot be opened", "see whether the folder exists and can be read and written"),
    "SQLITE_PERM": ("cannot be opened: permission denied", None),
    "SQLITE_AUTH": ("cannot be opened: permission denied", None),
    "SQLITE_IOERR": ("could not be read or written", "see whether the disk is full or failing"),
    "SQLITE_NOMEM": ("could not be read: not enough memory", None),
}


def translate(error: sqlite3.Error, place: str) -> MouError | None:
    """Give the situation behind an error of SQLite at a place, or None when the error is a fault of the program."""
    name: str = getattr(error, "sqlite_errorname", "") or ""
    is_said = isinstance(error, sqlite3.DatabaseError) and any(words in str(error) for words in _DAMAGED_IN_WORDS)
    if name.startswith(_DAMAGED) or is_said:
        return DatabaseUnusable(f"{place} is damaged or is not a register: {error}", "restore it from a backup")
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return Conflict(*GONE)
    for start, (situation, hint) in _SITUATIONS.items():
        if name.startswith(start):
            return DatabaseUnavailable(f"{place} {situation}", hint)
    if "decode to UTF-8" in str(error):
        return DatabaseUnusable(f"{place} holds text that is not UTF-8", "restore it from a backup")
    return None
