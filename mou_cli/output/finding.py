"""What is shown of findings, of what they mean, and of those that were accepted."""

from __future__ import annotations

from typing import Final

from mou_cli.output.column import Column, Row, coded, index, plain
from mou_cli.output.days_left import LATE
from mou_cli.output.number import counted
from mou_cli.vocabulary import SEVERITIES

_MOST = 4


def _records(row: Row, language: str) -> str:
    """Give what people call the records; of findings that are told together only how many there are."""
    if "number" in row:
        return counted("finding", row["number"], language)
    texts = [" ".join(part for part in (_which(record), record["name"]) if part) for record in row["records"]]
    return "; ".join(texts[:_MOST]) + (" …" if texts[_MOST:] else "")


def _which(record: Row) -> str | None:
    """Give the reference of an agreement; a task has its number in a plan, for several may have the same text."""
    which: str | None = record["key"] if record["noun"] == "task" else record["ref"]
    return which


def _weight_tone(row: Row) -> str:
    return LATE if row["severity"] == "error" else ""


_WEIGHT: Final = coded("severity", "Weight", SEVERITIES)._replace(kind="code", tone=_weight_tone)
KEYS: Final = ("id", "code", "severity", "sentence", "records", "do", "fixable")
COLUMNS: Final = index(
    plain("id", "Id", weight=2),
    plain("code", "Code", "code"),
    _WEIGHT,
    Column("records", "Records", _records, key="records", weight=2),
    plain("sentence", "Finding", weight=3),
    plain("do", "What to do", "code"),
    plain("fixable", "--fix", "code"),
)
DEFAULT: Final = ("severity", "code", "records", "sentence", "do")

CHECK_KEYS: Final = ("code", "severity", "label", "meaning", "found")
CHECK_COLUMNS: Final = index(
    plain("code", "Code", "code"),
    _WEIGHT,
    plain("label", "Finding", weight=2),
    plain("meaning", "What it means, and what to do", weight=4),
    plain("found", "Found", "number"),
)
CHECK_DEFAULT: Final = ("severity", "code", "found", "meaning")

ACCEPTANCE_KEYS: Final = ("id", "code", "reason", "accepted_by", "accepted_on", "found")
ACCEPTANCE_COLUMNS: Final = index(
    plain("id", "Id", weight=2),
    plain("code", "Code", "code"),
    plain("reason", "Reason", weight=3),
    plain("accepted_by", "Accepted by"),
    plain("accepted_on", "Accepted on", "date"),
    plain("found", "Still found", "code"),
)
ACCEPTANCE_DEFAULT: Final = ("id", "reason", "accepted_by", "accepted_on", "found")
