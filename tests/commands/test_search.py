"""`mou search`: anything by words; `mou stats`: agreements counted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Mou


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("picasp",), [("agreement", "khazar-miras-2024")]),
        (("PİCASP",), [("agreement", "khazar-miras-2024")]),
        (("pashayev",), [("event", "ada-azerbaijan-kazakhstan-round-table")]),
        (("fereh",), [("task", f"mdu-veterans-2025/5.{n}") for n in (1, 2, 3, 5)]),
        (("dama", "şahmat"), [("task", "mdu-veterans-2025/5.5")]),
        (("draughts chess",), [("task", "mdu-veterans-2025/5.5")]),
        (("同志社",), [("agreement", "khazar-doshisha"), ("institution", "doshisha")]),
        (("nosuchword",), []),
        (("...",), []),
        (("",), []),
    ],
)
def test_words_find_records_of_every_noun(seeded: Mou, words: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    rows = seeded.json("search", *words)
    assert sorted((row["noun"], row["key"]) for row in rows) == sorted(found)


def test_every_noun_is_searched(seeded: Mou) -> None:
    rows = seeded.json("search", "mdu")
    assert {row["noun"] for row in rows} >= {"institution", "plan"}
    assert [row["key"] for row in seeded.json("search", "kazakhstan", "--limit", "2")] == [
        row["key"] for row in seeded.json("search", "kazakhstan")[:2]
    ]


def test_people_are_told_the_details_in_words_and_programs_in_codes(seeded: Mou, tmp_path: Path) -> None:
    def detail(words: str, *options: str) -> list[str]:
        return seeded("search", words, "--columns", "detail", "-f", *options).lines

    assert detail("miras", "table")[2] == "foundation or NGO, Azerbaijan"
    assert detail("tromso", "table", "--lang", "az")[2:4] == [
        "universitet, Tromsø, Norveç",
        "əməkdaşlıq, göstərilməyib",
    ]
    assert detail("board game", "markdown", "--lang", "az")[2] == "| 2025, May ayında, nəzərdə tutulub |"
    assert detail("tromso", "tsv", "--lang", "az")[1:] == ["university, Tromsø, NO", "cooperation, unstated"]
    assert seeded.json("search", "tromso", "--lang", "az")[0]["detail"] == "university, Tromsø, NO"
    seeded("search", "tromso", "-o", str(tmp_path / "out.md"))
    assert "university, Tromsø, Norway" in (tmp_path / "out.md").read_text("utf-8")
    seeded("search", "tromso", "-o", str(tmp_path / "out.csv"))
    assert "university, Tromsø, NO" in (tmp_path / "out.csv").read_text("utf-8")


def test_words_are_asked_for(seeded: Mou) -> None:
    assert seeded.fails(2, "search").err == "mou: Missing argument 'WORDS...'.\nhint: mou search --help\n"


@pytest.mark.parametrize(
    ("by", "some"),
    [
        ("country", {"US": 35, "NO": 6, "CY": 4, "GE": 3, None: 3, "EU": 1}),
        ("region", {"North America": 16, "Europe (Nordic Countries)": 8, "Australia and New Zealand": 1}),
        ("type", {"preliminary": 2, "membership": 4, "memorandum": 3, "licence": 1}),
        ("area", {"double-degree": 12, "policy-advice": 4, "online-learning": 1}),
        ("status", {"unstated": 134}),
        ("year", {"1993": 1, "1995": 1, "2024": 1, None: 131}),
        ("partner-type", {"publisher": 2, "programme": 2}),
    ],
)
def test_agreements_are_counted(seeded: Mou, by: str, some: dict[str | None, int]) -> None:
    counted = {row["value"]: row["agreements"] for row in seeded.json("stats", "--by", by)}
    assert {value: counted[value] for value in some} == some


def test_counts_agree_with_the_list(seeded: Mou) -> None:
    for row in seeded.json("stats", "--by", "country"):
        what = ("--unknown", "country") if row["value"] is None else ("--country", row["value"])
        assert seeded.json("list", *what, "--count") == {"count": row["agreements"]}
    for row in seeded.json("stats", "--by", "area"):
        if row["value"] is not None:
            assert seeded.json("list", "--area", row["value"], "--count") == {"count": row["agreements"]}


def test_counting_is_narrowed_by_every_filter_of_list(seeded: Mou) -> None:
    rows = seeded.json("stats", "--by", "type", "--country", "Norway")
    assert {row["value"]: (row["agreements"], row["partners"]) for row in rows} == {
        "cooperation": (4, 4),
        "preliminary": (2, 2),
    }
    assert seeded.json("stats", "--by", "type", "nosuchword") == []


def test_what_cannot_be_counted_by_is_said(seeded: Mou) -> None:
    answer = seeded.fails(2, "stats", "--by", "colour")
    assert answer.err == ("mou: --by: 'colour' is none of country, region, type, area, status, year, partner-type\n")


@pytest.mark.file_only("which rows are written anew is seen from their numbers")
@pytest.mark.parametrize(
    ("said", "is_anew"),
    [
        (("--city", "Sumqayıt", "--website", "https://khazar.example"), False),
        (("--note", "asked in May"), False),
        (("--name", "Khazar"), True),
        (("--alias", "Xəzər Univ"), True),
        (("--country", "Georgia"), True),
        (("--not-home",), True),
    ],
)
def test_words_of_agreements_are_written_anew_where_a_party_is_found_otherwise(
    seeds: Mou, said: tuple[str, ...], *, is_anew: bool
) -> None:
    def numbers() -> set[int]:
        with closing(sqlite3.connect(seeds.db)) as connection:
            return {row[0] for row in connection.execute("SELECT id FROM search_text WHERE noun = 'agreement'")}

    before = numbers()
    seeds("partner", "edit", "khazar", *said)
    assert (numbers() != before) is is_anew
    assert seeds("db", "check").out == ""
