"""The connection of a change: SQLAlchemy over one file or one server, a transaction that is taken at once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from mou_cli.errors import UsageError
from mou_cli.store.reader import connect

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from mou_cli.store.location import Location

# What goes wrong is told once, by the program: a connection that is interrupted would tell it with a traceback.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


def make_engine(location: Location, timeout: float, mode: str = "rw") -> Engine:
    """Give an engine for changes. `mode` is the driver's: `rw`, or `rwc` to create the file."""
    if location.path is None:
        return _server_engine(location.url or "")
    return _file_engine(location.path, timeout, mode)


def _file_engine(path: Path, timeout: float, mode: str) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    engine = create_engine("sqlite://", creator=lambda: connect(path, mode, timeout), poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The lock is taken before anything is read: a change never works on what another has altered meanwhile.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _server_engine(url: str) -> Engine:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    try:
        options: dict[str, Any] = {"isolation_level": "SERIALIZABLE", "poolclass": NullPool}
        return create_engine(url, **options)
    except ModuleNotFoundError as error:
        raise UsageError(
            "a register on a PostgreSQL server needs one more package", "pip install 'mou-cli[postgresql]'"
        ) from error


def take_turn(connection: Connection, timeout: float) -> None:
    """Wait, as the first thing in a transaction, until no other change is under way. A file is locked already.

    On a server it is a table that every register has, locked against changes and not against readers. Nothing may be
    read before: the transaction would go on seeing the register as it was when it began to wait.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(timeout * 1000)}")
        connection.exec_driver_sql("LOCK TABLE alembic_version IN EXCLUSIVE MODE")
