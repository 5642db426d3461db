"""Taking an entry of the journal back: its changes the other way round, and what stands in their way."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.errors import Conflict
from mou_cli.fields.nouns import SHAPES
from mou_cli.records.change import Change
from mou_cli.records.declare import objections_to
from mou_cli.records.mention import find_mentioning, mentioned_by
from mou_cli.views.choice import existing
from mou_cli.views.document import batches, documents
from mou_cli.views.entry import decoded, later_entry
from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mou_cli.fields.shape import Document
    from mou_cli.store.reader import Reader, Row

_PAGE: Final = 500
_TOUCHED: Final = f"""SELECT ordinal, noun, key FROM journal_change WHERE entry = :entry AND ordinal < :past
    ORDER BY ordinal DESC LIMIT {_PAGE}"""  # noqa: S608 - a fixed number


class Undoing:
    """An entry that is to be taken back, `told` as whoever asked for it calls it."""

    def __init__(self, reader: Reader, number: int, told: str) -> None:
        self._reader = reader
        self._number = number
        self._told = told

    def changes(self) -> Iterator[list[Change]]:
        """Give what is to change, a page at a time, what was changed last first. Each page may be carried out at once.

        Raises Conflict, which names the later entry, where a record is no longer as the entry has left it, or where a
        record would mention one that is not there.
        """
        past = 2**31 - 1
        while rows := list(self._reader.rows(_TOUCHED, entry=self._number, past=past)):
            first, past = rows[0]["ordinal"], rows[-1]["ordinal"]
            page = _by_noun((row["noun"], row["key"]) for row in rows)
            effects = {
                (noun, key): effect
                for noun, keys in page.items()
                for key, effect in self._effects(noun, keys).items()
                # What the entry has touched again later was on an earlier page.
                if effect.last <= first
            }
            changes = [change for change in self._turned_round(effects) if not change.is_nothing]
            self._check_mentions(changes)
            yield changes

    def _effects(self, noun: str, keys: Iterable[str]) -> dict[str, _Effect]:
        chosen, parameters = select_in(keys)
        sql = f"""SELECT * FROM journal_change WHERE noun = :noun AND key IN ({chosen}) AND entry = :entry
            ORDER BY ordinal DESC"""  # noqa: S608 - names of parameters
        found: dict[str, list[Row]] = {}
        for row in self._reader.rows(sql, noun=noun, entry=self._number, **parameters):
            found.setdefault(row["key"], []).append(row)
        return {key: _effect_of(rows[::-1]) for key, rows in found.items()}

    def _turned_round(self, effects: dict[tuple[str, str], _Effect]) -> Iterator[Change]:
        recorded = {noun: documents(self._reader, SHAPES[noun], keys) for noun, keys in _by_noun(effects).items()}
        for (noun, key), effect in effects.items():
            now = recorded[noun].get(key)
            for name in effect.differs_from(now):
                raise self._changed_since(noun, key, name, now)
            yield Change(noun, key, now, effect.before if effect.is_whole else self._merged(noun, key, now, effect))

    def _merged(self, noun: str, key: str, now: Document | None, effect: _Effect) -> Document:
        """Give a record with its fields as they were. Raises Conflict where what was changed since belies them."""
        shape = SHAPES[noun]
        after = shape.merge(now or {}, effect.before or {})
        for _field, message in objections_to(shape, after):
            raise self._refusal(f"{noun} {key} would be wrong ({message})", noun, key)
        return after

    def _check_mentions(self, changes: list[Change]) -> None:
        """Raise Conflict where a record would mention what is not there."""
        for noun, keys in _by_noun((change.noun, change.key) for change in changes if change.after is None).items():
            mentioning = sorted(find_mentioning(self._reader, noun, keys))
            own = self._touched((owner, by) for owner, by, _key in mentioning)
            for owner, by, key in mentioning:
                # What becomes of the entry's own records is looked at where they are.
                if (owner, by) not in own:
                    raise self._refusal(f"{owner} {by} mentions {noun} {key}", owner, by)
        mentioned = {
            target: change for change in changes if change.after for target in mentioned_by(change.noun, change.after)
        }
        for noun, keys in _by_noun(mentioned).items():
            for key in self._missing(noun, keys):
                change = mentioned[noun, key]
                raise self._refusal(f"{change.noun} {change.key} would mention {noun} {key}", noun, key)

    def _touched(self, records: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        return {
            (noun, key)
            for noun, keys in _by_noun(records).items()
            for page in batches(keys)
            for key in self._effects(noun, page)
        }

    def _missing(self, noun: str, keys: list[str]) -> Iterator[str]:
        """Give those of the keys under which nothing will be recorded when all is taken back."""
        for page in batches(keys):
            there = existing(self._reader, SHAPES[noun].table, page)
            effects = self._effects(noun, page)
            for key in page:
                effect = effects.get(key)
                if effect.before is None if effect and effect.is_whole else key not in there:
                    yield key

    def _changed_since(self, noun: str, key: str, field: str | None, now: Document | None) -> Conflict:
        later = later_entry(self._reader, self._number, noun, key, field)
        if later is None:
            return Conflict(f"{self._told}: {noun} {key} is no longer as it was left")
        done = f"changed {field} of" if field else "added" if now else "removed"
        return Conflict(f"{self._told}: {_in_short(later)} has since {done} {noun} {key}", _hint(later, key))

    def _refusal(self, reason: str, noun: str, key: str) -> Conflict:
        later = later_entry(self._reader, self._number, noun, key)
        if later is None:
            return Conflict(f"{self._told}: {reason}")
        return Conflict(f"{self._told}: {reason}, by {_in_short(later)}", _hint(later, key))


class _Effect(NamedTuple):
    """What an entry has done to a record, from first to last: the whole record, or only some of its fields.

    `last` is the ordinal of the last row that says so.
    """

    before: Document | None
    after: Document | None
    is_whole: bool
    last: int

    def differs_from(self, now: Document | None) -> Iterator[str | None]:
        """Give the fields in which a record is not as the entry has left it; None for one that is there or is not."""
        if now is None or self.after is None:
            if now is not self.after:
                yield None
            return
        names = self.after | now if self.is_whole else self.after
        yield from (name for name in names if now.get(name) != self.after.get(name))


def _effect_of(rows: list[Row]) -> _Effect:
    before: Document | None = {}
    after: Document | None = {}
    is_whole = False
    for row in rows:
        was, became = decoded(row["before"]), decoded(row["after"])
        if row["field"] is not None:
            if not is_whole:
                before = {row["field"]: was} | (before or {})
            after = (after or {}) | {row["field"]: became}
            continue
        if not is_whole:
            before = was and was | (before or {})
        is_whole, after = True, became
    return _Effect(*((_said(before), _said(after)) if is_whole else (before, after)), is_whole, rows[-1]["ordinal"])


def _said(document: Document | None) -> Document | None:
    return document and {name: value for name, value in document.items() if value is not None}


def _by_noun(records: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for noun, key in records:
        found.setdefault(noun, {})[key] = None
    return {noun: list(keys) for noun, keys in found.items()}


def _in_short(entry: Row) -> str:
    day = datetime.fromisoformat(entry["at"]).astimezone().date()
    return f"entry {entry['entry']} ({day}, {entry['actor']}: {entry['action']})"


def _hint(later: Row, key: str) -> str:
    if later["undoes"] is None:
        return f"`mou undo {later['entry']}` first"
    return f"`mou log {key}` tells what happened"
