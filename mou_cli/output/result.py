"""What is shown of answers that are no records: what a search found, what was counted, what would change."""

from __future__ import annotations

from typing import Final

from mou_cli.catalogue import translate
from mou_cli.output.column import Column, Row, index, plain
from mou_cli.vocabulary import AGREEMENT_TYPES, AREAS, PARTNER_TYPES, STATUSES, CodeList

_CODES = {"type": AGREEMENT_TYPES, "area": AREAS, "status": STATUSES, "partner-type": PARTNER_TYPES}
TRAITS = CodeList(
    "what is counted by",
    {
        "country": "Country",
        "region": "Region",
        "type": "Type",
        "area": "Area",
        "status": "Status",
        "year": "Year",
        "partner-type": "Partner type",
    },
)
NOUNS: Final = CodeList(
    "noun",
    {
        "institution": "institution",
        "agreement": "agreement",
        "event": "event",
        "plan": "plan",
        "task": "task",
        "acceptance": "acceptance",
    },
)


def _noun(row: Row, language: str) -> str:
    return NOUNS.label(row["noun"], language)


def counted(row: Row, language: str) -> str:
    """Give the label of the value that a row counts."""
    return _label(row["by"], row["value"], language)


def _label(by: str, value: str | None, language: str) -> str:
    if value is None:
        return translate("(not known)", language)
    if by == "country":
        from mou_cli.rules.country import country_name

        return country_name(value, language)
    return _CODES[by].label(value, language) if by in _CODES else value


MATCH_KEYS: Final = ("noun", "key", "ref", "label", "detail")
MATCH_COLUMNS: Final = index(
    Column("noun", "What", _noun, "code", "noun"),
    plain("key", "Key", "code"),
    plain("ref", "Ref", "code"),
    plain("label", "Name", weight=4),
    plain("detail", "Detail", weight=2),
)
MATCH_DEFAULT: Final = ("noun", "label", "detail", "key")

COUNT_KEYS: Final = ("by", "value", "agreements", "partners")
COUNT_COLUMNS: Final = index(
    plain("by", "By", "code"),
    Column("value", "Value", counted, key="value", weight=4),
    plain("agreements", "Agreements", "number"),
    plain("partners", "Partners", "number"),
)
COUNT_DEFAULT: Final = ("value", "agreements", "partners")

CROSS_KEYS: Final = ("by", "value", "by2", "value2", "agreements", "partners")
CROSS_COLUMNS: Final = index(
    *(COUNT_COLUMNS[name] for name in ("by", "value")),
    plain("by2", "And by", "code"),
    Column("value2", "And value", lambda row, lang: _label(row["by2"], row["value2"], lang), key="value2", weight=4),
    *(COUNT_COLUMNS[name] for name in ("agreements", "partners")),
)
CROSS_DEFAULT: Final = ("value", "value2", "agreements", "partners")

CHANGE_KEYS: Final = ("noun", "key", "field", "before", "after")
CHANGE_COLUMNS: Final = index(
    Column("noun", "What", _noun, "code", "noun"),
    plain("key", "Key", "code"),
    plain("field", "Field", "code"),
    plain("before", "Before", weight=3),
    plain("after", "After", weight=3),
)
CHANGE_DEFAULT: Final = CHANGE_KEYS
