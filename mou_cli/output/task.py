"""What is shown of a task of a plan."""

from __future__ import annotations

from typing import Final

from mou_cli.catalogue import translate
from mou_cli.output.column import NOTE, SOURCE, TEXTS, Column, Row, coded, details, index, plain, status_tone, warning
from mou_cli.output.days_left import short_days_left
from mou_cli.vocabulary import TASK_STATUSES, TIMING_KINDS


def _status(row: Row, language: str) -> str:
    label = TASK_STATUSES.label(row.get("status") or "", language)
    return details(label, translate("overdue", language) if row.get("overdue") else "")


def days_left(row: Row) -> int | None:
    """Give the days to the deadline of what is still to be done; those behind it where it is overdue."""
    days = row.get("days_left")
    is_open = row.get("status") in {"planned", "in-progress"}
    return days if days is not None and is_open and (days >= 0 or row.get("overdue")) else None


def _left(row: Row, language: str) -> str:
    return short_days_left(days_left(row), language, overdue=True)


KEYS: Final = (
    *("key", "plan", "year", "number", "section", "direction", "task", "ways", "executors", "timing", "due_kind"),
    *("due_from", "due_to", "deadline", "strategy", "expected_result", "actual_result", "status", "percent", "done_on"),
    *("overdue", "agreements", "partners", "note", "texts", "source", "days_left"),
)
COLUMNS: Final = index(
    plain("key", "Key", "code"),
    plain("plan", "Plan", "code"),
    plain("year", "Year", "number"),
    plain("number", "No.", "code"),
    plain("section", "Section", weight=2),
    plain("direction", "Direction", weight=3),
    plain("task", "Task", weight=5),
    plain("ways", "Ways", weight=4),
    plain("executors", "Executors", weight=3),
    plain("timing", "Timing", weight=2),
    coded("due_kind", "Kind of timing", TIMING_KINDS),
    plain("due_from", "Due from", "date"),
    plain("due_to", "Due to", "date"),
    plain("deadline", "Deadline", "date")._replace(tone=warning(days_left)),
    Column("left", "Left", _left, "number", "days_left", tone=warning(days_left)),
    plain("strategy", "Strategy"),
    plain("expected_result", "Expected result", weight=4),
    plain("actual_result", "Actual result", weight=4),
    Column("status", "Status", _status, key="status", tone=status_tone),
    plain("percent", "Per cent", "number"),
    plain("done", "Done", "date", key="done_on"),
    plain("overdue", "Overdue"),
    plain("agreements", "Agreements", weight=2),
    plain("partners", "Partners", weight=2),
    NOTE,
    TEXTS,
    SOURCE,
)
DEFAULT: Final = ("year", "number", "task", "executors", "timing", "deadline", "status")
