"""The ground on which everything that is read is tried: a register with something of every kind, put right again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, Mou
from tests.fuzz.effort import IS_LONG, SEED
from tests.fuzz.ordeal import Ordeal

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE = ROOT / "tests" / "commands" / "pages" / "whole.yaml"


def pytest_report_header() -> str:
    """Tell the seed of a long run, with which it can be had again."""
    return f"fuzzing long: MOU_FUZZ_SEED={SEED}" if IS_LONG else "fuzzing in short (MOU_FUZZ=long for more)"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with something of every kind, and something undone."""
    folder = tmp_path_factory.mktemp("fuzz-template")
    mou = Mou(folder / "register.db")
    mou("import", str(WHOLE))
    note = folder / "note.txt"
    note.write_text("a note", "utf-8")
    key = mou.json("list", "--limit", "1")[0]["key"]
    mou("doc", "add", key, str(note))
    mou("check", "--accept", f"vacant:{mou.json('check', 'vacant')[0]['records'][0]['key']}", "--reason", "so be it")
    mou("edit", key, "--note", "changed")
    mou("undo")
    note.unlink()
    return folder


@pytest.fixture(scope="module")
def ordeal(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ordeal]:
    """The program on a copy of that register, in a folder of its own that it also runs in."""
    made = Ordeal(template, tmp_path_factory.mktemp("fuzz"))
    before = Path.cwd()
    os.chdir(made.folder)
    yield made
    os.chdir(before)
    shutil.rmtree(made.folder)
