"""The least that reading a seed file into a database costs: PyYAML's C parser, a dict for each record, bare sqlite3.

    python tests/benchmarks/bulk_floor.py FILE DATABASE

It checks nothing, keeps only the main columns, and has neither indexes, search words, terms nor a journal.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml  # noqa: TID253 - nothing else is done here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    Events: TypeAlias = Iterator[Any]
    Record: TypeAlias = dict[str, Any]

_AT_ONCE = 500
_INSTITUTION = ("key", "name", "country", "type", "city")
_AGREEMENT = (
    "key",
    "title",
    "type",
    "stage",
    "signed",
    "starts",
    "ends",
    "term",
    "renewal",
    "renewal_term",
    "notice",
    "note",
    "source",
)
_TABLES = {
    "institution": _INSTITUTION,
    "agreement": _AGREEMENT,
    "party": ("agreement", "institution"),
    "area": ("agreement", "area"),
}


def records(events: Events) -> Iterator[tuple[str, Record]]:
    """Give the records of a file's sections, one at a time."""
    for _ in range(3):
        next(events)  # the starts of stream, document and mapping
    while not isinstance(name := next(events), yaml.MappingEndEvent):
        value = next(events)
        if not isinstance(value, yaml.SequenceStartEvent):
            continue
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            if isinstance(item, yaml.MappingStartEvent):
                yield name.value, build(item, events)


def build(event: Any, events: Events) -> Any:
    """Give what starts with an event as a text, a list or a dict."""
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            items.append(build(item, events))
        return items
    mapping = {}
    while not isinstance(name := next(events), yaml.MappingEndEvent):
        mapping[name.value] = build(next(events), events)
    return mapping


def main() -> None:
    """Read the file into a new database, in one transaction."""
    source, target = sys.argv[1:]
    Path(target).unlink(missing_ok=True)
    connection = sqlite3.connect(target)
    for table, columns in _TABLES.items():
        connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
    pending: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _TABLES}
    with Path(source).open("rb") as file:
        for section, record in records(yaml.parse(file, Loader=yaml.CBaseLoader)):
            add(pending, section, record)
            if len(pending["agreement"]) >= _AT_ONCE:
                insert(connection, pending)
    insert(connection, pending)
    connection.commit()


def add(pending: dict[str, list[tuple[Any, ...]]], section: str, record: Record) -> None:
    """Add the rows of a record to those that wait."""
    if section == "institutions":
        pending["institution"].append(tuple(record.get(name) for name in _INSTITUTION))
    elif section == "agreements":
        key = record["key"]
        values = (record.get(name) for name in _AGREEMENT)
        pending["agreement"].append(tuple(json.dumps(v) if isinstance(v, dict) else v for v in values))
        for party in record["parties"]:
            pending["party"].append((key, party["institution"] if isinstance(party, dict) else party))
        pending["area"] += [(key, area) for area in record.get("areas", ())]


def insert(connection: sqlite3.Connection, pending: dict[str, list[tuple[Any, ...]]]) -> None:
    """Insert the rows that wait."""
    for table, rows in pending.items():
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(_TABLES[table]))})", rows)
        rows.clear()


if __name__ == "__main__":
    main()
