"""Putting a SELECT together from fixed fragments: only the conditions that are asked for stand in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mou_cli.store.reader import Reader, Row


class Conditions:
    """Conditions that all must hold, and the parameters in them."""

    def __init__(self) -> None:
        self._fragments: list[str] = []
        self.parameters: dict[str, object] = {}

    def add(self, fragment: str, **parameters: object) -> None:
        """Add a condition with its own parameters."""
        self._fragments.append(fragment)
        self.parameters.update(parameters)

    def one_of(self, column: str, name: str, values: Iterable[object]) -> str:
        """Give the fragment that a column is one of the values; parameters are named after `name`."""
        parameters = {f"{name}{n}": value for n, value in enumerate(values)}
        self.parameters.update(parameters)
        return f"{column} IN ({', '.join(f':{parameter}' for parameter in parameters)})"

    def add_one_of(self, column: str, name: str, values: Iterable[object]) -> None:
        """Add the condition that a column is one of the values; no values, no condition."""
        if values := list(values):
            self._fragments.append(self.one_of(column, name, values))

    def ordered(self, sorts: dict[str, str], sort: str, key: str, limit: int | None, **fragments: str) -> str:
        """Give the ORDER BY clause of a sort, as `order_of` has it, and the LIMIT."""
        order = order_of(sorts, sort, key, **fragments)
        if limit is None:
            return f"ORDER BY {order}"
        self.parameters["limit"] = limit
        return f"ORDER BY {order} LIMIT :limit"

    @property
    def where(self) -> str:
        """The WHERE clause, empty where there is no condition."""
        return "WHERE " + " AND ".join(self._fragments) if self._fragments else ""


def order_of(sorts: dict[str, str], sort: str, key: str, **fragments: str) -> str:
    """Give the order of a sort, a dash before its name turning it round, and of `key`."""
    way = "DESC" if sort.startswith("-") else "ASC"
    return f"{sorts[sort.removeprefix('-')].format(way=way, **fragments)}, {key}"


def counted(reader: Reader, source: str, conditions: Conditions, most: int | None = None) -> int:
    """Count the rows of a source that meet the conditions, no further than `most`."""
    sql, parameters = f"SELECT count(*) AS n FROM {source} {conditions.where}", conditions.parameters
    if most is not None:
        sql = f"SELECT count(*) AS n FROM (SELECT 1 AS one FROM {source} {conditions.where} LIMIT :most) found"
        parameters = parameters | {"most": most}
    return int(next(iter(reader.rows(sql, **parameters)))["n"])


def select_in(keys: Iterable[object]) -> tuple[str, dict[str, object]]:
    """Give the parameters of a list of keys and their place in an IN (…)."""
    parameters: dict[str, object] = {f"k{n}": key for n, key in enumerate(keys)}
    return ", ".join(f":{name}" for name in parameters), parameters


def rows_of_lists(reader: Reader, table: str, owner: str, keys: Iterable[str]) -> dict[str, list[Row]]:
    """Give the rows of a list's table by the record in `owner` that they belong to, in their order."""
    chosen, parameters = select_in(keys)
    # Neither is ever unknown. To be told where the unknown stands would keep SQLite from the order of its index.
    sql = f'SELECT * FROM "{table}" WHERE "{owner}" IN ({chosen}) ORDER BY "{owner}", ordinal'
    found: dict[str, list[Row]] = {}
    for row in reader.rows(sql, **parameters) if parameters else ():
        found.setdefault(row[owner], []).append(row)
    return found


def values_of_lists(reader: Reader, table: str, owner: str, column: str, keys: Iterable[str]) -> dict[str, list[Any]]:
    """Give what one column of a list's table has, by the record in `owner` that it belongs to, in their order."""
    chosen, parameters = select_in(keys)
    sql = f'SELECT "{owner}", "{column}" FROM "{table}" WHERE "{owner}" IN ({chosen}) ORDER BY "{owner}", ordinal'
    found: dict[str, list[Any]] = defaultdict(list)
    for row in reader.rows(sql, **parameters) if parameters else ():
        key, value = row.values()
        found[key].append(value)
    return found
