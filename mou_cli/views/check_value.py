"""Values as the tables keep them, whatever the program makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mou_cli.store.reader import Reader, Row


def find_kept(reader: Reader, table: str, owner: str, columns: Iterable[str]) -> Iterator[Row]:
    """Give some columns of every row of a table as they are kept, with the key of the record it belongs to."""
    listed = ", ".join(f'"{column}"' for column in columns)
    order = '"key"' if owner == "key" else f'"{owner}", ordinal'
    return reader.rows(f'SELECT "{owner}" AS key, {listed} FROM "{table}" ORDER BY {order}')


def find_other_values(reader: Reader, table: str, owner: str, column: str, known: Iterable[str]) -> Iterator[Row]:
    """Give the records that have a value in a column which is not among the known: key, value."""
    chosen, parameters = select_in(known)
    sql = f"""SELECT DISTINCT "{owner}" AS key, "{column}" AS value FROM "{table}"
        WHERE "{column}" IS NOT NULL AND "{column}" NOT IN ({chosen}) ORDER BY "{owner}", "{column}" """
    return reader.rows(sql, **parameters)
