"""Rows that are put together are byte for byte what the YAML library writes of them."""

from __future__ import annotations

import io

import yaml  # noqa: TID253 - another writer, to compare with
from hypothesis import example, given
from hypothesis import strategies as st

from mou_cli.output.block_yaml import Unusual, write_block
from mou_cli.output.structured import write_yaml


class Dumper(yaml.SafeDumper):
    """The library's own dumper, which writes twice what occurs twice."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def dump(value: object) -> str:
    return yaml.dump(value, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**9)


TEXTS = st.one_of(
    st.text(max_size=12),
    st.text("aYnNoe019 :#-_'\",.[]{}&*!|>%@`=~<?/ığ文😀", max_size=8),
    st.sampled_from(["2024-05-01", "2024-05", "2024", "yes", "null", "~", "1e3", "0x1f", "1:30", "a: b"]),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
ROWS = st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4)


@given(ROWS)
@example({"a": [[[], {}, [1]], [{"b": {"c": []}}]], "d": {}})
@example({"l" * 200: "a"})
@example({"a": "1.5"})
@example({"a": 1.5})
def test_a_row_is_written_as_the_library_would_or_left_to_it(row: dict[str, object]) -> None:
    try:
        written = write_block(row, dump)
    except Unusual:
        return
    assert written == dump([row])


@given(TEXTS)
def test_what_is_on_one_line_and_printable_is_not_left_to_the_library(text: str) -> None:
    if text.isprintable():
        assert write_block({"a": text}, dump) == dump([{"a": text}])


def test_a_row_that_is_left_to_the_library_stands_among_the_others() -> None:
    rows: list[dict[str, object]] = [{"a": "1"}, {"a": "two\nlines"}, {"a": 1.5}, {"a": "b"}]
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    write_yaml(rows, stream)
    stream.seek(0)
    assert stream.read() == "- a: '1'\n- a: |-\n    two\n    lines\n- a: 1.5\n- a: b\n"
