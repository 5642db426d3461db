"""`mou partner add`, `mou event add` and `mou plan task add` on a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.asking.conftest import Steps, Terminal

SAVE = [("Save", "")]
TASK: Steps = (
    ("Number", ""),
    ("Task", "Write to the alumni"),
    ("Way", "by letter, by mail"),
    ("Way", "in person"),
    ("Way", ""),
    ("Executor", "Press Office"),
    ("Executor", ""),
    ("Timing", "May ayında"),
    ("Strategy", "2.3.1, 4.2"),
    ("Expected result", "Letters"),
)


def test_an_institution_is_recorded(terminal: Terminal) -> None:
    steps = [("Name", "Ganja State University"), ("Country", "azer"), ("Type", "1"), ("City", "Gəncə")]
    steps += [("Website", "https://gsu.edu.az"), ("Another name", "GSU"), ("Another name", "Gəncə, Universiteti")]
    talk = terminal.talk("partner", "add", steps=[*steps, ("Another name", ""), *SAVE])
    assert talk.code == 0
    assert talk.shown.endswith("ganja-state-university\n")
    row = terminal.mou.json("partner", "show", "ganja-state-university")
    assert (row["country"], row["type"], row["city"], row["website"]) == (
        "AZ",
        "university",
        "Gəncə",
        "https://gsu.edu.az",
    )
    assert [name["text"] for name in row["names"]] == ["GSU", "Gəncə, Universiteti"]


def test_an_institution_that_is_there_is_not_recorded_twice(terminal: Terminal) -> None:
    before = terminal.mou.content()
    talk = terminal.talk("partner", "add", steps=[("Name", "Bergen University"), ("Which one", "1")])
    assert talk.code == 130
    assert talk.shown.endswith("University of Bergen, Norway is in the register already: nothing is recorded.\n")
    assert terminal.mou.content() == before


BERGN = ("partner", "add", "Univercity of Bergn", "--city", "Bergen")


def test_a_name_that_was_said_and_is_like_another_is_asked_about(terminal: Terminal) -> None:
    before = terminal.mou.content()
    talk = terminal.talk(*BERGN, steps=[("Which one", "1")], env={"TERM": "dumb"})
    assert talk.shown.startswith(
        "  0  none of these: “Univercity of Bergn” is new\n  1  University of Bergen, Norway\n"
    )
    assert talk.shown.endswith("University of Bergen, Norway is in the register already: nothing is recorded.\n")
    assert talk.code == 130
    assert terminal.mou.content() == before


def test_a_number_with_many_zeros_before_it_is_one_that_is_not_there(terminal: Terminal) -> None:
    steps = [("Which one", "0000000019"), ("Which one", f"000000001{'7' * 5000}"), ("Which one", "0")]
    talk = terminal.talk(*BERGN, steps=steps, env={"TERM": "dumb"})
    assert (talk.code, talk.shown.splitlines()[-1]) == (0, "univercity-of-bergn")
    assert talk.shown.count("  write a number from 0 to 1\n") == 2


def test_a_name_that_was_said_may_turn_out_to_be_new(terminal: Terminal) -> None:
    talk = terminal.talk(*BERGN, steps=[("Which one", "0")])
    assert (talk.code, talk.shown.splitlines()[-1]) == (0, "univercity-of-bergn")
    assert terminal.mou.json("partner", "show", "univercity-of-bergn")["city"] == "Bergen"


def test_another_name_may_be_given_for_the_one_that_was_said(terminal: Terminal) -> None:
    talk = terminal.talk(*BERGN, steps=[("Which one", "UiT"), ("Which one", "Ganja State University")])
    assert (talk.code, talk.shown.splitlines()[-1]) == (0, "ganja-state-university")


def test_a_name_in_a_file_is_asked_about_too(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text("name: Univercity of Bergn\ncity: Bergen\n", "utf-8")
    talk = terminal.talk("partner", "add", "--from", str(tmp_path / "new.yaml"), steps=[("Which one", "0")])
    assert (talk.code, talk.shown.splitlines()[-1]) == (0, "univercity-of-bergn")


def test_off_a_terminal_a_name_like_another_is_refused(terminal: Terminal) -> None:
    assert terminal.mou.fails(5, *BERGN).err == (
        "mou: there is no institution 'Univercity of Bergn', but University of Bergen (uib)\n"
        "hint: say one of them, or --new for another\n"
    )


def test_an_event_is_recorded(terminal: Terminal) -> None:
    steps = [("Name", "Round table"), ("Held", "--03-04"), ("Place", "Baku"), ("Host", "xezer"), ("Which one", "")]
    talk = terminal.talk("event", "add", steps=[*steps, ("Declared", "memoranda=40"), *SAVE], env={"TERM": "dumb"})
    assert talk.code == 0
    assert "\n  4 March\n" in talk.shown
    assert "\n  40 memoranda\n" in talk.shown
    row = terminal.mou.json("event", "show", "round-table")
    assert (row["held_on"], row["place"], row["host"]["key"], row["declared"]) == (
        "--03-04",
        "Baku",
        "khazar",
        {"memoranda": 40},
    )


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_a_task_is_recorded_under_the_next_number(terminal: Terminal, term: str) -> None:
    talk = terminal.talk("plan", "task", "add", steps=[*TASK, *SAVE], env={"TERM": term})
    assert talk.code == 0
    assert talk.shown.endswith("p25/5.10\n")
    assert "May ayında: deadline 31 May 2025\n" in talk.shown
    row = terminal.mou.json("plan", "task", "show", "5.10")
    assert (row["task"], row["ways"], row["executors"]) == (
        "Write to the alumni",
        ["by letter, by mail", "in person"],
        ["Press Office"],
    )
    assert (row["deadline"], row["strategy"], row["expected_result"]) == ("2025-05-31", ["2.3.1", "4.2"], "Letters")


@pytest.mark.parametrize(
    ("timing", "told"),
    [
        ("regularly", "regularly: regularly, without a deadline"),
        ("when the moon is full", "when the moon is full: not understood, so without a deadline"),
    ],
)
def test_a_timing_without_a_deadline_is_told_as_such(terminal: Terminal, timing: str, told: str) -> None:
    steps = [(label, timing if label == "Timing" else typed) for label, typed in TASK]
    assert f"  {told}\n" in terminal.talk("plan", "task", "add", steps=[*steps, *SAVE], env={"TERM": "dumb"}).shown


def test_the_only_open_plan_is_shown_before_a_task_goes_into_it(terminal: Terminal) -> None:
    talk = terminal.talk("plan", "task", "add", steps=[*TASK, *SAVE])
    review = talk.shown[talk.shown.rindex("Expected result") :]
    assert re.search(r"\n +Plan +p25, 2025\n", review)


def test_the_plan_is_asked_for_where_several_are_open(terminal: Terminal) -> None:
    terminal.mou("plan", "add", "p26", "--year", "2026", "--owner", "adu")
    talk = terminal.talk("plan", "task", "add", steps=[("Plan", "p26"), *TASK, *SAVE])
    assert talk.code == 0
    assert talk.shown.endswith("p26/1\n")
    assert terminal.mou.json("plan", "task", "show", "p26/1")["deadline"] == "2026-05-31"


def test_a_number_that_is_taken_is_refused(terminal: Terminal) -> None:
    steps = [("Number", "\x155.1"), ("Number", "\x157")]
    talk = terminal.talk("plan", "task", "add", steps=[*steps, *TASK[1:], *SAVE])
    assert "there is a task p25/5.1 already" in talk.shown
    assert talk.shown.endswith("p25/7\n")
