from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mou_cli.output.nouns import KEYS
from mou_cli.views.choice import Place, choose_place
from mou_cli.views.institution import SORTS, InstitutionFilter, count_institutions, find_institutions

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader

SMALL = """\
format: mou/1
home: [home]
institutions:
  - {key: home, name: Əsas Universitet, country: AZ, type: university}
  - key: oslo
    name: University of Oslo
    names:
      - {text: Universitetet i Oslo, lang: nb, kind: label}
      - {text: UiO, kind: acronym}
      - {text: Royal Frederick University, lang: en, kind: former}
    country: Norway
    country_source: inferred
    type: university
    city: Oslo
    region: Nordic
    website: https://www.uio.no
    parent: ministry
    identifiers: {schac: uio.no, ror: 01xtthb56}
    note: {en: Oldest, az: Ən qədim}
    source: {document: A list, line: 7}
  - {key: ministry, name: Zakon Ministry, country: Norway, type: government, region: Nordic}
  - {key: island, name: Island University, country: Cyprus, territory: North Cyprus, type: university}
  - {key: nowhere, name: Çay Company}
agreements:
  - {key: one, parties: [home, oslo]}
  - {key: two, parties: [home, {institution: oslo, unit: Law}, {institution: oslo, unit: Arts}]}
  - {key: three, parties: [home, ministry]}
"""
OSLO = {
    "key": "oslo",
    "name": "University of Oslo",
    "names": [
        {"text": "Universitetet i Oslo", "lang": "nb", "kind": "label"},
        {"text": "UiO", "lang": None, "kind": "acronym"},
        {"text": "Royal Frederick University", "lang": "en", "kind": "former"},
    ],
    "country": "NO",
    "country_source": "inferred",
    "territory": None,
    "type": "university",
    "city": "Oslo",
    "region": "Nordic",
    "website": "https://www.uio.no",
    "identifiers": {"schac": "uio.no", "ror": "01xtthb56"},
    "parent": "ministry",
    "home": False,
    "agreements": 2,
    "note": "Oldest",
    "texts": {"note": {"en": "Oldest", "az": "Ən qədim"}},
    "source": {"document": "A list", "line": 7},
}


def keys(reader: Reader, wanted: InstitutionFilter, sort: str = "name", limit: int | None = None) -> list[str]:
    return [row["key"] for row in find_institutions(reader, wanted, sort, limit)]


def test_row_holds_all_that_is_recorded_of_an_institution(small: Reader) -> None:
    assert list(find_institutions(small, InstitutionFilter(key="oslo"))) == [OSLO]


def test_row_has_the_keys_of_the_contract_in_their_order(small: Reader) -> None:
    for row in find_institutions(small, InstitutionFilter()):
        assert tuple(row) == KEYS["institution"]


def test_what_is_not_known_is_null_or_empty(small: Reader) -> None:
    (row,) = find_institutions(small, InstitutionFilter(key="nowhere"))
    assert {name: value for name, value in row.items() if value is not None} == {
        "key": "nowhere",
        "name": "Çay Company",
        "names": [],
        "country_source": "stated",
        "identifiers": {},
        "home": False,
        "agreements": 0,
        "texts": {},
    }


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (InstitutionFilter(), ["nowhere", "home", "island", "oslo", "ministry"]),
        (InstitutionFilter(key="absent"), []),
        (InstitutionFilter(places=(Place(country="NO"),)), ["oslo", "ministry"]),
        (InstitutionFilter(places=(Place(country="CY"),)), ["island"]),
        (InstitutionFilter(places=(Place(territory="North Cyprus"), Place(country="AZ"))), ["home", "island"]),
        (InstitutionFilter(regions=("Nordic",), types=("government", "company")), ["ministry"]),
        (InstitutionFilter(homes=True), ["home"]),
        (InstitutionFilter(homes=False), ["nowhere", "island", "oslo", "ministry"]),
        (InstitutionFilter(unknown=("country",)), ["nowhere"]),
        (InstitutionFilter(unknown=("type",)), ["nowhere"]),
        (InstitutionFilter(words="esas"), ["home"]),
        (InstitutionFilter(words="fred roy"), ["oslo"]),
        (InstitutionFilter(words="rederick"), []),
        (InstitutionFilter(words="!%_'*\""), []),
        (InstitutionFilter(words="univ", places=(Place(country="CY"),)), ["island"]),
    ],
)
def test_filters_narrow_together(small: Reader, wanted: InstitutionFilter, found: list[str]) -> None:
    assert keys(small, wanted) == found
    assert count_institutions(small, wanted) == len(found)


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("name", ["nowhere", "home", "island", "oslo", "ministry"]),
        ("-name", ["ministry", "oslo", "island", "home", "nowhere"]),
        ("country", ["home", "island", "oslo", "ministry", "nowhere"]),
        ("-country", ["oslo", "ministry", "island", "home", "nowhere"]),
        ("type", ["ministry", "home", "island", "oslo", "nowhere"]),
        ("-type", ["home", "island", "oslo", "ministry", "nowhere"]),
        ("agreements", ["nowhere", "island", "ministry", "oslo", "home"]),
        ("-agreements", ["home", "oslo", "ministry", "nowhere", "island"]),
        ("key", ["home", "island", "ministry", "nowhere", "oslo"]),
        ("-key", ["oslo", "nowhere", "ministry", "island", "home"]),
    ],
)
def test_order_follows_the_alphabet_with_the_unknown_last(small: Reader, sort: str, found: list[str]) -> None:
    assert keys(small, InstitutionFilter(), sort) == found
    assert keys(small, InstitutionFilter(), sort, 2) == found[:2]
    assert keys(small, InstitutionFilter(), sort, 0) == []


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{name}" for name in SORTS)])
def test_every_order_gives_every_institution_once(seeds: Reader, sort: str) -> None:
    found = keys(seeds, InstitutionFilter(), sort)
    assert len(found) == len(set(found)) == count_institutions(seeds, InstitutionFilter()) == 143


def test_norway_has_six_institutions_in_the_seeds(seeds: Reader) -> None:
    wanted = InstitutionFilter(places=(choose_place(seeds, "norveç"),))
    assert sorted(keys(seeds, wanted)) == sorted(
        row["key"] for row in find_institutions(seeds, InstitutionFilter()) if row["country"] == "NO"
    )
    assert count_institutions(seeds, wanted) == 6


def test_cyprus_holds_what_is_filed_under_north_cyprus(seeds: Reader) -> None:
    whole = keys(seeds, InstitutionFilter(places=(choose_place(seeds, "Cyprus"),)))
    north = keys(seeds, InstitutionFilter(places=(choose_place(seeds, "North Cyprus"),)))
    assert set(north) <= set(whole)
    assert len(north) == 4


def test_khazar_is_found_as_people_type_it_and_is_party_to_its_agreements(seeds: Reader) -> None:
    (row,) = find_institutions(seeds, InstitutionFilter(words="xezer", homes=True))
    assert (row["key"], row["agreements"]) == ("khazar", 133)


def test_homes_of_the_seeds_are_those_of_its_files(seeds: Reader) -> None:
    assert keys(seeds, InstitutionFilter(homes=True), "key") == ["ada", "bsu", "khazar", "mdu"]
