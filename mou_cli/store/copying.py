"""A register copied whole into a new file or onto a server, in one piece: proved first, or nothing of it is there."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mou_cli.errors import Conflict, DatabaseUnusable
from mou_cli.store.disk import create_file, refuse_remains, sync
from mou_cli.store.engine import make_engine
from mou_cli.store.interrupt import heed
from mou_cli.store.location import Location
from mou_cli.store.pages import frozen, naming, prove
from mou_cli.store.reader import ConnectionReader
from mou_cli.store.revision import HEAD
from mou_cli.store.rows import FileRows, ServerRows
from mou_cli.store.server import take_over
from mou_cli.store.tables import tables_at
from mou_cli.store.transfer import number_of_rows, pour, refuse_unequal, snapshot_in, sums_of
from mou_cli.store.upgrade import migrate, migrate_file, publish, run_migrations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from mou_cli.store.backup import Watch
    from mou_cli.store.original import Compare
    from mou_cli.store.tables import Table
    from mou_cli.store.transfer import Snapshot, Sum

_FOREIGN_KEYS: Final = """SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
        format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1"""
_INDEXES: Final = """SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE NOT indisunique AND relnamespace = current_schema()::regnamespace ORDER BY 1"""


@contextmanager
def copied(source: Snapshot, target: Location, timeout: float, watch: Watch, compare: Compare) -> Iterator[None]:
    """Make a register that holds what the source does, and prove it. It is there when the `with` is left without error.

    Raises Conflict if there is something already, and DatabaseUnusable for what cannot be copied as it is.
    """
    if target.path is None:
        with _copied_onto_server(source, target, timeout, watch, compare):
            yield
        return
    path = Path(os.path.realpath(target.path))
    refuse_remains(path)
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    create_file(draft)
    try:
        copy_into_file(source, draft, timeout, watch, compare)
        yield
        publish(draft, path)
        if draft.exists() and not draft.samefile(path):
            raise Conflict(f"another program has made {path} meanwhile; nothing was copied", "say another file")
        sync(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def copy_into_file(
    source: Snapshot, draft: Path, timeout: float, watch: Watch, compare: Compare, revision: str = HEAD
) -> None:
    """Make an empty file a register that holds what the source does, and prove it; in the end it is of a `revision`."""
    tables = tables_at(source.revision)
    rows = number_of_rows(source, tables)
    with make_engine(Location(path=draft), timeout).begin() as connection:
        run_migrations(connection, source.revision)
    with naming(draft.parent), closing(sqlite3.connect(draft, isolation_level=None)) as target:
        sums = _pour_into_file(source, target, tables, watch("copying", rows))
    with frozen(draft, timeout) as copy:
        refuse_unequal(sums, sums_of(FileRows(copy), tables, watch("comparing", rows)), source.place)
    if revision == HEAD:
        migrate_file(draft, timeout)
    prove(draft, timeout, watch("checking", None))
    if source.revision == HEAD:
        with frozen(draft, timeout) as copy:
            compare(source.reader, snapshot_in(copy, str(draft)).reader)
    sync(draft)


def _pour_into_file(
    source: Snapshot, target: sqlite3.Connection, tables: list[Table], tell: Callable[[int], None]
) -> dict[str, Sum]:
    heed(target)
    # Nobody reads a draft before it is proved and on the disk.
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF"):
        target.execute(f"PRAGMA {pragma}")
    sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE %'"
    indexes = target.execute(sql).fetchall()
    target.execute("BEGIN")
    for name, _ in indexes:
        target.execute(f'DROP INDEX "{name}"')
    sums = pour(source.rows, FileRows(target), tables, tell)
    for _, statement in indexes:
        target.execute(statement)
    target.execute("COMMIT")
    if broken := target.execute("PRAGMA foreign_key_check").fetchone():
        raise _dangling(source.place, broken[0])
    return sums


def _dangling(place: str, table: str) -> DatabaseUnusable:
    return DatabaseUnusable(f"table {table} of {place} mentions records that are not there", "`mou db check` says more")


@contextmanager
def _copied_onto_server(
    source: Snapshot, target: Location, timeout: float, watch: Watch, compare: Compare
) -> Iterator[None]:
    tables = tables_at(source.revision)
    rows = number_of_rows(source, tables)
    with make_engine(target, timeout, "rwc").begin() as connection:
        take_over(connection, target, timeout)
        refuse_taken(connection, target)
        run_migrations(connection, source.revision)
        aside = [*connection.exec_driver_sql(_FOREIGN_KEYS), *connection.exec_driver_sql(_INDEXES)]
        for drop, _ in aside:
            connection.exec_driver_sql(drop)
        sums = pour(source.rows, ServerRows(connection, target), tables, watch("copying", rows))
        make_anew(connection, [make for _, make in aside], source.place)
        settle(connection, tables)
        refuse_unequal(sums, sums_of(ServerRows(connection, target), tables, watch("comparing", rows)), source.place)
        # A migration may change rows and then their table, which nothing may be waiting to be checked in.
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        migrate(connection)
        connection.exec_driver_sql("ANALYZE")
        if source.revision == HEAD:
            compare(source.reader, ConnectionReader(connection))
        yield


def refuse_taken(connection: Connection, location: Location) -> None:
    """Raise Conflict if a database has any tables."""
    sql = """SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace
        AND relkind IN ('r', 'p') ORDER BY relname <> 'alembic_version', relname LIMIT 1"""
    found = connection.exec_driver_sql(sql).scalar()
    if found == "alembic_version":
        raise Conflict(f"there is a register at {location} already", "say an empty database")
    if found is not None:
        raise Conflict(f"{location} has tables of another program, such as {found}", "say an empty database")


def make_anew(connection: Connection, statements: list[str], place: str) -> None:
    """Carry out statements that prove what is mentioned. Raises DatabaseUnusable where that is not there."""
    from sqlalchemy.exc import IntegrityError

    try:
        for statement in statements:
            connection.exec_driver_sql(statement)
    except IntegrityError as error:
        raise _dangling(place, str(getattr(getattr(error.orig, "diag", None), "table_name", ""))) from error


def settle(connection: Connection, tables: list[Table]) -> None:
    """Have the server count on from the last row of each table whose key it counts up."""
    for table in tables:
        if table.is_counted:
            (key,) = table.key
            connection.exec_driver_sql(
                f"""SELECT setval(pg_get_serial_sequence('{table.name}', '{key}'),
                    coalesce(max({key}), 1), max({key}) IS NOT NULL) FROM {table.name}"""  # noqa: S608 - names of the program's tables
            )
