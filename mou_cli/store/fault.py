"""What the database refused, as a situation the user can act on."""

from __future__ import annotations

import sqlite3
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from mou_cli.errors import Conflict, DatabaseUnavailable, DatabaseUnusable, MouError

if TYPE_CHECKING:
    from pathlib import Path

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
    "SQLITE_FULL": (
        "cannot be worked on: the disk is full; nothing was changed",
        "free some room there, or in the folder for temporary files, which TMPDIR names, and try again",
    ),
    "SQLITE_CANTOPEN": ("cannot be opened", "see whether the folder exists and can be read and written"),
    "SQLITE_PERM": ("cannot be opened: permission denied", None),
    "SQLITE_AUTH": ("cannot be opened: permission denied", None),
    "SQLITE_IOERR": ("could not be read or written", "see whether the disk is full or failing"),
    "SQLITE_NOMEM": ("could not be read: not enough memory", None),
}
_PEEK = 4096


class Unopened(sqlite3.OperationalError):
    """What SQLite has against a file, or cannot make of it, when it is to be opened."""

    def __init__(self, path: Path, error: sqlite3.DatabaseError) -> None:
        super().__init__(*error.args)
        self.path = path
        self.sqlite_errorname = error.sqlite_errorname
        self.sqlite_errorcode = error.sqlite_errorcode


def _obstacle(error: Unopened) -> MouError | None:
    """Give what a look at the file itself tells: who may read it, or what it is instead."""
    path = error.path
    try:
        with path.open("rb") as file:
            beginning = file.read(_PEEK)
    except OSError as stopped:
        hint = "`ls -l` shows who may read it" if isinstance(stopped, PermissionError) else None
        return DatabaseUnavailable(f"{path} cannot be opened: {stopped.strerror}", hint)
    if error.sqlite_errorname == "SQLITE_NOTADB" and _is_text(beginning):
        return DatabaseUnusable(
            f"{path} is a text file, not a register", "`mou import FILE` reads YAML into the register that --db names"
        )
    return None


def _is_text(beginning: bytes) -> bool:
    try:
        # A letter may be cut in two at the end.
        text = getincrementaldecoder("utf-8-sig")().decode(beginning)
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter in "\t\n\r" for letter in text)


def translate(error: sqlite3.Error, place: str) -> MouError | None:
    """Give the situation behind an error of SQLite at a place, or None when the error is a fault of the program."""
    if isinstance(error, Unopened) and (obstacle := _obstacle(error)):
        return obstacle
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
