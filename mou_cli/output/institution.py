"""What is shown of an institution."""

from __future__ import annotations

from typing import Final

from mou_cli.output.column import NOTE, SOURCE, TEXTS, Column, Row, coded, index, places, plain, told
from mou_cli.vocabulary import COUNTRY_SOURCES, NAME_KINDS, PARTNER_TYPES


def _names(row: Row, language: str) -> str:
    return "; ".join(_name(name, language) for name in row.get("names") or ())


def _name(name: Row, language: str) -> str:
    return told(name["text"], NAME_KINDS.label(name.get("kind") or "", language), name.get("lang") or "")


def _identifiers(row: Row, _language: str) -> str:
    return "; ".join(f"{scheme} {identifier}" for scheme, identifier in (row.get("identifiers") or {}).items())


KEYS: Final = (
    *("key", "name", "names", "country", "country_source", "territory", "type", "city", "region", "website"),
    *("identifiers", "parent", "home", "agreements", "note", "texts", "source"),
)
COLUMNS: Final = index(
    plain("key", "Key", "code"),
    plain("name", "Name", weight=4),
    Column("names", "Other names", _names, key="names", weight=4),
    Column("country", "Country", lambda row, language: places([row], language), key="country", weight=2),
    coded("country_source", "Country known", COUNTRY_SOURCES),
    plain("territory", "Territory"),
    coded("type", "Type", PARTNER_TYPES),
    plain("city", "City"),
    plain("region", "Region"),
    plain("website", "Website", weight=2),
    Column("identifiers", "Identifiers", _identifiers, key="identifiers", weight=2),
    plain("parent", "Part of", "code"),
    plain("home", "Home"),
    plain("agreements", "Agreements", "number"),
    NOTE,
    TEXTS,
    SOURCE,
)
DEFAULT: Final = ("key", "name", "country", "type", "agreements")
