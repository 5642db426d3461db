"""Nothing is lost or broken that should be whole, at any width."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.output.column import Row, as_text
from mou_cli.output.form import Form
from mou_cli.output.layout import cells, fit, need, wrap
from mou_cli.output.nouns import SAMPLE
from mou_cli.output.show import show_many
from tests.output.streams import columns_of

ODD = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("ab \n\t\x1b\x9b\u202e\u200d\u0301北عæ[]/\\:=")),
    max_size=60,
)


def drawn(rows: list[Row], columns: list[str], width: int) -> str:
    stream = StringIO()
    with columns_of(width):
        show_many(rows, "agreement", form=Form.TABLE, columns=columns, stream=stream)
    return stream.getvalue()


@pytest.mark.parametrize("width", [1, 7, 20, 33, 47, 79, 200, 500])
def test_no_identifier_is_broken_at_any_width(agreements: list[Row], width: int) -> None:
    key = "a-key-that-is-rather-long-2024-international"
    agreements[0]["key"] = key
    page = drawn(agreements, ["key", "partner", "country"], width)
    if width >= len(key):
        assert key in page
    else:
        assert key in re.sub(r"\s", "", page)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(ODD, st.integers(11, 60))
def test_everything_of_a_value_is_shown_at_any_width(value: str, width: int) -> None:
    row = {"ref": "2024-001", "title": value, "texts": {}}
    shown, unbroken = (drawn([row], ["title"], room) for room in (width, 10_000))
    assert squeezed(shown).replace("─", "") == squeezed(unbroken).replace("─", "")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


@given(st.lists(ODD, min_size=1, max_size=4), st.integers(30, 100))
def test_many_rows_look_as_a_few_do(titles: list[str], width: int) -> None:
    rows = [{"ref": f"2024-{n:03}", "title": title, "texts": {}} for n, title in enumerate(titles, 1)]
    few = many = ""
    for times in (1, SAMPLE + 1):
        few, many = many, drawn(rows * times, ["title", "ref"], width)
    assert many.startswith(few)


@given(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 5)), min_size=1, max_size=8), st.integers(1, 200))
def test_columns_take_no_more_than_there_is_and_no_more_than_they_need(
    columns: list[tuple[int, int]], available: int
) -> None:
    needs = [need(["x" * length], "text", weight) for length, weight in columns]
    widths = fit(needs, available)
    if widths is None:
        assert sum(min(length, 8) for length, _ in columns) > available
    else:
        wanted = [length for length, _ in columns]
        assert sum(widths) == min(available, sum(wanted))
        assert all(min(length, 8) <= width <= length for width, length in zip(widths, wanted, strict=True))


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=40), st.integers(2, 20))
def test_wrapped_lines_fit_and_hold_every_character(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines) == text
    assert all(cells(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (True, "yes"),
        (["a", None, "b"], "a; b"),
        ([{"key": "k", "name": "Name"}, {"key": "l", "name": None}], "Name; l"),
        ({"en": "one", "az": "bir"}, "one"),
        ({"years": 2, "note": None}, "years 2"),
    ],
)
def test_any_value_has_a_text(value: object, text: str) -> None:
    assert as_text(value, "en") == text
