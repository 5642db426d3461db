"""How agreements stand on a day, as SQL can join it: the stored spans, and those a late reader has to work out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mou_cli.views.document import batches, documents
from mou_cli.vocabulary import Renewal, Stage

if TYPE_CHECKING:
    from datetime import date

    from mou_cli.fields.shape import Document
    from mou_cli.rules.standing import Span
    from mou_cli.rules.term import Facts
    from mou_cli.store.reader import Reader, Row

T = TypeVar("T", bound=NamedTuple)
SPANS = "agreement_span"
# That a span `s` is the one of the day.
STANDING = "s.first_on <= :today AND s.last_on >= :today"
SPAN_COLUMNS = (
    "agreement",
    "first_on",
    "last_on",
    "projected_to",
    "status",
    "term_number",
    "ends_on",
    "ends_from",
    "ends_to",
    "ends_why",
    "notice_by",
    "renewal",
    "review_on",
    "instead",
    "goes_on",
    "renewed_until_from",
    "renewed_until_to",
    "decision",
)
# The fields of an agreement that what happens to it may change: as rows call them, and what each is where none is said.
_CHANGING = (
    ("stage", "stage", Stage.UNSTATED),
    ("signed", "signed_on", None),
    ("terminated", "terminated_on", None),
    ("renewal", "renewal", Renewal.UNSTATED),
    ("renewal_term", "renewal_term", None),
    ("notice", "notice", None),
)
_NOT_RENEWED = (None, None)
_FACTS = (
    *("stage", "signed", "starts", "ends", "term", "terminated", "review"),
    *("renewal", "renewal_term", "renewal_max", "renewal_until", "notice"),
)


def facts_of(document: Document) -> Facts:
    """Give what an agreement's document says of its validity."""
    from mou_cli.rules.term import Facts

    dated = _dated_facts(document["lifecycle"]) if "lifecycle" in document else {}
    return Facts(**{name: document[name] for name in _FACTS if name in document}, **dated)


def _dated_facts(lifecycle: list[Row]) -> Row:
    from mou_cli.rules.known import earliest
    from mou_cli.rules.term import AmendmentFact, RenewalFact, ReviewFact, TerminationFact

    of = {kind: [fact for fact in lifecycle if fact["kind"] == kind] for kind in {fact["kind"] for fact in lifecycle}}

    def days(kind: str) -> tuple[str, ...]:
        return tuple(fact["date"] for fact in of.get(kind, ()))

    def rows(kind: str, fact: type[T]) -> tuple[T, ...]:
        return tuple(fact._make([each["date"], *map(each.get, fact._fields[1:])]) for each in of.get(kind, ()))

    # What is renewed by another agreement does not go on by itself; nor for longer, unless that is said.
    renewals = of.get("renewal", [])
    elsewhere = [fact for fact in renewals if fact.get("renewal") == Renewal.NONE]
    of["renewal"] = [fact for fact in renewals if fact not in elsewhere or fact.get("until") or fact.get("term")]
    ending = (AmendmentFact(fact["date"], renewal=Renewal.NONE) for fact in elsewhere)

    return {
        "notices": days("notice"),
        "signatures": days("signature"),
        "renewals": rows("renewal", RenewalFact),
        "amendments": (*rows("amendment", AmendmentFact), *ending),
        "terminations": rows("termination", TerminationFact),
        "reviews": rows("review", ReviewFact),
        "cancelled_on": earliest(days("cancellation")),
        "superseded_on": earliest(days("supersession")),
    }


def span_row(document: Document, span: Span) -> Row:
    """Give the row of a span of an agreement, with projected_to not yet said.

    `instead` has, as JSON, what on these days holds instead of the agreement's own fields, by the keys of its row;
    `renewal` that of them which the database asks for. Both are empty where nothing has changed.
    """
    standing, known, decision = span.standing, span.standing.known, span.standing.decision
    ends_on, ends_from, ends_to, notice_by = standing.ends_on, standing.ends_from, standing.ends_to, standing.notice_by
    renewed_from, renewed_to = standing.renewed_until or _NOT_RENEWED
    row = {
        "agreement": document["key"],
        "first_on": span.first_on.isoformat(),
        "last_on": span.last_on.isoformat(),
        "projected_to": None,
        "status": str(standing.status),
        "term_number": standing.term_number,
        "ends_on": ends_on.isoformat() if ends_on else None,
        "ends_from": ends_from.isoformat() if ends_from else None,
        "ends_to": ends_to.isoformat() if ends_to else None,
        "ends_why": str(standing.ends_why),
        "notice_by": notice_by.isoformat() if notice_by else None,
        "renewal": None,
        "review_on": known.review,
        "instead": None,
        "goes_on": int(standing.goes_on),
        "renewed_until_from": renewed_from.isoformat() if renewed_from else None,
        "renewed_until_to": renewed_to.isoformat() if renewed_to else None,
        "decision": str(decision) if decision else None,
    }
    if "lifecycle" in document:
        instead = {
            key: value
            for name, key, unsaid in _CHANGING
            if (value := getattr(known, name)) != document.get(name, unsaid)
        }
        row |= {"renewal": instead.get("renewal"), "instead": json.dumps(instead) if instead else None}
    return row


def with_spans(spans: str) -> str:
    """Give what to select agreements `a` from, with their spans `s`, which are those of `span_source`."""
    return f"agreement a JOIN {spans} s ON s.agreement = a.key"


def span_source(reader: Reader, today: date) -> str:
    """Give the table or subquery of the spans that hold a day, for every agreement.

    Tacit terms are stored only so far ahead. For a day beyond, the agreements whose spans end before it are worked out
    by the rules and kept in a temporary table beside the stored ones.
    """
    # Put in order here: SQLite would take the order for a reason to go through all spans by their key.
    sql = "SELECT agreement FROM agreement_span WHERE projected_to < :today"
    late = sorted(row["agreement"] for row in reader.rows(sql, today=today.isoformat()))
    if not late:
        return SPANS
    from mou_cli.fields.agreement import AGREEMENT
    from mou_cli.rules.standing import Span, standing

    columns = ", ".join(SPAN_COLUMNS)
    reader.keep(f"CREATE TEMPORARY TABLE IF NOT EXISTS late_span AS SELECT {columns} FROM agreement_span LIMIT 0", [{}])
    reader.keep("DELETE FROM late_span", [{}])
    for keys in batches(late):
        found = documents(reader, AGREEMENT, keys)
        rows = [
            span_row(document, Span(today, today, standing(facts_of(document), today))) for document in found.values()
        ]
        reader.keep(f"INSERT INTO late_span VALUES ({', '.join(f':{name}' for name in SPAN_COLUMNS)})", rows)
    return f"(SELECT {columns} FROM agreement_span UNION ALL SELECT {columns} FROM late_span)"
