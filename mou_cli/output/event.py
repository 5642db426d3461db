"""What is shown of an event."""

from __future__ import annotations

from typing import Final

from mou_cli.catalogue import translate
from mou_cli.output.column import COUNTED, NOTE, SOURCE, TEXTS, Column, Row, as_text, counts, index, plain, told
from mou_cli.vocabulary import PERSON_ROLES


def _people(row: Row, language: str) -> str:
    return "; ".join(_person(person, language) for person in row.get("people") or ())


def _person(person: Row, language: str) -> str:
    return told(
        (person.get("names") or {}).get(language) or person["name"],
        PERSON_ROLES.label(person.get("role") or "", language),
        as_text(person.get("position"), language),
        as_text(person.get("party"), language),
    )


def _declared(row: Row, language: str) -> str:
    return counts(row.get("declared"), language)


def _recorded(row: Row, language: str) -> str:
    """Give what is recorded against what was declared: `0 of 40 memoranda`; of other things only what there is."""
    declared = row.get("declared") or {}
    return ", ".join(
        f"{_of(number, declared.get(thing), language)} {COUNTED.label(thing, language)}"
        for thing, number in (row.get("recorded") or {}).items()
        if number or thing in declared
    )


def _of(number: int, declared: int | None, language: str) -> str:
    if declared is None:
        return str(number)
    return translate("{number} of {declared}", language, number=number, declared=declared)


KEYS: Final = (
    *("key", "name", "held_on", "place", "host", "declared", "recorded", "topics", "people", "note", "texts"),
    "source",
)
COLUMNS: Final = index(
    plain("key", "Key", "code"),
    plain("name", "Name", weight=4),
    plain("held", "Held", "date", key="held_on"),
    plain("place", "Place", weight=2),
    plain("host", "Host", weight=2),
    Column("declared", "Declared", _declared, key="declared", weight=2),
    Column("recorded", "Recorded", _recorded, key="recorded", weight=2),
    plain("topics", "Topics", weight=3),
    Column("people", "People", _people, key="people", weight=3),
    NOTE,
    TEXTS,
    SOURCE,
)
DEFAULT: Final = ("name", "held", "recorded", "host", "place")
