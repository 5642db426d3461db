from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.rules.length import Length
from mou_cli.rules.renewal import known_terms
from mou_cli.rules.term import ENDLESS, EndsWhy, Facts, RenewalFact, Run, Term, notice_by
from mou_cli.vocabulary import Renewal

if TYPE_CHECKING:
    from mou_cli.rules.date import Interval

TODAY = date(2026, 2, 11)
lengths = st.builds(Length, st.integers(0, 60), st.integers(1, 400))
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def exactly(text: str) -> Interval:
    day = date.fromisoformat(text)
    return day, day


@pytest.mark.parametrize(
    ("last", "notice", "by"),
    [
        ("2026-08-28", "2m", "2026-06-28"),
        ("2024-07-31", "3m", "2024-04-30"),
        ("2024-12-31", "3m", "2024-09-30"),
        ("2024-12-31", "90d", "2024-10-02"),
        ("2024-03-30", "1m", "2024-02-28"),
        ("2024-02-29", "1m10d", "2024-01-21"),
        ("2027-08-31", "academic-year", "2026-09-01"),
        ("2027-08-30", "academic-year", "2025-09-01"),
        ("2027-12-31", "academic-year", "2026-09-01"),
    ],
)
def test_notice_is_counted_back_from_the_day_after_the_last(last: str, notice: str, by: str) -> None:
    assert notice_by(exactly(last), notice) == date.fromisoformat(by)


def test_notice_is_counted_from_the_earliest_possible_last_day() -> None:
    assert notice_by((date(2027, 1, 1), date(2027, 12, 31)), "3m") == date(2026, 10, 1)


@given(days, st.one_of(st.just("academic-year"), lengths.map(str)))
def test_notice_day_is_before_the_last_day(last: date, notice: str) -> None:
    assert notice_by((last, last), notice) < last


def test_both_ends_of_an_unknown_day_are_computed() -> None:
    facts = Facts(starts="2024-02", term="1y", renewal="tacit", renewal_term="1y", notice="1m")
    terms = known_terms(facts, TODAY).running(date.min)
    assert next(terms) == Term(
        0,
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2025, 1, 31), date(2025, 2, 27)),
        EndsWhy.COMPUTED,
        date(2024, 12, 31),
    )
    assert next(terms) == Term(
        1,
        (date(2025, 2, 1), date(2025, 2, 28)),
        (date(2026, 1, 31), date(2026, 2, 27)),
        EndsWhy.COMPUTED,
        date(2025, 12, 31),
    )


def test_stated_end_known_to_the_year_is_that_years_days() -> None:
    (term,) = known_terms(Facts(starts="2024-05-01", ends="2027"), TODAY).running(TODAY)
    assert term == Term(0, exactly("2024-05-01"), (date(2027, 1, 1), date(2027, 12, 31)), EndsWhy.STATED, None)


@pytest.mark.parametrize(
    ("facts", "term"),
    [
        (Facts(), Term(None, None, None, EndsWhy.UNSTATED, None)),
        (Facts(starts="2024"), Term(0, (date(2024, 1, 1), date(2024, 12, 31)), None, EndsWhy.UNSTATED, None)),
        (Facts(starts="2024-05-01", ends="open"), Term(0, exactly("2024-05-01"), None, EndsWhy.OPEN, None)),
        (Facts(term="3y", signed="2024-05-01"), Term(None, None, None, EndsWhy.START_UNKNOWN, None)),
        (Facts(starts="--05-01", term="3y"), Term(None, None, None, EndsWhy.START_UNKNOWN, None)),
        (Facts(starts="signed", term="3y"), Term(None, None, None, EndsWhy.START_UNKNOWN, None)),
        (Facts(ends="2024-12-31"), Term(0, None, exactly("2024-12-31"), EndsWhy.STATED, None)),
        # The renewal says when the second term ends; the first one's end stays unknown.
        (
            Facts(starts="2020-01-01", renewals=(RenewalFact("2024-01-01", until="2030-12-31"),)),
            Term(1, None, exactly("2030-12-31"), EndsWhy.STATED, None),
        ),
    ],
)
def test_what_nothing_says_stays_unknown(facts: Facts, term: Term) -> None:
    assert list(known_terms(facts, TODAY).running(TODAY)) == [term]


@given(days, lengths, st.integers(1, 400), days)
def test_place_is_the_first_that_reaches_the_day(anchor: date, step: Length, size: int, day: date) -> None:
    run = Run(0, size, None, (anchor, anchor), step, step, None, EndsWhy.COMPUTED)
    expected = next((place for place in range(size) if run.last(place)[1] >= day), size)
    assert run.place_where(lambda last: last[1] >= day) == expected


def test_endless_terms_reach_the_end_of_the_calendar_at_once() -> None:
    start = (date(2000, 1, 1), date(2000, 1, 1))
    run = Run(0, ENDLESS, None, start, Length(0, 1), Length(0, 1), None, EndsWhy.COMPUTED)
    place = run.place_where(lambda last: last[1] >= date.max)
    assert (place, run.last(place)[1]) == ((date.max - date(2000, 1, 1)).days - 1, date.max)


@given(days, lengths, lengths, st.sampled_from([None, 0, 3]), st.lists(days, max_size=3))
def test_terms_neither_overlap_nor_leave_a_gap(
    start: date, term: Length, renewal_term: Length, most: int | None, renewed: list[date]
) -> None:
    facts = Facts(
        starts=start.isoformat(),
        term=str(term),
        renewal=Renewal.TACIT,
        renewal_term=str(renewal_term),
        renewal_max=most,
        renewals=tuple(RenewalFact(on.isoformat(), term=str(term)) for on in renewed),
    )
    terms = [term for term, _ in zip(known_terms(facts, date.max).running(date.min), range(40), strict=False)]
    assert terms[0].first == (start, start)
    for one, following in pairwise(terms):
        assert one.last
        assert following.number == (one.number or 0) + 1
        assert following.first == (one.last[0] + timedelta(1), one.last[1] + timedelta(1))
