"""Whatever a register holds, agreements and partners are counted once for each value, as if they were listed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mou_cli.store.reader import SqliteReader
from mou_cli.views.agreement_filter import AgreementFilter
from mou_cli.views.overview import get_overview
from mou_cli.views.stats import BY, count_by, count_crossed, count_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DAY = date(2025, 6, 1)
LIVE = "active"
REGIONS = st.sampled_from([None, None, "Nordic", "Balkan"])


class Institution(NamedTuple):
    key: str
    home: bool
    country: str | None
    type: str | None
    region: str | None


class Agreement(NamedTuple):
    key: str
    parties: list[int]
    type: str
    status: str
    year: str | None
    areas: list[str]
    region: str | None


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[Institution], list[Agreement]]:
    """Draw two institutions or more, any of them homes, and agreements among them, some with a party listed twice.

    Two in three registers have one home, which is a party of each agreement, or of any.
    """
    has_one_home, is_everywhere = draw(st.sampled_from([(False, False), (True, False), (True, True)]))
    traits = st.tuples(
        st.booleans(),
        st.sampled_from([None, "NO", "SE"]),
        st.sampled_from([None, "university", "company"]),
        REGIONS,
    )
    institutions = [
        Institution(f"i{n}", *each) for n, each in enumerate(draw(st.lists(traits, min_size=2, max_size=5)))
    ]
    if has_one_home:
        institutions = [each._replace(home=n == 0) for n, each in enumerate(institutions)]
    numbers = st.integers(0, len(institutions) - 1)
    parties = st.lists(numbers, min_size=2, max_size=5).filter(
        lambda chosen: len(set(chosen)) > 1 and (0 in chosen or not is_everywhere)
    )
    own = st.tuples(
        parties,
        st.sampled_from(["memorandum", "exchange"]),
        st.sampled_from([LIVE, "expired"]),
        st.sampled_from([None, "1993", "2024"]),
        st.lists(st.sampled_from(["library", "research"]), unique=True),
        REGIONS,
    )
    return institutions, [Agreement(f"a{n}", *each) for n, each in enumerate(draw(st.lists(own, max_size=6)))]


@pytest.fixture(scope="module")
def fill(templates: Path) -> Iterator[Callable[..., SqliteReader]]:
    """Give a reader of a register that holds so much and no more."""
    with closing(sqlite3.connect(":memory:")) as connection, closing(sqlite3.connect(templates / "empty.db")) as empty:
        empty.backup(connection)

        def insert(table: str, **row: object) -> None:
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)

        def made(institutions: list[Institution], agreements: list[Agreement]) -> SqliteReader:
            for table in ("agreement_span", "agreement_area", "agreement_party", "agreement", "institution"):
                connection.execute(f"DELETE FROM {table}")
            for each in institutions:
                insert(
                    "institution",
                    **each._asdict(),
                    name=each.key,
                    sort=each.key,
                    folded=each.key,
                    country_source="stated",
                )
            for number, of in enumerate(agreements):
                facts = {
                    "key": of.key,
                    "type": of.type,
                    "region": of.region,
                    "signed_from": of.year and f"{of.year}-01-01",
                }
                insert("agreement", **facts, ref=of.key, ref_year=2025, ref_number=number, **_UNTOLD)
                for ordinal, party in enumerate(of.parties, 1):
                    named = {"agreement": of.key, "ordinal": ordinal}
                    insert("agreement_party", **named, institution=institutions[party].key)
                for ordinal, area in enumerate(of.areas, 1):
                    insert("agreement_area", agreement=of.key, ordinal=ordinal, area=area)
                span = {"agreement": of.key, "first_on": "0001-01-01", "last_on": "9999-12-31", "status": of.status}
                insert("agreement_span", **span, ends_why="unstated", goes_on=0)
            return SqliteReader(connection)

        yield made


_UNTOLD = {"stage": "unstated", "renewal": "unstated", "public": 0}


def _partners(of: Agreement, institutions: list[Institution], home: str | None) -> list[Institution]:
    parties = [institutions[number] for number in sorted(set(of.parties))]
    if home is not None:
        return [party for party in parties if party.key != home] if home in {party.key for party in parties} else []
    return [party for party in parties if not party.home] or parties


def _values(by: str, of: Agreement, partner: Institution) -> set[str | None]:
    if by == "region":
        own = {of.region} - {None}
        return own | ({partner.region} if partner.region is not None or of.region is None else set())
    if by == "area":
        return set(of.areas) or {None}
    traits: dict[str, str | None] = {"country": partner.country, "partner-type": partner.type}
    return {traits[by] if by in traits else getattr(of, by)}


def _expected(
    institutions: list[Institution], agreements: list[Agreement], by: list[str], home: str | None
) -> list[tuple[Any, ...]]:
    found: dict[tuple[str | None, ...], tuple[set[str], set[str]]] = {}
    for of in agreements:
        for partner in _partners(of, institutions, home):
            for values in product(*(_values(each, of, partner) for each in by)):
                counted = found.setdefault(values, (set(), set()))
                counted[0].add(of.key)
                counted[1].add(partner.key)
    rows = [(*values, len(numbers), len(partners)) for values, (numbers, partners) in found.items()]
    return sorted(rows, key=lambda row: (-row[-2], *((value is None, value or "") for value in row[:-2])))


@given(register=registers(), home=st.sampled_from([None, None, "i0"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_all_is_counted_as_if_it_were_listed(
    fill: Callable[..., SqliteReader], register: tuple[list[Institution], list[Agreement]], home: str | None
) -> None:
    reader, wanted = fill(*register), AgreementFilter(home=home)
    whole = count_whole(reader, wanted, DAY)
    assert (whole["agreements"], whole["partners"]) == next(iter(_expected(*register, [], home)), (0, 0))
    for by in BY:
        rows = [tuple(row.values())[1:] for row in count_by(reader, by, wanted, DAY)]
        assert rows == _expected(*register, [by], home), by
        for by2 in {*BY} - {by}:
            rows = [
                (r["value"], r["value2"], r["agreements"], r["partners"])
                for r in count_crossed(reader, by, by2, wanted, DAY)
            ]
            assert rows == _expected(*register, [by, by2], home), (by, by2)


@given(register=registers())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_the_overview_counts_partners_of_what_is_in_force(
    fill: Callable[..., SqliteReader], register: tuple[list[Institution], list[Agreement]]
) -> None:
    institutions, agreements = register
    live = [of for of in agreements if of.status == LIVE]
    partners = {partner for of in live for partner in _partners(of, institutions, None)}
    countries = {partner.country for partner in partners} - {None}
    told = get_overview(fill(*register), DAY)["live"]
    assert told == {"agreements": len(live), "partners": len(partners), "countries": len(countries)}
