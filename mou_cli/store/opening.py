"""Opening a register to read from it, wherever it is kept."""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from mou_cli.store.reader import ConnectionReader, OutdatedRegister, check_schema, open_file, open_unmended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.location import Location
    from mou_cli.store.reader import Reader


@contextmanager
def open_reader(location: Location, timeout: float) -> Iterator[Reader]:
    """Give a reader for the time of the `with`. An older register is brought up to date first, after a backup."""
    if location.path is None:
        with _open_upgraded_server(location, timeout) as reader:
            yield reader
        return
    try:
        reader = open_file(location.path, timeout)
    except OutdatedRegister:
        from mou_cli.store.outdated import upgrade

        upgrade(location, timeout)
        reader = open_file(location.path, timeout)
    try:
        yield reader
    finally:
        reader.close()


@contextmanager
def open_as_it_is(location: Location, timeout: float) -> Iterator[Reader]:
    """Give a reader and leave every byte alone: nothing is upgraded, and no half-made change undone.

    Raises what the database raises where it would have to be.
    """
    if location.path is None:
        with _open_server(location, timeout) as reader:
            yield reader
        return
    with closing(open_unmended(location.path, timeout)) as reader:
        yield reader


def is_register(location: Location, timeout: float) -> bool:
    """Say whether there is something at the place of a register: a file, or on a server the tables of one."""
    if location.path is not None:
        return location.exists
    from mou_cli.store.engine import make_engine

    with make_engine(location, timeout, "ro").connect() as connection:
        return has_tables(ConnectionReader(connection))


def has_tables(reader: Reader) -> bool:
    """Say whether a database on a server has the tables of a register."""
    return next(reader.rows("SELECT to_regclass('alembic_version') IS NOT NULL AS found"))["found"] is True


@contextmanager
def _open_upgraded_server(location: Location, timeout: float) -> Iterator[Reader]:
    with ExitStack() as opened:
        try:
            reader = opened.enter_context(_open_server(location, timeout))
        except OutdatedRegister:
            from mou_cli.store.outdated import upgrade

            upgrade(location, timeout)
            reader = opened.enter_context(_open_server(location, timeout))
        yield reader


@contextmanager
def _open_server(location: Location, timeout: float) -> Iterator[Reader]:
    from sqlalchemy.exc import ProgrammingError

    from mou_cli.store.engine import make_engine
    from mou_cli.store.server import begin_reading, no_register
    from mou_cli.store.server_fault import is_undefined

    with make_engine(location, timeout, "ro").connect() as connection:
        reader = ConnectionReader(connection)
        try:
            begin_reading(connection, timeout)
            check_schema(reader, location)
        except ProgrammingError as error:
            if is_undefined(error):
                raise no_register(location) from error
            raise
        yield reader


@contextmanager
def open_empty() -> Iterator[Reader]:
    """Give a reader of a register that holds nothing and is kept nowhere: what a rehearsal finds before the first."""
    from sqlalchemy import create_engine

    from mou_cli.store.upgrade import migrate

    with create_engine("sqlite://").connect() as connection:
        migrate(connection)
        yield ConnectionReader(connection)
