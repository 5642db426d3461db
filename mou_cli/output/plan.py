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
    plain("key", ("Key", "Açar"), "code"),
    plain("title", ("Title", "Adı"), weight=4),
    plain("year", ("Year", "İl"), "number"),
    plain("owner", ("Owner", "Sahibi"), "code"),
    plain("unit", ("Unit", "Bölmə"), weight=2),
    plain("language", ("Language", "Dil")),
    plain("responsible", ("Responsible", "Məsul"), weight=2),
    coded("status", ("Status", "Vəziyyəti"), PLAN_STATUSES),
    plain("closed", ("Closed", "Bağlanıb"), "date", key="closed_on"),
    plain("tasks", ("Tasks", "Tapşırıqlar"), "number"),
    plain("done", ("Done", "Yerinə yetirilib"), "number"),
    NOTE,
    TEXTS,
    SOURCE,
)
DEFAULT: Final = ("key", "year", "owner", "title", "tasks", "done", "status")
