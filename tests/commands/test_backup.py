"""mou backup: a whole copy with its documents, proved before it has its name."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Mou

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.file_only("a backup is made of the file")
COUNTED = "143 institutions, 1 event, 134 agreements, 1 plan, 11 tasks"
REF = "khazar-miras-2024"


def folder_of(mou: Mou) -> Path:
    return Path(f"{mou.db}.backups")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.db"))


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def add_document(mou: Mou, name: str, text: str) -> str:
    """Add a document and give its checksum."""
    file = mou.db.with_name(name)
    file.write_text(text, "utf-8")
    mou("doc", "add", REF, str(file))
    return sha256(text.encode()).hexdigest()


def stored(store: Path, digest: str) -> Path:
    return store / digest[:2] / digest[2:]


def test_a_backup_is_kept_in_a_folder_of_its_own_and_holds_the_same(seeds: Mou) -> None:
    answer = seeds("backup")
    made = Path(answer.out.rstrip("\n"))
    assert made.parent == folder_of(seeds)
    assert answer.err == f"{COUNTED} backed up\n"
    assert content(made) == content(seeds.db)
    assert Mou(made)("export").out == seeds("export").out
    assert names(folder_of(seeds)) == [made.name]
    assert [path.name for path in folder_of(seeds).iterdir()] == [made.name]


def test_only_its_owner_can_read_a_backup(seeds: Mou) -> None:
    digest = add_document(seeds, "scan.txt", "scanned")
    seeds("backup")
    target = seeds.db.with_name("elsewhere.db")
    seeds("backup", str(target))
    (made,) = folder_of(seeds).glob("*.db")
    stores = (folder_of(seeds) / "documents", Path(f"{target}.documents"))
    for folder in (folder_of(seeds), *stores, *(stored(store, digest).parent for store in stores)):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
    for file in (made, target, *(stored(store, digest) for store in stores)):
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


def test_a_backup_is_answered_with_as_an_object(seeds: Mou) -> None:
    digest = add_document(seeds, "scan.txt", "scanned")
    row = seeds.json("backup")
    assert row["file"] == str(next(folder_of(seeds).glob("*.db")))
    assert row["records"] == {"institution": 143, "event": 1, "agreement": 134, "plan": 1, "task": 11, "acceptance": 0}
    assert row["entries"] == 2
    assert row["last_entry"] | {"at": ""} == {"entry": 2, "at": "", "actor": "tester", "action": "add document"}
    assert (row["documents"], row["lost"], row["removed"]) == ({"count": 1, "bytes": 7}, [], [])
    assert stored(folder_of(seeds) / "documents", digest).read_text("utf-8") == "scanned"


def test_backups_in_one_second_have_names_of_their_own(empty: Mou) -> None:
    files = [empty("backup").out for _ in range(4)]
    assert len(set(files)) == 4
    assert len(names(folder_of(empty))) == 4


def test_as_many_are_kept_as_are_said_and_nothing_else_is_removed(seeds: Mou) -> None:
    folder = folder_of(seeds)
    made = [Path(seeds("backup").out.strip()) for _ in range(3)]
    seeds("partner", "merge", "uit", "uib", "--yes")
    (before_merge,) = set(folder.glob("*.db")) - set(made)
    assert before_merge.name.endswith("-before-merge.db")
    others = [
        folder / name for name in ("seeds-of-the-year.db", "other-20260101T000000Z.db", "seeds-20269901T000000Z.db")
    ]
    for other in others:
        shutil.copy(made[0], other)
    answer = seeds("backup", "--keep", "2")
    assert [line for line in answer.err.splitlines() if line.startswith("removed")] == [
        f"removed: {made[1]}",
        f"removed: {made[0]}",
    ]
    assert set(folder.iterdir()) == {made[2], before_merge, Path(answer.out.strip()), *others}


def test_with_a_backup_go_the_contents_that_no_other_mentions(seeds: Mou) -> None:
    store = folder_of(seeds) / "documents"
    first, second = (add_document(seeds, name, name) for name in ("one.txt", "two.txt"))
    seeds("backup")
    seeds("doc", "remove", REF, "one.txt", "--yes")
    seeds("backup")
    assert stored(store, first).exists()
    seeds("backup", "--keep", "1")
    assert not stored(store, first).exists()
    assert stored(store, second).exists()


def test_a_backup_that_cannot_be_read_keeps_all_contents(seeds: Mou) -> None:
    digest = add_document(seeds, "one.txt", "one")
    seeds("backup")
    seeds("doc", "remove", REF, "one.txt", "--yes")
    (folder_of(seeds) / "mine.db").write_bytes(b"who knows what this mentions")
    seeds("backup", "--keep", "1")
    assert stored(folder_of(seeds) / "documents", digest).exists()


def test_a_backup_that_somebody_has_renamed_keeps_its_contents(seeds: Mou) -> None:
    digest = add_document(seeds, "one.txt", "one")
    made = Path(seeds("backup").out.strip())
    made.rename(made.with_name("the one to keep"))
    (folder_of(seeds) / "notes.txt").write_text("why it is kept")
    seeds("doc", "remove", REF, "one.txt", "--yes")
    for _ in range(2):
        seeds("backup", "--keep", "1")
    assert stored(folder_of(seeds) / "documents", digest).exists()


def test_a_checksum_that_is_none_is_no_obstacle(seeds: Mou) -> None:
    add_document(seeds, "one.txt", "one")
    with closing(sqlite3.connect(seeds.db)) as connection:
        connection.execute("UPDATE agreement_document SET sha256 = '../../etc/passwd'")
        connection.commit()
    answer = seeds.call("backup", "-f", "json")
    assert (answer.code, answer.json["lost"]) == (3, ["../../etc/passwd"])


def test_contents_are_linked_or_copied_once(seeds: Mou) -> None:
    digest = add_document(seeds, "scan.txt", "scanned")
    for _ in range(2):
        seeds("backup")
    live, kept = (stored(Path(f"{seeds.db}.{name}"), digest) for name in ("documents", "backups/documents"))
    assert live.samefile(kept)
    assert live.stat().st_nlink == 2


def test_on_another_disk_contents_are_copied(seeds: Mou) -> None:
    digest = add_document(seeds, "scan.txt", "scanned")
    places = [Path("/dev/shm"), Path(tempfile.gettempdir())]  # noqa: S108 - a folder of its own is made in it
    others = [place for place in places if place.is_dir() and place.stat().st_dev != seeds.db.stat().st_dev]
    if not others:
        pytest.skip("there is no other disk here")
    other = others[0]
    with tempfile.TemporaryDirectory(dir=other) as folder:
        row = seeds.json("backup", f"{folder}/safe.db")
        kept = stored(Path(f"{folder}/safe.db.documents"), digest)
        assert (row["lost"], kept.read_text("utf-8"), kept.stat().st_nlink) == ([], "scanned", 1)
        stored(Path(f"{seeds.db}.documents"), digest).unlink()
        assert seeds.json("restore", f"{folder}/safe.db", "--yes")["lost"] == []
    assert stored(Path(f"{seeds.db}.documents"), digest).read_text("utf-8") == "scanned"


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_text("another")])
def test_a_document_that_is_not_as_it_was_is_told_and_the_rest_backed_up(
    seeds: Mou, spoil: Callable[[Path], object]
) -> None:
    digest = add_document(seeds, "scan.txt", "scanned")
    add_document(seeds, "whole.txt", "whole")
    live = stored(Path(f"{seeds.db}.documents"), digest)
    live.chmod(0o600)
    spoil(live)
    answer = seeds.call("backup", "-f", "json")
    assert answer.code == 3
    assert answer.json["lost"] == [digest]
    assert answer.json["documents"] == {"count": 1, "bytes": 5}
    assert answer.err.splitlines() == [
        f"{COUNTED} and the content of 1 document backed up",
        "the content of 1 document is missing or changed (`mou doc verify` says of which)",
    ]


def test_a_content_that_an_earlier_backup_still_has_is_not_lost(seeds: Mou) -> None:
    digest = add_document(seeds, "scan.txt", "scanned")
    seeds("backup")
    stored(Path(f"{seeds.db}.documents"), digest).unlink()
    assert seeds.json("backup")["lost"] == []


def test_a_file_is_replaced_only_by_a_later_state_of_the_same_register(seeds: Mou, tmp_path: Path) -> None:
    target = tmp_path / "safe.db"
    assert seeds("backup", str(target)).out == f"{target}\n"
    seeds("edit", REF, "--note", "later")
    seeds("backup", str(target))
    assert content(target) == content(seeds.db)
    Mou(target)("edit", REF, "--note", "made in the backup")
    other = Mou(tmp_path / "other.db")
    other("add", "--home", "H", "--new", "--partner", "P", "--country", "NO")
    (tmp_path / "letter.txt").write_text("Dear Sir")
    for file in (target, other.db, tmp_path / "letter.txt"):
        was = file.read_bytes()
        answer = seeds.fails(5, "backup", str(file))
        assert answer.err == (
            f"mou: {file} is there already, and no earlier state of this register\nhint: say another file\n"
        )
        assert file.read_bytes() == was


def test_a_symbolic_link_stays_one(seeds: Mou, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "disk" / "safe.db")
    seeds("backup", str(link))
    assert link.is_symlink()
    assert content(tmp_path / "disk" / "safe.db") == content(seeds.db)


def test_what_is_no_file_is_refused(seeds: Mou, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for said, says in (
        ("-", "mou: a backup is a file, not a stream\nhint: say its name\n"),
        (str(tmp_path), f"mou: {tmp_path} is a folder\nhint: say a file\n"),
        (str(tmp_path / "pipe"), f"mou: {tmp_path}/pipe is not a plain file\nhint: say a file\n"),
        (str(tmp_path / "no" / "x.db"), f"mou: there is no folder {tmp_path}/no\n"),
        (str(seeds.db), f"mou: {seeds.db} is the register itself\nhint: say another file\n"),
    ):
        assert seeds.fails(2, "backup", said).err == says


@pytest.mark.parametrize("said", ["0", "-1", "x", "", "10001", "1.5", "1" * 5000])
def test_a_number_to_keep_that_is_none_is_refused(empty: Mou, said: str) -> None:
    assert empty.fails(2, "backup", f"--keep={said}").err == f"mou: --keep: {said!r} is no number from 1 to 10000\n"
    assert not folder_of(empty).exists()


def test_keeping_is_about_the_own_folder(empty: Mou) -> None:
    answer = empty.fails(2, "backup", "x.db", "--keep", "3")
    assert answer.err == "mou: --keep is about the register's own folder of backups\nhint: leave FILE out\n"


def test_a_backup_is_told_in_azerbaijani(seeds: Mou) -> None:
    answer = seeds("backup", "--lang", "az")
    assert answer.err == "143 qurum, 1 tədbir, 134 saziş, 1 plan, 11 tapşırıq ehtiyata köçürüldü\n"
