"""Bringing a register of an earlier program up to date, after a backup of what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.store.backup import back_up
from mou_cli.store.engine import make_engine
from mou_cli.store.original import original_of
from mou_cli.store.reader import ConnectionReader, OutdatedRegister, check_schema
from mou_cli.store.server import shut_out, take_over
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
    with make_engine(location, timeout, "rwc").begin() as connection:
        take_over(connection, location, timeout)
        try:
            check_schema(ConnectionReader(connection), location)
        except OutdatedRegister:
            backup = back_up(original_of(location, timeout), "upgrade")
            shut_out(connection)
            migrate(connection)
            return backup
    return None
