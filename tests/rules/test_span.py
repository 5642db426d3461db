"""Properties of standings and spans, against an oracle that lays terms one by one and knows whole days only."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mou_cli.rules.date import interval
from mou_cli.rules.known import holding
from mou_cli.rules.length import latest_end
from mou_cli.rules.standing import spans, standing
from mou_cli.rules.term import AmendmentFact, Facts, RenewalFact, ReviewFact, TerminationFact
from mou_cli.vocabulary import REVIEW_OUTCOMES, Renewal, Stage, Status

if TYPE_CHECKING:
    from collections.abc import Callable

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
        self.first = self.read(self.signed() if facts.starts == "signed" else facts.starts)
        decided = sorted((each for each in facts.terminations if each.on <= str(self.day)), key=lambda each: each.on)
        self.terminated = self.read((decided[-1].until or decided[-1].on) if decided else facts.terminated)
        self.hard_stop = self.read(facts.renewal_until)
        today = self.day.isoformat()
        renewals = [renewal for renewal in facts.renewals if renewal.on <= today]
        amendments = [amendment for amendment in facts.amendments if amendment.on <= today]
        self.events: list[AmendmentFact | RenewalFact] = sorted([*amendments, *renewals], key=lambda event: event.on)
        going_on = [*(each.on for each in renewals), *(each.on for each in amendments if each.until or each.term)]
        notices = [n for n in facts.notices if n <= today and all(on <= n for on in going_on)]
        self.given = date.fromisoformat(min(notices)) if notices else None
        self.renewal, self.renewal_term = facts.renewal, facts.renewal_term
        self.lasts: list[date] = []
        self.numbers: list[int] = []
        self.firsts: list[date | None] = []
        self.after = "nothing"
        self.number = 0
        self.following = self.first
        self.anchor: date | None = None
        self.is_open = facts.ends == "open"
        if not self.is_open:
            self.lay_first()
        for event in self.events:
            if isinstance(event, AmendmentFact):
                self.amend(event)
            elif not self.is_open:
                self.renew(event)
        if not self.is_open:
            self.lay_more()
        self.cut()

    def signed(self) -> str | None:
        signed = self.facts.signed
        return None if self.facts.signatures and signed and signed > str(self.day) else signed

    def stage(self) -> str:
        facts, today = self.facts, str(self.day)
        if facts.stage in ("unstated", "draft", "negotiation") and any(on <= today for on in facts.signatures):
            return "signed"
        if facts.stage == "terminated" and not facts.terminated and facts.terminations:
            return facts.stage if any(each.on <= today for each in facts.terminations) else "unstated"
        return facts.stage

    @staticmethod
    def read(stored: str | None) -> date | None:
        return date.fromisoformat(stored) if stored and stored[0].isdigit() else None

    def lay_first(self) -> None:
        stated = self.read(self.facts.ends)
        if stated:
            self.lay_stated(stated)
        elif self.facts.term:
            self.lay_from_first(self.facts.term)

    def lay_from_first(self, term: str) -> None:
        self.anchor, self.months, self.days = self.following, 0, 0
        if self.anchor:
            self.lay_computed(term)

    def lay_stated(self, last: date) -> None:
        self.anchor, self.months, self.days = last + ONE, 0, 0
        self.append(last)

    def append(self, last: date) -> None:
        self.lasts.append(last)
        self.numbers.append(self.number)
        self.firsts.append(self.following)
        self.number, self.following = self.number + 1, last + ONE

    def is_stopped(self) -> bool:
        return bool(self.hard_stop and self.lasts and self.lasts[-1] >= self.hard_stop)

    def lay_computed(self, length: str) -> None:
        if self.is_stopped():
            return
        assert self.anchor
        self.months += LENGTHS[length][0]
        self.days += LENGTHS[length][1]
        last = moved(self.anchor, self.months, self.days) - ONE
        self.append(min(last, self.hard_stop) if self.hard_stop else last)

    def may_be_renewed(self, *renewals: str) -> bool:
        most = self.facts.renewal_max
        is_used_up = most is not None and self.number > most
        return self.renewal in renewals and self.anchor is not None and not is_used_up and not self.is_stopped()

    def goes_on_tacitly(self) -> bool:
        return self.may_be_renewed("tacit")

    def lay_until(self, on: str) -> None:
        while self.goes_on_tacitly() and self.renewal_term and self.lasts[-1] < date.fromisoformat(on):
            self.lay_computed(self.renewal_term)

    def renew(self, renewal: RenewalFact) -> None:
        self.lay_until(renewal.on)
        if renewal.until == "open":
            self.open_on(date.fromisoformat(renewal.on))
            return
        until = self.read(renewal.until)
        if until and self.lasts and until <= self.lasts[-1]:
            return
        if self.anchor is None:
            self.number, self.following = self.number + 1, None
        length = renewal.term or self.renewal_term
        if until:
            self.lay_stated(until)
        elif length and self.anchor:
            self.lay_computed(length)
        else:
            self.anchor = None

    def amend(self, amendment: AmendmentFact) -> None:
        if not self.is_open:
            self.lay_until(amendment.on)
        on = date.fromisoformat(amendment.on)
        until = self.read(amendment.until)
        if amendment.until == "open":
            self.open_on(on)
        elif until:
            self.take_back(until)
            self.lay_stated(until)
            self.is_open = False
        elif amendment.term:
            self.take_back(on)
            self.lay_from_first(amendment.term)
            self.is_open = False
        self.renewal = amendment.renewal or self.renewal
        self.renewal_term = amendment.renewal_term or self.renewal_term

    def take_back(self, day: date) -> None:
        if not self.lasts or (self.anchor is None and self.lasts[-1] < day):
            return
        index = next((place for place, last in enumerate(self.lasts) if last >= day), len(self.lasts) - 1)
        self.number, self.following = self.numbers[index], self.firsts[index]
        del self.lasts[index:], self.numbers[index:], self.firsts[index:]

    def open_on(self, on: date) -> None:
        if self.is_open:
            return
        self.take_back(on)
        if self.number:
            self.first = self.following or self.first
        self.lasts, self.numbers, self.firsts, self.anchor, self.is_open = [], [], [], None, True

    def lay_more(self) -> None:
        while self.goes_on_tacitly() and self.renewal_term and self.lasts[-1] <= self.horizon():
            self.lay_computed(self.renewal_term)
        if self.renewal_term and self.goes_on_tacitly():
            self.after = "terms"
        elif self.anchor is None or (not self.renewal_term and self.may_be_renewed("tacit", "express")):
            self.after = "unknown"

    def horizon(self) -> date:
        """Give a day after which no term matters: a notice is at most four years."""
        return max(self.day, self.terminated or self.day, self.given or self.day) + 1500 * ONE

    def cut(self) -> None:
        if self.given:
            tacit, notice = self.held("renewal", self.given) == "tacit", self.held("notice", self.given)
            for index, last in enumerate(self.lasts):
                if (last_for_notice(last, notice) if tacit else last) >= self.given:
                    del self.lasts[index + 1 :]
                    self.after = "nothing"
                    break
        if self.terminated:
            unknown = self.after == "unknown" or not self.lasts
            if unknown and (not self.lasts or self.lasts[-1] < self.terminated):
                self.lasts.append(self.terminated)
                self.numbers.append(self.number)
            self.after = "nothing"
            for index, last in enumerate(self.lasts):
                if last >= self.terminated:
                    self.lasts[index:] = [self.terminated]
                    break

    def held(self, name: str, day: date) -> str | None:
        held: str | None = getattr(self.facts, name)
        for amendment in sorted(self.facts.amendments, key=lambda amendment: amendment.on):
            held = getattr(amendment, name) or held if amendment.on <= str(day) else held
        return held

    def status(self) -> Status:  # noqa: PLR0911 - the vocabulary's list, one line for each
        facts, day, said = self.facts, self.day, self.stage()
        for stage, on in (("cancelled", facts.cancelled_on), ("superseded", facts.superseded_on)):
            if on[:10] <= day.isoformat() if on else said == stage:
                return Status(stage)
        if day > self.terminated if self.terminated else said == "terminated":
            return Status.TERMINATED
        if said in ("draft", "negotiation"):
            return Status.DRAFT
        if self.first and day < self.first:
            return Status.FUTURE
        is_open = self.is_open and not self.lasts
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


def rows(fact: Callable[..., Any], *values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Give at most three facts of a kind, often none."""
    return st.one_of(st.just(()), st.lists(st.builds(fact, *values), max_size=3).map(tuple))


def facts_with(one_date: st.SearchStrategy[str]) -> st.SearchStrategy[Facts]:
    until = st.one_of(st.none(), st.none(), st.sampled_from(["open"]), one_date, one_date)
    notice = st.one_of(st.none(), st.just("academic-year"), length)
    renewal = st.sampled_from([None, None, *map(str, Renewal)])
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
        notice=notice,
        terminated=st.one_of(st.none(), st.none(), st.none(), one_date),
        notices=st.lists(one_date, max_size=2).map(tuple),
        renewals=rows(RenewalFact, one_date, until, maybe(length)),
        review=maybe(one_date),
        signatures=st.one_of(st.just(()), st.lists(one_date, max_size=2).map(tuple)),
        amendments=rows(AmendmentFact, one_date, until, maybe(length), renewal, maybe(length), notice, maybe(one_date)),
        terminations=st.one_of(st.just(()), rows(TerminationFact, one_date, maybe(one_date))),
        reviews=rows(ReviewFact, one_date, maybe(one_date), st.sampled_from([None, *REVIEW_OUTCOMES.codes])),
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
        assert found.ends_from <= found.ends_to <= latest_end(found.ends_from)
        assert found.notice_by is None or found.notice_by < found.ends_from
        assert found.ends_why in ("stated", "computed")
    else:
        assert found.notice_by is None
        assert found.ends_why in ("open", "unstated", "start-unknown")


def known_by(facts: Facts, day: date) -> Facts:
    """Give only the facts that are dated on or before a day; one of a month or year is, when that is over."""

    def is_known(stored: str | None) -> bool:
        days = interval(stored) if stored else None
        return days is None or days[1] <= day

    def kept(rows: tuple[Any, ...]) -> Any:
        return tuple(row for row in rows if is_known(row if isinstance(row, str) else row.on))

    lists = ("notices", "renewals", "signatures", "amendments", "terminations", "reviews")
    once = ["cancelled_on", "superseded_on", *(["signed"] if facts.signatures else [])]
    values: dict[str, Any] = {name: kept(getattr(facts, name)) for name in lists}
    values |= {name: None for name in once if not is_known(getattr(facts, name))}
    return replace(facts, **values)


@settings(max_examples=600, deadline=None)
@given(any_facts, st.one_of(near, near, days))
def test_what_happens_later_changes_nothing(facts: Facts, day: date) -> None:
    # How it ended is explained by the fact that ended it; without that the stage would hold on every day.
    assume(facts.stage not in (Stage.CANCELLED, Stage.SUPERSEDED, Stage.TERMINATED))
    assert standing(facts, day) == standing(known_by(facts, day), day)


@settings(max_examples=300, deadline=None)
@given(facts_with(whole), st.one_of(near, near, days))
def test_what_holds_is_what_was_said_last(facts: Facts, day: date) -> None:
    oracle, found = Oracle(facts, day), holding(facts, day)
    assert (found.stage, found.signed) == (oracle.stage(), oracle.signed())
    assert (found.renewal, found.renewal_term, found.notice) == tuple(
        oracle.held(name, day) for name in ("renewal", "renewal_term", "notice")
    )
    assert found.terminated == (str(oracle.terminated) if oracle.terminated else None)
