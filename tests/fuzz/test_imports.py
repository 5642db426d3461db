"""Files that clash with each other and with what is recorded, imported one after another, with undo between."""

from __future__ import annotations

import io
import re
import shutil
from contextlib import closing
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from mou_cli.fields.nouns import SHAPES
from mou_cli.formats.parts import Unsure, take_parts
from mou_cli.formats.seed import Intake
from mou_cli.formats.spool import Spool
from mou_cli.processes import NOBODY
from mou_cli.store.opening import open_reader
from tests.fuzz.clashing import Author
from tests.fuzz.effort import effort
from tests.program import Mou

if TYPE_CHECKING:
    from pathlib import Path

BEGINNING = """format: mou/1
home: [h]
institutions: [{key: h, name: H}, {key: u, name: U}, {key: v, name: V}, {key: w, name: W}]
events: [{key: e, name: E}, {key: f, name: F}]
agreements: [{key: a, parties: [h, u]}, {key: b, parties: [h, v], ref: 2025-003}]
plans: [{key: p, year: 2025, owner: h, tasks: [{number: "1.1", task: T}]}]
"""
BY_HAND = (
    *("undo", "undo", "redo", "edit a --note by-hand", "edit a --starts 2023-01-01", "edit b --ends 2024-12-31"),
    *("plan edit p --year 2024", "plan task edit p/1.1 --status done --done 2025-01-01", "partner edit u --name Other"),
    *("remove a --yes", "partner merge u v --yes", "event remove f --yes", "plan remove p --yes"),
    *("plan edit p --status closed", "partner edit u --parent v", "add --partner u"),
)


def steps_of(number: int) -> list[tuple[str, bool] | str]:
    """Give what is done one after another: files imported, with --overwrite or without, and commands."""
    dice = Random(number)  # noqa: S311 - no secret
    author = Author(dice)
    return [
        dice.choice(BY_HAND) if dice.random() < 0.4 else (author.file(), dice.random() < 0.4)
        for _ in range(dice.randint(2, 6))
    ]


class Registers:
    """A register and an empty one, put right again before every trial."""

    def __init__(self, folder: Path) -> None:
        self.mou, self.other = Mou(folder / "register.db"), Mou(folder / "other.db")
        self.file = folder / "file.yaml"
        self.file.write_text(BEGINNING, "utf-8")
        self.mou("import", str(self.file))
        shutil.copy(self.mou.db, folder / "beginning.db")
        self.file.write_text("format: mou/1\n", "utf-8")
        self.other("import", str(self.file))
        shutil.copy(self.other.db, folder / "nothing.db")
        self.folder = folder

    def renew(self) -> None:
        shutil.copy(self.folder / "beginning.db", self.mou.db)
        shutil.copy(self.folder / "nothing.db", self.other.db)


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Registers:
    return Registers(tmp_path_factory.mktemp("imports"))


def rehearsed(text: str) -> str:
    """Give what a rehearsal would say of what was done."""
    return re.sub(r"^(added|changed): ", r"would be \1: ", text, flags=re.MULTILINE)


def take_in(registers: Registers, text: str, *options: str) -> None:
    """Import a file, and hold that to what is promised of any import."""
    mou, file = registers.mou, str(registers.file)
    registers.file.write_text(text, "utf-8")
    content = mou.content()
    foreseen = mou.call("import", file, *options, "--dry-run")
    assert mou.content() == content
    check_parts(registers, text)
    done = mou.call("import", file, *options)
    event(f"import {done.code}")
    assert done.code in {0, 3, 5}, done
    assert (foreseen.code, foreseen.err) == (done.code, rehearsed(done.err))
    if done.code:
        assert mou.content() == content
        if done.code == 3:
            assert re.search(r"file\.yaml:[0-9]+:", done.err), done.err
        return
    content = mou.content()
    assert mou("import", file, *options).err.endswith("nothing changed\n")
    assert mou.content() == content


def check_parts(registers: Registers, text: str) -> None:
    """Hold that a file is the same to several processes as to one."""
    with (
        open_reader(registers.mou.location, 5.0) as reader,
        closing(Intake(reader, Spool())) as whole,
        closing(Intake(reader, Spool())) as parted,
    ):
        whole.take("a.yaml", io.BytesIO(text.encode()))
        try:
            take_parts(parted, "a.yaml", io.BytesIO(text.encode()), NOBODY, 50)
        except Unsure:
            event("unsure")
            return
        event("in parts")
        whole.finish()
        parted.finish()
        # What is wrong with it is then told by one process.
        assert bool(parted.complaints) == bool(whole.complaints)
        assert whole.complaints or said(parted) == said(whole)


def said(intake: Intake) -> list[Any]:
    # Whether the key stands among the fields as well is of no consequence.
    patches = [
        [replace(patch, fields=patch.fields | {"key": patch.key}) for patch in intake.patches(noun, is_still_so=True)]
        for noun in SHAPES
    ]
    return [intake.declared, intake.homes, intake.references, intake.number, patches]


@effort(25)
@given(st.integers(0, 2**32))
def test_a_file_is_imported_as_it_was_foreseen_or_refused(registers: Registers, number: int) -> None:
    attempt(registers, steps_of(number))


def attempt(registers: Registers, steps: list[tuple[str, bool] | str]) -> None:
    registers.renew()
    mou = registers.mou
    for step in steps:
        if isinstance(step, str):
            assert mou.call(*step.split()).code in {0, 2, 3, 4, 5}
        else:
            take_in(registers, step[0], *["--overwrite"] * step[1])
    assert mou("db", "check").code == 0
    mou("log", "--verify")
    exported = mou("export").out
    registers.file.write_text(exported, "utf-8")
    registers.other("import", str(registers.file))
    assert registers.other("export").out == exported
