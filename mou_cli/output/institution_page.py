"""The page of an institution: what it is, and everything the register has with it."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import translate, translate_number
from mou_cli.output.agreement import COLUMNS
from mou_cli.output.agreement_page import tasks_section
from mou_cli.output.column import as_text, details, places, said, told
from mou_cli.output.link import mail_target, web_target
from mou_cli.output.origin import closing
from mou_cli.output.person import called, names_in
from mou_cli.output.section import Grid, Item, Page, Part, Section, item, page, section
from mou_cli.rules.wording import long_date
from mou_cli.vocabulary import (
    CONTACT_ROLES,
    COUNTRY_SOURCES,
    NAME_KINDS,
    PARTNER_TYPES,
    PERSON_ROLES,
    STATUSES,
    CodeList,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mou_cli.output.column import Row

MOST: Final = 20  # agreements, tasks, events and people on a page, and what one of them did
ROLES: Final = CodeList("role of a signatory", {"signatory": "signed"})


def institution_page(row: Row, language: str) -> Page:
    """Give the page of an institution."""
    home = translate("home", language) if row.get("home") else ""
    facts = (PARTNER_TYPES.label(row.get("type") or "", language), places([row], language), home)
    return page(
        said(row, "name", language),
        facts,
        (
            section(translate("Names", language), _names(row, language)),
            section(translate("Place", language), _place(row, language)),
            section(translate("Identifiers", language), _identifiers(row)),
            section(translate("Belongs to", language), _belonging(row, language)),
            _agreements(row, language),
            tasks_section(row, language, MOST),
            _cut(translate("Events", language), list(_events(row, language)), language),
            _cut(translate("People", language), list(_people(row, language)), language),
            *closing(row, "institution", language),
        ),
    )


def _cut(heading: str, items: Sequence[Item], language: str) -> Section:
    return section(heading, items[:MOST], more=_left_out(items, language))


def _left_out(items: Sequence[object], language: str) -> str:
    left = len(items) - MOST
    return translate("and {number} more", language, number=left) if left > 0 else ""


def _names(row: Row, language: str) -> Iterator[Item]:
    main = row.get("name") or ""
    yield item(translate("main name", language), main if main != said(row, "name", language) else "")
    for name in row.get("names") or ():
        yield item(NAME_KINDS.label(name.get("kind") or "", language), told(name["text"], name.get("lang") or ""))


def _place(row: Row, language: str) -> Iterator[Item]:
    known = row.get("country_source") or "stated"
    inferred = COUNTRY_SOURCES.label(known, language) if known != "stated" else ""
    country = places([row | {"territory": None}], language)
    yield item(translate("Country", language), told(country, inferred) if country else "")
    yield item(translate("Territory", language), row.get("territory") or "")
    yield item(translate("City", language), row.get("city") or "")
    yield item(translate("Region", language), row.get("region") or "")
    website = row.get("website") or ""
    yield item(translate("Website", language), Part(website, target=web_target(website), is_code=True))


def _identifiers(row: Row) -> Iterator[Item]:
    for scheme, value in (row.get("identifiers") or {}).items():
        yield item(scheme, Part(value, is_code=True))


def _belonging(row: Row, language: str) -> Iterator[Item]:
    parent = row.get("parent") or ""
    yield item(translate("Part of", language), names_in(row).get(parent, parent))
    yield item(translate("Parts", language), *(child["name"] for child in row.get("children") or ()))
    yield item(translate("Member of", language), as_text(row.get("memberships"), language))


def _agreements(row: Row, language: str) -> Section:
    rows, counts = row.get("agreement_rows") or [], row.get("agreement_counts") or {}
    number = sum(counts.values())
    told_counts = details(*(f"{count} {STATUSES.label(status, language)}" for status, count in counts.items()))
    total = translate_number("{number} agreement", "{number} agreements", number, language) if number else ""
    others = ("partner",) if row.get("home") else ()
    # Of many nothing but the status is known: their place is left to the others.
    dates = [name for name in ("ends", "notice_by") if any(COLUMNS[name].show(each, language) for each in rows)]
    left = number - len(rows)
    more = translate(
        "and {number} more: {command}",
        language,
        number=left,
        command=f"mou list {'--home' if row.get('home') else '--partner'} {row['key']}",
    )
    return section(
        translate("Agreements", language),
        [item("", f"{total}: {told_counts}" if total else "")],
        Grid("agreement", rows, ("ref", *others, "type", "status", *dates)),
        more if left > 0 else "",
    )


def _events(row: Row, language: str) -> Iterator[Item]:
    for event in row.get("event_rows") or ():
        held = long_date(event["held_on"], language) if event["held_on"] else ""
        is_host = (event["host"] or {}).get("key") == row["key"]
        role = translate("host", language) if is_host else ""
        yield item(held, told(said(event, "name", language), event["place"] or "", role))


def _people(row: Row, language: str) -> Iterator[Item]:
    """Give a person once, with everything they did."""
    events = {event["key"]: said(event, "name", language) for event in row.get("event_rows") or ()}
    for name, group in groupby(row.get("people") or (), key=lambda person: called(person, language)):
        mentions = list(group)
        did = dict.fromkeys(
            _deed(each, each["ref"] or events.get(each["key"], each["key"]), language) for each in mentions
        )
        emails = dict.fromkeys(person["email"] or "" for person in mentions)
        yield item(
            "",
            told(name, *dict.fromkeys(said(person, "position", language) for person in mentions)),
            details(*islice(did, MOST), _left_out(list(did), language)),
            *(Part(email, target=mail_target(email), is_code=True) for email in emails),
            *dict.fromkeys(person["phone"] or "" for person in mentions),
        )


def _deed(person: Row, record: str, language: str) -> str:
    codes = next((codes for codes in (ROLES, PERSON_ROLES, CONTACT_ROLES) if person["role"] in codes), ROLES)
    return translate("{role} {record}", language, role=codes.label(person["role"], language), record=record)
