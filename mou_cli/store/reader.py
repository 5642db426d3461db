"""Reading a register: SQL with named parameters in, rows as plain dicts out."""

from __future__ import annotations

import sqlite3
from itertools import repeat
from typing import TYPE_CHECKING, Any, Protocol

from mou_cli.errors import DatabaseUnusable
from mou_cli.store.interrupt import heed, raise_interrupt
from mou_cli.store.location import check_file
from mou_cli.store.revision import APPLICATION_ID, HEAD, REVISIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, CursorResult

    from mou_cli.store.location import Location

Row = dict[str, Any]
OLDEST_SQLITE = (3, 35, 0)


class Reader(Protocol):
    """What a view reads from."""

    dialect: str

    def rows(self, sql: str, **parameters: object) -> Iterator[Row]:
        """Give the rows of a SELECT, streamed; parameters stand in it as `:name`."""
        ...

    def keep(self, sql: str, rows: Iterable[Row]) -> None:
        """Run a statement for each row on what only this reader sees: a temporary table."""
        ...


class SqliteReader:
    """Reads a file through the bare driver."""

    dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, **parameters: object) -> Iterator[Row]:
        """Give the rows of a SELECT, streamed."""
        try:
            cursor = self._connection.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            # Without a step of Python's own for each row: there may be millions.
            yield from map(dict, map(zip, repeat(names), cursor))
        except sqlite3.OperationalError as error:
            raise_interrupt(error)
            raise

    def keep(self, sql: str, rows: Iterable[Row]) -> None:
        """Run a statement for each row on a temporary table."""
        self._connection.executemany(sql, rows)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class ConnectionReader:
    """Reads through the connection of a running change, or of a server."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.dialect = connection.dialect.name

    def rows(self, sql: str, **parameters: object) -> Iterator[Row]:
        """Give the rows of a SELECT, streamed."""
        found = self._on_sqlite(sql, parameters) if self.dialect == "sqlite" else self._elsewhere(sql, parameters)
        try:
            yield from map(dict, found.mappings())
        finally:
            # Whoever stops early leaves no query running: it would keep an index from being dropped.
            found.close()

    def _on_sqlite(self, sql: str, parameters: Row) -> CursorResult[Any]:
        # `:name` is the driver's own way. A page of keys are hundreds of names, which text() would look for each time.
        return self._connection.exec_driver_sql(sql, parameters)

    def _elsewhere(self, sql: str, parameters: Row) -> CursorResult[Any]:
        from sqlalchemy import text

        return self._connection.execute(text(sql), parameters)

    def keep(self, sql: str, rows: Iterable[Row]) -> None:
        """Run a statement for each row on a temporary table."""
        from sqlalchemy import text

        many = list(rows)
        self._connection.execute(text(sql), many or None)


class BlankReader:
    """Reads where there is nothing to read, for whoever only looks for records that are there."""

    dialect = "sqlite"

    def rows(self, sql: str, **parameters: object) -> Iterator[Row]:  # noqa: ARG002 - whatever is asked
        """Give no rows."""
        return iter(())

    def keep(self, sql: str, rows: Iterable[Row]) -> None:
        """Keep nothing."""


def open_file(path: Path, timeout: float) -> SqliteReader:
    """Open a register for reading only. `timeout` in seconds is how long a lock is waited for.

    Raises DatabaseUnavailable or DatabaseUnusable, and OutdatedRegister for an older schema.
    """
    try:
        return open_unmended(path, timeout)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
    # A program died while it wrote: opening the file for writing once rolls its half-made change back.
    roll_back(path, timeout)
    return open_unmended(path, timeout)


def open_unmended(path: Path, timeout: float) -> SqliteReader:
    """Open a register for reading only, if that is possible without a change to it. Raises as `open_file` does."""
    check_file(path)
    connection = connect(path, "ro", timeout)
    try:
        # One transaction, so that all queries of a command see the register of one moment.
        connection.execute("BEGIN")
        check_revision(connection, path)
    except BaseException:
        connection.close()
        raise
    return SqliteReader(connection)


def roll_back(path: Path, timeout: float) -> None:
    """Undo the half-made change of a program that died."""
    connection = connect(path, "rw", timeout)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    finally:
        connection.close()


def connect(path: Path, mode: str, timeout: float) -> sqlite3.Connection:
    """Open a file with the driver: mode `ro`, `rw`, or `rwc` to create it. No transaction is begun."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise DatabaseUnusable(f"SQLite {sqlite3.sqlite_version} is too old", "mou needs SQLite 3.35 or newer")
    address = f"{path.absolute().as_uri()}?mode={mode}"
    try:
        connection = sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise _unopened(path, error) from error
    try:
        # EXTRA is FULL, and the folder is synced once the journal is gone: else a power cut could bring it back, and
        # with it undo what was told as done. The last of them reads the file, and may meet what is wrong with it.
        for pragma in ("foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON", "synchronous=EXTRA"):
            connection.execute(f"PRAGMA {pragma}")
        heed(connection)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.DatabaseError) and getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise _unopened(path, error) from error
        raise
    return connection


def _unopened(path: Path, error: sqlite3.DatabaseError) -> sqlite3.DatabaseError:
    from mou_cli.store.fault import Unopened

    return Unopened(path, error)


class OutdatedRegister(Exception):
    """The register's schema is older than the program's and can be brought up to date."""


def check_revision(connection: sqlite3.Connection, path: Path) -> None:
    """Raise unless the file is a register of this program's own schema; nothing is written."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise DatabaseUnusable(f"{path} belongs to another program, it is not a register of mou")
    (has_versions,) = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'").fetchone()
    rows = connection.execute("SELECT version_num FROM alembic_version") if has_versions else ()
    check_versions([row[0] for row in rows], str(path))


def check_schema(reader: Reader, location: Location) -> None:
    """Raise unless a register has this program's schema: asked again once nobody else can change it."""
    versions = [row["version_num"] for row in reader.rows("SELECT version_num FROM alembic_version")]
    check_versions(versions, str(location))


def check_versions(versions: list[str], place: str) -> None:
    """Raise unless the one version said is this program's. Raises OutdatedRegister for an older one."""
    if versions == [HEAD]:
        return
    if len(versions) == 1 and versions[0] in REVISIONS:
        raise OutdatedRegister
    if len(versions) == 1:
        raise DatabaseUnusable(f"{place} was made by a newer mou (schema {versions[0]})", "upgrade the program")
    raise DatabaseUnusable(f"{place} does not say which schema it has", "restore it from a backup")
