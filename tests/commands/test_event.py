"""`mou event`: ceremonies and visits, with what they declared beside what the register holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Mou


def test_an_added_event_has_what_was_said(small: Mou) -> None:
    answer = small(
        *("event", "add", "Spring Visit", "--held", "1 May 2024", "--place", "Oslo", "--host", "Tromsø"),
        *("--declared", "memoranda=3, universities=2", "--person", "Ane Lie", "--person", "Bo", "--topic", "Energy"),
        *("--note", "N"),
    )
    assert (answer.out, answer.err) == ("spring-visit\n", "")
    row = small.json("event", "show", "spring")
    told = {name: row[name] for name in ("name", "held_on", "place", "declared", "topics", "note")}
    assert told == {
        "name": "Spring Visit",
        "held_on": "2024-05-01",
        "place": "Oslo",
        "declared": {"memoranda": 3, "universities": 2},
        "topics": ["Energy"],
        "note": "N",
    }
    assert (row["host"]["key"], [(p["name"], p["role"]) for p in row["people"]]) == (
        *("uit", [("Ane Lie", "participant"), ("Bo", "participant")]),
    )


def test_what_is_recorded_is_counted_beside_what_was_declared(small: Mou) -> None:
    small("event", "add", "Visit", "--key", "v", "--declared", "memoranda=3,universities=9,flowers=5")
    small("add", "--partner", "uit", "--type", "memorandum", "--event", "v")
    small("add", "--partner", "uit", "--partner", "tsu", "--type", "contract", "--event", "v")
    row = small.json("event", "show", "v")
    assert row["declared"] == {"memoranda": 3, "universities": 9, "flowers": 5}
    assert row["recorded"] == {"memoranda": 1, "universities": 3, "flowers": 0, "agreements": 2}


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ((), ["e2023", "e2024", "e05", "none", "yearless"]),
        (("--held-from", "2024"), ["e2024", "e05"]),
        (("--held-to", "2024-04-30"), ["e2023", "e2024"]),
        (("--held-from", "2024-05-15", "--held-to", "2024-05-15"), ["e2024", "e05"]),
        (("--unknown", "held"), ["none", "yearless"]),
        (("--host", "uit"), ["e2023"]),
        (("--sort", "-held"), ["e05", "e2024", "e2023", "none", "yearless"]),
        (("--sort", "key"), ["e05", "e2023", "e2024", "none", "yearless"]),
        (("--sort", "-key"), ["yearless", "none", "e2024", "e2023", "e05"]),
        (("--sort", "name"), ["e05", "e2023", "e2024", "none", "yearless"]),
        (("--sort", "-name", "--limit", "2"), ["yearless", "none"]),
        (("e05",), ["e05"]),
    ],
)
def test_events_are_narrowed_and_ordered(small: Mou, options: tuple[str, ...], keys: list[str]) -> None:
    for key, held in (("e2024", "2024"), ("e05", "2024-05"), ("e2023", "2023-12-31"), ("yearless", "--05-15")):
        small("event", "add", key, "--held", held)
    small("event", "add", "none")
    small("event", "edit", "e2023", "--host", "uit")
    assert [row["key"] for row in small.json("event", "list", *options)] == keys


def test_what_is_not_found_is_told_where_to_look_for(seeds: Mou) -> None:
    answer = seeds.fails(4, "event", "show", "nothing")
    assert answer.err.splitlines()[1] == "hint: `mou event list --columns key,name` shows those there are"
    answer = seeds.fails(4, "plan", "show", "nothing")
    assert answer.err.splitlines()[1] == "hint: `mou plan list` shows those there are"
    answer = seeds.fails(4, "list", "--region", "Atlantis")
    assert answer.err.splitlines()[1] == "hint: `mou stats --by region` shows those there are"


NO_KEY = " is not a key: letters a–z, digits, dot, dash and underscore, at most 100, no space"


@pytest.mark.parametrize(
    ("arguments", "code", "first"),
    [
        (("show", "nothing"), 4, "mou: there is no event 'nothing'"),
        (("add",), 2, "mou: an event needs a name"),
        (("add", "round", "--key", "ada-azerbaijan-kazakhstan-round-table"), 5,
            "mou: there is an event ada-azerbaijan-kazakhstan-round-table already"),
        (("add", "A", "--key", "a b"), 2, f"mou: --key: 'a b'{NO_KEY}"),
        (("add", "A", "--held", "--02-30"), 2, None),
        (("add", "A", "--declared", "memoranda"), 2,
            "mou: --declared: write name=number, such as memoranda=40, with commas between"),
        (("add", "A", "--declared", "memoranda=x"), 2, "mou: --declared: 'x' is not a whole number"),
        (("add", "A", "--declared", "memoranda=-1"), 2, "mou: --declared: -1 is not between 0 and 2147483647"),
        (("add", "A", "--host", "nobody"), 4, "mou: there is no institution 'nobody'"),
        (("list", "--unknown", "name"), 2, "mou: --unknown: 'name' is none of held"),
        (("list", "--held-from", "--03-04"), 2, "mou: --held-from: '--03-04' has no year"),
        (("edit", "round table"), 2, "mou: nothing is said that would change"),
        (("edit", "round table", "--name", ""), 2, "mou: --name: name may not be empty"),
        (("remove", "round table"), 2, "mou: removing event ada-azerbaijan-kazakhstan-round-table has to be confirmed"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(seeds: Mou, arguments: tuple[str, ...], code: int, first: str | None) -> None:
    answer = seeds.fails(code, "event", *arguments)
    assert answer.out == ""
    assert first is None or answer.err.splitlines()[0] == first
    assert seeds.json("event", "list", "--count") == {"count": 1}


def test_an_event_is_changed_and_removed(seeds: Mou) -> None:
    row = seeds.json("event", "edit", "round table", "--held", "2024-03-04", "--declared", "")
    assert (row["held_on"], row["declared"], len(row["people"])) == ("2024-03-04", {}, 4)
    assert seeds("event", "list", "--held-from", "2024", "--count").out == "1\n"
    assert seeds("event", "remove", "round table", "--yes").err == (
        "remove event ada-azerbaijan-kazakhstan-round-table\n"
    )
    assert seeds.json("event", "list") == []


def test_an_event_that_is_mentioned_stays(small: Mou) -> None:
    small("event", "add", "V")
    small("add", "--partner", "uit", "--event", "v")
    answer = small.fails(5, "event", "remove", "v", "--yes")
    assert answer.err == "mou: event v is mentioned by agreement 2025-001\nhint: change or remove those first\n"
