"""A question and its answer, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from mou_cli.rules.number import DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mou_cli.asking.conversation import Conversation
    from mou_cli.asking.suggestion import Suggestion

Says = dict[str, Any]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Answer:
    """One answer: as it was typed, in words, and what it says, by option.

    What is `obvious` from the typing is not repeated under it.
    """

    typed: str
    shown: str = ""
    says: Says = field(default_factory=dict)
    obvious: bool = False


def _always(_conversation: Conversation) -> bool:
    return True


@dataclass(frozen=True)
class Question:
    """One question: its label in the language of the conversation, and how its answer is read.

    `read` raises MouError for what cannot be read, and the question is asked again. `options` are those that an answer
    may say. `choices` are numbered labels to pick from; `suggest` gives what is offered while typing, after each comma
    with `commas`. A question `applies` or is left out. With `more`, the label of the further ones, it is asked until
    nothing is answered. Without an answer the questions that it `opens` are left out. One that is not `listed` has no
    place in the review.
    """

    name: str
    label: str
    read: Callable[[Conversation, str], Answer]
    options: tuple[str, ...] = ()
    hint: str = ""
    choices: tuple[str, ...] = ()
    suggest: Callable[[], Sequence[Suggestion]] = tuple
    commas: bool = False
    applies: Callable[[Conversation], bool] = _always
    more: str = ""
    required: bool = False
    opens: tuple[str, ...] = ()
    listed: bool = True


def picked(text: str, things: Sequence[Thing]) -> Thing | None:
    """Give the one of some things whose number was typed, counted from 1; None where it is the number of none."""
    is_number = text.isdecimal() and len(text) <= DIGITS and 1 <= int(text) <= len(things)
    return things[int(text) - 1] if is_number else None


class Retyped(Exception):
    """Another text was given in place of the one that was asked about."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
