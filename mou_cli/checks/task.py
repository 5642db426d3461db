"""Tasks that are overdue or of which nobody can tell when they are due, and plans that nobody closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, Mention, day
from mou_cli.views.plan import PlanFilter, find_plans
from mou_cli.views.task import OPEN_STATUSES, TaskFilter, find_tasks
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader


def _find_overdue(reader: Reader, today: date) -> Iterator[Finding]:
    for row in find_tasks(reader, TaskFilter(overdue_on=today), today):
        yield Finding(
            Sentence("it was due on {day}", day=day(row["deadline"])),
            (Mention("task", row["key"], row["task"]),),
            f"mou plan done {row['number']} --plan {row['plan']}",
        )


def _find_unclear(reader: Reader, today: date) -> Iterator[Finding]:
    for row in find_tasks(reader, TaskFilter(unclear=True, open_plans=True, statuses=OPEN_STATUSES), today):
        yield Finding(
            Sentence('its timing, "{timing}", is not understood: it has no deadline', timing=row["timing"]),
            (Mention("task", row["key"], row["task"]),),
            f"mou plan task edit {row['number']} --plan {row['plan']} --timing TIMING",
        )


def _find_open(reader: Reader, today: date) -> Iterator[Finding]:
    for row in find_plans(reader, PlanFilter(open=True)):
        if row["year"] < today.year:
            yield Finding(
                Sentence("its year, {year}, is over, and it is still open", year=row["year"]),
                (Mention("plan", row["key"], row["title"] or row["key"]),),
                f"mou plan close {row['key']}",
            )


OVERDUE = Check(
    "overdue",
    Severity.WARNING,
    Sentence("Say what came of it, or drop it: mou plan task edit NUMBER --status dropped."),
    _find_overdue,
)
TIMING_UNCLEAR = Check(
    "timing-unclear",
    Severity.HINT,
    Sentence("Such a task is never due. Write when it is, such as May, Q3 or 15.05, or accept it as it stands."),
    _find_unclear,
)
PLAN_OPEN = Check(
    "plan-open",
    Severity.WARNING,
    Sentence("As long as a plan is open, its tasks are due and overdue. Close it once its results are recorded."),
    _find_open,
)
