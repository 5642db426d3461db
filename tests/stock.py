"""The registers that tests are given: made once, and copied, as files or on a server."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from mou_cli.store.upgrade import create
from tests.emptied import NOTHING, keep
from tests.inside import SQLITE
from tests.program import ROOT, Mou

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.location import Location
    from tests.emptied import Kept
    from tests.postgresql import Server


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


class ServerStock(NamedTuple):
    """The same on the server: a database to copy, to which nobody may be connected, and the rows of what is copied."""

    empty: Location
    kept: dict[str, Kept]


@pytest.fixture(scope="session")
def server_stock(templates: Path, server: Server) -> ServerStock:
    """What the registers of tests are made of on the server."""
    stock = ServerStock(server.make_database(), {"empty": NOTHING})
    create(stock.empty, 10)
    location = server.lend_emptied(stock.empty)
    Mou(location, folder=templates)("import", str(ROOT / "seeds"))
    stock.kept["seeds"] = keep(location)
    server.take_back(location)
    return stock


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

    def holding(self, name: str, text: str) -> Mou:
        """Give the command line on a register into which a file of that name was imported, if not for this test."""
        made = self._file(name, text).with_name("empty.db")
        if not made.exists():
            shutil.copy(self._templates / "empty.db", made)
            Mou(made)("import", str(made.with_name(name)))
        return Mou(Path(shutil.copy(made, self.folder)))

    def _file(self, name: str, text: str) -> Path:
        file = self._templates / sha256(text.encode()).hexdigest() / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
        return file


class ServerRegisters(Registers):
    """Makes them on the server, until they are dropped."""

    def __init__(self, folder: Path, templates: Path, server: Server, stock: ServerStock) -> None:
        super().__init__(folder, templates)
        self._server = server
        self._stock = stock
        self._made: list[Location] = []
        self._lent: list[Location] = []

    def absent(self, name: str = "register") -> Mou:  # noqa: ARG002 - a database's name is chosen on the server
        self._made.append(self._server.lend_blank())
        return Mou(self._made[-1], folder=self.folder)

    def copy(self, name: str) -> Mou:
        self._lent.append(self._server.lend_emptied(self._stock.empty, self._stock.kept[name]))
        return Mou(self._lent[-1], folder=self.folder)

    def holding(self, name: str, text: str) -> Mou:
        file = self._file(name, text)
        if str(file) in self._stock.kept:
            return self.copy(str(file))
        mou = self.copy("empty")
        mou("import", str(file))
        self._stock.kept[str(file)] = keep(mou.location)
        return mou

    def drop(self) -> None:
        for location in self._made:
            self._server.take_back_blank(location)
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
        folder, templates, request.getfixturevalue("server"), request.getfixturevalue("server_stock")
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
def shared_on_server(server: Server, server_stock: ServerStock) -> Location:
    """The register with the seeds on the server, for reading only."""
    return server.lend_emptied(server_stock.empty, server_stock.kept["seeds"])


@pytest.fixture
def absent(registers: Registers) -> Mou:
    """The command line on a register that is not there yet."""
    return registers.absent()
