"""References: given in order within a year, kept where a file has one, never used twice."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mou_cli.errors import Conflict
from mou_cli.rules.reference import LAST_NUMBER, read_reference, write_reference
from mou_cli.views.choice import existing
from mou_cli.views.register import reference_counters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from mou_cli.records.change import Change
    from mou_cli.store.reader import Reader


@dataclass
class Reserved:
    """What is not to be given: all up to the last number of each year, and the keys that look like a reference."""

    last: dict[int, int] = field(default_factory=dict)
    keys: set[tuple[int, int]] = field(default_factory=set)

    def note(self, key: str, ref: str | None) -> None:
        """Add an agreement's key, and its reference if it brings one."""
        own, of_key = read_reference(ref or ""), read_reference(key)
        if own:
            self.raise_to(*own)
        if of_key and of_key != own:
            self.keys.add(of_key)

    def raise_to(self, year: int, number: int) -> None:
        """Make the last number of a year at least `number`."""
        self.last[year] = max(number, self.last.get(year, 0))

    def join(self, other: Reserved) -> None:
        """Add what others have."""
        for year, last in other.last.items():
            self.raise_to(year, last)
        self.keys |= other.keys


class References:
    """The counters of a running change; `year` is the year of recording. They are written by `save`."""

    def __init__(self, reader: Reader, year: int) -> None:
        self._reader = reader
        self._year = year
        self._recorded = reference_counters(reader)
        self._reserved = Reserved(dict(self._recorded))
        self._taken: dict[str, str] = {}

    def reserve(self, reserved: Reserved) -> None:
        """Give nothing of this from now on: records to come bring it."""
        self._reserved.join(reserved)

    def give(self, count: int = 1) -> list[str]:
        """Give the next references of the year that are no agreement's key; they are burnt from now on.

        Raises Conflict where too few are left.
        """
        year = self._year
        given: list[str] = []
        while len(given) < count:
            last = self._reserved.last.get(year, 0)
            numbers = range(last + 1, last + 1 + count - len(given))
            if numbers[-1] > LAST_NUMBER:
                raise Conflict(
                    f"no reference of {year} is left", f"one that is free can be said in a file: `ref: {year}-NNN`"
                )
            self._reserved.raise_to(year, numbers[-1])
            written = (name for number in numbers for name in (write_reference(year, number), f"{year}-{number}"))
            keys = self._reserved.keys | {read_reference(key) for key in existing(self._reader, "agreement", written)}
            given += [write_reference(year, number) for number in numbers if (year, number) not in keys]
        return given

    def take(self, key: str, ref: str, own: str | None, source: str | None) -> None:
        """Keep a reference that a record brings, perhaps in place of its own. Raises Conflict when another holds it."""
        year, number = read_reference(ref) or (0, 0)
        holder = self._taken.setdefault(ref, key)
        if holder == key and number <= self._recorded.get(year, 0):
            sql = "SELECT key FROM agreement WHERE ref = :ref"
            holder = next((row["key"] for row in self._reader.rows(sql, ref=ref)), key)
        if holder != key:
            place = "{file}:{line}: ".format(**json.loads(source)) if source else ""
            instead = f"it keeps {own}" if own else "a new one is given"
            raise Conflict(f"reference {ref} of {key} is held by {holder}", f"{place}leave ref out: {instead}")
        if own is not None:
            # What it lets go is its own till the end, on whatever page the others are.
            self._taken.setdefault(own, key)
        self._reserved.raise_to(year, number)

    def number(self, changes: Iterable[Change]) -> None:
        """Give every agreement that has none a reference, and keep those that records bring. Raises Conflict."""
        unnumbered = []
        for change in changes:
            if change.after is None:
                continue
            own, ref = (change.before or {}).get("ref"), change.after.get("ref")
            if ref is None and own is None:
                unnumbered.append(change.after)
            elif ref is None:
                # An agreement always has one: to clear it says nothing.
                change.after["ref"] = own
            elif ref != own:
                self.take(change.key, ref, own, change.source)
        for document, given in zip(unnumbered, self.give(len(unnumbered)), strict=True):
            document["ref"] = given

    def save(self, connection: Connection) -> None:
        """Write the counters that have gone up."""
        from sqlalchemy import delete, insert

        from mou_cli.models import metadata

        table = metadata.tables["reference_counter"]
        for year, last in self._reserved.last.items():
            if last != self._recorded.get(year):
                connection.execute(delete(table).where(table.c.year == year))
                connection.execute(insert(table).values(year=year, last=last))
