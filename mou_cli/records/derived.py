"""Rows that follow from others, reckoned anew: to see whether they are as they should be, and to put them right."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.fields.nouns import SHAPES
from mou_cli.records.rows import rows_of_words
from mou_cli.records.search import PartyNames
from mou_cli.records.terms import span_rows
from mou_cli.store.reader import ConnectionReader
from mou_cli.views.document import all_documents, batches
from mou_cli.views.query import select_in
from mou_cli.views.terms import SPAN_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from sqlalchemy import Connection

    from mou_cli.fields.shape import Document
    from mou_cli.store.reader import Reader, Row


_AT_ONCE = 500


class Differing(NamedTuple):
    """A record whose derived rows are not what follows from it: `spans` of how it stands, or `words` it is found by."""

    what: str
    noun: str
    key: str


def find_differing(reader: Reader, today: date, tell: Callable[[int], None]) -> Iterator[Differing]:
    """Give the records whose derived rows are wrong, missing, or left of a record that is gone; `tell` of each read."""
    names = PartyNames(reader)
    for noun, shape in SHAPES.items():
        if not shape.searched:
            continue
        for page in batches(all_documents(reader, shape)):
            if noun == "agreement":
                yield from _differing_spans(reader, page, today)
            parties = {party["institution"] for document in page for party in document.get("parties", ())}
            yield from _differing_words(reader, noun, page, names.of(parties))
            tell(len(page))
        # Not as a list of all keys, which a server goes through for each of them where it is long.
        sql = f"""SELECT w.key FROM search_text w WHERE w.noun = :noun
            AND NOT EXISTS (SELECT 1 FROM {shape.table} r WHERE r.key = w.key)"""  # noqa: S608 - fixed names
        yield from (Differing("words", noun, row["key"]) for row in reader.rows(sql, noun=noun))


def _differing_words(reader: Reader, noun: str, page: list[Document], names: dict[str, str]) -> Iterator[Differing]:
    found = _words(reader, noun, [document["key"] for document in page])
    for _noun, key, folded in rows_of_words(noun, page, names).values:
        # In which order they stand depends on whether the record was recorded or changed.
        if found.get(key) != [set(folded.split())]:
            yield Differing("words", noun, key)


def add_missing_spans(connection: Connection, today: date) -> None:
    """Reckon how agreements stand of which nothing says it: a migration takes away what it cannot change by itself."""
    from sqlalchemy import insert

    from mou_cli.models import metadata

    missing = "NOT EXISTS (SELECT 1 FROM agreement_span WHERE agreement_span.agreement = agreement.key)"
    found = all_documents(ConnectionReader(connection), SHAPES["agreement"], missing)
    while rows := [row for document in islice(found, _AT_ONCE) for row in span_rows(document, today)]:
        connection.execute(insert(metadata.tables["agreement_span"]), rows)


def _words(reader: Reader, noun: str, keys: list[str]) -> dict[str, list[set[str]]]:
    chosen, parameters = select_in(keys)
    sql = f"SELECT key, folded FROM search_text WHERE noun = :noun AND key IN ({chosen})"  # noqa: S608 - fixed names
    found: dict[str, list[set[str]]] = {}
    for row in reader.rows(sql, noun=noun, **parameters):
        found.setdefault(row["key"], []).append(set(row["folded"].split()))
    return found


def _differing_spans(reader: Reader, page: list[Document], today: date) -> Iterator[Differing]:
    chosen, parameters = select_in(document["key"] for document in page)
    sql = f"""SELECT {", ".join(SPAN_COLUMNS)} FROM agreement_span WHERE agreement IN ({chosen})
        ORDER BY agreement, first_on"""  # noqa: S608 - fixed names
    stored: dict[str, list[Row]] = {}
    for row in reader.rows(sql, **parameters):
        stored.setdefault(row["agreement"], []).append(row)
    for document in page:
        if not _agree(stored.get(document["key"], []), span_rows(document, today)):
            yield Differing("spans", "agreement", document["key"])


def _agree(stored: list[Row], reckoned: list[Row]) -> bool:
    """Say whether both tell the same as far as both go: how far terms are projected depends on the day of writing."""
    shorter, longer = sorted((stored, reckoned), key=len)
    if not shorter or (len(shorter) < len(longer) and shorter[-1]["projected_to"] is None):
        return False
    if len(shorter) == len(longer) and stored[-1]["projected_to"] != reckoned[-1]["projected_to"]:
        return False
    return all(map(_tell_alike, shorter, longer))


def _tell_alike(one: Row, other: Row) -> bool:
    return one | {"projected_to": None} == other | {"projected_to": None}
