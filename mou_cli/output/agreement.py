"""What is shown of an agreement."""

from __future__ import annotations

from typing import Final

from mou_cli.catalogue import translate
from mou_cli.output.column import (
    NOTE,
    SOURCE,
    TEXTS,
    Column,
    Row,
    coded,
    index,
    labels_of,
    places,
    plain,
    status_tone,
    told,
    warning,
)
from mou_cli.output.days_left import NOTICE_SOON_DAYS, short_days_left
from mou_cli.output.layout import HELD
from mou_cli.vocabulary import (
    AGREEMENT_TYPES,
    AREAS,
    DOCUMENT_KINDS,
    PARTNER_TYPES,
    RENEWALS,
    STAGES,
    STATUSES,
    CodeList,
)

RENEWED: Final = "→"
ENDS_WHY: Final = CodeList(
    "why the end is known",
    {
        "stated": "stated",
        "computed": "computed from the term",
        "open": "no end",
        "unstated": "unstated",
        "start-unknown": "the start is unknown",
    },
)


def _ends(row: Row, language: str) -> str:
    """Give the last day, `open`, or the days between which the end lies: `~2027`, `~2026-05-15…2026-07-01`."""
    if row.get("ends_on"):
        return str(row["ends_on"])
    if row.get("ends_from"):
        return _span(row["ends_from"], row.get("ends_to") or "")
    return translate("open", language, context="end") if row.get("ends_why") == "open" else ""


def _renewed_until(row: Row, _language: str) -> str:
    first, last = row.get("renewed_until_from"), row.get("renewed_until_to")
    if not first or not last:
        return ""
    return str(first) if first == last else _span(first, last)


def _ends_ahead(row: Row, language: str) -> str:
    """Give the end, and behind an arrow until when a renewal is recorded; what has no room is broken before that."""
    until = _renewed_until(row, language)
    return f"{_ends(row, language)} {RENEWED}{HELD}{until}" if until else _ends(row, language)


def _span(first: str, last: str) -> str:
    from mou_cli.rules.date import interval  # few ends are spans, and it is slow to load

    for reduced in (first[:4], first[:7]):
        days = interval(reduced)
        if days and (days[0].isoformat(), days[1].isoformat()) == (first, last):
            return f"~{reduced}"
    return f"~{first}…{last}"


def _documents(row: Row, language: str) -> str:
    return "; ".join(_document(paper, language) for paper in row.get("documents") or ())


def _document(paper: Row, language: str) -> str:
    return told(
        paper.get("file") or paper.get("paper") or "",
        DOCUMENT_KINDS.label(paper.get("kind") or "", language),
        paper.get("language") or "",
        translate("public", language) if paper.get("public") else "",
        (paper.get("paper") or "") if paper.get("file") else "",
    )


def _partner_types(row: Row, language: str) -> str:
    types = (partner["type"] for partner in row.get("partners") or () if partner.get("type"))
    return labels_of(types, PARTNER_TYPES, language)


def _territories(row: Row, _language: str) -> str:
    territories = (partner.get("territory") for partner in row.get("partners") or ())
    return "; ".join(dict.fromkeys(territory for territory in territories if territory))


# Of the others the end is no news: they are over whatever it was, or have not come to be.
_ENDING: Final = frozenset({"future", "active", "in-notice", "unstated", "expired"})
_RUNNING: Final = frozenset({"active", "unstated"})


def _days_left(row: Row) -> int | None:
    return row.get("days_left") if row.get("status") in _ENDING else None


def _days_to_warn_of(row: Row) -> int | None:
    """Give the days to an end that nobody has put off."""
    return None if row.get("renewed_until_to") else _days_left(row)


def _notice_days_left(row: Row) -> int | None:
    """Give the days to the last one for notice, as long as none was given."""
    return row.get("notice_days_left") if row.get("status") in _RUNNING else None


def _notice_to_warn_of(row: Row) -> int | None:
    return None if row.get("renewed_until_to") else _notice_days_left(row)


def _left(row: Row, language: str) -> str:
    return short_days_left(_days_left(row), language)


def _notice_left(row: Row, language: str) -> str:
    return short_days_left(_notice_days_left(row), language)


KEYS: Final = (
    *("ref", "key", "title", "type", "stage", "status", "partners", "homes", "areas", "signed_on", "starts_on"),
    *("ends_on", "ends_from", "ends_to", "ends_why", "renewal", "notice_by", "review_on", "term", "renewal_term"),
    *("notice", "terminated_on", "event", "project", "unit", "responsible", "region", "note", "texts", "documents"),
    *("source", "days_left", "notice_days_left", "renewed_until", "renewed_until_from", "renewed_until_to"),
)
COLUMNS: Final = index(
    plain("ref", "Ref", "code"),
    plain("key", "Key", "code"),
    plain("title", "Title", weight=4),
    coded("type", "Type", AGREEMENT_TYPES),
    coded("stage", "Stage", STAGES),
    coded("status", "Status", STATUSES)._replace(tone=status_tone),
    plain("partner", "Partner", key="partners", weight=4),
    Column(
        *("country", "Country", lambda row, language: places(row.get("partners") or (), language)),
        weight=2,
        reads=("partners",),
    ),
    Column("territory", "Territory", _territories, reads=("partners",)),
    Column("partner_type", "Partner type", _partner_types, weight=2, reads=("partners",)),
    plain("home", "Home", key="homes", weight=3),
    coded("areas", "Areas", AREAS)._replace(weight=3),
    plain("signed", "Signed", "date", key="signed_on"),
    plain("starts", "Starts", "date", key="starts_on"),
    Column(
        *("ends", "Ends", _ends, "date", "ends_on"),
        tone=warning(_days_to_warn_of),
        reads=("ends_from", "ends_to", "ends_why", "days_left", "status", "renewed_until_from", "renewed_until_to"),
    ),
    Column(
        *("left", "Left", _left, "number", "days_left"),
        tone=warning(_days_to_warn_of),
        reads=("status", "renewed_until_to"),
    ),
    plain("ends_from", "Ends from", "date"),
    plain("ends_to", "Ends to", "date"),
    coded("ends_why", "End known", ENDS_WHY),
    Column(
        *("renewed_until", "Renewed until", _renewed_until, "date", "renewed_until"),
        reads=("renewed_until_from", "renewed_until_to"),
    ),
    plain("renewed_until_from", "Renewed until, earliest", "date"),
    plain("renewed_until_to", "Renewed until, latest", "date"),
    coded("renewal", "Renewal", RENEWALS),
    plain("notice_by", "Notice by", "date")._replace(
        tone=warning(_notice_to_warn_of, NOTICE_SOON_DAYS), reads=("notice_days_left", "status", "renewed_until_to")
    ),
    Column(
        *("notice_left", "For notice", _notice_left, "number", "notice_days_left"),
        tone=warning(_notice_to_warn_of, NOTICE_SOON_DAYS),
        reads=("status", "renewed_until_to"),
    ),
    plain("review", "Review", "date", key="review_on"),
    plain("term", "Term"),
    plain("renewal_term", "Renewal term"),
    plain("notice", "Notice"),
    plain("terminated", "Terminated", "date", key="terminated_on"),
    plain("event", "Event", "code"),
    plain("project", "Project"),
    plain("unit", "Unit", weight=2),
    plain("responsible", "Responsible", weight=2),
    plain("region", "Region"),
    NOTE,
    TEXTS,
    Column("documents", "Documents", _documents, key="documents", weight=3),
    SOURCE,
)
ENDS_AHEAD: Final = COLUMNS["ends"]._replace(show=_ends_ahead)
DEFAULT: Final = ("ref", "partner", "country", "type", "areas", "status", "ends")


def _language(line: Row, _language: str) -> str:
    """Give the language of an exchange with the level that is asked for in it."""
    return " ".join(text for text in (line.get("language"), line.get("cefr")) if text)


# A line of an exchange, on the page of its agreement.
EXCHANGE_KEYS: Final = ("from", "to", "level", "isced", "places", "months", "language", "cefr", "years")
EXCHANGE: Final = index(
    plain("from", "From", weight=3),
    plain("to", "To", weight=3),
    plain("level", "Level", "code"),
    plain("isced", "ISCED", "code"),
    plain("places", "Places", "number"),
    plain("months", "Months", "number"),
    Column("language", "Language", _language, "code", "language"),
    plain("cefr", "CEFR", "code"),
    plain("years", "Years", "code"),
)
EXCHANGE_DEFAULT: Final = tuple(name for name in EXCHANGE_KEYS if name != "cefr")
