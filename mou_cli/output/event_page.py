"""The page of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.column import as_text, places, said, told
from mou_cli.output.event import COLUMNS
from mou_cli.output.origin import closing
from mou_cli.output.person import attendance
from mou_cli.output.section import Grid, Item, Page, item, page, section
from mou_cli.rules.wording import long_date

if TYPE_CHECKING:
    from mou_cli.output.column import Row


def event_page(row: Row, language: str) -> Page:
    """Give the page of an event: what it declared beside what is recorded of it."""
    agreements = row.get("agreement_rows") or []
    return page(
        said(row, "name", language),
        (long_date(row.get("held_on") or "", language), row.get("place") or ""),
        (
            section(translate("Host", language), [item("", _host(row, language))]),
            section(
                translate("Numbers", language), [_column(name, row, language) for name in ("declared", "recorded")]
            ),
            section(
                translate("Topics", language), [item("", as_text(topic, language)) for topic in _topics(row, language)]
            ),
            section(translate("People", language), attendance(row, language)),
            section(
                translate("Agreements", language),
                grid=Grid("agreement", agreements, ("ref", "partner", "type", "status", "ends")),
            ),
            *closing(row, "event", language),
        ),
    )


def _column(name: str, row: Row, language: str) -> Item:
    return item(COLUMNS[name].label(language), COLUMNS[name].show(row, language))


def _host(row: Row, language: str) -> str:
    host = row.get("host")
    return told(host["name"], places([host], language)) if host else ""


def _topics(row: Row, language: str) -> list[object]:
    topics: list[object] = (row.get("texts") or {}).get("topics", {}).get(language) or row.get("topics") or []
    return topics
