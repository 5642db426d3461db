"""What others record while somebody is asked: it is seen when the answers are recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal import see_the_end

if TYPE_CHECKING:
    import pexpect

    from tests.asking.conftest import Steps, Terminal

DUMB = {"TERM": "dumb"}
REST: Steps = (
    *(("Type", ""), ("Areas", ""), ("Title", ""), ("Signed", ""), ("Starts", ""), ("Ends", ""), ("Renewal", "")),
    *(("Notice", ""), ("Signatories, unit, note", "")),
)
NEW: Steps = (("Partner", "Oslo Metropolitan"), ("Country", "Norway"), ("Partner type", "1"), ("Another partner", ""))
EVENT: Steps = (("Name", "Round table"), ("Held", ""), ("Place", ""), ("Host", ""), ("Declared", ""))
TASK: Steps = (
    *(("Number", "7"), ("Task", "Write"), ("Way", ""), ("Executor", ""), ("Timing", ""), ("Strategy", "")),
    ("Expected result", ""),
)
INSTITUTION: Steps = (
    *(("Name", "Oslo Metropolitan"), ("Country", ""), ("Type", ""), ("City", ""), ("Website", "")),
    ("Another name", ""),
)


def begin(terminal: Terminal, *arguments: str, steps: Steps) -> pexpect.spawn[str]:
    """Answer the questions, and stand before all of it is saved."""
    child = terminal.start(*arguments, env=DUMB)
    for label, typed in steps:
        answer(child, label, typed)
    child.expect(r"Save[^\n]*: $")
    return child


def answer(child: pexpect.spawn[str], label: str, typed: str) -> None:
    child.expect(rf"{label}[^\n]*: $")
    child.sendline(typed)


@pytest.mark.parametrize(
    ("meanwhile", "says"),
    [
        ("Oslo Metropolitan", "there is an institution 'Oslo Metropolitan' already: oslo-metropolitan"),
        ("Oslo Metropolitan Uni", "but Oslo Metropolitan Uni (oslo-metropolitan-uni)"),
    ],
)
def test_a_new_partner_that_has_come_in_meanwhile_is_not_recorded_twice(
    terminal: Terminal, meanwhile: str, says: str
) -> None:
    child = begin(terminal, "add", steps=[*NEW, *REST])
    terminal.mou("partner", "add", meanwhile)
    child.sendline("")
    child.expect_exact(says)
    answer(child, "Save", "1")
    answer(child, "Partner", "Oslo Metropolitan")
    if meanwhile != "Oslo Metropolitan":
        answer(child, "Which one", "1")
    answer(child, "Another partner", "")
    answer(child, "Save", "")
    assert see_the_end(child).splitlines()[-1] == "2025-001"
    found = terminal.mou.json("partner", "list", "metropolitan")
    assert [(row["name"], row["agreements"]) for row in found] == [(meanwhile, 1)]


def test_one_that_was_seen_and_is_another_is_recorded_all_the_same(terminal: Terminal) -> None:
    terminal.mou("partner", "add", "Oslo Metropolitan Uni")
    steps = [NEW[0], ("Which one", "0"), *NEW[1:], *REST]
    child = begin(terminal, "add", steps=steps)
    terminal.mou("partner", "add", "Ganja State University")
    child.sendline("")
    assert see_the_end(child).splitlines()[-1] == "2025-001"
    assert len(terminal.mou.json("partner", "list", "oslo metropolitan")) == 2


def test_two_new_partners_that_are_alike_are_both_recorded(terminal: Terminal) -> None:
    first, second = ("Partner", "Oslo College One"), ("Another partner", "Oslo College Two")
    steps = [first, *NEW[1:3], second, *NEW[1:], *REST]
    child = begin(terminal, "add", steps=steps)
    child.sendline("")
    assert see_the_end(child).splitlines()[-1] == "2025-001"
    assert len(terminal.mou.json("partner", "list", "oslo college")) == 2


def test_a_new_institution_that_has_come_in_meanwhile_is_not_recorded_twice(terminal: Terminal) -> None:
    child = begin(terminal, "partner", "add", steps=INSTITUTION)
    terminal.mou("partner", "add", "Oslo Metropolitan")
    child.sendline("")
    child.expect_exact("there is an institution 'Oslo Metropolitan' already: oslo-metropolitan")
    answer(child, "Save", "0")
    see_the_end(child)
    assert child.exitstatus == 130
    assert len(terminal.mou.json("partner", "list", "metropolitan")) == 1


def test_a_name_that_was_asked_about_is_asked_about_again(terminal: Terminal) -> None:
    child = terminal.start("partner", "add", "Univercity of Bergn", env=DUMB)
    child.expect(r"Which one[^\n]*: $")
    terminal.mou("partner", "add", "Univercity of Bergn", "--new", "--key", "theirs")
    child.sendline("0")
    child.expect_exact("1  Univercity of Bergn")
    answer(child, "Which one", "1")
    see_the_end(child)
    assert child.exitstatus == 130
    assert [row["key"] for row in terminal.mou.json("partner", "list", "bergn")] == ["theirs"]


def test_a_partner_that_was_merged_meanwhile_is_chosen_again(terminal: Terminal) -> None:
    child = begin(terminal, "add", steps=[("Partner", "uib"), ("Another partner", ""), *REST])
    terminal.mou("partner", "merge", "uit", "uib", "--yes")
    child.sendline("")
    child.expect_exact("institution uib is no longer in the register: tester removed it")
    answer(child, "Save", "1")
    answer(child, "Partner", "University of Bergen")
    answer(child, "Another partner", "")
    answer(child, "Save", "")
    assert see_the_end(child).splitlines()[-1] == "2025-001"
    assert terminal.mou.json("show", "2025-001")["partners"][0]["key"] == "uit"


def test_what_was_offered_of_another_agreement_is_recorded_as_it_was_seen(terminal: Terminal) -> None:
    steps = [("Partner", ""), ("Another partner", ""), *REST[:7], ("Renewal term", ""), *REST[7:]]
    child = begin(terminal, "add", "--like", "2024-001", steps=steps)
    terminal.mou("edit", "2024-001", "--type", "memorandum", "--tag", "theirs")
    child.sendline("")
    assert see_the_end(child).splitlines()[-1] == "2025-001"
    row = terminal.mou.json("show", "2025-001")
    assert (row["type"], row["tags"]) == ("exchange", ["law"])


@pytest.mark.parametrize(
    ("add", "steps", "meanwhile", "says"),
    [
        (("event", "add"), EVENT, ("event", "add", "Round table"), "there is an event round-table already"),
        (
            ("plan", "task", "add"),
            TASK,
            ("plan", "task", "add", "7", "--task", "Theirs"),
            "there is a task p25/7 already",
        ),
        (("plan", "task", "add"), TASK, ("plan", "remove", "p25", "--yes"), "which plan is meant?"),
    ],
)
def test_what_others_have_recorded_under_the_same_key_is_left_alone(
    terminal: Terminal, add: tuple[str, ...], steps: Steps, meanwhile: tuple[str, ...], says: str
) -> None:
    child = begin(terminal, *add, steps=steps)
    terminal.mou(*meanwhile)
    before = terminal.mou("export").out
    child.sendline("")
    child.expect_exact(says)
    answer(child, "Save", "0")
    see_the_end(child)
    assert child.exitstatus == 130
    assert terminal.mou("export").out == before
