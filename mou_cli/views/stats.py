"""Agreements in numbers: how many there are, and with how many partners, for each value of one of their traits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.views.agreement import agreement_conditions, agreement_source, is_partner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row
    from mou_cli.views.agreement import AgreementFilter

# Every agreement has a partner: it has two parties or more, and where all are homes each is one.
_EACH = """FROM chosen c JOIN (SELECT p.agreement, i.key, i.country, i.region, i.type
    FROM agreement_party p JOIN institution i ON i.key = p.institution WHERE {is_partner}) i ON i.agreement = c.key"""
_YEAR = """CASE WHEN c.signed_from IS NOT NULL THEN substr(c.signed_from, 1, 4)
    WHEN c.starts <> 'signed' AND substr(c.starts, 1, 2) <> '--' THEN substr(c.starts, 1, 4) END"""
# What gives a row (agreement, value, partner) for every value an agreement has.
_VALUES = {
    "country": "SELECT c.key AS agreement, i.country AS value, i.key AS partner {each}",
    # A region is the partner's or the agreement's own, as where agreements are asked for by region.
    "region": """SELECT c.key AS agreement, i.region AS value, i.key AS partner {each}
            WHERE i.region IS NOT NULL OR c.region IS NULL
        UNION ALL SELECT c.key, c.region, i.key {each} WHERE c.region IS NOT NULL""",
    "type": "SELECT c.key AS agreement, c.type AS value, i.key AS partner {each}",
    "area": """SELECT c.key AS agreement, r.area AS value, i.key AS partner {each}
        LEFT JOIN agreement_area r ON r.agreement = c.key""",
    "status": "SELECT c.key AS agreement, c.status AS value, i.key AS partner {each}",
    "year": f"SELECT c.key AS agreement, {_YEAR} AS value, i.key AS partner {{each}}",
    "partner-type": "SELECT c.key AS agreement, i.type AS value, i.key AS partner {each}",
}
BY = tuple(_VALUES)


def count_by(reader: Reader, by: str, wanted: AgreementFilter, today: date) -> Iterator[Row]:
    """Count the agreements that are asked for by a trait, one of BY: {by, value, agreements, partners}.

    An agreement with several values (countries of partners, areas) counts once for each, so the numbers may add up to
    more than there are agreements; `value` None is where it is not known. `partners` counts, each once, the partners
    that have the value or, where the value is the agreement's, all partners of these agreements. `year` is that of
    signing, else of the start. Most agreements first, then by value, the unknown last.
    """
    conditions = agreement_conditions(reader, wanted, today)
    each = _EACH.format(is_partner=is_partner(wanted.home))
    sql = f"""WITH chosen AS (SELECT a.key, a.type, a.region, a.signed_from, a.starts, s.status
            FROM {agreement_source(reader, today)} {conditions.where})
        SELECT value, count(DISTINCT agreement) AS agreements, count(DISTINCT partner) AS partners
        FROM ({_VALUES[by].format(each=each)}) v
        GROUP BY value ORDER BY agreements DESC NULLS LAST, value NULLS LAST"""
    for row in reader.rows(sql, **conditions.parameters):
        yield {"by": by, **row}
