"""The page of an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mou_cli.catalogue import translate
from mou_cli.output.agreement import COLUMNS, EXCHANGE_DEFAULT
from mou_cli.output.column import as_text, details, labels_of, places, said, told
from mou_cli.output.document import size_in_words
from mou_cli.output.happened import changes_in_words
from mou_cli.output.kind import day_in_words
from mou_cli.output.lineage import lineage_section
from mou_cli.output.link import document_target, mail_target
from mou_cli.output.nouns import field_label
from mou_cli.output.origin import closing
from mou_cli.output.person import attendance, names_in
from mou_cli.output.reason import reason_items
from mou_cli.output.section import Grid, Item, Page, Part, Section, item, page, section
from mou_cli.rules.date import OPEN
from mou_cli.rules.wording import long_date
from mou_cli.vocabulary import (
    AGREEMENT_TYPES,
    AREAS,
    CONTACT_ROLES,
    DOCUMENT_KINDS,
    LIFECYCLE_KINDS,
    PARTNER_TYPES,
    PARTY_ROLES,
    STAGES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.output.column import Row

_NAMED: Final = 3  # partners in the heading of an agreement without a title
_DETAILS: Final = (
    *("project", "unit", "responsible", "backup", "region", "place", "languages", "partner_ref", "tags", "public"),
)


def agreement_page(row: Row, language: str) -> Page:
    """Give the page of an agreement."""
    status = COLUMNS["status"]
    kind = AGREEMENT_TYPES.label(row.get("type") or "", language)
    facts = (
        row.get("ref") or "",
        kind if said(row, "title", language) else "",
        Part(status.show(row, language), status.tone(row)),
    )
    return page(
        heading(row, language),
        facts,
        (
            section(translate("Parties", language), _parties(row, language)),
            section(translate("Dates", language), _dates(row, language)),
            section(translate("Since then", language), _lifecycle(row, language)),
            section(translate("Areas", language), [item("", labels_of(row.get("areas") or (), AREAS, language))]),
            _exchange(row, language),
            section(translate("Signed by", language), _signatures(row, language)),
            section(translate("Present", language), attendance(row, language)),
            section(translate("Contacts", language), _contacts(row, language)),
            tasks_section(row, language),
            lineage_section(row, language),
            section(translate("Documents", language), _documents(row, language)),
            section(translate("Details", language), _details(row, language)),
            *closing(row, "agreement", language),
        ),
    )


def heading(row: Row, language: str) -> str:
    """Give what people call an agreement: its title, or what it is and with whom."""
    title = said(row, "title", language)
    if title:
        return title
    partners = [str(partner["name"]) for partner in row.get("partners") or ()]
    names = details(*partners[:_NAMED])
    if partners[_NAMED:]:
        names = translate("{names} and {number} more", language, names=names, number=len(partners) - _NAMED)
    kind = AGREEMENT_TYPES.label(row.get("type") or "", language)
    return translate("{type} with {partner}", language, type=kind, partner=names) if names else kind


def tasks_section(row: Row, language: str, most: int | None = None) -> Section:
    """Give the tasks that carry something out, at most so many of them."""
    tasks = row.get("task_rows") or []
    left = len(tasks) - len(tasks[:most])
    more = translate("and {number} more", language, number=left) if left else ""
    columns = ("plan", "number", "task", "deadline", "status")
    return section(translate("Tasks", language), grid=Grid("task", tasks[:most], columns), more=more)


def _parties(row: Row, language: str) -> Iterator[Item]:
    home, partner = translate("Home", language), translate("Partner", language)
    for party in row.get("parties") or ():
        role = PARTY_ROLES.label(party["role"], language) if party["role"] else ""
        kind = PARTNER_TYPES.label(party["type"] or "", language)
        name = told(party["name"], places([party], language), kind)
        yield item(home if party["home"] else partner, name, details(party["unit"] or "", role))


def _dates(row: Row, language: str) -> Iterator[Item]:
    yield from reason_items(row.get("reasons") or [], language)
    yield item(translate("Reason", language), said(row, "reason", language))
    yield item(translate("Review", language), long_date(row.get("review_on") or "", language))
    stage = row.get("stage") or "unstated"
    yield item(translate("Stage", language), STAGES.label(stage, language) if stage != "unstated" else "")


def _lifecycle(row: Row, language: str) -> Iterator[Item]:
    names = names_in(row)
    # Days without a year come last.
    facts = row.get("lifecycle") or ()
    for fact in sorted(facts, key=lambda fact: (fact["date"].startswith("--"), fact["date"])):
        until = fact.get("until")
        evidence = fact.get("evidence") or ""
        rest = (
            names.get(fact.get("by"), fact.get("by") or ""),
            _until(until, language) if until else "",
            changes_in_words(fact, language),
            # What is to come counts from its day on, and does not stand among what counts now as if it did.
            translate("ahead", language) if fact["is_ahead"] else "",
        )
        kind = told(LIFECYCLE_KINDS.label(fact["kind"], language), *rest)
        proof = translate("evidence: {evidence}", language, evidence=evidence) if evidence else ""
        yield item(long_date(fact["date"], language), kind, proof, said(fact, "note", language))


def _until(until: str, language: str) -> str:
    if until == OPEN:
        return day_in_words(until, language)
    return translate("until {date}", language, date=long_date(until, language))


def _exchange(row: Row, language: str) -> Section:
    names = names_in(row)
    lines = [
        {**line, "from": names.get(line["from"], line["from"]), "to": names.get(line["to"], line["to"])}
        for line in row.get("exchange") or ()
    ]
    columns = tuple(name for name in EXCHANGE_DEFAULT if any(line.get(name) not in (None, []) for line in lines))
    return section(translate("Exchange", language), grid=Grid("exchange", lines, columns))


def _signatures(row: Row, language: str) -> Iterator[Item]:
    names = names_in(row)
    for person in row.get("signatures") or ():
        position, party = said(person, "position", language), names.get(person.get("party"), "")
        yield item("", told(person["name"], position, party, long_date(person.get("signed") or "", language)))


def _contacts(row: Row, language: str) -> Iterator[Item]:
    names = names_in(row)
    for person in row.get("contacts") or ():
        email = person.get("email") or ""
        yield item(
            CONTACT_ROLES.label(person.get("role") or "coordinator", language),
            told(person["name"], names.get(person.get("party"), "")),
            Part(email, target=mail_target(email), is_code=True),
            person.get("phone") or "",
        )


def _documents(row: Row, language: str) -> Iterator[Item]:
    for paper in row.get("documents") or ():
        name = paper.get("file") or ""
        place = paper.get("paper")
        yield item(
            DOCUMENT_KINDS.label(paper["kind"], language) if paper.get("kind") else translate("document", language),
            Part(name, target=document_target(name, paper.get("path")), is_code=" " not in name),
            details(
                size_in_words(paper.get("size"), language),
                paper.get("language") or "",
                translate("public", language) if paper.get("public") else "",
                translate("on paper: {place}", language, place=place) if place else "",
            ),
        )


def _details(row: Row, language: str) -> Iterator[Item]:
    yield item(translate("Event", language), _event(row, language))
    for name in _DETAILS:
        # That something is not published is the rule, and not told.
        yield item(field_label("agreement", name, language), as_text(row.get(name) or "", language))


def _event(row: Row, language: str) -> str:
    event: dict[str, Any] | None = row.get("event_row")
    if not event:
        return row.get("event") or ""
    held = long_date(event["held_on"], language) if event["held_on"] else ""
    return told(said(event, "name", language), held, event["place"] or "")
