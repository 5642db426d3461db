"""`mou due`: the agenda over everything, by the day."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import typer

from mou_cli.catalogue import digits, translate
from mou_cli.commands.app import make_app
from mou_cli.commands.calendar import show_calendar
from mou_cli.commands.filter import FILTERS, choose_codes, choose_filter, read_lead, read_span
from mou_cli.commands.invocation import SHOWN, Invocation
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.order import COUNT, LIMIT, read_limit
from mou_cli.commands.understood import Understood
from mou_cli.errors import FAILED_CHECK, NotFound
from mou_cli.output.agenda import EXPLAINED
from mou_cli.output.form import Form
from mou_cli.output.number import none_found
from mou_cli.views.agenda import count_agenda, find_agenda
from mou_cli.views.agenda_filter import AgendaFilter, Lead
from mou_cli.views.agreement import find_agreements
from mou_cli.views.agreement_filter import AgreementFilter
from mou_cli.views.choice import choose_values
from mou_cli.views.task import TaskFilter, count_tasks
from mou_cli.vocabulary import AGENDA_KINDS, AGREEMENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader

_SHARED = ("country", "partner_type", "partner", "home", "type", "unit")
_AGENDA = (
    option("--within", "So far ahead, such as 6m, whatever the settings say.", metavar="LENGTH"),
    option("--kind", "end, notice, review or task.", many=True, metavar="KIND", complete=AGENDA_KINDS),
    option("--overdue", "Only what is late.", switch=True),
    option(
        "--responsible",
        "Who is in charge of the agreement, or carries the task out.",
        metavar="NAME",
        complete=Named.RESPONSIBLE,
    ),
    *(row for row in FILTERS if row.name in _SHARED),
    option("--explain", "Say where every day comes from.", switch=True),
    option("--check", "Say nothing unless something is overdue; then end with exit code 3.", switch=True),
)
_FURTHER = ("1y", "2y", "5y", "10y", "200y")
_EVERYTHING = AgendaFilter(lead=Lead(within=_FURTHER[-1]))
_MOST = 1_000  # beyond it nobody waits for the very number of what a first page is of
app = make_app()


@app.command(cls=taking(_AGENDA, (LIMIT, COUNT), SHOWN, noun="agenda"))
def show_agenda(context: typer.Context) -> None:
    """List what ends, needs notice or review, and which tasks fall due, in one list by the day.

    How far ahead is a setting: `lead.agreement` (6m), `lead.task` (30d), and `lead.TYPE` for a type of agreement. Late
    are tasks still to be done, reviews not yet held, days for notice that passed while the term still runs, and ends
    without renewal; the last two for as long as their lead.
    """
    call = Invocation.of(context)
    with call.reader() as reader:
        wanted = _choose(call, reader)
        is_checked = bool(call.said.get("check"))
        if is_checked and not count_agenda(reader, replace(wanted, overdue=True), call.today, 1):
            return
        _show(call, reader, wanted)
    if is_checked:
        raise typer.Exit(FAILED_CHECK)


def _show(call: Invocation, reader: Reader, wanted: AgendaFilter) -> None:
    if call.said.get("count"):
        call.show_count(count_agenda(reader, wanted, call.today))
        return
    limit, is_explained = read_limit(call.said), bool(call.said.get("explain"))
    rows = find_agenda(reader, wanted, call.today, limit, explained=is_explained)
    if call.answer_form is Form.ICS:
        show_calendar(call, reader, rows)
        return
    count = partial(count_agenda, reader, today=call.today)
    understood = _UnderstoodAgenda(call, reader, "agenda", wanted, _EVERYTHING, count, limit, on_day=True, most=_MOST)
    # What is asked for is not cut short.
    columns = EXPLAINED if is_explained and call.is_for_people and not call.columns else None
    call.show_rows(rows, "agenda", understood=understood, columns=columns)


def _choose(call: Invocation, reader: Reader) -> AgendaFilter:
    said = call.said
    shared = choose_filter(reader, {name: value for name, value in said.items() if name in _SHARED}, call.today)
    person = said.get("responsible")
    return AgendaFilter(
        **vars(shared),
        kinds=choose_codes(AGENDA_KINDS, said.get("kind", ())),
        responsible=_in_charge(call, reader, person) if person is not None else (),
        executor=person,
        overdue=bool(said.get("overdue")),
        lead=_read_leads(call),
    )


def _in_charge(call: Invocation, reader: Reader, text: str) -> tuple[str, ...]:
    """Give the persons in charge of agreements that a text names. Raises NotFound if it names no executor either."""
    try:
        return tuple(choose_values(reader, "responsible", text))
    except NotFound:
        if count_tasks(reader, TaskFilter(executor=text), call.today):
            return ()
        raise


def _read_leads(call: Invocation) -> Lead:
    usual = str(read_lead(call, "agreement"))
    own = {kind: str(read_lead(call, kind)) for kind in AGREEMENT_TYPES.codes}
    within = call.said.get("within")
    return Lead(
        agreement=usual,
        task=str(read_lead(call, "task")),
        types=tuple((kind, length) for kind, length in own.items() if length != usual),
        within=str(read_span(within, "--within")) if within is not None else None,
    )


class _UnderstoodAgenda(Understood):
    """A question about the agenda: what would widen it is a longer time."""

    def nothing(self) -> str:
        """Give what is said where nothing is shown; a register may hold agreements without any day to come."""
        if (
            self.limit != 0
            and not self.count(self.everything)
            and any(find_agreements(self.reader, AgreementFilter(), self.call.today, limit=1))
        ):
            language = self.call.language
            told = translate(
                "no agreement has an end, a day for notice or a review that is known and not settled", language
            )
            return f"{none_found('agenda', language)}: {told}"
        return super().nothing()

    def _wider(self) -> Iterator[str]:
        yield from super()._wider()
        if self.wanted.overdue:
            return
        for length in _FURTHER:
            if number := self.count(replace(self.wanted, lead=replace(self.wanted.lead, within=length))):
                yield self._within(length, number)
                return

    def _within(self, length: str, number: int) -> str:
        language = self.call.language
        if number == 1:
            return translate("with --within {length} there is one", language, length=length)
        return translate(
            "with --within {length} there are {number}", language, length=length, number=digits(number, language)
        )
