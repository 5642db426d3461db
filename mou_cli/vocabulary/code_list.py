"""A closed list of codes with the words that people see for them."""

from __future__ import annotations

from functools import cached_property

from mou_cli.catalogue import LANGUAGES, translate

Labels = dict[str, str]


class CodeList:
    """A closed list of codes, each with its label in English."""

    def __init__(self, name: str, labels: Labels) -> None:
        self.name = name
        self.labels = labels

    def __contains__(self, code: object) -> bool:
        return code in self.labels

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in their own order."""
        return tuple(self.labels)

    def label(self, code: str, language: str = "en") -> str:
        """Give the label of a code; a code the list does not know is its own label."""
        return translate(self.labels[code], language, context=self.name) if code in self.labels else code

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The labels of every code in all languages."""
        return {code: tuple(self.label(code, language) for language in LANGUAGES) for code in self.labels}
