from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mou_cli.views.agreement import count_agreements, find_agreements
from mou_cli.views.agreement_filter import AgreementFilter
from mou_cli.views.choice import Place
from mou_cli.views.stats import BY, count_by, count_crossed, count_statuses, count_whole, tabulate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mou_cli.store.reader import Reader

TODAY = date(2025, 6, 1)
EVERYTHING = AgreementFilter()
SMALL = """\
format: mou/1
home: [h1, h2]
institutions:
  - {key: h1, name: Home, type: university, country: AZ}
  - {key: h2, name: Second Home, type: university, country: AZ, region: Caucasus}
  - {key: no, name: Oslo, type: university, country: Norway, region: Nordic}
  - {key: se, name: Lund, type: company, country: Sweden, region: Nordic}
  - {key: xx, name: Somewhere}
agreements:
  - {key: a, type: memorandum, parties: [h1, no, se], areas: [joint-research, student-exchange], signed: 2024-05}
  - {key: b, type: memorandum, parties: [h1, no], areas: [joint-research], stage: signed, signed: 2023-01-01,
     starts: signed, ends: 2024-01-01, region: Arctic}
  - {key: c, type: contract, parties: [h1, xx], signed: --05-01, starts: 2020}
  - {key: d, parties: [h1, h2], starts: signed}
  - {key: e, parties: [h2, xx], starts: --03-04, region: Nordic}
"""


def rows(reader: Reader, by: str, wanted: AgreementFilter = EVERYTHING) -> list[tuple[object, ...]]:
    return [(row["value"], row["agreements"], row["partners"]) for row in count_by(reader, by, wanted, TODAY)]


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ("country", [("NO", 2, 1), (None, 2, 1), ("AZ", 1, 2), ("SE", 1, 1)]),
        ("region", [("Nordic", 3, 3), (None, 2, 2), ("Arctic", 1, 1), ("Caucasus", 1, 1)]),
        ("type", [("cooperation", 2, 3), ("memorandum", 2, 2), ("contract", 1, 1)]),
        ("area", [(None, 3, 3), ("joint-research", 2, 2), ("student-exchange", 1, 2)]),
        ("status", [("unstated", 4, 5), ("expired", 1, 1)]),
        ("year", [(None, 2, 3), ("2020", 1, 1), ("2023", 1, 1), ("2024", 1, 2)]),
        ("partner-type", [("university", 3, 3), (None, 2, 1), ("company", 1, 1)]),
    ],
)
def test_agreements_count_for_every_value_they_have(
    small: Reader, by: str, found: list[tuple[str | None, int, int]]
) -> None:
    assert rows(small, by) == found


def test_seen_from_one_home_everybody_else_is_a_partner(small: Reader) -> None:
    assert rows(small, "country", AgreementFilter(home="h2")) == [("AZ", 1, 1), (None, 1, 1)]
    assert rows(small, "partner-type", AgreementFilter(home="h2")) == [("university", 1, 1), (None, 1, 1)]


def test_only_the_agreements_asked_for_are_counted(small: Reader) -> None:
    norway = AgreementFilter(places=(Place(country="NO"),))
    assert rows(small, "country", norway) == [("NO", 2, 1), ("SE", 1, 1)]
    assert rows(small, "type", AgreementFilter(words="lund", statuses=("unstated",))) == [("memorandum", 1, 2)]
    assert rows(small, "year", AgreementFilter(key="absent")) == []


def test_row_names_its_parts_in_one_order(small: Reader) -> None:
    first = next(count_by(small, "status", EVERYTHING, TODAY))
    assert list(first.items()) == [("by", "status"), ("value", "unstated"), ("agreements", 4), ("partners", 5)]


@pytest.mark.parametrize("wanted", [EVERYTHING, AgreementFilter(home="h1"), AgreementFilter(key="absent")])
def test_statuses_alone_are_counted_alike(small: Reader, wanted: AgreementFilter) -> None:
    found = {status: agreements for status, agreements, _partners in rows(small, "status", wanted)}
    assert count_statuses(small, wanted, TODAY) == found


def _values(row: dict[str, Any], by: str) -> Iterable[tuple[str | None, set[str]]]:
    """Give the values an agreement's row has, each with the partners it counts."""
    partners = row["partners"]
    everybody = {partner["key"] for partner in partners}
    if by in {"country", "partner-type"}:
        name = by.removeprefix("partner-")
        return [(value, {p["key"] for p in partners if p[name] == value}) for value in {p[name] for p in partners}]
    if by == "area":
        return [(area, everybody) for area in row["areas"] or [None]]
    if by == "year":
        stated = [day for day in (row["signed_on"], row["starts_on"]) if day and not day.startswith("--")]
        return [(stated[0][:4] if stated else None, everybody)]
    return [(row[by], everybody)]


@pytest.mark.parametrize("by", [name for name in BY if name != "region"])
@pytest.mark.parametrize("wanted", [EVERYTHING, AgreementFilter(home="khazar"), AgreementFilter(words="business")])
def test_numbers_are_those_of_the_agreements_that_are_listed(seeds: Reader, by: str, wanted: AgreementFilter) -> None:
    agreements: dict[str | None, int] = {}
    partners: dict[str | None, set[str]] = {}
    for row in find_agreements(seeds, wanted, TODAY):
        for value, concerned in _values(row, by):
            agreements[value] = agreements.get(value, 0) + 1
            partners.setdefault(value, set()).update(concerned)
    counted = rows(seeds, by, wanted)
    assert {value: (number, others) for value, number, others in counted} == {
        value: (number, len(partners[value])) for value, number in agreements.items()
    }
    assert counted == sorted(counted, key=lambda row: (-int(str(row[1])), row[0] is None, row[0]))


def test_norway_has_six_agreements(seeds: Reader) -> None:
    assert ("NO", 6, 6) in rows(seeds, "country")
    assert count_agreements(seeds, AgreementFilter(places=(Place(country="NO"),)), TODAY) == 6


@pytest.mark.parametrize("wanted", [EVERYTHING, AgreementFilter(types=("cooperation",))])
def test_a_region_has_as_many_agreements_as_its_filter_finds(seeds: Reader, wanted: AgreementFilter) -> None:
    named = [(region, number) for region, number, _ in rows(seeds, "region", wanted) if region is not None]
    assert named
    for region, number in named:
        found = AgreementFilter(types=wanted.types, regions=(str(region),))
        assert count_agreements(seeds, found, TODAY) == number


ONE_VALUE = ("type", "status", "year")
FILTERS = st.builds(
    AgreementFilter,
    places=st.sets(st.sampled_from([Place(country=code) for code in ("NO", "US", "AZ", "CY", "GB")])).map(tuple),
    types=st.sets(st.sampled_from(["cooperation", "memorandum", "exchange", "membership"])).map(tuple),
    areas=st.sets(st.sampled_from(["joint-research", "student-exchange", "double-degree"])).map(tuple),
    partner_types=st.sets(st.sampled_from(["university", "company", "association"])).map(tuple),
    home=st.sampled_from([None, "khazar", "bsu"]),
    words=st.sampled_from([None, "univ", "institute"]),
    unknown=st.sets(st.sampled_from(["signed", "ends"])).map(tuple),
)


@given(wanted=FILTERS, by=st.lists(st.sampled_from(BY), min_size=2, max_size=2, unique=True))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_a_table_of_two_traits_adds_up_to_the_counts_of_each(
    seeds: Reader, wanted: AgreementFilter, by: list[str]
) -> None:
    counts = tabulate(seeds, by, wanted, TODAY)
    for parts, own, other in ((counts.lines, "value", by[1]), (counts.columns, "value2", by[0])):
        whole = {row["value"]: row["agreements"] for row in parts}
        cells: dict[str | None, list[int]] = {value: [] for value in whole}
        for row in counts.rows:
            cells[row[own]].append(row["agreements"])
        for value, numbers in cells.items():
            # What has one value of the other trait stands in one cell, what may have several in one or more.
            assert max(numbers) <= whole[value] <= sum(numbers)
            assert sum(numbers) == whole[value] or other not in ONE_VALUE
        assert max(whole.values(), default=0) <= counts.agreements
    assert counts.agreements == count_agreements(seeds, wanted, TODAY)
    assert count_whole(seeds, wanted, TODAY) == {"agreements": counts.agreements, "partners": counts.partners}


def test_both_values_of_the_partner_are_those_of_one_and_the_same(small: Reader) -> None:
    found = count_crossed(small, "country", "partner-type", EVERYTHING, TODAY)
    assert [(row["value"], row["value2"], row["agreements"], row["partners"]) for row in found] == [
        ("NO", "university", 2, 1),
        (None, None, 2, 1),
        ("AZ", "university", 1, 2),
        ("SE", "company", 1, 1),
    ]


def test_years_that_are_counted_together_count_a_partner_once(small: Reader) -> None:
    together = [
        (row["value"], row["agreements"], row["partners"]) for row in count_by(small, "year", EVERYTHING, TODAY, 5)
    ]
    assert together == [("2020", 3, 3), (None, 2, 3)]
