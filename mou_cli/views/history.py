"""What the journal says of a record in short: who recorded it, and who changed it last."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mou_cli.views.entry import STANDS

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader, Row

_RECORDED = f"""SELECT e.id, e.at, e.actor, c.source FROM journal_change c JOIN journal_entry e ON e.id = c.entry
    WHERE c.noun = :noun AND c.key = :key AND c.field IS NULL AND c.after IS NOT NULL AND {STANDS}
    ORDER BY c.entry DESC NULLS LAST, c.ordinal DESC LIMIT 1"""
_CHANGED = f"""SELECT count(DISTINCT c.entry) AS changes, max(c.entry) AS last
    FROM journal_change c JOIN journal_entry e ON e.id = c.entry
    WHERE c.noun = :noun AND c.key = :key AND c.field IS NOT NULL AND c.entry >= :since AND {STANDS}"""


def get_history(reader: Reader, noun: str, key: str) -> Row | None:
    """Give when, by whom and from where a record came in, and how often and when last it was changed since.

    Instants are in UTC. `recorded_from` has file, line and checksum, None where it was typed. None for a record that
    the journal does not know. What was undone does not count.
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
    }
