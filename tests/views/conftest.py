from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mou_cli.formats.importing import Import, find_files, import_files
from mou_cli.store.location import Location
from mou_cli.store.opening import open_reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader

SEEDS = Path(__file__).parents[2] / "seeds"
RECORDED_ON = date(2026, 11, 22)


def make_register(files: Path, place: Path) -> Location:
    """Import a file, or the files of a folder, into a new register."""
    location = Location(path=place / "register.db")
    import_files(Import(find_files([str(files)]), location, 5.0, "tester", RECORDED_ON), dry_run=False)
    return location


@pytest.fixture(scope="session")
def _seed_register(tmp_path_factory: pytest.TempPathFactory) -> Location:
    return make_register(SEEDS, tmp_path_factory.mktemp("seeds"))


@pytest.fixture
def seeds(_seed_register: Location) -> Iterator[Reader]:
    """A reader of the register that the seeds make."""
    with open_reader(_seed_register, 5.0) as reader:
        yield reader


@pytest.fixture(scope="module")
def _small_register(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Location:
    place = tmp_path_factory.mktemp("small")
    written = place / "small.yaml"
    written.write_text(request.module.SMALL, encoding="utf-8")
    return make_register(written, place)


@pytest.fixture
def small(_small_register: Location) -> Iterator[Reader]:
    """A reader of the register that the module's own SMALL makes."""
    with open_reader(_small_register, 5.0) as reader:
        yield reader
