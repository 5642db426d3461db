"""`mou plan due`: tasks whose deadline falls in the time asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Mou

MAY = ["5.1", "5.5"]
YEAR = ["1.1", "1.2", "2.1", "3.1", "4.1", "4.2"]
RECURRING = ["5.2", "5.3", "5.4"]
NINE = "9 more tasks run in that time (--running shows them too)\n"


def due(mou: Mou, *options: str) -> list[str]:
    return [row["number"] for row in mou.json("plan", "due", *options)]


@pytest.mark.parametrize("month", ["May", "may", "MAY", "05", "5", "2025-05", "mayıs", "май", "May 2025"])
def test_may_is_5_1_and_5_5(seeded: Mou, month: str) -> None:
    answer = seeded("plan", "due", "--month", month, "--columns", "number")
    assert (answer.lines, answer.err) == (["number", *MAY], NINE)


def test_running_adds_what_merely_overlaps(seeded: Mou) -> None:
    answer = seeded("plan", "due", "--month", "May", "--running", "--columns", "number")
    assert sorted(answer.lines[1:]) == sorted(MAY + YEAR + RECURRING)
    assert answer.err == ""


@pytest.mark.parametrize(
    ("options", "day", "numbers"),
    [
        (("--month", "December"), "2025-05-10", YEAR),
        (("--month", "dekabr"), "2025-05-10", YEAR),
        (("--month", "April"), "2025-05-10", []),
        (("--month", "May", "--year", "2026"), "2025-05-10", []),
        (("--month", "2026-05"), "2025-05-10", []),
        (("--month", "May"), "2031-01-01", MAY),
        (("--year", "2025"), "2025-05-10", [*MAY, *YEAR, *RECURRING]),
        (("--year", "2026"), "2025-05-10", []),
        ((), "2025-04-30", []),
        ((), "2025-05-01", MAY),  # the deadline is the thirtieth day from here
        ((), "2025-05-31", MAY),
        ((), "2025-06-01", MAY),  # overdue since this day
        ((), "2025-12-01", [*MAY, *YEAR]),
        ((), "2030-01-01", [*MAY, *YEAR]),
        (("--within", "21d"), "2025-05-10", MAY),
        (("--within", "20d"), "2025-05-10", []),
        (("--within", "1m"), "2025-06-01", []),
        (("--within", "1y"), "2025-05-10", [*MAY, *YEAR]),
        (("--overdue",), "2025-05-31", []),
        (("--overdue",), "2025-06-01", MAY),
        (("--overdue",), "2025-12-31", MAY),
        (("--overdue",), "2026-01-01", [*MAY, *YEAR]),
        (("--overdue", "--code", "4.2"), "2026-01-01", ["1.1", "1.2", "4.1", "4.2"]),
        (("--month", "May", "--executor", "asim"), "2025-05-10", ["5.5"]),
        (("--month", "May", "--executor", "FƏRƏH CƏLİL"), "2025-05-10", MAY),
        (("--month", "May", "--executor", "ferehcelil"), "2025-05-10", []),
        (("--month", "May", "--executor", "%"), "2025-05-10", []),
        (("--month", "December", "--code", "4.2.1"), "2025-05-10", ["1.1", "4.2"]),
        (("--month", "December", "--code", "4.2.14"), "2025-05-10", ["4.2"]),
        (("--month", "December", "--plan", "veterans", "--limit", "2"), "2025-05-10", ["1.1", "1.2"]),
        (("--plan", "mdu-veterans-2025", "--overdue"), "2025-07-01", MAY),
    ],
)
def test_due_means_that_the_deadline_falls_in_the_time(
    seeded: Mou, options: tuple[str, ...], day: str, numbers: list[str]
) -> None:
    assert due(seeded, *options, "--as-of", day) == numbers
    if "--limit" not in options:
        assert seeded.json("plan", "due", *options, "--as-of", day, "--count") == {"count": len(numbers)}


def test_what_is_done_or_dropped_is_not_overdue(seeds: Mou) -> None:
    seeds("plan", "done", "5.1", "--result", "x")
    assert due(seeds, "--overdue", "--as-of", "2025-06-01") == ["5.5"]
    seeds("plan", "task", "edit", "5.5", "--status", "dropped")
    assert due(seeds, "--overdue", "--as-of", "2025-06-01") == []
    assert due(seeds, "--month", "May") == MAY


def test_without_a_year_every_open_plan_counts_and_the_year_is_shown(seeds: Mou) -> None:
    seeds("plan", "add", "p26", "--year", "2026", "--owner", "mdu")
    seeds("plan", "task", "add", "7", "--plan", "p26", "--task", "Repair", "--timing", "May")
    rows = seeds.json("plan", "due", "--month", "May")
    assert [(row["year"], row["number"]) for row in rows] == [(2025, "5.1"), (2025, "5.5"), (2026, "7")]
    assert due(seeds, "--month", "May", "--year", "2026") == ["7"]
    assert due(seeds, "--month", "2025-05") == MAY
    assert "Year" in seeds("plan", "due", "--month", "May", "--format", "table", env={"COLUMNS": "120"}).lines[0]


@pytest.mark.parametrize("month", [("--month", "Dekabr", "--year", "2024"), ("--month", "2024-12")])
def test_the_year_of_a_month_may_be_said_apart(seeds: Mou, month: tuple[str, ...]) -> None:
    seeds("plan", "task", "add", "7", "--task", "Repair", "--timing", "dekabr, 2024")
    assert due(seeds, *month) == ["7"]
    assert due(seeds, *month, "--year", "2024") == ["7"]
    assert seeds.fails(2, "plan", "due", "--month", "2024-12", "--year", "2025").err == (
        "mou: --month: '2024-12' is not in the year of --year, 2025\nhint: leave --year out\n"
    )


def test_one_more_is_said_in_the_singular(seeds: Mou) -> None:
    seeds("plan", "add", "p26", "--year", "2026", "--owner", "mdu")
    seeds("plan", "task", "add", "7", "--plan", "p26", "--task", "Repair", "--timing", "Mütəmadi")
    answer = seeds("plan", "due", "--month", "May", "--plan", "p26")
    assert answer.err == "1 more task runs in that time (--running shows them too)\n"


@pytest.mark.parametrize(
    ("options", "code", "first"),
    [
        (("--month", "13"), 2, "mou: --month: '13' is no month"),
        (("--month", "2025"), 2, "mou: --month: '2025' is no month"),
        (("--month", "2025-05-01"), 2, "mou: --month: '2025-05-01' is no month"),
        (("--month", "1" * 5000), 2, f"mou: --month: '{'1' * 5000}' is no month"),
        (("--month", "Mayy"), 2, "mou: --month: 'Mayy' is no month"),
        (("--month", ""), 2, "mou: --month: '' is no month"),
        (("--month", "May", "--overdue"), 2, "mou: --month and --overdue are two different times"),
        (("--month", "May", "--within", "3d"), 2, "mou: --month and --within are two different times"),
        (("--year", "25"), 2, "mou: --year: '25' is no year"),
        (("--within", "x"), 2, 'mou: --within: "x" is not a length: write 3y, 18m, 1y6m or 90d'),
        (("--code", "x"), 2, "mou: --code: 'x' is not a strategy code such as 2.3.1"),
        (("--plan", "nothing"), 4, "mou: there is no plan 'nothing'"),
    ],
)
def test_a_time_that_cannot_be_understood_is_said(seeded: Mou, options: tuple[str, ...], code: int, first: str) -> None:
    answer = seeded.fails(code, "plan", "due", *options)
    assert (answer.out, answer.err.splitlines()[0]) == ("", first)
