"""The terms of an agreement: one unbroken period of validity after the other, and the last day to give notice in each.

Where a start or an end is known only to the month or year, a first or last day is the interval it may lie in, and both
ends of the interval are computed alike.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.rules.length import ACADEMIC_YEAR, Length, add, day_after, day_before, read_length
from mou_cli.vocabulary import Renewal, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.rules.date import Interval

# How many terms there are where they go on until notice is given.
ENDLESS = sys.maxsize


class EndsWhy(StrEnum):
    """Where the last day comes from, or why there is none."""

    STATED = "stated"
    COMPUTED = "computed"
    OPEN = "open"
    UNSTATED = "unstated"
    START_UNKNOWN = "start-unknown"


class RenewalFact(NamedTuple):
    """A renewal or confirmation that was recorded: when, and until when or for how long if it says so."""

    on: str
    until: str | None = None
    term: str | None = None


class AmendmentFact(NamedTuple):
    """An amendment: since when, until when or how long the term now runs, and what else holds instead."""

    on: str
    until: str | None = None
    term: str | None = None
    renewal: str | None = None
    renewal_term: str | None = None
    notice: str | None = None
    review: str | None = None

    @property
    def moves_end(self) -> bool:
        """Whether it says anew when the term ends."""
        return self.until is not None or self.term is not None


class TerminationFact(NamedTuple):
    """A termination: when it was decided, and the last day in force, the same where it does not say."""

    on: str
    until: str | None = None


class ReviewFact(NamedTuple):
    """A review that was held: when, the day of the next, and what came of it."""

    on: str
    review: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is recorded of an agreement's validity, dates and lengths as they are kept.

    `starts` may be `signed`, `ends` may be `open`, `notice` may be `academic-year`. `terminated` is the last day in
    force; `renewal_until` the last day that a term of computed length may reach; `notices` the days on which notice to
    end was given, `signatures` those on which it was signed. What stands in lists holds from its own day on.
    """

    stage: str = Stage.UNSTATED
    signed: str | None = None
    starts: str | None = None
    ends: str | None = None
    term: str | None = None
    renewal: str = Renewal.UNSTATED
    renewal_term: str | None = None
    renewal_max: int | None = None
    renewal_until: str | None = None
    notice: str | None = None
    terminated: str | None = None
    review: str | None = None
    notices: tuple[str, ...] = ()
    renewals: tuple[RenewalFact, ...] = ()
    signatures: tuple[str, ...] = ()
    amendments: tuple[AmendmentFact, ...] = ()
    terminations: tuple[TerminationFact, ...] = ()
    reviews: tuple[ReviewFact, ...] = ()
    cancelled_on: str | None = None
    superseded_on: str | None = None


class Term(NamedTuple):
    """One term. Number 0 is the first; first and last day are inclusive, and None where nothing says them."""

    number: int | None
    first: Interval | None
    last: Interval | None
    why: EndsWhy
    notice_by: date | None


class Run(NamedTuple):
    """Consecutive terms of one length counted from one anchor, told apart by their place, from 0.

    The boundary after the term at a place is anchor + offset + place · step, the months summed and clamped once; the
    term's last day is the day before, cut at `limit`.
    """

    number: int
    size: int
    first: Interval | None
    anchor: Interval
    offset: Length
    step: Length
    limit: Interval | None
    why: EndsWhy

    def last(self, place: int) -> Interval:
        """Give the last day of the term at a place."""
        months = self.offset.months + place * self.step.months
        days = self.offset.days + place * self.step.days
        earliest, latest = self.anchor
        last_from = _before(add(earliest, months, days))
        last_to = last_from if earliest == latest else _before(add(latest, months, days))
        return (last_from, last_to) if self.limit is None else earlier((last_from, last_to), self.limit)

    def place_where(self, reached: Callable[[Interval], bool]) -> int:
        """Find the first place whose last day satisfies a condition that all later ones satisfy too, else the size."""
        beyond = 1
        while beyond < self.size and not reached(self.last(beyond - 1)):
            beyond *= 2
        return bisect_left(range(min(beyond, self.size)), 1, key=lambda place: reached(self.last(place)))


class Terms(NamedTuple):
    """The terms of an agreement as far as they are known on some day; they never overlap.

    `first` is the agreement's first day. `why` says why no end is known where there are no runs. `is_final` says that
    nothing follows the last term, rather than something unknown. `terminated` cuts the last term. `number` is that of
    the term without an end, where there are no runs. `laid` is the last day of the terms that are recorded, as far as
    one is known; `is_laid_beyond` says that a further one is, and not how long.
    """

    first: Interval | None
    runs: tuple[Run, ...]
    why: EndsWhy
    is_final: bool
    notice: str | None
    is_notice_given: bool
    terminated: Interval | None
    number: int
    laid: Interval | None
    is_laid_beyond: bool

    @property
    def is_endless(self) -> bool:
        """Whether terms go on until something more becomes known."""
        return bool(self.runs) and self.runs[-1].size == ENDLESS

    def last(self) -> Interval | None:
        """Give the last day of the last term; None where there is none."""
        if not self.runs or self.is_endless:
            return None
        last = self.runs[-1].last(self.runs[-1].size - 1)
        return earlier(last, self.terminated) if self.terminated else last

    def running(self, day: date) -> Iterator[Term]:
        """Give the term that runs on a day and those after it.

        Where it is open which one runs, it is the earliest that still may; before the first it is the first, after the
        last the last. An agreement without any known end gives one term.
        """
        if not self.runs:
            yield Term(self.number if self.first else None, self.first, None, self.why, None)
            return
        index, place = self._position(day)
        run = self.runs[index]
        first = days_after(run.last(place - 1)) if place else run.first
        while True:
            last = run.last(place)
            yield self._term(run, place, first, last)
            place += 1
            if place < run.size:
                first = days_after(last)
                continue
            index += 1
            if index == len(self.runs):
                return
            run, place = self.runs[index], 0
            first = run.first

    def _position(self, day: date) -> tuple[int, int]:
        """Find the run, and the place in it, of the term that runs on a day."""
        if not self.terminated or day <= self.terminated[1]:
            for index, run in enumerate(self.runs):
                place = run.place_where(lambda last: last[1] >= day)
                if place < run.size:
                    return index, place
        return len(self.runs) - 1, self.runs[-1].size - 1

    def _term(self, run: Run, place: int, first: Interval | None, last: Interval) -> Term:
        why = EndsWhy.STATED if run.limit and reaches(last, run.limit) else run.why
        if self.terminated and earlier(last, self.terminated) != last:
            # Nobody need give notice to end what has been terminated.
            return Term(run.number + place, first, earlier(last, self.terminated), EndsWhy.STATED, None)
        return Term(run.number + place, first, last, why, notice_by(last, self.notice) if self.notice else None)


def notice_by(last: Interval, notice: str) -> date:
    """Give the last day on which notice is surely in time for a term to end on its last day.

    A length is counted back from the day after the last day. With `academic-year` it is the latest 1 September that
    leaves a full academic year (to 31 August) within the term.
    """
    if notice == ACADEMIC_YEAR:
        year = last[0].year if last[0] >= date(last[0].year, 8, 31) else last[0].year - 1
        return date(year - 1, 9, 1)
    length = read_length(notice)
    return _before(add(day_after(last[0]), -length.months, -length.days))


def earlier(one: Interval, other: Interval) -> Interval:
    """Give the interval in which the earlier of two days lies."""
    return min(one[0], other[0]), min(one[1], other[1])


def later(one: Interval, other: Interval) -> Interval:
    """Give the interval in which the later of two days lies."""
    return max(one[0], other[0]), max(one[1], other[1])


def reaches(last: Interval, limit: Interval) -> bool:
    """Whether a day is on or after a limit, as far as both are known."""
    return last[0] >= limit[0] and last[1] >= limit[1]


def days_after(last: Interval) -> Interval:
    """Give the interval one day on."""
    following = day_after(last[0])
    return following, following if last[0] == last[1] else day_after(last[1])


def _before(boundary: date) -> date:
    # The calendar's last day stands for a boundary beyond it.
    return boundary if boundary == date.max else day_before(boundary)
