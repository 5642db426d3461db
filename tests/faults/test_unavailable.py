"""A register that is locked, read-only, or left in the middle of a change by a program that was killed."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.conftest import Trial

READS: tuple[tuple[str, ...], ...] = (("list",), ("list", "--count"), ("show", "khazar-miras-2024"), ("export",))
WRITES: tuple[tuple[str, ...], ...] = (
    ("add", "--partner", "miras", "--home", "khazar"),
    ("edit", "khazar-miras-2024", "--note", "x"),
    ("remove", "khazar-miras-2024", "--yes"),
    ("import", "-", "--overwrite"),
)
SEED = b"format: mou/1\ninstitutions:\n  - {key: new, name: New}\n"
LOCKED = "mou: the register is locked: another program is working on it\nhint: try again in a moment"
READ_ONLY = "mou: the register cannot be written: the file or its folder is read-only"
HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN " + sys.argv[2])
print("locked", flush=True)
sys.stdin.read()
"""
# A cache of a few pages makes SQLite write into the file long before the end of the transaction.
DIE = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=2")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE agreement SET note = 'half done', project = 'half done'")
connection.execute("UPDATE institution SET name = 'half done ' || name")
os.kill(os.getpid(), signal.SIGKILL)
"""


@contextmanager
def locked(db: Path, how: str) -> Iterator[None]:
    """Let another process hold a lock on the register."""
    command = [sys.executable, "-c", HOLD, str(db), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"locked\n"
        yield
        holder.communicate()


@contextmanager
def modes(folder: int, *files: tuple[Path, int], of: Trial) -> Iterator[None]:
    """Let a folder and its files have other modes for a while."""
    for path, mode in files:
        path.chmod(mode)
    of.folder.chmod(folder)
    try:
        yield
    finally:
        of.folder.chmod(0o755)


def leave_a_hot_journal(trial: Trial) -> Path:
    """Let a writer be killed in the middle of a change that has reached the file."""
    before = trial.db.read_bytes()
    subprocess.run([sys.executable, "-c", DIE, str(trial.db)], check=False)
    journal = trial.db.with_name(f"{trial.db.name}-journal")
    assert journal.stat().st_size > 512
    assert trial.db.read_bytes() != before
    return journal


@pytest.mark.parametrize("arguments", [*READS, *WRITES])
def test_nobody_waits_longer_than_said_for_a_locked_register(trial: Trial, arguments: tuple[str, ...]) -> None:
    with locked(trial.db, "EXCLUSIVE"):
        trial.run(*arguments, code=6, says=LOCKED, env={"MOU_TIMEOUT": "0.2"}, input=SEED)


def test_a_register_that_somebody_changes_can_be_read_but_not_changed(trial: Trial) -> None:
    env = {"MOU_TIMEOUT": "0"}
    with locked(trial.db, "IMMEDIATE"):
        for arguments in READS:
            trial.call(*arguments, env=env, says="")
        for arguments in WRITES:
            trial.call(*arguments, env=env, code=6, says=LOCKED, input=SEED)
        trial.call("edit", "khazar-miras-2024", "--note", "x", "--dry-run", env=env)


def test_a_change_waits_for_the_one_before_it(trial: Trial) -> None:
    with locked(trial.db, "EXCLUSIVE"):
        waiting = trial.start("edit", "khazar-miras-2024", "--note", "waited")
        trial.call("list", code=6, says=LOCKED, env={"MOU_TIMEOUT": "0.5"})
        assert waiting.poll() is None
    assert trial.end(waiting).code == 0
    assert "note: waited" in trial.sound()


@pytest.mark.parametrize("said", ["", "x", "-1", "nan", "inf", "1e9"])
def test_a_timeout_that_is_no_number_of_seconds_is_refused(trial: Trial, said: str) -> None:
    if said:
        trial.call("list", code=2, env={"MOU_TIMEOUT": said})
    else:
        trial.call("list", env={"MOU_TIMEOUT": said})


@pytest.mark.parametrize("arguments", READS)
def test_a_read_only_register_in_a_read_only_folder_is_read(trial: Trial, arguments: tuple[str, ...]) -> None:
    with modes(0o555, (trial.db, 0o444), of=trial):
        assert trial.run(*arguments, powerless=True, says="").out


@pytest.mark.parametrize("arguments", WRITES)
def test_a_read_only_register_is_not_written(trial: Trial, arguments: tuple[str, ...]) -> None:
    with modes(0o755, (trial.db, 0o444), of=trial):
        trial.run(*arguments, powerless=True, code=6, says=READ_ONLY, input=SEED)


@pytest.mark.parametrize("arguments", WRITES)
def test_a_register_in_a_read_only_folder_is_not_written(trial: Trial, arguments: tuple[str, ...]) -> None:
    with modes(0o555, (trial.db, 0o644), of=trial):
        answer = trial.run(*arguments, powerless=True, code=6, input=SEED)
    assert answer.err.startswith("mou: the register cannot be ")


@pytest.mark.parametrize("arguments", [*READS, *WRITES])
def test_a_register_that_may_not_be_read_is_unavailable(trial: Trial, arguments: tuple[str, ...]) -> None:
    files = trial.files()
    trial.db.chmod(0)
    command = trial.command(*arguments, powerless=True)
    done = subprocess.run(command, env=trial.environment, input=SEED, capture_output=True, check=False)
    trial.db.chmod(0o644)
    assert done.returncode == 6, done.stderr
    says = f"mou: {trial.db} cannot be opened: Permission denied\nhint: `ls -l` shows who may read it\n"
    assert done.stderr.decode() == says
    assert {name: content for name, (_, content) in trial.files().items()} == {n: c for n, (_, c) in files.items()}


@pytest.mark.parametrize(
    "arguments", [("import", "-"), ("add", "--home", "H", "--partner", "P", "--country", "NO", "--new")]
)
def test_no_register_is_created_in_a_read_only_folder(first: Trial, arguments: tuple[str, ...]) -> None:
    says = (
        "mou: a register cannot be created in {folder}: Permission denied\nhint: see whether the folder can be written"
    )
    with modes(0o555, of=first):
        first.run(*arguments, powerless=True, code=6, says=says, input=SEED)


def test_an_export_into_a_read_only_folder_leaves_nothing(trial: Trial) -> None:
    with modes(0o555, of=trial):
        trial.run("export", str(trial.folder / "all.yaml"), powerless=True, code=2)
        trial.run("list", "--output", str(trial.folder / "all.csv"), powerless=True, code=2)


@pytest.mark.parametrize("arguments", READS)
def test_a_read_after_a_killed_change_shows_the_state_before_it(trial: Trial, arguments: tuple[str, ...]) -> None:
    before, expected = trial.db.read_bytes(), trial.call(*arguments).out
    leave_a_hot_journal(trial)
    assert trial.run(*arguments, changes=True, says="").out == expected
    assert trial.db.read_bytes() == before


@pytest.mark.parametrize("arguments", WRITES)
def test_a_change_after_a_killed_one_stands_on_the_state_before_it(trial: Trial, arguments: tuple[str, ...]) -> None:
    leave_a_hot_journal(trial)
    trial.call(*arguments, changes=True, input=SEED)
    assert "half done" not in trial.sound()


@pytest.mark.parametrize("arguments", [*READS, *WRITES])
def test_a_killed_change_in_a_read_only_folder_makes_the_register_unavailable(
    trial: Trial, arguments: tuple[str, ...]
) -> None:
    journal = leave_a_hot_journal(trial)
    with modes(0o555, (journal, 0o444), (trial.db, 0o444), of=trial):
        answer = trial.run(*arguments, powerless=True, code=6, input=SEED)
    assert answer.out == ""
    assert answer.err.startswith("mou: the register ")


def test_what_another_journal_mode_left_behind_is_not_obeyed(trial: Trial) -> None:
    expected = trial.sound()
    trial.db.with_name(f"{trial.db.name}-wal").write_bytes(b"\xa5" * 4096)
    assert trial.run("export", changes=True).out == expected


def test_an_empty_journal_is_no_obstacle(trial: Trial, write: Callable[[str, bytes], str]) -> None:
    trial.db.with_name(f"{trial.db.name}-journal").touch()
    trial.run("import", write("new.yaml", SEED), changes=True)
    assert "key: new" in trial.sound()


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "--partner", "New", "--country", "Norway", "--new", "--home", "Home"),
        ("import", "-"),
        ("restore", "SAFE", "--yes"),
        ("db", "copy", "SAFE", "LOST"),
        ("--db", "SAFE", "backup", "LOST"),
    ],
)
@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_no_register_is_made_beside_what_is_left_of_a_lost_one(
    trial: Trial, arguments: tuple[str, ...], ending: str
) -> None:
    safe, lost = trial.folder / "safe.db", trial.db
    safe.write_bytes(lost.read_bytes())
    left = leave_a_hot_journal(trial)
    left = left.rename(lost.with_name(f"{lost.name}{ending}"))
    lost.unlink()
    answer = trial.run(
        *({"SAFE": str(safe), "LOST": str(lost)}.get(word, word) for word in arguments), code=5, input=SEED
    )
    assert answer.err.endswith(
        f"mou: {left} is left of a register that is gone, and would be taken for a part of the new one\n"
        f"hint: put that register back beside it; remove {left.name} if it is not to come back\n"
    )
