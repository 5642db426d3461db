"""The page of a task of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.column import said, told
from mou_cli.output.days_left import LATE, long_days_left
from mou_cli.output.origin import closing
from mou_cli.output.person import names_in
from mou_cli.output.section import Grid, Item, Page, Part, item, page, section
from mou_cli.output.task import COLUMNS, days_left
from mou_cli.rules.wording import long_date, long_interval, long_year
from mou_cli.vocabulary import TIMING_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.output.column import Row

_SPANS = {"quarter", "term", "window"}  # timings whose days are not plain from their words


def task_page(row: Row, language: str) -> Page:
    """Give the page of a task."""
    status = COLUMNS["status"]
    percent = f"{row['percent']} %" if row.get("percent") is not None else ""
    names = names_in(row)
    return page(
        said(row, "task", language),
        (row.get("number") or "", Part(status.show(row, language), status.tone(row)), percent),
        (
            section(translate("Plan", language), _plan(row, language)),
            section(translate("When", language), _timing(row, language)),
            section(translate("Ways", language), [item("", way) for way in _ways(row, language)]),
            section(translate("Executors", language), [item("", name) for name in row.get("executors") or ()]),
            section(translate("Result", language), _results(row, language)),
            section(
                translate("Agreements", language),
                grid=Grid("agreement", row.get("agreement_rows") or [], ("ref", "partner", "type", "status", "ends")),
            ),
            section(translate("Partners", language), [item("", names.get(k, k)) for k in row.get("partners") or ()]),
            *closing(row, "task", language),
        ),
    )


def _plan(row: Row, language: str) -> Iterator[Item]:
    year = long_year(row["year"], language) if row.get("year") else ""
    title = (row.get("plan_titles") or {}).get(language) or row.get("plan_title") or row.get("plan") or ""
    yield item(translate("Plan", language), told(title, year))
    yield item(translate("Section", language), said(row, "section", language))
    yield item(translate("Direction", language), said(row, "direction", language))
    yield item(translate("Strategy", language), "; ".join(row.get("strategy") or ()))


def _timing(row: Row, language: str) -> Iterator[Item]:
    yield item(translate("Timing", language), told(row["timing"], _meaning(row, language)) if row.get("timing") else "")
    first, last, deadline = (row.get(name) for name in ("due_from", "due_to", "deadline"))
    if first and last and row.get("due_kind") in _SPANS:
        yield item(translate("Days", language), long_interval(first, last, language))
    if deadline:
        left = days_left(row)
        how_far = long_days_left(left, language) if left is not None else ""
        told_date = long_date(deadline, language)
        text = f"{told_date}; {how_far}" if how_far else told_date
        yield item(translate("Deadline", language), Part(text, LATE if row.get("overdue") else ""))
    yield item(translate("Done", language), long_date(row.get("done_on") or "", language))


def _meaning(row: Row, language: str) -> str:
    kind = row.get("due_kind") or "none"
    return TIMING_KINDS.label(kind, language) if kind != "none" else ""


def _ways(row: Row, language: str) -> list[str]:
    ways: list[str] = (row.get("texts") or {}).get("ways", {}).get(language) or row.get("ways") or []
    return ways


def _results(row: Row, language: str) -> Iterator[Item]:
    yield item(translate("Expected result", language), said(row, "expected_result", language))
    yield item(translate("Actual result", language), said(row, "actual_result", language))
