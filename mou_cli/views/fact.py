"""What has happened to an agreement and what lies ahead, every fact with its day, in the order of the days."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mou_cli.rules.date import first_day, interval
from mou_cli.rules.language import choose_text
from mou_cli.views.document import documents
from mou_cli.views.link import linked_from
from mou_cli.views.name import institution_names
from mou_cli.views.terms import facts_of
from mou_cli.vocabulary import STOPPED, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.fields.shape import Document
    from mou_cli.store.reader import Reader, Row

_EMPTY: Row = dict.fromkeys(
    ("date", "what", "until", "term", "by", "by_name", "form", "outcome", "changes", "evidence", "note")
)
_CHANGED = ("renewal", "renewal_term", "notice", "review")
_RUNNING = (Status.FUTURE, Status.ACTIVE, Status.UNSTATED)
_NOT_YET = (Status.DRAFT, *STOPPED)
# As on the agenda: nobody has to review what is over, or comes to its end.
_NEVER_REVIEWED = (*STOPPED, Status.EXPIRED, Status.IN_NOTICE)
LINKED = {"amends": "amended-by", "supersedes": "superseded-by", "renews": "renewed-by", "under": "under-it"}


def find_facts(reader: Reader, key: str, today: date) -> Iterator[Row]:
    """Give everything of an agreement that has a day; `is_ahead` says that the day is after the one asked.

    `changes` has what an amendment says anew, or a review of the next one. A day without its year comes last.
    """
    from mou_cli.fields.agreement import AGREEMENT

    document = documents(reader, AGREEMENT, [key])[key]
    found = [*_happened(document), *_recorded(document), *_linked(reader, key), *_terms(document, today)]
    names = institution_names(reader, [row["by"] for row in found if row.get("by")])
    for row in sorted(found, key=lambda row: _order(row["date"])):
        note = row.get("note")
        days = interval(row["date"])
        yield (
            _EMPTY
            | row
            | {
                "by_name": names.get(row.get("by") or "", row.get("by")),
                "changes": row.get("changes", {}),
                "note": choose_text(note),
                "texts": {"note": note} if isinstance(note, dict) else {},
                "is_ahead": bool(days and days[1] > today),
            }
        )


def _order(stored: str) -> tuple[bool, str]:
    days = interval(stored)
    return days is None, days[0].isoformat() if days else stored


def _recorded(document: Document) -> Iterator[Row]:
    """Give what the agreement's own fields say, as far as no fact of that day says it."""
    happened = {(fact["kind"], fact["date"]) for fact in document.get("lifecycle", ())}
    signed = document.get("signed")
    if signed and ("signature", signed) not in happened:
        yield {"date": signed, "what": "signature", "by": _signatories(document, signed)}
    for day in dict.fromkeys(each["signed"] for each in document.get("signatures", ()) if "signed" in each):
        if day != signed and ("signature", day) not in happened:
            yield {"date": day, "what": "signature", "by": _signatories(document, day)}
    if starts := first_day(document.get("starts"), signed):
        yield {"date": starts, "what": "start"}
    ended = document.get("terminated")
    if ended and not any(kind == "termination" for kind, _day in happened):
        yield {"date": ended, "what": "termination", "until": ended, "note": document.get("reason")}
    for paper in document.get("documents", ()):
        if "added" in paper:
            yield {"date": paper["added"], "what": "document", "evidence": paper.get("file") or paper.get("paper")}


def _signatories(document: Document, day: str) -> str | None:
    """Give who signed on a day, and whoever signed when nobody says."""
    signed = document.get("signed")
    return (
        ", ".join(each["name"] for each in document.get("signatures", ()) if each.get("signed", signed) == day) or None
    )


def _happened(document: Document) -> Iterator[Row]:
    for fact in document.get("lifecycle", ()):
        told = {name: fact[name] for name in _EMPTY if name in fact}
        changes = {name: fact[name] for name in _CHANGED if name in fact}
        if fact["kind"] == "signature" and "by" not in fact:
            told["by"] = _signatories(document, fact["date"])
        yield {**told, "what": fact["kind"], "changes": changes}


def _linked(reader: Reader, key: str) -> Iterator[Row]:
    """Give the agreements that are linked to this one, each on the day when it was signed or begins."""
    from mou_cli.fields.agreement import AGREEMENT

    others = linked_from(reader, key)
    found = documents(reader, AGREEMENT, [other["key"] for other in others])
    for other in others:
        document = found[other["key"]]
        if day := document.get("signed") or first_day(document.get("starts"), None):
            note = document.get("title")
            yield {"date": day, "what": LINKED[other["kind"]], "evidence": other["ref"], "note": note}


def _terms(document: Document, today: date) -> Iterator[Row]:
    """Give the ends of the terms that are over, as each stood on its own day, and what comes next."""
    from mou_cli.rules.standing import spans, standing

    facts = facts_of(document)
    for span, following in pairwise(spans(facts, today)):
        ended, goes_on = span.standing, following.standing
        if following.first_on > today or ended.ends_to != span.last_on or ended.status in _NOT_YET:
            continue
        is_next = goes_on.term_number != ended.term_number and goes_on.ends_to is not None
        until = _day((goes_on.ends_from, goes_on.ends_to)) if is_next else None
        yield {"date": _day((ended.ends_from, ended.ends_to)), "what": "end", "until": until}
    now = standing(facts, today)
    if now.status not in _NOT_YET and now.ends_to and now.ends_to >= today:
        until = _day(now.renewed_until) if now.renewed_until else None
        yield {"date": _day((now.ends_from, now.ends_to)), "what": "end", "until": until}
    if now.status in _RUNNING and now.notice_by and now.notice_by >= today:
        yield {"date": now.notice_by.isoformat(), "what": "last-notice"}
    if now.known.review and now.status not in _NEVER_REVIEWED:
        yield {"date": now.known.review, "what": "review-due"}


def _day(days: tuple[date | None, date | None]) -> str:
    """Give the end of a term as exactly as it is known."""
    first, last = map(str, days)
    if first == last:
        return first
    reduced = (last[:length] for length in (4, 7))
    return next((each for each in reduced if interval(each) == days), last)
