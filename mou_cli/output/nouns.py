"""The columns of every noun, and the choice among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.errors import UsageError
from mou_cli.output import (
    agenda,
    agreement,
    document,
    entry,
    event,
    finding,
    institution,
    lifecycle,
    plan,
    register,
    result,
    setting,
    task,
)
from mou_cli.vocabulary import CodeList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mou_cli.output.column import Column, Row

SAMPLE: Final = 300  # rows that are read before widths are settled

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "agreement": agreement.KEYS,
    "agenda": agenda.KEYS,
    "institution": institution.KEYS,
    "event": event.KEYS,
    "task": task.KEYS,
    "plan": plan.KEYS,
    "document": document.KEYS,
    "content": document.CONTENT_KEYS,
    "match": result.MATCH_KEYS,
    "change": result.CHANGE_KEYS,
    "count": result.COUNT_KEYS,
    "setting": setting.KEYS,
    "exchange": agreement.EXCHANGE_KEYS,
    "cross": result.CROSS_KEYS,
    "finding": finding.KEYS,
    "check": finding.CHECK_KEYS,
    "acceptance": finding.ACCEPTANCE_KEYS,
    "entry": entry.KEYS,
    "blame": entry.BLAME_KEYS,
    "seal": entry.SEAL_KEYS,
    "fact": lifecycle.FACT_KEYS,
    "renewal": lifecycle.RENEWAL_KEYS,
    "register": register.KEYS,
    "backup": register.BACKUP_KEYS,
    "copy": register.COPY_KEYS,
    "restore": register.RESTORE_KEYS,
    "fault": register.FAULT_KEYS,
}
COLUMNS: Final[dict[str, dict[str, Column]]] = {
    "agreement": agreement.COLUMNS,
    "agenda": agenda.COLUMNS,
    "institution": institution.COLUMNS,
    "event": event.COLUMNS,
    "task": task.COLUMNS,
    "plan": plan.COLUMNS,
    "document": document.COLUMNS,
    "content": document.CONTENT_COLUMNS,
    "match": result.MATCH_COLUMNS,
    "change": result.CHANGE_COLUMNS,
    "count": result.COUNT_COLUMNS,
    "setting": setting.COLUMNS,
    "exchange": agreement.EXCHANGE,
    "cross": result.CROSS_COLUMNS,
    "finding": finding.COLUMNS,
    "check": finding.CHECK_COLUMNS,
    "acceptance": finding.ACCEPTANCE_COLUMNS,
    "entry": entry.COLUMNS,
    "blame": entry.BLAME_COLUMNS,
    "seal": entry.SEAL_COLUMNS,
    "fact": lifecycle.FACT_COLUMNS,
    "renewal": lifecycle.RENEWAL_COLUMNS,
    "register": register.COLUMNS,
    "backup": register.BACKUP_COLUMNS,
    "copy": register.COPY_COLUMNS,
    "restore": register.RESTORE_COLUMNS,
    "fault": register.FAULT_COLUMNS,
}
DEFAULT: Final[dict[str, tuple[str, ...]]] = {
    "agreement": agreement.DEFAULT,
    "agenda": agenda.DEFAULT,
    "institution": institution.DEFAULT,
    "event": event.DEFAULT,
    "task": task.DEFAULT,
    "plan": plan.DEFAULT,
    "document": document.DEFAULT,
    "content": document.CONTENT_DEFAULT,
    "match": result.MATCH_DEFAULT,
    "change": result.CHANGE_DEFAULT,
    "count": result.COUNT_DEFAULT,
    "setting": setting.DEFAULT,
    "exchange": agreement.EXCHANGE_DEFAULT,
    "cross": result.CROSS_DEFAULT,
    "finding": finding.DEFAULT,
    "check": finding.CHECK_DEFAULT,
    "acceptance": finding.ACCEPTANCE_DEFAULT,
    "entry": entry.DEFAULT,
    "blame": entry.BLAME_DEFAULT,
    "seal": entry.SEAL_DEFAULT,
    "fact": lifecycle.FACT_DEFAULT,
    "renewal": lifecycle.RENEWAL_DEFAULT,
    "register": register.DEFAULT,
    "backup": register.BACKUP_DEFAULT,
    "copy": register.COPY_DEFAULT,
    "restore": register.RESTORE_DEFAULT,
    "fault": register.FAULT_DEFAULT,
}

# Which of the default a table does without, in this order, where the screen has no room for whole words.
SPARE: Final[dict[str, tuple[str, ...]]] = {
    "agreement": ("areas", "type", "country", "left"),
    "agenda": ("responsible", "left"),
    "institution": ("type", "agreements"),
    "task": ("year", "executors", "timing", "left"),
    "event": ("place", "host"),
    "plan": ("owner", "done"),
    "finding": ("id", "do", "severity"),
    "document": ("added", "language", "kind", "size"),
}
# Which a table has beyond the default, in this order, where there is room left.
MORE: Final[dict[str, tuple[Column, ...]]] = {
    noun: tuple(COLUMNS[noun][name] for name in names)
    for noun, names in {
        "agreement": ("notice_by", "notice_left", "signed", "responsible", "unit"),
        "agenda": ("country", "type", "unit", "status"),
        "institution": ("city", "website"),
        "task": ("percent", "strategy", "expected_result"),
        "event": ("topics",),
        "plan": ("unit", "responsible"),
        "document": ("paper", "public"),
    }.items()
}
# Where they stand; a noun that is not here has its columns in the order of its default.
_ORDER: Final[dict[str, tuple[str, ...]]] = {
    "agreement": (
        *("ref", "partner", "country", "type", "areas", "status", "signed", "ends", "left", "notice_by"),
        *("notice_left", "responsible", "unit"),
    ),
    "agenda": ("date", "left", "what", "which", "about", "country", "type", "responsible", "unit", "status"),
    "institution": ("key", "name", "country", "city", "type", "website", "agreements"),
    "task": (
        *("plan", "year", "number", "task", "executors", "strategy", "expected_result", "timing", "deadline", "left"),
        *("percent", "status"),
    ),
    "event": ("name", "held", "recorded", "topics", "host", "place"),
    "plan": ("key", "year", "owner", "unit", "title", "responsible", "tasks", "done", "status"),
    "document": ("ref", "file", "kind", "language", "public", "paper", "size", "added", "stored"),
    "entry": ("entry", "at", "actor", "role", "action", "records", "state"),
}

# Fields that a table has no column for, as pages call them.
_FIELDS: Final = CodeList(
    "field without a column",
    {
        "renewal_max": "Renewals at most",
        "renewal_until": "Renewal until",
        "reason": "Reason",
        "signatures": "Signed by",
        "backup": "Stands in",
        "place": "Place",
        "languages": "Languages",
        "partner_ref": "Partner's reference",
        "tags": "Tags",
        "public": "Published",
        "memberships": "Member of",
    },
)


def field_label(noun: str, field: str, language: str) -> str:
    """Give what people read before the value of a field."""
    if field in COLUMNS[noun]:
        return COLUMNS[noun][field].label(language)
    return _FIELDS.label(field, language)


def choose_columns(
    noun: str, names: Sequence[str] | None, rows: Sequence[Row] = (), *, for_screen: bool = False
) -> list[Column]:
    """Give the columns of these names, or of the default; a name of the row contract gives the column that shows it.

    The default of tasks has their year, and the plan where the rows are of several; that of entries the role that a
    server has let in. A screen, which is read on the day asked, has the days that are left beside the dates, and tells
    the plan of a due task where the rows are of several. An unknown name is a UsageError.
    """
    columns = COLUMNS[noun]
    if noun == "agenda" and for_screen and len({row["plan"] for row in rows if row.get("plan")}) > 1:
        columns = columns | {"which": agenda.WHICH_OF_PLANS}
    if noun == "entry" and for_screen:
        columns = columns | {"records": entry.HELD_RECORDS}
    if names:
        return list(dict.fromkeys(_column(columns, noun, tidy(name)) for name in names))
    chosen = [columns[name] for name in DEFAULT[noun]]
    if noun == "task":
        plan = [columns["plan"]] if len({row.get("plan") for row in rows}) > 1 else []
        chosen = [*plan, columns["year"], *chosen]
    if noun == "entry" and any(row.get("role") for row in rows):
        chosen = in_order(noun, [*chosen, columns["role"]])
    if for_screen and "left" in columns and any(columns["left"].show(row, "en") for row in rows):
        chosen = in_order(noun, [*chosen, columns["left"]])
    return chosen


def read_columns(text: str, noun: str, place: str) -> list[str]:
    """Give the names of columns in a text that stands at a place, separated by commas. Raises UsageError."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise UsageError(f"{place}: no column is named")
    try:
        choose_columns(noun, names)
    except UsageError as error:
        raise UsageError(f"{place}: {error.message}", error.hint) from error
    return names


def in_order(noun: str, columns: Iterable[Column]) -> list[Column]:
    """Give the columns in the order in which they stand beside each other."""
    order = _ORDER.get(noun, DEFAULT[noun])
    return sorted(columns, key=lambda column: order.index(column.name))


def tidy(name: str) -> str:
    """Give the form in which columns are named."""
    return name.strip().lower().replace("-", "_")


def keys_read(noun: str, names: Iterable[str]) -> set[str]:
    """Give the keys of the row contract that what is called by these names is made of, as a key and as a column."""
    wanted, columns = set(map(tidy, names)), COLUMNS[noun]
    shown = [column for name, column in columns.items() if name in wanted or column.key in wanted]
    return wanted.intersection(KEYS[noun]).union(*((column.key or column.name, *column.reads) for column in shown))


def unknown_column(noun: str, name: str) -> UsageError:
    """Give the error that names what could have been asked for."""
    return UsageError(f"{noun} has no column {name!r}", f"columns are {', '.join(COLUMNS[noun])}")


def _column(columns: dict[str, Column], noun: str, name: str) -> Column:
    if name in columns:
        return columns[name]
    for column in columns.values():
        if column.key == name:
            return column
    raise unknown_column(noun, name)
