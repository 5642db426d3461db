"""Questions about the journal. Instants, roles and digests are each database's own, and are left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from mou_cli.fields.nouns import SHAPES
from mou_cli.views import blame, departure, entry, record, seal
from mou_cli.views.entry import EntryFilter
from tests.views.question import Question, question

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.store.reader import Reader

FILTERS = (
    EntryFilter(),
    EntryFilter(number=2),
    EntryFilter(number=99),
    EntryFilter(actor="somebody"),
    EntryFilter(actor="nobody"),
    EntryFilter(since=date(2000, 1, 1), actor="tester"),
    EntryFilter(until=date(2999, 12, 31), actor="tester"),
    EntryFilter(since=date(2000, 1, 1), until=date(2000, 1, 2)),
    EntryFilter(noun="agreement"),
    EntryFilter(noun="institution", key="oslo"),
    EntryFilter(noun="agreement", key="whole"),
    EntryFilter(noun="agreement", key="absent"),
)
OF_THE_DATABASE = {"at": None, "role": None}


def _timeless(view: Callable[..., Any], *arguments: object) -> Question:
    def ask(reader: Reader) -> object:
        answer = view(reader, *arguments)
        if isinstance(answer, Iterator):
            return [row | OF_THE_DATABASE for row in answer]
        return answer and answer | OF_THE_DATABASE

    return Question(view, arguments, ask)


def of_journals() -> Iterator[Question]:
    """Ask for entries, for what they have changed, for where values come from and for seals."""
    for wanted in FILTERS:
        yield _timeless(entry.find_entries, wanted)
        yield _timeless(entry.find_entries, wanted, 2)
        yield question(entry.count_entries, wanted)
    yield question(entry.count_records, [1, 2, 99])
    yield question(entry.count_records, [])
    yield from (question(entry.find_changes, number) for number in (1, 2, 3, 99))
    yield from (question(entry.newest_entry, actor) for actor in ("tester", "somebody"))
    yield from (question(entry.newest_undo, actor) for actor in ("tester", "somebody"))
    for number in (0, 1, 5):
        yield _timeless(entry.later_entry, number, "institution", "oslo")
        yield _timeless(entry.later_entry, number, "institution", "oslo", "note")
        yield _timeless(entry.later_entry, number, "institution", "oslo", "city")
    for noun, key in (("institution", "oslo"), ("agreement", "whole"), ("task", "now/1"), ("event", "absent")):
        yield _timeless(blame.blame, noun, key)
    for text in ("oslo", "whole", "now/1", "now", "fair", "2024-1100", "University of Oslo", "absent", "uni", ""):
        yield from (question(record.choose_any, text, noun) for noun in (None, *SHAPES))
    yield Question(seal.check_seals, (), lambda reader: [(each.entry, each.wrong) for each in seal.check_seals(reader)])
    yield Question(departure.find_departures, (), lambda reader: {"found": list(departure.find_departures(reader))})
    yield Question(seal.newest_digest, (), lambda reader: len(seal.newest_digest(reader) or ""))
    yield Question(seal.oldest_digest, (), lambda reader: len(seal.oldest_digest(reader) or ""))
