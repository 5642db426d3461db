"""What is offered while somebody types: names, found by the beginnings of their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mou_cli.rules.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST = 40
_LONGEST = 200  # nobody types a name that long


@dataclass(frozen=True)
class Suggestion:
    """A text that may be put in, the other names it is found by, and a word on it."""

    text: str
    names: tuple[str, ...] = ()
    detail: str = ""
    label: str = ""

    @cached_property
    def folded(self) -> tuple[tuple[str, str], ...]:
        """Every name, and how it is looked for: folded, a blank before each word."""
        return tuple((name, f" {fold(name)}") for name in (self.label or self.text, *self.names))

    def told(self, name: str) -> str:
        """Give what is shown where it was found by one of its names."""
        shown = self.label or self.text
        return shown if name == shown else f"{shown} ({name})"


def suggest(text: str, suggestions: Iterable[Suggestion]) -> list[tuple[Suggestion, str]]:
    """Give what may be meant, each with the name it was found by; those whose name begins with the text come first.

    Every word of the text begins a word of one of the names. Nothing typed finds all.
    """
    if len(text) > _LONGEST:
        return []
    words = [f" {word}" for word in fold(text).split()]
    if not words and text.strip():
        return []
    begun: list[tuple[Suggestion, str]] = []
    others: list[tuple[Suggestion, str]] = []
    for suggestion, name, padded in _found(words, suggestions):
        (begun if padded.startswith(words[0] if words else "") else others).append((suggestion, name))
        if len(begun) == _MOST:
            break
    return (begun + others)[:_MOST]


def _found(words: list[str], suggestions: Iterable[Suggestion]) -> Iterator[tuple[Suggestion, str, str]]:
    for suggestion in suggestions:
        for name, padded in suggestion.folded:
            if all(word in padded for word in words):
                yield suggestion, name, padded
                break
