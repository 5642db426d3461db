"""mou db: how the register's file is, whether it is sound, and what puts it right."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mou_cli.output.register import FAULTS, severity_of
from mou_cli.store.mount import network_of
from mou_cli.store.revision import HEAD, REVISIONS
from tests.commands.test_backup import folder_of
from tests.conftest import ROOT, Mou

pytestmark = pytest.mark.file_only("it is the file that is looked at")
FIX = "`mou db check --fix` puts it right"


def sql(mou: Mou, *statements: str) -> None:
    with closing(sqlite3.connect(mou.db, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def found(mou: Mou, code: int) -> list[dict[str, Any]]:
    answer = mou.call("db", "check", "-f", "json")
    assert answer.code == code, answer
    rows: list[dict[str, Any]] = answer.json
    return rows


def test_a_sound_register_says_nothing(seeds: Mou, empty: Mou) -> None:
    for mou in (seeds, empty):
        answer = mou("db", "check")
        assert (answer.out, answer.err) == ("", "")
        assert mou.json("db", "check") == []


@pytest.mark.parametrize("version", REVISIONS[:-1])
def test_an_upgraded_register_is_sound(seeds: Mou, version: str) -> None:
    packed = ROOT / f"tests/registers/{version}.db.gz"
    if not packed.exists():
        pytest.skip("no register of that version is kept")
    seeds.db.write_bytes(gzip.decompress(packed.read_bytes()))
    (row,) = found(seeds, 3)
    assert row == {
        "code": "outdated",
        "severity": "mendable",
        "about": version,
        "number": None,
        "sentence": f"the schema is that of an earlier program: {version}",
        "hint": "`mou db upgrade` brings it up to date",
    }
    assert seeds.json("db", "status")["revision"] == version
    assert seeds("db", "upgrade", "--dry-run").out == f"schema {version} would become {HEAD}\n"
    assert seeds.json("db", "status")["revision"] == version
    answer = seeds("db", "upgrade")
    (backup,) = folder_of(seeds).glob("*-before-upgrade.db")
    assert answer.err == f"schema {version} has become {HEAD}\nthe register as it was is kept in {backup}\n"
    assert found(seeds, 0) == []
    assert seeds("db", "upgrade").err == f"{seeds.db} is up to date (schema {HEAD})\n"


def test_a_register_looked_at_on_a_later_day_is_sound(seeds: Mou, tmp_path: Path) -> None:
    file = tmp_path / "awkward.yaml"
    file.write_bytes((ROOT / "tests/views/awkward.yaml").read_bytes())
    mou = Mou(tmp_path / "awkward.db")
    mou("import", str(file), str(ROOT / "examples/tacit-renewal.yaml"))
    for day in ("2020-01-01", "2025-05-10", "2034-02-28", "2066-11-22"):
        assert mou.json("db", "check", "--as-of", day) == []
    assert seeds.db.exists()


MENDABLE = {
    "words": (["UPDATE search_text SET folded = 'made up' WHERE key = 'uit'"], 1, None),
    "spans": (["UPDATE agreement_span SET status = 'active' WHERE agreement = 'khazar-uit'"], 1, None),
    "index": (["DROP INDEX ix_agreement_type"], None, "ix_agreement_type"),
    "guard": (["DROP TRIGGER journal_change_update"], None, "journal_change_update"),
    "search-index": (["INSERT INTO search_index(search_index) VALUES ('delete-all')"], None, None),
}


@pytest.mark.parametrize("code", MENDABLE)
def test_what_follows_from_the_records_is_put_right(seeds: Mou, code: str) -> None:
    before = seeds("export").out
    journal = seeds.json("db", "status")["entries"]
    statements, number, about = MENDABLE[code]
    sql(seeds, *statements)
    rows = [row for row in found(seeds, 3) if row["code"] == code]
    assert [(row["severity"], row["number"], row["about"], row["hint"]) for row in rows] == [
        ("mendable", number, about, FIX)
    ]
    spoilt = seeds.content()
    assert seeds.call("db", "check").code == 3
    assert seeds.content() == spoilt
    answer = seeds("db", "check", "--fix")
    assert f"put right: {rows[0]['sentence']}\n" in answer.err
    assert answer.out == ""
    assert found(seeds, 0) == []
    assert seeds("export").out == before
    assert seeds.json("db", "status")["entries"] == journal
    assert [row["key"] for row in seeds.json("search", "tromso")] == ["uit", "khazar-uit"]


def test_a_guard_that_does_nothing_is_none(seeds: Mou) -> None:
    sql(
        seeds,
        "DROP TRIGGER journal_change_delete",
        "CREATE TRIGGER journal_change_delete BEFORE DELETE ON journal_change BEGIN SELECT 1; END",
    )
    assert [(row["code"], row["about"]) for row in found(seeds, 3)] == [("guard", "journal_change_delete")]
    seeds("db", "check", "--fix")
    with pytest.raises(sqlite3.IntegrityError, match="the journal cannot be changed"):
        sql(seeds, "DELETE FROM journal_change")


def test_words_of_records_that_are_gone_or_missing_are_found(seeds: Mou) -> None:
    sql(seeds, "INSERT INTO search_text (noun, key, folded) VALUES ('event', 'gone', 'gone')")
    sql(seeds, "DELETE FROM search_text WHERE key = 'uit'", "DELETE FROM agreement_span WHERE agreement = 'khazar-uit'")
    sql(seeds, "INSERT INTO search_index(search_index) VALUES ('rebuild')")
    assert [(row["code"], row["number"]) for row in found(seeds, 3)] == [("words", 2), ("spans", 1)]
    seeds("db", "check", "--fix")
    assert found(seeds, 0) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agreement_span SET last_on = '2030-01-01' WHERE agreement = 'khazar-uit'",
        "UPDATE agreement_span SET projected_to = '2030-01-01' WHERE agreement = 'khazar-uit'",
        "UPDATE agreement_span SET notice_by = '2030-01-01' WHERE agreement = 'khazar-uit'",
    ],
)
def test_any_difference_of_a_term_is_found(seeds: Mou, statement: str) -> None:
    sql(seeds, statement)
    assert [(row["code"], row["number"]) for row in found(seeds, 3)] == [("spans", 1)]


def test_a_table_that_is_not_as_it_should_be_is_damage(seeds: Mou) -> None:
    sql(seeds, "ALTER TABLE agreement_document DROP COLUMN media_type")
    (row,) = found(seeds, 7)
    assert (row["code"], row["severity"], row["about"]) == ("schema", "damage", "agreement_document")
    was = seeds.content()
    sql(seeds, "DROP INDEX ix_agreement_type")
    answer = seeds.call("db", "check", "--fix")
    assert answer.code == 7
    assert answer.err == "nothing was put right: the register is damaged\n"
    assert seeds.content() != was


def test_rows_that_mention_what_is_not_there_are_damage(seeds: Mou) -> None:
    sql(seeds, "PRAGMA foreign_keys=OFF", "UPDATE agreement_party SET institution = 'nobody' WHERE ordinal = 1")
    rows = found(seeds, 7)
    assert rows[0]["sentence"] == (
        "the register is damaged: agreement_party mentions a row of institution that is not there"
    )
    assert rows[-1]["code"] == "readable"


@pytest.mark.parametrize("mode", [0o644, 0o602, 0o666])
def test_a_register_that_everybody_can_read_or_write_is_a_finding(seeds: Mou, mode: int) -> None:
    seeds.db.chmod(mode)
    (row,) = found(seeds, 3)
    assert (row["code"], row["severity"], row["about"]) == ("open-to-all", "mendable", seeds.address)
    assert row["hint"] == f"`chmod go-rwx {seeds.db}` keeps others out"
    answer = seeds("db", "check", "--fix")
    assert answer.err == f"put right: {seeds.db} can be read or written by everybody\n"
    assert seeds.db.stat().st_mode & 0o777 == mode & 0o770
    assert [row["code"] for row in found(seeds, 0)] == ["open-to-group"] * bool(mode & 0o070)


def test_a_register_that_a_group_shares_is_a_warning(seeds: Mou) -> None:
    seeds.db.chmod(0o660)
    (row,) = found(seeds, 0)
    assert (row["code"], row["severity"]) == ("open-to-group", "warning")


def test_folders_of_backups_and_documents_are_looked_at(seeds: Mou) -> None:
    seeds("backup")
    folder_of(seeds).chmod(0o755)
    documents = Path(f"{seeds.db}.documents")
    documents.mkdir()
    documents.chmod(0o701 | 0o004)
    assert [row["about"] for row in found(seeds, 3)] == [str(documents), str(folder_of(seeds))]


def test_what_another_program_left_beside_the_register_is_told(seeds: Mou) -> None:
    stray = seeds.db.with_name(f"{seeds.db.name}-wal")
    stray.write_bytes(b"left")
    (row,) = found(seeds, 0)
    assert (row["code"], row["about"]) == ("stray", str(stray))


MOUNTS = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:26 / /home rw shared:2 - nfs4 server:/home rw
31 30 0:27 / /home/me/own\040disk rw - ext4 /dev/sdb1 rw
32 22 0:28 / /mnt/far rw master:3 propagate_from:2 - fuse.sshfs me@far: rw
33 22 0:29 / /mnt/far rw - tmpfs tmpfs rw
broken line
"""


@pytest.mark.parametrize(
    ("path", "system"),
    [
        ("/srv/register.db", None),
        ("/home/me/register.db", "nfs4"),
        ("/homes/register.db", None),
        ("/home/me/own disk/register.db", None),
        ("/mnt/far/register.db", None),
        ("/mnt/farther/register.db", None),
    ],
)
def test_a_network_file_system_is_known_by_the_table_of_mounts(path: str, system: str | None) -> None:
    assert network_of(Path(path), MOUNTS) == system


def test_every_fault_has_its_words_and_its_remedy() -> None:
    assert {severity_of(code) for code in FAULTS.codes} == {"damage", "mendable", "warning"}


def test_the_status_is_one_object(seeds: Mou) -> None:
    row = seeds.json("db", "status")
    assert row["path"] == seeds.address
    assert row["size"] == seeds.db.stat().st_size
    assert row["records"] == {"institution": 143, "event": 1, "agreement": 134, "plan": 1, "task": 11, "acceptance": 0}
    assert (row["revision"], row["entries"], row["documents"]) == (HEAD, 1, {"count": 0, "bytes": 0})
    assert (row["backups"], row["last_backup"], row["mode"]) == (0, None, f"{seeds.db.stat().st_mode & 0o7777:04o}")
    made = seeds("backup").out.strip()
    row = seeds.json("db", "status")
    assert (row["backups"], row["last_backup"]) == (1, made)


def test_the_status_is_a_page_for_people(seeds: Mou) -> None:
    lines = seeds("db", "status", "-f", "table", env={"COLUMNS": "200"}).lines
    assert lines[0] == f"Register               {seeds.db}"
    assert lines[3:5] == [
        "Records                143 institutions, 1 event, 134 agreements, 1 plan, 11 tasks",
        "Changes                1",
    ]
    assert [line.split("  ")[0] for line in lines[6:] if line[0] != " "] == [
        "Contents of documents",
        "Backups",
        "Mode",
        "SQLite",
        "mou",
    ]


def test_findings_are_a_table_for_people(seeds: Mou) -> None:
    sql(seeds, "DROP INDEX ix_agreement_type")
    assert seeds.call("db", "check", "-f", "table", env={"COLUMNS": "100"}).lines == [
        "Severity  Finding                             What to do",
        "─" * 80,
        "mendable  index ix_agreement_type is missing  `mou db check --fix` puts it right",
    ]


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_a_setting_alone_is_shown_as_a_page(seeds: Mou, form: str) -> None:
    assert [
        line.split()[-2 if form == "markdown" else -1] for line in seeds("config", "get", "lang", "-f", form).lines
    ][-2:] == ["en", "default"]
