"""--dry-run: shows what would change, and changes no byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
)


@pytest.fixture
def files(write: Callable[[str, str | bytes], str], monkeypatch: pytest.MonkeyPatch, first: Trial) -> None:
    """The files that the commands name, in the folder where they are run."""
    write("seed.yaml", SEED)
    write("record.yaml", RECORD)
    monkeypatch.chdir(first.folder.parent)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("arguments", CHANGES, ids=" ".join)
@pytest.mark.parametrize("form", ["auto", "json", "table"])
def test_a_rehearsal_changes_no_byte(trial: Trial, arguments: tuple[str, ...], form: str) -> None:
    trial.db.chmod(0o640)
    trial.call(*arguments, "--dry-run", "--format", form, input=SEED.encode())
    assert not list(trial.folder.parent.glob("*.db"))


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("arguments", CHANGES, ids=" ".join)
def test_a_rehearsal_works_on_what_cannot_be_written(trial: Trial, arguments: tuple[str, ...]) -> None:
    trial.db.chmod(0o444)
    trial.folder.chmod(0o555)
    trial.run(*arguments, "--dry-run", powerless=True, input=SEED.encode())
    trial.folder.chmod(0o755)


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
