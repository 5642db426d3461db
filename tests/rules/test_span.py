"""Properties of standings and spans, against an oracle that lays terms one by one and knows whole days only."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mou_cli.rules.standing import spans, standing
from mou_cli.rules.term import Facts, RenewalFact
from mou_cli.vocabulary import Renewal, Stage, Status

ONE = timedelta(1)
LENGTHS = {"1m": (1, 0), "3m": (3, 0), "1y": (12, 0), "3y": (36, 0), "90d": (0, 90), "13m10d": (13, 10)}


def moved(day: date, months: int, in_days: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1])) + timedelta(in_days)


def last_for_notice(last: date, notice: str | None) -> date:
    if notice is None:
        return last
    if notice == "academic-year":
        year = next(y for y in range(last.year, last.year - 3, -1) if date(y + 1, 8, 31) <= last)
        return date(year, 9, 1)
    months, in_days = LENGTHS[notice]
    return moved(last + ONE, -months, -in_days) - ONE


@dataclass
class Oracle:
    """The terms of an agreement whose dates are all whole, as known on a day."""

    facts: Facts
    day: date

    def __post_init__(self) -> None:
        facts = self.facts
        self.first = self.read(facts.signed if facts.starts == "signed" else facts.starts)
        self.terminated = self.read(facts.terminated)
        self.hard_stop = self.read(facts.renewal_until)
        known = [renewal for renewal in facts.renewals if date.fromisoformat(renewal.on) <= self.day]
        self.renewals = sorted(known, key=lambda renewal: renewal.on)
        notices = [n for n in facts.notices if n <= self.day.isoformat() and all(r.on <= n for r in known)]
        self.given = date.fromisoformat(min(notices)) if notices else None
        self.lasts: list[date] = []
        self.numbers: list[int] = []
        self.after = "nothing"
        if facts.ends != "open":
            self.lay_first()
            self.lay_more()
        self.cut()

    @staticmethod
    def read(stored: str | None) -> date | None:
        return date.fromisoformat(stored) if stored and stored[0].isdigit() else None

    def lay_first(self) -> None:
        self.number = 0
        self.anchor: date | None = None
        stated = self.read(self.facts.ends)
        if stated:
            self.lay_stated(stated)
        elif self.facts.term and self.first:
            self.anchor, self.months, self.days = self.first, 0, 0
            self.lay_computed(self.facts.term)

    def lay_stated(self, last: date) -> None:
        self.anchor, self.months, self.days = last + ONE, 0, 0
        self.lasts.append(last)
        self.numbers.append(self.number)
        self.number += 1

    def is_stopped(self) -> bool:
        return bool(self.hard_stop and self.lasts and self.lasts[-1] >= self.hard_stop)

    def lay_computed(self, length: str) -> None:
        if self.is_stopped():
            return
        assert self.anchor
        self.months += LENGTHS[length][0]
        self.days += LENGTHS[length][1]
        last = moved(self.anchor, self.months, self.days) - ONE
        self.lasts.append(min(last, self.hard_stop) if self.hard_stop else last)
        self.numbers.append(self.number)
        self.number += 1

    def may_be_renewed(self, *renewals: str) -> bool:
        most = self.facts.renewal_max
        is_used_up = most is not None and self.number > most
        return self.facts.renewal in renewals and self.anchor is not None and not is_used_up and not self.is_stopped()

    def goes_on_tacitly(self) -> bool:
        return self.may_be_renewed("tacit")

    def lay_more(self) -> None:
        for renewal in self.renewals:
            while (
                self.goes_on_tacitly() and self.facts.renewal_term and self.lasts[-1] < date.fromisoformat(renewal.on)
            ):
                self.lay_computed(self.facts.renewal_term)
            until = self.read(renewal.until)
            if until and self.lasts and until <= self.lasts[-1]:
                continue
            if self.anchor is None:
                self.number += 1
            length = renewal.term or self.facts.renewal_term
            if until:
                self.lay_stated(until)
            elif length and self.anchor:
                self.lay_computed(length)
            else:
                self.anchor = None
        while self.goes_on_tacitly() and self.facts.renewal_term and self.lasts[-1] <= self.horizon():
            self.lay_computed(self.facts.renewal_term)
        if self.facts.renewal_term and self.goes_on_tacitly():
            self.after = "terms"
        elif self.anchor is None or (not self.facts.renewal_term and self.may_be_renewed("tacit", "express")):
            self.after = "unknown"

    def horizon(self) -> date:
        """Give a day after which no term matters: a notice is at most four years."""
        return max(self.day, self.terminated or self.day, self.given or self.day) + 1500 * ONE

    def cut(self) -> None:
        facts = self.facts
        if self.given:
            tacit = facts.renewal == "tacit"
            for index, last in enumerate(self.lasts):
                if (last_for_notice(last, facts.notice) if tacit else last) >= self.given:
                    del self.lasts[index + 1 :]
                    self.after = "nothing"
                    break
        if self.terminated:
            unknown = self.after == "unknown" or not self.lasts
            if unknown and (not self.lasts or self.lasts[-1] < self.terminated):
                self.lasts.append(self.terminated)
                self.numbers.append(self.number if facts.ends != "open" else 0)
            self.after = "nothing"
            for index, last in enumerate(self.lasts):
                if last >= self.terminated:
                    self.lasts[index:] = [self.terminated]
                    break

    def status(self) -> Status:  # noqa: PLR0911 - the vocabulary's list, one line for each
        facts, day = self.facts, self.day
        for stage, on in (("cancelled", facts.cancelled_on), ("superseded", facts.superseded_on)):
            if on[:10] <= day.isoformat() if on else facts.stage == stage:
                return Status(stage)
        if day > self.terminated if self.terminated else facts.stage == "terminated":
            return Status.TERMINATED
        if facts.stage in ("draft", "negotiation"):
            return Status.DRAFT
        if self.first and day < self.first:
            return Status.FUTURE
        is_open = facts.ends == "open" and not self.lasts
        is_before_the_end = is_open or any(day <= last for last in self.lasts)
        if self.given and is_before_the_end:
            return Status.IN_NOTICE
        if self.lasts and self.after == "nothing" and not is_before_the_end:
            return Status.EXPIRED
        has_begun = self.first is not None or (bool(self.lasts) and day > self.lasts[0])
        return Status.ACTIVE if is_before_the_end and has_begun else Status.UNSTATED


days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
near = st.dates(date(2000, 1, 1), date(2030, 12, 31))
whole = near.map(date.isoformat)
month = near.map(lambda day: day.isoformat()[:7])
reduced = st.one_of(month, near.map(lambda day: day.isoformat()[:4]))
length = st.sampled_from(sorted(LENGTHS))


def maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), strategy)


def facts_with(one_date: st.SearchStrategy[str]) -> st.SearchStrategy[Facts]:
    return st.builds(
        Facts,
        stage=st.sampled_from(["signed", "signed", "signed", *Stage]),
        signed=maybe(one_date),
        starts=st.one_of(st.none(), st.sampled_from(["signed", "--03-04"]), one_date, one_date),
        ends=st.one_of(st.none(), st.none(), st.sampled_from(["open", "--03-04"]), one_date),
        term=maybe(length),
        renewal=st.sampled_from(["tacit", "tacit", *Renewal]),
        renewal_term=maybe(length),
        renewal_max=st.sampled_from([None, None, 0, 1, 4]),
        renewal_until=st.one_of(st.none(), st.none(), one_date),
        notice=st.one_of(st.none(), st.just("academic-year"), length),
        terminated=st.one_of(st.none(), st.none(), st.none(), one_date),
        notices=st.lists(one_date, max_size=2).map(tuple),
        renewals=st.lists(st.builds(RenewalFact, one_date, maybe(one_date), maybe(length)), max_size=3).map(tuple),
        cancelled_on=st.one_of(*[st.none()] * 4, one_date),
        superseded_on=st.one_of(*[st.none()] * 4, one_date),
    )


any_facts = facts_with(st.one_of(whole, whole, reduced))


@settings(max_examples=1200, deadline=None)
@given(facts_with(whole), st.one_of(near, near, days))
def test_status_is_what_the_terms_laid_one_by_one_say(facts: Facts, day: date) -> None:
    oracle = Oracle(facts, day)
    found = standing(facts, day)
    assert found.status == oracle.status()
    if found.status not in (Status.CANCELLED, Status.SUPERSEDED, Status.TERMINATED) and oracle.lasts:
        terms = list(zip(oracle.lasts, oracle.numbers, strict=False))
        running = [term for term in terms if term[0] >= day]
        assert (found.ends_on, found.term_number) == (running or terms[-1:])[0]


def whole_days(stored: str | None, step: int) -> list[str | None]:
    """Give days that a date may stand for: every so many of a month or year, and the last."""
    if stored is None or len(stored) > len("2024-05"):
        return [stored]
    year, of_year = int(stored[:4]), stored[5:]
    first = date(year, int(of_year or 1), 1)
    count = calendar.monthrange(year, first.month)[1] if of_year else 365 + calendar.isleap(year)
    return [str(first + n * ONE) for n in (*range(0, count, step), count - 1)]


@settings(max_examples=150, deadline=None)
@given(
    st.builds(
        Facts,
        stage=st.just("signed"),
        starts=st.one_of(month, reduced, whole),
        term=length,
        renewal=st.sampled_from(list(Renewal)),
        renewal_term=length,
        renewal_max=st.sampled_from([None, 0, 2]),
        renewal_until=st.one_of(st.none(), st.none(), whole, month),
    ),
    st.one_of(near, near, days),
)
def test_status_of_unknown_days_is_what_every_possible_day_says(facts: Facts, day: date) -> None:
    # Where an agreement may end before it begins, no day is better than another.
    assume(not facts.renewal_until or facts.renewal_until > (facts.starts or "") + "-99")
    is_year = len(facts.starts or "") == len("2024")
    choices = product(whole_days(facts.starts, 5 if is_year else 1), whole_days(facts.renewal_until, 5))
    said = {Oracle(replace(facts, starts=starts, renewal_until=until), day).status() for starts, until in choices}
    assert standing(facts, day).status == (said.pop() if len(said) == 1 else Status.UNSTATED)


@settings(max_examples=500, deadline=None)
@given(any_facts, st.lists(st.one_of(near, days), min_size=1, max_size=6), st.one_of(near, near, near, days))
def test_span_says_what_standing_says(facts: Facts, asked: list[date], until: date) -> None:
    found = spans(facts, until)
    assert found[-1].last_on >= until
    edges = [edge for span in found[:12] for edge in (span.first_on, span.last_on)]
    for day in (*asked, until, *edges):
        span = found[bisect_right(found, day, key=lambda span: span.first_on) - 1]
        if day <= span.last_on:
            assert standing(facts, day) == span.standing


@settings(max_examples=300, deadline=None)
@given(any_facts, days)
def test_spans_follow_one_another_and_differ(facts: Facts, until: date) -> None:
    found = spans(facts, until)
    assert found[0].first_on == date.min
    assert all(span.first_on <= span.last_on for span in found)
    for one, following in pairwise(found):
        assert following.first_on == one.last_on + ONE
        assert following.standing != one.standing


@settings(max_examples=300, deadline=None)
@given(any_facts, days, days)
def test_later_projection_begins_with_the_earlier_one(facts: Facts, until: date, later: date) -> None:
    shorter, longer = sorted((spans(facts, until), spans(facts, later)), key=lambda found: found[-1].last_on)
    assert longer[: len(shorter) - 1] == shorter[:-1]
    assert longer[len(shorter) - 1].standing == shorter[-1].standing


@settings(max_examples=400, deadline=None)
@given(any_facts, days)
def test_parts_of_a_standing_agree(facts: Facts, day: date) -> None:
    found = standing(facts, day)
    assert (found.ends_from is None) == (found.ends_to is None)
    assert found.ends_on == (found.ends_from if found.ends_from == found.ends_to else None)
    if found.ends_from and found.ends_to:
        assert found.ends_from <= found.ends_to
        assert found.notice_by is None or found.notice_by < found.ends_from
        assert found.ends_why in ("stated", "computed")
    else:
        assert found.notice_by is None
        assert found.ends_why in ("open", "unstated", "start-unknown")
