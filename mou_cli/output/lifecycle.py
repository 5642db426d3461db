"""What is shown of what happens to agreements: the facts of one, day by day, and renewals of many."""

from __future__ import annotations

from typing import Final

from mou_cli.catalogue import translate
from mou_cli.output.column import TEXTS, Column, Row, coded, index, plain
from mou_cli.vocabulary import LIFECYCLE_KINDS, RENEWAL_FORMS, REVIEW_OUTCOMES, CodeList

FACTS: Final = CodeList(
    "fact of an agreement",
    {
        "start": "first day",
        "end": "last day of a term",
        "document": "document added",
        "amended-by": "amended by",
        "superseded-by": "superseded by",
        "renewed-by": "renewed by",
        "under-it": "made under it",
        "last-notice": "last day for notice",
        "review-due": "review due",
    },
)


def _what(row: Row, language: str) -> str:
    from mou_cli.output.happened import changes_in_words  # lists do without

    codes = LIFECYCLE_KINDS if row["what"] in LIFECYCLE_KINDS else FACTS
    changes = changes_in_words(row | row["changes"], language)
    label = codes.label(row["what"], language)
    return f"{label}: {changes}" if changes else label


def _until(row: Row, language: str) -> str:
    return translate("no end", language) if row["until"] == "open" else row["until"] or ""


def _ahead(row: Row, language: str) -> str:
    return translate("ahead", language) if row["is_ahead"] else ""


FACT_KEYS: Final = (
    *("date", "what", "until", "term", "by", "by_name", "form", "outcome", "changes", "evidence", "note"),
    *("texts", "is_ahead"),
)
FACT_COLUMNS: Final = index(
    plain("date", "Date", "date"),
    Column("what", "What", _what, key="what", weight=4),
    Column("until", "Until", _until, "date", "until"),
    plain("by", "Who", key="by_name", weight=2),
    plain("term", "Term"),
    coded("form", "Form", RENEWAL_FORMS),
    coded("outcome", "Outcome", REVIEW_OUTCOMES),
    plain("changes", "Changes", weight=2),
    TEXTS,
    plain("evidence", "Evidence", weight=2),
    plain("note", "Note", weight=4),
    Column("ahead", "Ahead", _ahead, key="is_ahead"),
)
FACT_DEFAULT: Final = ("date", "what", "until", "by", "evidence", "note", "ahead")

RENEWAL_KEYS: Final = ("ref", "key", "partners", "ends_before", "ends_after", "days", "problem")
RENEWAL_COLUMNS: Final = index(
    plain("ref", "Ref", "code"),
    plain("key", "Key", "code"),
    plain("partner", "Partner", key="partners", weight=3),
    plain("ends_before", "Old end", "date"),
    plain("ends_after", "New end", "date"),
    plain("days", "Days", "number"),
    plain("problem", "What stands against it", weight=3),
)
RENEWAL_DEFAULT: Final = ("ref", "partner", "ends_before", "ends_after", "days", "problem")
