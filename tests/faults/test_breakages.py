"""The suite is able to fail: of every guarantee that is taken from the program, the tests that hold it take notice."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.faults.breakages import BREAKAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Copy = Callable[[], Path]

TESTS = sorted({test for breakage in BREAKAGES.values() for test in breakage.noticed_by})
# What a checkout has beside what is tried.
LEFT_OUT = shutil.ignore_patterns(".*", "*.gz.tmp", "node_modules", "pictures", "benchmarks")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Make a copy of the program and its tests."""

    def make() -> Path:
        for name in ("mou_cli", "migrations", "seeds", "examples", "tests"):
            shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=LEFT_OUT)
        shutil.copy(ROOT / "pyproject.toml", tmp_path / "copy")
        return tmp_path / "copy"

    return make


def failing(copy: Path, tests: Iterable[str], faults: str = "") -> tuple[int, set[str]]:
    """Run tests of a copy; gives how that ended, and the tests that failed, without their cases.

    `faults` is what CI_FAULTS says.
    """
    options = ["-q", "--tb=no", "-rf", "-p", "no:cacheprovider", "-p", "no:randomly", "--basetemp", f"{copy}.temporary"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "MOU_", "CI_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests],
        cwd=copy,
        env=environment | {"PYTHONPATH": str(copy), "CI_FAULTS": faults},
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
    return done.returncode, set(re.findall(r"^FAILED (\S+?)(?:\[.*)?(?: - .*)?$", done.stdout, re.MULTILINE))


def test_in_a_copy_the_tests_pass(copy: Copy) -> None:
    assert failing(copy(), TESTS) == (0, set())


@pytest.mark.parametrize("broken", BREAKAGES)
def test_a_guarantee_that_is_broken_is_noticed(copy: Copy, broken: str) -> None:
    breakage = BREAKAGES[broken]
    folder = copy()
    file = folder / breakage.file
    text = file.read_text("utf-8")
    assert text.count(breakage.text) == 1, "the program reads otherwise by now"
    file.write_text(text.replace(breakage.text, breakage.instead), "utf-8")
    noticed = {test.partition("[")[0] for test in breakage.noticed_by}
    assert failing(folder, breakage.noticed_by) == (1, noticed)


def test_a_test_that_is_left_out_fails_where_all_faults_are_to_be_tried(copy: Copy) -> None:
    folder = copy()
    left_out = "tests/faults/test_left_out.py"
    (folder / left_out).write_text("import pytest\n\ndef test_one():\n    pytest.skip('cannot be')\n", "utf-8")
    assert failing(folder, [left_out]) == (0, set())
    assert failing(folder, [left_out], "all") == (1, {f"{left_out}::test_one"})
