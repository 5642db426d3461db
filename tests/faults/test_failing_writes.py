"""A command of which any write fails has happened or not, never says that it has when it has not, and can be repeated.

Every call that writes fails in its turn: that one alone, that one and all after it, or as on a disk that is full. Of
the writes of pages, which are most, every thirtieth is tried, and of the commands that write as others do none; each
with CI_FAULTS=every-write, in some minutes.
"""

from __future__ import annotations

import gzip
import os
import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, Mou
from tests.faults.failing_writes import Ended
from tests.faults.test_every_write import COMMANDS, PROOFS, folder, swept

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["folder"]

IS_WHOLE = os.environ.get("CI_FAULTS") == "every-write"
STEP = 1 if IS_WHOLE else 30
# Others write as these do, through the same door: one change of one record, and one of many.
_ALIKE = ("add", "remove", "undo an import", "merge partners", "renew many") if IS_WHOLE else ()
# What is done before the last line, of which the writes fail.
TRIED = {
    **{name: COMMANDS[name] for name in ("edit", "import", "add a document", "remove a document", *_ALIKE)},
    "export": ["export {folder}/all.yaml"],
    "a file of rows": ["list -o {folder}/all.yaml"],
    "restore": [
        "doc add two {folder}/scan.pdf",
        "backup {folder}/safe.db",
        "edit one --note Later",
        "restore {folder}/safe.db --yes",
    ],
}


def failing_with(step: int) -> str:
    return f"from tests.faults.failing_writes import main; main({step})"


def failing(
    folder: Path, db: Path, arguments: Sequence[str], proofs: Sequence[Sequence[str]] = PROOFS, step: int = STEP
) -> tuple[str, str, list[Ended]]:
    """Run a command, and again with each of its writes failing; gives what was before, what is after, and all ends."""
    untouched, done, *ended = (Ended(*end) for end in swept(folder, db, arguments, proofs, program=failing_with(step)))
    assert (done.code, done.wrong) == (0, []), done
    assert {end.way for end in ended} == {"once", "broken", "full"}
    for end in ended:
        assert "Traceback" not in end.out + end.err, end
        assert "should not have happened" not in end.err, end
        assert end.code in {0, 6, 7}, end
        assert end.code == 0 or end.err.splitlines()[-1].startswith(("mou: ", "hint: ")), end
    return untouched.content, done.content, ended


@pytest.mark.parametrize("command", TRIED)
def test_a_command_of_which_a_write_fails_has_happened_or_not(folder: Path, command: str) -> None:
    *before, tried = [[word.format(folder=folder) for word in line.split()] for line in TRIED[command]]
    for arguments in before:
        Mou(folder / "register.db")(*arguments)
    untouched, done, ended = failing(folder, folder / "register.db", tried)
    assert untouched != done
    for end in ended:
        assert end.wrong == [], end
        assert end.content in {untouched, done}, end
        assert end.content == done or end.code != 0, end
        assert end.content == untouched or "nothing was " not in end.err, end


def test_an_upgrade_of_which_a_write_fails_has_happened_or_not(folder: Path) -> None:
    (folder / "register.db").write_bytes(gzip.decompress((ROOT / "tests/registers/0001.db.gz").read_bytes()))
    # Whoever looks at it afterwards brings it up to date. While a table is rebuilt six pages are written: one fails.
    _, done, ended = failing(folder, folder / "register.db", ["list"], step=min(STEP, 6))
    assert {end.content for end in ended} == {done}
    assert [end.wrong for end in ended if end.wrong] == []
    assert {end.code for end in ended} >= {6}


def test_a_first_import_of_which_a_write_fails_leaves_no_half_register(folder: Path) -> None:
    none, full, ended = failing(folder, folder / "new.db", ["import", str(folder / "first.yaml")])
    states = {end.content for end in ended}
    # There is none, or an empty one, or all of it.
    assert states >= {none, full}
    assert len(states) <= 3
    assert [end.wrong for end in ended if end.wrong] == []
    assert {end.content for end in ended if end.code == 0} == {full}


@pytest.mark.parametrize("to", [[], ["{folder}/safe.db"]], ids=["own folder", "file"])
def test_a_backup_of_which_a_write_fails_is_whole_or_not_told_of(folder: Path, to: list[str]) -> None:
    Mou(folder / "register.db")("doc", "add", "two", str(folder / "scan.pdf"))
    arguments = ["backup", *(word.format(folder=folder) for word in to)]
    proofs = [*PROOFS, *([["restore", arguments[-1], "--dry-run"]] if to else [])]
    _, _, ended = failing(folder, folder / "register.db", arguments, proofs)
    for end in ended:
        lacking = [wrong for wrong in end.wrong if "there is no backup at" not in wrong]
        assert lacking == [], end
        assert end.code != 0 or not end.wrong, end
        assert end.code != 0 or end.out, end


def test_what_has_happened_is_on_the_disk_before_it_counts(folder: Path) -> None:
    arguments = ["doc", "add", "two", str(folder / "scan.pdf")]
    _, done = swept(folder, folder / "register.db", arguments, program=failing_with(0))
    content, _, record = done[0].partition("pwrite64")
    # The folder, the copy, then its name; the journal, the folder it is in, its header, the register, the folder again.
    assert re.findall(r"mkdir|write|fsync|rename", content) == [
        *("mkdir", "fsync", "write", "fsync", "mkdir", "rename", "fsync", "fsync"),
    ]
    assert re.sub(r"(pwrite64 ?)+", "pwrite64 ", record).split()[:9] == [
        *(
            "pwrite64",
            "fdatasync",
            "fdatasync",
            "pwrite64",
            "fdatasync",
            "pwrite64",
            "fdatasync",
            "unlink",
            "fdatasync",
        ),
    ]
