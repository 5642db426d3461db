from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mou_cli.views.search import count_anything, find_anything

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader

TODAY = date(2025, 6, 1)
SMALL = """\
format: mou/1
home: [home]
institutions:
  - {key: home, name: Home Əsas, type: university, city: Baku, country: AZ}
  - {key: b, name: Çay Əsas, type: company, country: CY, territory: North Cyprus}
  - {key: c, name: Cənub Əsas}
  - {key: academy, name: Academy of the Sün}
  - {key: acronym, name: Zürich Institute, names: [{text: SUN, kind: acronym}]}
events:
  - {key: e, name: {en: Day of Əsas, az: Gün}, held: --03-04, host: home}
  - {key: d, name: Əsas again, held: 2025-06, place: Gəncə, host: home}
  - {key: so-called, name: «Sün», held: 2020}
  - {key: second, name: Sün II, held: 2024}
agreements:
  - {key: titled, title: {az: Saziş, en: An Əsas pact}, type: memorandum, stage: signed, parties: [home, b],
     signed: 2024-01-01, starts: signed, ends: 2024-12-31}
  - {key: plain, parties: [home, c, b]}
  - {key: called, title: Sün, parties: [academy, acronym]}
  - {key: later, title: Sün and more, parties: [academy, acronym]}
plans:
  - key: p
    title: {en: Plan, az: Əsas plan}
    year: 2025
    owner: home
    unit: Şöbə
    language: az
    tasks:
      - {number: "2", task: {en: A main task, az: Əsas iş}, timing: May ayında, status: done}
      - {number: "1", task: Başqa əsas iş}
"""


def rows(reader: Reader, words: str, limit: int | None = None) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in find_anything(reader, words, TODAY, limit)]


def test_every_noun_is_searched_and_comes_in_its_turn(small: Reader) -> None:
    assert rows(small, "ESAS") == [
        ("institution", "c", None, "Cənub Əsas", None),
        ("institution", "b", None, "Çay Əsas", "company, North Cyprus"),
        ("institution", "home", None, "Home Əsas", "university, Baku, AZ"),
        ("agreement", "plain", "2026-002", "Cənub Əsas; Çay Əsas", "cooperation, unstated"),
        ("agreement", "titled", "2026-001", "An Əsas pact", "memorandum, expired, Çay Əsas"),
        ("event", "d", None, "Əsas again", "2025-06, Gəncə"),
        ("event", "e", None, "Day of Əsas", "--03-04, Home Əsas"),
        ("plan", "p", None, "Əsas plan", "2025, Şöbə, Home Əsas"),
        ("task", "p/1", None, "Başqa əsas iş", "2025, planned"),
        ("task", "p/2", None, "Əsas iş", "2025, May ayında, done"),
    ]


def test_what_is_called_exactly_so_comes_first_of_its_noun(small: Reader) -> None:
    assert [row[:2] for row in rows(small, "sün")] == [
        ("institution", "acronym"),
        ("institution", "academy"),
        ("agreement", "called"),
        ("agreement", "later"),
        ("event", "so-called"),
        ("event", "second"),
    ]
    assert [row[1] for row in rows(small, "sun")] == ["acronym", "academy", "later", "called", "second", "so-called"]


def test_row_names_its_parts_in_one_order(small: Reader) -> None:
    assert {tuple(row) for row in find_anything(small, "esas", TODAY)} == {("noun", "key", "ref", "label", "detail")}


@pytest.mark.parametrize("limit", range(12))
def test_limit_takes_the_first_of_all(small: Reader, limit: int) -> None:
    assert rows(small, "esas", limit) == rows(small, "esas")[:limit]


@pytest.mark.parametrize("words", ["esas", "esas cay", "horse", "", "%"])
def test_as_many_are_counted_as_are_found(small: Reader, words: str) -> None:
    assert count_anything(small, words) == len(rows(small, words))


def test_every_word_must_begin_a_word_of_the_record(small: Reader) -> None:
    assert [row[1] for row in rows(small, "esas cay")] == ["b", "plain", "titled"]
    assert rows(small, "sas") == []
    assert rows(small, "esas cay horse") == []


@pytest.mark.parametrize("words", ["", "   ", "%", '"', "* - ( )", "'; --", "\0"])
def test_text_without_words_finds_nothing(small: Reader, words: str) -> None:
    assert rows(small, words) == []


@pytest.mark.parametrize("words", ["esas AND", 'esas" OR "home', "esas NOT", "NEAR(esas)", "noun:esas"])
def test_what_looks_like_syntax_is_words(small: Reader, words: str) -> None:
    assert rows(small, words) == []


@pytest.mark.parametrize("words", ["xezer", "XƏZƏR", "Xəzər universi", "hazar hezer"])
def test_khazar_is_found_however_it_is_typed(seeds: Reader, words: str) -> None:
    found = [(row["noun"], row["key"]) for row in find_anything(seeds, words, TODAY) if row["noun"] != "agreement"]
    assert found == ([] if words == "hazar hezer" else [("institution", "khazar")])


def test_agreements_of_khazar_are_found_by_its_other_name(seeds: Reader) -> None:
    found = [row["key"] for row in find_anything(seeds, "xezer", TODAY) if row["noun"] == "agreement"]
    assert len(found) == len(set(found)) == 133


def test_round_table_and_veterans_plan_are_found_by_words_of_any_language(seeds: Reader) -> None:
    assert [row["key"] for row in find_anything(seeds, "deyirmi masa", TODAY)] == [
        "ada-azerbaijan-kazakhstan-round-table"
    ]
    assert [row["key"] for row in find_anything(seeds, "plan veteran activities", TODAY)] == ["mdu-veterans-2025"]
