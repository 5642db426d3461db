"""Agreements as rows: found by any filters, as they stand on a day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mou_cli.errors import NotFound
from mou_cli.rules.date import days_until
from mou_cli.rules.language import choose_text, decode_texts
from mou_cli.views.agreement_filter import AgreementFilter, agreement_conditions, agreement_source, is_partner
from mou_cli.views.country import country_rank
from mou_cli.views.document import documents
from mou_cli.views.party import Parties
from mou_cli.views.query import counted, rows_of_lists

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row

_PAGE = 200
_BY_REF = ("ref", "-ref")
_COMMON = 2000
_FIELDS = """a.key, a.ref, a.title, a.type, a.stage, s.status, a.signed, a.starts, s.ends_on, s.ends_from, s.ends_to,
    s.ends_why, a.renewal, s.notice_by, s.review_on, a.term, a.renewal_term, a.notice, a.terminated, a.event, a.project,
    a.unit, a.responsible, a.region, a.note, a.source,
    s.instead"""
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
    conditions = agreement_conditions(reader, wanted, today)
    return counted(reader, agreement_source(reader, today), conditions, most)


def find_agreements(
    reader: Reader,
    wanted: AgreementFilter,
    today: date,
    sort: str = "ref",
    limit: int | None = None,
    language: str = "en",
) -> Iterator[Row]:
    """Give the agreements that are asked for, as they stand on a day, streamed.

    `sort` is a name of SORTS, with a dash before it for the other way round; the unknown comes last either way.
    Countries are in the order of their names in the language.
    """
    in_order = limit is not None and sort in _BY_REF and _is_common(reader, wanted, today)
    conditions = agreement_conditions(reader, wanted, today, in_order=in_order)
    country = country_rank(reader, conditions, language) if sort.endswith("country") else ""
    ordered = conditions.ordered(SORTS, sort, "a.key", limit, is_partner=is_partner(wanted.home), country=country)
    sql = f"""SELECT {_FIELDS} FROM {agreement_source(reader, today)} {conditions.where}
        {ordered}"""
    page: list[Row] = []
    for row in reader.rows(sql, **conditions.parameters):
        page.append(row)
        if len(page) == _PAGE:
            yield from _complete(reader, page, wanted.home, today)
            page = []
    yield from _complete(reader, page, wanted.home, today)


def _is_common(reader: Reader, wanted: AgreementFilter, today: date) -> bool:
    """Say whether a status is all that is asked, and one that many have: then a page of them is soon found in order."""
    if not wanted.statuses or wanted != AgreementFilter(statuses=wanted.statuses):
        return False
    return count_agreements(reader, wanted, today, _COMMON) == _COMMON


def _complete(reader: Reader, page: list[Row], home: str | None, today: date) -> Iterator[Row]:
    if not page:
        return
    keys = [row["key"] for row in page]
    parties = Parties(reader, keys)
    areas = rows_of_lists(reader, "agreement_area", "agreement", keys)
    documents = rows_of_lists(reader, "agreement_document", "agreement", keys)
    for row in page:
        key = row["key"]
        partners, homes = parties.seen_from(key, home)
        texts = {name: decode_texts(row[name]) for name in ("title", "note")}
        # What holds since of the agreement's own fields.
        instead = json.loads(row["instead"]) if row["instead"] else {}
        starts = instead.get("signed_on", row["signed"]) if row["starts"] == "signed" else row["starts"]
        yield {
            "ref": row["ref"],
            "key": key,
            "title": choose_text(texts["title"]),
            "type": row["type"],
            "stage": row["stage"],
            "status": row["status"],
            "partners": partners,
            "homes": homes,
            "areas": [area["area"] for area in areas.get(key, ())],
            "signed_on": row["signed"],
            "starts_on": starts,
            **{name: row[name] for name in ("ends_on", "ends_from", "ends_to", "ends_why", "renewal", "notice_by")},
            "review_on": row["review_on"],
            **{name: row[name] for name in ("term", "renewal_term", "notice")},
            "terminated_on": row["terminated"],
            **{name: row[name] for name in ("event", "project", "unit", "responsible", "region")},
            "note": choose_text(texts["note"]),
            "texts": {name: text for name, text in texts.items() if isinstance(text, dict)},
            "documents": [_document(paper) for paper in documents.get(key, ())],
            "source": json.loads(row["source"]) if row["source"] else None,
            "days_left": days_until(row["ends_on"], today),
            "notice_days_left": days_until(row["notice_by"], today),
        } | instead


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
