"""mou restore: a backup in the register's place, proved first; what there was is kept."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mou_cli.store.revision import HEAD
from tests.commands.test_backup import REF, add_document, content, folder_of, names, stored
from tests.conftest import ROOT, TODAY, Mou
from tests.terminal import open_program, see_the_end

pytestmark = pytest.mark.file_only("what is restored is the file")


@pytest.fixture
def safe(seeds: Mou) -> Path:
    """A backup of the seeds with one document, since when one agreement was changed and one removed."""
    add_document(seeds, "scan.txt", "scanned")
    made = seeds.db.with_name("safe.db")
    seeds("backup", str(made))
    seeds("edit", REF, "--note", "later")
    seeds("remove", "khazar-ucla", "--yes")
    return made


def kept(mou: Mou) -> Path:
    (made,) = folder_of(mou).glob("*-before-restore.db")
    return made


def test_the_register_becomes_what_the_backup_is_and_what_it_was_is_kept(seeds: Mou, safe: Path) -> None:
    was, inode = content(seeds.db), seeds.db.stat().st_ino
    answer = seeds("restore", str(safe), "--yes")
    assert content(seeds.db) == content(safe)
    assert content(kept(seeds)) == was
    assert seeds.db.stat().st_ino == inode
    assert answer.out == ""
    lines = answer.err.splitlines()
    assert lines[:5] == [
        "143 institutions, as many as now",
        "1 event, as many as now",
        "134 agreements instead of 133",
        "1 plan, as many as now",
        "11 tasks, as many as now",
    ]
    assert re.fullmatch(r"last change: 2, \d{4}-\d\d-\d\d \d\d:\d\d, tester: add document", lines[5])
    assert re.fullmatch(r"instead of: 4, \d{4}-\d\d-\d\d \d\d:\d\d, tester: remove agreement khazar-ucla", lines[6])
    assert lines[7:] == [f"{safe} is restored", f"the register as it was is kept in {kept(seeds)}"]
    assert [path.name for path in seeds.db.parent.iterdir() if path.name.startswith(".")] == []


def test_what_was_restored_can_be_taken_back(seeds: Mou, safe: Path) -> None:
    was = content(seeds.db)
    seeds("restore", str(safe), "--yes")
    seeds("restore", str(kept(seeds)), "--yes")
    assert content(seeds.db) == was


def test_a_restored_register_works(seeds: Mou, safe: Path) -> None:
    seeds("restore", str(safe), "--yes")
    assert seeds("db", "check").out == ""
    seeds("doc", "verify")
    seeds("edit", REF, "--note", "after")
    assert seeds.json("show", REF)["note"] == "after"


def test_the_documents_come_back(seeds: Mou, safe: Path) -> None:
    digest = seeds.json("doc", "list", REF)[0]["sha256"]
    store = Path(f"{seeds.db}.documents")
    shutil.rmtree(store)
    row = seeds.json("restore", str(safe), "--yes")
    assert stored(store, digest).read_text("utf-8") == "scanned"
    assert (row["documents"], row["lost"]) == ({"count": 1, "bytes": 7}, [])
    assert row["kept"] == str(kept(seeds))
    assert row["before"]["records"]["agreement"], row["after"]["records"]["agreement"] == (133, 134)


def test_documents_of_the_own_folder_of_backups_come_back(seeds: Mou) -> None:
    digest = add_document(seeds, "scan.txt", "scanned")
    made = seeds("backup").out.strip()
    store = Path(f"{seeds.db}.documents")
    stored(store, digest).unlink()
    seeds("restore", made, "--yes")
    assert stored(store, digest).read_text("utf-8") == "scanned"


def test_a_document_that_is_nowhere_is_told(seeds: Mou, safe: Path) -> None:
    shutil.rmtree(f"{safe}.documents")
    shutil.rmtree(f"{seeds.db}.documents")
    answer = seeds.call("restore", str(safe), "--yes")
    assert answer.code == 3
    assert answer.err.endswith("the content of 1 document is missing or changed (`mou doc verify` says of which)\n")
    assert content(seeds.db) == content(safe)


def test_a_rehearsal_shows_what_would_change_and_changes_nothing(seeds: Mou, safe: Path) -> None:
    before = {path: path.read_bytes() for path in seeds.db.parent.rglob("*") if path.is_file()}
    answer = seeds("restore", str(safe), "--dry-run")
    assert answer.lines[2] == "134 agreements instead of 133"
    assert answer.err == ""
    row = seeds.json("restore", str(safe), "--dry-run")
    assert (row["file"], row["revision"], row["kept"], row["lost"]) == (str(safe), HEAD, None, [])
    assert {path: path.read_bytes() for path in seeds.db.parent.rglob("*") if path.is_file()} == before


def test_where_there_is_no_register_it_is_created(safe: Path, absent: Mou) -> None:
    answer = absent("restore", str(safe), "--yes")
    assert content(absent.db) == content(safe)
    assert absent.db.stat().st_mode & 0o777 == 0o600
    assert answer.err.splitlines()[0] == "143 institutions"
    assert not folder_of(absent).exists()
    assert absent("doc", "verify").code == 0


def test_an_older_backup_is_brought_up_to_date_in_a_copy(seeds: Mou, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(gzip.decompress((ROOT / "tests/registers/0001.db.gz").read_bytes()))
    was = old.read_bytes()
    assert seeds.json("restore", str(old), "--yes")["revision"] == "0001"
    assert old.read_bytes() == was
    assert seeds.json("db", "status")["revision"] == HEAD
    assert seeds("db", "check").out == ""


def test_a_register_of_an_earlier_program_is_kept_as_it_is(seeds: Mou, safe: Path) -> None:
    seeds.db.write_bytes(gzip.decompress((ROOT / "tests/registers/0001.db.gz").read_bytes()))
    was = content(seeds.db)
    seeds("restore", str(safe), "--yes")
    assert content(kept(seeds)) == was
    assert content(seeds.db) == content(safe)


def test_whoever_reads_meanwhile_goes_on_reading_one_register(seeds: Mou, safe: Path) -> None:
    with closing(sqlite3.connect(seeds.db)) as reading:
        before = reading.execute("SELECT count(*) FROM agreement").fetchone()
        seeds("restore", str(safe), "--yes")
        assert (before, reading.execute("SELECT count(*) FROM agreement").fetchone()) == ((133,), (134,))


def test_it_has_to_be_confirmed(seeds: Mou, safe: Path) -> None:
    was = seeds.db.read_bytes()
    answer = seeds.fails(2, "restore", str(safe))
    assert answer.err == "mou: restoring has to be confirmed\nhint: say --yes\n"
    assert seeds.db.read_bytes() == was


@pytest.mark.parametrize("typed", ["y", "n", ""])
def test_on_a_terminal_it_is_asked(seeds: Mou, safe: Path, typed: str) -> None:
    is_done = typed == "y"
    env = {"PATH": os.environ["PATH"], "HOME": str(seeds.db.parent), "MOU_DB": str(seeds.db), "MOU_TODAY": TODAY}
    was = content(seeds.db)
    child = open_program(["restore", str(safe)], env | {"TERM": "xterm"}, columns=200)
    child.expect_exact("134 agreements instead of 133")
    child.expect_exact(f"Put it in the place of {seeds.db}? [y/N]")
    child.sendline(typed)
    child.expect_exact("is restored" if is_done else "nothing was restored")
    see_the_end(child)
    assert child.exitstatus == (0 if is_done else 130)
    assert content(seeds.db) == (content(safe) if is_done else was)


def test_a_backup_that_is_not_said_or_not_there_is_asked_for(seeds: Mou, safe: Path) -> None:
    assert seeds.fails(2, "restore", "--yes").err == (
        "mou: it has to be said which backup is restored\nhint: `mou backup` makes one\n"
    )
    made = seeds("backup").out.strip()
    hint = f"hint: the newest in its folder is {made}\n"
    assert seeds.fails(2, "restore", "--yes").err.endswith(hint)
    assert seeds.fails(6, "restore", "nothing.db", "--yes").err == f"mou: there is no backup at nothing.db\n{hint}"
    assert seeds.fails(2, "restore", str(seeds.db), "--yes").err == f"mou: {seeds.db} is the register itself\n{hint}"
    assert len(names(folder_of(seeds))) == 1
    assert safe.exists()


def test_what_a_restore_has_put_aside_is_not_offered_before_a_backup_that_was_proved(seeds: Mou, safe: Path) -> None:
    seeds("restore", str(safe), "--yes")
    aside = str(kept(seeds))
    assert seeds.json("db", "status")["last_backup"] == aside
    made = seeds("backup").out.strip()
    damaged = seeds.db.read_bytes()
    seeds.db.write_bytes(damaged[: len(damaged) // 2])
    seeds("restore", made, "--yes")
    hint = f"hint: the newest in its folder is {made}\n"
    assert seeds.fails(6, "restore", "nothing.db", "--yes").err.endswith(hint)
    assert seeds.json("db", "status")["last_backup"] == made
