"""What a list of records has lost and gained is told where that says it all."""

from __future__ import annotations

from typing import Any

import pytest

from mou_cli.rules.difference import taken_and_added

A, B, C = {"k": "a"}, {"k": "b"}, {"k": "c"}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([A], [A, B], ([], [B])),
        ([A, B, C], [A, C], ([B], [])),
        ([A, C], [A, B, C], ([], [B])),
        ([A, B], [A, C], ([B], [C])),
        ([A], [B], None),
        ([A, B], [B, A], None),
        ([A, A], [A], None),
        (["a"], ["a", "b"], None),
        (None, [A], None),
        ([A], None, None),
    ],
)
def test_the_difference_says_it_all_or_nothing(before: Any, after: Any, told: Any) -> None:
    assert taken_and_added(before, after) == told
