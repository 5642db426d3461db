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
from mou_cli.views.party import partner_condition
from mou_cli.views.terms import STANDING, span_source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from mou_cli.store.reader import Reader, Row

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
# A CROSS JOIN is what SQLite does in the order that is written: the parties of one agreement lie side by side, those of
# one institution not.
_PARTIES: Final = "CROSS JOIN agreement_party p CROSS JOIN institution i"
_SAME: Final = "p.agreement = c.key AND i.key = p.institution"
# What has to be joined for the value.
_JOINS: Final = {
    # A region is the partner's or the agreement's own, as where agreements are asked for by region.
    "region": """JOIN (SELECT 0 AS own UNION ALL SELECT 1) side ON (side.own = 1 AND c.region IS NOT NULL)
        OR (side.own = 0 AND (i.region IS NOT NULL OR c.region IS NULL))""",
    "area": "LEFT JOIN agreement_area r ON r.agreement = c.key",
}
# What has to be known of the agreement for the value.
_COLUMNS: Final = {
    "type": ", a.type",
    "status": ", s.status",
    "year": ", a.signed_from, a.starts",
    "region": ", a.region",
}
BY = tuple(_VALUES)
# The region where no agreement has one of its own.
_PARTNER_REGION: Final = "partner-region"
_OF_INSTITUTION: Final = {"country", "partner-type", _PARTNER_REGION}
_OF_PARTNER: Final = {*_OF_INSTITUTION, "region"}
# What has one trait alone, as an index has it: each value, and how many agreements `n` have it. An area is named once
# of an agreement, and on any day each has one span.
_ALONE: Final = {
    "area": """(SELECT area, count(*) AS n FROM agreement_area GROUP BY area UNION ALL
        SELECT NULL, (SELECT count(*) FROM agreement)
            - (SELECT count(*) FROM (SELECT DISTINCT agreement FROM agreement_area) named)) r""",
    "status": f"(SELECT s.status, count(*) AS n FROM {{spans}} s WHERE {STANDING} GROUP BY s.status) c",
    "year": """(SELECT signed_from, NULL AS starts, count(*) AS n FROM agreement
            WHERE signed_from IS NOT NULL GROUP BY signed_from UNION ALL
        SELECT NULL, starts, count(*) FROM agreement WHERE signed_from IS NULL GROUP BY starts) c""",
}
_HAS_OWN_REGION: Final = "SELECT 1 AS one FROM agreement WHERE region IS NOT NULL LIMIT 1"
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
    last. With `keys` no more is looked up than these tell, which for `partners` is most.
    """
    with_partners = keys is None or "partners" in keys
    for row in _count(reader, [by], wanted, today, years, with_partners=with_partners):
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
    reader: Reader,
    traits: Sequence[str],
    wanted: AgreementFilter,
    today: date,
    years: int = 1,
    *,
    with_partners: bool = True,
) -> Iterator[Row]:
    names = ("value", "value2")[: len(traits)]
    if wanted != AgreementFilter():
        return _count_found(reader, dict(zip(names, traits, strict=True)), wanted, today, years)
    if "region" in traits and not any(reader.rows(_HAS_OWN_REGION)):
        traits = [_PARTNER_REGION if trait == "region" else trait for trait in traits]
    return _count_all(reader, dict(zip(names, traits, strict=True)), today, years, with_partners=with_partners)


def _count_found(
    reader: Reader, traits: dict[str, str], wanted: AgreementFilter, today: date, years: int
) -> Iterator[Row]:
    """Count what is found by filters, which is looked for once."""
    conditions = agreement_conditions(reader, wanted, today)
    values = "".join(f", {_value(trait, years)} AS {name}" for name, trait in traits.items())
    joins = " ".join(_JOINS.get(trait, "") for trait in traits.values())
    order = ", ".join(["agreements DESC NULLS LAST", *(f"{name} NULLS LAST" for name in traits)])
    groups = f"GROUP BY {', '.join(traits)} ORDER BY {order}" if traits else ""
    counts = ("count(DISTINCT agreement) AS agreements", "count(DISTINCT partner) AS partners")
    sql = f"""WITH chosen AS (SELECT a.key, a.type, a.region, a.signed_from, a.starts, s.status
            FROM {agreement_source(reader, today)} {conditions.where})
        SELECT {", ".join((*traits, *counts))} FROM (SELECT c.key AS agreement, i.key AS partner{values}
            FROM chosen c {_PARTIES} {joins} WHERE {_SAME} AND {is_partner(wanted.home)}) v {groups}"""
    return reader.rows(sql, **conditions.parameters)


def _count_all(
    reader: Reader, traits: dict[str, str], today: date, years: int, *, with_partners: bool
) -> Iterator[Row]:
    """Count all there is: agreements and partners apart, each from as few tables as tell of them.

    Every agreement has a partner: it has two institutions or more for its parties, and where all are homes each is one.
    """
    values = {name: _value(trait, years) for name, trait in traits.items()}
    asked = set(traits.values())
    chosen = _all_agreements(reader, asked, today)
    joins = " ".join(_JOINS.get(trait, "") for trait in traits.values())
    partner = partner_condition(reader)
    agreements: tuple[str, str | None]
    if asked and asked <= _OF_INSTITUTION:
        each = f"institution i CROSS JOIN agreement_party p WHERE p.institution = i.key AND {partner}"
        agreements = (each, "p.agreement")
    elif asked & _OF_PARTNER:
        each = f"{chosen} {_PARTIES} {joins} WHERE {_SAME} AND {partner}"
        agreements = (each, "c.key")
    else:
        each = f"{chosen} CROSS JOIN agreement_party p {joins} WHERE p.agreement = c.key AND {partner}"
        agreements = (f"{chosen} {joins}", None)
    partners: tuple[str, str | None] = (each, "p.institution")
    if asked <= _OF_INSTITUTION:
        is_any = f"EXISTS (SELECT 1 FROM agreement_party p WHERE p.institution = i.key AND {partner})"
        partners = (f"institution i WHERE {is_any}", None)
    if len(traits) == 1 and asked <= _ALONE.keys():
        numbers = _numbers_alone(reader, traits["value"], values["value"], today)
    else:
        numbers = _numbers(reader, values, agreements, today)
    met = _numbers(reader, values, partners, today) if with_partners else {}

    def order(of: tuple[str | None, ...]) -> tuple[object, ...]:
        return -numbers[of], *((value is None, value or "") for value in of)

    for of in sorted(numbers, key=order):
        row = {**dict(zip(traits, of, strict=True)), "agreements": numbers[of]}
        yield row | {"partners": met.get(of, 0)} if with_partners else row


def _all_agreements(reader: Reader, traits: set[str], today: date) -> str:
    """Give all agreements `c`, with no more than the traits are told by."""
    columns = "".join(_COLUMNS.get(trait, "") for trait in sorted(traits))
    if "status" not in traits:
        # On any day all agreements stand somehow, and how is not asked.
        return f"(SELECT a.key{columns} FROM agreement a) c"
    spans = f"{span_source(reader, today)} s"
    source = f"{spans} JOIN agreement a ON a.key = s.agreement" if " a." in columns else spans
    return f"(SELECT s.agreement AS key{columns} FROM {source} WHERE {STANDING}) c"


def _numbers_alone(reader: Reader, trait: str, value: str, today: date) -> dict[tuple[str | None, ...], int]:
    """Count agreements by one trait of _ALONE."""
    source = _ALONE[trait].format(spans=span_source(reader, today))
    sql = f"SELECT value, sum(n) AS n FROM (SELECT {value} AS value, n FROM {source}) v GROUP BY value"
    parameters = {"today": today.isoformat()} if ":today" in sql else {}
    return {(row["value"],): int(row["n"]) for row in reader.rows(sql, **parameters) if row["n"]}


def _numbers(
    reader: Reader, values: dict[str, str], counted: tuple[str, str | None], today: date
) -> dict[tuple[str | None, ...], int]:
    """Count by values: from where, and what of it counts once for each; None where nothing stands there twice."""
    source, subject = counted
    # Put in order by what is counted and then by value, it takes a third of the time of a count(DISTINCT).
    once = {"one": subject} if subject else {}
    columns = ", ".join(f"{column} AS {name}" for name, column in {**once, **values}.items()) or "1 AS one"
    each = f"SELECT {columns} FROM {source}" + (f" GROUP BY {', '.join((*once, *values))}" if once else "")
    groups = f"GROUP BY {', '.join(values)}" if values else ""
    sql = f"SELECT {', '.join((*values, 'count(*) AS n'))} FROM ({each}) v {groups}"
    parameters = {"today": today.isoformat()} if ":today" in sql else {}
    return {tuple(row[name] for name in values): row["n"] for row in reader.rows(sql, **parameters)}


def _value(trait: str, years: int) -> str:
    if trait == _PARTNER_REGION:
        return "i.region"
    if trait != "year" or years == 1:
        return _VALUES[trait]
    return f"CAST(CAST({_YEAR} AS INTEGER) / {years} * {years} AS TEXT)"
