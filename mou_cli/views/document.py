"""Whole records as documents: what is said of them, field by field, as a YAML file would say it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from mou_cli.views.query import rows_of_lists, select_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mou_cli.fields.shape import Document, Shape
    from mou_cli.store.reader import Reader

T = TypeVar("T")

PAGE = 250
_AT_ONCE = 100  # whole records with all their lists are large, and more of them at once are no faster


def documents(reader: Reader, shape: Shape, keys: Iterable[str]) -> dict[str, Document]:
    """Give the records of a noun that have one of the keys, at most PAGE of them, in no particular order."""
    chosen, parameters = select_in(keys)
    if not parameters:
        return {}
    columns = ", ".join(f'"{f.column}"' for f in shape.columns)
    sql = f'SELECT {columns} FROM "{shape.table}" WHERE "key" IN ({chosen})'
    rows = {row["key"]: row for row in reader.rows(sql, **parameters)}
    if not rows:
        return {}
    lists = {
        name: rows_of_lists(reader, rows_kind.table, rows_kind.owner, rows) for name, rows_kind in shape.lists.items()
    }
    return {
        key: shape.document(row, {name: of[key] for name, of in lists.items() if key in of})
        for key, row in rows.items()
    }


def all_documents(reader: Reader, shape: Shape, where: str = "", **parameters: object) -> Iterator[Document]:
    """Give every record of a noun, by key, a page at a time; `where` is a further condition on its table."""
    after = ""
    condition = f"AND {where}" if where else ""
    sql = f"""SELECT "key" FROM "{shape.table}" WHERE "key" > :after {condition}
        ORDER BY "key" NULLS LAST LIMIT {_AT_ONCE}"""
    while keys := [row["key"] for row in reader.rows(sql, after=after, **parameters)]:
        found = documents(reader, shape, keys)
        yield from (found[key] for key in keys)
        after = keys[-1]


def find_keys(reader: Reader, shape: Shape) -> Iterator[str]:
    """Give the key of every record of a noun, as they lie in the table: where that is damaged, as far as it goes."""
    return (row["key"] for row in reader.rows(f'SELECT "key" FROM "{shape.table}"'))


def count_documents(reader: Reader, shape: Shape, where: str = "") -> int:
    """Give the number of records of a noun; `where` is a condition on its table."""
    condition = f"WHERE {where}" if where else ""
    number: int = next(reader.rows(f'SELECT count(*) AS number FROM "{shape.table}" {condition}'))["number"]
    return number


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Give the items in lists of PAGE."""
    iterator = iter(items)
    while batch := list(islice(iterator, PAGE)):
        yield batch
