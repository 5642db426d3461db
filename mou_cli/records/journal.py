"""The journal: every change as rows, written in the transaction of the change itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from mou_cli.records.change import Change
    from mou_cli.store.reader import Reader, Row


def open_entry(connection: Connection, actor: str, action: str) -> int:
    """Write the entry that the rows of a change stand under; gives its number."""
    from sqlalchemy import insert

    from mou_cli.models import metadata

    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    entry = insert(metadata.tables["journal_entry"]).values(at=at, actor=actor, action=action)
    inserted = connection.execute(entry).inserted_primary_key
    return int(inserted[0]) if inserted else 0


def journal_rows(change: Change) -> Iterator[Row]:
    """Give the journal's rows of a change, without entry and ordinal: the whole record, or one row a field."""
    row = {"noun": change.noun, "key": change.key, "source": change.source}
    if change.before is None or change.after is None:
        yield {**row, "field": None, "before": _json(change.before), "after": _json(change.after)}
        return
    for name, before, after in change.fields():
        yield {**row, "field": name, "before": _json(before), "after": _json(after)}


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def changed_by_hand(reader: Reader, noun: str, key: str) -> set[str]:
    """Give the fields that a person has changed since the record was last imported; none if it never was."""
    sql = """SELECT field, source FROM journal_change WHERE noun = :noun AND key = :key
        ORDER BY entry NULLS LAST, ordinal"""
    fields: set[str] = set()
    was_imported = False
    for row in reader.rows(sql, noun=noun, key=key):
        if row["field"] is None:
            # Added or removed: what was changed under that key before is over.
            fields.clear()
            was_imported = row["source"] is not None
        elif row["source"] is not None:
            was_imported = True
            fields.discard(row["field"])
        elif was_imported:
            fields.add(row["field"])
    return fields
