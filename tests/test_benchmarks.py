"""The benchmarks measure and never judge; that they run at all is held here, on a register of a hundred agreements."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.benchmarks.__main__ import BEGIN, END
from tests.benchmarks.jobs import JOBS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
# Nothing is repeated, so that a hundred processes are all there are.
ONCE = ("--sizes", "100", "--patience", "0")


@pytest.fixture
def into() -> Iterator[Path]:
    # Not in pytest's own folder: as root the server runs as another user, whom pytest shuts out of it.
    with TemporaryDirectory(prefix="mou-benchmarks-") as name:
        folder = Path(name)
        (folder / "README.md").write_text(f"Before.\n\n{BEGIN}\nold\n{END}\n\nAfter.\n")
        yield folder


def bench(into: Path, *words: str, path: str = os.environ["PATH"]) -> str:
    line = [sys.executable, "-m", "tests.benchmarks", "--into", str(into), "--data", str(into / "data"), *ONCE, *words]
    environment = {**os.environ, "PATH": path}
    ended = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stderr


def test_every_job_is_measured_told_and_drawn(into: Path) -> None:
    bench(into, "--without-postgresql")
    measured = json.loads((into / "measured.json").read_text())
    page = (into / "README.md").read_text()
    assert list(measured) == list(JOBS)
    assert all(job.title in page for job in JOBS.values())
    assert page.startswith(f"Before.\n\n{BEGIN}\n\nMeasured from ")
    assert page.endswith(f"{END}\n\nAfter.\n")
    assert "old" not in page
    assert ET.parse(into / "measured.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - ours


def test_a_part_is_measured_again_on_a_server_too_and_what_is_absent_is_named(into: Path) -> None:
    said = bench(into, "--only", "show,list", "--without-postgresql", path=str(into))
    assert "absent: recutils (apt-get install recutils)\n" in said
    before = json.loads((into / "measured.json").read_text())
    assert {name: set(figures) for name, (_, _, figures) in before.items()} == {
        "list": {"mou"},
        "show": {"mou", "floor"},
    }
    bench(into, "--only", "list,import,backup,db-copy,add")
    after = json.loads((into / "measured.json").read_text())
    assert list(after) == ["list", "show", "import", "backup", "db-copy", "add"]
    assert after["show"] == before["show"]
    assert {name for name, (_, _, figures) in after.items() if "mou, PostgreSQL" in figures} == set(after) - {"show"}
