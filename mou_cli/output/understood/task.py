"""What was asked of tasks, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import translate
from mou_cli.output.understood.part import Part, names, period, year_part
from mou_cli.rules.wording import MONTHS, long_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader
    from mou_cli.views.task import TaskFilter

_TIMES: Final = ("month", "within", "overdue")
_WINDOW: Final = (
    *("due_from", "due_to", "due_month", "running", "with_overdue", "overdue_on"),
    "statuses",  # what is due within a time is what is still to be done
)


def task_parts(reader: Reader, wanted: TaskFilter, language: str) -> Iterator[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    yield from _due(wanted, language)
    if wanted.statuses:
        yield Part(translate("still to be done", language))
    if wanted.plan:
        plan = names(reader, "plan", [wanted.plan], language)
        yield Part(translate("plan {name}", language, name=plan), ("plan",), ("plan",))
    # The days of a month say the year as well.
    if wanted.year is not None and (wanted.due_from is None or wanted.due_from.year != wanted.year):
        yield year_part(wanted.year, language)
    if wanted.open_plans:
        yield Part(translate("in open plans", language), fields=("open_plans",), implied=True)
    if wanted.executor:
        yield Part(translate('executor "{words}"', language, words=wanted.executor), ("executor",), ("executor",))
    if wanted.code:
        yield Part(translate("strategy code {code}", language, code=wanted.code), ("code",), ("code",))


def _due(wanted: TaskFilter, language: str) -> Iterator[Part]:
    if wanted.overdue_on is not None:
        told = translate("overdue on {day}", language, day=long_day(wanted.overdue_on, language))
        yield Part(told, _TIMES, _WINDOW)
    elif wanted.has_window:
        yield Part(_when_due(wanted, language), _TIMES, _WINDOW)


def _when_due(wanted: TaskFilter, language: str) -> str:
    if wanted.due_month:
        when = translate("in {month}", language, month=MONTHS.label(f"{wanted.due_month:02}", language))
    else:
        when = period(wanted.due_from, wanted.due_to, language)
    if wanted.running:
        return translate("due or running {when}", language, when=when)
    if wanted.with_overdue:
        return translate("due {when} or overdue", language, when=when)
    return translate("due {when}", language, when=when)
