"""Agreements as rows: found by any filters, as they stand on a day."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from mou_cli.errors import NotFound
from mou_cli.rules.date import days_until, first_day
from mou_cli.rules.language import split_texts
from mou_cli.views.agreement_filter import (
    AgreementFilter,
    agreement_conditions,
    counting_source,
    is_partner,
    partner_fragments,
)
from mou_cli.views.agreement_page import PAGE, Asked, by_end, first_by_reference, in_order
from mou_cli.views.country import country_rank
from mou_cli.views.document import documents
from mou_cli.views.party import Bodies, Parties
from mou_cli.views.query import counted, order_of, rows_of_lists, values_of_lists
from mou_cli.views.terms import span_source
from mou_cli.views.words import Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row

_BY_REF = ("ref", "-ref")
# The keys of a row in their order, and where their values stand; what is not of one column is put in later.
_FIELDS = {
    **{name: f"a.{name}" for name in ("ref", "key", "title", "type", "stage")},
    "status": "s.status",
    **dict.fromkeys(("partners", "homes", "areas"), "NULL"),
    "signed_on": "a.signed",
    "starts_on": "a.starts",
    **{name: f"s.{name}" for name in ("ends_on", "ends_from", "ends_to", "ends_why")},
    "renewal": "a.renewal",
    **{name: f"s.{name}" for name in ("notice_by", "review_on")},
    **{name: f"a.{name}" for name in ("term", "renewal_term", "notice")},
    "terminated_on": "a.terminated",
    **{name: f"a.{name}" for name in ("event", "project", "unit", "responsible", "region", "note")},
    **dict.fromkeys(("texts", "documents"), "NULL"),
    "source": "a.source",
    **dict.fromkeys(("days_left", "notice_days_left"), "NULL"),
    "renewed_until": "CASE WHEN s.renewed_until_from = s.renewed_until_to THEN s.renewed_until_to END",
    **{name: f"s.{name}" for name in ("renewed_until_from", "renewed_until_to")},
    "instead": "s.instead",
}
# What a row always has, and what else the value of a key is made of.
_ALWAYS = ("key", "ends_from", "instead")
_MADE_OF = {
    "partners": ("homes",),
    "homes": ("partners",),
    "starts_on": ("signed_on",),
    "texts": ("title", "note"),
    "days_left": ("ends_on",),
    "notice_days_left": ("notice_by",),
}
_PARTNER = """(SELECT min(i.{column}) FROM agreement_party p JOIN institution i ON i.key = p.institution
    WHERE p.agreement = a.key AND {{is_partner}})"""
_WAY = " {way} NULLS LAST"
SORTS = {
    # Neither is ever unknown. To be told where the unknown stands would keep SQLite from the order of its index.
    "ref": "a.ref_year {way}, a.ref_number {way}",
    "partner": _PARTNER.format(column="sort") + _WAY,
    "country": """(SELECT min({country}) FROM agreement_party p JOIN institution i ON i.key = p.institution
        WHERE p.agreement = a.key AND {is_partner})"""
    + _WAY,
    "partner-type": _PARTNER.format(column="type") + _WAY,
    "title": "a.sort" + _WAY,
    "type": "a.type" + _WAY,
    "status": "s.status" + _WAY,
    "signed": "a.signed_from" + _WAY,
    "starts": """CASE WHEN a.starts = 'signed' THEN a.signed_from
        WHEN substr(a.starts, 1, 2) <> '--' THEN a.starts END"""
    + _WAY,
    "ends": "s.ends_from" + _WAY,
    "notice": "s.notice_by" + _WAY,
    "review": "CASE WHEN substr(s.review_on, 1, 2) <> '--' THEN s.review_on END" + _WAY,
}

# What `show` adds to a row.
DETAILS = (
    "lifecycle",
    "exchange",
    "signatures",
    "people",
    "contacts",
    "links",
    "renewal_max",
    "renewal_until",
    "reason",
    "backup",
    "languages",
    "place",
    "partner_ref",
    "tags",
    "public",
)


def count_agreements(reader: Reader, wanted: AgreementFilter, today: date, most: int | None = None) -> int:
    """Count the agreements that are asked for, as they stand on a day; no further than `most`."""
    if wanted.words is not None and wanted == AgreementFilter(words=wanted.words):
        return Words(reader, wanted.words).count("agreement", most)  # on any day all of them stand somehow
    if most is not None and (wanted.places or wanted.partner_types or wanted.partners):
        return _count_of_partners(reader, wanted, today, most)
    conditions = agreement_conditions(reader, wanted, today)
    return counted(reader, counting_source(span_source(reader, today), wanted), conditions, most)


def _count_of_partners(reader: Reader, wanted: AgreementFilter, today: date, most: int) -> int:
    """Count from one partner to the next until there are enough, without all agreements of all of them in a list."""
    others = replace(wanted, places=(), partner_types=(), partners=(), words=None)
    conditions = agreement_conditions(reader, others, today, in_order=True)
    if wanted.words is not None:
        words = Words(reader, wanted.words)
        words.add(conditions, "agreement", "a.key", in_order=words.are_common("agreement"))
    asked = partner_fragments(conditions, wanted.places, wanted.partner_types, wanted.partners)
    for fragment in (
        *asked,
        is_partner(wanted.home),
        "p.institution = i.key AND a.key = p.agreement AND s.agreement = a.key",
    ):
        conditions.add(fragment)
    sql = f"""SELECT count(*) AS n FROM (SELECT DISTINCT a.key FROM institution i CROSS JOIN agreement_party p
        CROSS JOIN agreement a CROSS JOIN {span_source(reader, today)} s {conditions.where} LIMIT :most) found"""
    return int(next(iter(reader.rows(sql, **conditions.parameters, most=most)))["n"])


def find_agreements(
    reader: Reader,
    wanted: AgreementFilter,
    today: date,
    sort: str = "ref",
    limit: int | None = None,
    language: str = "en",
    keys: Collection[str] | None = None,
) -> Iterator[Row]:
    """Give the agreements that are asked for, as they stand on a day, streamed.

    `keys` are those of the rows that are looked at, all where none are said; what else a row has is left open.
    `sort` is a name of SORTS, with a dash before it for the other way round; the unknown comes last either way.
    Countries are in the order of their names in the language.
    """
    asked = Asked(reader, wanted, today, limit, span_source(reader, today), _fields(keys))
    rows = None
    if sort in _BY_REF:
        rows = first_by_reference(asked, order_of(SORTS, sort, "a.key"), latest=sort.startswith("-"))
    elif sort == "ends" and wanted.ends_by is not None:
        rows = by_end(asked)
    if rows is None:
        conditions = agreement_conditions(reader, wanted, today)
        country = country_rank(reader, conditions, language) if sort.endswith("country") else ""
        order = order_of(SORTS, sort, "a.key", is_partner=is_partner(wanted.home), country=country)
        rows = in_order(asked, conditions, order)
    bodies: Bodies = {}
    while page := list(islice(rows, PAGE)):
        _add_lists(reader, page, wanted.home, bodies)
        _complete(page, today)
        yield from page


def _fields(keys: Collection[str] | None) -> str:
    asked = _FIELDS if keys is None else {*_ALWAYS, *keys, *(part for key in keys for part in _MADE_OF.get(key, ()))}
    return ", ".join(f"{sql} AS {name}" for name, sql in _FIELDS.items() if name in asked)


def _add_lists(reader: Reader, page: list[Row], home: str | None, bodies: Bodies) -> None:
    """Put in what stands in tables of its own, as far as the rows have keys for it."""
    keys, asked = [row["key"] for row in page], page[0].keys()
    if "partners" in asked:
        parties = Parties(reader, keys, bodies)
        for row in page:
            row["partners"], row["homes"] = parties.seen_from(row["key"], home)
    if "areas" in asked:
        areas = values_of_lists(reader, "agreement_area", "agreement", "area", keys)
        for row in page:
            row["areas"] = areas.get(row["key"], [])
    if "documents" in asked:
        documents = rows_of_lists(reader, "agreement_document", "agreement", keys)
        for row in page:
            row["documents"] = [_document(paper) for paper in documents.get(row["key"], ())]


def _complete(page: list[Row], today: date) -> None:
    """Make of columns what the keys have that are made of them."""
    asked = page[0].keys()
    texts = [name for name in ("title", "note") if name in asked]
    days = [(name, day) for name, day in (("days_left", "ends_on"), ("notice_days_left", "notice_by")) if name in asked]
    for row in page:
        row["texts"] = split_texts(row, texts)
        if source := row.get("source"):
            row["source"] = json.loads(source)
        # What holds since of the agreement's own fields.
        if instead := row.pop("instead"):
            row.update(json.loads(instead))
        if "starts_on" in asked:
            row["starts_on"] = first_day(row["starts_on"], row["signed_on"])
        for name, day in days:
            row[name] = days_until(row[day], today)


def _document(row: Row) -> Row:
    kept = {name: row[name] for name in ("file", "kind", "language", "paper")}
    content = {name: row[name] for name in ("sha256", "size", "media_type", "added")}
    return {**kept, "public": bool(row["public"]), **content}


def get_agreement(reader: Reader, key: str, today: date) -> Row:
    """Give one agreement whole: its row, and everything else that is recorded of it. Raises NotFound."""
    from mou_cli.fields.agreement import AGREEMENT
    from mou_cli.fields.shown import shown
    from mou_cli.rules.date import interval

    row = next(find_agreements(reader, AgreementFilter(key=key), today), None)
    if row is None:
        raise NotFound(f"there is no agreement {key}")
    document = documents(reader, AGREEMENT, [key])[key]
    details = {name: shown(AGREEMENT.by_name[name].kind, document.get(name)) for name in DETAILS}
    for fact in details["lifecycle"]:
        days = interval(fact["date"])
        fact["is_ahead"] = bool(days and days[1] > today)
    return row | details
