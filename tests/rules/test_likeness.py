"""How much names are alike: the same both ways, never more than 100, and quickly told among thousands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.rules.likeness import find_alike, likeness, read_name

NAMES = st.lists(
    st.sampled_from(["baku", "bakı", "state", "university", "universiteti", "york", "of", "12", "13", "ganja"]),
    max_size=5,
).map(" ".join)


def words(text: str) -> tuple[str, ...]:
    return read_name("key", text).words


@given(NAMES, NAMES)
def test_a_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    assert likeness(words(one), words(other)) == pytest.approx(likeness(words(other), words(one)))
    assert 0 <= likeness(words(one), words(other)) <= 100.0001


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("Baku State University", "Bakı Dövlət Universiteti", 100),
        ("University of York", "York University", 97),
        ("University of York", "University of the York", 100),
        ("Lyceum 12", "Lyceum 13", 0),
        ("Harvard", "Harvard University", 95),
        ("Baku Music Academy", "Baku Music College", 80),
        ("Baku State University", "Baku State Institute", 74),
        ("The University", "University", 0),
        ("", "", 0),
    ],
)
def test_words_count_by_what_they_tell(one: str, other: str, score: float) -> None:
    assert likeness(words(one), words(other)) == pytest.approx(score, abs=0.5)


def test_two_are_told_once_with_the_names_that_are_most_alike() -> None:
    names = [("a", "Baku State University"), ("a", "BSU of Baku"), ("b", "Bakı Dövlət Universiteti"), ("c", "Ganja")]
    (found,) = find_alike((read_name(*name) for name in names), 88)
    assert (found.one.text, found.other.text, round(found.score)) == (names[0][1], names[2][1], 100)


def test_names_of_common_words_alone_are_met_among_many_that_have_these() -> None:
    others = (read_name(f"x{n}", f"Baku {chr(0x430 + n % 32) * (n % 5 + 5)} University") for n in range(100))
    two = (read_name("a", "Baku State University"), read_name("b", "Bakı Dövlət Universiteti"))
    assert ("a", "b") in [(found.one.key, found.other.key) for found in find_alike((*others, *two), 88)]
