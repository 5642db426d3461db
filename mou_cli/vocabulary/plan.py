"""The codes of plans and their tasks."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from mou_cli.vocabulary.code_list import CodeList


class TimingKind(StrEnum):
    """What a plan's timing means."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    TERM = "term"
    YEAR = "year"
    WINDOW = "window"
    RECURRING = "recurring"
    NONE = "none"


TASK_STATUSES: Final = CodeList(
    "task status",
    {
        "planned": "planned",
        "in-progress": "in progress",
        "done": "done",
        "dropped": "dropped",
    },
)


PLAN_STATUSES: Final = CodeList("plan status", {"open": "open", "closed": "closed"})


TIMING_KINDS: Final = CodeList(
    "kind of timing",
    {
        TimingKind.DATE: "date",
        TimingKind.MONTH: "month",
        TimingKind.QUARTER: "quarter",
        TimingKind.TERM: "term",
        TimingKind.YEAR: "year",
        TimingKind.WINDOW: "window",
        TimingKind.RECURRING: "recurring",
        TimingKind.NONE: "none",
    },
)
