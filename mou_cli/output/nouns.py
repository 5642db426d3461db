"""The columns of every noun, and the choice among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

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
    from collections.abc import Callable, Iterable, Sequence

    from mou_cli.output.column import Column, Row

SAMPLE: Final = 300  # rows that are read before widths are settled

# Of every noun the keys of its rows, its columns by name, and those that a table has unless others are asked for.
_SHOWN: Final[dict[str, tuple[tuple[str, ...], dict[str, Column], tuple[str, ...]]]] = {
    "agreement": (agreement.KEYS, agreement.COLUMNS, agreement.DEFAULT),
    "agenda": (agenda.KEYS, agenda.COLUMNS, agenda.DEFAULT),
    "institution": (institution.KEYS, institution.COLUMNS, institution.DEFAULT),
    "event": (event.KEYS, event.COLUMNS, event.DEFAULT),
    "task": (task.KEYS, task.COLUMNS, task.DEFAULT),
    "plan": (plan.KEYS, plan.COLUMNS, plan.DEFAULT),
    "document": (document.KEYS, document.COLUMNS, document.DEFAULT),
    "content": (document.CONTENT_KEYS, document.CONTENT_COLUMNS, document.CONTENT_DEFAULT),
    "match": (result.MATCH_KEYS, result.MATCH_COLUMNS, result.MATCH_DEFAULT),
    "change": (result.CHANGE_KEYS, result.CHANGE_COLUMNS, result.CHANGE_DEFAULT),
    "count": (result.COUNT_KEYS, result.COUNT_COLUMNS, result.COUNT_DEFAULT),
    "setting": (setting.KEYS, setting.COLUMNS, setting.DEFAULT),
    "exchange": (agreement.EXCHANGE_KEYS, agreement.EXCHANGE, agreement.EXCHANGE_DEFAULT),
    "cross": (result.CROSS_KEYS, result.CROSS_COLUMNS, result.CROSS_DEFAULT),
    "finding": (finding.KEYS, finding.COLUMNS, finding.DEFAULT),
    "check": (finding.CHECK_KEYS, finding.CHECK_COLUMNS, finding.CHECK_DEFAULT),
    "acceptance": (finding.ACCEPTANCE_KEYS, finding.ACCEPTANCE_COLUMNS, finding.ACCEPTANCE_DEFAULT),
    "entry": (entry.KEYS, entry.COLUMNS, entry.DEFAULT),
    "blame": (entry.BLAME_KEYS, entry.BLAME_COLUMNS, entry.BLAME_DEFAULT),
    "seal": (entry.SEAL_KEYS, entry.SEAL_COLUMNS, entry.SEAL_DEFAULT),
    "fact": (lifecycle.FACT_KEYS, lifecycle.FACT_COLUMNS, lifecycle.FACT_DEFAULT),
    "renewal": (lifecycle.RENEWAL_KEYS, lifecycle.RENEWAL_COLUMNS, lifecycle.RENEWAL_DEFAULT),
    "register": (register.KEYS, register.COLUMNS, register.DEFAULT),
    "backup": (register.BACKUP_KEYS, register.BACKUP_COLUMNS, register.BACKUP_DEFAULT),
    "copy": (register.COPY_KEYS, register.COPY_COLUMNS, register.COPY_DEFAULT),
    "restore": (register.RESTORE_KEYS, register.RESTORE_COLUMNS, register.RESTORE_DEFAULT),
    "fault": (register.FAULT_KEYS, register.FAULT_COLUMNS, register.FAULT_DEFAULT),
}
KEYS: Final = {noun: keys for noun, (keys, _columns, _default) in _SHOWN.items()}
COLUMNS: Final = {noun: columns for noun, (_keys, columns, _default) in _SHOWN.items()}
DEFAULT: Final = {noun: default for noun, (_keys, _columns, default) in _SHOWN.items()}


class Room(NamedTuple):
    """What a table makes of the room there is.

    Of its default it does without the `spare` columns, in this order, where there is no room for whole words; it has
    `more`, in this order, where there is room left. They stand in the `order`, or where none is said as in the default.
    Rows that stand together may need columns `beside` the default, and on a screen, which is read on the day asked,
    others `instead` of those of the same name.
    """

    spare: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    beside: Callable[[Sequence[Row]], tuple[str, ...]] = lambda _rows: ()
    instead: Callable[[Sequence[Row]], tuple[Column, ...]] = lambda _rows: ()


_ROOM: Final = {
    "agreement": Room(
        ("areas", "type", "country", "left"),
        ("notice_by", "notice_left", "signed", "responsible", "unit"),
        (
            *("ref", "partner", "country", "type", "areas", "status", "signed", "ends", "left", "notice_by"),
            *("notice_left", "responsible", "unit"),
        ),
        instead=lambda _rows: (agreement.ENDS_AHEAD,),
    ),
    "agenda": Room(
        ("responsible", "left"),
        ("country", "type", "unit", "status"),
        ("date", "left", "what", "which", "about", "country", "type", "responsible", "unit", "status"),
        instead=lambda rows: (agenda.WHICH_OF_PLANS,) if _are_of_several_plans(rows) else (),
    ),
    "institution": Room(
        ("type", "agreements"),
        ("city", "website"),
        ("key", "name", "country", "city", "type", "website", "agreements"),
    ),
    "task": Room(
        ("year", "executors", "timing", "left"),
        ("percent", "strategy", "expected_result"),
        (
            *("plan", "year", "number", "task", "executors", "strategy", "expected_result", "timing", "deadline"),
            *("left", "percent", "status"),
        ),
        beside=lambda rows: ("plan",) if _are_of_several_plans(rows) else (),
    ),
    "event": Room(("place", "host"), ("topics",), ("name", "held", "recorded", "topics", "host", "place")),
    "plan": Room(
        ("owner", "done"),
        ("unit", "responsible"),
        ("key", "year", "owner", "unit", "title", "responsible", "tasks", "done", "status"),
    ),
    "finding": Room(spare=("id", "do", "severity")),
    "document": Room(
        ("added", "language", "kind", "size"),
        ("paper", "public"),
        ("ref", "file", "kind", "language", "public", "paper", "size", "added", "stored"),
    ),
    "entry": Room(
        order=("entry", "at", "actor", "role", "action", "records", "state"),
        beside=lambda rows: ("role",) if any(row.get("role") for row in rows) else (),
        instead=lambda _rows: (entry.HELD_RECORDS,),
    ),
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

    A screen has the days that are left beside the dates. An unknown name is a UsageError.
    """
    columns, room = COLUMNS[noun], room_of(noun)
    if for_screen:
        columns = columns | {column.name: column for column in room.instead(rows)}
    if names:
        return list(dict.fromkeys(_column(columns, noun, tidy(name)) for name in names))
    beside = room.beside(rows)
    if for_screen and "left" in columns and any(columns["left"].show(row, "en") for row in rows):
        beside = (*beside, "left")
    chosen = [columns[name] for name in (*DEFAULT[noun], *beside)]
    return in_order(noun, chosen) if beside else chosen


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


def room_of(noun: str) -> Room:
    """Give what a table of a noun makes of the room there is."""
    return _ROOM.get(noun, Room())


def in_order(noun: str, columns: Iterable[Column]) -> list[Column]:
    """Give the columns in the order in which they stand beside each other."""
    order = room_of(noun).order or DEFAULT[noun]
    return sorted(columns, key=lambda column: order.index(column.name))


def _are_of_several_plans(rows: Sequence[Row]) -> bool:
    return len({row["plan"] for row in rows if row.get("plan")}) > 1


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
