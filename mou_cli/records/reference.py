"""References: given in order within a year, kept where a file has one, never used twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.errors import Conflict
from mou_cli.rules.reference import LAST_NUMBER, read_reference, write_reference
from mou_cli.views.register import reference_counters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from mou_cli.records.change import Change
    from mou_cli.store.reader import Reader


class References:
    """The counters of a running change; `year` is the year of recording. They are written by `save`."""

    def __init__(self, reader: Reader, year: int) -> None:
        self._reader = reader
        self._year = year
        self._recorded = reference_counters(reader)
        self._last = dict(self._recorded)
        self._taken: dict[str, str] = {}

    def give(self) -> str:
        """Give the next reference of the year; it is burnt from now on. Raises Conflict where none is left."""
        number = self._last.get(self._year, 0) + 1
        if number > LAST_NUMBER:
            raise Conflict(
                f"no reference of {self._year} is left",
                f"one that is free can be said in a file: `ref: {self._year}-NNN`",
            )
        self.raise_to(self._year, number)
        return write_reference(self._year, number)

    def take(self, key: str, ref: str) -> None:
        """Keep a reference that a record brings. Raises Conflict when another record holds it."""
        year, number = read_reference(ref) or (0, 0)
        holder = self._taken.setdefault(ref, key)
        if holder == key and number <= self._recorded.get(year, 0):
            sql = "SELECT key FROM agreement WHERE ref = :ref"
            holder = next((row["key"] for row in self._reader.rows(sql, ref=ref)), key)
        if holder != key:
            raise Conflict(f"reference {ref} of {key} is held by {holder}", "leave ref out: a new one is given")
        self.raise_to(year, number)

    def number(self, changes: Iterable[Change]) -> None:
        """Give every agreement that has none a reference, and keep those that records bring. Raises Conflict."""
        for change in changes:
            if change.after is None:
                continue
            ref = change.after.get("ref")
            if ref is None:
                change.after["ref"] = self.give()
            elif ref != (change.before or {}).get("ref"):
                self.take(change.key, ref)

    def raise_to(self, year: int, number: int) -> None:
        """Make the counter of a year at least `number`."""
        self._last[year] = max(number, self._last.get(year, 0))

    def save(self, connection: Connection) -> None:
        """Write the counters that have gone up."""
        from sqlalchemy import delete, insert

        from mou_cli.models import metadata

        table = metadata.tables["reference_counter"]
        for year, last in self._last.items():
            if last != self._recorded.get(year):
                connection.execute(delete(table).where(table.c.year == year))
                connection.execute(insert(table).values(year=year, last=last))
