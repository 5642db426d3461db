from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.rules.complaint import NotUnderstood
from mou_cli.rules.length import (
    Length,
    add,
    day_after,
    day_before,
    month_days,
    read_length,
    read_notice,
)

days = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("text", "months", "in_days", "canonical"),
    [
        ("3y", 36, 0, "3y"),
        ("30m", 30, 0, "30m"),
        ("90d", 0, 90, "90d"),
        ("1y6m", 18, 0, "18m"),
        ("1y 6m", 18, 0, "18m"),
        ("24m", 24, 0, "2y"),
        ("1y10d", 12, 10, "1y10d"),
        ("18m10d", 18, 10, "18m10d"),
        ("2 years", 24, 0, "2y"),
        ("1 Year", 12, 0, "1y"),
        ("18 months", 18, 0, "18m"),
        ("60 days", 0, 60, "60d"),
        ("6 weeks", 0, 42, "42d"),
        ("3 il", 36, 0, "3y"),
        ("6 ay", 6, 0, "6m"),
        ("90 gün", 0, 90, "90d"),
        ("90 GÜN", 0, 90, "90d"),
        ("5 illik", 60, 0, "5y"),
        ("2 yıl", 24, 0, "2y"),
        ("5 лет", 60, 0, "5y"),
        ("3 месяца", 3, 0, "3m"),
        (" 200y ", 2400, 0, "200y"),
        ("73000d", 0, 73000, "73000d"),
    ],
)
def test_length_is_read_and_written_in_one_form(text: str, months: int, in_days: int, canonical: str) -> None:
    assert read_length(text) == Length(months, in_days)
    assert str(read_length(text)) == canonical


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", '"" is not a length: write 3y, 18m, 1y6m or 90d'),
        ("soon", '"soon" is not a length: write 3y, 18m, 1y6m or 90d'),
        ("-3y", '"-3y" is not a length: write 3y, 18m, 1y6m or 90d'),
        ("1.5y", '"1.5y" is not a length: write 3y, 18m, 1y6m or 90d'),
        ("3", '"3" has no unit: write 3y, 3m or 3d'),
        ("3 semesters", '"semesters" is not a unit of length: write 3y, 18m, 1y6m or 90d'),
        ("0d", '"0d" is no time at all: write at least 1d'),
        ("201y", '"201y" is too long: write at most 200y or 73000d'),
        ("200y1m", '"200y1m" is too long: write at most 200y or 73000d'),
        ("73001d", '"73001d" is too long: write at most 200y or 73000d'),
        ("9" * 5000 + "y", f'"{"9" * 60}…" is too long: write at most 200y or 73000d'),
    ],
)
def test_what_is_no_length_is_refused_with_what_would_be(text: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_length(text)
    assert str(refused.value) == sentence


@given(st.builds(Length, st.integers(0, 2400), st.integers(1, 73000)))
def test_canonical_text_reads_as_the_same_length(length: Length) -> None:
    assert read_length(str(length)) == length


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("3m", "3m"),
        ("60 days", "60d"),
        ("academic-year", "academic-year"),
        ("Academic year", "academic-year"),
        ("tədris ili", "academic-year"),
        ("учебный год", "academic-year"),
    ],
)
def test_notice_is_a_length_or_the_academic_year(text: str, canonical: str) -> None:
    assert read_notice(text) == canonical


def test_refused_notice_names_the_academic_year_too() -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_notice("summer")
    assert str(refused.value) == '"summer" is not a length: write 3y, 18m, 1y6m or 90d, or academic-year'


@pytest.mark.parametrize(
    ("anchor", "months", "in_days", "moved"),
    [
        (date(2024, 1, 31), 1, 0, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, 0, date(2023, 2, 28)),
        (date(2024, 1, 31), 2, 0, date(2024, 3, 31)),
        (date(2024, 2, 29), 12, 0, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, 0, date(2028, 2, 29)),
        (date(1900, 1, 29), 1, 0, date(1900, 2, 28)),
        (date(2024, 1, 31), 1, 1, date(2024, 3, 1)),
        (date(2024, 3, 31), -1, -1, date(2024, 2, 28)),
        (date(2024, 1, 15), -1, 0, date(2023, 12, 15)),
        (date(2024, 12, 31), 0, 1, date(2025, 1, 1)),
        (date(9999, 1, 1), 12, 0, date.max),
        (date(9999, 12, 31), 0, 1, date.max),
        (date(1, 1, 1), -1, 0, date.min),
        (date(1, 1, 1), 0, -1, date.min),
        (date(2024, 1, 1), 0, 10**12, date.max),
    ],
)
def test_months_clamp_once_then_days_follow(anchor: date, months: int, in_days: int, moved: date) -> None:
    assert add(anchor, months, in_days) == moved


@given(days, st.integers(-2400, 2400))
def test_moved_day_is_the_same_day_of_the_month_or_the_months_last(anchor: date, months: int) -> None:
    moved = add(anchor, months, 0)
    assert (moved.year - anchor.year) * 12 + moved.month - anchor.month == months
    assert moved.day == min(anchor.day, calendar.monthrange(moved.year, moved.month)[1])


@given(days, days, st.integers(-2400, 2400), st.integers(-73000, 73000))
def test_adding_keeps_the_order_of_days(one: date, other: date, months: int, in_days: int) -> None:
    assert (add(one, months, in_days) <= add(other, months, in_days)) or one > other


@given(days, st.integers(-73000, 73000))
def test_days_are_added_as_days(anchor: date, in_days: int) -> None:
    assert add(anchor, 0, in_days) == anchor + timedelta(in_days)


@given(st.integers(1, 9999), st.integers(1, 12))
def test_month_has_the_days_of_the_calendar(year: int, month: int) -> None:
    assert month_days(year, month) == calendar.monthrange(year, month)[1]


@given(st.dates())
def test_one_day_on_or_back_is_what_adding_a_day_gives(day: date) -> None:
    assert (day_after(day), day_before(day)) == (add(day, 0, 1), add(day, 0, -1))


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_calendar_s_ends_have_no_day_beyond(day: date) -> None:
    assert (day_after(day), day_before(day)) == (add(day, 0, 1), add(day, 0, -1))
    assert day in {day_after(day), day_before(day)}
