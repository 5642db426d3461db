"""How an agreement stands on a day: its status, the term that runs, its end and the last day for notice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.rules.date import interval
from mou_cli.rules.decision import Decision, Decisions, decisions
from mou_cli.rules.known import Known, fact_days, holding, known_facts
from mou_cli.rules.length import add, day_after, day_before, read_length
from mou_cli.rules.renewal import known_terms
from mou_cli.rules.term import EndsWhy, Facts, Term, Terms, days_after
from mou_cli.vocabulary import Renewal, Stage, Status

if TYPE_CHECKING:
    from mou_cli.rules.date import Interval

_DRAFTS = frozenset({Stage.DRAFT, Stage.NEGOTIATION})
_RUNNING = frozenset({Status.ACTIVE, Status.IN_NOTICE})
_UNKNOWN = (None, None)


class Standing(NamedTuple):
    """An agreement on a day. All days are inclusive; what is unknown is None.

    Starts and ends are those of the term that runs on the day, of the first before it, of the last after it; number 0
    is the first term. `ends_on` is None unless one day is certain, `ends_from` and `ends_to` span what may be.
    `notice_by` is the last day on which notice is surely in time for that term to end. `known` has what holds of the
    fields that something may have changed since. `renewed_until` is the last day until which recorded renewals let it
    go on after that term, `decision` what somebody has decided of it; both of what is in force, or was or will be.
    `goes_on` says that another term follows by itself on the one that runs, unless that is over on the day asked; so
    it does for a notice that was given too late to end this one.
    """

    status: Status
    term_number: int | None
    starts_from: date | None
    starts_to: date | None
    ends_on: date | None
    ends_from: date | None
    ends_to: date | None
    ends_why: EndsWhy
    notice_by: date | None
    known: Known
    renewed_until: Interval | None = None
    decision: Decision | None = None
    goes_on: bool = False


class Span(NamedTuple):
    """Consecutive days, both ends inclusive, on which an agreement stands alike."""

    first_on: date
    last_on: date
    standing: Standing


def standing(facts: Facts, day: date) -> Standing:
    """Say how an agreement stands on a day, from those of its facts that are dated on or before it."""
    outlook = _outlook(facts, day)
    return outlook.standing(next(outlook.terms.running(day)), day)


def ends_after(stands: Standing, length: str) -> Interval | None:
    """Give the last day of the term that runs, were it of a length; None where nobody knows when it began."""
    if not stands.starts_from or not stands.starts_to:
        return None
    term = read_length(length)
    first, last = (add(day, term.months, term.days) for day in (stands.starts_from, stands.starts_to))
    return day_before(first), day_before(last)


def spans(facts: Facts, until: date) -> list[Span]:
    """Divide time into the longest spans on which an agreement stands alike, from date.min without a gap.

    The last one ends on date.max, or where terms go on without end after the term that contains `until`. Whatever span
    contains a day says what `standing` says of it.
    """
    found: list[Span] = []
    turns = sorted({date.min, *fact_days(facts)})
    for number, first_on in enumerate(turns):
        last_on = day_before(turns[number + 1]) if number + 1 < len(turns) else date.max
        if not _outlook(facts, first_on).divide(first_on, last_on, until, found):
            break
    return found


class _Outlook(NamedTuple):
    """What the facts known on a day say of all days.

    `settled` is a status that holds whatever the terms. Terms surely contain the days from `sure_from` to `sure_to`,
    and none contains one after `possible_to`. Without `decisions` nothing was decided of any term.
    """

    terms: Terms
    known: Known
    settled: Status | None
    is_draft: bool
    sure_from: date
    sure_to: date
    possible_to: date
    decisions: Decisions | None

    def status(self, day: date) -> Status:  # noqa: PLR0911 - one return for each rule of the list, in its order
        """Find the first status in the vocabulary's order that matches a day."""
        terms = self.terms
        if self.settled:
            return self.settled
        if terms.terminated and day > terms.terminated[0]:
            return Status.TERMINATED if day > terms.terminated[1] else Status.UNSTATED
        if self.is_draft:
            return Status.DRAFT
        if terms.first and day < terms.first[0]:
            return Status.FUTURE
        if terms.is_notice_given and day <= self.possible_to:
            return Status.IN_NOTICE
        if terms.is_final and day > self.possible_to:
            return Status.EXPIRED
        return Status.ACTIVE if self.sure_from <= day <= self.sure_to else Status.UNSTATED

    def standing(self, term: Term, day: date) -> Standing:
        """Say how the agreement stands on a day of a term."""
        starts_from, starts_to = term.first or _UNKNOWN
        ends_from, ends_to = term.last or _UNKNOWN
        decided, status = self.decisions, self.status(day)
        return Standing(
            status,
            term.number,
            starts_from,
            starts_to,
            ends_from if ends_from == ends_to else None,
            ends_from,
            ends_to,
            term.why,
            term.notice_by,
            self.known,
            decided.renewed_until(term) if decided else None,
            decided.of(term) if decided else None,
            self.known.renewal == Renewal.TACIT and status in _RUNNING and self._is_followed(term),
        )

    def _is_followed(self, term: Term) -> bool:
        """Say whether it is in force on the day after a term; nobody knows what comes after the last day of all."""
        if term.last is None:
            return False
        return term.last[1] == date.max or self.status(day_after(term.last[1])) in _RUNNING

    def divide(self, first_on: date, last_on: date, until: date, found: list[Span]) -> bool:
        """Add the spans of the days from first to last; False if it left off after `until` with terms to come."""
        turns = self._turns()
        terms = self.terms.running(first_on)
        term: Term | None = next(terms)
        while term:
            following = next(terms, None)
            # What follows the last term is told with it.
            term_to = min(term.last[1], last_on) if following and term.last else last_on
            for turn in turns:
                if first_on < turn <= term_to:
                    _add(found, first_on, day_before(turn), self.standing(term, first_on))
                    first_on = turn
            if first_on <= term_to:
                _add(found, first_on, term_to, self.standing(term, first_on))
            if term_to == last_on:
                return True
            if term_to >= until and self.terms.is_endless:
                return False
            first_on, term = day_after(term_to), following
        return True

    def _turns(self) -> list[date]:
        """Give the days, in order, on which the status may differ from that of the day before."""
        turns = {self.sure_from}
        if self.terms.first:
            turns.add(self.terms.first[0])
        turns.update(map(day_after, (self.sure_to, self.possible_to, *(self.terms.terminated or ()))))
        return sorted(turns)


def _outlook(facts: Facts, day: date) -> _Outlook:
    facts = known_facts(facts, day)
    endings = _endings(facts, day)
    terms = known_terms(facts, day, min(since for _, since in endings) if endings else None)
    goes_on = terms.is_endless or (not terms.runs and terms.why is EndsWhy.OPEN)
    sure_to, possible_to = terms.last() or ((date.max, date.max) if goes_on else (date.min, date.min))
    if terms.first:
        sure_from = terms.first[1]
    elif terms.runs:
        # What is renewed after a stated end is in force, whenever it began.
        sure_from = days_after(terms.runs[0].last(0))[1]
    else:
        sure_from, sure_to = date.max, date.min
    settled = endings[0][0] if endings else None
    is_draft = facts.stage in _DRAFTS
    decided = None if settled or is_draft else decisions(facts, day, terms)
    return _Outlook(terms, holding(facts, day), settled, is_draft, sure_from, sure_to, possible_to, decided)


def _endings(facts: Facts, day: date) -> list[tuple[Status, date]]:
    """Give the statuses that hold whatever the terms, the first wins, each with the day since when.

    One recorded without a day, or without its year, holds on every day. A termination with a day cuts the terms
    instead.
    """
    endings = []
    for status, on in (
        (Status.CANCELLED, facts.cancelled_on),
        (Status.SUPERSEDED, facts.superseded_on),
        (Status.TERMINATED, facts.terminated),
    ):
        if on or facts.stage == status.value:
            dated = interval(on)
            since = dated[1] if dated else date.min
            if since <= day and not (dated and status is Status.TERMINATED):
                endings.append((status, since))
    return endings


def _add(found: list[Span], first_on: date, last_on: date, standing: Standing) -> None:
    """Add a span, or lengthen the one before it if nothing changes."""
    if found and found[-1].standing == standing:
        first_on = found.pop().first_on
    found.append(Span(first_on, last_on, standing))
