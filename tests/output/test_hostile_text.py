"""Nothing in the data runs or gets lost on its way to a program."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from typing import TYPE_CHECKING

import pytest
import yaml  # noqa: TID253 - what is written is read back
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.output.delimited import clean, guard
from mou_cli.output.form import Form
from mou_cli.output.show import show_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mou_cli.output.column import Row

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\t\n\r\\'\"=+-@;,| \x1b\x7f\x85\x9b\u200b\u202e\u2066\ufeff<&")),
    max_size=30,
)
OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | HOSTILE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(HOSTILE, inner, max_size=3),
    max_leaves=8,
)


def many(
    rows: list[Row], form: Form, columns: Sequence[str] | None = None, noun: str = "agreement", language: str = "en"
) -> str:
    stream = StringIO(newline="")
    count = show_many(rows, noun, form=form, columns=columns, language=language, stream=stream)
    assert count == len(rows)
    return stream.getvalue()


def unguard(text: str) -> str:
    """Take off the apostrophe that `guard` has put there, and no other."""
    bare = text.removeprefix("'")
    return bare if bare != text and guard(bare) == text else text


def tsv_meaning(cell: str) -> str:
    named = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    escape = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))")
    return escape.sub(lambda m: named[m[4]] if m[4] else chr(int(m[1] or m[2] or m[3], 16)), cell)


@given(HOSTILE, HOSTILE)
def test_tsv_cells_give_back_the_text(first: str, second: str) -> None:
    text = many([{"note": first, "unit": second}], Form.TSV, ["note", "unit"], "plan")
    header, line, end = text.split("\n")
    assert (header, end) == ("note\tunit", "")
    assert [tsv_meaning(cell) for cell in line.split("\t")] == [first, second]
    assert OBEYED.search(text) is None


@given(HOSTILE)
def test_csv_cells_give_back_the_text_with_controls_made_visible(note: str) -> None:
    text = many([{"note": note, "key": "p"}], Form.CSV, ["key", "note"], "plan")
    rows = list(csv.reader(StringIO(text, newline="")))
    assert [len(row) for row in rows] == [2, 2]
    assert unguard(rows[1][1]) == clean(note)
    assert OBEYED.search(text.replace("\r\n", "")) is None


@given(st.lists(HOSTILE | st.none() | st.integers(), min_size=1, max_size=3))
def test_csv_is_what_the_library_would_write_of_the_cells(values: list[str | int | None]) -> None:
    names = ("note", "unit", "title")[: len(values)]
    library = StringIO(newline="")
    cells = [guard(clean(value)) if isinstance(value, str) else value for value in values]
    csv.writer(library, lineterminator="\r\n").writerows([names, cells])
    assert many([dict(zip(names, values, strict=True))], Form.CSV, names, "plan") == library.getvalue()


@given(st.text(st.sampled_from("'=+-@\t\r\n 1a.,%"), max_size=8))
def test_guard_can_be_taken_off_again(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text) in {text, f"'{text}"}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "  -x",
        "\xa0=1",
        "\n@x",
        "'=1",
        "'-5",
        "=",
        "+994 12 421",
        "-",
    ],
)
def test_formulas_are_guarded(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "-5", "+3.5", "-3,5", "-5%", "--03-04", "2024-05-01", "'a", "1-2"])
def test_plain_texts_numbers_and_dates_are_not_guarded(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


def test_guard_is_for_csv_alone() -> None:
    row = {"note": "=1+1", "title": " @x"}
    assert many([row], Form.CSV, ["note", "title"], "plan") == "note,title\r\n'=1+1,' @x\r\n"
    assert many([row], Form.TSV, ["note", "title"], "plan") == "note\ttitle\n=1+1\t @x\n"
    assert many([row], Form.JSONL, ["note", "title"], "plan") == '{"note": "=1+1", "title": " @x"}\n'


@given(st.lists(st.dictionaries(HOSTILE, JSON_VALUES, max_size=4), max_size=4))
def test_json_gives_back_the_rows(rows: list[Row]) -> None:
    text = many(rows, Form.JSON)
    assert json.loads(text) == rows
    assert OBEYED.search(text) is None
    lines = many(rows, Form.JSONL)
    assert [json.loads(line) for line in lines.split("\n")[:-1]] == rows
    text.encode()


@given(st.dictionaries(HOSTILE, JSON_VALUES, min_size=1, max_size=4))
def test_yaml_gives_back_the_row(row: Row) -> None:
    text = many([row], Form.YAML)
    assert OBEYED.search(text) is None
    assert yaml.load(text, Loader=yaml.SafeLoader) == [row]
    text.encode()


def test_json_escapes_what_a_terminal_obeys_and_nothing_else() -> None:
    row = {"name": "Xəzər \u202eabc \x1b[2J \x9b \u200d \U000e0001 \ud800"}
    assert many([row], Form.JSONL) == ('{"name": "Xəzər \\u202eabc \\u001b[2J \\u009b \u200d \U000e0001 \\ud800"}\n')


@given(HOSTILE)
def test_markdown_row_is_one_line_of_its_cells(note: str) -> None:
    text = many([{"key": "p", "note": note}], Form.MARKDOWN, ["key", "note"], "plan")
    assert len(text.splitlines()) == 3
    line = text.splitlines()[2]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3
    assert "<" not in line.replace("<br>", "")
    assert OBEYED.search(line) is None
