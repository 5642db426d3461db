"""What agreements and their partners are counted by: the value that each trait has, as SQL tells it."""

from __future__ import annotations

from typing import Final

from mou_cli.views.agreement_filter import UNINDEXED_STATUS

_YEAR = """CASE WHEN c.signed_from IS NOT NULL THEN substr(c.signed_from, 1, 4)
    WHEN c.starts <> 'signed' AND substr(c.starts, 1, 2) <> '--' THEN substr(c.starts, 1, 4) END"""
# The value of each trait, for an agreement `c` with its partner `i`.
VALUES: Final = {
    "country": "i.country",
    "region": "CASE WHEN side.own = 1 THEN c.region ELSE i.region END",
    "type": "c.type",
    "area": "r.area",
    "status": UNINDEXED_STATUS.format("c"),
    "year": _YEAR,
    "partner-type": "i.type",
}
# A CROSS JOIN is what SQLite does in the order that is written: the parties of one agreement lie side by side, those of
# one institution not.
PARTIES: Final = "CROSS JOIN agreement_party p CROSS JOIN institution i"
SAME: Final = "p.agreement = c.key AND i.key = p.institution"
# What has to be joined for the value.
JOINS: Final = {
    # A region is the partner's or the agreement's own, as where agreements are asked for by region.
    "region": """JOIN (SELECT 0 AS own UNION ALL SELECT 1) side ON (side.own = 1 AND c.region IS NOT NULL)
        OR (side.own = 0 AND (i.region IS NOT NULL OR c.region IS NULL))""",
    "area": "LEFT JOIN agreement_area r ON r.agreement = c.key",
}


def value_of(trait: str, years: int) -> str:
    """Give the value of a trait, where so many `years` are counted together: they are called by the first of them."""
    if trait != "year" or years == 1:
        return VALUES[trait]
    return f"CAST(CAST({_YEAR} AS INTEGER) / {years} * {years} AS TEXT)"
