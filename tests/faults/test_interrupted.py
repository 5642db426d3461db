"""Interrupts that come while SQLite is at work, where Python is told of nothing."""

from __future__ import annotations

import signal
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.loaded import Process

if TYPE_CHECKING:
    from tests.conftest import Answer
    from tests.faults.conftest import Trial

# Sends the interrupt the so-many-th time that SQLite lets the program look up from a statement: in those of a large
# register it does so again and again, here after a few steps.
INTERRUPT_AT_STEP = """
import os, signal, sys
from mou_cli.store import interrupt

looks = int(sys.argv.pop(1))

def look():
    global looks
    looks -= 1
    if not looks:
        os.kill(os.getpid(), signal.SIGINT)
    return 0

interrupt.STEPS, interrupt._look = 50, look
from mou_cli.__main__ import main
main()
"""

# Sends it in the middle of a check that never comes to its end.
INTERRUPT_CHECK = """
import os, signal, sys
from importlib import import_module
from threading import Event

def never(*arguments):
    os.kill(os.getpid(), signal.SIGINT)
    Event().wait()

module, name = sys.argv.pop(1).split(":")
setattr(import_module(module), name, never)
from mou_cli.__main__ import main
main()
"""
# Sends it when the driver is told to commit, or is done with it. Another thread is there to take it, as that which
# draws how far a command is.
INTERRUPT_COMMIT = """
import os, signal, sys, threading

threading.Thread(target=threading.Event().wait, daemon=True).start()

def look(frame, event, argument):
    if event == when and getattr(argument, "__name__", "") == "commit":
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGINT)

when = sys.argv.pop(1)
from mou_cli.__main__ import main
sys.setprofile(look)
main()
"""
# Sends it at the very moment from which on it is put off. In the end it is told who answers it.
INTERRUPT_PUTTING_OFF = """
import signal
from mou_cli.store import interrupt

class Signal:
    def __getattr__(self, name):
        return getattr(signal, name)

    def signal(self, number, answer):
        if answer is not signal.default_int_handler:
            signal.raise_signal(number)
        return signal.signal(number, answer)

interrupt.signal = Signal()
from mou_cli.__main__ import main
try:
    main()
finally:
    print("answered by", signal.getsignal(signal.SIGINT).__name__, flush=True)
"""
# Sends it when the last pages of a register are being put in another's place, with such a thread there.
INTERRUPT_LAST_PAGES = """
import os, signal, sqlite3, threading
from mou_cli.store import restore

threading.Thread(target=threading.Event().wait, daemon=True).start()

class Source(sqlite3.Connection):
    def backup(self, target, *, pages, progress):
        def watch(status, remaining, total):
            progress(status, remaining, total)
            if remaining <= pages:
                os.kill(os.getpid(), signal.SIGINT)

        if self.execute("PRAGMA page_count").fetchone()[0] <= pages:
            os.kill(os.getpid(), signal.SIGINT)
        super().backup(target, pages=pages, progress=watch)

connect, swap = sqlite3.connect, restore._swap

def watched(*arguments):
    sqlite3.connect = lambda *named, **more: connect(*named, **more, factory=Source)
    return swap(*arguments)

restore._swap = watched
from mou_cli.__main__ import main
main()
"""
LATE = """mou: interrupted, but it is recorded
hint: `mou log --limit 1` shows what was done, `mou undo` takes it back
"""
PAGES, WORDS = "mou_cli.store.pages:_damage_of", "mou_cli.store.condition:_is_index_of_words_sound"


def run(trial: Trial, program: str, *arguments: str) -> Answer:
    return trial.end(Process(arguments, trial.environment, program))


@pytest.mark.parametrize(
    "command",
    [
        *("list -f csv", "-f json", "search Oslo", "stats --by country", "export", "log --verify", "check", "db check"),
        *("backup", "edit khazar-miras-2024 --note Seen", "partner merge uit uis --yes", "undo --yes"),
    ],
)
def test_an_interrupt_ends_whatever_statement_is_going_on(trial: Trial, command: str) -> None:
    before, interrupted = trial.files(), 0
    for power in count():
        answer = run(trial, INTERRUPT_AT_STEP, str(2**power), *command.split())
        if answer.code != 130:
            break
        interrupted += 1
        assert answer.err.endswith("mou: interrupted\n"), answer
        assert {name: file for name, file in trial.files().items() if ".backups" not in name} == before
    assert answer.code in {0, 3}, answer
    assert "interrupted" not in answer.err
    assert interrupted > 3


@pytest.mark.parametrize(
    ("check", "command"),
    [
        (PAGES, "db check"),
        (WORDS, "db check"),
        (PAGES, "backup"),
        (PAGES, "restore {copy} --yes"),
        (PAGES, "partner merge uit uis --yes"),
    ],
)
def test_an_interrupt_does_not_wait_for_a_check_nor_is_it_taken_for_damage(
    trial: Trial, check: str, command: str
) -> None:
    copy = trial.folder.parent / "copy.db"
    trial.call("backup", str(copy))
    before = trial.files()
    answer = run(trial, INTERRUPT_CHECK, check, *command.format(copy=copy).split())
    assert (answer.code, answer.out, answer.err) == (130, "", "mou: interrupted\n")
    assert trial.files() == before


def test_an_interrupt_that_whoever_started_the_program_has_ignored_ends_no_statement(trial: Trial) -> None:
    program = f"import signal; signal.signal({signal.SIGINT.value}, signal.SIG_IGN)\n{INTERRUPT_AT_STEP}"
    answer = run(trial, program, "1", "list", "--count")
    assert (answer.code, answer.out, answer.err) == (0, "134\n", "")


@pytest.mark.parametrize("when", ["c_call", "c_return"])
@pytest.mark.parametrize("command", ["edit khazar-miras-2024 --note Seen", "import {many}", "undo --yes"])
def test_who_interrupts_what_is_recorded_is_told_that_it_is(trial: Trial, many: str, when: str, command: str) -> None:
    before = trial.sound()
    answer = run(trial, INTERRUPT_COMMIT, when, *command.format(many=many).split())
    assert (answer.code, answer.out, answer.err) == (130, "", LATE)
    assert trial.sound() != before
    assert list(trial.folder.iterdir()) == [trial.db]


def test_an_interrupt_that_comes_when_it_is_put_off_is_answered_as_usual_afterwards(trial: Trial) -> None:
    before = trial.files()
    answer = run(trial, INTERRUPT_PUTTING_OFF, "edit", "khazar-miras-2024", "--note", "Seen")
    assert (answer.code, answer.out, answer.err) == (130, "answered by default_int_handler\n", "mou: interrupted\n")
    assert trial.files() == before


def test_who_interrupts_the_end_of_a_restore_is_told_that_it_is_done(trial: Trial) -> None:
    copy = trial.folder.parent / "copy.db"
    trial.call("backup", str(copy))
    backed_up = trial.sound()
    trial.call("edit", "khazar-miras-2024", "--note", "Seen", changes=True)
    assert trial.sound() != backed_up
    answer = run(trial, INTERRUPT_LAST_PAGES, "restore", str(copy), "--yes")
    (kept,) = trial.folder.glob("*.backups/*-before-restore.db")
    assert (answer.code, answer.out, answer.err) == (
        *(130, ""),
        f"mou: interrupted, but {copy} is restored; the register as it was is kept in {kept}\n",
    )
    assert trial.sound() == backed_up
