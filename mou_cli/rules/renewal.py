"""Renewal: which terms follow from an agreement's facts as known on a day. The only place that knows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from mou_cli.rules.date import OPEN, first_day, interval
from mou_cli.rules.known import Known, holding, known_facts, known_of, known_renewals, notice_given, since
from mou_cli.rules.length import Length, read_length
from mou_cli.rules.term import (
    ENDLESS,
    AmendmentFact,
    EndsWhy,
    Facts,
    RenewalFact,
    Run,
    Terms,
    days_after,
    later,
    notice_by,
    reaches,
)
from mou_cli.vocabulary import Renewal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from mou_cli.rules.date import Interval

_NOTHING = Length(0, 0)
_FORESEEN = frozenset({Renewal.TACIT, Renewal.EXPRESS})


def known_terms(facts: Facts, day: date, stopped: date | None = None) -> Terms:
    """Lay out the terms that follow from the facts known on a day; nothing is renewed after the day `stopped`.

    Renewals and amendments are taken in the order of their days, a renewal for the next term: where renewal is tacit,
    the one after the term running then. A recorded renewal counts towards `renewal_max` and is not refused by it. An
    amendment says anew how the term ends that runs then; what it says of renewal and notice holds from then on. A
    notice is overridden by a renewal or such an end recorded on a later day. What is dated without a year does not
    count, for nothing says when.
    """
    facts = known_facts(facts, day)
    chain = _laid(facts, day)
    recorded = chain.number, chain.last, bool(chain.runs) and chain.is_unknown
    chain.finish()
    given = notice_given(facts, day)
    runs, is_final = tuple(chain.runs), bool(chain.runs) and not chain.is_unknown
    if given and runs:
        runs, is_ended = _ended_by_notice(runs, holding(facts, given), given)
        is_final = is_final or is_ended
    if stopped and runs:
        runs, _ = _through(runs, lambda last: last[1] >= stopped)
    terminated = interval(facts.terminated)
    if terminated:
        if not is_final and not (chain.last and reaches(chain.last, terminated)):
            runs = (*runs, chain.stated_run(terminated))
        runs, is_final = _through(runs, lambda last: reaches(last, terminated))[0], True
    return Terms(chain.start, runs, chain.why, is_final, chain.facts.notice, given is not None, terminated, *recorded)


def _laid(facts: Facts, day: date) -> _Chain:
    chain = _Chain(facts)
    chain.begin()
    for on, said in _in_order(facts, day):
        if isinstance(said, AmendmentFact):
            chain.amend(on, said)
        else:
            chain.renew(on, said)
    return chain


def extension(facts: Facts, on: date, renewal: RenewalFact) -> tuple[Interval | None, Interval | None]:
    """Give the last day of the term that a renewal of a day extends, and the last day after it.

    None where nothing says either. Both are the same where the renewal says nothing new.
    """
    chain = _laid(known_facts(facts, on), on)
    chain.reach(on)
    before = chain.last
    chain.renew(on, renewal)
    return before, chain.last


def _in_order(facts: Facts, day: date) -> Sequence[tuple[date, RenewalFact | AmendmentFact]]:
    """Give what was renewed and amended in the order of the days; on the same day a renewal goes by the amendment."""
    renewals = known_renewals(facts, day)
    if not facts.amendments:
        return renewals
    amendments = [(on, amendment) for amendment in known_of(facts.amendments, day) if (on := since(amendment.on))]
    return sorted([*amendments, *renewals], key=itemgetter(0))


def _ended_by_notice(runs: tuple[Run, ...], held: Known, given: date) -> tuple[tuple[Run, ...], bool]:
    """Keep the terms through the one that a notice ends, by what held on the day when it was given."""
    if held.renewal != Renewal.TACIT:
        return _through(runs, lambda last: last[1] >= given)
    notice = held.notice
    if notice is None:
        return _through(runs, lambda last: last[0] >= given)
    return _through(runs, lambda last: notice_by(last, notice) >= given)


def _through(runs: tuple[Run, ...], reached: Callable[[Interval], bool]) -> tuple[tuple[Run, ...], bool]:
    """Keep the terms through the first whose last day satisfies the condition; all of them, and False, if none does."""
    for index, run in enumerate(runs):
        place = run.place_where(reached)
        if place < run.size:
            return (*runs[:index], run._replace(size=place + 1)), True
    return runs, False


class _Chain:
    """Terms laid one after the other from the facts of one agreement.

    Number and first day are those of the next term; when it ends is unknown while there is no anchor to count from.
    The facts are as amended so far.
    """

    def __init__(self, facts: Facts) -> None:
        self.runs: list[Run] = []
        self.last: Interval | None = None
        self.why = EndsWhy.UNSTATED
        # First day and number of the whole agreement, or of the term since which it has no end.
        self.start = interval(first_day(facts.starts, facts.signed))
        self.number = 0
        self.facts = facts
        self._limit = interval(facts.renewal_until)
        self._number = 0
        self._first = self.start
        self._anchor: Interval | None = None
        self._offset = _NOTHING

    @property
    def is_unknown(self) -> bool:
        """Whether there is, or may be, a next term of which nothing says how long it is."""
        return self._anchor is None

    def begin(self) -> None:
        """Lay the first term, from its stated end rather than its length."""
        if self.facts.ends == OPEN:
            self.why = EndsWhy.OPEN
            return
        stated = interval(self.facts.ends)
        if stated:
            self._lay_stated(stated)
        elif self.facts.term:
            self._lay_from_first(self.facts.term)

    def reach(self, on: date) -> None:
        """Lay the terms that follow by themselves, through the one that runs on a day."""
        if self.why is not EndsWhy.OPEN:
            self._lay_tacit(lambda last: last[1] >= on)

    def renew(self, on: date, renewal: RenewalFact) -> None:
        """Lay the next term as a recorded renewal says."""
        if self.why is EndsWhy.OPEN:
            return
        self.reach(on)
        if renewal.until == OPEN:
            self._open(on)
            return
        until = interval(renewal.until)
        if until and self.last and (until[0] <= self.last[0] or until[1] < self.last[1]):
            # It says nothing new.
            return
        if self.is_unknown:
            self._number, self._first = self._number + 1, None
        length = renewal.term or self.facts.renewal_term
        if until:
            self._lay_stated(until)
        elif length and not self.is_unknown:
            self._lay(read_length(length), 1)
        else:
            self._anchor = None

    def amend(self, on: date, amendment: AmendmentFact) -> None:
        """Lay the term that runs on a day anew, and let what else an amendment says hold from then on."""
        self.reach(on)
        until = interval(amendment.until)
        if amendment.until == OPEN:
            self._open(on)
        elif until:
            self._take_back(lambda last: last[1] >= until[1])
            self._lay_stated(until)
        elif amendment.term:
            self._take_back(lambda last: last[1] >= on)
            self._lay_from_first(amendment.term)
        names = ("renewal", "renewal_term", "notice")
        said = {name: value for name in names if (value := getattr(amendment, name)) is not None}
        self.facts = replace(self.facts, **said)

    def _open(self, on: date) -> None:
        """Let the term that runs on a day go on without an end."""
        self._take_back(lambda last: last[1] >= on)
        if self.why is not EndsWhy.OPEN and self._number:
            self.number, self.start = self._number, self._first or self.start
        self.runs, self.last, self.why, self._anchor = [], None, EndsWhy.OPEN, None

    def _take_back(self, reached: Callable[[Interval], bool]) -> None:
        """Take back the first term whose last day satisfies the condition, else the last one, with what follows it.

        Where nothing says how long the last one is, it has not been laid, and there is nothing to take back.
        """
        if self.is_unknown and not (self.last and reached(self.last)):
            return
        for index, run in enumerate(self.runs):
            place = run.place_where(reached)
            if place < run.size or run is self.runs[-1]:
                place = min(place, run.size - 1)
                self._number = run.number + place
                self._first = days_after(run.last(place - 1)) if place else run.first
                self.runs[index:] = [run._replace(size=place)] if place else []
                break
        self.last = self.runs[-1].last(self.runs[-1].size - 1) if self.runs else None

    def finish(self) -> None:
        """Lay the terms that follow by themselves, to no end where nothing ends them.

        A renewal is foreseen but its length is not said: nobody can tell what holds after the end.
        """
        if self.why is EndsWhy.OPEN:
            return
        self._lay_tacit(None)
        if self.facts.renewal in _FORESEEN and not self.facts.renewal_term and not self._is_exhausted():
            self._anchor = None

    def stated_run(self, last: Interval) -> Run:
        """Give the next term a stated last day."""
        return Run(self._number, 1, self._first, days_after(last), _NOTHING, _NOTHING, None, EndsWhy.STATED)

    def _is_exhausted(self) -> bool:
        most = self.facts.renewal_max
        return self._is_at_limit() or (most is not None and self._number > most)

    def _is_at_limit(self) -> bool:
        return self._limit is not None and self.last is not None and reaches(self.last, self._limit)

    def _lay_tacit(self, reached: Callable[[Interval], bool] | None) -> None:
        """Lay terms that follow tacitly, through the first one whose last day satisfies the condition."""
        facts = self.facts
        if facts.renewal != Renewal.TACIT or not facts.renewal_term or self.is_unknown or self._is_exhausted():
            return
        if reached and self.last and reached(self.last):
            return
        count = ENDLESS if facts.renewal_max is None else facts.renewal_max - self._number + 1
        self._lay(read_length(facts.renewal_term), count, reached)

    def _lay_stated(self, last: Interval) -> None:
        self._append(self.stated_run(last))
        self._anchor, self._offset, self.why = days_after(last), _NOTHING, EndsWhy.STATED

    def _lay_from_first(self, term: str) -> None:
        """Lay the next term by its length from its first day."""
        self._anchor, self._offset = self._first, _NOTHING
        self.why = EndsWhy.COMPUTED if self._first else EndsWhy.START_UNKNOWN
        self._lay(read_length(term), 1)

    def _lay(self, length: Length, count: int, reached: Callable[[Interval], bool] | None = None) -> None:
        """Lay terms of one length, none beyond the limit."""
        if self._anchor is None or self._is_at_limit():
            return
        offset = Length(self._offset.months + length.months, self._offset.days + length.days)
        run = Run(self._number, count, self._first, self._anchor, offset, length, None, EndsWhy.COMPUTED)
        if reached:
            count = min(count, run.place_where(reached) + 1)
        limit = self._limit
        if limit:
            # A stated last day beyond the limit stands.
            limit = later(limit, self.last) if self.last else limit
            count = min(count, run.place_where(partial(reaches, limit=limit)) + 1)
        self._append(run._replace(size=count, limit=limit))
        more = count - 1
        self._offset = Length(offset.months + more * length.months, offset.days + more * length.days)

    def _append(self, run: Run) -> None:
        self.runs.append(run)
        self._number += run.size
        # What has no end needs no next term.
        if run.size < ENDLESS:
            self.last = run.last(run.size - 1)
            self._first = days_after(self.last)
