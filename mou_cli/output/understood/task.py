"""What was asked of tasks, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import translate
from mou_cli.output.understood.part import Part, names, parts_of, period, year_part
from mou_cli.rules.wording import MONTHS, long_day

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader
    from mou_cli.views.task import TaskFilter

_TIMES: Final = ("month", "within", "overdue")
_WINDOW: Final = (
    *("due_from", "due_to", "due_month", "running", "with_overdue", "overdue_on"),
    "statuses",  # what is due within a time is what is still to be done
)


def task_parts(reader: Reader, wanted: TaskFilter, language: str) -> list[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    plan = names(reader, "plan", [wanted.plan], language) if wanted.plan else ""
    return parts_of(
        _due(wanted, language),
        Part(translate("still to be done", language)) if wanted.statuses else None,
        Part(translate("plan {name}", language, name=plan), ("plan",), ("plan",)) if plan else None,
        _year(wanted, language),
        Part(translate("in open plans", language), fields=("open_plans",), implied=True) if wanted.open_plans else None,
        Part(translate('executor "{words}"', language, words=wanted.executor), ("executor",), ("executor",))
        if wanted.executor
        else None,
        Part(translate("strategy code {code}", language, code=wanted.code), ("code",), ("code",))
        if wanted.code
        else None,
    )


def _year(wanted: TaskFilter, language: str) -> Part | None:
    # The days of a month say the year as well.
    if wanted.year is None or (wanted.due_from is not None and wanted.due_from.year == wanted.year):
        return None
    return year_part(wanted.year, language)


def _due(wanted: TaskFilter, language: str) -> Part | None:
    if wanted.overdue_on is not None:
        told = translate("overdue on {day}", language, day=long_day(wanted.overdue_on, language))
        return Part(told, _TIMES, _WINDOW)
    if not wanted.has_window:
        return None
    if wanted.due_month:
        when = translate("in {month}", language, month=MONTHS.label(f"{wanted.due_month:02}", language))
    else:
        when = period(wanted.due_from, wanted.due_to, language)
    told = translate("due {when}", language, when=when)
    if wanted.running:
        told = translate("due or running {when}", language, when=when)
    elif wanted.with_overdue:
        told = translate("due {when} or overdue", language, when=when)
    return Part(told, _TIMES, _WINDOW)
