"""Plans as rows, each with how many tasks it has and how many of them are done."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mou_cli.rules.language import choose_text, decode_texts
from mou_cli.views.query import Conditions, counted
from mou_cli.views.words import add_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader, Row

_FIELDS = """p.key, p.title, p.year, p.owner, p.unit, p.language, p.responsible, p.status, p.closed, p.note, p.source,
    (SELECT count(*) FROM task t WHERE t.plan = p.key) AS tasks,
    (SELECT count(*) FROM task t WHERE t.plan = p.key AND t.status = 'done') AS done"""
SORTS = {
    "year": "p.year {way} NULLS LAST",
    "owner": "p.owner {way} NULLS LAST, p.year NULLS LAST",
    "key": "p.key {way} NULLS LAST",
}


@dataclass(frozen=True)
class PlanFilter:
    """What plans are asked for; everything said narrows. `open` False gives the closed ones."""

    key: str | None = None
    year: int | None = None
    owner: str | None = None
    open: bool | None = None
    words: str | None = None


def count_plans(reader: Reader, wanted: PlanFilter) -> int:
    """Count the plans that are asked for."""
    conditions = _conditions(reader, wanted)
    return counted(reader, "plan p", conditions)


def find_plans(reader: Reader, wanted: PlanFilter, sort: str = "year", limit: int | None = None) -> Iterator[Row]:
    """Give the plans that are asked for, streamed; a title in the plan's own language where it has one.

    `sort` is a name of SORTS, with a dash before it for the other way round. `tasks` counts all, dropped ones too.
    """
    conditions = _conditions(reader, wanted)
    ordered = conditions.ordered(SORTS, sort, "p.key", limit)
    sql = f"SELECT {_FIELDS} FROM plan p {conditions.where} {ordered}"
    for row in reader.rows(sql, **conditions.parameters):
        yield _shown(row)


def task_keys(reader: Reader, plan: str) -> list[str]:
    """Give the keys of the tasks of a plan, by their numbers."""
    sql = "SELECT key FROM task WHERE plan = :plan ORDER BY number_sort NULLS LAST, key"
    return [row["key"] for row in reader.rows(sql, plan=plan)]


def _conditions(reader: Reader, wanted: PlanFilter) -> Conditions:
    conditions = Conditions()
    if wanted.key is not None:
        conditions.add("p.key = :key", key=wanted.key)
    if wanted.year is not None:
        conditions.add("p.year = :year", year=wanted.year)
    if wanted.owner is not None:
        conditions.add("p.owner = :owner", owner=wanted.owner)
    if wanted.open is not None:
        conditions.add("p.status = :status", status="open" if wanted.open else "closed")
    add_words(conditions, reader, "plan", "p.key", wanted.words)
    return conditions


def _shown(row: Row) -> Row:
    texts = {name: decode_texts(row[name]) for name in ("title", "note")}
    own = [row["language"]] if row["language"] else []
    return {
        "key": row["key"],
        "title": choose_text(texts["title"], own),
        **{name: row[name] for name in ("year", "owner", "unit", "language", "responsible", "status")},
        "closed_on": row["closed"],
        "tasks": row["tasks"],
        "done": row["done"],
        "note": choose_text(texts["note"], own),
        "texts": {name: text for name, text in texts.items() if isinstance(text, dict)},
        "source": json.loads(row["source"]) if row["source"] else None,
    }
