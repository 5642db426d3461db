"""Records whole: a row, and what the register holds beside it of the same thing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from mou_cli.views.agreement import find_agreements, get_agreement
from mou_cli.views.agreement_filter import AgreementFilter
from mou_cli.views.document import documents
from mou_cli.views.event import EventFilter, find_events
from mou_cli.views.history import get_history
from mou_cli.views.institution import InstitutionFilter, find_institutions
from mou_cli.views.lineage import get_lineage
from mou_cli.views.link import linked_from, linked_to
from mou_cli.views.name import institution_names
from mou_cli.views.person import find_people
from mou_cli.views.plan import PlanFilter, find_plans
from mou_cli.views.stats import count_statuses
from mou_cli.views.task import TaskFilter, count_tasks, find_tasks
from mou_cli.views.terms import facts_of
from mou_cli.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mou_cli.fields.shape import Document
    from mou_cli.store.reader import Reader, Row

# What a whole record has beyond its row; an agreement also what get_agreement adds. The tasks of a plan are streamed
# below its page, so that whoever shows it adds them.
ADDED: Final = {
    "agreement": (
        *("parties", "reasons", "linked_to", "linked_from", "lineage", "task_rows", "event_row", "institution_names"),
        "history",
    ),
    "institution": (
        *("memberships", "children", "agreement_counts", "agreement_rows", "task_rows", "event_rows", "people"),
        *("institution_names", "history"),
    ),
    "event": ("agreement_rows", "institution_names", "history"),
    "task": ("agreement_rows", "institution_names", "plan_title", "plan_titles", "history"),
    "plan": ("overdue", "institution_names", "history", "task_rows"),
}
# What is in force stands first, then what is to come, what nobody knows, and what is over.
_STANDING = (
    *(Status.ACTIVE, Status.IN_NOTICE, Status.FUTURE, Status.DRAFT, Status.UNSTATED),
    *(Status.EXPIRED, Status.TERMINATED, Status.SUPERSEDED, Status.CANCELLED),
)


def whole_agreement(reader: Reader, key: str, today: date) -> Row:
    """Give an agreement with its parties, the reasons of its dates, and whatever else names it. Raises NotFound."""
    from mou_cli.fields.agreement import AGREEMENT
    from mou_cli.rules.reason import explain

    row = get_agreement(reader, key, today)
    document = documents(reader, AGREEMENT, [key])[key]
    named = [person["party"] for name in ("signatures", "people", "contacts") for person in row[name]]
    named += [line[end] for line in row["exchange"] for end in ("from", "to")]
    named += [fact["by"] for fact in row["lifecycle"]]
    reasons = explain(facts_of(document), today)
    return row | {
        "parties": list(_parties(row, document)),
        "reasons": [{"topic": r.topic, "code": r.code, **r.values} for r in reasons],
        "linked_to": linked_to(reader, key),
        "linked_from": linked_from(reader, key),
        "lineage": get_lineage(reader, key, today),
        "task_rows": list(find_tasks(reader, TaskFilter(agreement=key), today)),
        "event_row": next(find_events(reader, EventFilter(key=row["event"])), None) if row["event"] else None,
        "institution_names": institution_names(reader, named),
        "history": get_history(reader, "agreement", key),
    }


def _parties(row: Row, document: Document) -> Iterator[Row]:
    homes = {home["key"] for home in row["homes"]}
    known = {party["key"]: party for party in (*row["partners"], *row["homes"])}
    for party in document["parties"]:
        key = party["institution"]
        yield {**known[key], "home": key in homes, "unit": party.get("unit"), "role": party.get("role")}


def whole_institution(reader: Reader, key: str, today: date, limit: int | None = None) -> Row:
    """Give an institution with all that the register holds of it; of its agreements at most `limit`.

    The agreements are seen from it, so that the others are the partners; what is in force stands first.
    """
    row = next(find_institutions(reader, InstitutionFilter(key=key)))
    kept = next(reader.rows("SELECT memberships FROM institution WHERE key = :key", key=key))["memberships"]
    children = find_institutions(reader, InstitutionFilter(parent=key))
    counts = count_statuses(reader, AgreementFilter(home=key), today)
    events = list(find_events(reader, EventFilter(institution=key), "-held"))
    return row | {
        "memberships": json.loads(kept) if kept else [],
        "children": [{"key": child["key"], "name": child["name"]} for child in children],
        "agreement_counts": {str(status): counts[status] for status in _STANDING if status in counts},
        "agreement_rows": _standing_first(reader, key, today, counts, limit),
        "task_rows": list(find_tasks(reader, TaskFilter(partner=key), today)),
        "event_rows": events,
        "people": list(find_people(reader, key)),
        "institution_names": institution_names(reader, [row["parent"]]),
        "history": get_history(reader, "institution", key),
    }


def _standing_first(reader: Reader, key: str, today: date, counts: Iterable[str], limit: int | None) -> list[Row]:
    found: list[Row] = []
    for status in (status for status in _STANDING if status in counts):
        wanted = AgreementFilter(home=key, statuses=(status,))
        left = None if limit is None else limit - len(found)
        found += find_agreements(reader, wanted, today, "-signed", left)
    return found


def whole_event(reader: Reader, key: str, today: date) -> Row:
    """Give an event with the agreements that were made there."""
    row = next(find_events(reader, EventFilter(key=key)))
    return row | {
        "agreement_rows": list(find_agreements(reader, AgreementFilter(event=key), today)),
        "institution_names": institution_names(reader, [person["party"] for person in row["people"]]),
        "history": get_history(reader, "event", key),
    }


def whole_task(reader: Reader, key: str, today: date) -> Row:
    """Give a task with the agreements that it carries out."""
    row = next(find_tasks(reader, TaskFilter(key=key), today))
    plan = next(find_plans(reader, PlanFilter(key=row["plan"])))
    return row | {
        "agreement_rows": list(find_agreements(reader, AgreementFilter(task=key), today)),
        "institution_names": institution_names(reader, row["partners"]),
        "plan_title": plan["title"],
        "plan_titles": plan["texts"].get("title", {}),
        "history": get_history(reader, "task", key),
    }


def whole_plan(reader: Reader, key: str, today: date) -> Row:
    """Give a plan with its tasks in their order, and the number of those that are overdue."""
    row = next(find_plans(reader, PlanFilter(key=key)))
    return row | {
        "overdue": count_tasks(reader, TaskFilter(plan=key, overdue_on=today), today),
        "institution_names": institution_names(reader, [row["owner"]]),
        "history": get_history(reader, "plan", key),
        "task_rows": list(find_tasks(reader, TaskFilter(plan=key), today, "number")),
    }
