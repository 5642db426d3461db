"""The columns of every noun, and the choice among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.errors import UsageError
from mou_cli.output import agreement, event, institution, plan, result, task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mou_cli.output.column import Column, Row

SAMPLE: Final = 300  # rows that are read before widths are settled

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "agreement": agreement.KEYS,
    "institution": institution.KEYS,
    "event": event.KEYS,
    "task": task.KEYS,
    "plan": plan.KEYS,
    "match": result.MATCH_KEYS,
    "change": result.CHANGE_KEYS,
    "count": result.COUNT_KEYS,
    "cross": result.CROSS_KEYS,
}
COLUMNS: Final[dict[str, dict[str, Column]]] = {
    "agreement": agreement.COLUMNS,
    "institution": institution.COLUMNS,
    "event": event.COLUMNS,
    "task": task.COLUMNS,
    "plan": plan.COLUMNS,
    "match": result.MATCH_COLUMNS,
    "change": result.CHANGE_COLUMNS,
    "count": result.COUNT_COLUMNS,
    "cross": result.CROSS_COLUMNS,
}
DEFAULT: Final[dict[str, tuple[str, ...]]] = {
    "agreement": agreement.DEFAULT,
    "institution": institution.DEFAULT,
    "event": event.DEFAULT,
    "task": task.DEFAULT,
    "plan": plan.DEFAULT,
    "match": result.MATCH_DEFAULT,
    "change": result.CHANGE_DEFAULT,
    "count": result.COUNT_DEFAULT,
    "cross": result.CROSS_DEFAULT,
}

# Which of the default a table does without, in this order, where the screen has no room for whole words.
SPARE: Final[dict[str, tuple[str, ...]]] = {
    "agreement": ("areas", "type"),
    "task": ("executors", "year"),
    "event": ("place", "host"),
    "plan": ("owner", "done"),
}


def choose_columns(noun: str, names: Sequence[str] | None, rows: Sequence[Row] = ()) -> list[Column]:
    """Give the columns of these names, or of the default; a name of the row contract gives the column that shows it.

    The default of tasks has their year, and the plan where the rows are of several. An unknown name is a UsageError.
    """
    if names:
        return list(dict.fromkeys(_column(noun, tidy(name)) for name in names))
    chosen = [COLUMNS[noun][name] for name in DEFAULT[noun]]
    if noun == "task":
        plan = [COLUMNS[noun]["plan"]] if len({row.get("plan") for row in rows}) > 1 else []
        return [*plan, COLUMNS[noun]["year"], *chosen]
    return chosen


def page_columns(noun: str) -> list[Column]:
    """Give the columns of a page, on which a record is shown whole; notes and sources close it."""
    columns = [column for column in COLUMNS[noun].values() if column.on_page]
    if noun != "agreement":
        return columns
    from mou_cli.output.agreement_page import PAGE

    last = columns.index(COLUMNS[noun]["note"])
    return [*columns[:last], *PAGE, *columns[last:]]


def tidy(name: str) -> str:
    """Give the form in which columns are named."""
    return name.strip().lower().replace("-", "_")


def unknown_column(noun: str, name: str) -> UsageError:
    """Give the error that names what could have been asked for."""
    return UsageError(f"{noun} has no column {name!r}", f"columns are {', '.join(COLUMNS[noun])}")


def _column(noun: str, name: str) -> Column:
    columns = COLUMNS[noun]
    if name in columns:
        return columns[name]
    for column in columns.values():
        if column.key == name:
            return column
    raise unknown_column(noun, name)
