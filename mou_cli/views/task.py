"""Tasks of plans as rows, and which of them are due, overdue or running."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.rules.date import days_until
from mou_cli.rules.fold import fold
from mou_cli.rules.language import Texts, choose_text, split_texts
from mou_cli.views.document import batches
from mou_cli.views.query import Conditions, counted, values_of_lists
from mou_cli.views.words import add_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mou_cli.store.reader import Reader, Row

OPEN_STATUSES = ("planned", "in-progress")
MOST_RUNNING = 1000  # beyond it nobody waits for the very number
_FIELDS = """t.key, t.plan, t.year, t.number, t.section, t.direction, t.text AS task, t.ways, t.timing, t.due_kind,
    t.due_from, t.due_to, t.deadline, t.expected_result, t.actual_result, t.status, t.percent, t.done, t.note, t.source,
    p.language, p.status AS plan_status"""
_SOURCE = "task t JOIN plan p ON p.key = t.plan"
# A CROSS JOIN is what SQLite does in the order that is written: of the tasks, only those of the plans are looked at.
_BY_PLAN: Final = "plan p CROSS JOIN task t"
SORTS = {
    "deadline": "t.deadline {way} NULLS LAST, t.plan NULLS LAST, t.number_sort NULLS LAST",
    "number": "t.plan {way} NULLS LAST, t.number_sort {way} NULLS LAST",
    "status": "t.status {way} NULLS LAST, t.plan NULLS LAST, t.number_sort NULLS LAST",
}
_TEXTS = ("section", "direction", "task", "expected_result", "actual_result", "note")
# From the first month of an interval on, or up to its last; between them where it spans a whole year.
_MONTH_RUNS = """(CASE WHEN substr(t.due_from, 1, 4) = substr(t.due_to, 1, 4)
    THEN substr(t.due_from, 6, 2) <= :due_month AND substr(t.due_to, 6, 2) >= :due_month
    ELSE substr(t.due_from, 6, 2) <= :due_month OR substr(t.due_to, 6, 2) >= :due_month
        OR CAST(substr(t.due_to, 1, 4) AS INTEGER) - CAST(substr(t.due_from, 1, 4) AS INTEGER) > 1 END)"""
_LONGEST = 1000  # folded letters; no executor has a longer name, and SQLite refuses patterns without end


@dataclass(frozen=True)
class TaskFilter:
    """What tasks are asked for; everything said narrows, but for what widens a window of days.

    A task is due when its deadline lies in the window: from `due_from` through `due_to`, or in the month `due_month`
    (1 to 12) of any year. `running` adds those whose interval has a day in the window, `with_overdue` those that are
    overdue today. `overdue_on` narrows to what is overdue on a day: the deadline is before it, the task neither done
    nor dropped and its plan open. `year` is the plan's. `executor` are beginnings of words of one executor's name.
    `code` (without a dot at its end) is that strategy code and what stands below it. `agreement` is one that the task
    carries out, `partner` an institution that it is done with, by key.
    """

    plan: str | None = None
    key: str | None = None
    number: str | None = None
    executor: str | None = None
    code: str | None = None
    agreement: str | None = None
    partner: str | None = None
    year: int | None = None
    statuses: tuple[str, ...] = ()
    open_plans: bool = False
    due_from: date | None = None
    due_to: date | None = None
    due_month: int | None = None
    running: bool = False
    with_overdue: bool = False
    overdue_on: date | None = None
    unclear: bool = False
    words: str | None = None

    @property
    def has_window(self) -> bool:
        """Say whether there are days in which a task is to be due."""
        return any(limit is not None for limit in (self.due_from, self.due_to, self.due_month))


class Due(NamedTuple):
    """The tasks that are due, and how many more are not but have a day of their interval in the window.

    They are counted up to MOST_RUNNING and one more.
    """

    tasks: Iterator[Row]
    running: int


def count_tasks(reader: Reader, wanted: TaskFilter, today: date) -> int:
    """Count the tasks that are asked for."""
    return _count(reader, wanted, task_conditions(reader, wanted, today))


def _count(reader: Reader, wanted: TaskFilter, conditions: Conditions, most: int | None = None) -> int:
    return counted(reader, by_plan(conditions) if _is_of_open_plans(wanted) else _SOURCE, conditions, most)


def by_plan(conditions: Conditions) -> str:
    """Give what to select tasks `t` of plans `p` from where they are only counted, which an index of plans is for."""
    conditions.add("t.plan = p.key")
    return _BY_PLAN


def find_tasks(
    reader: Reader, wanted: TaskFilter, today: date, sort: str = "deadline", limit: int | None = None
) -> Iterator[Row]:
    """Give the tasks that are asked for, streamed; their texts in the plan's own language where they have it.

    `sort` is a name of SORTS, with a dash before it for the other way round; what has no deadline comes last either
    way. `overdue` is told for `today`.
    """
    conditions, source = task_conditions(reader, wanted, today), _SOURCE
    if sort == "deadline" and limit is not None and _is_of_open_plans(wanted) and not wanted.running:
        source = _of_first_days(conditions, reader)
    ordered = conditions.ordered(SORTS, sort, "t.key", limit)
    sql = f"SELECT {_FIELDS} FROM {source} {conditions.where} {ordered}"
    for page in batches(reader.rows(sql, **conditions.parameters)):
        yield from _complete(reader, page, today)


def _of_first_days(conditions: Conditions, reader: Reader) -> str:
    """Give what to select the first page from: of each plan, only the days that are on it.

    Thousands may be due on one day. Plans and days stand in an index, by which they are put in order.
    """
    if reader.dialect != "sqlite":
        # A server goes through the deadlines in their order, and so through those of plans that are long closed.
        add_earliest(conditions, reader)
        return _SOURCE
    days = f"""SELECT t.plan, t.deadline FROM {_BY_PLAN} {conditions.where} AND t.plan = p.key
        ORDER BY t.deadline, t.plan LIMIT :limit"""
    conditions.add("p.key = d.plan AND t.plan = d.plan AND t.deadline = d.deadline")
    return f"(SELECT DISTINCT f.plan, f.deadline FROM ({days}) f) d CROSS JOIN plan p CROSS JOIN task t"


def add_earliest(conditions: Conditions, reader: Reader) -> None:
    """Add the condition that the deadline is not before any of an open plan: those of years ago are passed over."""
    sql = """SELECT min(deadline) AS earliest FROM (
        SELECT (SELECT min(t.deadline) FROM task t WHERE t.plan = p.key) AS deadline
        FROM plan p WHERE p.status = 'open') of_plans"""
    conditions.add("t.deadline >= :earliest", earliest=next(iter(reader.rows(sql)))["earliest"])


def _is_of_open_plans(wanted: TaskFilter) -> bool:
    """Say whether tasks with a deadline are asked for in open plans, and not by what finds a few at once."""
    few = (wanted.plan, wanted.key, wanted.executor, wanted.code, wanted.agreement, wanted.partner, wanted.words)
    has_deadline = wanted.has_window or wanted.overdue_on is not None
    return has_deadline and (wanted.open_plans or wanted.overdue_on is not None) and not any(few)


def find_due(reader: Reader, wanted: TaskFilter, today: date, limit: int | None = None) -> Due:
    """Give the tasks of a window, and how many more run in it: none where `running` has them among the tasks."""
    more = 0
    if wanted.has_window and not wanted.running:
        conditions = task_conditions(reader, replace(wanted, running=True), today)
        only_due = task_conditions(reader, TaskFilter(), today)
        due = _window(only_due, wanted, today)
        conditions.add(f"CASE WHEN {due} THEN 0 ELSE 1 END = 1", **only_due.parameters)
        more = _count(reader, wanted, conditions, MOST_RUNNING + 1)
    return Due(find_tasks(reader, wanted, today, "deadline", limit), more)


def task_conditions(reader: Reader, wanted: TaskFilter, today: date) -> Conditions:
    """Give the conditions on tasks `t` of plans `p` for those that are asked for."""
    conditions = Conditions()
    for name in ("plan", "key", "number", "year"):
        value = getattr(wanted, name)
        if value is not None:
            conditions.add(f"t.{name} = :{name}", **{name: value})
    conditions.add_one_of("t.status", "status", wanted.statuses)
    if wanted.agreement is not None:
        done_under = "t.key IN (SELECT task FROM task_agreement WHERE agreement = :agreement)"
        conditions.add(done_under, agreement=wanted.agreement)
    if wanted.partner is not None:
        conditions.add("t.key IN (SELECT task FROM task_partner WHERE institution = :partner)", partner=wanted.partner)
    if wanted.open_plans:
        conditions.add("p.status = 'open'")
    if wanted.code is not None:
        conditions.add(
            """t.key IN (SELECT task FROM task_strategy
                WHERE code = :code OR substr(code, 1, length(CAST(:below AS TEXT))) = :below)""",
            code=wanted.code,
            below=f"{wanted.code}.",
        )
    _add_executor(conditions, wanted.executor)
    if wanted.has_window:
        conditions.add(_window(conditions, wanted, today))
    if wanted.overdue_on is not None:
        conditions.add(_overdue(conditions, "overdue_on", wanted.overdue_on))
    if wanted.unclear:
        conditions.add("t.timing IS NOT NULL AND t.due_kind = 'none'")
    add_words(conditions, reader, "task", "t.key", wanted.words)
    return conditions


def _add_executor(conditions: Conditions, executor: str | None) -> None:
    if executor is None:
        return
    folded = fold(executor)
    if not folded or len(folded) > _LONGEST:
        conditions.add("1 = 0")
        return
    # Folded text has no per cent sign or underscore that could stand for something else.
    words = {f"executor{n}": f"% {word}%" for n, word in enumerate(dict.fromkeys(folded.split()))}
    named = " AND ".join(f"' ' || folded LIKE :{parameter}" for parameter in words)
    conditions.add(f"t.key IN (SELECT task FROM task_executor WHERE {named})", **words)


def _window(conditions: Conditions, wanted: TaskFilter, today: date) -> str:
    due, runs = [], []
    if wanted.due_from is not None:
        conditions.parameters["due_from"] = wanted.due_from.isoformat()
        due.append("t.deadline >= :due_from")
        runs.append("t.due_to >= :due_from")
    if wanted.due_to is not None:
        conditions.parameters["due_to"] = wanted.due_to.isoformat()
        due.append("t.deadline <= :due_to")
        runs.append("t.due_from <= :due_to")
    if wanted.due_month is not None:
        conditions.parameters["due_month"] = f"{wanted.due_month:02}"
        due.append("substr(t.deadline, 6, 2) = :due_month")
        runs.append(_MONTH_RUNS)
    either = [" AND ".join(due)]
    if wanted.running:
        either.append(" AND ".join(runs))
    if wanted.with_overdue:
        either.append(_overdue(conditions, "today", today))
    window = " OR ".join(f"({each})" for each in either)
    if not wanted.with_overdue or wanted.running or wanted.due_to is None:
        return f"({window})"
    # In a CASE it is no bait for two indexes at once, what both find to be put in order; one finds all up to a day.
    # Most tasks up to then are in the window: of what is equal to something, a server expects a few in a thousand.
    conditions.parameters["latest"] = max(wanted.due_to, today).isoformat()
    return f"(t.deadline <= :latest AND CASE WHEN {window} THEN 1 ELSE 0 END <> 0)"


def _overdue(conditions: Conditions, name: str, day: date) -> str:
    conditions.parameters[name] = day.isoformat()
    statuses = ", ".join(f"'{status}'" for status in OPEN_STATUSES)
    return f"t.deadline < :{name} AND t.status IN ({statuses}) AND p.status = 'open'"


def _complete(reader: Reader, page: list[Row], today: date) -> Iterator[Row]:
    keys = [row["key"] for row in page]
    lists = {
        "executors": values_of_lists(reader, "task_executor", "task", "name", keys),
        "strategy": values_of_lists(reader, "task_strategy", "task", "code", keys),
        "agreements": values_of_lists(reader, "task_agreement", "task", "agreement", keys),
        "partners": values_of_lists(reader, "task_partner", "task", "institution", keys),
    }
    for row in page:
        yield _shown(row, {name: of.get(row["key"], []) for name, of in lists.items()}, today)


def _shown(row: Row, lists: dict[str, list[str]], today: date) -> Row:
    own = [row["language"]] if row["language"] else []
    languages: Row = split_texts(row, _TEXTS, own)
    ways = json.loads(row["ways"]) if row["ways"] else []
    if versions := list_by_language(ways, own):
        languages["ways"] = versions
    return {
        **{name: row[name] for name in ("key", "plan", "year", "number", "section", "direction", "task")},
        "ways": [choose_text(way, own) for way in ways],
        "executors": lists["executors"],
        **{name: row[name] for name in ("timing", "due_kind", "due_from", "due_to", "deadline")},
        "strategy": lists["strategy"],
        **{name: row[name] for name in ("expected_result", "actual_result", "status", "percent")},
        "done_on": row["done"],
        "overdue": _is_overdue(row, today),
        **{name: lists[name] for name in ("agreements", "partners")},
        "note": row["note"],
        "texts": languages,
        "source": json.loads(row["source"]) if row["source"] else None,
        "days_left": days_until(row["deadline"], today),
    }


def _is_overdue(row: Row, today: date) -> bool:
    late = row["deadline"] is not None and row["deadline"] < today.isoformat()
    return late and row["status"] in OPEN_STATUSES and row["plan_status"] == "open"


def list_by_language(items: Sequence[Texts | None], languages: Sequence[str] = ()) -> dict[str, list[str | None]]:
    """Give a list of texts once for each language that any of them has, empty where none is said to be in one.

    The lists are of one length: an item that lacks the language stands in one of `languages`, else in any it has.
    """
    found = dict.fromkeys(language for item in items if isinstance(item, dict) for language in item)
    return {each: [choose_text(item, (each, *languages)) for item in items] for each in found}
