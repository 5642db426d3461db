"""Dates in words are as exact as they are known."""

from __future__ import annotations

import pytest

from mou_cli.rules.wording import long_date


@pytest.mark.parametrize(
    ("stored", "english", "azerbaijani"),
    [
        ("2027-04-30", "30 April 2027", "30 aprel 2027"),
        ("2024-05-01", "1 May 2024", "1 may 2024"),
        ("2027-09", "September 2027", "sentyabr 2027"),
        ("1993", "1993", "1993"),
        ("--03-04", "4 March", "4 mart"),
        ("--12-31", "31 December", "31 dekabr"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(stored: str, english: str, azerbaijani: str) -> None:
    assert (long_date(stored, "en"), long_date(stored, "az")) == (english, azerbaijani)
