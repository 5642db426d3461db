"""Who mentions a record: it cannot go while somebody does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mou_cli.fields.nouns import SHAPES
from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mou_cli.fields.shape import Document
    from mou_cli.store.reader import Reader


def find_mentions(reader: Reader, noun: str, key: str) -> list[str]:
    """Name the records that mention a record, as noun and key; a task does not hold its own plan back."""
    found = find_mentioning(reader, noun, [key])
    return sorted(
        f"{owner} {by}" for owner, by, _key in found if (owner, by) != (noun, key) and (noun, owner) != ("plan", "task")
    )


def find_mentioning(reader: Reader, noun: str, keys: Iterable[str]) -> set[tuple[str, str, str]]:
    """Give who mentions one of some records of a noun: their noun and key, and the key that they mention."""
    chosen, parameters = select_in(keys)
    found = set()
    for owner, table, column, target in _columns():
        if target == noun and parameters:
            own = "key" if table == SHAPES[owner].table else owner
            sql = f"""SELECT DISTINCT "{own}" AS "by", "{column}" AS mentioned FROM "{table}"
                WHERE "{column}" IN ({chosen})"""  # noqa: S608 - fixed names
            found |= {(owner, row["by"], row["mentioned"]) for row in reader.rows(sql, **parameters)}
    return found


def mentioned_by(noun: str, document: Document) -> set[tuple[str, str]]:
    """Give noun and key of the records that a record mentions."""
    shape = SHAPES[noun]
    rows = {kind.table: kind.rows(document[name]) for name, kind in shape.lists.items() if name in document}
    rows[shape.table] = [shape.row(document)]
    return {
        (target, row[column])
        for owner, table, column, target in _columns()
        if owner == noun
        for row in rows.get(table, ())
        if row[column] is not None
    }


@cache
def _columns() -> list[tuple[str, str, str, str]]:
    """Give every column that mentions another record: whose it is, its table and name, and the noun it mentions."""
    from mou_cli.models import metadata

    nouns = {shape.table: shape.noun for shape in SHAPES.values()}
    owners = nouns | {kind.table: shape.noun for shape in SHAPES.values() for kind in shape.lists.values()}
    return [
        (owners[table.name], table.name, column.name, nouns[foreign.column.table.name])
        for table in metadata.sorted_tables
        for column in table.columns
        for foreign in column.foreign_keys
        if not foreign.ondelete and table.name in owners
    ]
