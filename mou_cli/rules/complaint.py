"""What is wrong with something that a person has said: one English text, which knows itself in other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from mou_cli.catalogue import Sentence, Told, said_in
from mou_cli.vocabulary import AGREEMENT_TYPES, AREAS, PARTNER_TYPES, RENEWALS, STAGES, CodeList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CODE_LISTS: Final = CodeList(
    "list of codes", {codes.name: codes.name for codes in (AGREEMENT_TYPES, AREAS, PARTNER_TYPES, RENEWALS, STAGES)}
)
THINGS: Final = CodeList(
    "thing", {name: name for name in ("agreement", "country", "event", "home", "institution", "plan")}
)


class NotUnderstood(ValueError):
    """A text that is no date, or no length; its message is a sentence saying what would be right."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Framed(Told):
    """A complaint with what stands around it in a file or on the command line; who is asked needs the complaint alone.

    That is the field before it, or behind it the codes that who is asked sees above.
    """

    __slots__ = ("_complaint",)
    _complaint: str

    def __new__(cls, complaint: str, *, before: str = "", after: str = "") -> Self:
        """Give the complaint in its frame."""
        framed = super().__new__(cls, f"{before}{complaint}{after}")
        framed._complaint = complaint
        return framed

    def said_in(self, language: str) -> str:
        """Give the complaint alone."""
        return said_in(self._complaint, language)


class Worded(Told):
    """A part of a sentence, such as a day or a country, and what gives it in another language."""

    __slots__ = ("_word",)
    _word: Callable[[str], str]

    def __new__(cls, english: str, word: Callable[[str], str]) -> Self:
        """Give the part in English."""
        worded = super().__new__(cls, english)
        worded._word = word
        return worded

    def said_in(self, language: str) -> str:
        """Give the part in a language."""
        return str(self) if language == "en" else self._word(language)


def coded(code: str, codes: CodeList) -> Told:
    """Give a code as a part of a sentence: in other languages than English, of which it is a word, its label."""
    return Worded(code, lambda language: codes.label(code, language))


def one_of(texts: Iterable[str]) -> str:
    """Give texts of which any may be meant: "a or b or c"."""
    first, *others = texts
    for other in others:
        first = Sentence("{one} or {other}", one=first, other=other)
    return first
