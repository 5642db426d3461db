"""Backups in the worst of circumstances: killed, crowded, without room, of what is damaged, in place of what is."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Mou
from tests.faults.test_every_write import REGISTER, hold, swept
from tests.faults.test_register_file import half, overwritten, root_page, without_its_magic, without_the_last_page
from tests.faults.test_unavailable import leave_a_hot_journal, locked, modes

if TYPE_CHECKING:
    from tests.faults.conftest import Trial

LIMITED = 'ulimit -f {blocks} && exec "$@"'
DAMAGES = {
    "half": half,
    "truncated": without_the_last_page,
    "header": overwritten(0, 1),
    "magic": without_its_magic,
    "schema": overwritten(1, 5),
    "everything but the header": overwritten(1, 300),
}


def content(db: Path) -> list[str]:
    with closing(sqlite3.connect(db)) as connection:
        return list(connection.iterdump())


def backups(db: Path) -> list[Path]:
    """Give everything in the folder of backups but the documents."""
    folder = Path(f"{db}.backups")
    return sorted(path for path in folder.iterdir() if path.name != "documents") if folder.exists() else []


@pytest.fixture
def office(tmp_path: Path) -> Mou:
    """A small register in a folder of its own, with a document."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "first.yaml").write_text(REGISTER, "utf-8")
    mou = Mou(folder / "register.db")
    mou("import", str(folder / "first.yaml"))
    mou("doc", "add", "one", str(folder / "first.yaml"))
    return mou


def test_a_backup_killed_at_any_write_is_whole_or_not_there(office: Mou) -> None:
    safe = f"{office.db}safe"
    proofs = [["restore", "{db}safe", "--dry-run"], ["db", "check"]]
    seen = swept(office.db.parent, office.db, ["backup", safe], proofs)
    lacking = [wrong for _, content, wrong in seen if "register.dbsafe\n" in content and wrong]
    assert lacking == []
    is_there = [re.search(r"^register\.dbsafe$", content, re.MULTILINE) is not None for _, content, _ in seen]
    assert is_there == sorted(is_there)
    assert (is_there[0], is_there[-1]) == (False, True)
    assert len(seen) > 20
    assert [said for (said, _, _), there in zip(seen, is_there, strict=True) if said and not there] == []


def test_a_restore_killed_at_any_write_has_happened_or_not(office: Mou) -> None:
    safe = str(office.db.parent.parent / "safe.db")
    office("backup", safe)
    office("edit", "one", "--note", "later")
    office("partner", "add", "Later", "--country", "NO", "--new")
    arguments = ["restore", safe, "--yes"]
    hold(swept(office.db.parent, office.db, arguments, [["db", "check"]]))


def test_a_copy_killed_at_any_write_is_whole_or_not_there(office: Mou, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    arguments = ["db", "copy", str(office.db), str(folder / "copy.db")]
    proofs = [["log", "--verify"], ["doc", "verify"], ["db", "check"]]
    hold(swept(folder, folder / "copy.db", arguments, proofs))


def test_what_is_put_right_by_a_program_killed_at_any_write_is_put_right_or_not(office: Mou) -> None:
    with closing(sqlite3.connect(office.db)) as connection:
        connection.execute("UPDATE agreement_span SET status = 'expired'")
        connection.execute("DELETE FROM search_text WHERE key = 'uib'")
        connection.commit()
    hold(swept(office.db.parent, office.db, ["db", "check", "--fix"], [["list"]]))


def test_what_a_killed_backup_left_is_taken_away_by_the_next(office: Mou) -> None:
    folder = Path(f"{office.db}.backups")
    folder.mkdir()
    (folder / "documents").mkdir()
    litter = [folder / ".register.0a1b2c3d.db.tmp", folder / "documents" / ".0123456789abcdef.tmp"]
    for path in litter:
        path.write_bytes(b"half")
    office("backup")
    assert [path for path in litter if path.exists()] == []


def test_what_somebody_wrote_into_the_journal_does_not_steer_the_terminal(trial: Trial, tmp_path: Path) -> None:
    safe = tmp_path / "safe.db"
    trial.sql("INSERT INTO journal_entry (at, actor, action) VALUES ('2025-01-01T00:00:00+00:00', 'a\x1b[31mb', 'c')")
    trial.call("backup", str(safe), changes=True)
    for arguments in (("restore", str(safe), "--dry-run"), ("db", "status", "-f", "table")):
        answer = trial.call(*arguments)
        assert "\x1b" not in answer.out + answer.err
        assert r"a\x1b[31mb" in answer.out


def test_backups_beside_eight_writers_are_each_of_one_moment(trial: Trial) -> None:
    # Every addition leaves an agreement, an entry in the journal and a reference: no backup may have but a part of it.
    adding = ("add", "--partner", "miras", "--home", "khazar", "--title")
    before = trial.value("SELECT count(*) FROM agreement")
    writers = [trial.start(*adding, f"of {n}") for n in range(8)]
    made = []
    while any(writer.poll() is None for writer in writers):
        made.append(trial.end(trial.start("backup")))
    answers = [trial.end(writer) for writer in writers]
    made.append(trial.end(trial.start("backup")))
    assert [answer.err for answer in (*answers, *made) if answer.code] == []
    counts = []
    for answer in made:
        with closing(sqlite3.connect(answer.out.strip())) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            ((agreements,),) = connection.execute("SELECT count(*) FROM agreement")
            ((entries,),) = connection.execute("SELECT count(*) FROM journal_entry")
            ((last,),) = connection.execute("SELECT last FROM reference_counter WHERE year = 2025")
        assert agreements - before == entries - 1 == last - before
        counts.append(agreements)
    assert counts == sorted(counts)
    assert counts[-1] == before + 8


def test_two_backups_at_once_do_not_disturb_each_other(trial: Trial) -> None:
    both = [trial.start("backup", "--keep", "5") for _ in range(4)]
    answers = [trial.end(each) for each in both]
    assert [answer.err for answer in answers if answer.code] == []
    assert sorted(answer.out.strip() for answer in answers) == [str(path) for path in backups(trial.db)]


@pytest.mark.parametrize("blocks", [0, 100, 1000])
@pytest.mark.parametrize("to", [(), ("{folder}/safe.db",)], ids=["own folder", "file"])
def test_a_backup_that_finds_no_room_is_not_begun(trial: Trial, blocks: int, to: tuple[str, ...]) -> None:
    was = trial.db.read_bytes()
    command = trial.command("backup", *(word.format(folder=trial.folder) for word in to))
    line = ["/bin/sh", "-c", LIMITED.format(blocks=blocks), "sh", *command]
    done = subprocess.run(line, env=trial.environment, capture_output=True, check=False)
    assert done.returncode == 6, done.stderr
    assert re.match(rb"mou: .*(could not be read or written|disk is full|cannot be written)", done.stderr)
    assert b"Traceback" not in done.stderr
    assert backups(trial.db) == []
    assert not (trial.folder / "safe.db").exists()
    assert trial.db.read_bytes() == was


def test_a_restore_that_finds_no_room_changes_nothing(trial: Trial, tmp_path: Path) -> None:
    safe = tmp_path / "safe.db"
    trial.run("backup", str(safe), changes=True)
    trial.call("edit", "khazar-miras-2024", "--note", "later", changes=True)
    was = trial.db.read_bytes()
    trial.run("restore", str(safe), "--yes", code=6, line=LIMITED.format(blocks=200))
    assert trial.db.read_bytes() == was


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_register_is_found_out_and_not_backed_up_as_a_whole_one(trial: Trial, damage: str) -> None:
    trial.db.write_bytes(DAMAGES[damage](trial.db.read_bytes()))
    was = trial.db.read_bytes()
    answer = trial.call("db", "check", code=7)
    assert "damaged" in answer.out + answer.err
    assert Mou(trial.db).call("db", "check", "--fix").code == 7
    assert Mou(trial.db).call("backup").code == 7
    assert (trial.db.read_bytes(), backups(trial.db)) == (was, [])


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_register_is_restored_and_kept_as_it_was(trial: Trial, tmp_path: Path, damage: str) -> None:
    safe = tmp_path / "safe.db"
    mou = Mou(trial.db)
    mou("backup", str(safe))
    trial.db.write_bytes(DAMAGES[damage](trial.db.read_bytes()))
    was = trial.db.read_bytes()
    mou("restore", str(safe), "--yes")
    (kept,) = backups(trial.db)
    assert kept.read_bytes() == was
    assert content(trial.db) == content(safe)
    assert mou("db", "check").out == ""


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_is_not_restored(trial: Trial, tmp_path: Path, damage: str) -> None:
    safe = tmp_path / "safe.db"
    trial.call("backup", str(safe), changes=True)
    safe.write_bytes(DAMAGES[damage](safe.read_bytes()))
    was = safe.read_bytes()
    for more in ("--yes", "--dry-run"):
        answer = trial.call("restore", str(safe), more, code=7)
        assert answer.err.startswith(f"mou: {safe} ")
        assert "damaged" in answer.err
    assert safe.read_bytes() == was


@pytest.mark.parametrize("table", ["agreement", "agreement_party", "ix_agreement_type", "journal_change"])
def test_damage_in_the_middle_is_found_and_told_what_can_be_read(trial: Trial, table: str) -> None:
    trial.db.write_bytes(overwritten(root_page(trial.db, table) - 1, 1)(trial.db.read_bytes()))
    rows = trial.call("db", "check", "-f", "json", code=7).json
    assert {row["code"] for row in rows} == {"damaged", "readable"}
    readable = dict(part.split(" ") for part in rows[-1]["about"].split(", "))
    assert readable["institution"] == "143/143"
    if not table.startswith("agreement"):
        assert readable["agreement"] == "134/134"


def test_a_damaged_page_that_nothing_uses_is_found(trial: Trial) -> None:
    trial.sql("CREATE TABLE spare (text)", "INSERT INTO spare VALUES (zeroblob(900000))", "DROP TABLE spare")
    free = trial.value("PRAGMA freelist_count")
    assert free > 200
    content = trial.db.read_bytes()
    trunk = int.from_bytes(content[32:36], "big")
    trial.db.write_bytes(overwritten(trunk - 1, 1)(content))
    assert {row["severity"] for row in trial.call("db", "check", "-f", "json", code=7).json} >= {"damage"}


def test_values_that_were_never_written_are_found(trial: Trial) -> None:
    trial.sql("UPDATE agreement SET tags = '{' WHERE key = 'khazar-miras-2024'")
    rows = trial.call("db", "check", "-f", "json", code=7).json
    assert rows[-1]["about"] == "institution 143/143, event 1/1, agreement 133/134, plan 1/1, task 11/11"
    trial.sql("UPDATE agreement SET tags = NULL, project = CAST(x'ff41fe' AS TEXT) WHERE key = 'khazar-miras-2024'")
    assert trial.call("db", "check", "-f", "json", code=7).json[-1]["about"] == rows[-1]["about"]


def test_damage_that_only_a_proof_can_meet_is_not_backed_up(trial: Trial) -> None:
    trial.sql("PRAGMA foreign_keys=OFF", "UPDATE agreement_party SET institution = 'nobody' WHERE ordinal = 1")
    answer = Mou(trial.db).fails(7, "backup")
    assert answer.err == (
        f"mou: {trial.db} is damaged: agreement_party mentions a row of institution that is not there; "
        "no backup was made, nothing was changed\nhint: `mou db check` says more\n"
    )
    assert backups(trial.db) == []


ALIEN = {
    "of another program": ("PRAGMA application_id=1", "belongs to another program, it is not a register of mou"),
    "of a newer program": ("UPDATE alembic_version SET version_num='9999'", "was made by a newer mou (schema 9999)"),
}


@pytest.mark.parametrize("whose", ALIEN)
def test_what_is_not_ours_or_newer_is_neither_restored_nor_overwritten(
    trial: Trial, tmp_path: Path, whose: str
) -> None:
    statement, says = ALIEN[whose]
    safe, alien = tmp_path / "safe.db", tmp_path / "alien.db"
    for target in (safe, alien):
        trial.call("backup", str(target), changes=True)
    with closing(sqlite3.connect(alien, isolation_level=None)) as connection:
        connection.execute(statement)
    assert says in trial.call("restore", str(alien), "--yes", code=7).err
    trial.sql(statement)
    for arguments in (("restore", str(safe), "--yes"), ("db", "check"), ("db", "status"), ("db", "upgrade")):
        assert says in trial.call(*arguments, code=7).err, arguments
    assert Mou(trial.db).call("backup").code == 7
    assert backups(trial.db) == []


def test_where_the_first_backup_fails_no_folder_is_left(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("not a register", "utf-8")
    answer = Mou(tmp_path / "notes.db").fails(7, "backup")
    assert answer.err.startswith(f"mou: {tmp_path}/notes.db is a text file, not a register\n")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.db"]


def test_a_register_that_does_not_say_its_schema_can_be_restored(trial: Trial, tmp_path: Path) -> None:
    safe = tmp_path / "safe.db"
    mou = Mou(trial.db)
    mou("backup", str(safe))
    trial.sql("DELETE FROM alembic_version")
    mou("restore", str(safe), "--yes")
    assert content(trial.db) == content(safe)


def test_what_is_no_file_is_not_restored(trial: Trial, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty.db").touch()
    for name, says, code in (
        ("", f"{tmp_path} is a folder, not a backup", 7),
        ("pipe", f"{tmp_path}/pipe is not a plain file, not a backup", 7),
        ("empty.db", f"{tmp_path}/empty.db is empty, not a backup", 7),
        ("nothing", f"there is no backup at {tmp_path}/nothing", 6),
    ):
        answer = trial.run("restore", str(tmp_path / name), "--yes", code=code)
        assert answer.err.splitlines()[0] == f"mou: {says}"


def test_a_backup_may_be_a_symbolic_link_and_so_may_the_register(trial: Trial, tmp_path: Path) -> None:
    mou, safe, real = Mou(trial.db), tmp_path / "safe.db", tmp_path / "real.db"
    mou("backup", str(safe))
    (tmp_path / "link.db").symlink_to(safe)
    trial.db.rename(real)
    trial.db.symlink_to(real)
    mou("restore", str(tmp_path / "link.db"), "--yes")
    assert trial.db.is_symlink()
    assert content(real) == content(safe)
    assert len(backups(real)) == 1


def test_nothing_is_written_where_nothing_can_be(trial: Trial, tmp_path: Path) -> None:
    safe = tmp_path / "safe.db"
    trial.call("backup", str(safe), changes=True)
    with modes(0o555, (trial.db, 0o400), of=trial):
        says = "mou: backups cannot be kept in {db}.backups: Permission denied\n"
        says += "hint: see whether the folder can be written"
        trial.run("backup", powerless=True, code=6, says=says)
        trial.run("restore", str(safe), "--yes", powerless=True, code=6)
        trial.run("db", "check", powerless=True, says="")
        trial.run("db", "status", powerless=True, says="")
        trial.run("restore", str(safe), "--dry-run", powerless=True)


def test_nobody_waits_longer_than_said(trial: Trial, tmp_path: Path) -> None:
    safe = tmp_path / "safe.db"
    trial.call("backup", str(safe), changes=True)
    with locked(trial.db, "EXCLUSIVE"):
        for arguments in (("backup", str(tmp_path / "x.db")), ("db", "check"), ("db", "status")):
            answer = trial.run(*arguments, code=6, env={"MOU_TIMEOUT": "0.2"})
            assert "is locked: another program is working on it" in answer.err
    with locked(trial.db, "IMMEDIATE"):
        trial.run("backup", str(tmp_path / "x.db"), env={"MOU_TIMEOUT": "0.2"})
        before = trial.db.read_bytes()
        done = Mou(trial.db).call("restore", str(safe), "--yes", env={"MOU_TIMEOUT": "0.2"})
        assert (done.code, trial.db.read_bytes()) == (6, before)
        assert "is locked: another program is working on it" in done.err


def test_a_half_done_change_is_told_of_and_undone(trial: Trial) -> None:
    before = trial.db.read_bytes()
    leave_a_hot_journal(trial)
    (row,) = trial.call("db", "check", "-f", "json", code=3).json
    assert row["code"] == "unfinished"
    answer = trial.call("db", "check", "--fix", changes=True)
    assert answer.err == "put right: a program that died has left a change half done\n"
    assert trial.db.read_bytes() == before


def test_a_backup_of_a_half_done_change_is_of_what_was_before(trial: Trial) -> None:
    before = content(trial.db)
    leave_a_hot_journal(trial)
    Mou(trial.db)("backup")
    (made,) = backups(trial.db)
    assert content(made) == before


def test_a_copy_with_a_half_done_change_beside_it_is_not_restored(trial: Trial, tmp_path: Path) -> None:
    target = Mou(tmp_path / "new.db")
    leave_a_hot_journal(trial)
    answer = target.fails(7, "restore", str(trial.db), "--yes")
    assert answer.err == (
        f"mou: {trial.db} was left in the middle of a change\nhint: `mou --db {trial.db} list` undoes that first\n"
    )
    assert not target.db.exists()
