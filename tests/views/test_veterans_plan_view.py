from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from mou_cli.views.task import TaskFilter, find_due, find_tasks

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader

MAY = TaskFilter(open_plans=True, due_from=date(2025, 5, 1), due_to=date(2025, 5, 31))
DAY = date(2025, 5, 10)


def numbers(reader: Reader, wanted: TaskFilter, sort: str = "deadline") -> list[str]:
    return [row["number"] for row in find_tasks(reader, wanted, DAY, sort)]


def test_two_tasks_of_the_veterans_plan_are_due_in_may_and_nine_more_run(seeds: Reader) -> None:
    due = find_due(seeds, MAY, DAY)
    assert [(row["number"], row["timing"], row["deadline"]) for row in due.tasks] == [
        ("5.1", "May ayında", "2025-05-31"),
        ("5.5", "May ayında", "2025-05-31"),
    ]
    assert due.running == 9


def test_all_eleven_tasks_of_the_veterans_plan_run_in_may(seeds: Reader) -> None:
    found = numbers(seeds, replace(MAY, running=True), "number")
    assert found == ["1.1", "1.2", "2.1", "3.1", "4.1", "4.2", "5.1", "5.2", "5.3", "5.4", "5.5"]


def test_six_tasks_that_have_the_whole_year_are_due_in_december(seeds: Reader) -> None:
    december = TaskFilter(open_plans=True, due_from=date(2025, 12, 1), due_to=date(2025, 12, 31))
    found = list(find_tasks(seeds, december, DAY))
    assert [row["number"] for row in found] == ["1.1", "1.2", "2.1", "3.1", "4.1", "4.2"]
    assert {row["timing"] for row in found} == {"Cari il"}


def test_code_of_the_strategy_takes_in_what_is_below_it_by_dots_only(seeds: Reader) -> None:
    assert numbers(seeds, TaskFilter(code="4.2.1")) == ["1.1", "4.2"]
    assert numbers(seeds, TaskFilter(code="4.2.14")) == ["4.2"]
    assert numbers(seeds, TaskFilter(code="4.2")) == ["1.1", "1.2", "4.1", "4.2"]


def test_recurring_tasks_are_never_overdue(seeds: Reader) -> None:
    late = numbers(seeds, TaskFilter(overdue_on=date(2030, 1, 1)), "number")
    assert late == ["1.1", "1.2", "2.1", "3.1", "4.1", "4.2", "5.1", "5.5"]
