"""Stopping a conversation leaves nothing behind, wherever it is stopped; and what cannot be recorded is not lost."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.asking.test_ask_agreement import DUMB, SAVE, SHORT
from tests.asking.test_ask_others import TASK

if TYPE_CHECKING:
    from pathlib import Path

    from tests.asking.conftest import Steps, Terminal
    from tests.conftest import Mou

INTERRUPT, END = "\x03", "\x04"
NEW: Steps = (("Partner", "Oslo Metropolitan"), ("Country", "Norway"), ("Partner type", "1"), *SHORT[1:], *SAVE)
# A line has been typed, and while it is taken an interrupt comes at one call of a function of so many.
ASK = """
import os, signal, sys
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from mou_cli.asking.edited_line import EditedPrompt
from mou_cli.asking.line import Asked

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs tests in the background has it ignored

def take(interrupted_at):
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"
        if event == "call" and calls == interrupted_at:
            os.kill(os.getpid(), signal.SIGINT)

    with create_pipe_input() as source:
        source.send_text("typed\\r")
        prompt = EditedPrompt(source, DummyOutput(), colour=False)
        sys.setprofile(count)
        try:
            answer = prompt.line(Asked("Label"))
        except KeyboardInterrupt:
            answer = "interrupted"
        finally:
            sys.setprofile(None)
    return calls, answer

every, answer = take(None)
assert answer == "typed", answer
for at in range(2, every, every // 100):
    if not (child := os.fork()):
        signal.alarm(20)
        calls, answer = take(at)
        os._exit(0 if answer == "interrupted" or calls < at else 1)  # not every line takes as many
    ended = os.waitpid(child, 0)[1]
    assert ended == 0, (at, every, ended)
"""


def test_no_interrupt_is_lost_whenever_it_comes_and_nothing_is_shown_of_it() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("asked", range(len(NEW)))
@pytest.mark.parametrize("key", [INTERRUPT, END])
def test_stopping_at_any_question_changes_no_byte(terminal: Terminal, asked: int, key: str) -> None:
    before = terminal.mou.content()
    talk = terminal.talk("add", steps=[*NEW[:asked], (NEW[asked][0], key)])
    assert talk.code == 130
    assert talk.shown.endswith("mou: interrupted\n")
    assert terminal.mou.content() == before
    assert terminal.mou("add", "--partner", "uib").out == "2025-001\n"


@pytest.mark.parametrize("key", [INTERRUPT, END])
def test_stopping_on_a_terminal_that_only_prints(terminal: Terminal, key: str) -> None:
    before = terminal.mou.content()
    talk = terminal.talk("add", steps=[*SHORT[:5], (SHORT[5][0], key)], env=DUMB)
    assert talk.code == 130
    assert terminal.mou.content() == before


@pytest.mark.parametrize("command", ["partner add", "event add", "plan task add"])
def test_the_other_nouns_are_left_alone_too(terminal: Terminal, command: str) -> None:
    first = TASK[0][0] if "task" in command else "Name"
    before = terminal.mou.content()
    assert terminal.talk(*command.split(), steps=[(first, INTERRUPT)]).code == 130
    assert terminal.mou.content() == before


def test_giving_up_in_the_end_changes_no_byte(terminal: Terminal) -> None:
    before = terminal.mou.content()
    talk = terminal.talk("add", steps=[*NEW[:-1], ("Save", "0")])
    assert talk.code == 130
    assert talk.shown.endswith("Given up: nothing is recorded.\n")
    assert terminal.mou.content() == before


def test_no_register_is_made_by_what_is_given_up(terminal: Terminal, absent: Mou) -> None:
    talk = terminal.talk(
        "add", steps=[("Home", "A university"), ("Country", INTERRUPT)], env={"MOU_DB": absent.address}
    )
    assert talk.code == 130
    assert not absent.exists


def test_others_may_write_while_somebody_is_asked(terminal: Terminal) -> None:
    child = terminal.start("add", env=DUMB)
    child.expect_exact("Partner")
    terminal.mou("add", "--partner", "uit")
    child.sendcontrol("c")
    child.expect_exact("interrupted")


def test_what_cannot_be_saved_can_be_tried_again(terminal: Terminal) -> None:
    child = terminal.start("add", env=DUMB | {"MOU_TIMEOUT": "0.1"})
    for label, typed in SHORT:
        child.expect(rf"{label}[^\n]*: $")
        child.sendline(typed)
    child.expect_exact("give up): ")
    with terminal.mou.locked():
        child.sendline("")
        child.expect_exact("is locked")
        child.expect_exact("Save (Enter: try again; a number: change it; f: keep in a file; 0: give up): ")
    child.sendline("")
    child.expect_exact("2025-001")
    assert terminal.mou.json("show", "2025-001")["ends_on"] == "2027-04-30"


def test_what_cannot_be_saved_can_be_kept_in_a_file_that_add_reads(terminal: Terminal, tmp_path: Path) -> None:
    child = terminal.start("add", env=DUMB | {"MOU_TIMEOUT": "0.1"})
    steps = [("Partner", "Oslo's Metropolitan"), ("Country", "Norway"), ("Partner type", "1"), *SHORT[1:]]
    for label, typed in steps:
        child.expect(rf"{label}[^\n]*: $")
        child.sendline(typed)
    child.expect_exact("give up): ")
    with terminal.mou.locked():
        child.sendline("")
        child.expect_exact("0: give up): ")
        child.sendline("f")
        child.expect_exact("File [mou-agreement.yaml]: ")
        child.sendline("")
        child.expect_exact("Kept in mou-agreement.yaml")
        child.expect_exact("is locked")
    child.wait()
    assert child.exitstatus == 6
    kept = tmp_path / "mou-agreement.yaml"
    assert kept.stat().st_mode & 0o077 == 0
    first, second, *_rest = kept.read_text("utf-8").splitlines()
    partner = (
        "# mou partner add 'Oslo'\"'\"'s Metropolitan' --new --key oslos-metropolitan --country NO --type university"
    )
    assert (first, second) == (partner, "# mou add --from mou-agreement.yaml")
    terminal.mou("partner", "add", "Oslo's Metropolitan", "--new", "--key", "oslos-metropolitan", "--country", "NO")
    ref = terminal.mou("add", "--from", str(kept)).out.strip()
    row = terminal.mou.json("show", ref)
    assert (row["type"], row["ends_on"], row["partners"][0]["key"]) == (
        "memorandum",
        "2027-04-30",
        "oslos-metropolitan",
    )
