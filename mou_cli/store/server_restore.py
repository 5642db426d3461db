"""Putting a backup in the place of a register on a server: proved and brought up to date in a file, then at once."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mou_cli.errors import Overtaken
from mou_cli.store.backup import back_up, copy_out, stores_of_backup
from mou_cli.store.copies import Carried, carry, or_nothing
from mou_cli.store.copying import copied, make_anew, settle
from mou_cli.store.disk import create_file
from mou_cli.store.engine import make_engine
from mou_cli.store.guard import JOURNAL
from mou_cli.store.location import Location
from mou_cli.store.opening import is_register
from mou_cli.store.original import original_of
from mou_cli.store.outdated import upgrade
from mou_cli.store.overtaken import carry_out_anew
from mou_cli.store.pages import frozen, prove
from mou_cli.store.reader import ConnectionReader, check_schema
from mou_cli.store.restore import Restored
from mou_cli.store.revision import HEAD
from mou_cli.store.rows import ServerRows
from mou_cli.store.server import take_turn
from mou_cli.store.tables import tables_at
from mou_cli.store.transfer import Snapshot, number_of_rows, pour, refuse_unequal, snapshot_of, sums_of
from mou_cli.store.upgrade import migrate_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from mou_cli.store.backup import Watch
    from mou_cli.store.documents import DocumentStore
    from mou_cli.store.original import Compare


def restore_onto_server(
    backup: Path, location: Location, timeout: float, store: DocumentStore | None, watch: Watch, compare: Compare
) -> Restored:
    """Make a register on a server what a backup is, keeping a backup of what it was; where there is none, make one.

    Readers see the one or the other, and nobody writes in between. There has to be a store for the contents of the
    backup's documents, if it mentions any. Raises DatabaseUnusable for a backup that is not whole.
    """
    with ExitStack() as stack:
        candidate = Path(stack.enter_context(TemporaryDirectory(prefix="mou-"))) / "register.db"
        create_file(candidate)
        with frozen(backup, timeout) as file:
            counts, contents = copy_out(file, candidate, watch)
        if prove(candidate, timeout, watch("checking", None), counts) != HEAD:
            migrate_file(candidate, timeout)
        source = stack.enter_context(snapshot_of(Location(path=candidate), timeout))
        carried = Carried(0, 0, ())
        if store is not None:
            stack.enter_context(or_nothing(contents, store))
            tell = watch("documents", sum(contents.values()))
            carried = carry(contents, stores_of_backup(backup), store, tell)
        if is_register(location, timeout):
            kept = carry_out_anew(lambda: _replace(source, location, timeout, watch, compare))
            return Restored(kept, carried)
        carry_out_anew(lambda: _make(source, location, timeout, watch, compare))
        return Restored(None, carried)


def _make(source: Snapshot, location: Location, timeout: float, watch: Watch, compare: Compare) -> None:
    with copied(source, location, timeout, watch, compare):
        pass


def _replace(source: Snapshot, location: Location, timeout: float, watch: Watch, compare: Compare) -> Path:
    """Replace all rows of a register, and nothing else of it: who may do what there stays as it is."""
    upgrade(location, timeout)
    tables = tables_at(HEAD)
    number = number_of_rows(source, tables)
    with ExitStack() as undone, make_engine(location, timeout, "rwc").begin() as connection:
        take_turn(connection, timeout)
        reader, rows = ConnectionReader(connection), ServerRows(connection, location)
        check_schema(reader, location)
        number_of_rows(Snapshot(str(location), HEAD, reader, rows), tables)
        # Who may not do that is told so before the long backup, which reads what this leaves to readers; and whoever
        # holds one of them and waits for another gets in the way now, and not after it.
        connection.exec_driver_sql(f"LOCK TABLE {', '.join(table.name for table in tables)} IN EXCLUSIVE MODE")
        _switch_guards(connection, "DISABLE")
        kept = back_up(original_of(location, timeout), "restore")
        # Another try keeps one of its own.
        undone.push(partial(_take_away, kept))
        for table in reversed(tables):
            connection.exec_driver_sql(f'DELETE FROM "{table.name}"')  # noqa: S608 - a table's name
        sums = pour(source.rows, rows, tables, watch("restoring", number))
        make_anew(connection, ["SET CONSTRAINTS ALL IMMEDIATE"], source.place)
        _switch_guards(connection, "ENABLE")
        settle(connection, tables)
        refuse_unequal(sums, sums_of(rows, tables, watch("comparing", number)), source.place)
        connection.exec_driver_sql("ANALYZE")
        compare(source.reader, reader)
    return kept


def _take_away(kept: Path, kind: type[BaseException] | None, _error: object, _traceback: object) -> None:
    if kind is not None and issubclass(kind, Overtaken):
        kept.unlink()


def _switch_guards(connection: Connection, switch: str) -> None:
    for table in JOURNAL:
        connection.exec_driver_sql(f"ALTER TABLE {table} {switch} TRIGGER USER")
