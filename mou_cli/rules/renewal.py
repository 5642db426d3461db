"""Renewal: which terms follow from an agreement's facts as known on a day. The only place that knows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mou_cli.rules.date import Interval, interval
from mou_cli.rules.length import Length, read_length
from mou_cli.rules.term import (
    ENDLESS,
    OPEN,
    SIGNED,
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

_NOTHING = Length(0, 0)
_FORESEEN = frozenset({Renewal.TACIT, Renewal.EXPRESS})


def known_terms(facts: Facts, day: date, stopped: date | None = None) -> Terms:
    """Lay out the terms that follow from the facts known on a day; nothing is renewed after the day `stopped`.

    Renewals are taken in the order of their days, each for the next term: where renewal is tacit, the one after the
    term running then. A recorded renewal counts towards `renewal_max` and is not refused by it. A notice is overridden
    by a renewal recorded on a later day. What is dated without a year does not count, for nothing says when.
    """
    first = stored_interval(facts.signed if facts.starts == SIGNED else facts.starts)
    renewals = known_renewals(facts, day)
    given = notice_given(facts, day)
    chain = _Chain(facts, first)
    why = chain.begin()
    if why is not EndsWhy.OPEN:
        for on, renewal in renewals:
            chain.renew(on, renewal)
        chain.finish()
    runs, is_final = tuple(chain.runs), bool(chain.runs) and not chain.is_unknown
    if given and runs:
        runs, is_ended = _ended_by_notice(runs, facts, given)
        is_final = is_final or is_ended
    if stopped and runs:
        runs, _ = _through(runs, lambda last: last[1] >= stopped)
    terminated = stored_interval(facts.terminated)
    if terminated:
        if not is_final and not (chain.last and reaches(chain.last, terminated)):
            runs = (*runs, chain.stated_run(terminated))
        runs, is_final = _through(runs, lambda last: reaches(last, terminated))[0], True
    return Terms(first, runs, why, is_final, facts.notice, given is not None, terminated)


def stored_interval(stored: str | None) -> Interval | None:
    """Give the interval of a date that may be missing, or be without a year."""
    return interval(stored) if stored else None


def known_renewals(facts: Facts, day: date) -> Sequence[tuple[date, RenewalFact]]:
    """Give the renewals known on a day, each with the day since when, in the order of these."""
    if not facts.renewals:
        return ()
    dated = [(on[1], renewal) for renewal in facts.renewals if (on := interval(renewal.on)) and on[1] <= day]
    return sorted(dated, key=lambda pair: pair[0])


def notice_given(facts: Facts, day: date) -> date | None:
    """Find the earliest notice known on a day that no later renewal overrides."""
    if not facts.notices:
        return None
    renewals = known_renewals(facts, day)
    days = [on[1] for notice in facts.notices if (on := interval(notice)) and on[1] <= day]
    return min((on for on in days if not renewals or renewals[-1][0] <= on), default=None)


def _ended_by_notice(runs: tuple[Run, ...], facts: Facts, given: date) -> tuple[tuple[Run, ...], bool]:
    if facts.renewal != Renewal.TACIT:
        return _through(runs, lambda last: last[1] >= given)
    notice = facts.notice
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
    """

    def __init__(self, facts: Facts, first: Interval | None) -> None:
        self.runs: list[Run] = []
        self.last: Interval | None = None
        self._facts = facts
        self._limit = stored_interval(facts.renewal_until)
        self._number = 0
        self._first = first
        self._anchor: Interval | None = None
        self._offset = _NOTHING

    @property
    def is_unknown(self) -> bool:
        """Whether there is, or may be, a next term of which nothing says how long it is."""
        return self._anchor is None

    def begin(self) -> EndsWhy:
        """Lay the first term, from its stated end rather than its length; say where its end comes from."""
        if self._facts.ends == OPEN:
            return EndsWhy.OPEN
        stated = stored_interval(self._facts.ends)
        if stated:
            self._lay_stated(stated)
            return EndsWhy.STATED
        if not self._facts.term:
            return EndsWhy.UNSTATED
        if not self._first:
            return EndsWhy.START_UNKNOWN
        self._anchor = self._first
        self._lay(read_length(self._facts.term), 1)
        return EndsWhy.COMPUTED

    def renew(self, on: date, renewal: RenewalFact) -> None:
        """Lay the next term as a recorded renewal says."""
        self._lay_tacit(lambda last: last[1] >= on)
        until = stored_interval(renewal.until)
        if until and self.last and (until[0] <= self.last[0] or until[1] < self.last[1]):
            # It says nothing new.
            return
        if self.is_unknown:
            self._number, self._first = self._number + 1, None
        length = renewal.term or self._facts.renewal_term
        if until:
            self._lay_stated(until)
        elif length and not self.is_unknown:
            self._lay(read_length(length), 1)
        else:
            self._anchor = None

    def finish(self) -> None:
        """Lay the terms that follow by themselves, to no end where nothing ends them.

        A renewal is foreseen but its length is not said: nobody can tell what holds after the end.
        """
        self._lay_tacit(None)
        if self._facts.renewal in _FORESEEN and not self._facts.renewal_term and not self._is_exhausted():
            self._anchor = None

    def stated_run(self, last: Interval) -> Run:
        """Give the next term a stated last day."""
        return Run(self._number, 1, self._first, days_after(last), _NOTHING, _NOTHING, None, EndsWhy.STATED)

    def _is_exhausted(self) -> bool:
        most = self._facts.renewal_max
        return self._is_at_limit() or (most is not None and self._number > most)

    def _is_at_limit(self) -> bool:
        return self._limit is not None and self.last is not None and reaches(self.last, self._limit)

    def _lay_tacit(self, reached: Callable[[Interval], bool] | None) -> None:
        """Lay terms that follow tacitly, through the first one whose last day satisfies the condition."""
        facts = self._facts
        if facts.renewal != Renewal.TACIT or not facts.renewal_term or self.is_unknown or self._is_exhausted():
            return
        if reached and self.last and reached(self.last):
            return
        count = ENDLESS if facts.renewal_max is None else facts.renewal_max - self._number + 1
        self._lay(read_length(facts.renewal_term), count, reached)

    def _lay_stated(self, last: Interval) -> None:
        self._append(self.stated_run(last))
        self._anchor, self._offset = days_after(last), _NOTHING

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
