"""A list grows by commands to what a file may bring, and no further: an export could not be imported any more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Mou

MOST = 1000
REGISTER = """format: mou/1
home: [home]
institutions:
  - {key: home, name: Home}
  - {key: uit, name: Tromsø}
  - {key: uib, name: Bergen}
agreements:
  - {key: full, parties: [home, uit], starts: 2024-01-01, ends: 2026-12-31}
  - {key: other, parties: [home, uit], starts: 2024-01-01, ends: 2026-12-31}
"""


@pytest.fixture
def full(empty: Mou, write: Callable[[str, str | bytes], str]) -> Mou:
    """A register in which one agreement and one institution have all that they can have."""
    empty("import", write("register.yaml", REGISTER))
    agreement = {
        "lifecycle": [{"kind": "review", "date": "2025-01-01", "note": str(number)} for number in range(MOST)],
        "links": [{"under": "other"}] * MOST,
        "documents": [{"file": f"{number}.pdf"} for number in range(MOST)],
    }
    institution = {"names": [f"N{number}" for number in range(MOST)], "memberships": ["EUA"]}
    empty("edit", "full", "--from", "-", input=json.dumps(agreement))
    empty("partner", "edit", "uit", "--from", "-", input=json.dumps(institution))
    return empty


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("review", "full", "--outcome", "continue"), "agreement full: lifecycle"),
        (("supersede", "other", "--with", "full"), "agreement full: links"),
        (("doc", "add", "full", "https://example.org/a"), "agreement full: documents"),
        (("partner", "edit", "uit", "--alias", "One more"), "institution uit: names"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_one_more_is_refused(full: Mou, arguments: tuple[str, ...], field: str) -> None:
    before = full.content()
    told = full.fails(2, *arguments).err
    assert told == f"mou: {field}: the list has 1001 items; 1000 is the limit\n"
    assert full.fails(2, *arguments, "--dry-run").err == told
    assert full.content() == before


def test_institutions_with_too_many_names_together_are_not_merged(full: Mou) -> None:
    before = full.content()
    answer = full.fails(5, "partner", "merge", "uit", "uib", "--yes")
    assert answer.err == (
        "mou: institution uit would be wrong (names: the list has 1001 items; 1000 is the limit)\n"
        "hint: take some away before\n"
    )
    assert full.content() == before
