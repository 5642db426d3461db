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
    Column("signatures", ("Signed by", "İmzalayanlar"), _signatures),
    Column("people", ("Present", "İştirak edənlər"), _people),
    Column("contacts", ("Contacts", "Əlaqə"), _contacts),
    Column("lifecycle", ("Since then", "Sonrakı hadisələr"), _lifecycle),
    Column("exchange", ("Exchange", "Mübadilə"), _exchange),
    Column("links", ("Links", "Bağlı sazişlər"), _links),
    plain("renewal_max", ("Renewals at most", "Ən çox yenilənmə"), "number"),
    plain("renewal_until", ("Renewal until", "Yenilənmə, son gün"), "date"),
    plain("reason", ("Reason", "Səbəb")),
    plain("backup", ("Stands in", "Əvəz edən")),
    plain("languages", ("Languages", "Dillər")),
    plain("place", ("Place", "Yer")),
    plain("partner_ref", ("Partner's reference", "Tərəfdaşın nömrəsi")),
    plain("tags", ("Tags", "Etiketlər")),
)
