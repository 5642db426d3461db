"""`mou partner`: institutions listed, shown, added, changed and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou


def found(mou: Mou, *options: str) -> list[str]:
    return [row["key"] for row in mou.json("partner", "list", *options)]


@pytest.mark.parametrize(
    ("options", "number"),
    [
        ((), 143),
        (("--home",), 4),
        (("--not-home",), 139),
        (("--country", "Norway"), 6),
        (("--country", "North Cyprus"), 4),
        (("--type", "publisher"), 2),
        (("--region", "nordic"), 8),
        (("--unknown", "country"), 3),
        (("--unknown", "type"), 0),
        (("--country", "Norway", "--type", "government"), 1),
        (("nosuchword",), 0),
    ],
)
def test_institutions_are_narrowed(seeded: Mou, options: tuple[str, ...], number: int) -> None:
    assert len(found(seeded, *options)) == number
    assert seeded.json("partner", "list", "--count", *options) == {"count": number}


@pytest.mark.parametrize("sort", ["name", "country", "type", "agreements", "key"])
def test_every_order_goes_both_ways(seeded: Mou, sort: str) -> None:
    up, down = found(seeded, "--sort", sort), found(seeded, "--sort", f"-{sort}")
    assert sorted(up) == sorted(down)
    assert up != down
    if sort == "key":
        assert up == sorted(up) == down[::-1]
    if sort == "agreements":
        assert down[0] == "khazar"
    if sort == "country":
        assert set(up[-3:]) == set(down[-3:]) == {"caspian-ua", "cavalry", "cicac"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("UCLA", "ucla"),
        ("Doğu Akdeniz", "emu"),
        ("同志社大学", "doshisha"),
        ("Русенски университет", "ruse"),
        ("دانشگاه تبریز", "tabriz"),
        ("האוניברסיטה העברית בירושלים", "hebrew"),
        ("서강대학교", "sogang"),
        ("Handelshoyskolen BI", "bi-norway"),
        ("rezeknes augstskola", "rezekne"),
        ("Bakı Dövlət Universiteti", "bsu"),
        ("BDU", "bsu"),
        ("st clares oxford", "st-clares"),
    ],
)
def test_an_institution_is_shown_by_any_of_its_names(seeded: Mou, name: str, key: str) -> None:
    assert seeded.json("partner", "show", name)["key"] == key


def test_a_name_that_finds_several_lists_them(seeded: Mou) -> None:
    answer = seeded.fails(5, "partner", "show", "California State University")
    assert answer.err.splitlines()[0] == (
        "mou: 'California State University' could be California State University, Los Angeles (csula); "
        "California State University, San Bernardino (csusb)"
    )


def test_a_name_that_finds_nothing_offers_the_nearest(seeded: Mou) -> None:
    answer = seeded.fails(4, "partner", "show", "Univeristy of Bergen")
    assert answer.err.splitlines()[0] == "mou: there is no institution 'Univeristy of Bergen'"
    assert answer.err.splitlines()[1].startswith("hint: did you mean University of Bergen (uib)")


def test_an_added_institution_has_what_was_said(small: Mou) -> None:
    answer = small(
        *(
            "partner",
            "add",
            "Ünivərsitet Öz",
            "--country",
            "Türkiyə",
            "--country-source",
            "inferred",
            "--type",
            "company",
        ),
        *("--alias", "ÜÖ", "--alias", "Öz", "--city", "İzmir", "--region", "Asia", "--website", "https://oz.tr"),
        *("--parent", "Advent", "--identifiers", "ror=00wge5k78, pic=999", "--membership", "EUA", "--note", "N"),
    )
    assert (answer.out, answer.err) == ("universitet-oz\n", "")
    row = small.json("partner", "show", "universitet-oz")
    assert [name["text"] for name in row["names"]] == ["ÜÖ", "Öz"]
    expected = {
        "name": "Ünivərsitet Öz",
        "country": "TR",
        "country_source": "inferred",
        "type": "company",
        "city": "İzmir",
        "region": "Asia",
        "website": "https://oz.tr",
        "parent": "adu",
        "identifiers": {"ror": "00wge5k78", "pic": "999"},
        "home": False,
        "agreements": 0,
        "note": "N",
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("how", [("add", "Second Home", "--country", "AZ"), ("edit", "tsu")])
def test_an_institution_can_be_made_a_home(small: Mou, how: tuple[str, ...]) -> None:
    row = small.json("partner", *how, "--home")
    assert row["home"] is True
    assert found(small, "--home") == ["adu", row["key"]]
    assert small.json("partner", "edit", row["key"], "--not-home")["home"] is False


def test_one_that_looks_alike_is_refused_unless_new(small: Mou) -> None:
    answer = small.fails(5, "partner", "add", "Tromso University", "--country", "NO")
    assert answer.err == (
        "mou: there is no institution 'Tromso University', but University of Tromsø (uit)\n"
        "hint: say one of them, or --new for another\n"
    )
    same = small.fails(5, "partner", "add", "UiT")
    assert same.err == "mou: there is an institution 'UiT' already: uit\nhint: say --new for another\n"
    assert small("partner", "add", "Tromso University", "--new").out == "tromso-university\n"


def test_a_key_can_be_said_and_is_not_given_twice(small: Mou) -> None:
    assert small("partner", "add", "Quixote College", "--key", "qc").out == "qc\n"
    assert small("partner", "add", "Quixote College", "--new").out == "quixote-college\n"
    assert small("partner", "add", "Quixote College", "--new").out == "quixote-college-2\n"
    answer = small.fails(5, "partner", "add", "Another", "--key", "qc")
    assert answer.err == "mou: there is an institution qc already\nhint: `mou partner edit qc` changes it\n"


def test_a_key_that_cannot_be_one_is_refused(small: Mou) -> None:
    answer = small.fails(2, "partner", "add", "Quixote College", "--key", "q c/x")
    assert answer.err.startswith("mou: --key: 'q c/x' is not a key: ")
    assert found(small, "--sort", "key") == ["adu", "tsu", "uit"]


def test_a_new_name_is_found_at_once_at_its_agreements(small: Mou) -> None:
    small("add", "--partner", "uit")
    small("partner", "edit", "uit", "--name", "Arctic University", "--alias", "zeppelin college")
    assert [row["key"] for row in small.json("list", "arctic")] == ["2025-001"]
    assert [row["key"] for row in small.json("list", "zeppelin")] == ["2025-001"]
    assert small.json("list", "tromso") == []
    assert small.json("list")[0]["partners"][0]["name"] == "Arctic University"


def test_one_that_is_mentioned_stays(small: Mou, write: Write) -> None:
    small("add", "--partner", "uit")
    small("import", write("e.yaml", "format: mou/1\nevents: [{key: e, name: E, host: tsu}]\n"))
    answer = small.fails(5, "partner", "remove", "uit", "--yes")
    assert answer.err == (
        "mou: institution uit is mentioned by agreement 2025-001\nhint: change or remove those first\n"
    )
    assert small.fails(5, "partner", "remove", "tsu", "--yes").err.startswith(
        "mou: institution tsu is mentioned by event e\n"
    )
    small("event", "remove", "e", "--yes")
    assert small("partner", "remove", "tsu", "--yes").err == "remove institution tsu\n"
    small.fails(4, "partner", "show", "tsu")


def test_an_empty_value_clears(small: Mou) -> None:
    row = small.json("partner", "edit", "uit", "--country", "", "--alias", "")
    assert (row["country"], row["names"]) == (None, [])
    answer = small.fails(2, "partner", "edit", "uit", "--name", "")
    assert answer.err == "mou: --name: name may not be empty\n"
