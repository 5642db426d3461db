"""Bringing a register of an earlier program up to date, after a backup of what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.store.backup import back_up
from mou_cli.store.engine import make_engine
from mou_cli.store.original import original_of
from mou_cli.store.reader import ConnectionReader, OutdatedRegister, check_schema
from mou_cli.store.revision import APPLICATION_ID
from mou_cli.store.server import take_over
from mou_cli.store.upgrade import migrate, migrate_file

if TYPE_CHECKING:
    from pathlib import Path

    from mou_cli.store.location import Location


def upgrade(location: Location, timeout: float) -> Path | None:
    """Bring an older register up to date; gives the backup that was made first.

    That is None if another program has done it meanwhile.
    """
    if location.path is not None:
        backup = back_up(original_of(location, timeout), "upgrade")
        migrate_file(location.path, timeout)
        return backup
    # Each statement must see what the program before has made while this one waited for the lock.
    engine = make_engine(location, timeout).execution_options(isolation_level="READ COMMITTED", group="keepers")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
        try:
            check_schema(ConnectionReader(connection), location)
        except OutdatedRegister:
            backup = back_up(original_of(location, timeout), "upgrade")
            # Only now: the backup reads what this locks.
            take_over(connection, location, timeout)
            migrate(connection)
            return backup
    return None
