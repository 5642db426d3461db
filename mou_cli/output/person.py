"""The people of a record, each by the name they have in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.output.column import said, told
from mou_cli.output.section import Item, item
from mou_cli.vocabulary import PERSON_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.output.column import Row


def attendance(row: Row, language: str) -> Iterator[Item]:
    """Give those who were present: all roles but the usual one are said."""
    names = names_in(row)
    for person in row.get("people") or ():
        role = person.get("role") or "participant"
        yield item(
            "",
            told(
                called(person, language),
                PERSON_ROLES.label(role, language) if role != "participant" else "",
                said(person, "position", language),
                names.get(person.get("party"), person.get("party") or ""),
            ),
        )


def called(person: Row, language: str) -> str:
    """Give a person's name as the language has it."""
    return (person.get("names") or {}).get(language) or str(person["name"])


def names_in(row: Row) -> dict[str | None, str]:
    """Give the names of the institutions that a row mentions, by key."""
    return {
        **(row.get("institution_names") or {}),
        **{party["key"]: party["name"] for party in row.get("parties") or ()},
    }
