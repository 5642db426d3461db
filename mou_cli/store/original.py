"""A register that is to be backed up, in a file or on a server, and by what name its backups go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from mou_cli.settings import default_register
from mou_cli.store.documents import store_of
from mou_cli.store.engine import make_engine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    import psycopg

    from mou_cli.store.documents import DocumentStore
    from mou_cli.store.location import Location
    from mou_cli.store.reader import Reader

    # Compares what two registers of this program's schema say; raises DatabaseUnusable.
    Compare = Callable[[Reader, Reader], None]

_USUAL_PORT: Final = 5432


class Original(NamedTuple):
    """A register, the file by whose name its backups go, and the store whose contents are taken along, if any are.

    A copy of one on a server is held to `compare` beside the rows.
    """

    location: Location
    timeout: float
    place: Path
    store: DocumentStore | None
    compare: Compare


def nothing_more(_register: Reader, _copy: Reader) -> None:
    """Compare nothing beside the rows."""


def original_of(location: Location, timeout: float) -> Original:
    """Give a register as it is kept before something is done to it.

    With a file's go its documents, which takes no room. Those of a register on a server stay where they are: nothing
    that is done to it takes any away.
    """
    store = store_of(location, None) if location.path is not None else None
    return Original(location, timeout, place_of(location, timeout), store, nothing_more)


def place_of(location: Location, timeout: float) -> Path:
    """Give the file by whose name a register's backups go: its own.

    For one on a server it is in the user's folder for data, called as the database and the server are, and never made.
    """
    if location.path is not None:
        return location.path
    with make_engine(location, timeout, "ro").connect() as connection:
        found = cast("psycopg.Connection[tuple[Any, ...]]", connection.connection.driver_connection).info
        schema = connection.exec_driver_sql("SELECT current_schema()").scalar()
        name = f"{found.dbname}@{found.host or 'localhost'}"
        name += f"-{found.port}" if found.port != _USUAL_PORT else ""
        name += f"-{schema}" if schema != "public" else ""
    return default_register().with_name(re.sub(r"[^\w.@-]", "-", name) + ".db")
