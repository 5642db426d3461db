"""A register on a PostgreSQL server: connecting to it, taking turns there, and making it as its owner."""

from __future__ import annotations

import os
from math import ceil
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

from mou_cli.errors import DatabaseUnavailable, DatabaseUnusable, UsageError
from mou_cli.store.location import CREATED_BY
from mou_cli.store.revision import APPLICATION_ID
from mou_cli.store.server_fault import is_crowded, is_undefined, translate

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, ExceptionContext

    from mou_cli.store.location import Location

# The oldest that the tests were run on.
OLDEST_SERVER: Final = 15
# How transactions see each other, and whose they are. Changes take turns, so that the register of any moment is whole:
# who only reads needs no more than that it stays, and a standby offers no more. Whoever makes or alters tables must see
# with each statement what was made while this one waited.
_MODES: Final = {
    "ro": ("REPEATABLE READ", "readers"),
    "rw": ("SERIALIZABLE", "editors"),
    "rwc": ("READ COMMITTED", "keepers"),
}
_OWNER: Final = """SELECT quote_ident(r.rolname) FROM pg_roles r WHERE r.oid = coalesce(
        (SELECT relowner FROM pg_class WHERE oid = to_regclass('alembic_version')),
        (SELECT nspowner FROM pg_namespace WHERE nspname = current_schema()))
    AND r.rolname <> current_user AND r.rolname !~ '^pg_' AND NOT r.rolsuper AND pg_has_role(r.oid, 'MEMBER')"""


def server_engine(location: Location, timeout: float, mode: str) -> Engine:
    """Give an engine for a server. Raises UsageError for an address that is none."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import ArgumentError
    from sqlalchemy.pool import NullPool

    try:
        # No table has an hstore: to ask on every connection whether there is that type is three ways to the server.
        engine = create_engine(location.url or "", poolclass=NullPool, use_native_hstore=False)
    except ModuleNotFoundError as error:
        raise UsageError(
            "a register on a PostgreSQL server needs one more package", "pip install 'mou-cli[postgresql]'"
        ) from error
    except (ArgumentError, ValueError) as error:
        raise UsageError(f"{location} is no address of a database") from error

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Any, _record: object, arguments: Any, parameters: dict[str, Any]) -> Any:
        # Whatever the environment says: the program speaks UTF-8.
        parameters |= {"client_encoding": "utf8", "fallback_application_name": "mou"}
        if "PGCONNECT_TIMEOUT" not in os.environ:
            parameters.setdefault("connect_timeout", max(2, ceil(timeout)))
        return _connect(dialect, arguments, parameters, location, monotonic() + timeout)

    @event.listens_for(engine, "handle_error")
    def tell(context: ExceptionContext) -> None:
        if situation := translate(context, location):
            raise situation

    isolation, group = _MODES[mode]
    # Not of the engine itself: it asks the server what it is, which a standby would not answer so.
    return engine.execution_options(isolation_level=isolation, group=group)


def _connect(dialect: Any, arguments: Any, parameters: dict[str, Any], location: Location, until: float) -> Any:
    """Connect; a server that has no room for one more is asked again for a while."""
    while True:
        try:
            connection = dialect.connect(*arguments, **parameters)
        except dialect.dbapi.OperationalError as error:
            if not is_crowded(error) or monotonic() > until:
                raise
            sleep(0.1)
            continue
        version: int = connection.info.server_version
        if version < OLDEST_SERVER * 10_000:
            connection.close()
            raise DatabaseUnusable(
                f"the server of {location} is PostgreSQL {version // 10_000}, which is too old",
                f"mou needs PostgreSQL {OLDEST_SERVER} or newer",
            )
        return connection


def no_register(location: Location) -> DatabaseUnavailable:
    """Give the error for a database in which there are no tables of a register."""
    return DatabaseUnavailable(f"there is no register at {location}", CREATED_BY)


class AbsentRegister(Exception):
    """There are no tables of a register in a database, which may be made."""


def take_turn(connection: Connection, timeout: float) -> None:
    """Wait, as the first thing in a transaction, until no other change is under way.

    It is a table that every change may write, locked against changes and not against readers; before it that which an
    upgrade locks first. Nothing may be read before: the transaction would go on seeing the register as it was when it
    began to wait. Raises AbsentRegister where there are no tables.
    """
    from sqlalchemy.exc import ProgrammingError

    limit_waiting(connection, timeout)
    try:
        connection.exec_driver_sql("LOCK TABLE alembic_version IN ACCESS SHARE MODE")
        connection.exec_driver_sql("LOCK TABLE reference_counter IN EXCLUSIVE MODE")
    except ProgrammingError as error:
        if is_undefined(error):
            raise AbsentRegister from error
        raise


def take_over(connection: Connection, location: Location, timeout: float) -> None:
    """Keep everybody from changing a database until the transaction ends, to make the tables of a register in it.

    They are made as whoever owns those that are there, or else the schema, if one may: then a colleague can go on.
    Raises DatabaseUnusable for a database that cannot keep every letter.
    """
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise DatabaseUnusable(
            f"the database at {location} keeps text as {encoding}, a register needs UTF8",
            "createdb --encoding UTF8 --template template0 NAME",
        )
    limit_waiting(connection, timeout)
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")
    if owner := connection.exec_driver_sql(_OWNER).scalar():
        connection.exec_driver_sql(f"SET LOCAL ROLE {owner}")
    _lock(connection, "EXCLUSIVE")


def shut_out(connection: Connection) -> None:
    """Keep everybody from reading, too, before tables are altered: who has begun to read ends first."""
    _lock(connection, "ACCESS EXCLUSIVE")


def _lock(connection: Connection, mode: str) -> None:
    # In the order of whoever changes the register; programs of before have locked the first of them.
    for table in ("alembic_version", "reference_counter"):
        if connection.exec_driver_sql(f"SELECT to_regclass('{table}') IS NOT NULL").scalar():
            connection.exec_driver_sql(f"LOCK TABLE {table} IN {mode} MODE")


def begin_reading(connection: Connection, timeout: float) -> None:
    """Say how long this transaction waits for what somebody holds, and that nothing it asks is compiled.

    A server compiles what it expects to take long. Every question of a program that ends with the answer would be
    compiled anew, and of a large register that takes as long as the answer does.
    """
    connection.exec_driver_sql(f"{_limit(timeout)}; SET LOCAL jit = off")


def limit_waiting(connection: Connection, timeout: float) -> None:
    """Say how long this transaction waits for what somebody holds."""
    connection.exec_driver_sql(_limit(timeout))


def _limit(timeout: float) -> str:
    # No time at all would be as long as it takes.
    return f"SET LOCAL lock_timeout = {max(1, round(timeout * 1000))}"
