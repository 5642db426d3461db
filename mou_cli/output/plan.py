"""What is shown of a plan."""

from __future__ import annotations

from typing import Final

from mou_cli.output.column import NOTE, SOURCE, TEXTS, coded, index, plain
from mou_cli.vocabulary import PLAN_STATUSES

KEYS: Final = (
    *("key", "title", "year", "owner", "unit", "language", "responsible", "status", "closed_on", "tasks", "done"),
    *("note", "texts", "source"),
)
COLUMNS: Final = index(
    plain("key", "Key", "code"),
    plain("title", "Title", weight=4),
    plain("year", "Year", "number"),
    plain("owner", "Owner", "code"),
    plain("unit", "Unit", weight=2),
    plain("language", "Language"),
    plain("responsible", "Responsible", weight=2),
    coded("status", "Status", PLAN_STATUSES),
    plain("closed", "Closed", "date", key="closed_on"),
    plain("tasks", "Tasks", "number"),
    plain("done", "Done", "number"),
    NOTE,
    TEXTS,
    SOURCE,
)
DEFAULT: Final = ("key", "year", "owner", "title", "tasks", "done", "status")
