"""Records that are not as the journal has left them: somebody else than the program changed them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.fields.nouns import SHAPES
from mou_cli.views.document import documents
from mou_cli.views.entry import decoded
from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.fields.shape import Document, Shape
    from mou_cli.store.reader import Reader

_PAGE: Final = 100
_TOLD: Final = "SELECT DISTINCT key FROM journal_change WHERE noun = :noun AND key > :after"
_CHANGES: Final = "SELECT key, field, after FROM journal_change WHERE noun = :noun AND key IN ({chosen})"


class Departure(NamedTuple):
    """A record that is otherwise than the journal says, and what `happened` to it: added, changed or removed.

    `fields` are those that differ, of a record that is there and should be.
    """

    noun: str
    key: str
    happened: str
    fields: tuple[str, ...] = ()


def find_departures(reader: Reader, tell: Callable[[int], None] = lambda _more: None) -> Iterator[Departure]:
    """Give every record that the changes in the journal, carried out one after another, do not lead to.

    `tell` is told of each record read.
    """
    for shape in SHAPES.values():
        after = ""
        while keys := _keys(reader, shape, after):
            recorded, told = documents(reader, shape, keys), _told(reader, shape, keys)
            for key in keys:
                if departure := _departure(shape.noun, key, recorded.get(key), told.get(key)):
                    yield departure
            tell(len(keys))
            after = keys[-1]


def _keys(reader: Reader, shape: Shape, after: str) -> list[str]:
    """Give the next keys that the register or the journal has, so that neither knows of any in between."""
    page = f'ORDER BY "key" NULLS LAST LIMIT {_PAGE}'
    sql = f"""SELECT "key" FROM (SELECT "key" FROM "{shape.table}" WHERE "key" > :after {page}) AS recorded
        UNION SELECT "key" FROM ({_TOLD} {page}) AS told {page}"""
    return [row["key"] for row in reader.rows(sql, noun=shape.noun, after=after)]


def _told(reader: Reader, shape: Shape, keys: list[str]) -> dict[str, Document | None]:
    """Give the records as the changes leave them; None for one that was removed."""
    chosen, parameters = select_in(keys)
    sql = f"{_CHANGES.format(chosen=chosen)} ORDER BY entry NULLS LAST, ordinal NULLS LAST"
    told: dict[str, Document | None] = {}
    for row in reader.rows(sql, noun=shape.noun, **parameters):
        key, value = row["key"], decoded(row["after"])
        told[key] = value if row["field"] is None else (told.get(key) or {}) | {row["field"]: value}
    return told


def _departure(noun: str, key: str, recorded: Document | None, told: Document | None) -> Departure | None:
    if recorded is None or told is None:
        if recorded is told:
            return None
        return Departure(noun, key, "added" if told is None else "removed")
    fields = tuple(name for name in told | recorded if recorded.get(name) != told.get(name))
    return Departure(noun, key, "changed", fields) if fields else None
