"""What is shown of a task of a plan."""

from __future__ import annotations

from typing import Final

from mou_cli.output.column import NOTE, SOURCE, TEXTS, Column, Row, coded, index, plain
from mou_cli.vocabulary import TASK_STATUSES, TIMING_KINDS

_OVERDUE: Final = ("overdue", "gecikib")


def _status(row: Row, language: str) -> str:
    label = TASK_STATUSES.label(row.get("status") or "", language)
    late = _OVERDUE[language == "az"] if row.get("overdue") else ""
    return ", ".join(text for text in (label, late) if text)


KEYS: Final = (
    *("key", "plan", "year", "number", "section", "direction", "task", "ways", "executors", "timing", "due_kind"),
    *("due_from", "due_to", "deadline", "strategy", "expected_result", "actual_result", "status", "percent", "done_on"),
    *("overdue", "agreements", "partners", "note", "texts", "source"),
)
COLUMNS: Final = index(
    plain("key", ("Key", "Açar"), "code"),
    plain("plan", ("Plan", "Plan"), "code"),
    plain("year", ("Year", "İl"), "number"),
    plain("number", ("No.", "№"), "code"),
    plain("section", ("Section", "Bölmə"), weight=2),
    plain("direction", ("Direction", "İstiqamət"), weight=3),
    plain("task", ("Task", "Tapşırıq"), weight=5),
    plain("ways", ("Ways", "İcra yolları"), weight=4),
    plain("executors", ("Executors", "İcraçılar"), weight=3),
    plain("timing", ("Timing", "İcra müddəti"), weight=2),
    coded("due_kind", ("Kind of timing", "Müddətin növü"), TIMING_KINDS),
    plain("due_from", ("Due from", "İcra, ilk gün"), "date"),
    plain("due_to", ("Due to", "İcra, son gün"), "date"),
    plain("deadline", ("Deadline", "Son tarix"), "date"),
    plain("strategy", ("Strategy", "Strategiya")),
    plain("expected_result", ("Expected result", "Gözlənilən nəticə"), weight=4),
    plain("actual_result", ("Actual result", "Faktiki nəticə"), weight=4),
    Column("status", ("Status", "Vəziyyəti"), _status, key="status"),
    plain("percent", ("Per cent", "Faiz"), "number"),
    plain("done", ("Done", "Yerinə yetirilib"), "date", key="done_on"),
    plain("overdue", ("Overdue", "Gecikib"))._replace(on_page=False),
    plain("agreements", ("Agreements", "Sazişlər"), weight=2),
    plain("partners", ("Partners", "Tərəfdaşlar"), weight=2),
    NOTE,
    TEXTS,
    SOURCE,
)
DEFAULT: Final = ("number", "task", "executors", "timing", "deadline", "status")
