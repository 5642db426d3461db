"""Moving all rows of a register into another database, and the proof that every one of them has arrived as it was."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager, suppress
from json import JSONEncoder
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.errors import DatabaseUnusable
from mou_cli.store.backup import copy_pages_out
from mou_cli.store.engine import make_engine
from mou_cli.store.location import Location
from mou_cli.store.opening import has_tables
from mou_cli.store.pages import revision_of, snapshot
from mou_cli.store.reader import ConnectionReader, OutdatedRegister, SqliteReader, check_revision, check_schema
from mou_cli.store.rows import FileRows, ServerRows
from mou_cli.store.server import no_register

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from mou_cli.store.backup import Watch
    from mou_cli.store.pages import Tick
    from mou_cli.store.reader import Reader
    from mou_cli.store.rows import Page, StoredRows
    from mou_cli.store.tables import Table

# What no column of a register has, such as bytes, is told apart from its copy, too.
_encode: Final = JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr).encode


class Snapshot(NamedTuple):
    """A register as it is at one moment, of whatever revision: what it is called, and what reads from it."""

    place: str
    revision: str
    reader: Reader
    rows: StoredRows


class Sum(NamedTuple):
    """The number of rows of a table, and the SHA-256 of them all in the order of their key."""

    rows: int
    digest: str


@contextmanager
def snapshot_of(location: Location, timeout: float) -> Iterator[Snapshot]:
    """Open a register to read what it is at one moment, while others go on; nothing is upgraded.

    Raises DatabaseUnavailable where there is none, and DatabaseUnusable for one of a newer program.
    """
    if location.path is not None:
        with snapshot(location.path, timeout) as connection:
            with suppress(OutdatedRegister):
                check_revision(connection, location.path)
            yield snapshot_in(connection, str(location))
        return
    # All statements see what the first one saw; and whatever is done, nothing is written.
    engine = make_engine(location, timeout, "ro").execution_options(postgresql_readonly=True)
    with engine.connect() as connection:
        reader = ConnectionReader(connection)
        if not has_tables(reader):
            raise no_register(location)
        with suppress(OutdatedRegister):
            check_schema(reader, location)
        (revision,) = connection.exec_driver_sql("SELECT version_num FROM alembic_version").one()
        yield Snapshot(str(location), revision, reader, ServerRows(connection, location))


@contextmanager
def copy_of(location: Location, timeout: float, watch: Watch) -> Iterator[Snapshot]:
    """Open a register to read all of it. That of a file is put aside first: its pages are copied far sooner than read.

    Whoever writes waits for no longer than that. Raises as `snapshot_of` does.
    """
    with snapshot_of(location, timeout) as register:
        if location.path is None:
            yield register
            return
    with TemporaryDirectory(prefix="mou-") as folder:
        copy = Path(folder) / "copy.db"
        with snapshot(location.path, timeout) as source:
            copy_pages_out(source, copy, watch)
        with snapshot_of(Location(path=copy), timeout) as aside:
            yield aside._replace(place=str(location))


def snapshot_in(connection: sqlite3.Connection, place: str) -> Snapshot:
    """Give what a connection to a register file sees."""
    return Snapshot(place, revision_of(connection), SqliteReader(connection), FileRows(connection))


def number_of_rows(source: Snapshot, tables: Iterable[Table]) -> int:
    """Give the number of all rows. Raises DatabaseUnusable for a register that lacks a table or a column."""
    number = 0
    for table in tables:
        if not source.rows.columns(table.name).issuperset(table.columns):
            raise DatabaseUnusable(
                f"table {table.name} of {source.place} is not as the program makes it", "`mou db check` says more"
            )
        number += source.rows.count(table.name)
    return number


def pour(source: StoredRows, target: StoredRows, tables: Iterable[Table], tell: Tick) -> dict[str, Sum]:
    """Add all rows of tables to those of the target; gives what was read. `tell` of each row."""
    sums = {}
    for table in tables:
        seen = _Seen(tell)
        target.write(table, seen.passing(source.read(table)))
        sums[table.name] = seen.sum
    return sums


def sums_of(rows: StoredRows, tables: Iterable[Table], tell: Tick) -> dict[str, Sum]:
    """Read all rows of tables. `tell` of each."""
    sums = {}
    for table in tables:
        seen = _Seen(tell)
        for _page in seen.passing(rows.read(table)):
            pass
        sums[table.name] = seen.sum
    return sums


class _Seen:
    """What has passed of a table."""

    def __init__(self, tell: Tick) -> None:
        self._tell = tell
        self._rows = 0
        self._digest = hashlib.sha256()

    def passing(self, pages: Iterable[Page]) -> Iterator[Page]:
        for page in pages:
            self._digest.update(_encode(page).encode())
            self._rows += len(page)
            self._tell(len(page))
            yield page

    @property
    def sum(self) -> Sum:
        return Sum(self._rows, self._digest.hexdigest())


def refuse_unequal(was: dict[str, Sum], found: dict[str, Sum], place: str) -> None:
    """Raise DatabaseUnusable unless what was read back is what was read."""
    for name, expected in was.items():
        if found[name] != expected:
            raise DatabaseUnusable(f"the copy of {place} does not hold what was copied: table {name} differs")
