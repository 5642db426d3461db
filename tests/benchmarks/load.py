"""Copies the tables of a register file into an empty PostgreSQL database.

    python -m tests.benchmarks.load FILE ADDRESS

`mou db copy` reads every row back and compares what both export: 100,000 agreements took six minutes on a busy machine,
in which this copied a million. Indexes are made last; foreign keys were checked where the records come from.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg  # noqa: TID253 - nothing else is done here
from sqlalchemy.dialects import postgresql  # noqa: TID253 - likewise
from sqlalchemy.schema import CreateIndex, DropIndex  # noqa: TID253 - likewise

from mou_cli.models import metadata
from mou_cli.store.location import locate
from mou_cli.store.search import build_index
from mou_cli.store.upgrade import create

if TYPE_CHECKING:
    from sqlalchemy import Table

_SEQUENCES = """SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND (is_identity = 'YES' OR column_default LIKE 'nextval%')"""


def main() -> None:
    """Make the register and fill it."""
    file, address = sys.argv[1:]
    create(locate(address), timeout=60)
    drop, *build = build_index("postgresql")
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    indexes = [index for table in metadata.sorted_tables for index in table.indexes]
    with closing(sqlite3.connect(file)) as source, psycopg.connect(address, autocommit=True) as target:
        target.execute("SET session_replication_role = replica")
        for statement in (drop, *(str(DropIndex(index).compile(dialect=dialect)) for index in indexes)):
            target.execute(statement.encode())
        for table in metadata.sorted_tables:
            copy(source, target, table)
        for name, column in target.execute(_SEQUENCES).fetchall():
            sequence = f"pg_get_serial_sequence('{name}', '{column}')"
            target.execute(f'SELECT setval({sequence}, max("{column}")) FROM "{name}"'.encode())
        for statement in (*build, *(str(CreateIndex(index).compile(dialect=dialect)) for index in indexes)):
            target.execute(statement.encode())
        target.execute("VACUUM ANALYZE")


def copy(source: sqlite3.Connection, target: psycopg.Connection, table: Table) -> None:
    """Copy the rows of a table."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    with target.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table.name}"'.encode())
        with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN'.encode()) as rows:
            for row in source.execute(f'SELECT {names} FROM "{table.name}"'):
                rows.write_row(row)


if __name__ == "__main__":
    main()
