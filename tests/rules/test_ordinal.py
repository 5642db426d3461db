"""Ordinals in figures end as they are spoken."""

from __future__ import annotations

import pytest

from mou_cli.rules.ordinal import ordinal


@pytest.mark.parametrize(
    "written",
    [
        *("1-ci", "2-ci", "3-cü", "4-cü", "5-ci", "6-cı", "7-ci", "8-ci", "9-cu"),
        *("10-cu", "20-ci", "30-cu", "40-cı", "50-ci", "60-cı", "70-ci", "80-ci", "90-cı"),
        *("100-cü", "1000-ci", "1900-cü", "1993-cü", "1999-cu", "2000-ci", "2006-cı", "2010-cu", "2013-cü", "2016-cı"),
        *("2019-cu", "2020-ci", "2023-cü", "2024-cü", "2025-ci", "2026-cı", "2027-ci", "2030-cu", "2040-cı", "2100-cü"),
    ],
)
def test_the_ending_is_in_harmony_with_the_last_word_that_is_spoken(written: str) -> None:
    assert ordinal(int(written.partition("-")[0])) == written
