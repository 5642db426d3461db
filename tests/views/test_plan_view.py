from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mou_cli.output.nouns import KEYS
from mou_cli.views.plan import PlanFilter, count_plans, find_plans

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader

SMALL = """\
format: mou/1
home: [home]
institutions:
  - {key: home, name: Home}
  - {key: other, name: Other}
plans:
  - key: a
    title: {en: Plan, az: Tədbirlər}
    year: 2025
    owner: home
    unit: Office
    language: az
    responsible: A. B.
    status: closed
    closed: 2026-01-15
    note: {en: Note}
    source: {document: Paper, line: 2}
    tasks:
      - {number: "1", task: one, status: done}
      - {number: "2", task: two, status: dropped}
      - {number: "3", task: three, status: done}
      - {number: "4", task: four}
  - {key: b, year: 2024, owner: other}
  - key: c
    year: 2025
    owner: other
    title: {en: Plan C, az: Plan Ç}
    tasks: [{number: "1", task: one}]
"""
WHOLE = {
    "key": "a",
    "title": "Tədbirlər",
    "year": 2025,
    "owner": "home",
    "unit": "Office",
    "language": "az",
    "responsible": "A. B.",
    "status": "closed",
    "closed_on": "2026-01-15",
    "tasks": 4,
    "done": 2,
    "note": "Note",
    "texts": {"title": {"en": "Plan", "az": "Tədbirlər"}, "note": {"en": "Note"}},
    "source": {"document": "Paper", "line": 2},
}


def keys(reader: Reader, wanted: PlanFilter, sort: str = "year", limit: int | None = None) -> list[str]:
    return [row["key"] for row in find_plans(reader, wanted, sort, limit)]


def test_row_counts_the_tasks_and_those_that_are_done(small: Reader) -> None:
    assert list(find_plans(small, PlanFilter(key="a"))) == [WHOLE]


def test_row_has_the_keys_of_the_contract_in_their_order(small: Reader) -> None:
    for row in find_plans(small, PlanFilter()):
        assert tuple(row) == KEYS["plan"]


def test_plan_that_says_no_language_is_shown_in_english(small: Reader) -> None:
    (row,) = find_plans(small, PlanFilter(key="c"))
    assert (row["title"], row["tasks"], row["done"], row["status"]) == ("Plan C", 1, 0, "open")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (PlanFilter(), ["b", "a", "c"]),
        (PlanFilter(key="z"), []),
        (PlanFilter(year=2025), ["a", "c"]),
        (PlanFilter(owner="other"), ["b", "c"]),
        (PlanFilter(open=True), ["b", "c"]),
        (PlanFilter(open=False), ["a"]),
        (PlanFilter(open=True, year=2024), ["b"]),
        (PlanFilter(words="tedbir"), ["a"]),
    ],
)
def test_filters_narrow_together(small: Reader, wanted: PlanFilter, found: list[str]) -> None:
    assert keys(small, wanted) == found
    assert count_plans(small, wanted) == len(found)


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("year", ["b", "a", "c"]),
        ("-year", ["a", "c", "b"]),
        ("owner", ["a", "b", "c"]),
        ("-owner", ["b", "c", "a"]),
        ("-key", ["c", "b", "a"]),
    ],
)
def test_order_ends_in_the_key(small: Reader, sort: str, found: list[str]) -> None:
    assert keys(small, PlanFilter(), sort) == found
    assert keys(small, PlanFilter(), sort, 1) == found[:1]


def test_veterans_plan_of_the_seeds_has_eleven_tasks_and_none_done(seeds: Reader) -> None:
    (row,) = find_plans(seeds, PlanFilter(year=2025))
    assert (row["key"], row["owner"], row["status"], row["tasks"], row["done"]) == (
        "mdu-veterans-2025",
        "mdu",
        "open",
        11,
        0,
    )
    assert row["title"].startswith("Mingəçevir Dövlət Universitetinin")
