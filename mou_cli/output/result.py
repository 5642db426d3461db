"""What is shown of answers that are no records: what a search found, what was counted, what would change."""

from __future__ import annotations

from typing import Final

from mou_cli.output.column import Column, Row, index, plain
from mou_cli.vocabulary import AGREEMENT_TYPES, AREAS, PARTNER_TYPES, STATUSES

_CODES = {"type": AGREEMENT_TYPES, "area": AREAS, "status": STATUSES, "partner-type": PARTNER_TYPES}
_NOUNS = {
    "institution": ("institution", "qurum"),
    "agreement": ("agreement", "saziş"),
    "event": ("event", "tədbir"),
    "plan": ("plan", "plan"),
    "task": ("task", "tapşırıq"),
}
_UNKNOWN = ("(not known)", "(məlum deyil)")


def _noun(row: Row, language: str) -> str:
    return _NOUNS[row["noun"]][language == "az"]


def _counted(row: Row, language: str) -> str:
    value = row["value"]
    if value is None:
        return _UNKNOWN[language == "az"]
    if row["by"] == "country":
        from mou_cli.rules.country import country_name

        return country_name(value, language)
    return _CODES[row["by"]].label(value, language) if row["by"] in _CODES else str(value)


MATCH_KEYS: Final = ("noun", "key", "ref", "label", "detail")
MATCH_COLUMNS: Final = index(
    Column("noun", ("What", "Nə"), _noun, "code", "noun"),
    plain("key", ("Key", "Açar"), "code"),
    plain("ref", ("Ref", "Nömrə"), "code"),
    plain("label", ("Name", "Adı"), weight=4),
    plain("detail", ("Detail", "Ətraflı"), weight=2),
)
MATCH_DEFAULT: Final = ("noun", "label", "detail", "key")

COUNT_KEYS: Final = ("by", "value", "agreements", "partners")
COUNT_COLUMNS: Final = index(
    plain("by", ("By", "Üzrə"), "code"),
    Column("value", ("Value", "Qiymət"), _counted, key="value", weight=4),
    plain("agreements", ("Agreements", "Sazişlər"), "number"),
    plain("partners", ("Partners", "Tərəfdaşlar"), "number"),
)
COUNT_DEFAULT: Final = ("value", "agreements", "partners")

CHANGE_KEYS: Final = ("noun", "key", "field", "before", "after")
CHANGE_COLUMNS: Final = index(
    Column("noun", ("What", "Nə"), _noun, "code", "noun"),
    plain("key", ("Key", "Açar"), "code"),
    plain("field", ("Field", "Sahə"), "code"),
    plain("before", ("Before", "Əvvəl"), weight=3),
    plain("after", ("After", "Sonra"), weight=3),
)
CHANGE_DEFAULT: Final = CHANGE_KEYS
