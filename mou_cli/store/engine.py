"""The connection of a change: SQLAlchemy over one file or one server, a transaction that is taken at once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from mou_cli.store.interrupt import raise_interrupt
from mou_cli.store.reader import connect

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import ExceptionContext

    from mou_cli.store.location import Location

# What goes wrong is told once, by the program: a connection that is interrupted would tell it with a traceback.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


def make_engine(location: Location, timeout: float, mode: str = "rw") -> Engine:
    """Give an engine for changes. `mode` is the driver's: `rw`, or `rwc` to create; on a server also `ro` to read."""
    if location.path is None:
        from mou_cli.store.server import server_engine

        return server_engine(location, timeout, mode)
    return _file_engine(location.path, timeout, mode)


def _file_engine(path: Path, timeout: float, mode: str) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    engine = create_engine("sqlite://", creator=lambda: connect(path, mode, timeout), poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The lock is taken before anything is read: a change never works on what another has altered meanwhile.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "handle_error")
    def end(context: ExceptionContext) -> None:
        raise_interrupt(context.original_exception)

    return engine
