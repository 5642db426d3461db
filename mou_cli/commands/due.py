"""Which tasks are due: the time that is meant by the options of `mou plan due`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from mou_cli.catalogue import digits, translate, translate_number
from mou_cli.commands.calendar import show_calendar, task_entries
from mou_cli.commands.filter import read_ahead, read_lead
from mou_cli.commands.option import option
from mou_cli.commands.order import read_limit
from mou_cli.commands.task import TASK_FILTERS, choose_task_filter
from mou_cli.commands.understood import Understood
from mou_cli.errors import UsageError
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.rules.complaint import NotUnderstood
from mou_cli.rules.date import interval, month_number, read_date
from mou_cli.rules.number import read_number
from mou_cli.views.task import MOST_RUNNING, OPEN_STATUSES, TaskFilter, count_tasks, find_due

if TYPE_CHECKING:
    from mou_cli.commands.invocation import Invocation

DUE = (
    option("--month", "A month: May, 05, mayıs, or with its year 2025-05.", metavar="MONTH"),
    option(
        "--year",
        "Only plans of this year, alone with all their tasks; with --month the year of the month.",
        metavar="YEAR",
    ),
    option("--within", "From today for so long, both days included, such as 30d.", metavar="LENGTH"),
    option("--overdue", "What should have been done by now.", switch=True),
    option("--running", "Also what merely runs in that time.", switch=True),
    *TASK_FILTERS,
)
_DAYS_AHEAD = 30


def show_due(call: Invocation) -> None:
    """Show the tasks that the options of DUE ask for."""
    with call.reader() as reader:
        wanted = _in_time(call, choose_task_filter(call, reader))
        if call.said.get("count"):
            call.show_count(count_tasks(reader, wanted, call.today))
            return
        limit = read_limit(call.said)
        due = find_due(reader, wanted, call.today, limit=limit)
        if call.answer_form is Form.ICS:
            show_calendar(call, reader, task_entries(due.tasks, str(read_lead(call, "task"))))
            return
        count = partial(count_tasks, reader, today=call.today)
        understood = Understood(call, reader, "task", wanted, TaskFilter(), count, limit, on_day=True)
        call.show_rows(due.tasks, "task", understood=understood)
    if due.running:
        say(_running(due.running, call.asking_language))


def _running(number: int, language: str) -> str:
    if number > MOST_RUNNING:
        most = digits(MOST_RUNNING, language)
        return translate(
            "more than {number} more tasks run in that time (--running shows them too)", language, number=most
        )
    return translate_number(
        "{number} more task runs in that time (--running shows them too)",
        "{number} more tasks run in that time (--running shows them too)",
        number,
        language,
    )


def _in_time(call: Invocation, wanted: TaskFilter) -> TaskFilter:
    said, today = call.said, call.today
    wanted = replace(wanted, running=bool(said.get("running")))
    asked = [name for name in ("month", "within", "overdue") if name in said]
    if len(asked) > 1:
        raise UsageError(f"--{asked[0]} and --{asked[1]} are two different times", "say one of them")
    if "month" in asked:
        return _in_month(wanted, said["month"], today)
    if "within" in asked:
        return replace(wanted, due_from=today, due_to=read_ahead(said, "within", today), statuses=OPEN_STATUSES)
    if "overdue" in asked:
        return replace(wanted, overdue_on=today)
    if wanted.year is not None:
        return wanted
    ahead = today + timedelta(days=_DAYS_AHEAD)
    return replace(wanted, due_from=today, due_to=ahead, with_overdue=True, statuses=OPEN_STATUSES)


def _in_month(wanted: TaskFilter, text: str, today: date) -> TaskFilter:
    month = month_number(text) or read_number(text) or 0
    if 1 <= month <= 12:  # noqa: PLR2004 - the months of a year
        if wanted.year is None:
            return replace(wanted, due_month=month)
        text = f"{wanted.year:04}-{month:02}"
        days = interval(text)
    else:
        try:
            days = interval(read_date(text, today))
        except NotUnderstood:
            days = None
    if days is None or days != interval(f"{days[0]:%Y-%m}"):
        raise UsageError(f"--month: {text!r} is no month", "write May, 05, mayıs or 2025-05")
    if wanted.year not in {None, days[0].year}:
        raise UsageError(f"--month: {text!r} is not in the year of --year, {wanted.year}", "leave --year out")
    # A plan may have tasks in another year than its own: the month says which are meant, whichever way it is said.
    return replace(wanted, year=None, due_from=days[0], due_to=days[1])
