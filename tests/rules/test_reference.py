"""References as they are typed, and which ones they may become."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.rules.reference import begun_reference, read_reference, write_reference

NUMBERS = st.integers(1, 999_999_999)


@pytest.mark.parametrize(
    ("begun", "numbers"),
    [
        ("2026-001", [(1, 1), (1, 1)]),
        ("2026-01", [(1, 1), (10, 19)]),
        ("2026-0", [(0, 0), (0, 99)]),
        ("2026-0012", [(12, 12)]),
        ("2026-12345678", [(12345678, 12345678), (12345678, 12345678), (123456780, 123456789)]),
        (" 2026-123456789 ", [(123456789, 123456789), (123456789, 123456789)]),
    ],
)
def test_a_reference_that_is_begun_may_have_these_numbers(begun: str, numbers: list[tuple[int, int]]) -> None:
    assert begun_reference(begun) == (2026, numbers)


@pytest.mark.parametrize("begun", ["", "2026", "2026-", "2026-1x", "0026-1", "2026-1234567890", "khazar-uit"])
def test_what_has_no_digit_of_a_number_is_no_reference_begun(begun: str) -> None:
    assert begun_reference(begun) is None


@given(NUMBERS, st.text("0123456789", min_size=1, max_size=9))
def test_a_number_is_offered_where_it_is_written_so_or_is_the_very_one(number: int, digits: str) -> None:
    written, begun = write_reference(2026, number), f"2026-{digits}"
    found = begun_reference(begun)
    assert found is not None
    is_meant = written.startswith(begun) or read_reference(begun) == (2026, number)
    assert any(first <= number <= last for first, last in found[1]) == is_meant


@given(NUMBERS, st.integers(1, 9))
def test_a_number_is_offered_at_each_of_its_digits(number: int, length: int) -> None:
    _year, _, digits = write_reference(2026, number).partition("-")
    found = begun_reference(f"2026-{digits[:length]}")
    assert found is not None
    assert any(first <= number <= last for first, last in found[1])
