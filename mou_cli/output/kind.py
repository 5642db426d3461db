"""Values of every kind of field in words."""

from __future__ import annotations

from typing import Any

from mou_cli.catalogue import translate
from mou_cli.fields.collection import Dictionary, Items, Strings, Values
from mou_cli.fields.kind import Code, Country, Day, Kind, Notice, Span
from mou_cli.output.column import as_text
from mou_cli.rules.country import country_name
from mou_cli.rules.date import OPEN, SIGNED
from mou_cli.rules.length import ACADEMIC_YEAR
from mou_cli.rules.wording import long_date, long_length


def value_in_words(kind: Kind, value: Any, language: str) -> str:  # noqa: PLR0911 - one return for each kind
    """Give a canonical value in words; nothing for what is not said."""
    if isinstance(kind, Code):
        return kind.codes.label(value or kind.unsaid or "", language)
    if value is None:
        return ""
    if isinstance(kind, Day):
        return day_in_words(value, language)
    if isinstance(kind, (Span, Notice)):
        return length_in_words(value, language)
    if isinstance(kind, Country):
        return f"{country_name(value, language)} ({value})"
    if isinstance(kind, (Values, Strings)):
        return ", ".join(value_in_words(kind.item, item, language) for item in value)
    if isinstance(kind, Items):
        return "; ".join(as_text(item, language) for item in value)
    if isinstance(kind, Dictionary):
        return ", ".join(f"{number} {thing}" for thing, number in value.items())
    return as_text(value, language)


def day_in_words(stored: str, language: str) -> str:
    """Give a date, or the word that stands in its place."""
    if stored == OPEN:
        return translate("no end", language)
    return translate("from signature", language) if stored == SIGNED else long_date(stored, language)


def length_in_words(stored: str, language: str) -> str:
    """Give a length of time, or the academic year that stands in its place."""
    if stored == ACADEMIC_YEAR:
        return translate("by the academic year", language)
    return long_length(stored, language)
