"""Whole tables, read and written row by row: in a file through its driver, on a server by the driver's bulk copying."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from mou_cli.errors import DatabaseUnusable
from mou_cli.store.server_fault import situation_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    import psycopg
    from sqlalchemy import Connection

    from mou_cli.store.location import Location
    from mou_cli.store.tables import Table

    Page = list[tuple[Any, ...]]

PAGE: Final = 1000


class StoredRows(Protocol):
    """What the tables of a register are read from and written into."""

    def columns(self, table: str) -> set[str]:
        """Give the columns that a table has; none where it is not there."""
        ...

    def count(self, table: str) -> int:
        """Give the number of rows of a table."""
        ...

    def read(self, table: Table) -> Iterator[Page]:
        """Give all rows of a table in the order of its key, a page at a time."""
        ...

    def write(self, table: Table, pages: Iterable[Page]) -> None:
        """Add rows to a table."""
        ...


class FileRows:
    """The tables of a register file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def columns(self, table: str) -> set[str]:
        """Give the columns that a table has."""
        return {row[0] for row in self._connection.execute("SELECT name FROM pragma_table_info(?)", [table])}

    def count(self, table: str) -> int:
        """Give the number of rows of a table."""
        return int(self._connection.execute(_counting(table)).fetchone()[0])

    def read(self, table: Table) -> Iterator[Page]:
        """Give all rows of a table in the order of its key."""
        cursor = self._connection.execute(_selecting(table))
        while page := cursor.fetchmany(PAGE):
            yield page

    def write(self, table: Table, pages: Iterable[Page]) -> None:
        """Add rows to a table."""
        sql = f'INSERT INTO "{table.name}" ({_names(table.columns)}) VALUES ({", ".join("?" * len(table.columns))})'  # noqa: S608 - names of the program's tables
        for page in pages:
            self._connection.executemany(sql, page)


class ServerRows:
    """The tables of a register on a server, in the transaction of a connection to a place."""

    def __init__(self, connection: Connection, location: Location) -> None:
        self._connection, self._location = connection, location
        self._driver = cast("psycopg.Connection[tuple[Any, ...]]", connection.connection.driver_connection)

    def columns(self, table: str) -> set[str]:
        """Give the columns that a table has."""
        sql = """SELECT column_name::text FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = %s"""
        with self._telling():
            return {row[0] for row in self._driver.execute(sql, [table])}

    def count(self, table: str) -> int:
        """Give the number of rows of a table."""
        with self._telling():
            found = self._driver.execute(_counting(table).encode()).fetchone()
        return int(found[0]) if found else 0

    def read(self, table: Table) -> Iterator[Page]:
        """Give all rows of a table in the order of its key; the server keeps those that are not read yet."""
        with self._telling(), self._driver.cursor(name="rows") as cursor:
            cursor.execute(_selecting(table).encode())
            while page := cursor.fetchmany(PAGE):
                yield page

    def write(self, table: Table, pages: Iterable[Page]) -> None:
        """Add rows to a table. Raises DatabaseUnusable for a value that the server cannot keep."""
        from psycopg import DataError, IntegrityError

        sql = f'COPY "{table.name}" ({_names(table.columns)}) FROM STDIN'
        try:
            with self._telling(), self._driver.cursor() as cursor, cursor.copy(sql.encode()) as copy:
                for page in pages:
                    for row in page:
                        copy.write_row(row)
        except (DataError, IntegrityError) as error:
            why = str(error).partition("\n")[0]
            raise DatabaseUnusable(f"{table.name} holds what the server cannot keep: {why}") from error

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Have errors of the driver told as those are that SQLAlchemy sees: these go past it."""
        from psycopg import Error

        try:
            yield
        except Error as error:
            is_lost = self._driver.broken
            situation = situation_of(error, self._connection, self._location, is_lost=is_lost)
            if is_lost:
                # There is nothing to be undone on it.
                self._connection.invalidate(error)
            raise situation or error from error


def _counting(table: str) -> str:
    return f'SELECT count(*) FROM "{table}"'  # noqa: S608 - likewise


def _selecting(table: Table) -> str:
    return f'SELECT {_names(table.columns)} FROM "{table.name}" ORDER BY {_names(table.key)}'  # noqa: S608 - likewise


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
