"""Putting a backup in a register's place: proved and brought up to date in a copy, then swapped in as a whole."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.errors import Conflict, DatabaseUnusable, InterruptedLate
from mou_cli.store.backup import (
    alone_in_folder,
    copy_out,
    keep_as_it_is,
    stores_of_backup,
)
from mou_cli.store.copies import carry
from mou_cli.store.disk import create_file, refuse_remains, sync
from mou_cli.store.documents import store_of
from mou_cli.store.interrupt import putting_off
from mou_cli.store.location import Location
from mou_cli.store.pages import copy_pages, frozen, page_count, prove
from mou_cli.store.reader import OutdatedRegister, check_versions, connect
from mou_cli.store.revision import APPLICATION_ID, HEAD
from mou_cli.store.upgrade import migrate_file, publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mou_cli.store.backup import Watch
    from mou_cli.store.copies import Carried


class Restored(NamedTuple):
    """What was done: where the register as it was is kept, None where there was none, and what became of documents."""

    kept: Path | None
    documents: Carried


def restore(backup: Path, path: Path, timeout: float, watch: Watch) -> Restored:
    """Make a register what a backup is, keeping a backup of what it was; where there is none, it is created.

    Whoever has the register open sees the one or the other, and nobody writes in between. Raises DatabaseUnusable for
    a backup that is not whole, or is of a newer program.
    """
    real = type(path)(os.path.realpath(path))
    refuse_remains(real)
    candidate = real.with_name(f".{real.name}.{os.urandom(4).hex()}.new")
    create_file(candidate)
    try:
        with frozen(backup, timeout) as source:
            counts, contents = copy_out(source, candidate, watch)
        revision = prove(candidate, timeout, watch("checking", None), counts)
        if revision != HEAD:
            migrate_file(candidate, timeout)
        sync(candidate)
        tell = watch("documents", sum(contents.values()))
        documents = carry(contents, stores_of_backup(backup), store_of(Location(path=path), None), tell)
        if not path.exists():
            publish(candidate, real)
            if candidate.exists() and not candidate.samefile(real):
                raise Conflict(f"another program has made {path} meanwhile; nothing was restored", "try again")
            sync(real.parent)
            return Restored(None, documents)
        kept: list[Path] = []
        try:
            with putting_off() as put_off:
                kept.append(_swap(candidate, path, timeout, watch, put_off))
        except KeyboardInterrupt as interrupt:
            if kept:
                told = f"{backup} is restored; the register as it was is kept in {kept[0]}"
                raise InterruptedLate(told) from interrupt
            raise
        return Restored(kept[0], documents)
    finally:
        candidate.unlink(missing_ok=True)


def _swap(candidate: Path, path: Path, timeout: float, watch: Watch, put_off: Callable[[], None]) -> Path:
    """Swap a register's content for the candidate's; gives the backup of what it was.

    Interrupts are `put_off` where it can no longer be left. A file that SQLite cannot even lock, because it is none of
    its own any more, is replaced as a file.
    """
    # To close the file would give up every lock that this process has on it: it is open before, and until after.
    with alone_in_folder(path) as folder, path.open("rb") as file:
        try:
            with held(path, timeout) as live:
                refuse_other(live, path)
                kept = keep_as_it_is(file, path, timeout, folder, "restore")
                with closing(connect(candidate, "ro", timeout)) as source:
                    copy_pages(source, live, path, watch("restoring", page_count(source)), put_off)
                return kept
        except sqlite3.DatabaseError as error:
            if not is_unreadable(error):
                raise
        file.seek(0)
        kept = keep_as_it_is(file, path, timeout, folder, "restore")
        put_off()
        candidate.replace(os.path.realpath(path))
        sync(candidate.parent)
        return kept


def refuse_other(live: sqlite3.Connection, path: Path) -> None:
    """Raise DatabaseUnusable for a file of another program, or of a newer one: those are not to be overwritten."""
    (application,) = live.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise DatabaseUnusable(f"{path} belongs to another program, it is not a register of mou")
    try:
        versions = [row[0] for row in live.execute("SELECT version_num FROM alembic_version")]
    except sqlite3.DatabaseError:
        return  # damaged: all the more reason
    if len(versions) == 1:
        with suppress(OutdatedRegister):
            check_versions(versions, str(path))


def is_unreadable(error: sqlite3.DatabaseError) -> bool:
    """Say whether an error means that the file is damaged beyond being opened."""
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT"))


@contextmanager
def held(path: Path, timeout: float) -> Iterator[sqlite3.Connection]:
    """Hold a register so that nobody else reads or writes it, across the transactions of the one who holds it."""
    with closing(connect(path, "rw", timeout)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        for statement in ("BEGIN EXCLUSIVE", "COMMIT"):
            connection.execute(statement)
        try:
            yield connection
        finally:
            connection.execute("PRAGMA locking_mode=NORMAL")
            with suppress(sqlite3.Error):
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
