"""The journal: every change as rows, written in the transaction of the change itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mou_cli.records.rows import Rows
from mou_cli.rules.seal import CHANGE, Seal, lines_of
from mou_cli.rules.text import encode_json
from mou_cli.views.entry import STANDS
from mou_cli.views.query import select_in
from mou_cli.views.seal import newest_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from mou_cli.records.change import Change
    from mou_cli.store.reader import Reader


class Entry:
    """An entry of the journal while it is being written: what its changes stand under, and its seal at the end."""

    def __init__(self, connection: Connection, reader: Reader, actor: str, action: str, undoes: int | None) -> None:
        from sqlalchemy import insert

        from mou_cli.models import metadata

        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        row = {"at": at, "actor": actor, "action": action, "undoes": undoes, "role": _role(reader)}
        inserted = connection.execute(insert(metadata.tables["journal_entry"]).values(row)).inserted_primary_key
        self.number = int(inserted[0]) if inserted else 0
        self._changes = 0
        self._seal = Seal(newest_digest(reader), row | {"id": self.number})

    def rows(self, changes: Iterable[Change]) -> Rows:
        """Give the journal's rows of further changes, which the seal takes in."""
        rows = [
            (self.number, ordinal, *row)
            for ordinal, row in enumerate((row for each in changes for row in _journal_rows(each)), self._changes + 1)
        ]
        self.number_on(len(rows))
        self.seal_in(lines_of(row[1:] for row in rows))
        return Rows("journal_change", ("entry", *CHANGE), rows)

    def number_on(self, more: int) -> int:
        """Give the ordinal of the first of some further rows, which others make."""
        self._changes += more
        return self._changes - more + 1

    def seal_in(self, lines: bytes) -> None:
        """Let the seal take in the lines of rows that others have made, in the order of their ordinals."""
        self._seal.add(lines)

    def seal(self) -> Rows:
        """Give the row that closes the entry."""
        return Rows("journal_seal", ("entry", "digest"), [(self.number, self._seal.digest)])


def _role(reader: Reader) -> str | None:
    """Give whom a server has let in, whatever role was taken on since; None in a file."""
    if reader.dialect == "sqlite":
        return None
    role: str = next(reader.rows("SELECT CAST(session_user AS text) AS role"))["role"]
    return role


def _journal_rows(change: Change) -> Iterator[tuple[str | None, ...]]:
    """Give the journal's rows of a change, without entry and ordinal: the whole record, or one row a field."""
    noun, key, source = change.noun, change.key, change.source
    if change.before is None or change.after is None:
        yield noun, key, None, _json(change.before), _json(change.after), source
        return
    for name, before, after in change.fields():
        yield noun, key, name, _json(before), _json(after), source


def _json(value: Any) -> str | None:
    return None if value is None else encode_json(value)


def changed_by_hand(reader: Reader, noun: str, keys: Iterable[str]) -> dict[str, set[str]]:
    """Give by key the fields of a page of records that persons have changed since those were last imported.

    A record that never was has none. What was undone does not count, nor does the undoing: the record is as if neither
    had been.
    """
    chosen, parameters = select_in(keys)
    sql = f"""SELECT c.key, c.field, c.source IS NOT NULL AS is_read
        FROM journal_change c JOIN journal_entry e ON e.id = c.entry
        WHERE c.noun = :noun AND c.key IN ({chosen}) AND {STANDS} ORDER BY c.entry NULLS LAST, c.ordinal"""  # noqa: S608 - fixed fragments
    found: dict[str, set[str]] = {}
    for row in reader.rows(sql, noun=noun, **parameters):
        key, field = row["key"], row["field"]
        if field is None:
            # Added or removed: what was changed under that key before is over.
            found.pop(key, None)
        if row["is_read"]:
            found.setdefault(key, set()).discard(field)
        elif field is not None and key in found:
            found[key].add(field)
    return found
