"""What records become in the tables: rows, ready for the driver, of the record, its lists and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mou_cli.fields.nouns import SHAPES
from mou_cli.records.search import agreement_text, searched_text
from mou_cli.records.terms import span_rows
from mou_cli.rules.seal import CHANGE, lines_of
from mou_cli.rules.text import encode_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from mou_cli.fields.shape import Document, Shape
    from mou_cli.store.reader import Row


class Rows(NamedTuple):
    """Rows of a table, the values of each in the order of the columns."""

    table: str
    columns: tuple[str, ...]
    values: list[tuple[Any, ...]]


class Addition(NamedTuple):
    """A page of records of a noun that are added, each with its source, and what else their rows depend on.

    `names` has the folded names of the agreements' parties; the changes of `entry` are numbered on from `ordinal`.
    """

    noun: str
    records: list[tuple[Document, str | None]]
    names: Mapping[str, str]
    today: date
    entry: int
    ordinal: int


def rows_of_addition(addition: Addition) -> tuple[list[Rows], bytes]:
    """Give all the rows of added records, those of the journal last, and the lines that its seal takes in."""
    noun, shape = addition.noun, SHAPES[addition.noun]
    documents = [document for document, _source in addition.records]
    found = list(rows_of_records(shape, documents))
    if noun == "agreement":
        found.append(rows_of_spans(documents, addition.today))
    if shape.searched:
        found.append(rows_of_words(noun, documents, addition.names))
    changes = [
        (addition.entry, ordinal, noun, document["key"], None, None, encode_json(document), source)
        for ordinal, (document, source) in enumerate(addition.records, addition.ordinal)
    ]
    found.append(Rows("journal_change", ("entry", *CHANGE), changes))
    return found, lines_of(change[1:] for change in changes)


def ordered(table: str, rows: list[Row]) -> Rows:
    """Give rows as the driver takes them. All have the same columns in the same order: one place makes them."""
    return Rows(table, tuple(rows[0]) if rows else (), [tuple(row.values()) for row in rows])


def rows_of_records(shape: Shape, documents: list[Document]) -> Iterator[Rows]:
    """Give the rows of records and of their lists."""
    yield ordered(shape.table, [shape.row(document) for document in documents])
    for name in shape.lists:
        yield rows_of_list(shape, name, documents)


def rows_of_list(shape: Shape, name: str, documents: list[Document]) -> Rows:
    """Give the rows of one list of records."""
    kind = shape.lists[name]
    rows = [
        {kind.owner: document["key"], "ordinal": ordinal, **row}
        for document in documents
        if name in document
        for ordinal, row in enumerate(kind.rows(document[name]), 1)
    ]
    return ordered(kind.table, rows)


def rows_of_spans(documents: list[Document], today: date) -> Rows:
    """Give the rows of how agreements stand."""
    return ordered("agreement_span", [row for document in documents for row in span_rows(document, today)])


def rows_of_words(noun: str, documents: list[Document], names: Mapping[str, str]) -> Rows:
    """Give the rows of the words by which records are found; `names` has the folded names of agreements' parties."""
    if noun == "agreement":
        words = [agreement_text(document, names) for document in documents]
    else:
        words = [searched_text(document) for document in documents]
    found = [(noun, document["key"], folded) for document, folded in zip(documents, words, strict=True)]
    return Rows("search_text", ("noun", "key", "folded"), found)
