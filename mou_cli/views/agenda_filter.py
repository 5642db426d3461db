"""What stands on an agenda: which days are asked for, and where the register holds them, each kind by its own index."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.rules.length import add, latest_end, read_length
from mou_cli.views.agreement_filter import (
    ABANDONED,
    GOES_ON,
    NOT_RUNNING,
    NOTICE_MISSED,
    RENEWED,
    AgreementFilter,
    agreement_conditions,
    counting_source,
    is_partner,
    partner_fragments,
)
from mou_cli.views.task import OPEN_STATUSES, TaskFilter, add_earliest, by_plan, task_conditions
from mou_cli.views.terms import span_source, with_spans
from mou_cli.vocabulary import AGENDA_KINDS

if TYPE_CHECKING:
    from datetime import date

    from mou_cli.store.reader import Reader
    from mou_cli.views.query import Conditions

END, NOTICE, REVIEW, TASK = AGENDA_KINDS.codes
_NOT_RUNNING: Final = ", ".join(f"'{status}'" for status in NOT_RUNNING)
# How it is renewed: the agreement is looked up for few of those that are counted.
_RENEWAL: Final = "COALESCE(s.renewal, (SELECT r.renewal FROM agreement r WHERE r.key = s.agreement))"
# The day of the next review; one that was held is settled.
_REVIEW: Final = "s.review_on"


@dataclass(frozen=True)
class Lead:
    """How long before its day a thing is told of: lengths as kept, of agreements, tasks, and single types.

    What is late is told for as long again, but for tasks and reviews, which stay until they are done. `within` is for
    all of them, as far as days lie ahead.
    """

    agreement: str = "6m"
    task: str = "30d"
    types: tuple[tuple[str, str], ...] = ()
    within: str | None = None

    def of(self, kind: str, agreement_type: str | None) -> str:
        """Give the length that counts for an entry."""
        if self.within:
            return self.within
        return self.task if kind == TASK else dict(self.types).get(agreement_type or "", self.agreement)

    def ahead(self) -> dict[str, str]:
        """Give the lengths of agreements by type; the empty text stands for all other types."""
        return {"": self.within} if self.within else {"": self.agreement, **dict(self.types)}

    def behind(self) -> dict[str, str]:
        """Give the lengths for which agreements that are late are told of, likewise."""
        return {"": self.agreement, **dict(self.types)}


@dataclass(frozen=True)
class AgendaFilter(AgreementFilter):
    """What entries are asked for: those of agreements as they are found elsewhere, and tasks that belong to such.

    A task belongs to the institutions it is done with and to the agreements that it carries out; its unit is its
    plan's, its home the owner of that. `responsible` are the persons in charge of agreements, `executor` words of the
    name of who carries a task out: the two are asked of together. No `kinds` are all.
    """

    kinds: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    executor: str | None = None
    overdue: bool = False
    lead: Lead = Lead()


class Stream(NamedTuple):
    """Entries of one kind, in the order of the day `until_on` by an index, and then of their key or place in a plan.

    None comes before `since`, where that is said.
    """

    kind: str
    columns: str
    source: str
    conditions: Conditions
    order: str
    since: str = ""

    def selecting(self, limit: int | None) -> tuple[str, dict[str, object]]:
        """Give the SELECT of at most so many, and its parameters."""
        sql = f"SELECT {self.columns} FROM {self.source} {self.conditions.where} ORDER BY {self.order}"
        if limit is None:
            return sql, self.conditions.parameters
        return f"{sql} LIMIT :limit", self.conditions.parameters | {"limit": limit}


def streams(reader: Reader, wanted: AgendaFilter, today: date, *, in_order: bool = True) -> list[Stream]:
    """Give where the entries come from that are asked for; not `in_order` where they are only counted."""
    # Asked once: the spans that are worked out for a late day stay as they are while any of the streams is read.
    spans = span_source(reader, today)
    source = with_spans(spans)
    if not in_order and wanted.executor is None and not wanted.lead.types:
        asked = {field.name: getattr(wanted, field.name) for field in fields(AgreementFilter)}
        source = counting_source(spans, AgreementFilter(**asked))
    made = {
        END: [_ends(reader, wanted, today, source, certain=certain) for certain in (True, False)],
        NOTICE: [_notices(reader, wanted, today, source)],
        REVIEW: [_reviews(reader, wanted, today, source, certain=certain) for certain in (True, False)],
        TASK: [_tasks(reader, wanted, today, in_order=in_order)],
    }
    return [stream for kind, of_kind in made.items() if not wanted.kinds or kind in wanted.kinds for stream in of_kind]


def _of_agreements(kind: str, source: str, conditions: Conditions, days: tuple[str, str], since: str = "") -> Stream:
    first, last = days
    columns = f"""a.key, a.ref, a.title, a.type, a.unit, a.responsible, s.status, s.term_number, {_REVIEW} AS review,
        {first} AS from_on, {last} AS until_on, CASE WHEN {GOES_ON} THEN 1 ELSE 0 END AS goes_on"""
    return Stream(kind, columns, source, conditions, f"{last}, a.key", since)


def _ends(reader: Reader, wanted: AgendaFilter, today: date, source: str, *, certain: bool) -> Stream:
    """Give ends that are one day, or those that may be one of several.

    What goes on by itself has no end but where nothing says by when notice would have to be given, or where that
    was given late; what a recorded renewal lets go on has none.
    """
    first, last = ("s.ends_on", "s.ends_on") if certain else ("s.ends_from", "s.ends_to")
    conditions = _agreements(reader, wanted, today)
    since = _bound(conditions, f"{last} >=", "since", wanted.lead.behind(), today)
    farthest = _bound(conditions, f"{first} <=", "until", wanted.lead.ahead(), today)
    if not certain:
        conditions.add("s.ends_on IS NULL AND s.ends_to <= :latest", latest=latest_end(farthest).isoformat())
    # Told by the span alone, of most of them, before its agreement is looked up; what goes on is not over.
    conditions.add(f"NOT (s.notice_by IS NOT NULL AND s.status <> 'in-notice' AND {GOES_ON})")
    comes = f"s.status NOT IN ({_NOT_RUNNING}) AND NOT {RENEWED}"
    late = f"s.status IN ('expired', 'unstated') AND {_RENEWAL} <> 'none' AND {ABANDONED}"
    _add_time(conditions, wanted, last, comes, late)
    return _of_agreements(END, source, conditions, (first, last), since.isoformat())


def _notices(reader: Reader, wanted: AgendaFilter, today: date, source: str) -> Stream:
    """Give last days for notice where nobody has given it, nor recorded a renewal.

    One that is over is told of as long as the term it was for still runs, and nobody decided to go on.
    """
    day = "s.notice_by"
    conditions = _agreements(reader, wanted, today)
    since = _bound(conditions, f"{day} >=", "since", wanted.lead.behind(), today)
    _bound(conditions, f"{day} <=", "until", wanted.lead.ahead(), today)
    comes = f"s.status NOT IN ({_NOT_RUNNING}, 'in-notice') AND NOT {RENEWED}"
    _add_time(conditions, wanted, day, comes, NOTICE_MISSED)
    return _of_agreements(NOTICE, source, conditions, (day, day), since.isoformat())


def _reviews(reader: Reader, wanted: AgendaFilter, today: date, source: str, *, certain: bool) -> Stream:
    """Give reviews whose day is known, or only their month or year; what is late stays until it is done."""
    first, last = _REVIEW, _REVIEW
    if not certain:
        first = f"substr({_REVIEW} || '-01-01', 1, 10)"
        last = f"(CASE WHEN length({_REVIEW}) = 4 THEN {_REVIEW} || '-12' ELSE {_REVIEW} END || '-31')"
    conditions = _agreements(reader, wanted, today)
    # One without a year, which begins with dashes, comes before all digits.
    conditions.add(f"{_REVIEW} >= '0' AND length({_REVIEW}) {'=' if certain else '<'} 10")
    conditions.add(f"s.status NOT IN ({_NOT_RUNNING}, 'in-notice')")
    _bound(conditions, f"{first} <=", "until", wanted.lead.ahead(), today)
    if wanted.overdue:
        conditions.add(f"{last} < :today")
    return _of_agreements(REVIEW, source, conditions, (first, last))


def _tasks(reader: Reader, wanted: AgendaFilter, today: date, *, in_order: bool) -> Stream:
    """Give tasks that are still to be done."""
    known = TaskFilter(statuses=OPEN_STATUSES, open_plans=True, executor=wanted.executor)
    conditions = task_conditions(reader, known, today)
    conditions.parameters["today"] = today.isoformat()
    until = _moved(today, wanted.lead.of(TASK, None), 1)
    conditions.add("t.deadline <= :until", until=until.isoformat())
    if wanted.overdue:
        conditions.add("t.deadline < :today")
    _add_belonging(reader, conditions, wanted)
    columns = """t.key, t.plan, t.number, t.number_sort, t.text AS title, t.status, t.due_kind, t.timing, t.due_from,
        p.unit, p.language, t.deadline AS from_on, t.deadline AS until_on"""
    if in_order:
        add_earliest(conditions, reader)
    source = "task t JOIN plan p ON p.key = t.plan" if in_order else by_plan(conditions)
    return Stream(TASK, columns, source, conditions, "t.deadline, t.plan, t.number_sort")


def _add_belonging(reader: Reader, conditions: Conditions, wanted: AgendaFilter) -> None:
    asked = partner_fragments(conditions, wanted.places, wanted.partner_types, wanted.partners)
    if wanted.home is not None:
        conditions.add("p.owner = :home", home=wanted.home)
    if asked:
        alike = " AND ".join(asked)
        partners = "institution i JOIN agreement_party p ON p.institution = i.key"
        of_partner = f"SELECT p.agreement FROM {partners} WHERE {alike} AND {is_partner(wanted.home)}"
        done_with = _is_in(reader, "task_partner b JOIN institution i ON i.key = b.institution", "b.task", alike)
        done_under = _is_in(reader, "task_agreement c", "c.task", f"c.agreement IN ({of_partner})")
        conditions.add(f"({done_with} OR {done_under})")
    if wanted.types:
        types = conditions.one_of("a.type", "type", wanted.types)
        conditions.add(f"""t.key IN (SELECT c.task FROM task_agreement c JOIN agreement a ON a.key = c.agreement
            WHERE {types})""")
    conditions.add_one_of("p.unit", "unit", wanted.units)


def _is_in(reader: Reader, source: str, task: str, condition: str) -> str:
    """Give the fragment that a source has a task `t`, beside another in an OR."""
    if reader.dialect == "sqlite":
        return f"t.key IN (SELECT {task} FROM {source} WHERE {condition})"
    # There a list is no join: where it is too long to be kept hashed, a server goes through it for each task.
    return f"EXISTS (SELECT 1 FROM {source} WHERE {task} = t.key AND {condition})"


def _agreements(reader: Reader, wanted: AgendaFilter, today: date) -> Conditions:
    conditions = agreement_conditions(reader, wanted, today)
    if wanted.executor is not None:
        # Who carries out tasks need not be in charge of any agreement.
        persons = wanted.responsible
        conditions.add(conditions.one_of("a.responsible", "responsible", persons) if persons else "1 = 0")
    return conditions


def _add_time(conditions: Conditions, wanted: AgendaFilter, last: str, comes: str, late: str) -> None:
    """Add what holds for days that come, and for those that are over."""
    if wanted.overdue:
        # In a CASE, no status is bait for the index of statuses, which finds far more than that of days.
        conditions.add(f"{last} < :today AND CASE WHEN {late} THEN 1 ELSE 0 END = 1")
    else:
        conditions.add(f"({last} >= :today AND {comes} OR {last} < :today AND {late})")


def _bound(conditions: Conditions, compared: str, name: str, lengths: dict[str, str], today: date) -> date:
    """Bound a day by what counts for the agreement's type; by the farthest of these days an index finds it."""
    sign = 1 if compared.endswith("<=") else -1
    moved = {kind: _moved(today, length, sign) for kind, length in lengths.items()}
    farthest = max(moved.values()) if sign > 0 else min(moved.values())
    conditions.add(f"{compared} :{name}", **{name: farthest.isoformat()})
    days = {kind: day.isoformat() for kind, day in moved.items()}
    usual = days[""]
    own = {kind: day for kind, day in days.items() if day != usual}
    if own:
        cases = " ".join(f"WHEN :{name}_type{n} THEN :{name}_day{n}" for n in range(len(own)))
        parameters: dict[str, object] = {f"{name}_usual": usual}
        for n, (kind, day) in enumerate(own.items()):
            parameters |= {f"{name}_type{n}": kind, f"{name}_day{n}": day}
        conditions.add(f"{compared} CASE a.type {cases} ELSE :{name}_usual END", **parameters)
    return farthest


def _moved(day: date, stored: str, sign: int) -> date:
    length = read_length(stored)
    return add(day, sign * length.months, sign * length.days)
