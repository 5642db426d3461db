"""A register that is absent, damaged, not ours or of another version: said so, and not touched."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.conftest import Trial

READS = (("list",), ("list", "--count"), ("show", "khazar-miras-2024"), ("export",))
WRITES = (
    ("add", "--partner", "miras", "--home", "khazar"),
    ("edit", "khazar-miras-2024", "--note", "x"),
    ("remove", "khazar-miras-2024", "--yes"),
)
CREATED_BY = "hint: `mou add` and `mou import` create a register"
RESTORE = "hint: restore it from a backup"


@pytest.fixture
def seed(write: Callable[[str, str], str]) -> str:
    return write("one.yaml", "format: mou/1\ninstitutions:\n  - {key: a, name: A}\n")


def not_usable(trial: Trial, seed: str, says: str, code: int = 7) -> None:
    """Hold every command to the same refusal."""
    for arguments in (*READS, *WRITES, ("import", seed), ("import", seed, "--dry-run")):
        trial.call(*arguments, code=code, says=says)


@pytest.mark.parametrize("arguments", [*READS, *WRITES[1:]])
def test_only_import_and_add_create_a_register(first: Trial, arguments: tuple[str, ...]) -> None:
    first.call(*arguments, code=6, says=f"mou: there is no register at {{db}}\n{CREATED_BY}")


def test_no_register_is_created_in_a_folder_that_is_not_there(first: Trial, seed: str) -> None:
    first.db = first.folder / "no" / "register.db"
    first.call("list", code=6, says=f"mou: there is no register at {{db}}\n{CREATED_BY}")
    says = (
        "mou: a register cannot be created in {folder}/no: No such file or directory\n"
        "hint: the folder has to be made first, or --db is mistyped"
    )
    first.call("import", seed, code=6, says=says)


def test_a_register_below_a_file_is_not_there(trial: Trial, seed: str) -> None:
    trial.db = trial.db / "register.db"
    add = ("add", "--home", "Home", "--new", "--partner", "Body", "--country", "NO")
    for arguments in (*READS, add, *WRITES[1:], ("import", seed)):
        answer = trial.call(*arguments, code=6)
        assert "Not a directory" in answer.err or f"there is no register at {trial.db}" in answer.err


def test_a_folder_is_not_a_register(first: Trial, seed: str) -> None:
    first.db.mkdir()
    not_usable(first, seed, f"mou: {{db}} is a folder, not a register\n{CREATED_BY}")


@pytest.mark.parametrize("arguments", [*READS, *WRITES, ("import", "-")])
def test_a_pipe_is_not_a_register_and_nobody_waits_for_it(first: Trial, arguments: tuple[str, ...]) -> None:
    os.mkfifo(first.db)
    first.run(*arguments, code=7, says=f"mou: {{db}} is not a plain file, not a register\n{CREATED_BY}", input=b"")


def test_a_device_is_not_a_register(first: Trial, seed: str) -> None:
    first.db.symlink_to("/dev/zero")
    not_usable(first, seed, f"mou: {{db}} is not a plain file, not a register\n{CREATED_BY}")


def test_an_empty_file_is_not_taken_for_an_empty_register(first: Trial, seed: str) -> None:
    first.db.touch()
    says = (
        "mou: {db} is empty, not a register\nhint: delete the empty file; `mou add` and `mou import` create a register"
    )
    not_usable(first, seed, says)


@pytest.mark.parametrize("content", ["format: mou/1\ninstitutions: []\n", "\ufeff" + "ə;ç\r\n" * 2000, "x" * 200])
def test_a_text_is_not_called_damaged(first: Trial, seed: str, content: str) -> None:
    first.db.write_text(content, "utf-8")
    says = (
        "mou: {db} is a text file, not a register\nhint: `mou import FILE` reads YAML into the register that --db names"
    )
    for arguments in (*READS, *WRITES, ("import", seed), ("db", "check"), ("db", "status")):
        first.call(*arguments, code=7, says=says)


@pytest.mark.parametrize("content", [b"SQLite format 3\0", b"\0" * 8192, b"PK\3\4" * 4000])
def test_any_other_file_is_not_a_register(first: Trial, seed: str, content: bytes) -> None:
    first.db.write_bytes(content)
    for arguments in (*READS, *WRITES, ("import", seed), ("import", seed, "--dry-run")):
        answer = first.call(*arguments, code=7)
        assert answer.err.startswith("mou: ")
        assert "belongs to another program" in answer.err or "not a register" in answer.err


@pytest.mark.parametrize("statement", ["PRAGMA user_version=1", "CREATE TABLE alembic_version (version_num TEXT)"])
def test_another_programs_database_is_left_alone(first: Trial, seed: str, statement: str) -> None:
    first.sql("CREATE TABLE agreement (key TEXT)", statement)
    not_usable(first, seed, "mou: {db} belongs to another program, it is not a register of mou")


@pytest.mark.parametrize("version", ["9999", "0099", "a1b2c3", "0001 ", ""])
def test_a_newer_register_is_not_touched(trial: Trial, seed: str, version: str) -> None:
    trial.sql(f"UPDATE alembic_version SET version_num = '{version}'")
    says = f"mou: {{db}} was made by a newer mou (schema {version})\nhint: upgrade the program"
    not_usable(trial, seed, says)


@pytest.mark.parametrize(
    "statements",
    [
        ["DELETE FROM alembic_version"],
        ["INSERT INTO alembic_version VALUES ('0001')"],
        ["INSERT INTO alembic_version VALUES ('0000')"],
    ],
)
def test_a_register_that_does_not_say_its_schema_is_not_touched(trial: Trial, seed: str, statements: list[str]) -> None:
    trial.sql(*statements)
    not_usable(trial, seed, f"mou: {{db}} does not say which schema it has\n{RESTORE}")


def test_a_register_without_its_table_of_versions_is_not_touched(trial: Trial, seed: str) -> None:
    trial.sql("DROP TABLE alembic_version")
    for arguments in (*READS, *WRITES, ("import", seed)):
        trial.call(*arguments, code=7)


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def without_the_last_page(content: bytes) -> bytes:
    return content[:-4096]


def overwritten(first: int, pages: int) -> Callable[[bytes], bytes]:
    def damage(content: bytes) -> bytes:
        return content[: first * 4096] + b"\xa5" * (pages * 4096) + content[(first + pages) * 4096 :]

    return damage


def without_its_magic(content: bytes) -> bytes:
    return b"\0" * 16 + content[16:]


@pytest.mark.parametrize(
    "damage",
    [half, overwritten(0, 1), without_its_magic, overwritten(1, 30), overwritten(1, 300)],
    ids=["half", "header", "magic", "schema", "everything but the header"],
)
def test_a_damaged_register_is_told_of_and_not_written(
    trial: Trial, seed: str, damage: Callable[[bytes], bytes]
) -> None:
    trial.db.write_bytes(damage(trial.db.read_bytes()))
    for arguments in (*READS, *WRITES, ("import", seed), ("import", seed, "--dry-run")):
        answer = trial.call(*arguments, code=7)
        assert answer.out == "" or arguments == ("export",)
        assert "damaged" in answer.err
        assert answer.err.endswith(f"{RESTORE}\n")


def test_damage_that_only_some_records_meet_is_told_of_where_it_is_met(trial: Trial) -> None:
    page = root_page(trial.db, "agreement")
    content = trial.db.read_bytes()
    trial.db.write_bytes(overwritten(page - 1, 1)(content))
    for arguments in (("list",), ("show", "khazar-miras-2024"), ("export",), *WRITES[1:]):
        answer = trial.call(*arguments, code=7)
        assert answer.err.endswith(f"{RESTORE}\n")


def test_nothing_is_written_into_a_register_with_damage_in_the_middle(trial: Trial, seed_folder: str) -> None:
    content = trial.db.read_bytes()
    trial.db.write_bytes(overwritten(root_page(trial.db, "agreement_party") - 1, 1)(content))
    trial.call("import", seed_folder, "--overwrite", code=7)
    trial.call("export", code=7)


def test_text_that_is_not_utf8_is_damage(trial: Trial) -> None:
    trial.sql("UPDATE agreement SET project = CAST(x'ff41fe' AS TEXT) WHERE key = 'khazar-miras-2024'")
    answer = trial.call("list", code=7)
    assert answer.err == f"mou: the register holds text that is not UTF-8\n{RESTORE}\n"


@pytest.mark.parametrize("value", ["{", "[1", "nothing", '"x'])
def test_a_column_that_is_no_longer_json_is_damage(trial: Trial, value: str) -> None:
    trial.sql(f"UPDATE agreement SET tags = '{value}' WHERE key = 'khazar-miras-2024'")
    answer = trial.call("show", "khazar-miras-2024", "--format", "json", code=7)
    assert answer.err.endswith(f"{RESTORE}\n")


def test_a_register_may_be_a_symbolic_link(trial: Trial, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.db"
    trial.db.rename(real)
    trial.db.symlink_to(real)
    link = trial.files()
    trial.call("list")
    before = real.read_bytes()
    trial.call("edit", "khazar-miras-2024", "--note", "x")
    assert trial.files().keys() == link.keys()
    assert trial.db.is_symlink()
    assert real.read_bytes() != before


def test_a_link_to_nothing_does_not_become_a_register_elsewhere(first: Trial, tmp_path: Path) -> None:
    first.db.symlink_to(tmp_path / "nowhere.db")
    first.call("list", code=6, says=f"mou: there is no register at {{db}}\n{CREATED_BY}")


def root_page(db: Path, table: str) -> int:
    with closing(sqlite3.connect(db)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [table]).fetchone()
    return int(page)
