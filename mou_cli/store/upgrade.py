"""Creating a register and bringing an older one up to date, in one transaction each."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mou_cli.errors import DatabaseUnusable
from mou_cli.resources import migrations
from mou_cli.store.disk import create_file, refuse_remains
from mou_cli.store.engine import make_engine
from mou_cli.store.guard import guards
from mou_cli.store.location import Location
from mou_cli.store.revision import APPLICATION_ID
from mou_cli.store.search import build_index

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.exc import DBAPIError


def create(location: Location, timeout: float) -> None:
    """Make an empty register. Of two programs that race for it, the second finds it made."""
    if location.path is None:
        _migrate_server(location, timeout)
        return
    # Made under another name and then given its own: nobody ever sees half a register.
    draft = location.path.with_name(f".{location.path.name}.{os.urandom(4).hex()}.new")
    create_file(draft)
    try:
        migrate_file(draft, timeout)
        publish(draft, location.path)
    finally:
        draft.unlink(missing_ok=True)


def _migrate_server(location: Location, timeout: float) -> None:
    from mou_cli.store.server import shut_out, take_over

    with make_engine(location, timeout, "rwc").begin() as connection:
        take_over(connection, location, timeout)
        shut_out(connection)
        migrate(connection)


def migrate_file(path: Path, timeout: float) -> None:
    """Bring a register file up to date, in one transaction; no backup is made."""
    with make_engine(Location(path=path), timeout).connect() as connection:
        # SQLite takes this only outside a transaction. Rebuilding a table must not empty those that refer to it.
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            migrate(connection)


def publish(draft: Path, path: Path) -> None:
    """Give a draft the name of a register; if there is one by now, that stays. Raises Conflict as `refuse_remains`."""
    refuse_remains(path)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        # A file system without links: the name is free, or somebody was quicker.
        if not path.exists():
            draft.replace(path)


def run_migrations(connection: Connection, revision: str) -> None:
    """Run the migrations up to a revision that are missing, on a connection inside its transaction."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.exc import DBAPIError

    config = Config()
    config.set_main_option("script_location", str(migrations()))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except DBAPIError as error:
        first = _first(error)
        raise first from first.__cause__
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def _first(error: DBAPIError) -> BaseException:
    """Give what went wrong first: when a write fails SQLite undoes all, and Alembic has no copy of a table to drop."""
    from sqlalchemy.exc import DBAPIError

    first = error.__context__ if "no such table: _alembic_tmp_" in str(error.orig) else error
    while first is not None and not isinstance(first, DBAPIError):
        first = first.__context__
    return first or error


def migrate(connection: Connection) -> None:
    """Run all migrations that are missing, on a connection inside its transaction, and make indexes and guards anew."""
    run_migrations(connection, "head")
    dialect = connection.dialect.name
    for statement in (*build_index(dialect), *guards(dialect)):
        connection.exec_driver_sql(statement)
    if dialect == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
        if broken:
            raise DatabaseUnusable(f"table {broken[0]} mentions records that are not there; nothing was upgraded")
