"""Every file in examples/ runs or can be imported, and does what its own first lines say."""

from __future__ import annotations

import csv
import json
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
TESTED = {
    "README.md",
    "first-register.sh",
    "for-the-web-office.sh",
    "plan-2026.yaml",
    "reminder.sh",
    "renew-this-quarter.sh",
    "signed-original.pdf",
    "tacit-renewal.yaml",
    "yearly-report.sh",
}


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Run a shell script of the examples in a folder of its own, where `mou` is this program; gives what it prints."""
    shim = tmp_path / "bin" / "mou"
    shim.parent.mkdir()
    shim.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m mou_cli \"$@\"\n", "utf-8")
    shim.chmod(0o755)

    def run_script(name: str, db: Path, today: str = TODAY, *arguments: str) -> list[str]:
        environment = {
            "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT),
            "MOU_DB": str(db),
            "MOU_TODAY": today,
        }
        done = subprocess.run(
            ["sh", str(EXAMPLES / name), *arguments],
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
    # The pictures are the README's.
    found = {path.name for path in EXAMPLES.iterdir() if path.name != "pictures"}
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


@pytest.fixture
def with_renewal(seeds: Mou) -> Mou:
    """The seeds, and an agreement that renews itself."""
    seeds("import", str(EXAMPLES / "tacit-renewal.yaml"))
    return seeds


def rows_of(workbook_file: Path) -> list[tuple[object, ...]]:
    workbook = load_workbook(workbook_file)
    rows: list[tuple[object, ...]] = list(workbook.worksheets[0].iter_rows(values_only=True))
    workbook.close()
    return rows


def csv_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("today", "by", "number"),
    [
        ("2027-01-10", "2027-03-31", 0),
        ("2027-03-31", "2027-03-31", 0),
        ("2027-04-01", "2027-06-30", 1),
        ("2027-09-30", "2027-09-30", 0),
        ("2027-12-31", "2027-12-31", 0),
        ("2028-04-30", "2028-06-30", 1),
    ],
)
def test_what_to_renew_this_quarter(
    script: Script, with_renewal: Mou, tmp_path: Path, today: str, by: str, number: int
) -> None:
    assert script("renew-this-quarter.sh", with_renewal.db, today) == [
        f"Ending by {by}: {number} (renew.xlsx, renew.csv)"
    ]
    told, (header, *rows) = csv_of(tmp_path / "renew.csv"), rows_of(tmp_path / "renew.xlsx")
    assert len(told) == len(rows) == number
    assert header[:2] == ("Ref", "Partner")
    for row, line in zip(told, rows, strict=True):
        assert (row["partner"], row["renewal"]) == (line[1], "tacit") == ("Fjord University", "tacit")
        assert row["ends"] == f"{today[:4]}-04-30"


def test_a_years_report_has_what_was_in_force_signed_and_done(
    script: Script, with_renewal: Mou, tmp_path: Path
) -> None:
    with_renewal("plan", "done", "5.1", "--on", "2025-05-09", "--result", "An exhibition")
    printed = script("yearly-report.sh", with_renewal.db, "2026-02-01", "2025")
    assert printed == ["In force on 31 December 2025: 1; signed in 2025: 0 (report-2025/)"]
    report = tmp_path / "report-2025"
    assert [row[1] for row in rows_of(report / "in-force.xlsx")] == ["Partner", "Fjord University"]
    assert len(rows_of(report / "signed.xlsx")) == 1
    assert [(row["value"], row["agreements"]) for row in csv_of(report / "in-force-by-country.csv")] == [("NO", "1")]
    assert {row["value"] for row in csv_of(report / "in-force-by-area.csv")} == {"joint-research", "student-exchange"}
    assert [row["value"] for row in csv_of(report / "in-force-by-type.csv")] == ["exchange"]
    (header, *tasks) = rows_of(report / "tasks.xlsx")
    assert len(tasks) == 11
    assert ("5.1", "done") in {(row[header.index("No.")], row[header.index("Status")]) for row in tasks}


def test_the_web_office_gets_partners_in_two_languages_and_nothing_of_people(
    script: Script, with_renewal: Mou, tmp_path: Path
) -> None:
    number = with_renewal.json("partner", "list", "--not-home", "--count")["count"]
    assert script("for-the-web-office.sh", with_renewal.db) == [f"{number} partners (for-the-web/)"]
    folder = tmp_path / "for-the-web"
    english, azerbaijani = ((folder / f"partners.{language}.md").read_text("utf-8") for language in ("en", "az"))
    assert "| Fjord University | Norway |" in english
    assert "| Fjord University | Norveç |" in azerbaijani
    partners = json.loads((folder / "partners.json").read_text("utf-8"))
    assert len(partners) == number
    assert set(partners[0]) == {"key", "name", "country", "city", "type", "website"}
    counted = {row["value"]: row["agreements"] for row in json.loads((folder / "countries.json").read_text("utf-8"))}
    assert counted["NO"] == 7


def test_a_reminder_tells_what_is_due_and_is_silent_when_nothing_is(
    script: Script, with_renewal: Mou, absent: Mou
) -> None:
    absent("import", str(EXAMPLES / "tacit-renewal.yaml"))
    assert script("reminder.sh", absent.db, "2026-05-01") == []
    assert script("reminder.sh", absent.db, "2026-04-01", "weekly") == []
    told = script("reminder.sh", absent.db, "2026-05-01", "weekly")
    assert told[2].split()[:7] == ["2026-11-01", "184", "d", "review", "2025-001", "Fjord", "University"]
    told = script("reminder.sh", absent.db, "2027-02-10")
    assert [line.split()[0] for line in told if line[:2] == "20"] == ["2026-11-01", "2027-01-31"]
    assert script("reminder.sh", with_renewal.db, "2025-05-10") == []
    told = script("reminder.sh", with_renewal.db, "2025-06-01")
    assert [line.split()[4:6] for line in told if line[:2] == "20"] == [["task", "5.1"], ["task", "5.5"]]


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
