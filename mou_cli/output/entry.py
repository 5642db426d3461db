"""What is shown of the journal: its entries, where the values of a record come from, and how it is sealed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from mou_cli.catalogue import translate
from mou_cli.output.column import Column, Row, as_text, index, plain
from mou_cli.output.layout import HELD
from mou_cli.output.number import listed
from mou_cli.rules.difference import taken_and_added


def moment(row: Row, _language: str) -> str:
    """Give the minute of an instant where the program runs."""
    return f"{datetime.fromisoformat(row['at']).astimezone():%Y-%m-%d %H:%M}" if row.get("at") else ""


def _records(row: Row, language: str) -> str:
    return listed(row.get("records") or {}, language)


def _state(row: Row, language: str) -> str:
    number = row.get("undone_by")
    if not number:
        return ""
    if row.get("undoes"):
        return translate("redone by {entry}", language, entry=number)
    return translate("undone by {entry}", language, entry=number)


def _changes(row: Row, language: str) -> str:
    match row.get("happened"):
        case "added":
            return translate("recorded", language)
        case "removed":
            return translate("removed", language)
    return "; ".join(_change(change, language) for change in row.get("changes") or ())


def _change(change: Row, language: str) -> str:
    if told := taken_and_added(change["before"], change["after"]):
        marked = (
            f"{sign} {as_text([item], language)}" for sign, items in zip("-+", told, strict=True) for item in items
        )
        return f"{change['field']}: {'; '.join(marked)}"
    before = "" if change["before"] is None else f"{as_text(change['before'], language)} → "
    after = translate("(cleared)", language) if change["after"] is None else as_text(change["after"], language)
    return f"{change['field']}: {before}{after}"


def _source(row: Row, _language: str) -> str:
    source = row.get("source") or {}
    return ":".join(str(part) for part in (source.get("file"), source.get("line")) if part)


_AT: Final = Column("at", "When", moment, "code", "at")
KEYS: Final = ("entry", "at", "actor", "action", "records", "undoes", "undone_by", "happened", "changes", "role")
COLUMNS: Final = index(
    plain("entry", "Entry", "number"),
    _AT,
    plain("actor", "Who"),
    plain("action", "What was done", weight=3),
    Column("records", "Records", _records, key="records", weight=2),
    plain("undoes", "Takes back", "number"),
    Column("state", "Undone", _state, "code", "undone_by"),
    plain("happened", "Happened", "code"),
    Column("changes", "Changes", _changes, key="changes", weight=4),
    plain("role", "Login", "code"),
)
DEFAULT: Final = ("entry", "at", "actor", "action", "records", "state")
# On a screen a number is not parted from what it counts.
HELD_RECORDS: Final = COLUMNS["records"]._replace(
    show=lambda row, language: re.sub(r"(?<=\d) ", HELD, _records(row, language))
)

BLAME_KEYS: Final = ("field", "value", "entry", "at", "actor", "action", "source")
BLAME_COLUMNS: Final = index(
    plain("field", "Field", "code"),
    plain("value", "Value", weight=4),
    plain("entry", "Entry", "number"),
    _AT,
    plain("actor", "Who"),
    plain("action", "What was done", weight=2),
    Column("source", "Source", _source, key="source", weight=2),
)
BLAME_DEFAULT: Final = ("field", "value", "entry", "at", "actor", "source")

SEAL_KEYS: Final = ("entries", "entry", "digest", "broken", "departures")
SEAL_COLUMNS: Final = index(
    plain("entries", "Entries", "number"),
    plain("entry", "Newest", "number"),
    plain("digest", "Digest", "code"),
    plain("broken", "Broken", "code"),
    plain("departures", "Changed records", "code"),
)
SEAL_DEFAULT: Final = SEAL_KEYS
