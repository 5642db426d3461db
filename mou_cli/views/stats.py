"""Agreements in numbers: how many there are, and with how many partners, for each value of one trait or of two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.views.agreement_filter import (
    UNINDEXED_STATUS,
    AgreementFilter,
    agreement_conditions,
    agreement_source,
    is_partner,
)
from mou_cli.views.query import Conditions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mou_cli.store.reader import Reader, Row

# Every agreement has a partner: it has two parties or more, and where all are homes each is one. A CROSS JOIN is what
# SQLite does in the order that is written: the parties of one agreement lie side by side, those of one institution not.
_EACH = """FROM chosen c CROSS JOIN agreement_party p CROSS JOIN institution i {joins}
    WHERE p.agreement = c.key AND i.key = p.institution AND {is_partner}"""
_YEAR = """CASE WHEN c.signed_from IS NOT NULL THEN substr(c.signed_from, 1, 4)
    WHEN c.starts <> 'signed' AND substr(c.starts, 1, 2) <> '--' THEN substr(c.starts, 1, 4) END"""
# The value of each trait, for an agreement `c` with its partner `i`.
_VALUES: Final = {
    "country": "i.country",
    "region": "CASE WHEN side.own = 1 THEN c.region ELSE i.region END",
    "type": "c.type",
    "area": "r.area",
    "status": UNINDEXED_STATUS.format("c"),
    "year": _YEAR,
    "partner-type": "i.type",
}
# What has to be joined for the value.
_JOINS: Final = {
    # A region is the partner's or the agreement's own, as where agreements are asked for by region.
    "region": """JOIN (SELECT 0 AS own UNION ALL SELECT 1) side ON (side.own = 1 AND c.region IS NOT NULL)
        OR (side.own = 0 AND (i.region IS NOT NULL OR c.region IS NULL))""",
    "area": "LEFT JOIN agreement_area r ON r.agreement = c.key",
}
BY = tuple(_VALUES)
# How many years may be counted together, and how many lines of years can be read at a glance.
_TOGETHER: Final = (1, 5, 10, 50, 100, 500, 1000)
_YEAR_LINES: Final = 40


class Counts(NamedTuple):
    """What was counted by one trait or two.

    `rows` are those of `count_by` or `count_crossed`; `lines` and `columns` those of `count_by` for the first trait and
    for the second, which is not always there. `agreements` and `partners` count each once. Years are counted so many
    together: `year` is then the first of them.
    """

    by: Sequence[str]
    rows: list[Row]
    lines: list[Row]
    columns: list[Row]
    agreements: int
    partners: int
    years: int


def count_by(reader: Reader, by: str, wanted: AgreementFilter, today: date, years: int = 1) -> Iterator[Row]:
    """Count the agreements that are asked for by a trait, one of BY: {by, value, agreements, partners}.

    An agreement with several values (countries of partners, areas) counts once for each, so the numbers may add up to
    more than there are agreements; `value` None is where it is not known. `partners` counts, each once, the partners
    that have the value or, where the value is the agreement's, all partners of these agreements. `year` is that of
    signing, else of the start; `years` of them are counted together. Most agreements first, then by value, the unknown
    last.
    """
    for row in _count(reader, [by], wanted, today, years):
        yield {"by": by, **row}


def count_crossed(
    reader: Reader, by: str, by2: str, wanted: AgreementFilter, today: date, years: int = 1
) -> Iterator[Row]:
    """Count by two traits at once, as `count_by` does by one: {by, value, by2, value2, agreements, partners}.

    Where both are the partner's, one and the same partner has both values.
    """
    for row in _count(reader, [by, by2], wanted, today, years):
        yield {
            "by": by,
            "value": row["value"],
            "by2": by2,
            **{name: row[name] for name in ("value2", "agreements", "partners")},
        }


def count_statuses(reader: Reader, wanted: AgreementFilter, today: date) -> dict[str, int]:
    """Count the agreements that are asked for by status alone: the number of each that any has, the largest first."""
    conditions = agreement_conditions(reader, wanted, today)
    sql = f"""SELECT status, count(*) AS n FROM (SELECT {UNINDEXED_STATUS.format("s")} AS status
            FROM {agreement_source(reader, today)} {conditions.where}) v
        GROUP BY status ORDER BY n DESC NULLS LAST, status NULLS LAST"""
    return {row["status"]: row["n"] for row in reader.rows(sql, **conditions.parameters)}


def count_whole(reader: Reader, wanted: AgreementFilter, today: date) -> Row:
    """Count the agreements that are asked for and the partners in them, each once: {agreements, partners}."""
    return next(iter(_count(reader, [], wanted, today)))


def tabulate(
    reader: Reader,
    by: Sequence[str],
    wanted: AgreementFilter,
    today: date,
    year_columns: tuple[int, int] = (_YEAR_LINES, _YEAR_LINES),
) -> Counts:
    """Count by one trait or two, with the totals of each; of many years so many together that they can be read.

    `year_columns` is how many columns there is room for where years are the second trait: of single years, and of
    several together.
    """
    years, by_year = 1, []
    if "year" in by:
        by_year = list(count_by(reader, "year", wanted, today))
        first, last = _first_and_last([row["value"] for row in by_year])
        single, several = year_columns if by[0] != "year" else (_YEAR_LINES, _YEAR_LINES)
        fitting = (n for n in _TOGETHER if last // n - first // n < (single if n == 1 else several))
        years = next(fitting, _TOGETHER[-1])
    lines, *others = (
        by_year if trait == "year" and years == 1 else list(count_by(reader, trait, wanted, today, years))
        for trait in by
    )
    columns = others[0] if others else []
    rows = lines if len(by) == 1 else list(count_crossed(reader, by[0], by[1], wanted, today, years))
    whole = count_whole(reader, wanted, today)
    return Counts(by, rows, lines, columns, whole["agreements"], whole["partners"], years)


def _first_and_last(values: list[str | None]) -> tuple[int, int]:
    known = [int(value) for value in values if value is not None]
    return min(known, default=0), max(known, default=0)


def _count(
    reader: Reader, traits: Sequence[str], wanted: AgreementFilter, today: date, years: int = 1
) -> Iterator[Row]:
    if wanted == AgreementFilter() and "status" not in traits:
        # On any day all agreements stand somehow, and how is not asked.
        conditions, source, status = Conditions(), "agreement a", "NULL"
    else:
        conditions = agreement_conditions(reader, wanted, today)
        source, status = agreement_source(reader, today), "s.status"
    names = ["value", "value2"][: len(traits)]
    values = "".join(f", {_value(trait, years)} AS {name}" for trait, name in zip(traits, names, strict=True))
    joins = " ".join(_JOINS.get(trait, "") for trait in traits)
    chosen = "".join(f"{name}, " for name in names)
    order = ", ".join(["agreements DESC NULLS LAST", *(f"{name} NULLS LAST" for name in names)])
    groups = f"GROUP BY {', '.join(names)} ORDER BY {order}" if names else ""
    sql = f"""WITH chosen AS (SELECT a.key, a.type, a.region, a.signed_from, a.starts, {status} AS status
            FROM {source} {conditions.where})
        SELECT {chosen} count(DISTINCT agreement) AS agreements, count(DISTINCT partner) AS partners
        FROM (SELECT c.key AS agreement, i.key AS partner{values}
            {_EACH.format(is_partner=is_partner(wanted.home), joins=joins)}) v {groups}"""
    return reader.rows(sql, **conditions.parameters)


def _value(trait: str, years: int) -> str:
    if trait != "year" or years == 1:
        return _VALUES[trait]
    return f"CAST(CAST({_YEAR} AS INTEGER) / {years} * {years} AS TEXT)"
