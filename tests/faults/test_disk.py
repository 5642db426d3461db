"""A disk that is full, or read-only, and a register that is taken away from under the program."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Mou
from tests.faults.conftest import no_traceback
from tests.faults.disk import on_a_disk
from tests.faults.test_unavailable import HOLD, READ_ONLY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.conftest import Trial

    Write = Callable[[str, str | bytes], str]

FULL = """the disk is full; nothing was changed
hint: free some room there, or in the folder for temporary files, which TMPDIR names, and try again
"""
NO_SPACE = "No space left on device"


def read(trial: Trial) -> str:
    return Mou(trial.db)("export").out


@pytest.mark.parametrize("room", [0, 8, 64, 256])
@pytest.mark.parametrize("change", ["import", "edit", "undo"])
def test_a_change_that_finds_the_disk_full_changes_nothing(trial: Trial, many: str, change: str, room: int) -> None:
    trial.call("edit", "khazar-miras-2024", "--note", "before", changes=True)
    before = read(trial)
    arguments = {"import": (many,), "edit": ("khazar-miras-2024", "--note", "after"), "undo": ()}[change]
    answer, left = on_a_disk(trial, change, *arguments, room=room)
    no_traceback(answer)
    found = Mou(left / trial.db.name)
    if answer.code == 0:
        assert (change, room) in {("edit", 256), ("undo", 256), ("edit", 64), ("undo", 64)}
        assert found("export").out != before
        return
    assert answer.code == 6, answer
    assert answer.err.endswith(FULL)
    # What was written before it was full takes no room any more.
    assert [path.name for path in left.iterdir()] == [trial.db.name]
    assert found.db.read_bytes() == trial.db.read_bytes()
    assert found("export").out == before
    # With some room it is done after all.
    found(change, *arguments)
    assert found("export").out != before


@pytest.mark.parametrize("room", [100, 500, 600])
def test_a_first_import_that_finds_the_disk_full_leaves_no_register(first: Trial, many: str, room: int) -> None:
    answer, left = on_a_disk(first, "import", many, room=room)
    assert no_traceback(answer).code == 6, answer
    assert list(left.iterdir()) == []


@pytest.mark.parametrize("command", ["export", "list", "xlsx", "backup", "doc"])
def test_a_file_that_finds_the_disk_full_is_not_begun(trial: Trial, write: Write, command: str) -> None:
    scan = write("scan.pdf", b"x" * 3_000_000)
    target = {"export": "all.yaml", "list": "list.csv", "xlsx": "list.xlsx", "backup": "safe.db", "doc": ""}[command]
    arguments = {
        "export": ("export", target),
        "list": ("list", "-o", target),
        "xlsx": ("list", "-o", target, "--columns", "ref,key,partner,country,areas,source,note,status"),
        "backup": ("backup", target),
        "doc": ("doc", "add", "2025-002", scan),
    }[command]
    before = read(trial)
    answer, left = on_a_disk(trial, *arguments, room=12)
    no_traceback(answer)
    assert answer.code == 6, answer
    assert NO_SPACE in answer.err or "the disk is full" in answer.err
    assert [path.name for path in left.iterdir() if path.is_file()] == ["register.db"]
    assert not list((left / "register.db.documents").glob("*"))
    assert Mou(left / "register.db")("export").out == before


def test_an_upgrade_that_finds_the_disk_full_changes_nothing(trial: Trial, old_register: bytes) -> None:
    trial.db.write_bytes(old_register)
    answer, left = on_a_disk(trial, "list", room=12)
    assert no_traceback(answer).code == 6, answer
    assert (left / "register.db").read_bytes() == old_register
    assert Mou(left / "register.db").call("list").code == 0


def test_what_lies_on_a_disk_that_is_read_only_is_read_and_not_written(trial: Trial) -> None:
    expected = Mou(trial.db)("list").out
    answer, left = on_a_disk(trial, "list", room=1000, mode="ro")
    assert (answer.code, answer.out, answer.err) == (0, expected, "")
    answer, left = on_a_disk(trial, "edit", "khazar-miras-2024", "--note", "x", room=1000, mode="ro")
    assert (answer.code, answer.err) == (6, f"{READ_ONLY}\n")
    assert (left / "register.db").read_bytes() == trial.db.read_bytes()


def test_a_register_that_is_replaced_while_it_is_waited_for_is_told_of_and_left_alone(trial: Trial) -> None:
    other = trial.folder.with_name("other.db")
    shutil.copy(trial.db, other)
    before = trial.db.read_bytes()
    command = [trial.command()[0], "-c", HOLD, str(trial.db), "EXCLUSIVE"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"locked\n"
        changing = trial.start("edit", "khazar-miras-2024", "--note", "lost")
        trial.call("list", code=6, env={"MOU_TIMEOUT": "0.5"})
        trial.db.rename(trial.folder.with_name("moved.db"))
        other.rename(trial.db)
        holder.communicate()
    answer = trial.end(changing)
    # It was late, or early enough for the one that took the place.
    moved = Mou(trial.folder.with_name("moved.db"))
    if answer.code == 0:
        assert "note: lost" in trial.sound()
    else:
        says = "mou: the register was moved or replaced meanwhile; nothing was changed\nhint: try again\n"
        assert (answer.code, answer.err) == (6, says)
        assert trial.db.read_bytes() == before
    assert moved.db.read_bytes() == before


def test_a_register_that_is_moved_while_it_is_read_is_read_to_the_end(trial: Trial) -> None:
    before = trial.sound()
    process = trial.start("export", bufsize=0)
    assert process.stdout
    begun = process.stdout.read(1)
    trial.db.rename(trial.folder / "moved.db")
    rest = process.stdout.read()
    while piece := process.stdout.read():
        rest += piece
    assert trial.end(process).code == 0
    assert (begun + rest).decode() == before
