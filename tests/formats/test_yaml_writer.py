from __future__ import annotations

import io
from itertools import islice, repeat
from typing import TYPE_CHECKING

import pytest
import yaml  # noqa: TID253 -- another reader, to compare with
from hypothesis import example, given
from hypothesis import strategies as st

from mou_cli.fields.node import Node, Scalar, Sequence
from mou_cli.formats.yaml_reader import read_record, read_yaml
from mou_cli.formats.yaml_writer import Plain, write_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mou_cli.fields.node import Mark


def dump_record(record: Mapping[str, object]) -> str:
    """Write one record, as it stands in a section, without the section's name and the dash."""
    stream = io.StringIO()
    write_yaml([("records", iter([dict(record)]))], stream)
    lines = stream.getvalue().splitlines(keepends=True)[1:]
    return "".join(line[2:] if line != "\n" else line for line in lines)


def fail(mark: Mark | None, sentence: str) -> None:
    raise AssertionError((mark and (mark.line, mark.column), sentence))


def content(node: Node) -> object:
    if isinstance(node, Scalar):
        return None if node.is_null else node.value
    if isinstance(node, Sequence):
        return [content(item) for item in node.items]
    return {key: content(item) for key, item in node.items.items()}


def read_back(text: str) -> object:
    node = read_record(io.BytesIO(text.encode()), fail)
    assert node is not None
    return content(node)


def written(document: Iterable[tuple[str, object]]) -> str:
    stream = io.StringIO()
    write_yaml(document, stream)
    return stream.getvalue()


RECORD: dict[str, object] = {
    "key": "uit-2024",
    "title": {"az": "Anlaşma", "en": "Agreement: joint"},
    "names": [{"text": "UiT", "kind": "acronym"}, "Tromsø"],
    "country": "NO",
    "parties": ["adu", {"institution": "uit", "unit": "Law", "role": "coordinator"}],
    "exchange": [{"from": "adu", "level": [6, 7], "isced": ["0421"]}],
    "signed": Plain("2024-05-01"),
    "renewal_max": 2,
    "public": True,
    "reason": None,
    "note": "First line.\n\nSecond: line.\n",
    "areas": [],
    "source": {"document": "list.csv", "line": 12},
}

RECORD_TEXT = """\
key: uit-2024
title:
  az: Anlaşma
  en: 'Agreement: joint'
names:
- {text: UiT, kind: acronym}
- Tromsø
country: 'NO'
parties:
- adu
- {institution: uit, unit: Law, role: coordinator}
exchange:
- from: adu
  level: [6, 7]
  isced: ['0421']
signed: 2024-05-01
renewal_max: 2
public: true
reason: null
note: |
  First line.

  Second: line.
areas: []
source: {document: list.csv, line: 12}
"""


def test_a_record_is_written_for_people() -> None:
    assert dump_record(RECORD) == RECORD_TEXT


def test_sections_stand_in_the_order_given_and_records_in_block_style() -> None:
    document = [
        ("format", "mou/1"),
        ("home", ["adu"]),
        ("institutions", [{"key": "adu", "name": "ADU"}, {"key": "uit"}]),
        ("agreements", iter([{"key": "x", "source": {"line": 1}}])),
        ("events", iter(())),
        ("references", {"2026": 131}),
    ]
    assert written(document) == (
        "format: mou/1\nhome: [adu]\ninstitutions:\n- key: adu\n  name: ADU\n- key: uit\n"
        "agreements:\n- key: x\n  source: {line: 1}\nreferences:\n  '2026': 131\n"
    )


def test_records_are_written_as_they_come() -> None:
    stream = io.StringIO()
    seen = 0

    def records() -> Iterator[dict[str, str]]:
        nonlocal seen
        for record in islice(repeat({"key": "k" * 100}), 2000):
            seen = max(seen, stream.tell())
            yield record

    write_yaml([("agreements", records())], stream)
    assert seen > 150_000


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "~",
            "null",
            "NULL",
            "yes",
            "No",
            "ON",
            "off",
            "y",
            "N",
            "true",
            "FALSE",
            "=",
            "<<",
            ".inf",
            "-.INF",
            ".nan",
        ),
        *(
            "012",
            "0o14",
            "0x1F",
            "0b11",
            "1_000",
            "12",
            "-5",
            "+1",
            "1.10",
            ".5",
            "5.",
            "1e5",
            "1E+5",
            "12:30",
            "1:2:3.5",
        ),
        *("2024-05-01", "2024-05-01T10:00:00Z", "2001-12-14 21:59:43.10 -5", "--03-04", "1993-05"),
        *(
            " x",
            "x ",
            "a: b",
            "a #b",
            "#a",
            "- a",
            "-",
            "?",
            ":",
            "a:",
            "[a",
            "{a",
            "]",
            ",",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
        ),
        *("'a'", '"a"', "%a", "@a", "`a", "...", "---", "a\tb", "\t", "a\\b"),
    ],
)
def test_a_text_stays_a_text_for_every_reader(text: str) -> None:
    record = {"x": text, "list": [text, {text: text}]}
    assert yaml.safe_load(dump_record(record)) == record
    assert read_back(dump_record(record)) == record


@pytest.mark.parametrize(
    "text", ["mou/1", "Baku, Azerbaijan", "5 years", "2024/2025–2026/2027", "2nd floor", "May ayında"]
)
def test_a_text_nobody_mistakes_stands_without_quotes(text: str) -> None:
    assert dump_record({"x": text}) == f"x: {text}\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("2024-05-01", "2024-05-01"),
        ("--03-04", "--03-04"),
        ("012", "012"),
        ("NO", "NO"),
        ("null", "'null'"),
        ("~", "'~'"),
        ("", "''"),
        ("a: b", "'a: b'"),
        ("a\nb\t", '"a\\nb\\t"'),
    ],
)
def test_a_plain_value_is_quoted_only_where_it_would_mean_something_else(text: str, line: str) -> None:
    assert dump_record({"x": Plain(text)}) == f"x: {line}\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb", "|-\n  a\n  b\n"),
        ("a\nb\n", "|\n  a\n  b\n"),
        ("a\n\n  b # c: d", "|-\n  a\n\n    b # c: d\n"),
        ("---\n- a", "|-\n  ---\n  - a\n"),
        ("\n", '"\\n"\n'),
        ("a\n\n", '"a\\n\\n"\n'),
        (" a\nb", '" a\\nb"\n'),
        ("a \nb", '"a \\nb"\n'),
        ("a\n\tb", '"a\\n\\tb"\n'),
        ("a\r\nb", '"a\\r\\nb"\n'),
        ("a\u2028b\x85", '"a\\Lb\\N"\n'),
    ],
)
def test_lines_stand_as_lines_where_nothing_is_lost(text: str, lines: str) -> None:
    assert dump_record({"x": text}) == f"x: {lines}"
    assert read_back(dump_record({"x": text})) == {"x": text}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["a" * 48, "b" * 48], f"x: [{'a' * 48}, {'b' * 48}]\n"),
        (["a" * 48, "b" * 49], f"x:\n- {'a' * 48}\n- {'b' * 49}\n"),
        (["a", "b\nc"], "x:\n- a\n- |-\n  b\n  c\n"),
        ([{"a": 1, "b": 2, "c": 3, "d": 4}], "x:\n- {a: 1, b: 2, c: 3, d: 4}\n"),
        ([{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}], "x:\n- a: 1\n  b: 2\n  c: 3\n  d: 4\n  e: 5\n"),
        ([{"a": [1]}], "x:\n- a: [1]\n"),
        ({"a": 1}, "x:\n  a: 1\n"),
        ([], "x: []\n"),
        ({}, "x: {}\n"),
    ],
)
def test_what_is_short_and_flat_stands_on_one_line(value: object, text: str) -> None:
    assert dump_record({"x": value}) == text


def test_a_long_text_is_not_folded() -> None:
    text = "word " * 1000 + "end"
    assert dump_record({"x": text}) == f"x: {text}\n"


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError, match=r"^float has no place in a record's YAML$"):
        dump_record({"x": 1.5})


texts = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    st.sampled_from("ab01 \n\t:#-'\"\\[]{},|>.é😀\u2028\x85\r\ufeff")
)
# A key may take up to a thousand characters, which escapes multiply.
records = st.dictionaries(
    texts.map(lambda text: text[:80]),
    st.recursive(
        st.none() | texts,
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(texts.map(lambda text: text[:80]), inner, max_size=5)
        ),
        max_leaves=20,
    ),
    min_size=1,
    max_size=5,
)


@given(records)
@example({"source": {"a": "x, y", "": "?"}, "k" * 200: ["'", "? a", "a ?b", "::"], "two\nlines": None})
def test_what_is_written_is_read_back_by_us_and_by_others(record: dict[str, object]) -> None:
    text = dump_record(record)
    assert read_back(text) == record
    assert yaml.safe_load(text) == record
    assert dump_record(record) == text


@given(st.lists(records, max_size=4))
def test_streamed_records_are_read_back_item_by_item(items: list[dict[str, object]]) -> None:
    text = written([("format", "mou/1"), ("agreements", iter(items))])
    sections = [(name, content(node)) for name, _, node in read_yaml(io.BytesIO(text.encode()), fail)]
    assert sections == [("format", "mou/1"), *(("agreements", item) for item in items)]
    assert written([("format", "mou/1"), ("agreements", items)]) == (text if items else text + "agreements: []\n")
