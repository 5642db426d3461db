"""A large import, a part of which other processes do: the same as by one alone, whatever becomes of them."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.benchmarks.makedata import write

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable

    from tests.faults.conftest import Trial

AGREEMENTS = 5000
INSTITUTIONS = 300


def alone() -> None:
    """Leave a process one processor, so that it starts no others."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


ALONE: dict[str, Any] = {"preexec_fn": alone}
# Python reads this when it starts.
FOUR_PROCESSORS = "import os; os.sched_getaffinity = lambda _: {0, 1, 2, 3}"


@pytest.fixture
def several(tmp_path: Path) -> dict[str, Any]:
    """What has a process find processors to spare, even on a machine that has one."""
    if len(os.sched_getaffinity(0)) > 1:
        return {}
    (tmp_path / "sitecustomize.py").write_text(FOUR_PROCESSORS, "utf-8")
    return {"env": {"PYTHONPATH": str(tmp_path)}}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that is large enough for several processes."""
    file = tmp_path_factory.mktemp("large") / "large.yaml"
    write(file, AGREEMENTS, INSTITUTIONS)
    return file


def everything(trial: Trial, name: str) -> dict[str, list[Any]]:
    """Give the rows of every table and take the register away."""
    with closing(sqlite3.connect(trial.db)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
        found = {table: sorted(map(repr, connection.execute(f'SELECT * FROM "{table}"'))) for (table,) in tables}
    # When it was done, and the seal, which holds that too.
    for table in ("journal_entry", "journal_seal"):
        assert len(found.pop(table)) == 1
    trial.db.rename(trial.folder.parent / name)
    return found


def helping(process: subprocess.Popen[bytes]) -> list[int]:
    """Wait for the processes that a process has started."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None:
        if numbers := children.read_text().split():
            return [int(number) for number in numbers]
    raise AssertionError(process.communicate())


def gone(numbers: Iterable[int]) -> bool:
    """Say whether processes have ended. Whose parent is gone too may be left as a zombie where nobody waits for it."""
    return all(is_over(Path(f"/proc/{number}/stat")) for number in numbers)


def is_over(status: Path) -> bool:
    try:
        return status.read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_several_processes_write_the_same_rows_as_one(first: Trial, large: Path, several: dict[str, Any]) -> None:
    first.run("import", str(large), changes=True, **several)
    several_wrote = everything(first, "several.db")
    first.run("import", str(large), changes=True, **ALONE)
    assert everything(first, "one.db") == several_wrote
    assert len(several_wrote["agreement"]) == AGREEMENTS


def test_what_is_recorded_already_is_changed_or_stays_by_several_as_by_one(
    first: Trial, large: Path, several: dict[str, Any]
) -> None:
    first.run("import", str(large), changes=True)
    other = first.folder.parent / "other.yaml"
    other.write_text(large.read_text("utf-8").replace("type: protocol", "type: contract"), "utf-8")
    same, changed = (
        [first.run("import", *said, **how) for how in (several, ALONE)]
        for said in ((str(large),), ("--dry-run", str(other)))
    )
    assert [answer.err for answer in same] == ["nothing changed\n"] * 2
    assert changed[0] == changed[1]
    assert changed[0].err.startswith("would be changed: ")


@pytest.mark.parametrize("fault", ["  - key: agreement-000001\n    parties: [a]\n", "  - key: x\n   broken: [\n"])
def test_all_that_is_wrong_is_told_by_several_as_by_one(
    first: Trial, large: Path, several: dict[str, Any], fault: str
) -> None:
    file = first.folder.parent / "faulty.yaml"
    file.write_text(large.read_text("utf-8").replace("home-university]", "home-university, 1, 2]", 1) + fault, "utf-8")
    answers = [first.run("import", str(file), code=3, **how) for how in (several, ALONE)]
    assert answers[0] == answers[1]
    assert str(file) in answers[0].err


def test_where_a_process_is_ended_from_outside_nothing_is_recorded(
    bare: Trial, large: Path, several: dict[str, Any]
) -> None:
    before = bare.files()
    process = bare.start("import", str(large), **several)
    os.kill(helping(process)[0], signal.SIGKILL)
    answer = bare.end(process)
    assert answer.err == (
        "mou: a process that took a part of the work was ended from outside\nhint: nothing was changed; try again\n"
    )
    assert (answer.code, bare.files()) == (1, before)


def _interrupt(group: int) -> None:
    os.killpg(group, signal.SIGINT)


def _kill_one(number: int) -> None:
    os.kill(number, signal.SIGKILL)


@pytest.mark.parametrize(("end", "code"), [(_interrupt, 130), (_kill_one, -9)])
def test_no_process_outlives_the_one_that_started_it(
    bare: Trial, large: Path, several: dict[str, Any], end: Callable[[int], None], code: int
) -> None:
    process = bare.start("import", str(large), start_new_session=True, **several)
    numbers = helping(process)
    end(process.pid)
    answer = bare.end(process)
    assert answer.code == code
    assert answer.err == ("mou: interrupted\n" if code == 130 else "")
    while not gone(numbers):
        pass
    bare.sound()


def test_a_first_import_by_several_that_is_interrupted_while_it_writes_leaves_no_register(
    first: Trial, large: Path, several: dict[str, Any]
) -> None:
    process = first.start("import", str(large), start_new_session=True, **several)
    while process.poll() is None and not first.db.with_name("register.db-journal").exists():
        pass
    _interrupt(process.pid)
    answer = first.end(process)
    assert (answer.code, answer.err) == (130, "mou: interrupted\n")
    assert list(first.folder.iterdir()) == []
