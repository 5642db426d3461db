"""The journal's entries: who changed what and when, and which of it still stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from mou_cli.views.query import Conditions, counted, select_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader, Row

_PAGE: Final = 500
_UNDONE_BY: Final = """(SELECT max(u.id) FROM journal_entry u WHERE u.undoes = e.id
    AND NOT EXISTS (SELECT 1 FROM journal_entry r WHERE r.undoes = u.id))"""
# That an entry `e` is a change of its own, no undo or redo, and was not undone, or was redone since.
STANDS: Final = f"e.undoes IS NULL AND {_UNDONE_BY} IS NULL"
_ENTRY: Final = f"SELECT e.id AS entry, e.at, e.actor, e.action, e.undoes, e.role, {_UNDONE_BY} AS undone_by"


@dataclass(frozen=True)
class EntryFilter:
    """Which entries are asked for; all that is set must hold. `since` and `until` are days here, both inclusive.

    `key` is that of a record of the noun; without it any record of the noun will do.
    """

    number: int | None = None
    actor: str | None = None
    since: date | None = None
    until: date | None = None
    noun: str | None = None
    key: str | None = None


def find_entries(reader: Reader, wanted: EntryFilter, limit: int | None = None) -> Iterator[Row]:
    """Give entries, the newest first. `records` has the number of records by noun, `undone_by` the undo that stands.

    Where a record is asked for, `happened` says whether it was added, changed or removed, and `changes` has its fields
    before and after, with the source of the new value; else both are None.
    """
    conditions, left = _conditions(wanted), limit
    conditions.add("e.id < :past")
    conditions.parameters["past"] = 2**31
    while left is None or left > 0:
        most = _PAGE if left is None else min(left, _PAGE)
        sql = f"{_ENTRY} FROM journal_entry e {conditions.where} ORDER BY e.id DESC LIMIT :most"
        page = list(reader.rows(sql, **conditions.parameters, most=most))
        yield from _completed(reader, page, wanted)
        if len(page) < most:
            return
        left = None if left is None else left - len(page)
        conditions.parameters["past"] = page[-1]["entry"]


def count_entries(reader: Reader, wanted: EntryFilter) -> int:
    """Give the number of entries that a filter finds."""
    conditions = _conditions(wanted)
    return counted(reader, "journal_entry e", conditions)


def _conditions(wanted: EntryFilter) -> Conditions:
    conditions = Conditions()
    if wanted.number is not None:
        conditions.add("e.id = :number", number=wanted.number)
    if wanted.actor is not None:
        conditions.add("e.actor = :actor", actor=wanted.actor)
    if wanted.since is not None:
        conditions.add("e.at >= :since", since=_midnight(wanted.since))
    if wanted.until is not None:
        conditions.add("e.at < :before", before=_midnight(wanted.until + timedelta(days=1)))
    if wanted.key is not None:
        touched = "SELECT entry FROM journal_change WHERE noun = :noun AND key = :key"
        conditions.add(f"e.id IN ({touched})", noun=wanted.noun, key=wanted.key)
    elif wanted.noun is not None:
        touched = "SELECT 1 FROM journal_change c WHERE c.entry = e.id AND c.noun = :noun"
        conditions.add(f"EXISTS ({touched})", noun=wanted.noun)
    return conditions


def _midnight(day: date) -> str:
    """Give the instant at which a day begins where the program runs, as entries have it."""
    return datetime.combine(day, time()).astimezone(UTC).isoformat(timespec="milliseconds")


def _completed(reader: Reader, page: list[Row], wanted: EntryFilter) -> Iterator[Row]:
    if not page:
        return
    numbers = [row["entry"] for row in page]
    records = count_records(reader, numbers)
    changes = _changes_of_record(reader, wanted, numbers) if wanted.key is not None else {}
    for row in page:
        own = changes.get(row["entry"])
        yield {
            **{name: row[name] for name in ("entry", "at", "actor", "action")},
            "records": records.get(row["entry"], {}),
            **{name: row[name] for name in ("undoes", "undone_by")},
            "happened": _happened(own) if own else None,
            "changes": [change for each in own for change in fields_of(each)] if own else None,
            "role": row["role"],
        }


def count_records(reader: Reader, numbers: list[int]) -> dict[int, dict[str, int]]:
    """Give the number of records by noun that each of some entries has changed, a page of entries at most."""
    chosen, parameters = select_in(numbers)
    sql = f"""SELECT entry, noun, count(DISTINCT key) AS number FROM journal_change WHERE entry IN ({chosen})
        GROUP BY entry, noun ORDER BY entry, noun"""
    found: dict[int, dict[str, int]] = {}
    for row in reader.rows(sql, **parameters) if parameters else ():
        found.setdefault(row["entry"], {})[row["noun"]] = row["number"]
    return found


def _changes_of_record(reader: Reader, wanted: EntryFilter, numbers: list[int]) -> dict[int, list[Row]]:
    chosen, parameters = select_in(numbers)
    sql = f"""SELECT * FROM journal_change WHERE noun = :noun AND key = :key AND entry IN ({chosen})
        ORDER BY entry, ordinal"""
    found: dict[int, list[Row]] = {}
    for row in reader.rows(sql, noun=wanted.noun, key=wanted.key, **parameters):
        found.setdefault(row["entry"], []).append(row)
    return found


def _happened(changes: list[Row]) -> str:
    whole = [change for change in changes if change["field"] is None]
    if not whole:
        return "changed"
    was_there, is_there = whole[0]["before"] is not None, whole[-1]["after"] is not None
    return "changed" if was_there == is_there else "added" if is_there else "removed"


def fields_of(change: Row) -> Iterator[Row]:
    """Give a row of the journal as the fields that it changes: one, or of a record added or removed each."""
    source = decoded(change["source"])
    if change["field"] is not None:
        values = decoded(change["before"]), decoded(change["after"])
        yield {"field": change["field"], "before": values[0], "after": values[1], "source": source}
        return
    before, after = decoded(change["before"]) or {}, decoded(change["after"]) or {}
    for name in after | before:
        yield {"field": name, "before": before.get(name), "after": after.get(name), "source": source}


def decoded(kept: str | None) -> Any:
    """Give a value as the journal keeps it; None for what is not said."""
    return None if kept is None else json.loads(kept)


def find_changes(reader: Reader, number: int) -> Iterator[Row]:
    """Give what an entry has changed, field by field, in its own order."""
    sql = f"SELECT * FROM journal_change WHERE entry = :entry AND ordinal > :after ORDER BY ordinal LIMIT {_PAGE}"
    after = 0
    while page := list(reader.rows(sql, entry=number, after=after)):
        for change in page:
            for row in fields_of(change):
                yield {"noun": change["noun"], "key": change["key"], **row}
        after = page[-1]["ordinal"]


def newest_entry(reader: Reader, actor: str) -> int | None:
    """Give the entry that stands and was made, or redone, last by somebody: that which an undo would take back."""
    sql = f"""SELECT e.id FROM journal_entry own LEFT JOIN journal_entry u ON u.id = own.undoes
        JOIN journal_entry e ON e.id = CASE WHEN own.undoes IS NULL THEN own.id ELSE u.undoes END
        WHERE own.actor = :actor AND {STANDS} ORDER BY own.id DESC LIMIT 1"""
    return next((row["id"] for row in reader.rows(sql, actor=actor)), None)


def newest_undo(reader: Reader, actor: str) -> int | None:
    """Give the newest undo of somebody that a redo would take back: one that no change of their own came after."""
    sql = f"""SELECT e.id FROM journal_entry e JOIN journal_entry o ON o.id = e.undoes
        WHERE e.actor = :actor AND o.undoes IS NULL AND {_UNDONE_BY} IS NULL
        AND NOT EXISTS (SELECT 1 FROM journal_entry c WHERE c.actor = :actor AND c.undoes IS NULL AND c.id > e.id)
        ORDER BY e.id DESC LIMIT 1"""
    return next((row["id"] for row in reader.rows(sql, actor=actor)), None)


def later_entry(reader: Reader, number: int, noun: str, key: str, field: str | None = None) -> Row | None:
    """Give the newest entry after one that has changed a record, or a field of it, and stands; None if there is none.

    An undo or redo, of another entry, is given where there is nothing else.
    """
    condition = "" if field is None else "AND (c.field = :field OR c.field IS NULL)"
    sql = f"""SELECT DISTINCT e.id AS entry, e.at, e.actor, e.action, e.undoes FROM journal_change c
        JOIN journal_entry e ON e.id = c.entry
        WHERE c.noun = :noun AND c.key = :key AND c.entry > :number AND coalesce(e.undoes, 0) <> :number {condition}
        AND {_UNDONE_BY} IS NULL ORDER BY e.id DESC"""
    named = {} if field is None else {"field": field}
    found = list(reader.rows(sql, noun=noun, key=key, number=number, **named))
    return next((row for row in found if row["undoes"] is None), found[0] if found else None)
