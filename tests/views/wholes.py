"""Questions for what stands beside a record: links, people, history, and records whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from mou_cli.fields.nouns import SHAPES
from mou_cli.views import fact, history, label, lineage, link, person, register, whole
from tests.views.question import Question, question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.store.reader import Reader

DAYS = (date(2025, 6, 10), date(2066, 11, 22))


def _timeless(view: Callable[..., Any], *arguments: object) -> Question:
    """Ask for what has the instant in it at which each of the registers was written."""

    def ask(reader: Reader) -> object:
        answer = view(reader, *arguments)
        if view is history.get_history:
            return answer and answer | {"recorded_at": None}
        return answer | {"history": answer["history"] | {"recorded_at": None}}

    return Question(view, arguments, ask)


def _without_instants(noun: str, key: str, entry: int) -> Question:
    def ask(reader: Reader) -> object:
        return [row | {"at": None} for row in history.since(reader, noun, key, entry)]

    return Question(history.since, (noun, key, entry), ask)


def _contents() -> Question:
    def ask(reader: Reader) -> object:
        answer = register.get_contents(reader, SHAPES)
        return answer | {"last_entry": answer["last_entry"] | {"at": None}}

    return Question(register.get_contents, tuple(SHAPES), ask)


def of_wholes() -> Iterator[Question]:
    """Ask for every record whole, and for the parts of that."""
    for day in DAYS:
        for key in ("whole", "tacit", "express", "all-homes", "superseded", "cancelled", "khazar-miras-2024", "absent"):
            yield _timeless(whole.whole_agreement, key, day)
        for key in ("home_a", "oslo", "Ministry", "isle-1", "khazar"):
            yield _timeless(whole.whole_institution, key, day)
            yield _timeless(whole.whole_institution, key, day, 3)
        for key in ("fair", "yearly", "dayless"):
            yield _timeless(whole.whole_event, key, day)
        yield from (_timeless(whole.whole_task, key, day) for key in ("now/1", "now/2"))
        yield from (_timeless(whole.whole_plan, key, day) for key in ("now", "mdu-veterans-2025"))
    for key in ("whole", "tacit", "ended", "absent"):
        yield question(link.linked_to, key)
        yield question(link.linked_from, key)
    yield from _of_lives()
    yield from (question(person.find_people, key) for key in ("oslo", "home_a", "miras", "absent"))
    for noun, key in (("agreement", "whole"), ("institution", "oslo"), ("task", "now/1"), ("event", "absent")):
        yield _timeless(history.get_history, noun, key)
        for entry in (0, 1, 2):
            yield _without_instants(noun, key, entry)
            yield question(history.document_at, noun, key, entry, {"key": key, "note": "now"})
    yield question(history.last_entry)
    yield _contents()
    yield question(register.reference_counters)
    yield question(label.find_labels, ("khazar", "miras", "oslo", "absent"), "az")
    yield from (question(label.labelled, row, noun, "az") for noun, row in _records_to_label())


def _of_lives() -> Iterator[Question]:
    """Ask for what happened to agreements, and what they go back to."""
    for day in DAYS:
        yield question(lineage.get_lineage, "absent", day)
        for key in ("whole", "tacit", "express", "ended", "cancelled", "superseded", "lived", "lived-on"):
            yield question(lineage.get_lineage, key, day)
            yield question(fact.find_facts, key, day)
    yield from (question(lineage.find_linked, key, "amends") for key in ("whole", "lived-on", "absent"))


def _records_to_label() -> Iterator[tuple[str, dict[str, Any]]]:
    body = {"key": "khazar", "name": "Khazar University"}
    yield "institution", {**body, "texts": {}, "children": [{"key": "absent", "name": "A"}]}
    yield "event", {"key": "fair", "host": dict(body), "institution_names": {"miras": "MIRAS", "oslo": "Oslo"}}
    yield "task", {"key": "now/1", "partners": ["khazar"], "agreement_rows": [{"partners": [dict(body)], "homes": []}]}
