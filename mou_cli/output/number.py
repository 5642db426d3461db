"""Numbers of records, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import digits, translate, translate_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# The numbers of records by noun; each is put in words only when it is asked for.
_COUNTED: Final[dict[str, Callable[[int, str], str]]] = {
    "agreement": lambda n, lang: translate_number("{number} agreement", "{number} agreements", n, lang),
    "institution": lambda n, lang: translate_number("{number} institution", "{number} institutions", n, lang),
    "event": lambda n, lang: translate_number("{number} event", "{number} events", n, lang),
    "plan": lambda n, lang: translate_number("{number} plan", "{number} plans", n, lang),
    "task": lambda n, lang: translate_number("{number} task", "{number} tasks", n, lang),
    "agenda": lambda n, lang: translate_number("{number} entry", "{number} entries", n, lang),
    "entry": lambda n, lang: translate_number("{number} entry", "{number} entries", n, lang),
    "change": lambda n, lang: translate_number("{number} change", "{number} changes", n, lang),
    "blame": lambda n, lang: translate_number("{number} field", "{number} fields", n, lang),
    "finding": lambda n, lang: translate_number("{number} finding", "{number} findings", n, lang),
    "acceptance": lambda n, lang: translate_number("{number} acceptance", "{number} acceptances", n, lang),
    "document": lambda n, lang: translate_number("{number} document", "{number} documents", n, lang),
}


def counted(noun: str, number: int, language: str) -> str:
    """Give a number of records: "6 agreements"."""
    if noun in _COUNTED:
        return _COUNTED[noun](number, language)
    return translate_number("{number} record", "{number} records", number, language)


def listed(numbers: Mapping[str, int], language: str) -> str:
    """Give numbers of records by noun, those of which there are none left out: "6 agreements, 1 plan"."""
    return ", ".join(counted(noun, number, language) for noun, number in numbers.items() if number)


def listed_or_none(numbers: Mapping[str, int], language: str) -> str:
    """Give the same, or that there are no records at all."""
    return listed(numbers, language) or translate("no records", language)


def none_found(noun: str, language: str) -> str:
    """Give that there are none."""
    return {
        "agreement": translate("no agreements found", language),
        "institution": translate("no institutions found", language),
        "event": translate("no events found", language),
        "plan": translate("no plans found", language),
        "task": translate("no tasks found", language),
        "agenda": translate("nothing lies ahead or is late", language),
        "entry": translate("no entries found", language),
        "document": translate("no documents found", language),
    }.get(noun) or translate("nothing found", language)


def first_of(shown: int, noun: str, number: int, language: str, *, most: int | None = None) -> str:
    """Give how many of all are shown: "first 50 of 134 agreements", or of more than `most`."""
    first = digits(shown, language)
    if most is not None:
        told = counted(noun, most, language)
        return translate("first {shown} of more than {all}", language, shown=first, all=told)
    return translate("first {shown} of {all}", language, shown=first, all=counted(noun, number, language))
