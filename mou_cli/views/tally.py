"""All agreements and partners counted by their traits, from as few tables as tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.views.choice import find_homes
from mou_cli.views.party import partner_condition
from mou_cli.views.terms import STANDING, span_source
from mou_cli.views.trait import JOINS, PARTIES, SAME, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row

    # How many have the values of one trait, or of several at once.
    Numbers = dict[tuple[str | None, ...], int]

_OF_INSTITUTION: Final = {"country": "i.country", "partner-type": "i.type", "region": "i.region"}
_HAS_OWN_REGION: Final = "SELECT 1 AS one FROM agreement WHERE region IS NOT NULL LIMIT 1"
# What has to be known of the agreement for the value.
_COLUMNS: Final = {
    "type": ", a.type",
    "status": ", s.status",
    "year": ", a.signed_from, a.starts",
    "region": ", a.region",
}
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
_HOME: Final = """SELECT (SELECT count(*) FROM agreement) AS agreements,
    (SELECT count(*) FROM agreement_party WHERE institution = :home) AS parties"""


def count_all(reader: Reader, traits: dict[str, str], today: date, years: int, *, with_partners: bool) -> Iterator[Row]:
    """Count all there is by traits, each called as its value is: {value, …, agreements, partners}.

    Most agreements first, then by value, the unknown last. Every agreement has a partner: it has two institutions or
    more for its parties, and where all are homes each is one.
    """
    asked = set(traits.values())
    if asked <= _OF_INSTITUTION.keys() and not ("region" in asked and any(reader.rows(_HAS_OWN_REGION))):
        values = {name: _OF_INSTITUTION[trait] for name, trait in traits.items()}
        numbers, partners = _count_by_institution(reader, values)
    else:
        numbers, partners = _count_by_agreement(reader, traits, today, years, with_partners=with_partners)

    def order(of: tuple[str | None, ...]) -> tuple[object, ...]:
        return -numbers[of], *((value is None, value or "") for value in of)

    for of in sorted(numbers, key=order):
        row = {**dict(zip(traits, of, strict=True)), "agreements": numbers[of]}
        yield row | {"partners": partners.get(of, 0)} if with_partners else row


def _count_by_institution(reader: Reader, values: dict[str, str]) -> tuple[Numbers, Numbers]:
    """Count agreements and partners by what is known of institutions alone."""
    homes = list(find_homes(reader))
    if values and len(homes) == 1 and (counted := _count_parties(reader, values, homes[0])):
        return counted
    partner = partner_condition(reader)
    each = f"institution i CROSS JOIN agreement_party p WHERE p.institution = i.key AND {partner}"
    is_any = f"EXISTS (SELECT 1 FROM agreement_party p WHERE p.institution = i.key AND {partner})"
    numbers = _numbers(reader, values, each, "p.agreement") if values else _numbers(reader, values, "agreement")
    return numbers, _numbers(reader, values, f"institution i WHERE {is_any}")


def _count_parties(reader: Reader, values: dict[str, str], home: str) -> tuple[Numbers, Numbers] | None:
    """Count where one home is everywhere: each other party is a partner, and nearly always the only one.

    So many parties as have a value are so many agreements, but for those of three parties or more, of which several
    may have it, or one be named twice. None if there are others of which the home is no party.
    """
    columns, names = ", ".join(f"{column} AS {name}" for name, column in values.items()), ", ".join(values)
    several = list(
        reader.rows(
            f"""SELECT {names}, home, count(*) AS parties, count(*) - count(DISTINCT agreement) AS again,
                    sum(CASE WHEN ordinal = 1 THEN 1 ELSE 0 END) AS agreements
                FROM (SELECT {columns}, i.home, p.agreement, p.ordinal FROM agreement_party third {PARTIES}
                    WHERE third.ordinal = 3 AND p.agreement = third.agreement AND i.key = p.institution) v
                GROUP BY {names}, home"""
        )
    )
    whole = next(reader.rows(_HOME, home=home))
    agreements_of_two = whole["agreements"] - sum(row["agreements"] for row in several)
    if whole["parties"] - sum(row["parties"] for row in several if row["home"]) != agreements_of_two:
        return None
    # The home's parties are as many as all others together.
    others = " UNION ALL ".join(
        f"SELECT institution, count(*) AS n FROM agreement_party WHERE institution {side} :home GROUP BY institution"
        for side in "<>"
    )
    found = list(
        reader.rows(
            f"""SELECT {names}, sum(n) AS n, count(*) AS partners FROM (SELECT {columns}, n
                FROM ({others}) p CROSS JOIN institution i WHERE i.key = p.institution) v GROUP BY {names}""",
            home=home,
        )
    )
    numbers = {_values(row, values): int(row["n"]) for row in found}
    for row in several:
        if not row["home"]:
            numbers[_values(row, values)] -= row["again"]
    return numbers, {_values(row, values): row["partners"] for row in found}


def _count_by_agreement(
    reader: Reader, traits: dict[str, str], today: date, years: int, *, with_partners: bool
) -> tuple[Numbers, Numbers]:
    """Count agreements, and partners only if they are asked for: they take most of the time."""
    asked = set(traits.values())
    values = {name: value_of(trait, years) for name, trait in traits.items()}
    joins = " ".join(JOINS.get(trait, "") for trait in traits.values())
    chosen, partner = _all_agreements(reader, asked, today), partner_condition(reader)
    each = f"{chosen} CROSS JOIN agreement_party p {joins} WHERE p.agreement = c.key AND {partner}"
    if asked & _OF_INSTITUTION.keys():
        each = f"{chosen} {PARTIES} {joins} WHERE {SAME} AND {partner}"
        numbers = _numbers(reader, values, each, "c.key", today)
    elif len(traits) == 1 and asked <= _ALONE.keys():
        numbers = _numbers_alone(reader, traits["value"], values["value"], today)
    else:
        numbers = _numbers(reader, values, f"{chosen} {joins}", None, today)
    return numbers, _numbers(reader, values, each, "p.institution", today) if with_partners else {}


def _all_agreements(reader: Reader, traits: set[str], today: date) -> str:
    """Give all agreements `c`, with no more than the traits are told by."""
    columns = "".join(_COLUMNS.get(trait, "") for trait in sorted(traits))
    if "status" not in traits:
        # On any day all agreements stand somehow, and how is not asked.
        return f"(SELECT a.key{columns} FROM agreement a) c"
    spans = f"{span_source(reader, today)} s"
    source = f"{spans} JOIN agreement a ON a.key = s.agreement" if " a." in columns else spans
    return f"(SELECT s.agreement AS key{columns} FROM {source} WHERE {STANDING}) c"


def _numbers_alone(reader: Reader, trait: str, value: str, today: date) -> Numbers:
    """Count agreements by one trait of _ALONE."""
    source = _ALONE[trait].format(spans=span_source(reader, today))
    sql = f"SELECT value, sum(n) AS n FROM (SELECT {value} AS value, n FROM {source}) v GROUP BY value"
    parameters = {"today": today.isoformat()} if ":today" in sql else {}
    return {(row["value"],): int(row["n"]) for row in reader.rows(sql, **parameters) if row["n"]}


def _numbers(
    reader: Reader, values: dict[str, str], source: str, subject: str | None = None, today: date | None = None
) -> Numbers:
    """Count by values what a source has of a subject, each once; without a subject nothing stands there twice."""
    # Put in order by what is counted and then by value, it takes a third of the time of a count(DISTINCT).
    once = {"one": subject} if subject else {}
    columns = ", ".join(f"{column} AS {name}" for name, column in {**once, **values}.items()) or "1 AS one"
    each = f"SELECT {columns} FROM {source}" + (f" GROUP BY {', '.join((*once, *values))}" if once else "")
    groups = f"GROUP BY {', '.join(values)}" if values else ""
    sql = f"SELECT {', '.join((*values, 'count(*) AS n'))} FROM ({each}) v {groups}"
    parameters = {"today": today.isoformat()} if today and ":today" in sql else {}
    return {_values(row, values): row["n"] for row in reader.rows(sql, **parameters)}


def _values(row: Row, values: dict[str, str]) -> tuple[str | None, ...]:
    return tuple(row[name] for name in values)
