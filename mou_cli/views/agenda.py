"""The agenda: what ends, what needs notice or review, and which tasks fall due, in one list by the day."""

from __future__ import annotations

from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Final

from mou_cli.rules.date import days_until, interval
from mou_cli.rules.language import choose_text, decode_texts
from mou_cli.views.agenda_filter import END, NOTICE, REVIEW, TASK, streams
from mou_cli.views.document import batches, documents
from mou_cli.views.party import Parties
from mou_cli.views.query import counted, select_in, values_of_lists
from mou_cli.views.terms import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row
    from mou_cli.views.agenda_filter import AgendaFilter, Stream

# Of the reasons of an agreement's dates, those that an entry of a kind stands on.
_TOPICS: Final = {END: ("ends", "renewal"), NOTICE: ("notice", "ends"), REVIEW: ("review",)}


def count_agenda(reader: Reader, wanted: AgendaFilter, today: date, most: int | None = None) -> int:
    """Count the entries that are asked for, no further than `most`."""
    total = 0
    for stream in streams(reader, wanted, today, in_order=False):
        total += counted(reader, stream.source, stream.conditions, None if most is None else most - total)
    return total


def find_agenda(
    reader: Reader, wanted: AgendaFilter, today: date, limit: int | None = None, *, explained: bool = False
) -> Iterator[Row]:
    """Give the entries that are asked for, streamed, what is late first.

    Where only a month or year is known, `date` is its last day and `date_from` its first. `explained` adds to the
    `reasons` of every entry where its day comes from.
    """
    found = merge(
        *(_entries(reader, stream, limit) for stream in streams(reader, wanted, today)),
        key=lambda row: (row["until_on"], row["kind"], row.get("plan", row["key"]), row.get("number_sort", "")),
    )
    for page in batches(islice((row for row in found if row["key"]), limit)):
        yield from _complete(reader, page, wanted, today, explained=explained)


def _entries(reader: Reader, stream: Stream, limit: int | None) -> Iterator[Row]:
    # Merged with others, it is not asked before its first day has come: the page may be full by then.
    yield {"until_on": stream.since, "kind": "", "key": ""}
    sql, parameters = stream.selecting(limit)
    for row in reader.rows(sql, **parameters):
        yield {**row, "kind": stream.kind}


def _complete(reader: Reader, page: list[Row], wanted: AgendaFilter, today: date, *, explained: bool) -> Iterator[Row]:
    agreements = list(dict.fromkeys(row["key"] for row in page if row["kind"] != TASK))
    tasks = [row["key"] for row in page if row["kind"] == TASK]
    parties, reasons = Parties(reader, agreements), _reasons(reader, agreements if explained else [], today)
    executors = values_of_lists(reader, "task_executor", "task", "name", tasks)
    partners = _partners(reader, tasks)
    for row in page:
        key, kind = row["key"], row["kind"]
        if kind == TASK:
            yield _task(row, today) | {
                "executors": executors.get(key, []),
                "partners": partners.get(key, []),
                "lead": wanted.lead.of(kind, None),
                "reasons": [_timing(row)] if explained else [],
            }
            continue
        bodies, homes = parties.seen_from(key, wanted.home)
        told = [reason for topic in _TOPICS[kind] for reason in reasons.get(key, ()) if reason["topic"] == topic]
        if kind == REVIEW and explained and not told:
            told = [{"topic": "review", "code": "stated", "date": row["review"]}]
        own = {"partners": bodies, "homes": homes, "lead": wanted.lead.of(kind, row["type"]), "reasons": told}
        yield _agreement(row, today) | own


def _partners(reader: Reader, tasks: list[str]) -> dict[str, list[Row]]:
    chosen, parameters = select_in(tasks)
    sql = f"""SELECT b.task, i.key, i.name, i.country, i.territory, i.type
        FROM task_partner b JOIN institution i ON i.key = b.institution
        WHERE b.task IN ({chosen}) ORDER BY b.task NULLS LAST, b.ordinal"""
    found: dict[str, list[Row]] = {}
    for row in reader.rows(sql, **parameters) if parameters else ():
        found.setdefault(row.pop("task"), []).append(row)
    return found


def _reasons(reader: Reader, agreements: list[str], today: date) -> dict[str, list[Row]]:
    if not agreements:
        return {}
    from mou_cli.fields.agreement import AGREEMENT
    from mou_cli.rules.reason import explain

    found = documents(reader, AGREEMENT, agreements)
    return {
        key: [{"topic": r.topic, "code": r.code, **r.values} for r in explain(facts_of(document), today)]
        for key, document in found.items()
    }


def _timing(row: Row) -> Row:
    said = {"topic": "timing", "code": row["due_kind"], "first": row["due_from"], "last": row["until_on"]}
    return said | ({"text": row["timing"]} if row["timing"] else {})


def _agreement(row: Row, today: date) -> Row:
    texts = decode_texts(row["title"])
    first, last = row["from_on"], row["until_on"]
    if row["kind"] == REVIEW and (days := interval(row["review"])):
        first, last = days[0].isoformat(), days[1].isoformat()
    return _entry(row, first, last, today) | {
        **{name: row[name] for name in ("ref", "type", "responsible")},
        "title": choose_text(texts),
        "texts": {"title": texts} if isinstance(texts, dict) else {},
        "term": row["term_number"],
        "goes_on": bool(row["goes_on"]),
    }


def _task(row: Row, today: date) -> Row:
    texts = decode_texts(row["title"])
    return _entry(row, row["from_on"], row["until_on"], today) | {
        **{name: row[name] for name in ("plan", "number")},
        "title": choose_text(texts, [row["language"]] if row["language"] else []),
        "texts": {"title": texts} if isinstance(texts, dict) else {},
    }


def _entry(row: Row, first: str, last: str, today: date) -> Row:
    """Give what every entry has; its keys are those of all kinds."""
    return {
        "date": last,
        "date_from": first,
        "days_left": days_until(last, today) if first == last else None,
        "overdue": last < today.isoformat(),
        "kind": row["kind"],
        **dict.fromkeys(("ref", "plan", "number")),
        "key": row["key"],
        **dict.fromkeys(("title", "type")),
        "status": row["status"],
        "partners": [],
        "homes": [],
        "unit": row["unit"],
        "responsible": None,
        "executors": [],
        **dict.fromkeys(("term", "goes_on", "lead")),
        "reasons": [],
        "texts": {},
    }
