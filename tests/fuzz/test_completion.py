"""Lines that are completed: whatever is typed so far, the shell gets an answer, and nothing is carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.effort import effort
from tests.fuzz.test_command_lines import COMMAND_LINES
from tests.fuzz.texts import LIKELY

if TYPE_CHECKING:
    from tests.fuzz.ordeal import Ordeal

TYPED = LIKELY.map(lambda text: text.replace("\0", "␀"))


def is_answered(ordeal: Ordeal, *arguments: str) -> None:
    before = set(ordeal.folder.rglob("*"))
    answer = ordeal.call("completion", *arguments)
    assert answer.code in {0, 2}
    assert all(character.isprintable() or character in "\n\t" for character in answer.out)
    assert set(ordeal.folder.rglob("*")) == before


@effort(60)
@given(st.sampled_from(("zsh", "fish")), COMMAND_LINES, TYPED)
def test_any_words_are_completed(ordeal: Ordeal, shell: str, line: list[str], last: str) -> None:
    ordeal.renew()
    is_answered(ordeal, shell, "--", "mou", *line, last)


@effort(60)
@given(
    st.sampled_from(("9", "63", "")),
    TYPED,
    st.lists(TYPED | st.sampled_from(("list", "--partner", "'", '"', "\\")), max_size=6),
)
def test_any_line_is_completed_in_bash(ordeal: Ordeal, why: str, part: str, words: list[str]) -> None:
    ordeal.renew()
    is_answered(ordeal, "bash", "--", why, part, " ".join(("mou", *words)))
