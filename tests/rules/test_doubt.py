"""What is unlikely of dates is told; what may fit is not."""

from __future__ import annotations

from datetime import date

import pytest

from mou_cli.rules.doubt import find_doubts

TODAY = date(2025, 5, 10)


@pytest.mark.parametrize(
    ("agreement", "told"),
    [
        ({"signed": "2025-05-11"}, "the day of signature, 11 May 2025, is still to come"),
        ({"signed": "1204-05-01", "starts": "signed"}, "1 May 1204 is before the year 1900"),
        (
            {"signed": "2024-02", "ends": "2023"},
            "the day of signature, February 2024, comes after the end, 2023",
        ),
        (
            {"signed": "2024-02-01", "starts": "signed", "terminated": "2024-01-31"},
            "the day of termination, 31 January 2024, comes before the first day, 1 February 2024",
        ),
    ],
)
def test_date_that_certainly_lies_where_it_seldom_does_is_doubted(agreement: dict[str, str], told: str) -> None:
    assert list(find_doubts(agreement, TODAY, "en")) == [told]


@pytest.mark.parametrize(
    "agreement",
    [
        {},
        {"signed": "2025-05-10", "starts": "2026-01-01", "ends": "open"},
        {"signed": "2025"},
        {"signed": "1900", "ends": "open"},
        {"signed": "2024-02", "ends": "2024"},
        {"signed": "--12-31", "ends": "2020-01-01"},
        {"starts": "2024-02-01", "terminated": "2024"},
        {"starts": "signed", "terminated": "2024"},
    ],
)
def test_date_that_may_fit_is_not_doubted(agreement: dict[str, str]) -> None:
    assert list(find_doubts(agreement, TODAY, "en")) == []
