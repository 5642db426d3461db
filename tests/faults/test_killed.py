"""Programs that are killed or interrupted in the middle, and programs that all want to write at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Mou

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.conftest import Trial

# Sends the interrupt at the moment when a module is looked for: the same moment every time.
INTERRUPT_AT = """
import os, signal, sys

class Moment:
    def find_spec(self, name, path=None, target=None):
        if name == moment:
            os.kill(os.getpid(), signal.SIGINT)

moment = sys.argv.pop(1)
sys.meta_path.insert(0, Moment())
from mou_cli.__main__ import main
main()
"""

# Sends it where no exception goes any further: in what is called when something goes that nobody holds any more.
INTERRUPT_UNTOLD = """
import os, signal, sys

def look(frame, event, argument):
    is_taken = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if event == "call" and frame.f_code.co_name == "cb" and is_taken:
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
from mou_cli.__main__ import main
sys.setprofile(look)
main()
"""


def wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Give a process a while, unless it ends before."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def wait_for_writing(trial: Trial, process: subprocess.Popen[bytes]) -> None:
    """Wait until a process has begun to change the register, or has ended."""
    while process.poll() is None and not list(trial.folder.glob("*-journal")):
        wait(process, 0.001)


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def has_hot_journal(trial: Trial) -> bool:
    try:
        with trial.db.with_name("register.db-journal").open("rb") as journal:
            return journal.read(1) not in {b"", b"\0"}
    except FileNotFoundError:
        return False


def test_an_import_that_is_killed_has_happened_whole_or_not_at_all(
    trial: Trial, many: str, states: tuple[str, str], tmp_path: Path
) -> None:
    kept = shutil.copy(trial.db, tmp_path / "kept.db")
    left_behind = 0
    for attempt in range(20):
        if attempt > 3 and left_behind:
            break
        process = trial.start("import", many)
        wait_for_writing(trial, process)
        if attempt % 2:
            wait(process, attempt * 0.05)
        else:
            # From now on the register itself is being written.
            while process.poll() is None and not has_hot_journal(trial):
                pass
        process.kill()
        answer = trial.end(process)
        left_behind += has_hot_journal(trial)
        # The next command needs no help.
        assert trial.run("list", "--count", changes=True).out.strip() in {"134", "534"}
        assert trial.sound() == states[1] if answer.code == 0 else trial.sound() in states
        shutil.copy(kept, trial.db)
    assert left_behind > 0, "no process was killed while it wrote: nothing was tested"


def test_an_acknowledged_change_survives_the_death_of_the_next(trial: Trial, many: str) -> None:
    trial.run("edit", "khazar-miras-2024", "--note", "acknowledged", changes=True)
    process = trial.start("import", many)
    wait_for_writing(trial, process)
    process.kill()
    trial.end(process)
    trial.run("list", changes=True)
    assert "note: acknowledged" in trial.sound()


@pytest.mark.parametrize("seconds", [0.3, 0.6])
def test_a_first_import_that_is_killed_leaves_no_half_register(
    first: Trial, seed_folder: str, states: tuple[str, str], seconds: float
) -> None:
    process = first.start("import", seed_folder)
    wait(process, seconds)
    process.kill()
    first.end(process)
    assert set(visible(first.folder)) <= {"register.db", "register.db-journal"}
    for draft in first.folder.glob(".register.db.*"):
        # What the killed one was making keeps its hidden name, and nobody ever takes it for a register.
        draft.unlink()
    first.run("import", seed_folder, changes=True)
    assert first.sound() == states[0]


def test_a_first_import_that_is_interrupted_while_it_writes_leaves_no_register(first: Trial, many: str) -> None:
    process = first.start("import", many)
    while process.poll() is None and not first.db.with_name("register.db-journal").exists():
        pass
    process.send_signal(signal.SIGINT)
    answer = first.end(process)
    assert (answer.code, answer.err) == (130, "mou: interrupted\n")
    assert list(first.folder.iterdir()) == []


def test_what_a_killed_process_of_the_same_number_left_is_no_obstacle(first: Trial, seed_folder: str) -> None:
    # In a container every program is number 1 or 7.
    draft = first.folder / f".register.db.{os.getpid()}.new"
    draft.write_bytes(b"half a register")
    assert Mou(first.db).call("import", seed_folder).err.startswith("added: ")
    draft.unlink()
    first.sound()


@pytest.mark.parametrize(
    "moment",
    [
        *(
            "typer",
            "mou_cli.errors",
            "mou_cli.commands.option",
            "mou_cli.commands.import_",
            "mou_cli.formats.importing",
        ),
        *("yaml", "mou_cli.views.document", "sqlalchemy", "sqlalchemy.dialects.sqlite", "sqlmodel", "mou_cli.models"),
    ],
)
def test_an_interrupt_is_answered_quietly_from_the_first_moment_on(trial: Trial, seed_folder: str, moment: str) -> None:
    command = [*trial.command()[:1], "-c", INTERRUPT_AT, moment, "import", seed_folder, "--overwrite"]
    before = trial.files()
    pipe = subprocess.PIPE
    answer = trial.end(subprocess.Popen(command, env=trial.environment, stdin=pipe, stdout=pipe, stderr=pipe))
    assert answer.code in {130, -signal.SIGINT}
    assert answer.err in {"", "mou: interrupted\n"}
    assert trial.files() == before


def test_an_interrupt_where_nobody_can_be_told_of_it_ends_the_program_all_the_same(trial: Trial) -> None:
    command = [sys.executable, "-c", INTERRUPT_UNTOLD, "list"]
    done = subprocess.run(command, env=trial.environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "mou: interrupted\n")


def test_an_interrupted_import_changes_nothing(trial: Trial, many: str, states: tuple[str, str]) -> None:
    process = trial.start("import", many)
    wait_for_writing(trial, process)
    process.send_signal(signal.SIGINT)
    answer = trial.end(process)
    assert (answer.code, answer.out, answer.err) == (130, "", "mou: interrupted\n")
    assert visible(trial.folder) == ["register.db"]
    assert trial.sound() == states[0]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_a_terminated_import_changes_nothing(
    trial: Trial, many: str, states: tuple[str, str], how: signal.Signals
) -> None:
    process = trial.start("import", many)
    wait_for_writing(trial, process)
    process.send_signal(how)
    assert trial.end(process).code in {-how, 128 + how}
    trial.run("list", changes=True)
    assert trial.sound() == states[0]


def test_an_interrupted_export_leaves_what_was_there(trial: Trial, many: str, tmp_path: Path) -> None:
    trial.call("import", many, changes=True)
    target = tmp_path / "all.yaml"
    target.write_text("as it was")
    process = trial.start("export", str(target))
    while process.poll() is None and not list(tmp_path.glob(".all.yaml.*")):
        wait(process, 0.001)
    process.send_signal(signal.SIGINT)
    assert trial.end(process).code == 130
    assert target.read_text() == "as it was"
    assert not list(tmp_path.glob(".all.yaml.*"))


def test_eight_who_add_at_once_get_eight_references(trial: Trial) -> None:
    add = ("add", "--home", "khazar", "--partner", "miras", "--title")
    processes = [trial.start(*add, f"number {number}") for number in range(8)]
    answers = [trial.end(process) for process in processes]
    assert [answer.code for answer in answers] == [0] * 8, answers
    given = sorted(answer.out.strip() for answer in answers)
    assert given == [f"2025-{number:03}" for number in range(135, 143)]
    exported = trial.sound()
    assert [exported.count(f"title: number {number}\n") for number in range(8)] == [1] * 8
    assert trial.call("list", "--count").out == "142\n"


def test_several_who_change_one_record_lose_nothing(trial: Trial) -> None:
    fields = ("note", "project", "unit", "responsible", "backup")
    processes = [trial.start("edit", "khazar-miras-2024", f"--{field}", f"by {field}") for field in fields]
    assert [trial.end(process).code for process in processes] == [0] * 5
    exported = trial.sound()
    assert [exported.count(f"by {field}\n") for field in fields] == [1] * 5


def test_a_reader_beside_a_writer_sees_the_state_before_or_after(
    trial: Trial, many: str, states: tuple[str, str], tmp_path: Path
) -> None:
    process = trial.start("import", many)
    wait_for_writing(trial, process)
    seen = [tmp_path / f"{number}.yaml" for number in range(3)]
    readers = [trial.start("export", str(file)) for file in seen]
    assert [trial.end(reader).code for reader in (process, *readers)] == [0, 0, 0, 0]
    assert {file.read_text("utf-8") for file in seen} <= set(states)
    assert trial.sound() == states[1]


def test_an_export_is_of_one_moment(trial: Trial) -> None:
    before = trial.sound()
    process = trial.start("export", bufsize=0)
    pipe = process.stdout
    assert pipe
    begun = pipe.read(1)
    # The pipe is full and the export stands in the middle, while the first and the last section are to change.
    changed = b"format: mou/1\ninstitutions:\n  - {key: aba, city: New}\nplans:\n  - {key: p, year: 2025, owner: aba}\n"
    code = Mou(trial.db).call("import", "-", input=changed, env={"MOU_TIMEOUT": "0.5"}).code
    assert code in {0, 6}
    out = begun + b"".join(iter(lambda: pipe.read(65536), b""))
    assert trial.end(process).code == 0
    assert out.decode() in {before, trial.sound()}


def test_first_runs_that_race_make_one_register(first: Trial, write: Callable[[str, str], str]) -> None:
    files = [
        write(f"{number}.yaml", f"format: mou/1\ninstitutions:\n  - {{key: i{number}, name: Number {number}}}\n")
        for number in range(4)
    ]
    processes = [first.start("import", file) for file in files]
    processes += [
        first.start("add", "--home", f"Home {n}", "--new", "--partner", f"Body {n * 11}", "--country", "NO")
        for n in range(2)
    ]
    answers = [first.end(process) for process in processes]
    assert [answer.code for answer in answers] == [0] * 6, answers
    assert {answer.out for answer in answers} == {"", "2025-001\n", "2025-002\n"}
    exported = first.sound()
    assert all(f"name: Number {number}\n" in exported for number in range(4))
    assert visible(first.folder) == ["register.db"]


def test_an_interrupt_is_ignored_where_whoever_started_the_program_ignores_it(trial: Trial, many: str) -> None:
    process = trial.start("import", many, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    wait_for_writing(trial, process)
    process.send_signal(signal.SIGINT)
    assert trial.end(process).code == 0
    trial.sound()
