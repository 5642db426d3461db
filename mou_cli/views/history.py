"""What the journal says of a record in short: who recorded it, and who changed it last."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mou_cli.views.document import batches
from mou_cli.views.entry import STANDS
from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mou_cli.fields.shape import Document
    from mou_cli.store.reader import Reader, Row

_RECORDED = f"""SELECT e.id, e.at, e.actor, c.source FROM journal_change c JOIN journal_entry e ON e.id = c.entry
    WHERE c.noun = :noun AND c.key = :key AND c.field IS NULL AND c.after IS NOT NULL AND {STANDS}
    ORDER BY c.entry DESC NULLS LAST, c.ordinal DESC LIMIT 1"""
_CHANGED = f"""SELECT count(DISTINCT c.entry) AS changes, max(c.entry) AS last
    FROM journal_change c JOIN journal_entry e ON e.id = c.entry
    WHERE c.noun = :noun AND c.key = :key AND c.field IS NOT NULL AND c.entry >= :since AND {STANDS}"""

_LAST = "SELECT max(entry) AS last FROM journal_change WHERE noun = :noun AND key = :key"
_LAST_CHANGES = """SELECT n.key, e.at, n.changes FROM journal_entry e
    JOIN (SELECT key, count(DISTINCT entry) AS changes, max(entry) AS last FROM journal_change
        WHERE noun = :noun AND key IN ({chosen}) GROUP BY key) n ON n.last = e.id
    ORDER BY n.key NULLS LAST"""


def find_last_changes(reader: Reader, noun: str, keys: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Give of each record how often it was changed since it was first recorded, and the instant when last."""
    found: dict[str, tuple[int, str]] = {}
    for page in batches(dict.fromkeys(keys)):
        chosen, parameters = select_in(page)
        for row in reader.rows(_LAST_CHANGES.format(chosen=chosen), noun=noun, **parameters):
            found[row["key"]] = (row["changes"] - 1, row["at"])
    return found


def get_history(reader: Reader, noun: str, key: str) -> Row | None:
    """Give when, by whom and from where a record came in, and how often and when last it was changed since.

    Instants are in UTC. `recorded_from` has file, line and checksum, None where it was typed; `last_entry` is the
    number of the journal's entry by which the record became what it is. None for one that the journal does not know.
    What was undone does not count as a change, but as an entry.
    """
    recorded = next(reader.rows(_RECORDED, noun=noun, key=key), None)
    if recorded is None:
        return None
    changed = next(reader.rows(_CHANGED, noun=noun, key=key, since=recorded["id"]))
    last = next(reader.rows("SELECT at, actor FROM journal_entry WHERE id = :last", last=changed["last"] or 0), {})
    return {
        "recorded_at": recorded["at"],
        "recorded_by": recorded["actor"],
        "recorded_from": json.loads(recorded["source"]) if recorded["source"] else None,
        "changes": changed["changes"],
        "changed_at": last.get("at"),
        "changed_by": last.get("actor"),
        "last_entry": next(reader.rows(_LAST, noun=noun, key=key))["last"],
    }


def find_removals(reader: Reader, noun: str, keys: Iterable[str]) -> dict[str, Row]:
    """Give the last entry that removed each record which somebody has ever removed: {entry, action}.

    To take the recording of it back is not to remove it.
    """
    chosen, parameters = select_in(keys)
    sql = f"""SELECT c.key, e.id AS entry, e.action FROM journal_change c JOIN journal_entry e ON e.id = c.entry
        WHERE c.noun = :noun AND c.key IN ({chosen}) AND c.field IS NULL AND c.after IS NULL AND e.undoes IS NULL
        ORDER BY e.id"""
    return {row.pop("key"): row for row in reader.rows(sql, noun=noun, **parameters)}


def last_entry(reader: Reader) -> int:
    """Give the number of the journal's last entry; 0 where it has none."""
    number: int = next(reader.rows("SELECT coalesce(max(id), 0) AS last FROM journal_entry"))["last"]
    return number


def since(reader: Reader, noun: str, key: str, entry: int) -> list[Row]:
    """Give the entries after one in which a record was changed, in their order: entry, at, actor."""
    sql = """SELECT DISTINCT e.id AS entry, e.at, e.actor FROM journal_change c JOIN journal_entry e ON e.id = c.entry
        WHERE c.noun = :noun AND c.key = :key AND c.entry > :entry ORDER BY e.id NULLS LAST"""
    return list(reader.rows(sql, noun=noun, key=key, entry=entry))


def document_at(reader: Reader, noun: str, key: str, entry: int, now: Document | None) -> Document | None:
    """Give a record as it was once an entry was made, from what it is now; None where there was none."""
    sql = """SELECT field, before FROM journal_change WHERE noun = :noun AND key = :key AND entry > :entry
        ORDER BY entry DESC NULLS LAST, ordinal DESC"""
    document = now
    for row in reader.rows(sql, noun=noun, key=key, entry=entry):
        before = json.loads(row["before"]) if row["before"] else None
        if row["field"] is None:
            document = before
        elif document is not None:
            document = {**document, row["field"]: before}
    return None if document is None else {name: value for name, value in document.items() if value is not None}
