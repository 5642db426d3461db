"""`mou add --like`: what is taken over from another agreement, and what is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.asking.conftest import Terminal
    from tests.conftest import Mou

TAKEN = {
    "type": "exchange",
    "areas": ["student-exchange", "joint-research"],
    "term": "3y",
    "renewal": "tacit",
    "renewal_term": "1y",
    "notice": "3m",
    "unit": "International Office",
    "tags": ["law"],
    "title": None,
    "place": None,
    "signed_on": None,
    "ref": "2025-001",
    "key": "2025-001",
    "stage": "unstated",
    "starts_on": None,
}


def of(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in TAKEN}


def test_off_a_terminal_everything_but_dates_is_taken_over(known: Mou) -> None:
    answer = known("add", "--like", "2024-001")
    assert answer.out == "2025-001\n"
    row = known.json("show", "2025-001")
    assert of(row) == TAKEN
    assert [partner["key"] for partner in row["partners"]] == ["uit"]
    exported = known("export").out.partition("2025-001")[2]
    assert "unit: Faculty of Law" in exported


def test_options_win(known: Mou) -> None:
    known("add", "--like", "2024-001", "--partner", "uib", "--type", "memorandum", "--ends", "2030", "--signed", "2025")
    row = known.json("show", "2025-001")
    assert (row["type"], row["term"], row["ends_from"], row["signed_on"]) == ("memorandum", None, "2030-01-01", "2025")
    assert [partner["key"] for partner in row["partners"]] == ["uib"]


def test_one_that_is_not_there_is_an_error(known: Mou) -> None:
    assert known.fails(4, "add", "--like", "2024-777").err.startswith("mou: there is no agreement 2024-777\n")


def test_on_a_terminal_it_is_offered(terminal: Terminal) -> None:
    steps = [("Partner", ""), ("Another partner", ""), ("Type", ""), ("Areas", ""), ("Title", "New")]
    steps += [("Signed", "2025-05-01"), ("Starts", ""), ("Ends", ""), ("Renewal", "\x15none"), ("Notice", "\x15")]
    talk = terminal.talk("add", "--like", "2024-001", steps=[*steps, ("Signatories, unit, note", ""), ("Save", "")])
    assert talk.code == 0
    row = terminal.mou.json("show", "2025-001")
    assert of(row) == TAKEN | {
        "title": "New",
        "signed_on": "2025-05-01",
        "starts_on": "2025-05-01",
        "stage": "signed",
        "renewal": "none",
        "renewal_term": None,
        "notice": None,
    }


def test_of_an_agreement_of_several_homes_no_home_is_lost(terminal: Terminal) -> None:
    terminal.mou("partner", "edit", "khazar", "--home")
    terminal.mou("edit", "2024-001", "--home", "adu", "--home", "khazar")
    steps = [("Home", ""), ("Partner", ""), ("Another partner", ""), ("Another partner", ""), ("Type", "")]
    steps += [("Areas", ""), ("Title", "New"), ("Signed", ""), ("Starts", ""), ("Ends", ""), ("Renewal", "")]
    steps += [("Renewal term", ""), ("Notice", ""), ("Signatories, unit, note", ""), ("Save", "")]
    assert terminal.talk("add", "--like", "2024-001", steps=steps).code == 0
    row = terminal.mou.json("show", "2025-001")
    assert sorted(party["key"] for party in row["parties"]) == ["adu", "khazar", "uit"]
