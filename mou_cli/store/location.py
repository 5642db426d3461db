"""Which register is meant: a file, or a database on a server."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mou_cli.errors import DatabaseUnavailable, DatabaseUnusable, UsageError
from mou_cli.settings import default_register, named_register

if TYPE_CHECKING:
    from mou_cli.settings import Found

_URL = re.compile(r"(?P<scheme>[a-z0-9+]{2,}):.*", re.DOTALL)
# User and password, host or none, port; then the name of the database. Anything else could be part of a password.
_AUTHORITY = re.compile(
    r"[^@/?#]*://([^@/?#:]*(:[^@/?#]*)?@)?(\[[^@/?#]*\]|[^@/?#:]*)(:\d*)?(/[^@/?#]*)?([?].*)?", re.DOTALL
)
_SECRET = re.compile(r"(?<=[^/:]):[^@/?#]*(?=@)|(?<=[?&])(ssl)?password=[^&]*&?")
_MAGIC = b"SQLite format 3\0"
CREATED_BY = "`mou add` and `mou import` create a register"


@dataclass(frozen=True)
class Location:
    """A register's place: `path` of a file, or `url` of a server."""

    path: Path | None = None
    url: str | None = None

    def __str__(self) -> str:
        # A URL may hold a password, which is shown to nobody.
        return str(self.path) if self.path else _SECRET.sub("", re.sub(r"^(\w+)\+\w+:", r"\1:", self.url or ""))

    @property
    def has_password(self) -> bool:
        """Say whether a password stands in the address, where others may read it."""
        return any(match[0] != ":" for match in _SECRET.finditer(self.url or ""))

    @property
    def exists(self) -> bool:
        """Say whether there is something at the place; a server is taken to be there."""
        return self.path is None or self.path.exists()

    def check(self) -> None:
        """Raise what stands in the way of opening it, if it is a file; whether a server has one is seen later."""
        if self.path is not None:
            check_file(self.path)


def find_register(found: Found) -> Location:
    """Give the register that is meant by what was said, wherever it was: a name of the config file goes before a path.

    Raises UsageError; also for a password that was typed, which others can read in the list of processes.
    """
    if found.value is None:
        return Location(path=default_register())
    named = named_register(found.value)
    location = locate(named or found.value)
    if found.origin == "option" and named is None and location.has_password:
        raise typed_password(found.place)
    return location


def typed_password(place: str) -> UsageError:
    """Give the error for an address with a password on the command line."""
    return UsageError(
        f"{place}: a password on the command line can be read by others on this machine",
        "leave it out of the address; ~/.pgpass (PGPASSFILE), PGPASSWORD or a service of pg_service.conf say it",
    )


def locate(text: str) -> Location:
    """Understand a path or a postgresql URL. Raises UsageError for a URL of another kind."""
    if "\0" in text or not text.strip():
        raise UsageError("--db needs the path of a file")
    if match := _URL.fullmatch(text):
        if match["scheme"] not in {"postgresql", "postgresql+psycopg"}:
            raise UsageError(f"a register is a file or a postgresql:// address, not {match['scheme']}:")
        if not _AUTHORITY.fullmatch(text):
            raise UsageError(
                "the address of the server cannot be read",
                "postgresql://USER@HOST:PORT/DATABASE, where another @ / : ? # is written %40 %2F %3A %3F %23",
            )
        return Location(url=re.sub(r"^postgresql:", "postgresql+psycopg:", text))
    return Location(path=read_path(text))


def read_path(text: str) -> Path:
    """Give the path that a text says: a `~` is somebody's home folder, where that is known, and else a mere letter."""
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def is_database(path: Path) -> bool:
    """Say whether a file begins as every file of SQLite does."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def check_file(path: Path, what: str = "register", hint: str | None = CREATED_BY) -> None:
    """Raise what stands in the way of opening the file: it is absent, no plain file, or empty."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise DatabaseUnavailable(f"there is no {what} at {path}", hint) from None
    except OSError as error:
        raise DatabaseUnavailable(f"{path} cannot be read: {error.strerror}") from error
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "not a plain file"
        raise DatabaseUnusable(f"{path} is {kind}, not a {what}", hint)
    if found.st_size == 0:
        raise DatabaseUnusable(f"{path} is empty, not a {what}", f"delete the empty file; {hint}" if hint else None)
