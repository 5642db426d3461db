"""Who mentions a record: it cannot go while somebody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.fields.nouns import SHAPES

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader


def find_mentions(reader: Reader, noun: str, key: str) -> list[str]:
    """Name the records that mention a record, as noun and key; a task does not hold its own plan back."""
    from mou_cli.models import metadata

    table = SHAPES[noun].table
    found: dict[str, None] = {}
    for other in metadata.sorted_tables:
        for column in other.columns:
            for foreign in column.foreign_keys:
                owner = _owner(other.name)
                if foreign.column.table.name != table or foreign.ondelete or (noun, owner) == ("plan", "task"):
                    continue
                own = "key" if owner == other.name else owner
                sql = f'SELECT "{own}" AS owner FROM "{other.name}" WHERE "{column.name}" = :key AND "{own}" <> :key'  # noqa: S608 - fixed names
                found.update({f"{owner} {row['owner']}": None for row in reader.rows(sql, key=key)})
    return sorted(found)


def _owner(table: str) -> str:
    return next(
        (
            shape.noun
            for shape in SHAPES.values()
            if table == shape.table or table in {kind.table for kind in shape.lists.values()}
        ),
        table,
    )
