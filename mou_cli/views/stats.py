"""Agreements in numbers: how many there are, and with how many partners, for each value of one trait or of two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.views.agreement_filter import (
    UNINDEXED_STATUS,
    AgreementFilter,
    agreement_conditions,
    agreement_source,
    counting_source,
    is_partner,
)
from mou_cli.views.tally import count_all
from mou_cli.views.terms import span_source
from mou_cli.views.trait import JOINS, PARTIES, SAME, VALUES, value_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from mou_cli.store.reader import Reader, Row

BY = tuple(VALUES)
# How many years may be counted together, and how many lines of years can be read at a glance.
_TOGETHER: Final = (1, 5, 10, 50, 100, 500, 1000)
_YEAR_LINES: Final = 40
_WITHOUT_PARTNERS: Final = ("value", "value2", "agreements")


class Counts(NamedTuple):
    """What was counted by one trait or by two, which tell nothing of partners.

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


def count_by(
    reader: Reader,
    by: str,
    wanted: AgreementFilter,
    today: date,
    years: int = 1,
    keys: Collection[str] | None = None,
) -> Iterator[Row]:
    """Count the agreements that are asked for by a trait, one of BY: {by, value, agreements, partners}.

    An agreement with several values (countries of partners, areas) counts once for each, so the numbers may add up to
    more than there are agreements; `value` None is where it is not known. `partners` counts, each once, the partners
    that have the value or, where the value is the agreement's, all partners of these agreements. `year` is that of
    signing, else of the start; `years` of them are counted together. Most agreements first, then by value, the unknown
    last. With `keys` partners are counted only if these name them: it takes most of the time.
    """
    for row in _count(reader, [by], wanted, today, years, keys):
        yield {"by": by, **row}


def count_crossed(
    reader: Reader,
    by: str,
    by2: str,
    wanted: AgreementFilter,
    today: date,
    years: int = 1,
    keys: Collection[str] | None = None,
) -> Iterator[Row]:
    """Count by two traits at once, as `count_by` does by one: {by, value, by2, value2, agreements, partners}.

    Where both are the partner's, one and the same partner has both values.
    """
    for row in _count(reader, [by, by2], wanted, today, years, keys):
        yield {"by": by, "value": row.pop("value"), "by2": by2, **row}


def count_statuses(reader: Reader, wanted: AgreementFilter, today: date) -> dict[str, int]:
    """Count the agreements that are asked for by status alone: the number of each that any has, the largest first."""
    conditions = agreement_conditions(reader, wanted, today)
    sql = f"""SELECT status, count(*) AS n FROM (SELECT {UNINDEXED_STATUS.format("s")} AS status
            FROM {counting_source(span_source(reader, today), wanted)} {conditions.where}) v
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
    # A table of two traits shows no partners.
    keys = None if len(by) == 1 else _WITHOUT_PARTNERS
    years = 1
    if "year" in by:
        found = count_by(reader, "year", wanted, today, keys=_WITHOUT_PARTNERS)
        first, last = _first_and_last([row["value"] for row in found])
        single, several = year_columns if by[0] != "year" else (_YEAR_LINES, _YEAR_LINES)
        fitting = (n for n in _TOGETHER if last // n - first // n < (single if n == 1 else several))
        years = next(fitting, _TOGETHER[-1])
    lines, *others = (list(count_by(reader, trait, wanted, today, years, keys)) for trait in by)
    columns = others[0] if others else []
    rows = lines if len(by) == 1 else list(count_crossed(reader, by[0], by[1], wanted, today, years, keys))
    whole = count_whole(reader, wanted, today)
    return Counts(by, rows, lines, columns, whole["agreements"], whole["partners"], years)


def _first_and_last(values: list[str | None]) -> tuple[int, int]:
    known = [int(value) for value in values if value is not None]
    return min(known, default=0), max(known, default=0)


def _count(
    reader: Reader,
    traits: Sequence[str],
    wanted: AgreementFilter,
    today: date,
    years: int = 1,
    keys: Collection[str] | None = None,
) -> Iterator[Row]:
    called = dict(zip(("value", "value2"), traits, strict=False))
    with_partners = keys is None or "partners" in keys
    if wanted != AgreementFilter():
        return _count_found(reader, called, wanted, today, years, with_partners=with_partners)
    return count_all(reader, called, today, years, with_partners=with_partners)


def _count_found(
    reader: Reader, traits: dict[str, str], wanted: AgreementFilter, today: date, years: int, *, with_partners: bool
) -> Iterator[Row]:
    """Count what is found by filters, which is looked for once."""
    conditions = agreement_conditions(reader, wanted, today)
    values = "".join(f", {value_of(trait, years)} AS {name}" for name, trait in traits.items())
    joins = " ".join(JOINS.get(trait, "") for trait in traits.values())
    order = ", ".join(["agreements DESC NULLS LAST", *(f"{name} NULLS LAST" for name in traits)])
    groups = f"GROUP BY {', '.join(traits)} ORDER BY {order}" if traits else ""
    counts = ["count(DISTINCT agreement) AS agreements"]
    if with_partners:
        counts.append("count(DISTINCT partner) AS partners")
    sql = f"""WITH chosen AS (SELECT a.key, a.type, a.region, a.signed_from, a.starts, s.status
            FROM {agreement_source(reader, today)} {conditions.where})
        SELECT {", ".join((*traits, *counts))} FROM (SELECT c.key AS agreement, i.key AS partner{values}
            FROM chosen c {PARTIES} {joins} WHERE {SAME} AND {is_partner(wanted.home)}) v {groups}"""
    return reader.rows(sql, **conditions.parameters)
