"""What is shown of answers that are no records: what a search found, what was counted, what would change."""

from __future__ import annotations

from typing import Final

from mou_cli.catalogue import translate
from mou_cli.output.column import Column, Row, index, plain
from mou_cli.vocabulary import AGREEMENT_TYPES, AREAS, PARTNER_TYPES, STATUSES, CodeList

_CODES = {"type": AGREEMENT_TYPES, "area": AREAS, "status": STATUSES, "partner-type": PARTNER_TYPES}
_NOUNS = CodeList(
    "noun",
    {
        "institution": "institution",
        "agreement": "agreement",
        "event": "event",
        "plan": "plan",
        "task": "task",
    },
)


def _noun(row: Row, language: str) -> str:
    return _NOUNS.label(row["noun"], language)


def _counted(row: Row, language: str) -> str:
    value = row["value"]
    if value is None:
        return translate("(not known)", language)
    if row["by"] == "country":
        from mou_cli.rules.country import country_name

        return country_name(value, language)
    return _CODES[row["by"]].label(value, language) if row["by"] in _CODES else str(value)


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
    Column("value", "Value", _counted, key="value", weight=4),
    plain("agreements", "Agreements", "number"),
    plain("partners", "Partners", "number"),
)
COUNT_DEFAULT: Final = ("value", "agreements", "partners")

CHANGE_KEYS: Final = ("noun", "key", "field", "before", "after")
CHANGE_COLUMNS: Final = index(
    Column("noun", "What", _noun, "code", "noun"),
    plain("key", "Key", "code"),
    plain("field", "Field", "code"),
    plain("before", "Before", weight=3),
    plain("after", "After", weight=3),
)
CHANGE_DEFAULT: Final = CHANGE_KEYS
