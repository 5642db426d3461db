"""Agreements in the order of their references, of which the first may be enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader
    from mou_cli.views.query import Conditions

# Agreements `a` in that order, which only SQLite has to be told.
BY_REFERENCE = "agreement a INDEXED BY ix_agreement_ref_year_ref_number"
# How many of the first agreements are looked through for a page.
_AMONG = 10_000


def add_first(conditions: Conditions, reader: Reader, *, latest: bool) -> bool:
    """Add the condition that agreements `a` are among the first few thousand, or the latest.

    Says whether there are more.
    """
    way, compared = ("DESC", ">") if latest else ("ASC", "<")
    sql = f"""SELECT a.ref_year, a.ref_number FROM agreement a
        ORDER BY a.ref_year {way}, a.ref_number {way} LIMIT 1 OFFSET :among"""
    farthest = next(reader.rows(sql, among=_AMONG), None)
    if farthest:
        conditions.add(f"(a.ref_year, a.ref_number) {compared} (:ref_year, :ref_number)", **farthest)
    return farthest is not None
