"""What the program says to people: English stands where it is said, every other language in a catalogue of its own."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any, Self

LANGUAGES = ("en", "az")
_SOURCE = "en"
_MARKS = {"az": str.maketrans(",.", ".,")}


def translate(message: str, language: str, /, *, context: str = "", **values: object) -> str:
    """Give an English message in a language, `{names}` in it filled with the values.

    Where one English text has several meanings, `context` says which: the catalogue then has `message [context]`. A
    message that the catalogue lacks stays English.
    """
    catalogue = _catalogue(language)
    text = (catalogue.get(f"{message} [{context}]") if context else None) or catalogue.get(message, message)
    return text.format(**values) if values else text


def translate_number(one: str, many: str, number: int, language: str, /, **values: str) -> str:
    """Give the message for one or for many things, `{number}` and others filled in; the catalogue has the one for many.

    English alone tells one from many here: after a number an Azerbaijani noun stays as it is.
    """
    message = one if number == 1 and language == _SOURCE else many
    return translate(message, language, number=digits(number, language), **values)


class Told(str):
    """A text that is English as it stands, and that whoever is asked can be told in another language."""

    __slots__ = ()

    def said_in(self, language: str) -> str:
        """Give the text in a language."""
        raise NotImplementedError


class Sentence(Told):
    """A message with its values filled in. Those that are `Told` are, in another language, filled in as told in it."""

    __slots__ = ("_message", "_values")
    _message: str
    _values: dict[str, Any]

    def __new__(cls, message: str, /, **values: Any) -> Self:
        """Give the message in English."""
        sentence = super().__new__(cls, message.format(**values) if values else message)
        sentence._message, sentence._values = message, values
        return sentence

    def said_in(self, language: str) -> str:
        """Give the message in a language."""
        values = {
            name: value.said_in(language) if isinstance(value, Told) else value for name, value in self._values.items()
        }
        return translate(self._message, language, **values)


def said_in(text: str, language: str) -> str:
    """Give a text in a language, if it knows itself in others than its own."""
    return text.said_in(language) if isinstance(text, Told) else text


def digits(number: int, language: str) -> str:
    """Give a number with its thousands marked off as the language does it."""
    return f"{number:,}".translate(_MARKS.get(language, {}))


def tenths(number: float, language: str) -> str:
    """Give a number with one digit after the sign that the language has there."""
    return f"{number:,.1f}".translate(_MARKS.get(language, {}))


def locale_language() -> str:
    """Give the language of the user's locale if the program speaks it, else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if stated := os.environ.get(variable):
            language = stated.partition(".")[0].partition("_")[0]
            return language if language in LANGUAGES else _SOURCE
    return _SOURCE


@cache
def _catalogue(language: str) -> dict[str, str]:
    if language == _SOURCE:
        return {}
    import json  # English, and the help in it, do without

    file = Path(__file__).parent / "languages" / f"{language}.json"
    catalogue: dict[str, str] = json.loads(file.read_text("utf-8"))
    return catalogue
