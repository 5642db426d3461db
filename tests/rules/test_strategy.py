from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.rules.strategy import clean_code, code_sort_key, is_strategy_code

GROUPS = st.lists(st.integers(0, 10**9 - 1), min_size=1, max_size=8)


def dotted(groups: list[int]) -> str:
    return ".".join(map(str, groups))


@pytest.mark.parametrize(
    ("text", "code"),
    [("2.3.1", "2.3.1"), (" 2.3.1. ", "2.3.1"), ("5.", "5"), ("5. .", "5"), ("1a.", "1a"), (".", ""), ("", "")],
)
def test_cleaning_strips_what_surrounds_a_code(text: str, code: str) -> None:
    assert clean_code(text) == code


@pytest.mark.parametrize("code", ["4", "4.2", "4.2.14", "10.0.3", "1.2.3.4.5.6.7.8"])
def test_groups_of_digits_joined_by_dots_are_a_code(code: str) -> None:
    assert is_strategy_code(code)


@pytest.mark.parametrize(
    "text",
    ["", ".", "4.", ".4", "4..2", "4 2", "4.2 ", "4,2", "1a", "a", "1.2.3.4.5.6.7.8.9", "٤.٢", "4.2\n", "²", "1" * 10],
)
def test_anything_else_is_no_code(text: str) -> None:
    assert not is_strategy_code(text)


def test_task_numbers_sort_as_people_count() -> None:
    numbers = [
        "1",
        "1.1",
        "1.2",
        "1.10",
        "1a",
        "1b",
        "1ç",
        "1d",
        "2",
        "5.1",
        "5.2",
        "5.10",
        "10",
        "a",
        "a1",
        "a2",
        "a10",
    ]
    keys = [code_sort_key(number).encode() for number in numbers]
    assert keys == sorted(set(keys))


def test_spellings_of_one_code_share_a_key() -> None:
    assert {code_sort_key(code) for code in ("1.2", "1.2.", "01.02", " 1 . 2 ", "1-2")} == {code_sort_key("1.2")}
    assert code_sort_key("") == ""
    assert code_sort_key("0") == code_sort_key("000")


@given(GROUPS, GROUPS)
def test_binary_order_is_the_numeric_order(left: list[int], right: list[int]) -> None:
    keys = [code_sort_key(dotted(groups)).encode() for groups in (left, right)]
    assert (keys[0] < keys[1]) is (left < right)
    assert (keys[0] == keys[1]) is (left == right)


@given(st.integers(0, 10**60), st.integers(0, 10**60))
def test_numbers_of_any_length_keep_their_order(left: int, right: int) -> None:
    assert (code_sort_key(str(left)) < code_sort_key(str(right))) is (left < right)


@given(GROUPS)
def test_dotted_numbers_are_codes(code: list[int]) -> None:
    assert is_strategy_code(dotted(code))


@given(st.text(max_size=30))
def test_any_text_has_a_key(text: str) -> None:
    assert code_sort_key(text) == code_sort_key(f" {text} ")
    assert clean_code(clean_code(text)) == clean_code(text)
