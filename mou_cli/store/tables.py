"""The tables of a register of any revision, as the program's own migrations make them."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.store.revision import HEAD
from mou_cli.store.upgrade import migrate, run_migrations

if TYPE_CHECKING:
    from collections.abc import Iterator


class Table(NamedTuple):
    """A table: its columns in their order, its primary key, and the columns that mention the key of another table.

    Where the database itself counts the key up, it `is_counted`.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    mentions: tuple[tuple[str, str, str], ...]
    is_counted: bool


@contextmanager
def new_register(revision: str) -> Iterator[sqlite3.Connection]:
    """Give an empty register of a revision, kept nowhere; only that of this program has guards."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool).begin() as transaction:
            migrate(transaction) if revision == HEAD else run_migrations(transaction, revision)
        yield connection


def tables_at(revision: str) -> list[Table]:
    """Give the tables of a register of a revision, each after those that it mentions; not that of the revision."""
    with new_register(revision) as connection:
        sql = """SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_index%'
            AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version' ORDER BY name"""
        tables = {name: _table(connection, name) for (name,) in connection.execute(sql).fetchall()}
    mentioned = {name: {other for _, other, _ in table.mentions} - {name} for name, table in tables.items()}
    return [tables[name] for name in TopologicalSorter(mentioned).static_order()]


def _table(connection: sqlite3.Connection, name: str) -> Table:
    columns = connection.execute("SELECT name, type, pk FROM pragma_table_info(?)", [name]).fetchall()
    mentions = connection.execute('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?) ORDER BY 1', [name])
    key = [(place, column) for column, _, place in columns if place]
    return Table(
        name,
        tuple(column for column, _, _ in columns),
        tuple(column for _, column in sorted(key)),
        tuple(mentions.fetchall()),
        ("id", "INTEGER", 1) in columns,
    )
