from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mou_cli.output.nouns import KEYS
from mou_cli.views.event import EventFilter, count_events, find_events

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader

SMALL = """\
format: mou/1
home: [home]
institutions:
  - {key: home, name: Home University, type: university, country: AZ}
  - {key: uni, name: Other University, type: university}
  - {key: firm, name: A Company, type: company}
  - {key: untyped, name: Body}
events:
  - key: fair
    name: {en: Fair, az: Sərgi}
    held: 2024-05-01
    place: Baku
    host: home
    declared: {Memorandums: 9, letters of intent: 3, companies: 2, contracts: 1, horses: 5, double-degree: 7}
    topics: [Mobility, {az: Dil, en: Language}]
    people:
      - {name: Ann, names: {az: Enn}, role: speaker, position: {az: Rektor, en: Rector}, party: home}
      - {name: Bob}
    note: {az: Qeyd}
    source: {document: News, line: 3}
  - {key: yearly, name: Çay Day, held: 2023}
  - {key: monthly, name: Dinner, held: 2024-05, host: uni}
  - {key: dayless, name: Birthday, held: --03-04}
  - {key: undated, name: əlaqə}
agreements:
  - {key: a1, type: memorandum, parties: [home, uni], event: fair}
  - {key: a2, type: memorandum, parties: [home, firm, untyped], event: fair}
  - {key: a3, type: letter-of-intent, parties: [home, uni], event: fair}
  - {key: a4, type: memorandum, parties: [uni, firm], event: monthly}
  - {key: a5, type: contract, parties: [home, firm]}
"""
FAIR = {
    "key": "fair",
    "name": "Fair",
    "held_on": "2024-05-01",
    "place": "Baku",
    "host": {"key": "home", "name": "Home University", "country": "AZ", "territory": None, "type": "university"},
    "declared": {
        "Memorandums": 9,
        "letters of intent": 3,
        "companies": 2,
        "contracts": 1,
        "horses": 5,
        "double-degree": 7,
    },
    "recorded": {
        "Memorandums": 2,
        "letters of intent": 1,
        "companies": 1,
        "contracts": 0,
        "horses": 0,
        "double-degree": 0,
        "memoranda": 2,
        "agreements": 3,
        "universities": 2,
    },
    "topics": ["Mobility", "Language"],
    "people": [
        {
            "name": "Ann",
            "names": {"az": "Enn"},
            "role": "speaker",
            "position": "Rector",
            "party": "home",
            "texts": {"position": {"az": "Rektor", "en": "Rector"}},
        },
        {"name": "Bob", "names": {}, "role": "participant", "position": None, "party": None, "texts": {}},
    ],
    "note": "Qeyd",
    "texts": {
        "name": {"en": "Fair", "az": "Sərgi"},
        "note": {"az": "Qeyd"},
        "topics": {"az": ["Mobility", "Dil"], "en": ["Mobility", "Language"]},
    },
    "source": {"document": "News", "line": 3},
}


def keys(reader: Reader, wanted: EventFilter, sort: str = "held", limit: int | None = None) -> list[str]:
    return [row["key"] for row in find_events(reader, wanted, sort, limit)]


def test_row_holds_what_was_declared_beside_what_is_recorded(small: Reader) -> None:
    (row,) = find_events(small, EventFilter(key="fair"))
    assert row == FAIR
    assert list(row["recorded"]) == list(FAIR["recorded"])


def test_row_has_the_keys_of_the_contract_in_their_order(small: Reader) -> None:
    for row in find_events(small, EventFilter()):
        assert tuple(row) == KEYS["event"]


def test_every_event_has_its_own_numbers(small: Reader) -> None:
    recorded = {row["key"]: tuple(row["recorded"].values()) for row in find_events(small, EventFilter()) if row != FAIR}
    nothing = (0, 0, 0)
    assert recorded == {"monthly": (1, 1, 1), "yearly": nothing, "dayless": nothing, "undated": nothing}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EventFilter(), ["yearly", "monthly", "fair", "dayless", "undated"]),
        (EventFilter(host="uni"), ["monthly"]),
        (EventFilter(held_from=date(2024, 5, 1)), ["monthly", "fair"]),
        (EventFilter(held_from=date(2024, 5, 2)), ["monthly"]),
        (EventFilter(held_from=date(2023, 12, 31), held_to=date(2024, 4, 30)), ["yearly"]),
        (EventFilter(held_from=date(1000, 1, 1), held_to=date(2999, 12, 31)), ["yearly", "monthly", "fair"]),
        (EventFilter(unknown=("held",)), ["dayless", "undated"]),
        (EventFilter(words="sergi"), ["fair"]),
        (EventFilter(words="elaq"), ["undated"]),
        (EventFilter(words="..."), []),
    ],
)
def test_filters_narrow_together(small: Reader, wanted: EventFilter, found: list[str]) -> None:
    assert keys(small, wanted) == found
    assert count_events(small, wanted) == len(found)


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("held", ["yearly", "monthly", "fair", "dayless", "undated"]),
        ("-held", ["monthly", "fair", "yearly", "dayless", "undated"]),
        ("name", ["dayless", "yearly", "monthly", "undated", "fair"]),
        ("-name", ["fair", "undated", "monthly", "yearly", "dayless"]),
        ("key", ["dayless", "fair", "monthly", "undated", "yearly"]),
    ],
)
def test_order_follows_days_and_the_alphabet_with_the_unknown_last(small: Reader, sort: str, found: list[str]) -> None:
    assert keys(small, EventFilter(), sort) == found
    assert keys(small, EventFilter(), sort, 3) == found[:3]


def test_round_table_declared_forty_memoranda_of_which_none_is_recorded(seeds: Reader) -> None:
    (row,) = find_events(seeds, EventFilter(host="ada"))
    assert row["held_on"] == "--03-04"
    assert row["declared"] == {"memoranda": 40, "universities": 17}
    assert row["recorded"] == {"memoranda": 0, "universities": 0, "agreements": 0}
    assert [person["name"] for person in row["people"]] == [
        "Hafiz Pashayev",
        "Sayasat Nurbek",
        "Emin Amrullayev",
        "Alim Bayel",
    ]
    assert {person["role"] for person in row["people"]} == {"speaker"}


def test_round_table_has_no_year_and_so_no_date_filter_finds_it(seeds: Reader) -> None:
    assert count_events(seeds, EventFilter(held_from=date(1000, 1, 1))) == 0
    assert count_events(seeds, EventFilter(held_to=date(2999, 12, 31))) == 0
    assert keys(seeds, EventFilter(unknown=("held",))) == ["ada-azerbaijan-kazakhstan-round-table"]
