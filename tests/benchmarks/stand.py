"""Where a job is measured: a register in a file and on a server, the files beside it, the other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.store.revision import HEAD
from tests.benchmarks.plain import DAY, Plain
from tests.benchmarks.programs import MOU, POSTGRESQL, SQLITE3, SQLITE_UTILS, mou
from tests.benchmarks.rounds import HERE, Command, module, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.server import Server

_FEWEST, _MOST = 50, 20_000


class Stand(NamedTuple):
    """A register with so many agreements and as many tasks, and what a job may use; `work` is thrown away after it."""

    size: int
    folder: Path
    work: Path
    server: Server | None
    others: dict[str, str]

    @property
    def register(self) -> Path:
        """The register's file, which nothing may change."""
        return self.folder / f"{self.size}.db"

    @property
    def yaml(self) -> Path:
        """What the register was imported from."""
        return self.folder / f"{self.size}.yaml"

    @property
    def plain(self) -> Plain:
        """The same agreements and tasks as flat tables."""
        return Plain(self.register)

    @property
    def database(self) -> str:
        """The name of the database that holds the same, which nothing may change either."""
        return f"register_{self.size}_{HEAD}"

    @property
    def journal(self) -> Path:
        """A register whose journal has so many entries, which nothing may change."""
        return self.folder / f"{self.size}.journal.{HEAD}.db"

    def prepare(self, seed: int) -> None:
        """Make what is not in the folder yet."""
        if not self.register.exists():
            draft = self.register.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            records = {"agreements": self.size, "tasks": self.size, "seed": seed}
            records["institutions"] = min(_MOST, max(_FEWEST, self.size // 5))
            counts = (word for name, number in records.items() for word in (f"--{name}", str(number)))
            run(Command(module("makedata", str(self.yaml), *counts)))
            run(Command(mou("--db", str(draft), "import", str(self.yaml))))
            draft.rename(self.register)
        run(Command(mou("--db", str(self.register), "db", "upgrade")))
        run(Command(module("plain", str(self.register))))
        if self.server:
            self.server.ask("load", str(self.register), self.database)

    def mou(
        self, *words: str, on: Path | None = None, before: Callable[[], object] | None = None
    ) -> dict[str, Command]:
        """Give the program's command on the register, or on a copy of it."""
        return {MOU: Command(mou("--db", str(on or self.register), "--as-of", DAY, *words), before)}

    def on_server(
        self, *words: str, on: str | None = None, before: Callable[[], object] | None = None
    ) -> dict[str, Command]:
        """Give the same command on the server."""
        if not self.server:
            return {}
        line = mou("--db", self.server.address(on or self.database), "--as-of", DAY, *words)
        return {POSTGRESQL: Command(line, before, self.server.seconds)}

    def other(
        self, program: str, *words: str | Path, command: str = "", before: Callable[[], object] | None = None
    ) -> dict[str, Command]:
        """Give the command line of another program, or of a command that comes with it; none if it is absent."""
        found = self.others.get(program)
        if not found:
            return {}
        line = str(Path(found).with_name(command)) if command else found
        return {program: Command((line, *map(str, words)), before)}

    def sql(self, sql: str) -> dict[str, Command]:
        """Give the commands of the programs that are asked in SQL."""
        database = self.plain.database
        return {
            **self.other(SQLITE_UTILS, "query", database, sql, "--csv"),
            **self.other(SQLITE3, "-readonly", "-csv", "-header", database, sql),
        }

    def floor(self, program: str, *words: str) -> dict[str, Command]:
        """Give the command of the program that does as little as can be, under the name of what it does it with."""
        return {program: Command((sys.executable, str(HERE / "floor.py"), "--db", str(self.register), *words))}
