"""What the page of an agreement shows beyond the columns of a list."""

from __future__ import annotations

from typing import Any, Final

from mou_cli.output.column import Column, Row, as_text, plain
from mou_cli.vocabulary import CONTACT_ROLES, LIFECYCLE_KINDS, LINK_KINDS, PERSON_ROLES


def _lines(items: list[str]) -> str:
    return "\n".join(item for item in items if item)


def _told(name: object, *details: object) -> str:
    """Give a name with what is said of it in brackets."""
    listed = ", ".join(str(detail) for detail in details if detail)
    return f"{name} ({listed})" if listed else str(name)


def _signatures(row: Row, language: str) -> str:
    return _lines([_signature(person, language) for person in row.get("signatures") or ()])


def _signature(person: dict[str, Any], language: str) -> str:
    return _told(person["name"], as_text(person.get("position"), language), person.get("party"), person.get("signed"))


def _people(row: Row, language: str) -> str:
    return _lines([_person(person, language) for person in row.get("people") or ()])


def _person(person: dict[str, Any], language: str) -> str:
    name = (person.get("names") or {}).get(language, person["name"])
    role = PERSON_ROLES.label(person.get("role", "participant"), language)
    return _told(name, role, as_text(person.get("position"), language), person.get("party"))


def _contacts(row: Row, language: str) -> str:
    return _lines([_contact(person, language) for person in row.get("contacts") or ()])


def _contact(person: dict[str, Any], language: str) -> str:
    role = CONTACT_ROLES.label(person.get("role", "coordinator"), language)
    return _told(person["name"], role, person.get("party"), person.get("email"), person.get("phone"))


def _lifecycle(row: Row, language: str) -> str:
    return _lines([_fact(fact, language) for fact in row.get("lifecycle") or ()])


def _fact(fact: dict[str, Any], language: str) -> str:
    until = f"→ {fact['until']}" if fact.get("until") else None
    kind = LIFECYCLE_KINDS.label(fact["kind"], language)
    return (
        f"{fact['date']}  {_told(kind, fact.get('by'), until, fact.get('term'), as_text(fact.get('note'), language))}"
    )


def _exchange(row: Row, _language: str) -> str:
    return _lines([_places(line) for line in row.get("exchange") or ()])


def _places(line: dict[str, Any]) -> str:
    known = {name: value for name, value in line.items() if name not in {"from", "to"}}
    details = (f"{name} {as_text(value, 'en')}" for name, value in known.items())
    return _told(f"{line['from']} → {line['to']}", *details)


def _links(row: Row, language: str) -> str:
    links = [pair for link in row.get("links") or () for pair in link.items()]
    return _lines([f"{LINK_KINDS.label(kind, language)} {key}" for kind, key in links])


PAGE: Final = (
    Column("signatures", "Signed by", _signatures),
    Column("people", "Present", _people),
    Column("contacts", "Contacts", _contacts),
    Column("lifecycle", "Since then", _lifecycle),
    Column("exchange", "Exchange", _exchange),
    Column("links", "Links", _links),
    plain("renewal_max", "Renewals at most", "number"),
    plain("renewal_until", "Renewal until", "date"),
    plain("reason", "Reason"),
    plain("backup", "Stands in"),
    plain("languages", "Languages"),
    plain("place", "Place"),
    plain("partner_ref", "Partner's reference"),
    plain("tags", "Tags"),
)
