"""Whether the journal is as it was written: every entry is reckoned again and compared with its seal."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.rules.seal import CHANGE, Seal, lines_of
from mou_cli.views.document import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.store.reader import Reader, Row

_PAGE = 500
_ENTRIES = f"""SELECT e.id, e.at, e.actor, e.action, e.undoes, e.role, s.digest
    FROM journal_entry e LEFT JOIN journal_seal s ON s.entry = e.id
    WHERE e.id > :after ORDER BY e.id LIMIT {_PAGE}"""
_CHANGES = f"""SELECT * FROM journal_change WHERE (entry, ordinal) > (:entry, :ordinal)
    ORDER BY entry, ordinal LIMIT {_PAGE}"""
_SEALS_ALONE = """SELECT entry, digest FROM journal_seal s
    WHERE NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.id = s.entry) ORDER BY entry"""
_CHANGES_ALONE = "it was removed, only its changes are left"
_SEAL_ALONE = "it was removed, only its seal is left"


class CheckedSeal(NamedTuple):
    """An entry's seal as it stands in the register, and what is wrong with it; empty where nothing is."""

    entry: int
    digest: str | None
    wrong: str


def newest_digest(reader: Reader) -> str | None:
    """Give the digest of the newest seal, on which the next entry's is built; None in a register without entries."""
    sql = "SELECT digest FROM journal_seal ORDER BY entry DESC LIMIT 1"
    return next((row["digest"] for row in reader.rows(sql)), None)


def oldest_digest(reader: Reader) -> str | None:
    """Give the digest of the oldest seal, which no other register has; None in a register without entries.

    It stays whatever is recorded later, and goes along into backups and copies.
    """
    sql = "SELECT digest FROM journal_seal ORDER BY entry LIMIT 1"
    return next((row["digest"] for row in reader.rows(sql)), None)


def check_seals(reader: Reader, tell: Callable[[int], None] = lambda _more: None) -> Iterator[CheckedSeal]:
    """Go through all entries in their order, a page at a time, those included of which only a part is left.

    Each is reckoned upon the seal that stands before it, so that what is wrong is said of one entry, not of all after.
    `tell` is told of each change read.
    """
    changes = groupby(_changes(reader, tell), key=itemgetter("entry"))
    waiting = next(changes, None)
    before, last = None, 0
    for entry in _entries(reader):
        number: int = entry["id"]
        while waiting and waiting[0] < number:
            yield CheckedSeal(waiting[0], None, _CHANGES_ALONE)
            waiting = next(changes, None)
        own = waiting[1] if waiting and waiting[0] == number else None
        yield CheckedSeal(number, entry["digest"], _what_is_wrong(entry, before, last, own or iter(())))
        waiting = next(changes, None) if own else waiting
        before, last = entry["digest"] or before, number
    while waiting:
        yield CheckedSeal(waiting[0], None, _CHANGES_ALONE)
        waiting = next(changes, None)
    yield from (CheckedSeal(row["entry"], row["digest"], _SEAL_ALONE) for row in reader.rows(_SEALS_ALONE))


def _what_is_wrong(entry: Row, before: str | None, last: int, changes: Iterator[Row]) -> str:
    if entry["digest"] is None:
        return "it has no seal: it was put in from outside, or its seal was removed"
    seal = Seal(before, entry)
    for page in batches(changes):
        seal.add(lines_of([row[name] for name in CHANGE] for row in page))
    if seal.digest == entry["digest"]:
        return ""
    # A server leaves numbers out where a change was given up: a gap alone says nothing.
    return f"it was changed, or entry {last + 1} before it was removed" if entry["id"] > last + 1 else "it was changed"


def _entries(reader: Reader) -> Iterator[Row]:
    after = 0
    while page := list(reader.rows(_ENTRIES, after=after)):
        yield from page
        after = page[-1]["id"]


def _changes(reader: Reader, tell: Callable[[int], None]) -> Iterator[Row]:
    entry, ordinal = 0, 0
    while page := list(reader.rows(_CHANGES, entry=entry, ordinal=ordinal)):
        tell(len(page))
        yield from page
        entry, ordinal = page[-1]["entry"], page[-1]["ordinal"]
