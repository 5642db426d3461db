"""The page of a plan; its tasks follow below it as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate, translate_number
from mou_cli.output.column import said
from mou_cli.output.days_left import LATE
from mou_cli.output.origin import closing
from mou_cli.output.person import names_in
from mou_cli.output.section import Item, Page, Part, item, page, section
from mou_cli.rules.wording import long_date, long_year, year_in_figures
from mou_cli.vocabulary import PLAN_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.output.column import Row


def plan_page(row: Row, language: str) -> Page:
    """Give the page of a plan."""
    year = long_year(row["year"], language) if row.get("year") else ""
    facts = (year if said(row, "title", language) else "", PLAN_STATUSES.label(row.get("status") or "", language))
    return page(
        _heading(row, language),
        facts,
        (
            section(translate("Progress", language), _progress(row, language)),
            section(translate("Details", language), _details(row, language)),
            *closing(row, "plan", language),
        ),
    )


def _heading(row: Row, language: str) -> str:
    if title := said(row, "title", language):
        return title
    owner = names_in(row).get(row.get("owner"), row.get("owner") or "")
    year = year_in_figures(row["year"], language)
    return translate("plan for {year}, {owner}", language, year=year, owner=owner)


def _progress(row: Row, language: str) -> Iterator[Item]:
    tasks, done, overdue = row.get("tasks") or 0, row.get("done") or 0, row.get("overdue") or 0
    progress = translate("{done} of {tasks} tasks done", language, done=done, tasks=tasks)
    yield item("", progress if tasks else "")
    late = translate_number("{number} task overdue", "{number} tasks overdue", overdue, language)
    yield item("", Part(late, LATE) if overdue else "")


def _details(row: Row, language: str) -> Iterator[Item]:
    owner = row.get("owner") or ""
    yield item(translate("Owner", language), names_in(row).get(owner, owner))
    yield item(translate("Unit", language), row.get("unit") or "")
    yield item(translate("Responsible", language), row.get("responsible") or "")
    yield item(translate("Language", language), row.get("language") or "")
    yield item(translate("Closed", language), long_date(row.get("closed_on") or "", language))
