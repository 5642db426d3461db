"""How an agreement stands day by day, as rows that the database can search: written here and nowhere else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mou_cli.rules.length import add
from mou_cli.rules.standing import spans
from mou_cli.views.terms import facts_of, span_row

if TYPE_CHECKING:
    from mou_cli.fields.shape import Document
    from mou_cli.store.reader import Row

PROJECTED_YEARS = 10


def span_rows(document: Document, today: date) -> list[Row]:
    """Give the rows of an agreement's standing, projected PROJECTED_YEARS past the day of writing."""
    until = add(today, 12 * PROJECTED_YEARS, 0)
    rows = [span_row(document, span) for span in spans(facts_of(document), until)]
    if rows[-1]["last_on"] < date.max.isoformat():
        rows[-1]["projected_to"] = rows[-1]["last_on"]
    return rows
