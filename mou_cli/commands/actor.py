"""Who makes a change, as the journal has it: one line of text, whoever says it."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING

from mou_cli.errors import UsageError

if TYPE_CHECKING:
    from mou_cli.settings import Found


def read_actor(found: Found) -> str:
    """Give who is said to make the changes, else the login name. Raises UsageError for what cannot be stored."""
    said = _read(found.value or "", found.place)
    return said or _read(_login_name(), "the login name", "say --actor NAME") or "unknown"


def _read(name: str, place: str, hint: str | None = None) -> str | None:
    from mou_cli.fields.kind import Unreadable
    from mou_cli.fields.text import LINE, read_text

    try:
        return read_text(name, None, LINE)
    except Unreadable as error:
        raise UsageError(f"{place}: {error}", hint) from error


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid()) if hasattr(os, "getuid") else "unknown"
