"""Agreements in the order of their references, of which the first may be enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def numbered_in(year: int, numbers: Iterable[tuple[int, int]]) -> tuple[str, dict[str, object]]:
    """Give the condition that an agreement `a` of a year has one of some numbers, each from a first to a last.

    Of each it holds for no more than the latest `:most`: a year may have a million, and no index has all of them that
    are written alike in their order.
    """
    parameters, found = {"year": year}, []
    for n, (first, last) in enumerate(numbers):
        parameters |= {f"first{n}": first, f"last{n}": last}
        found.append(
            f"""SELECT key FROM (SELECT key FROM agreement
                WHERE ref_year = :year AND ref_number >= :first{n} AND ref_number <= :last{n}
                ORDER BY ref_number DESC LIMIT :most) of_numbers{n}"""
        )
    return f"a.key IN ({' UNION ALL '.join(found)})", dict(parameters)
