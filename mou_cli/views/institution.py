"""Institutions as rows: every body that is or could be a party, homes among them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mou_cli.rules.language import split_texts
from mou_cli.views.agreement_filter import place_condition
from mou_cli.views.country import country_rank
from mou_cli.views.document import batches
from mou_cli.views.public import PUBLIC
from mou_cli.views.query import Conditions, counted, rows_of_lists
from mou_cli.views.words import add_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader, Row
    from mou_cli.views.choice import Place

_COLUMNS = ("country", "country_source", "territory", "type", "city", "region", "website")
_FIELDS = f"""i.key, i.name, {", ".join(f"i.{name}" for name in _COLUMNS)}, i.parent, i.home, i.note, i.source,
    (SELECT count(DISTINCT p.agreement) FROM agreement_party p WHERE p.institution = i.key) AS agreements"""
SORTS = {
    "name": "i.sort {way} NULLS LAST",
    "country": "{country} {way} NULLS LAST, i.sort NULLS LAST",
    "type": "i.type {way} NULLS LAST, i.sort NULLS LAST",
    "agreements": "agreements {way} NULLS LAST, i.sort NULLS LAST",
    "key": "i.key {way} NULLS LAST",
}
UNKNOWN = {"country": "i.country IS NULL", "type": "i.type IS NULL"}


@dataclass(frozen=True)
class InstitutionFilter:
    """What institutions are asked for; everything said narrows. A list means any of its values.

    `homes` True gives homes only, False all others. `unknown` are names of UNKNOWN. `parent` is what they belong to.
    With `public` only those that may be published.
    """

    key: str | None = None
    parent: str | None = None
    places: tuple[Place, ...] = ()
    regions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    homes: bool | None = None
    unknown: tuple[str, ...] = ()
    public: bool = False
    words: str | None = None


def count_institutions(reader: Reader, wanted: InstitutionFilter) -> int:
    """Count the institutions that are asked for."""
    conditions = _conditions(reader, wanted)
    return counted(reader, "institution i", conditions)


def find_institutions(
    reader: Reader, wanted: InstitutionFilter, sort: str = "name", limit: int | None = None, language: str = "en"
) -> Iterator[Row]:
    """Give the institutions that are asked for, streamed.

    `sort` is a name of SORTS, with a dash before it for the other way round; the unknown comes last either way.
    Countries are in the order of their names in the language.
    `agreements` counts those in which the institution is a party, however they stand.
    """
    conditions = _conditions(reader, wanted)
    country = country_rank(reader, conditions, language) if sort.endswith("country") else ""
    ordered = conditions.ordered(SORTS, sort, "i.key", limit, country=country)
    sql = f"SELECT {_FIELDS} FROM institution i {conditions.where} {ordered}"
    for page in batches(reader.rows(sql, **conditions.parameters)):
        yield from _complete(reader, page)


def _conditions(reader: Reader, wanted: InstitutionFilter) -> Conditions:
    conditions = Conditions()
    if wanted.key is not None:
        conditions.add("i.key = :key", key=wanted.key)
    if wanted.parent is not None:
        conditions.add("i.parent = :parent", parent=wanted.parent)
    if wanted.places:
        conditions.add(place_condition(conditions, wanted.places))
    conditions.add_one_of("i.region", "region", wanted.regions)
    conditions.add_one_of("i.type", "type", wanted.types)
    if wanted.homes is not None:
        conditions.add("i.home = :home", home=int(wanted.homes))
    for name in wanted.unknown:
        conditions.add(UNKNOWN[name])
    if wanted.public:
        conditions.add(f"i.key IN ({PUBLIC['institution']})")
    add_words(conditions, reader, "institution", "i.key", wanted.words)
    return conditions


def _complete(reader: Reader, page: list[Row]) -> Iterator[Row]:
    keys = [row["key"] for row in page]
    names = rows_of_lists(reader, "institution_name", "institution", keys)
    identifiers = rows_of_lists(reader, "institution_identifier", "institution", keys)
    for row in page:
        texts = split_texts(row, ("note",))
        yield {
            "key": row["key"],
            "name": row["name"],
            "names": [{part: name[part] for part in ("text", "lang", "kind")} for name in names.get(row["key"], ())],
            **{name: row[name] for name in _COLUMNS},
            "identifiers": {each["scheme"]: each["value"] for each in identifiers.get(row["key"], ())},
            "parent": row["parent"],
            "home": bool(row["home"]),
            "agreements": row["agreements"],
            "note": row["note"],
            "texts": texts,
            "source": json.loads(row["source"]) if row["source"] else None,
        }
