from __future__ import annotations

import io
from typing import TYPE_CHECKING, TypeAlias

import pytest

from mou_cli.fields.node import Node, Scalar, Sequence
from mou_cli.formats.yaml_reader import read_record

if TYPE_CHECKING:
    from mou_cli.fields.node import Mark

Complaint: TypeAlias = tuple[int, int, str]


def content(node: Node | None) -> object:
    if node is None or isinstance(node, Scalar):
        return None if node is None or node.is_null else node.value
    if isinstance(node, Sequence):
        return [content(item) for item in node.items]
    return {key: content(item) for key, item in node.items.items()}


def record(data: bytes) -> tuple[object, list[Complaint]]:
    complaints: list[Complaint] = []

    def complain(mark: Mark | None, sentence: str) -> None:
        complaints.append((mark.line + 1, mark.column + 1, sentence) if mark else (0, 0, sentence))

    return content(read_record(io.BytesIO(data), complain)), complaints


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"key: x\ntitle: 1\n", {"key": "x", "title": "1"}),
        (b"[1, null]", ["1", None]),
        (b'{\n\t"a":"\\/",\n\t"b":[1,null,true]}', {"a": "/", "b": ["1", None, "true"]}),
        (rb'{"a": "\ud83d\ude00\uD83D\uDE01 \u0259"}', {"a": "😀😁 ə"}),
        (rb' [ "\\\ud83d\ude00", "\\ud83d\\ude00" ]', ["\\😀", "\\ud83d\\ude00"]),
    ],
)
def test_a_record_is_read_from_yaml_and_json(data: bytes, value: object) -> None:
    assert record(data) == (value, [])


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", (0, 0, "the file is empty")),
        (
            rb'{"a": "\ud83d"}',
            (1, 10, "the YAML cannot be read here: found invalid Unicode character escape code"),
        ),
        (b'{"a": 1}{', (1, 9, "the file goes on after its end: correct the indentation or the brackets")),
        (b'{"a": "\xff"}', (1, 8, "byte 0xFF at offset 7 is not UTF-8; the file must be saved as UTF-8")),
        (b"[" * 100_000, (1, 65, "nested more than 64 levels deep")),
    ],
)
def test_a_record_that_cannot_be_read_is_nothing_but_a_complaint(data: bytes, complaint: Complaint) -> None:
    assert record(data) == (None, [complaint])


def test_a_key_given_twice_in_json_is_complained_of() -> None:
    assert record(b'{"a": 1,\n"a": 2}') == (
        {"a": "1"},
        [(2, 1, "'a' is given twice: first in line 1, again in line 2")],
    )
