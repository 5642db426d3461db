"""--dry-run: shows what would change, and changes no byte."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands.test_contract import EVERY
from tests.conftest import Mou

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.conftest import Trial

SEED = """format: mou/1
references: {2030: 7}
home: [new]
institutions:
  - {key: new, name: New}
  - {key: miras, city: Baku}
agreements:
  - {key: x, parties: [new, miras], signed: 2024-05-01}
"""
RECORD = "parties: [khazar, miras]\ntitle: From a file\n"
CHANGES = (
    ("import", "seed.yaml"),
    ("import", "seed.yaml", "--overwrite"),
    ("import", "--examples"),
    ("import", "-"),
    ("add", "--home", "khazar", "--partner", "miras"),
    ("add", "--home", "khazar", "--partner", "Quite New", "--country", "Norway"),
    ("add", "--from", "record.yaml"),
    ("edit", "khazar-miras-2024", "--note", "x"),
    ("edit", "khazar-miras-2024", "--home", "khazar", "--partner", "Quite New", "--country", "Norway"),
    ("edit", "khazar-miras-2024", "--ends", ""),
    ("sign", "khazar-miras-2024", "--signatory", "Ann; Rector; miras"),
    ("renew", "khazar-miras-2024", "--until", "2030-01-01"),
    ("renew", "--country", "Azerbaijan", "--until", "2030-01-01"),
    ("amend", "khazar-miras-2024", "--ends", "2030-01-01"),
    ("terminate", "khazar-miras-2024", "--on", "2030-01-01"),
    ("notice", "khazar-miras-2024"),
    ("supersede", "khazar-miras-2024", "--with", "khazar-uit"),
    ("review", "khazar-miras-2024", "--outcome", "continue"),
    ("remove", "khazar-miras-2024"),
    ("remove", "khazar-miras-2024", "--yes"),
    ("check", "--fix"),
    ("check", "--accept", "vacant:khazar-miras-2024", "--reason", "x"),
    ("doc", "add", "khazar-miras-2024", "record.yaml"),
    ("doc", "add", "khazar-miras-2024", "https://example.org/news"),
    ("doc", "prune"),
    ("partner", "merge", "uib", "bi-norway", "uis"),
    ("partner", "merge", "uib", "uit", "--yes"),
    ("partner", "add", "Quite New", "--new"),
    ("partner", "edit", "uib", "--city", "x"),
    ("partner", "remove", "new", "--yes"),
    ("event", "add", "Visit again"),
    ("event", "edit", "visit", "--place", "x"),
    ("event", "remove", "visit"),
    ("plan", "add", "mdu-2026", "--year", "2026", "--owner", "mdu"),
    ("plan", "edit", "mdu-veterans-2025", "--year", "2026"),
    ("plan", "close", "mdu-veterans-2025"),
    ("plan", "remove", "mdu-veterans-2025", "--yes"),
    ("plan", "done", "mdu-veterans-2025/5.1"),
    ("plan", "task", "add", "9.9", "--plan", "mdu-veterans-2025", "--task", "x"),
    ("plan", "task", "edit", "mdu-veterans-2025/5.1", "--task", "x"),
    ("plan", "task", "remove", "mdu-veterans-2025/5.1"),
    ("check", "--reopen", "no-country:cavalry"),
    ("doc", "remove", "khazar-miras-2024", "seen.txt"),
    ("undo",),
    ("undo", "4", "--yes"),
    ("redo",),
    ("db", "upgrade"),
    ("restore", "earlier.backup"),
    ("restore", "earlier.backup", "--yes"),
    ("db", "copy", "earlier.backup", "new.db"),
)
# What was done before, so that there is something to take away, back or up again.
BEFORE = (
    ("partner", "add", "New", "--new"),
    ("event", "add", "Visit", "--key", "visit"),
    ("check", "--accept", "no-country:cavalry", "--reason", "x"),
    ("doc", "add", "khazar-miras-2024", "seen.txt"),
    ("edit", "khazar-miras-2024", "--note", "x"),
    ("undo",),
)


@pytest.fixture
def files(write: Callable[[str, str | bytes], str], monkeypatch: pytest.MonkeyPatch, first: Trial) -> None:
    """The files that the commands name, in the folder where they are run."""
    write("seed.yaml", SEED)
    write("record.yaml", RECORD)
    monkeypatch.chdir(first.folder.parent)


@pytest.fixture(scope="session")
def lived(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register of which every part has been changed."""
    folder = tmp_path_factory.mktemp("lived")
    mou = Mou(Path(shutil.copy(templates / "seeds.db", folder / "register.db")))
    (folder / "seen.txt").write_text("seen", "utf-8")
    with contextlib.chdir(folder):
        for arguments in BEFORE:
            mou(*arguments)
    (folder / "seen.txt").unlink()
    return folder


@pytest.fixture
def rehearsed(trial: Trial, lived: Path) -> Trial:
    """The program on a register of which every part has been changed, and an earlier one beside its folder."""
    shutil.copy(trial.db, trial.folder.parent / "earlier.backup")
    shutil.copytree(lived, trial.folder, dirs_exist_ok=True)
    return trial


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("arguments", CHANGES, ids=" ".join)
@pytest.mark.parametrize("form", ["auto", "json", "table"])
def test_a_rehearsal_changes_no_byte(rehearsed: Trial, arguments: tuple[str, ...], form: str) -> None:
    trial = rehearsed
    trial.db.chmod(0o640)
    trial.call(*arguments, "--dry-run", "--format", form, input=SEED.encode())
    assert not list(trial.folder.parent.glob("*.db"))


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("arguments", CHANGES, ids=" ".join)
def test_a_rehearsal_works_on_what_cannot_be_written(rehearsed: Trial, arguments: tuple[str, ...]) -> None:
    trial = rehearsed
    trial.db.chmod(0o444)
    trial.folder.chmod(0o555)
    trial.run(*arguments, "--dry-run", powerless=True, input=SEED.encode())
    trial.folder.chmod(0o755)


def test_every_command_that_can_be_rehearsed_is() -> None:
    can = {
        name for name, command in EVERY.items() if any("--dry-run" in parameter.opts for parameter in command.params)
    }
    assert can == {
        name
        for name in can
        for arguments in CHANGES
        if " ".join(arguments).startswith(f"{name} ") or " ".join(arguments) == name
    }


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("arguments", [CHANGES[0], CHANGES[2], CHANGES[3]], ids=" ".join)
def test_a_rehearsed_first_import_creates_nothing(first: Trial, arguments: tuple[str, ...]) -> None:
    seed = SEED.replace("  - {key: miras, city: Baku}\n", "  - {key: miras, name: MIRAS}\n")
    (first.folder.parent / "seed.yaml").write_text(seed)
    first.call(*arguments, "--dry-run", input=seed.encode())
    assert first.files() == {}


@pytest.mark.usefixtures("files")
def test_a_rehearsed_first_addition_creates_nothing(first: Trial) -> None:
    first.call("add", "--home", "H", "--new", "--partner", "P", "--country", "Norway", "--dry-run")
    assert first.files() == {}


@pytest.mark.usefixtures("files")
def test_a_rehearsal_makes_no_folder_for_the_usual_place(first: Trial) -> None:
    env = {"HOME": str(first.folder)}
    first.run("import", "--examples", "--dry-run", without=["MOU_DB"], env=env)
    first.run(
        "add", "--home", "H", "--new", "--partner", "P", "--country", "NO", "--dry-run", without=["MOU_DB"], env=env
    )
    assert first.files() == {}


@pytest.mark.usefixtures("files")
def test_a_rehearsal_burns_no_reference(trial: Trial) -> None:
    add = ("add", "--home", "khazar", "--partner", "miras")
    trial.call(*add, "--dry-run")
    assert trial.call(*add, changes=True).out == "2025-135\n"


@pytest.mark.usefixtures("files")
def test_a_rehearsal_is_refused_for_what_the_change_would_be_refused_for(trial: Trial) -> None:
    for arguments, code in (
        (("edit", "khazar-miras-2024", "--signed", "2024-02-30"), 2),
        (("edit", "nothing", "--note", "x"), 4),
        (("add", "--home", "khazar", "--partner", "university", "--new"), 2),
        (("remove", "nothing"), 4),
        (("import", "nothing.yaml"), 2),
    ):
        assert trial.call(*arguments, code=code).err == trial.call(*arguments, "--dry-run", code=code).err
