"""The sheet of a record: read again as it is, it says what is recorded; complaints in it leave no trace."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.fields.kind import Unreadable
from mou_cli.fields.meaning import MEANINGS
from mou_cli.fields.node import Mapping
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.text import LINE, PARAGRAPHS, read_text
from mou_cli.formats.margin import Complaint, Margin
from mou_cli.formats.sheet import Sheet
from mou_cli.formats.yaml_reader import read_record
from mou_cli.rules.text import forbidden_characters
from mou_cli.store.location import Location
from mou_cli.store.opening import open_reader
from mou_cli.views.document import all_documents

if TYPE_CHECKING:
    from mou_cli.fields.node import Mark
    from mou_cli.fields.shape import Document
    from tests.conftest import Mou

TODAY = date(2025, 5, 10)
AWKWARD = "# \n\t!|>-:[]{}&*?%@`'\"\\~,null\x85\u2028\u202e\x1b\u00e9\u0259\U0001f600"


def take_key(_noun: str, text: str, _mark: Mark | None) -> str:
    return text


def uncommented(text: str) -> str:
    """Take the # away before every field that is not set."""
    return "".join(
        line[1:] if line[0] == "#" and line[1:2] not in {" ", "\n", ""} else line for line in text.splitlines(True)
    )


@pytest.mark.parametrize("language", ["en", "az"])
@pytest.mark.parametrize("noun", [noun for noun in SHAPES if noun != "acceptance"])
def test_every_record_of_the_seeds_is_read_as_it_was_written(seeded: Mou, noun: str, language: str) -> None:
    number = 0
    with open_reader(Location(path=seeded.db), 5) as reader:
        for document in all_documents(reader, SHAPES[noun]):
            sheet = Sheet(SHAPES[noun], document, document["key"], language)
            text = sheet.write()
            for each in (text, uncommented(text)):
                filled = sheet.read(each, take_key, TODAY)
                assert (filled.changed, filled.complaints) == ({}, []), document["key"]
            number += 1
    assert number


@pytest.mark.parametrize("noun", SHAPES)
def test_every_field_stands_in_the_sheet_once_with_its_meaning(noun: str) -> None:
    document = {"key": "a", "plan": "p", "year": 2025, "number": "1"}
    text = Sheet(SHAPES[noun], document, "title", "en").write()
    node = read_record(BytesIO(uncommented(text).encode()), lambda _mark, message: pytest.fail(message))
    assert isinstance(node, Mapping)
    fixed = {"key", "ref", "source"} | ({"plan", "year", "number"} if noun == "task" else set())
    names = [f.name for f in SHAPES[noun].fields if f.name not in fixed]
    assert sorted(node.items) == sorted(names)
    assert [name for name in names if name not in MEANINGS] == []
    assert [name for name in names if f"\n# {MEANINGS.label(name)} (" not in text] == []


def test_no_field_has_a_meaning_that_is_not_there() -> None:
    assert set(MEANINGS.codes) <= {f.name for shape in SHAPES.values() for f in shape.fields}


def as_kept(text: str, longest: int) -> str | None:
    """Give a text as it would be recorded; None for one that would not be."""
    try:
        return read_text(text, None, longest)
    except Unreadable:
        return None


texts = st.text(st.sampled_from(AWKWARD) | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
lines = texts.map(lambda text: as_kept(text, LINE)).filter(bool)
paragraphs = texts.map(lambda text: as_kept(text, PARAGRAPHS)).filter(bool)


@given(lines, lines, paragraphs)
def test_every_text_that_can_be_recorded_is_read_as_it_was_written(title: str, tag: str, note: str) -> None:
    document = {"key": "k", "title": {"en": title, "az": tag}, "tags": [tag, title], "note": note}
    sheet = Sheet(SHAPES["agreement"], document, title, "en")
    filled = sheet.read(sheet.write(), take_key, TODAY)
    assert (filled.changed, filled.complaints) == ({}, [])


@given(texts)
def test_a_text_that_can_not_is_complained_of_and_breaks_out_of_nothing(text: str) -> None:
    document: Document = {"key": text, "source": {"document": text}, "title": "t", "note": text}
    sheet = Sheet(SHAPES["agreement"], document, text, "en")
    written = sheet.write()
    assert forbidden_characters(written, multiline=True) == []
    filled = sheet.read(written, take_key, TODAY)
    assert set(filled.changed) <= {"note"}
    if not filled.complaints:
        assert filled.changed.get("note", text) == as_kept(text, PARAGRAPHS)


complaints = st.lists(st.builds(Complaint, st.none() | st.integers(0, 8), texts), min_size=1, max_size=4)


@given(texts, complaints)
def test_complaints_leave_no_trace(text: str, told: list[Complaint]) -> None:
    margin = Margin("en")
    written = margin.write(text, told)
    assert written.startswith("# !")
    assert margin.erase(written) in {text, f"{text}\n"}


def test_a_complaint_stands_above_its_line_and_those_of_no_line_at_the_top() -> None:
    written = Margin("en").write("a: 1\nb: 2", [Complaint(1, "b\x1b"), Complaint(None, "all"), Complaint(7, "end")])
    assert written.splitlines()[1:] == ["# ! all", "a: 1", "# ! b\\x1b", "b: 2", "# ! end"]


def test_complaints_are_counted_in_the_language_asked_for() -> None:
    assert Margin("az").write("a", [Complaint(0, "x")]).startswith("# ! 1 irad, hər biri aid olduğu sətrin üstündədir.")
