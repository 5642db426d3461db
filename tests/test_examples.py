"""Every file in examples/ runs or can be imported, and does what its own first lines say."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook  # noqa: TID253 - the test reads the workbook that an example writes

from tests.conftest import ROOT, TODAY, Mou

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Script = Callable[..., list[str]]

EXAMPLES = ROOT / "examples"
TESTED = {"README.md", "first-register.sh", "tacit-renewal.yaml", "ending-soon.sh", "plan-2026.yaml"}


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Run a shell script of the examples in a folder of its own, where `mou` is this program; gives what it prints."""
    shim = tmp_path / "bin" / "mou"
    shim.parent.mkdir()
    shim.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m mou_cli \"$@\"\n", "utf-8")
    shim.chmod(0o755)

    def run_script(name: str, db: Path, today: str = TODAY) -> list[str]:
        environment = {
            "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT),
            "MOU_DB": str(db),
            "MOU_TODAY": today,
        }
        done = subprocess.run(
            ["bash", str(EXAMPLES / name)],
            env=environment,
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run_script


def test_every_example_is_tested_and_told_of() -> None:
    found = {str(path.relative_to(EXAMPLES)) for path in EXAMPLES.rglob("*") if path.is_file()}
    assert found == TESTED
    told = re.findall(r"^- `([^`]+)`: .+\.$", (EXAMPLES / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(TESTED - {"README.md"})


def test_first_register_by_hand(script: Script, absent: Mou) -> None:
    printed = script("first-register.sh", absent.db)
    assert printed[:4] == ["bergen", "2025-001", "riverside-2025", "riverside-2025/1.1"]
    (agreement,) = absent.json("list")
    assert [partner["key"] for partner in agreement["partners"]] == ["bergen"]
    assert [home["name"] for home in agreement["homes"]] == ["Riverside University"]
    assert agreement["areas"] == ["student-exchange", "joint-research"]
    assert (agreement["status"], agreement["ends_on"], agreement["notice_by"]) == ("active", "2027-04-30", "2027-01-31")
    shown = absent.json("show", "2025-001")
    assert [(signature["name"], signature["position"]) for signature in shown["signatures"]] == [
        ("A. Aliyeva", "Rector")
    ]
    (task,) = absent.json("plan", "due", "--month", "September")
    assert (task["number"], task["deadline"], task["partners"]) == ("1.1", "2025-09-30", ["bergen"])


@pytest.mark.parametrize(
    ("day", "status", "ends", "notice"),
    [
        ("2024-04-30", "future", "2027-04-30", "2027-01-31"),
        ("2024-05-01", "active", "2027-04-30", "2027-01-31"),
        ("2027-05-01", "active", "2028-04-30", "2028-01-31"),
        ("2029-04-30", "active", "2029-04-30", "2029-01-31"),
        ("2029-05-01", "expired", "2029-04-30", "2029-01-31"),
    ],
)
def test_tacit_renewal_goes_on_for_two_more_years(absent: Mou, day: str, status: str, ends: str, notice: str) -> None:
    absent("import", str(EXAMPLES / "tacit-renewal.yaml"))
    (row,) = absent.json("list", "--as-of", day)
    assert (row["status"], row["ends_on"], row["notice_by"]) == (status, ends, notice)


def test_what_ends_soon_is_written_twice(script: Script, seeds: Mou, tmp_path: Path) -> None:
    seeds("import", str(EXAMPLES / "tacit-renewal.yaml"))
    printed = script("ending-soon.sh", seeds.db, "2027-01-10")
    assert printed == ["Ending in the next six months: 1 (ending-soon.xlsx, ending-soon.csv)"]
    with (tmp_path / "ending-soon.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["partner"], row["country"], row["ends"]) == ("Fjord University", "Norway", "2027-04-30")
    assert (row["renewal"], row["notice_by"]) == ("tacit", "2027-01-31")
    workbook = load_workbook(tmp_path / "ending-soon.xlsx")
    header, only = workbook.worksheets[0].iter_rows(values_only=True)
    workbook.close()
    assert header[:2] == ("Ref", "Partner")
    assert only[1] == "Fjord University"


def test_plan_of_a_year_can_be_imported(absent: Mou) -> None:
    absent("import", str(EXAMPLES / "plan-2026.yaml"))
    plan = absent.json("plan", "show", "lakeside-2026")
    assert [(task["number"], task["due_kind"], task["deadline"]) for task in plan["task_rows"]] == [
        ("1.1", "quarter", "2026-03-31"),
        ("1.2", "month", "2026-05-31"),
        ("2.1", "recurring", None),
        ("2.2", "date", "2026-12-15"),
    ]
    (due,) = absent.json("plan", "due", "--month", "May")
    assert (due["number"], due["strategy"]) == ("1.2", ["2.1.3"])


def test_the_folder_can_be_imported_whole(absent: Mou) -> None:
    answer = absent("import", str(EXAMPLES))
    assert answer.err == "added: 3 institutions, 1 agreement, 1 plan, 4 tasks\n"
    assert absent("import", str(EXAMPLES)).err == "nothing changed\n"
