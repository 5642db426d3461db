"""Looking into a register past the program, and doing to it what no command would: in a file as on a server."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mou_cli.store.engine import make_engine
from mou_cli.store.server import take_turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from mou_cli.store.location import Location

TIMEOUT = 10.0
SQLITE, POSTGRESQL = "sqlite", "postgresql"
# A row that is written anew gets another place and another transaction, even where it stays what it was.
_WHERE_ROWS_ARE = """
    SELECT coalesce(string_agg(format('SELECT %L AS name, ctid::text, xmin::text, t::text AS row FROM %I AS t',
        tablename, tablename), ' UNION ALL '), 'SELECT 1') AS sql
    FROM pg_tables WHERE schemaname = 'public'"""


def name(location: Location) -> str:
    """Give the name of a database on a server."""
    from sqlalchemy import make_url

    return make_url(location.url or "").database or ""


def content(location: Location) -> object:
    """Give all that a register holds: not even what was written anew as it was is equal."""
    if location.path is not None:
        return location.path.read_bytes()
    (tables,) = rows(location, _WHERE_ROWS_ARE, {})
    return sorted(tuple(row.values()) for row in rows(location, tables["sql"], {}))


def rows(location: Location, sql: str, parameters: dict[str, object]) -> list[dict[str, Any]]:
    """Read rows; parameters stand in the SQL as `:name`."""
    from sqlalchemy import text

    with make_engine(location, TIMEOUT).connect() as connection:
        return [dict(row) for row in connection.execute(text(sql), parameters).mappings()]


def spoil(location: Location, statements: Sequence[str], parameters: dict[str, object]) -> None:
    """Change what no command would change: neither guards nor mentions stand in the way."""
    from sqlalchemy import text

    with make_engine(location, TIMEOUT).connect() as connection:
        if location.path is not None:
            # SQLite takes this only outside a transaction.
            connection.connection.execute("PRAGMA foreign_keys = OFF")
        with connection.begin(), _unguarded(connection):
            for statement in statements:
                connection.execute(text(statement), parameters)


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield
        return
    guards = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all()
    for guard in guards:
        connection.exec_driver_sql(f"DROP TRIGGER {guard.name}")
    yield
    for guard in guards:
        connection.exec_driver_sql(guard.sql)


@contextmanager
def locked(location: Location) -> Iterator[None]:
    """Be another program that is changing the register."""
    with make_engine(location, TIMEOUT).begin() as connection:
        if location.path is None:
            take_turn(connection, TIMEOUT)
        yield
