"""`mou list`: every filter, order and form of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou
    from tests.stock import Registers

NORWAY = ["khazar-bi-norway", "khazar-nhe", "khazar-norwegian-government", "khazar-uib", "khazar-uis", "khazar-uit"]


def found(mou: Mou, *options: str) -> list[str]:
    return sorted(row["key"] for row in mou.json("list", *options))


@pytest.mark.parametrize(
    "name", ["Norway", "norway", "NO", "no", "NOR", "Norge", "Norveç", " Norveç ", "Норвегия", "norvec"]
)
def test_a_country_is_found_by_any_of_its_names(seeded: Mou, name: str) -> None:
    assert found(seeded, "--country", name) == NORWAY


def test_georgia_is_the_country(seeded: Mou) -> None:
    assert found(seeded, "--country", "Georgia") == ["khazar-csb", "khazar-csjmm", "khazar-telavi"]
    assert found(seeded, "--country", "საქართველო") == ["khazar-csb", "khazar-csjmm", "khazar-telavi"]


def test_countries_given_twice_mean_either(seeded: Mou) -> None:
    assert found(seeded, "--country", "NO", "--country", "Gürcüstan") == sorted(
        [*NORWAY, "khazar-csb", "khazar-csjmm", "khazar-telavi"]
    )


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        (("--country", "Norway", "--partner-type", "government"), ["khazar-norwegian-government"]),
        (("--country", "Norway", "--area", "double-degree"), ["khazar-uib", "khazar-uis"]),
        (("--country", "Norway", "--region", "nordic"), ["khazar-bi-norway", "khazar-uib", "khazar-uis", "khazar-uit"]),
        (("--country", "Norway", "--type", "preliminary", "statoil", "petroleum"), ["khazar-uib", "khazar-uis"]),
        (("--country", "Norway", "--home", "ADA"), []),
        (("--country", "Norway", "--home", "Xəzər", "scholarships"), ["khazar-norwegian-government"]),
        (("--partner", "Univ of Tuscia"), ["khazar-tuscia"]),
        (("--partner", "TACIS"), ["khazar-tacis"]),
        (("--partner", "uib", "--partner", "uis"), ["khazar-uib", "khazar-uis"]),
        (("--type", "memorandum"), ["bsu-social-services-agency", "khazar-miras-2024", "khazar-sarkeys"]),
        (("--type", "memo", "--home", "khazar"), ["khazar-miras-2024", "khazar-sarkeys"]),
        (("--type", "licence", "--type", "contract"), ["khazar-cjo", "khazar-sbs"]),
        (
            ("--area", "policy advice"),
            ["bsu-social-services-agency", "khazar-sasakawa", "khazar-who", "khazar-world-bank"],
        ),
        (("--area", "onlayn təhsil"), ["khazar-suu"]),
        (("--project", "picasp"), ["khazar-miras-2024"]),
        (("--home", "bsu"), ["bsu-social-services-agency"]),
        (("--signed-from", "2024"), ["khazar-miras-2024"]),
        (("--signed-from", "2024-05-01", "--signed-to", "1 May 2024"), ["khazar-miras-2024"]),
        (("--signed-from", "2024-05-02"), []),
        (("--signed-to", "2024-04"), []),
        (("--partner-type", "publisher"), ["khazar-cjo", "khazar-umich-press"]),
        (("--partner-type", "programme", "--country", "EU"), ["khazar-tacis"]),
        (("--region", "australia"), ["khazar-ballarat"]),
        (("--status", "active"), []),
        (("--unknown", "held"), []),
        (("xezer", "miras"), ["khazar-miras-2024"]),
        (("(", ")"), []),
        (("AND", "NOT", "zzz"), []),
        (('"moot', 'court"'), ["khazar-aba"]),
        (("moot* OR",), []),
    ],
)
def test_all_options_narrow_together(seeded: Mou, options: tuple[str, ...], keys: list[str]) -> None:
    assert found(seeded, *options) == keys
    assert seeded("list", "--count", *options).out == f"{len(keys)}\n"


@pytest.mark.parametrize(
    ("what", "number"), [("ends", 134), ("starts", 132), ("signed", 133), ("country", 3), ("held", 0)]
)
def test_what_is_not_known_can_be_asked_for(seeded: Mou, what: str, number: int) -> None:
    assert seeded.json("list", "--unknown", what, "--count") == {"count": number}


def test_an_agreement_of_an_event_without_a_year_is_of_unknown_day(seeds: Mou) -> None:
    seeds("edit", "khazar-uib", "--event", "round table")
    assert found(seeds, "--unknown", "held") == ["khazar-uib"]
    assert found(seeds, "--event", "round table") == ["khazar-uib"]


@pytest.mark.parametrize(
    ("options", "code", "first"),
    [
        (("--country", "Norwayy"), 4, "mou: there is no country 'Norwayy'"),
        (("--country", "Congo"), 5, "mou: 'Congo' could be Congo - Kinshasa (CD); Congo - Brazzaville (CG)"),
        (("--country", ""), 4, "mou: there is no country ''"),
        (("--country", "---"), 4, "mou: there is no country '---'"),
        (("--partner", "nobody at all"), 4, "mou: there is no institution 'nobody at all'"),
        (("--home", "uib"), 4, "mou: there is no home 'uib'"),
        (("--region", "Atlantis"), 4, "mou: there is no region 'Atlantis'"),
        (("--project", "Atlantis"), 4, "mou: there is no project 'Atlantis'"),
        (("--event", "Atlantis"), 4, "mou: there is no event 'Atlantis'"),
        (("--type", "xyz"), 2, "mou: 'xyz' is no agreement type"),
        (("--area", "xyz"), 2, "mou: 'xyz' is no area"),
        (("--status", "signed"), 2, "mou: 'signed' is no status"),
        (("--partner-type", "xyz"), 2, "mou: 'xyz' is no partner type"),
        (("--unknown", "xyz"), 2, "mou: --unknown: 'xyz' is none of ends, starts, signed, country, held, responsible"),
        (
            ("--sort", "xyz"),
            2,
            (
                "mou: --sort: 'xyz' is none of ref, partner, country, partner-type, title, type, status, "
                "signed, starts, ends, notice, review"
            ),
        ),
        (("--limit", "-1"), 2, "mou: --limit: '-1' is not a number"),
        (("--limit", "1.5"), 2, "mou: --limit: '1.5' is not a number"),
        (("--columns", "xyz"), 2, "mou: agreement has no column 'xyz'"),
        (("--signed-from", "--03-04"), 2, "mou: --signed-from: '--03-04' has no year"),
        (("--ends-within", "soon"), 2, 'mou: --ends-within: "soon" is not a length: write 3y, 18m, 1y6m or 90d'),
        (("--ends-by", "2024-02-30"), 2, 'mou: --ends-by: "2024-02-30" is not a day: February 2024 has days 1 to 29'),
        (
            ("--as-of", "2024"),
            2,
            'mou: --as-of: "2024" is not a whole date: write year, month and day, such as 2024-05-01',
        ),
        (("--colour", "red"), 2, "mou: No such option: --colour"),
    ],
)
def test_what_cannot_be_understood_is_said(seeded: Mou, options: tuple[str, ...], code: int, first: str) -> None:
    answer = seeded.fails(code, "list", *options)
    assert answer.out == ""
    assert answer.err.splitlines()[0].split(" (Possible")[0] == first


ORDERED = """\
format: mou/1
home: [h]
institutions:
  - {key: h, name: Home}
  - {key: a, name: Ağdam, country: NO, type: university}
  - {key: b, name: Əli, country: AZ, type: company}
  - {key: c, name: Zeta}
agreements:
  - {key: x1, ref: 2025-001, parties: [h, b], type: contract, signed: 2024-05, starts: 2024-06-01, ends: 2026-01-01,
     notice: 1m, review: 2025-12, title: b, stage: draft}
  - {key: x2, ref: 2025-002, parties: [h, a], type: addendum, signed: 2023, starts: signed, ends: 2025-12-31,
     notice: 3m, review: 2026, title: a}
  - {key: x3, ref: 2025-003, parties: [h, c]}
"""


@pytest.fixture(scope="module")
def ordered(shared_registers: Registers) -> Mou:
    mou = shared_registers.absent("ordered")
    (mou.folder / "ordered.yaml").write_text(ORDERED, "utf-8")
    mou("import", str(mou.folder / "ordered.yaml"))
    return mou


@pytest.mark.parametrize(
    ("sort", "up", "down"),
    [
        ("ref", "x1 x2 x3", "x3 x2 x1"),
        ("partner", "x2 x1 x3", "x3 x1 x2"),  # Ağdam, Əli, Zeta: ə stands after e
        ("country", "x1 x2 x3", "x2 x1 x3"),  # the unknown comes last either way
        ("partner-type", "x1 x2 x3", "x2 x1 x3"),
        ("title", "x2 x1 x3", "x1 x2 x3"),
        ("type", "x2 x1 x3", "x3 x1 x2"),
        ("status", "x2 x1 x3", "x3 x1 x2"),
        ("signed", "x2 x1 x3", "x1 x2 x3"),
        ("starts", "x2 x1 x3", "x1 x2 x3"),
        ("ends", "x2 x1 x3", "x1 x2 x3"),
        ("notice", "x2 x1 x3", "x1 x2 x3"),
        ("review", "x1 x2 x3", "x2 x1 x3"),
    ],
)
def test_every_order_goes_both_ways(ordered: Mou, sort: str, up: str, down: str) -> None:
    listed = [" ".join(row["key"] for row in ordered.json("list", "--sort", way + sort)) for way in ("", "-")]
    assert listed == [up, down]


def test_every_order_is_tried() -> None:
    from mou_cli.views.agreement import SORTS

    assert " ".join(SORTS) == "ref partner country partner-type title type status signed starts ends notice review"


def test_a_limit_is_the_first_of_the_order(ordered: Mou) -> None:
    assert [row["key"] for row in ordered.json("list", "--limit", "1", "--sort", "-ref")] == ["x3"]
    assert ordered.json("list", "--limit", "0") == []
    assert len(ordered.json("list", "--limit", "99")) == 3


def test_columns_are_those_asked_for_in_their_order(ordered: Mou) -> None:
    assert ordered("list", "--columns", "partner, ref ,ends_on").lines == [
        "partner\tref\tends_on",
        "Əli\t2025-001\t2026-01-01",
        "Ağdam\t2025-002\t2025-12-31",
        "Zeta\t2025-003\t",
    ]
    assert list(ordered.json("list", "--columns", "ends_on,key")[0]) == ["ends_on", "key"]


def test_home_looks_at_everybody_else(small: Mou, write: Write) -> None:
    two = "format: mou/1\nhome: [adu, tsu]\nagreements: [{key: k, parties: [adu, tsu]}]\n"
    small("import", write("two.yaml", two))
    row = small.json("list")[0]
    assert sorted(p["key"] for p in row["partners"]) == ["adu", "tsu"]
    assert found(small, "--country", "Georgia") == ["k"]
    assert found(small, "--country", "Georgia", "--home", "tsu") == []
    assert found(small, "--country", "Georgia", "--home", "adu") == ["k"]
    assert [p["key"] for p in small.json("list", "--home", "tsu")[0]["partners"]] == ["adu"]


def test_one_and_the_same_partner_has_all_that_is_asked_of_partners(small: Mou) -> None:
    small("add", "--partner", "uit", "--partner", "Oil Ltd", "--country", "GE", "--partner-type", "company")
    assert found(small, "--country", "NO", "--partner-type", "university") == ["2025-001"]
    assert found(small, "--country", "NO", "--partner-type", "company") == []


def test_words_find_the_countries_of_partners_in_both_languages(seeded: Mou) -> None:
    partners = {row["key"] for row in seeded.json("list", "--country", "Norway")}
    assert partners <= {row["key"] for row in seeded.json("list", "norway")}
    assert partners <= {row["key"] for row in seeded.json("list", "norveç")}
