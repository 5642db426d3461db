from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest

from mou_cli.views.task import TaskFilter, find_tasks

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader

TODAY = date(2026, 1, 1)
MONTHS = ("january", "march", "june", "november", "december")
RANGES = [
    f"{first} 2025 - {last} {year}"
    for first, last, year in product(MONTHS, MONTHS, (2025, 2026, 2027))
    if year > 2025 or MONTHS.index(first) <= MONTHS.index(last)
]
SMALL = "\n".join(
    [
        "format: mou/1",
        "home: [home]",
        "institutions: [{key: home, name: Home}]",
        "plans:",
        "  - key: plan",
        "    year: 2025",
        "    owner: home",
        "    tasks:",
        *(f'      - {{number: "{n}", task: t, timing: {timing}}}' for n, timing in enumerate(RANGES)),
    ]
)


def months(first: str, last: str) -> set[int]:
    """Give the months of the year that have a day between two days."""
    counted = [12 * int(day[:4]) + int(day[5:7]) - 1 for day in (first, last)]
    return {month % 12 + 1 for month in range(counted[0], counted[1] + 1)}


def test_every_range_was_read_as_a_window(small: Reader) -> None:
    found = list(find_tasks(small, TaskFilter(), TODAY, "number"))
    assert len(found) == len(RANGES)
    for row, timing in zip(found, RANGES, strict=True):
        assert (row["due_from"][:4], row["due_to"][:4]) == ("2025", timing[-4:])
        assert row["deadline"] == row["due_to"]


@pytest.mark.parametrize("month", range(1, 13))
def test_month_of_any_year_finds_deadlines_in_it_and_with_running_every_interval_through_it(
    small: Reader, month: int
) -> None:
    everything = list(find_tasks(small, TaskFilter(), TODAY, "number"))
    due = [row["number"] for row in find_tasks(small, TaskFilter(due_month=month), TODAY, "number")]
    runs = [row["number"] for row in find_tasks(small, TaskFilter(due_month=month, running=True), TODAY, "number")]
    assert due == [row["number"] for row in everything if int(row["deadline"][5:7]) == month]
    assert runs == [row["number"] for row in everything if month in months(row["due_from"], row["due_to"])]
