"""Where each value of a record comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mou_cli.fields.nouns import SHAPES
from mou_cli.views.document import documents
from mou_cli.views.entry import STANDS, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader, Row

_CHANGES = f"""SELECT c.entry, e.at, e.actor, e.action, c.field, c.before, c.after, c.source
    FROM journal_change c JOIN journal_entry e ON e.id = c.entry
    WHERE c.noun = :noun AND c.key = :key AND {STANDS} ORDER BY c.entry, c.ordinal"""

_NOBODY: Row = dict.fromkeys(("entry", "at", "actor", "action", "source"))


def blame(reader: Reader, noun: str, key: str) -> Iterator[Row]:
    """Give of each field that a record has or had its value and the last change of it that stands.

    What was undone does not count. `source` is where the value was read, None where a person gave it. Of a value that
    no change has left so, nobody knows where it comes from.
    """
    last: dict[str, tuple[Row, Any]] = {}
    for row in reader.rows(_CHANGES, noun=noun, key=key):
        after = decoded(row["after"])
        if row["field"] is not None:
            last[row["field"]] = row, after
        elif after is not None:
            last = {name: (row, value) for name, value in after.items()}
        else:
            last |= dict.fromkeys(decoded(row["before"]), (row, None))
    document = documents(reader, SHAPES[noun], [key]).get(key, {})
    for field in SHAPES[noun].fields:
        if field.name in last or field.name in document:
            value = document.get(field.name)
            change, left = last.get(field.name, (_NOBODY, None))
            change = change if value == left else _NOBODY
            yield {
                "field": field.name,
                "value": value,
                **{name: change[name] for name in ("entry", "at", "actor", "action")},
                "source": decoded(change["source"]),
            }
