"""The situation behind an error, where it is one that a user can cause."""

from __future__ import annotations

import sys

from mou_cli.errors import (
    NO_MEMORY,
    Conflict,
    DatabaseUnavailable,
    DatabaseUnusable,
    MouError,
    is_lack_of_memory,
)


def situation_of(error: Exception) -> MouError | None:  # noqa: PLR0911 - one return for each situation
    """Give the situation that an error is, or that is behind one of the database or the operating system.

    None is what no user can cause.
    """
    if isinstance(error, MouError):
        return error
    cause = getattr(error, "orig", None) or error
    if "sqlite3" in sys.modules:
        import sqlite3

        from mou_cli.store.fault import translate

        if isinstance(cause, sqlite3.Error):
            return translate(cause, "the register")
    if type(cause).__name__ == "ForeignKeyViolation":
        from mou_cli.store.fault import GONE

        return Conflict(*GONE)
    if type(cause).__module__.startswith("psycopg"):
        return DatabaseUnavailable(f"the database server cannot be used: {str(cause).partition(chr(10))[0]}")
    if isinstance(error, ValueError) and type(error).__module__ == "json.decoder":
        return DatabaseUnusable(f"the register holds a value that cannot be read: {error}", "restore it from a backup")
    if is_lack_of_memory(error):
        return DatabaseUnavailable(NO_MEMORY)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return DatabaseUnavailable(f"{place}{error.strerror or error}")
    return None
