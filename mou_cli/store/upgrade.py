"""Creating a register and bringing an older one up to date, in one transaction each."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mou_cli.errors import DatabaseUnavailable, DatabaseUnusable
from mou_cli.resources import migrations
from mou_cli.store.engine import make_engine
from mou_cli.store.guard import guards
from mou_cli.store.location import Location
from mou_cli.store.reader import connect
from mou_cli.store.revision import APPLICATION_ID
from mou_cli.store.search import build_index

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection


def create(location: Location, timeout: float) -> None:
    """Make an empty register. Of two programs that race for it, the second finds it made."""
    if location.path is None:
        _migrate_server(location, timeout)
        return
    # Made under another name and then given its own: nobody ever sees half a register.
    draft = location.path.with_name(f".{location.path.name}.{os.urandom(4).hex()}.new")
    _create_file(draft)
    try:
        _migrate_file(draft, timeout)
        _publish(draft, location.path)
    finally:
        draft.unlink(missing_ok=True)


def _migrate_server(location: Location, timeout: float) -> None:
    # Each statement must see what the program before has made while this one waited for the lock.
    engine = make_engine(location, timeout).execution_options(isolation_level="READ COMMITTED")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
        migrate(connection)


def _migrate_file(path: Path, timeout: float) -> None:
    with make_engine(Location(path=path), timeout).connect() as connection:
        # SQLite takes this only outside a transaction. Rebuilding a table must not empty those that refer to it.
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            migrate(connection)


def _publish(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        # A file system without links: the name is free, or somebody was quicker.
        if not path.exists():
            draft.replace(path)


def _create_file(path: Path) -> None:
    try:
        # Only its owner can read a new register.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseUnavailable(
            f"a register cannot be created in {path.parent}: {error.strerror}", "see whether the folder can be written"
        ) from error


def upgrade(path: Path, timeout: float) -> Path:
    """Bring an older register file up to date; gives the backup that was made first."""
    backup = back_up(path, timeout, "upgrade")
    _migrate_file(path, timeout)
    return backup


def back_up(path: Path, timeout: float, reason: str) -> Path:
    """Copy a register file beside itself, as it was before what the reason names; gives the copy, which is whole."""
    # To the microsecond: each of two programs that race makes a backup of its own.
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    backup = path.with_name(f"{path.stem}-{moment}-before-{reason}.db")
    _create_file(backup)
    try:
        with closing(connect(path, "ro", timeout)) as source, closing(sqlite3.connect(backup)) as target:
            source.backup(target)
            (verdict,) = target.execute("PRAGMA integrity_check").fetchone()
    except BaseException:
        backup.unlink()
        raise
    if verdict != "ok":
        backup.unlink()
        raise DatabaseUnusable(f"{path} is damaged ({verdict}); nothing was changed", "restore it from a backup")
    return backup


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing on a connection inside its transaction, and make indexes and guards anew."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations()))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    dialect = connection.dialect.name
    for statement in (*build_index(dialect), *guards(dialect)):
        connection.exec_driver_sql(statement)
    if dialect == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
        if broken:
            raise DatabaseUnusable(f"table {broken[0]} mentions records that are not there; nothing was upgraded")
