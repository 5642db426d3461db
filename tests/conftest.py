"""What the tests stand on: the command line, in this process or as one of its own, over real registers.

A test that asks for a register gets it in a file and, in the rooms of `ON_BOTH`, once more on a PostgreSQL server: the
program is to do and to say the same. What only a file has is marked `file_only`, with the reason.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import settings

from mou_cli.main import run
from mou_cli.store.location import Location
from mou_cli.store.opening import is_register
from mou_cli.store.upgrade import create
from tests import inside

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from tests.postgresql import Server

pytest_plugins = ("tests.postgresql",)

# The same examples every time, however slow the machine: a run that failed fails again.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

ROOT = Path(__file__).parent.parent
TODAY = "2025-05-10"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
# The rooms whose tests go through the command line, and say what is done to a register and what is told of it.
ON_BOTH = {"asking", "checks", "commands", "faults", "output"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "file_only(why): not tried on a server, because …")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have every test that uses a register run on both databases, but for what only a file has.

    One that asks for a server itself says what is where.
    """
    if {"kept_in", "server", "cluster"} & set(metafunc.fixturenames) == {"kept_in"} and _room(
        metafunc.definition.path
    ) in ON_BOTH:
        marker = metafunc.definition.get_closest_marker("file_only")
        assert marker is None or marker.args, "file_only needs its reason"
        if marker is None:
            metafunc.parametrize("kept_in", [SQLITE, POSTGRESQL], indirect=True, scope="session")


def _room(path: Path) -> str:
    return path.relative_to(ROOT / "tests").parts[0]


@dataclass(frozen=True)
class Answer:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Mou:
    """Calls the program in this process, as a command line on one register: a file, or on a server."""

    def __init__(self, place: Path | Location, today: str = TODAY, *, folder: Path | None = None) -> None:
        """Have the register at a place; `folder` is where everything lies that a file has beside it."""
        self.location = Location(path=place) if isinstance(place, Path) else place
        self.folder = folder or self.db.absolute().parent
        self.today = today

    @property
    def db(self) -> Path:
        """The register's file; whoever asks for it is for files only."""
        assert self.location.path is not None, "a register on a server has no file: say `file_only`, or what is meant"
        return self.location.path

    @property
    def address(self) -> str:
        """What --db takes."""
        return str(self.location.path or self.location.url)

    @property
    def documents(self) -> Path:
        """The folder of the documents' contents."""
        return Path(f"{self.location.path or self.folder / inside.name(self.location)}.documents")

    @property
    def config(self) -> Path:
        """The config file: one of its own beside the register, not that of whoever runs the tests."""
        return self.folder / "config" / "mou" / "config.toml"

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs that is to work on this register."""
        said = {"MOU_DB": self.address, "MOU_TODAY": self.today, "MOU_ACTOR": "tester", "MOU_TIMEOUT": "5"}
        said |= {"XDG_CONFIG_HOME": str(self.config.parent.parent)}
        # Where backups of a register on a server are kept.
        said |= {"XDG_DATA_HOME": str(self.folder.absolute() / "data")}
        return said if self.location.path else said | {"MOU_DOCUMENTS": str(self.documents)}

    @property
    def exists(self) -> bool:
        """Say whether there is a register."""
        return is_register(self.location, 10)

    def content(self) -> object:
        """Give all that the register holds: not even what was written anew as it was is equal."""
        return inside.content(self.location)

    def rows(self, sql: str, **parameters: object) -> list[dict[str, Any]]:
        """Read rows of the register's own tables; parameters stand in the SQL as `:name`."""
        return inside.rows(self.location, sql, parameters)

    def spoil(self, *statements: str, **parameters: object) -> None:
        """Change the register as no command would: neither guards nor mentions stand in the way."""
        inside.spoil(self.location, statements, parameters)

    def locked(self) -> AbstractContextManager[None]:
        """Be another program that is changing the register, for the time of the `with`."""
        return inside.locked(self.location)

    def call(self, *arguments: str, input: bytes | str = b"", env: dict[str, str] | None = None) -> Answer:  # noqa: A002
        """Run a command line, whatever comes of it."""
        data = input.encode() if isinstance(input, str) else input
        out, err = _stream(), _stream()
        environment = self.environment | {"LC_ALL": "C.UTF-8", "MOU_LANG": ""}
        stdin = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
        with (
            patch.dict(os.environ, environment | (env or {})),
            patch.object(sys, "stdin", stdin),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = run(list(arguments))
        answer = Answer(code, _text(out), _text(err))
        assert "Traceback" not in answer.err
        assert "should not have happened" not in answer.err, answer.err
        return answer

    def __call__(self, *arguments: str, **named: Any) -> Answer:
        """Run a command line that succeeds."""
        answer = self.call(*arguments, **named)
        assert answer.code == 0, answer.err
        return answer

    def fails(self, code: int, *arguments: str, **named: Any) -> Answer:
        """Run a command line that ends with an exit code and prints no data."""
        answer = self.call(*arguments, **named)
        assert answer.code == code, (answer.code, answer.err)
        return answer

    def json(self, *arguments: str, **named: Any) -> Any:
        """Run a command line that succeeds and give its JSON."""
        return self(*arguments, "--format", "json", **named).json


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.detach()
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with registers to copy: making one takes longer than copying it."""
    folder = tmp_path_factory.mktemp("templates")
    mou = Mou(folder / "seeds.db")
    mou("import", str(ROOT / "seeds"))
    nothing = folder / "nothing.yaml"
    nothing.write_text("format: mou/1\n", "utf-8")
    Mou(folder / "empty.db")("import", str(nothing))
    return folder


@pytest.fixture(scope="session")
def kept_in(request: pytest.FixtureRequest) -> str:
    """Where a test has its registers: in files, unless it is tried on both databases."""
    return str(getattr(request, "param", SQLITE))


@pytest.fixture(scope="session")
def server_templates(templates: Path, server: Server) -> dict[str, Location]:
    """The same registers on the server, to copy; nobody may be connected to them."""
    made = {"empty": server.make_database()}
    create(made["empty"], 10)
    made["seeds"] = server.make_database(made["empty"])
    Mou(made["seeds"], folder=templates)("import", str(ROOT / "seeds"))
    return made


class Registers:
    """Makes the registers of a test: files in its folder, or databases on the server."""

    def __init__(self, folder: Path, templates: Path) -> None:
        self.folder = folder
        self._templates = templates

    def absent(self, name: str = "register") -> Mou:
        """Give the command line on a register that is not there yet."""
        return Mou(self.folder / f"{name}.db")

    def copy(self, name: str) -> Mou:
        """Give the command line on a copy of one of the templates."""
        return Mou(Path(shutil.copy(self._templates / f"{name}.db", self.folder)))


class ServerRegisters(Registers):
    """Makes them on the server, until they are dropped."""

    def __init__(self, folder: Path, templates: Path, server: Server, server_templates: dict[str, Location]) -> None:
        super().__init__(folder, templates)
        self._server = server
        self._server_templates = server_templates
        self._made: list[Location] = []
        self._lent: list[Location] = []

    def absent(self, name: str = "register") -> Mou:  # noqa: ARG002 - a database's name is chosen on the server
        return self._make(None)

    def copy(self, name: str) -> Mou:
        if name == "empty":
            self._lent.append(self._server.lend_emptied(self._server_templates[name]))
            return Mou(self._lent[-1], folder=self.folder)
        return self._make(self._server_templates[name])

    def _make(self, template: Location | None) -> Mou:
        self._made.append(self._server.make_database(template))
        return Mou(self._made[-1], folder=self.folder)

    def drop(self) -> None:
        for location in self._made:
            self._server.drop_database(location)
        for location in self._lent:
            self._server.take_back(location)


def make_registers(folder: Path, request: pytest.FixtureRequest) -> Iterator[Registers]:
    """Give what makes registers for the time of a fixture, where the test is to have them."""
    templates = request.getfixturevalue("templates")
    if request.getfixturevalue("kept_in") == SQLITE:
        yield Registers(folder, templates)
        return
    # Only now is the server started: who tries files alone need not wait for it.
    made = ServerRegisters(
        folder, templates, request.getfixturevalue("server"), request.getfixturevalue("server_templates")
    )
    yield made
    made.drop()


@pytest.fixture
def registers(kept_in: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Registers]:  # noqa: ARG001
    """What makes further registers for a test, where it has its own."""
    yield from make_registers(tmp_path, request)


@pytest.fixture(scope="module")
def shared_registers(
    kept_in: str,  # noqa: ARG001 - every test that asks for this runs on both
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Registers]:
    """What makes registers that the tests of a file share, for reading only."""
    yield from make_registers(tmp_path_factory.mktemp("shared"), request)


@pytest.fixture
def empty(registers: Registers) -> Mou:
    """The command line on a register that holds nothing."""
    return registers.copy("empty")


@pytest.fixture
def seeds(registers: Registers) -> Mou:
    """The command line on a register with the seeds; it may be changed."""
    return registers.copy("seeds")


@pytest.fixture(scope="session")
def seeded(kept_in: str, templates: Path, request: pytest.FixtureRequest) -> Mou:
    """The command line on a register with the seeds, for reading only: all tests share it."""
    if kept_in == SQLITE:
        return Mou(templates / "seeds.db")
    return Mou(request.getfixturevalue("shared_on_server"), folder=templates)


@pytest.fixture(scope="session")
def shared_on_server(server: Server, server_templates: dict[str, Location]) -> Location:
    """The register with the seeds on the server, for reading only."""
    return server.make_database(server_templates["seeds"])


@pytest.fixture
def absent(registers: Registers) -> Mou:
    """The command line on a register that is not there yet."""
    return registers.absent()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], str]:
    """Write a file in the test's folder and give its path."""

    def write_file(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write_file


Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def process(tmp_path: Path) -> Process:
    """Run the program as a process of its own, with a clean environment and the test's folder as home."""

    def run_process(
        *arguments: str | bytes, env: dict[str, str] | None = None, command: Sequence[str] = (), **named: Any
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "MOU_TODAY": TODAY, "MOU_ACTOR": "tester"}
        program = [sys.executable, "-c", "from mou_cli.__main__ import main; main()"]
        return subprocess.run(
            [*command, *program, *arguments],
            env=environment | (env or {}),
            capture_output=named.pop("capture_output", True),
            timeout=60,
            check=False,
            **named,
        )

    return run_process
