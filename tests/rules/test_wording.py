"""Dates and lengths in words."""

from __future__ import annotations

import pytest

from mou_cli.rules.wording import long_date, long_interval, long_length, times


@pytest.mark.parametrize(
    ("stored", "english", "azerbaijani"),
    [
        ("2027-04-30", "30 April 2027", "30 aprel 2027-ci il"),
        ("2024-05-01", "1 May 2024", "1 may 2024-cü il"),
        ("2027-04", "April 2027", "aprel 2027-ci il"),
        ("1995", "1995", "1995-ci il"),
        ("--03-04", "4 March", "4 mart"),
        ("--10-20", "20 October", "20 oktyabr"),
        ("", "", ""),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(stored: str, english: str, azerbaijani: str) -> None:
    assert (long_date(stored, "en"), long_date(stored, "az")) == (english, azerbaijani)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2027-01-01", "2027-01-01", "1 January 2027"),
        ("2027-01-01", "2027-12-31", "between 1 January and 31 December 2027"),
        ("2026-12-31", "2027-12-30", "between 31 December 2026 and 30 December 2027"),
    ],
)
def test_an_uncertain_day_lies_between_two(first: str, last: str, said: str) -> None:
    assert long_interval(first, last, "en") == said


def test_an_uncertain_day_is_said_in_azerbaijani() -> None:
    assert long_interval("2027-01-01", "2027-12-31", "az") == "1 yanvar ilə 31 dekabr 2027-ci il arasında"


@pytest.mark.parametrize(
    ("stored", "english", "azerbaijani"),
    [
        ("3y", "3 years", "3 il"),
        ("1y", "1 year", "1 il"),
        ("1m", "1 month", "1 ay"),
        ("18m", "18 months", "18 ay"),
        ("90d", "90 days", "90 gün"),
        ("1d", "1 day", "1 gün"),
        ("1y1d", "1 year and 1 day", "1 il və 1 gün"),
        ("18m10d", "18 months and 10 days", "18 ay və 10 gün"),
    ],
)
def test_a_length_is_said_in_its_own_units(stored: str, english: str, azerbaijani: str) -> None:
    assert (long_length(stored, "en"), long_length(stored, "az")) == (english, azerbaijani)


def test_how_often() -> None:
    assert [times(number, "en") for number in (1, 2)] == ["once", "2 times"]
    assert times(1, "az") == "1 dəfə"
