"""Copying a register file page by page while others go on, and what proves the copy to be whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Final

from mou_cli.errors import DatabaseUnavailable, DatabaseUnusable
from mou_cli.store.fault import translate
from mou_cli.store.interrupt import apart, raise_interrupt
from mou_cli.store.location import check_file
from mou_cli.store.reader import OutdatedRegister, check_revision, connect, roll_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Tick = Callable[[int], None]

_STEP: Final = 1024  # pages between two looks
# Without what an index keeps for itself, and the driver's own tables.
_OWN_TABLES: Final = """SELECT name FROM sqlite_schema
    WHERE type = 'table' AND name NOT LIKE 'search_index%' AND name NOT LIKE 'sqlite_%' ORDER BY name"""


class Unfinished(DatabaseUnusable):
    """A program died while it wrote the file, and nobody has undone its half-made change yet."""


@contextmanager
def snapshot(path: Path, timeout: float) -> Iterator[sqlite3.Connection]:
    """Open a register of any revision to read what it is at one moment; whoever writes waits with the last step.

    The half-made change of a program that died is undone first.
    """
    check_file(path)
    try:
        connection = _begun(path, timeout)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
        roll_back(path, timeout)
        connection = _begun(path, timeout)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def frozen(path: Path, timeout: float) -> Iterator[sqlite3.Connection]:
    """Open a backup to read from it. What SQLite has against it is told with its name; not a byte of it is changed.

    Raises DatabaseUnusable for one that would have to be changed to be read.
    """
    check_file(path)
    with naming(path):
        try:
            connection = _begun(path, timeout)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
                raise
            raise Unfinished(
                f"{path} was left in the middle of a change", f"`mou --db {path} list` undoes that first"
            ) from error
        try:
            yield connection
        finally:
            connection.close()


def _begun(path: Path, timeout: float) -> sqlite3.Connection:
    connection = connect(path, "ro", timeout)
    try:
        connection.execute("BEGIN")
        # It is with the first row that is read that the moment begins.
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def naming(place: Path) -> Iterator[None]:
    """Let what SQLite has against a file be told with the file's own name."""
    try:
        yield
    except sqlite3.Error as error:
        raise_interrupt(error)
        raise translate(error, str(place)) or error from error


def copy_pages(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    place: Path,
    tell: Tick,
    before_last: Callable[[], None] = lambda: None,
) -> None:
    """Make the target's content the source's, in one transaction of the target. `tell` gets the pages copied.

    `before_last` is called before the step that commits. Raises DatabaseUnavailable if one of them stays locked for as
    long as its connection waits.
    """
    left: int | None = None

    def watch(status: int, remaining: int, total: int) -> None:
        nonlocal left
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            # The driver would try again for ever.
            raise DatabaseUnavailable(f"{place} is locked: another program is working on it", "try again in a moment")
        tell((total if left is None else left) - remaining)
        left = remaining
        if remaining <= _STEP:
            before_last()

    if page_count(source) <= _STEP:
        before_last()
    source.backup(target, pages=_STEP, progress=watch)


def page_count(connection: sqlite3.Connection) -> int:
    """Give how many pages a register has."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    return int(pages)


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Give the number of rows of every table."""
    counts = {}
    for (name,) in connection.execute(_OWN_TABLES).fetchall():
        (counts[name],) = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # noqa: S608 - a table's name
    return counts


def revision_of(connection: sqlite3.Connection) -> str:
    """Give the revision of a register's schema, as it stands in it."""
    (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(version)


def damage_of(path: Path, timeout: float, tell: Tick) -> list[str]:
    """Give what is broken in a register file, as SQLite says it: pages, indexes, and mentions of what is not there."""
    return apart(lambda: list(_damage_of(path, timeout)), tell)


def _damage_of(path: Path, timeout: float) -> Iterator[str]:
    try:
        with closing(connect(path, "ro", timeout)) as connection:
            for (line,) in connection.execute("PRAGMA integrity_check"):
                if line != "ok":
                    yield from str(line).splitlines()
            for table, _row, mentioned, _number in connection.execute("PRAGMA foreign_key_check"):
                yield f"{table} mentions a row of {mentioned} that is not there"
    except sqlite3.DatabaseError as error:
        # The check itself may stumble.
        yield str(error)


def prove(path: Path, timeout: float, tell: Tick, counts: dict[str, int] | None = None) -> str:
    """Look whether a copy is a whole register of a revision that this program knows; gives the revision.

    `counts` are the rows that it ought to have. Raises DatabaseUnusable.
    """
    with frozen(path, timeout) as connection:
        with suppress(OutdatedRegister):
            check_revision(connection, path)
        if damage := damage_of(path, timeout, tell):
            raise DatabaseUnusable(f"{path} is damaged: {damage[0]}")
        if counts is not None and count_rows(connection) != counts:
            raise DatabaseUnusable(f"{path} does not hold what was copied into it")
        return revision_of(connection)
