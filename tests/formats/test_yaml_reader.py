from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.fields.node import Mapping, Node, Scalar, Sequence
from mou_cli.formats.yaml_reader import DEEPEST, read_yaml

if TYPE_CHECKING:
    from mou_cli.fields.node import Mark

# A plain scalar is shown as its text, a quoted one in angle brackets.
Shown: TypeAlias = "str | list[Shown] | dict[str, Shown]"
Complaint: TypeAlias = tuple[int, int, str]


def shown(node: Node) -> Shown:
    if isinstance(node, Scalar):
        return node.value if node.plain else f"<{node.value}>"
    if isinstance(node, Sequence):
        return [shown(item) for item in node.items]
    return {key: shown(item) for key, item in node.items.items()}


class Complaints(list[Complaint]):
    """Every complaint as line and column, counted from 1 (0 where there is no place), and sentence."""

    def __call__(self, mark: Mark | None, sentence: str) -> None:
        self.append((mark.line + 1, mark.column + 1, sentence) if mark else (0, 0, sentence))


def read(data: bytes) -> tuple[list[tuple[str, int, Shown]], Complaints]:
    complaints = Complaints()
    sections = [(name, mark.line + 1, shown(node)) for name, mark, node in read_yaml(io.BytesIO(data), complaints)]
    return sections, complaints


def sections_of(data: bytes) -> list[tuple[str, int, Shown]]:
    sections, complaints = read(data)
    assert complaints == []
    return sections


def complaints_of(data: bytes) -> Complaints:
    return read(data)[1]


def test_a_list_comes_item_by_item_and_other_sections_whole() -> None:
    data = (
        b"format: mou/1\nhome: [a, b]\nagreements:\n  - key: x\n    areas: [p, 'q']\n  - key: y\n"
        b"references: {2026: 131}\n"
    )
    assert sections_of(data) == [
        ("format", 1, "mou/1"),
        ("home", 2, "a"),
        ("home", 2, "b"),
        ("agreements", 3, {"key": "x", "areas": ["p", "<q>"]}),
        ("agreements", 3, {"key": "y"}),
        ("references", 7, {"2026": "131"}),
    ]


def test_an_empty_list_yields_nothing() -> None:
    assert sections_of(b"agreements: []\nhome: a\n") == [("home", 2, "a")]


@pytest.mark.parametrize(
    "text",
    ["NO", "no", "Yes", "on", "true", "012", "0o14", "0x1F", "12:30", "1.10", "1e5", ".inf", ".nan", "2024-02-30", "="],
)
def test_a_text_is_text_whatever_it_looks_like(text: str) -> None:
    assert sections_of(f"x: {text}".encode()) == [("x", 1, text)]


@pytest.mark.parametrize(
    ("written", "is_null"),
    [
        ("null", True),
        ("Null", True),
        ("NULL", True),
        ("~", True),
        ("", True),
        ("nULL", False),
        ("'null'", False),
        ('"~"', False),
        ("|-\n  null", False),
        ("none", False),
    ],
)
def test_only_a_plain_null_clears(written: str, is_null: bool) -> None:  # noqa: FBT001 -- a column of the table
    [(_, _, node)] = read_yaml(io.BytesIO(f"x: {written}\n".encode()), Complaints())
    assert isinstance(node, Scalar)
    assert node.is_null is is_null


def test_every_value_and_key_has_its_place() -> None:
    [(_, mark, node)] = read_yaml(io.BytesIO(b"a:\n  - key: x\n    areas: [p,\n      q]\n"), Complaints())
    assert (mark.line, mark.column) == (0, 0)
    assert isinstance(node, Mapping)
    assert (node.mark.line, node.mark.column) == (1, 4)
    assert {key: (place.line, place.column) for key, place in node.key_marks.items()} == {
        "key": (1, 4),
        "areas": (2, 4),
    }
    areas = node.items["areas"]
    assert isinstance(areas, Sequence)
    assert (areas.mark.line, areas.mark.column) == (2, 11)
    assert [(item.mark.line, item.mark.column) for item in areas.items] == [(2, 12), (3, 6)]


def test_items_come_before_the_rest_of_the_file_is_read() -> None:
    stream = io.BytesIO(b"a:\n" + b"- key: x\n" * 100_000)
    items = read_yaml(stream, Complaints())
    next(items)
    assert stream.tell() == 65536
    assert sum(1 for _ in items) == 99_999


@pytest.mark.parametrize("quotes", ["", '"', "'"])
def test_a_text_of_ten_megabytes_is_read(quotes: str) -> None:
    text = "word " * 2_000_000 + "end"
    assert sections_of(f"x: {quotes}{text}{quotes}\n".encode())[0][2] == (f"<{text}>" if quotes else text)


NOT_A_TEXT_KEY = "a key must be a text, not a list or a mapping"
MISINDENTED = "the indentation does not fit the part that starts in line {}"
BAD_START = "a value cannot start with this character: put the text in quotes, and indent with spaces, not with tabs"


@pytest.mark.parametrize(
    ("data", "complaints"),
    [
        (
            b"a: &x [1]\nb: *x\n",
            [
                (1, 4, "the anchor &x is not supported; remove it"),
                (2, 4, "the alias *x is not supported; write the value out"),
            ],
        ),
        (
            b"a: &x [*x]\n",
            [
                (1, 4, "the anchor &x is not supported; remove it"),
                (1, 8, "the alias *x is not supported; write the value out"),
            ],
        ),
        (b"a: *nowhere\n", [(1, 4, "the alias *nowhere is not supported; write the value out")]),
        (b"&x a: 1\n", [(1, 1, "the anchor &x is not supported; remove it")]),
        (
            b"a:\n- !!python/object/apply:os.system [ls]\n- !mine x\n- !!str 1\n",
            [
                (2, 3, "the tag !!python/object/apply:os.system is not supported; write the value without it"),
                (3, 3, "the tag !mine is not supported; write the value without it"),
                (4, 3, "the tag !!str is not supported; write the value without it"),
            ],
        ),
        (b"a: 1\n---\nb: 2\n", [(2, 1, "a second document starts here; a file holds one")]),
        (b"a:\n- k: 1\n  l: 2\n  k: 3\n", [(4, 3, "'k' is given twice: first in line 2, again in line 4")]),
        (b"a: 1\nb: 2\n'a': 3\n", [(3, 1, "'a' is given twice: first in line 1, again in line 3")]),
        (b"a:\n  [x]: 1\n  {y: 2}: 3\n", [(2, 3, NOT_A_TEXT_KEY), (3, 3, NOT_A_TEXT_KEY)]),
        (b"[a]: 1\n", [(1, 1, NOT_A_TEXT_KEY)]),
        (b"a:\n  <<: {x: 1}\n", [(2, 3, "the merge key << is not supported; write the values out")]),
        (b"- a\n", [(1, 1, "the file must start with a section such as 'agreements:'")]),
        (b"just text\n", [(1, 1, "the file must start with a section such as 'agreements:'")]),
        (b"", [(0, 0, "the file is empty")]),
        (b" \n\n  ", [(0, 0, "the file is empty")]),
        (b"# only a comment\n", [(0, 0, "the file is empty")]),
        (b"---\n", [(0, 0, "the file is empty")]),
    ],
)
def test_what_the_format_does_not_know_is_complained_of(data: bytes, complaints: list[Complaint]) -> None:
    assert complaints_of(data) == complaints


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (
            b"a: b: c\n",
            (1, 5, "a ':' cannot stand here: put a text that contains ': ' in quotes, or correct the indentation"),
        ),
        (b"a: @b\n", (1, 4, BAD_START)),
        (b"a:\n\tb: 1\n", (2, 1, BAD_START)),
        (b"a:\n  - k: 1\n   l: 2\n", (3, 4, "the indentation does not fit the list that starts in line 2")),
        (b"a:\n  b: 1\n c: 1\n", (3, 2, MISINDENTED.format(1))),
        (b"a: - b\n", (1, 4, "a '- ' cannot stand here: start the list on a new line")),
        (b"a: 1\nb\nc: 2\n", (2, 1, "a key without a ':' after it")),
        (b'a: 1\nb: "x\nc: 1\n', (2, 4, "the quotation mark is never closed")),
        (b'a: "x\n---\n', (1, 4, "the quotation mark is never closed")),
        (b"x: 1\na: [1, 2\nb: 1\n", (3, 2, "the list that starts in line 2 has no ',' or ']' here")),
        (b"a: {x: 1\nb: 1\n", (2, 2, "the mapping that starts in line 1 has no ',' or '}' here")),
        (b'a: "\\q"\n', (1, 5, "this escape does not exist: in double quotes a backslash is written \\\\")),
        (b"a: 1\n...\nb\n", (3, 1, "the file goes on after its end: correct the indentation or the brackets")),
        (b"%YAML 2.0\n---\na: 1\n", (1, 1, "the YAML cannot be read here: found incompatible YAML document")),
    ],
)
def test_broken_syntax_is_explained_with_its_place(data: bytes, complaint: Complaint) -> None:
    assert complaints_of(data) == [complaint]


def test_all_complaints_come_at_once() -> None:
    data = b"a:\n- {k: 1, k: 2}\n- !x y\n- {[z]: 1}\na: *q\nb: 1\n---\n"
    assert [(line, sentence.split()[0]) for line, _, sentence in complaints_of(data)] == [
        (2, "'k'"),
        (3, "the"),
        (4, "a"),
        (5, "'a'"),
        (5, "the"),
        (7, "a"),
    ]


@pytest.mark.parametrize(
    ("data", "sections"),
    [
        (b"a:\n- {k: 1, k: 2}\n", [("a", 1, {"k": "1"})]),
        (b"a:\n- {k: !x y, l: &z w}\n", [("a", 1, {"k": "y", "l": "w"})]),
        (b"a:\n- {k: x, l: *z, m: [*z, 1]}\n", [("a", 1, {"k": "x", "m": ["1"]})]),
        (b"a:\n- {k: x, <<: {l: 1}}\n", [("a", 1, {"k": "x"})]),
        (b"a:\n- {k: x, [l]: 1}\n", [("a", 1, {"k": "x"})]),
        (b"a: [x]\nb: 1\na: [y]\n", [("a", 1, "x"), ("b", 2, "1"), ("a", 3, "y")]),
        (b"a:\n- k: x\n- k: y\n- 'z\n", [("a", 1, {"k": "x"}), ("a", 1, {"k": "y"})]),
    ],
)
def test_an_item_complained_of_is_yielded_with_what_can_be_read(
    data: bytes,
    sections: list[tuple[str, int, Shown]],
) -> None:
    found, complaints = read(data)
    assert found == sections
    assert complaints


def test_quotes_make_the_merge_key_a_text() -> None:
    assert sections_of(b"a: {'<<': 1}\n") == [("a", 1, {"<<": "1"})]


def test_expanding_aliases_are_never_expanded() -> None:
    names = "abcdefghi"
    lines = [f"{new}: &{new} [{', '.join(['*' + old] * 10)}]" for old, new in pairwise(names)]
    sections, complaints = read("\n".join(["a: &a [lol, lol]", *lines]).encode())
    assert sections == [("a", 1, "lol"), ("a", 1, "lol")]
    assert len(complaints) == 9 + 8 * 10


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"x: " + b"[" * 100_000, (1, 67)),
        (b"x: " + b"{a: " * 100_000, (1, 256)),
        (b"x:\n" + b"- " * 100_000, (2, 127)),
        (b"\n".join(b" " * depth + b"a:" for depth in range(1000)), (65, 65)),
        (b"{" + b"[" * 100_000, (1, 65)),
        (b"? " * 100_000, (1, 129)),
    ],
)
def test_deep_nesting_is_complained_of_at_its_place(data: bytes, place: tuple[int, int]) -> None:
    assert complaints_of(data)[-1] == (*place, "nested more than 64 levels deep")


def test_the_deepest_nesting_is_read() -> None:
    inside = DEEPEST - 1
    assert len(sections_of(b"x: " + b"[" * inside + b"]" * inside)) == 1
    assert complaints_of(b"x: " + b"[" * (inside + 1) + b"]" * (inside + 1)) != []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end_gives_the_same(encoding: str, line_end: str) -> None:
    text = line_end.join(["ad: Bakı", "s:", "- |", "  a", "  😀", ""])
    assert sections_of(text.encode(encoding)) == [("ad", 1, "Bakı"), ("s", 2, "<a\n😀\n>")]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"a: 1\nb: \xc7", (2, 4, "byte 0xC7 at offset 8 is not UTF-8; the file must be saved as UTF-8")),
        (b'a: 1\nb: "\x1b"', (2, 5, "the character U+001B cannot stand in a text file; remove it")),
    ],
)
def test_what_is_no_text_ends_the_reading(data: bytes, complaint: Complaint) -> None:
    assert read(data) == ([("a", 1, "1")], [complaint])


@given(st.text())
def test_any_text_is_read_or_complained_of(text: str) -> None:
    sections, complaints = read(text.encode("utf-8", "surrogatepass"))
    assert sections or complaints or text.strip()


@given(st.binary())
def test_any_bytes_are_read_or_complained_of(data: bytes) -> None:
    sections, complaints = read(b"a: 1\n" + data)
    assert sections or complaints
