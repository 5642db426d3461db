"""What the five source documents say, asked of the register that the seeds make."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Mou

PAGE = "Khazar University, International Partnership Programs (web page, 2006)"
Rows = list[dict[str, Any]]
# Whose country the first table prints beside the name.
PRINTED = (
    *("kansas", "ntu", "haarlem", "has-den-bosch", "krok", "apu", "ritsumeikan", "cup-beijing"),
    *("soongsil", "hallym", "cheongju"),
)
# Which the first table only names.
BARE = ("angers", "carlos-iii", "has-den-bosch", "rezekne", "ruse", "tuscia", "viana-do-castelo", "warsaw")


@pytest.fixture(scope="module")
def bodies(seeded: Mou) -> Rows:
    """The institutions of the partner page."""
    return [row for row in seeded.json("partner", "list") if row["source"]["document"] == PAGE]


@pytest.fixture(scope="module")
def ties(seeded: Mou) -> Rows:
    """The agreements of the partner page."""
    return [row for row in seeded.json("list") if row["source"]["document"] == PAGE]


def keys(rows: Rows) -> list[str]:
    return sorted(row["key"] for row in rows)


def at(rows: Rows, first: int, last: int) -> Rows:
    """Give the rows whose source stands between two lines, both included."""
    return [row for row in rows if first <= row["source"]["line"] <= last]


def test_the_page_has_133_partners_and_the_home(bodies: Rows) -> None:
    assert len(bodies) == 134
    assert [row["key"] for row in bodies if row["home"]] == ["khazar"]


def test_the_page_has_132_agreements_all_of_khazar(ties: Rows) -> None:
    assert len(ties) == 132
    assert {tuple(home["key"] for home in row["homes"]) for row in ties} == {("khazar",)}


def test_each_table_has_its_number_of_bodies_and_rows(bodies: Rows, ties: Rows) -> None:
    tables = {"first": (38, 464), "second": (473, 597), "ties": (600, 600), "memberships": (468, 468)}
    assert {name: len(at(bodies, *lines)) for name, lines in tables.items()} == {
        "first": 84,
        "second": 31,
        "ties": 15,
        "memberships": 3,  # the fourth, the petroleum engineers, stands in the second table
    }
    assert {name: len(at(ties, *lines)) for name, lines in tables.items()} == {
        "first": 83,
        "second": 30,
        "ties": 15,
        "memberships": 4,
    }


def test_only_the_row_of_two_bodies_in_each_table_has_two_partners(ties: Rows) -> None:
    several = {row["key"]: sorted(p["key"] for p in row["partners"]) for row in ties if len(row["partners"]) != 1}
    assert several == {"khazar-ntu-haarlem": ["haarlem", "ntu"], "khazar-isbn-ismn": ["isbn-agency", "ismn-agency"]}


def test_regions_are_the_headings_that_the_page_still_has(bodies: Rows) -> None:
    assert Counter(row["region"] for row in bodies) == {
        None: 109,
        "North America": 16,
        "Europe (Nordic Countries)": 8,
        "Australia and New Zealand": 1,
    }
    assert keys(row for row in bodies if row["region"] == "Europe (Nordic Countries)") == [  # type: ignore[arg-type]
        *("bi-norway", "boras", "lund", "orebro", "uib", "uis", "uit", "uppsala"),
    ]


@pytest.mark.parametrize("key", [*PRINTED, "meu-nc"])
def test_a_country_printed_on_the_page_is_known(bodies: Rows, key: str) -> None:
    expected = {"kansas": "US", "ntu": "GB", "meu-nc": "CY", "krok": "UA", "cup-beijing": "CN"}
    expected |= dict.fromkeys(("haarlem", "has-den-bosch"), "NL") | dict.fromkeys(("apu", "ritsumeikan"), "JP")
    expected |= dict.fromkeys(("soongsil", "hallym", "cheongju"), "KR")
    assert next(row["country"] for row in bodies if row["key"] == key) == expected[key]


def test_a_country_is_stated_only_where_the_page_prints_it(bodies: Rows) -> None:
    stated = [row for row in at(bodies, 38, 464) if row["country"] and row["country_source"] == "stated"]
    assert keys(stated) == sorted(PRINTED)
    inferred = {row["key"]: row["country"] for row in bodies if row["country_source"] == "inferred"}
    assert (inferred["ucla"], inferred["uit"], inferred["leiden"], inferred["unesco"]) == ("US", "NO", "NL", "FR")


def test_three_bodies_have_no_country(seeded: Mou, bodies: Rows) -> None:
    assert keys(seeded.json("partner", "list", "--unknown", "country")) == ["caspian-ua", "cavalry", "cicac"]
    assert keys([row for row in bodies if row["country"] is None]) == ["caspian-ua", "cavalry", "cicac"]
    found = seeded.json("list", "--unknown", "country")
    assert keys(found) == ["khazar-caspian-ua-membership", "khazar-cavalry", "khazar-cicac"]


def test_norway_is_four_universities_the_government_and_an_enterprise(seeded: Mou) -> None:
    partners = [p for row in seeded.json("list", "--country", "Norway") for p in row["partners"]]
    assert sorted((p["name"], p["type"]) for p in partners) == [
        ("BI Norwegian School of Management", "university"),
        ("Norwegian Government", "government"),
        ("Norwegian Humanitarian Enterprise", "foundation-ngo"),
        ("University of Bergen", "university"),
        ("University of Stavanger", "university"),
        ("University of Tromsø", "university"),
    ]


@pytest.mark.parametrize("asked", ["Cyprus", "North Cyprus", "CY", "Kıbrıs", "Kipr"])
def test_north_cyprus_is_found_with_cyprus(seeded: Mou, asked: str) -> None:
    rows = seeded.json("list", "--country", asked)
    assert keys(rows) == ["khazar-ciu", "khazar-emu", "khazar-gau", "khazar-meu-nc"]
    assert {(p["country"], p["territory"]) for row in rows for p in row["partners"]} == {("CY", "North Cyprus")}


def test_the_petroleum_engineers_are_one_institution_with_two_agreements(seeded: Mou) -> None:
    assert seeded.json("partner", "show", "Society of Petroleum Engineering")["agreements"] == 2
    found = seeded.json("list", "--partner", "Society of Petroleum Engineers")
    assert {row["key"]: row["type"] for row in found} == {
        "khazar-spe": "cooperation",
        "khazar-spe-membership": "membership",
    }


@pytest.mark.parametrize("mentioned", ["StatoilHydro", "EUFAJ", "European Union Foreign Affairs Journal"])
def test_what_is_only_mentioned_is_no_institution(seeded: Mou, mentioned: str) -> None:
    assert seeded.json("partner", "list", mentioned) == []
    seeded.fails(4, "partner", "show", mentioned)
    assert {row["noun"] for row in seeded.json("search", mentioned)} == {"agreement"}


def test_preliminary_is_the_type_of_the_two_that_the_page_calls_so(seeded: Mou) -> None:
    assert keys(seeded.json("list", "--type", "preliminary")) == ["khazar-uib", "khazar-uis"]


def test_the_page_does_not_say_how_anything_stands(ties: Rows) -> None:
    assert {(row["stage"], row["status"], row["signed_on"], row["ends_on"]) for row in ties} == {
        ("unstated", "unstated", None, None)
    }


def test_the_years_of_the_page_are_starts_of_reduced_precision(ties: Rows) -> None:
    starts = {row["key"]: row["starts_on"] for row in ties if row["starts_on"]}
    assert starts == {"khazar-ucla": "1993", "khazar-gsu": "1995"}
    assert "going on" in next(row["note"] for row in ties if row["key"] == "khazar-ucla")


def test_the_fifteen_ties_and_eight_rows_have_no_description(ties: Rows) -> None:
    bare = [row for row in ties if row["note"] is None and not row["areas"]]
    assert len(at(bare, 600, 600)) == 15
    assert keys(at(bare, 38, 464)) == [
        f"khazar-{key}"
        for key in ["angers", "carlos-iii", "has-den-bosch", "rezekne", "ruse", "tuscia", "viana-do-castelo", "warsaw"]
    ]


@pytest.mark.parametrize(
    ("key", "name", "printed", "current"),
    [
        (
            "caen",
            "University of Caen Lower Normandy",
            "University of Cean Lower Normandy",
            "University of Caen Normandy",
        ),
        ("soongsil", "Soongsil University", "Soonsgil University", None),
        ("mier", "Malaysian Institute of Economic Research", "Malasian Insitute of Economic Research", None),
        ("philip-morris", "Philip Morris", "Fillip Morris", None),
        ("bi-norway", "BI Norwegian School of Management", None, "BI Norwegian Business School"),
        ("ballarat", "University of Ballarat", None, "Federation University Australia"),
    ],
)
def test_a_name_is_of_the_pages_time_in_correct_spelling(
    bodies: Rows, key: str, name: str, printed: str | None, current: str | None
) -> None:
    body = next(row for row in bodies if row["key"] == key)
    kinds = {kind: [n["text"] for n in body["names"] if n["kind"] == kind] for kind in ("as-printed", "current")}
    assert body["name"] == name
    assert kinds == {"as-printed": [printed] if printed else [], "current": [current] if current else []}


def test_a_type_fits_each_body(seeded: Mou) -> None:
    listed = Counter(row["type"] for row in seeded.json("partner", "list"))
    assert None not in listed
    assert {row["key"] for row in seeded.json("partner", "list", "--type", "publisher")} == {"cjo", "umich-press"}


def test_the_named_programmes_are_projects(seeded: Mou) -> None:
    assert keys(seeded.json("list", "--project", "Student Support Services")) == ["khazar-middlesex", "khazar-sannio"]
    assert keys(seeded.json("list", "--project", "Erasmus Mundus")) == ["khazar-thessaloniki"]


def test_homes_add_up_to_four(seeded: Mou) -> None:
    assert [row["name"] for row in seeded.json("partner", "list", "--home")] == [
        "ADA University",
        "Baku State University",
        "Khazar University",
        "Mingachevir State University",
    ]


def test_every_record_says_where_it_was_read(seeded: Mou) -> None:
    for command in (
        ("list",),
        ("partner", "list"),
        ("event", "list"),
        ("plan", "list"),
        ("plan", "due", "--year", "2025"),
    ):
        for row in seeded.json(*command):
            assert row["source"]["document"], row["key"]
            assert row["source"]["line"] >= 1, row["key"]


@pytest.mark.parametrize("day", ["1900-01-01", "1995-06-01", "2006-12-31", "2025-05-10", "2200-01-01"])
def test_no_agreement_of_the_page_is_ever_active_by_default(seeded: Mou, day: str) -> None:
    assert seeded("list", "--status", "active", "--count", "--as-of", day).out == "0\n"
