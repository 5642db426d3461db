"""A register on a server is looked after as one in a file is: backed up, put back, shown, checked, upgraded."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mou_cli.store.engine import make_engine
from mou_cli.store.location import locate
from mou_cli.store.revision import HEAD
from tests.commands.elsewhere import JOURNAL, copy_of_seeds, rows, run, tables
from tests.commands.test_backup import REF, add_document
from tests.commands.test_db import FIX
from tests.conftest import ROOT, TODAY, Mou

if TYPE_CHECKING:
    from tests.conftest import Answer
    from tests.postgresql import Server


class Office:
    """The command line on a register on a server, in a home folder of its own."""

    def __init__(self, mou: Mou, address: str) -> None:
        self.mou, self.address = mou, address
        self.place = str(locate(address))
        self.home = mou.db.with_name("home")
        self.documents = mou.db.with_name("shared")

    def __call__(self, *arguments: str, code: int = 0, **env: str) -> Answer:
        environment = {"XDG_DATA_HOME": str(self.home), "MOU_DOCUMENTS": str(self.documents)}
        answer = self.mou.call("--db", self.address, *arguments, env=environment | env)
        assert answer.code == code, answer
        return answer

    def json(self, *arguments: str, **named: Any) -> Any:
        return self(*arguments, "-f", "json", **named).json

    def backups(self, ending: str = "") -> list[Path]:
        return sorted(self.home.glob(f"mou/*.backups/*{ending}.db"))


@pytest.fixture
def in_file(templates: Path, tmp_path: Path) -> Mou:
    """The command line on a register file with the seeds."""
    return copy_of_seeds(templates, tmp_path)


@pytest.fixture
def empty_office(in_file: Mou, server: Server) -> Office:
    """The command line on an empty database."""
    return Office(in_file, str(server.make_database().url))


@pytest.fixture(scope="module")
def first_office(templates: Path, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """What every office is at first: the seeds, a document and a change, in a file and on a server."""
    seeds = copy_of_seeds(templates, tmp_path_factory.mktemp("office"))
    add_document(seeds, "scan.txt", "scanned")
    seeds("edit", REF, "--note", "Seen")
    office = Office(seeds, str(server.make_database().url))
    office("db", "copy", str(seeds.db), office.address)
    return office


@pytest.fixture
def office(first_office: Office, server: Server, tmp_path: Path) -> Office:
    """The command line on a register on a server: the seeds, a document and a change."""
    shutil.copytree(first_office.mou.folder, tmp_path, dirs_exist_ok=True)
    made = server.make_database(locate(first_office.address))
    return Office(Mou(tmp_path / first_office.mou.db.name), str(made.url))


def journal(place: str | Path) -> list[Any]:
    return [rows(place, sql) for sql in JOURNAL.values()]


def test_a_backup_is_a_register_file_with_its_documents(office: Office, tmp_path: Path) -> None:
    answer = office("backup")
    (made,) = office.backups()
    assert answer.out == f"{made}\n"
    assert answer.err == (
        "143 institutions, 1 event, 134 agreements, 1 plan, 11 tasks and the content of 1 document backed up\n"
    )
    assert [made.stat().st_mode & 0o777, made.parent.stat().st_mode & 0o777] == [0o600, 0o700]
    (name,) = rows(office.address, "SELECT current_database()")[0]
    assert re.fullmatch(rf"{name}@.*-\d{{8}}T\d{{6}}Z\.db", made.name)
    assert office.mou("--db", str(made), "export").out == office("export").out
    assert journal(made) == journal(office.address)
    said = tmp_path / "safe.db"
    row = office.json("backup", str(said))
    assert (row["file"], row["revision"], row["documents"], row["lost"]) == (
        str(said),
        HEAD,
        {"count": 1, "bytes": 7},
        [],
    )
    assert office.mou("--db", str(said), "db", "check").out == ""
    assert office.mou("--db", str(said), "doc", "verify").err == "1 document is as it was added\n"
    assert office("backup", str(said)).code == 0  # an earlier state of the same register
    office.mou("--db", str(said), "edit", REF, "--note", "Another")
    assert office("backup", str(said), code=5).err == (
        f"mou: {said} is there already, and no earlier state of this register\nhint: say another file\n"
    )


def test_only_the_newest_backups_are_kept(office: Office) -> None:
    first = office("backup").out.strip()
    office("backup")
    answer = office("backup", "--keep", "2")
    assert answer.err.endswith(f"\nremoved: {first}\n")
    assert len(office.backups()) == 2
    assert office.json("db", "status")["last_backup"] == answer.out.strip()


def test_documents_of_which_nobody_says_where_they_are_keep_a_backup_from_being_made(office: Office) -> None:
    answer = office("backup", code=2, MOU_DOCUMENTS="")
    assert answer.err.startswith("mou: nobody has said where the documents of a register on a server are kept\n")
    assert office.backups() == []


def test_the_register_becomes_what_the_backup_is_and_what_it_was_is_kept(office: Office) -> None:
    made, exported = office("backup").out.strip(), office("export").out
    then = journal(office.address)
    office("edit", REF, "--note", "Later")
    office("remove", "khazar-ucla", "--yes")
    later, now = office("export").out, journal(office.address)
    assert office("restore", made, code=2).err.startswith("mou: restoring has to be confirmed")
    rehearsed = office("restore", made, "--dry-run")
    assert rehearsed.lines[2] == "134 agreements instead of 133"
    assert (office("export").out, office.backups("-before-restore")) == (later, [])
    answer = office("restore", made, "--yes")
    (kept,) = office.backups("-before-restore")
    assert answer.err.endswith(f"\n{made} is restored\nthe register as it was is kept in {kept}\n")
    assert (office("export").out, journal(office.address)) == (exported, then)
    assert (office.mou("--db", str(kept), "export").out, journal(kept)) == (later, now)
    assert office("db", "check").out == ""
    assert office("log", "--verify").err == "3 entries, none was changed from outside\n"
    assert office("add", "--home", "khazar", "--partner", "miras").out == "2025-135\n"
    office("restore", str(kept), "--yes")
    assert office("export").out == later


def test_contents_come_back_and_the_journal_stays_guarded(office: Office) -> None:
    made = office("backup").out.strip()
    (content,) = [path for path in office.documents.rglob("*") if path.is_file()]
    content.unlink()
    row = office.json("restore", made, "--yes")
    assert (row["documents"], row["lost"], content.read_text()) == ({"count": 1, "bytes": 7}, [], "scanned")
    for statement in ("DELETE FROM journal_seal", "UPDATE journal_entry SET actor = 'x'", "TRUNCATE journal_change"):
        with pytest.raises(Exception, match="the journal cannot be changed"):
            run(office.address, statement)


def test_where_there_is_no_register_it_is_created(office: Office, server: Server) -> None:
    made = office("backup").out.strip()
    other = Office(office.mou, str(server.make_database().url))
    answer = other("restore", made, "--yes")
    assert answer.err.splitlines()[0] == "143 institutions"
    assert answer.err.endswith(f"\n{made} is restored\n")
    assert other("export").out == office("export").out
    assert journal(other.address) == journal(office.address)


@pytest.mark.parametrize("version", ["0001", "0002"])
def test_a_backup_of_an_earlier_program_is_restored(office: Office, version: str) -> None:
    old = office.mou.db.with_name("old.db")
    old.write_bytes(gzip.decompress((ROOT / f"tests/registers/{version}.db.gz").read_bytes()))
    was = old.read_bytes()
    office("restore", str(old), "--yes")
    assert old.read_bytes() == was
    assert office("db", "check").out == ""
    assert office("export").out == office.mou("--db", str(old), "export").out


def test_what_is_no_whole_backup_is_refused_and_nothing_changed(office: Office) -> None:
    made, before = Path(office("backup").out.strip()), office("export").out
    made.write_bytes(made.read_bytes()[:20000])
    assert office("restore", str(made), "--yes", code=7).err.startswith(f"mou: {made} is damaged")
    assert office("export").out == before


def test_a_restore_that_goes_wrong_changes_nothing(office: Office) -> None:
    made = office("backup").out.strip()
    office("edit", REF, "--note", "Later")
    before, then = office("export").out, journal(office.address)
    run(
        office.address,
        """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'not today'; END $$""",
        "CREATE TRIGGER refused BEFORE INSERT ON agreement_span FOR EACH ROW EXECUTE FUNCTION refuse()",
    )
    answer = office("restore", made, "--yes", code=6)
    assert answer.err.splitlines()[-1] == "mou: the database server cannot be used: not today"
    assert (office("export").out, journal(office.address)) == (before, then)


def test_readers_see_what_was_or_what_is_restored_and_writers_wait(office: Office) -> None:
    made, before = office("backup").out.strip(), office("export").out
    office("remove", "khazar-ucla", "--yes")
    run(
        office.address,
        """CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END $$""",
        "CREATE TRIGGER waiting BEFORE INSERT ON agreement FOR EACH ROW EXECUTE FUNCTION wait()",
    )
    environment = {"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(office.home), "MOU_TODAY": TODAY}
    environment |= {"MOU_DB": office.address, "MOU_DOCUMENTS": str(office.documents)}
    command = [sys.executable, "-c", "from mou_cli.__main__ import main; main()", "restore", made, "--yes"]
    with make_engine(locate(office.address), 10.0).begin() as holder:
        holder.exec_driver_sql("SELECT pg_advisory_xact_lock(1)")
        program = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        while not holder.exec_driver_sql("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").first():
            assert program.poll() is None
        assert office("list", "--count").out == "133\n"
        office("edit", REF, "--note", "Meanwhile", code=6, MOU_TIMEOUT="0.1")
    assert program.wait(60) == 0
    assert office("export").out == before


def test_the_register_is_shown_in_numbers(office: Office) -> None:
    row = office.json("db", "status")
    assert list(row) == [
        *("path", "size", "revision", "records", "entries", "last_entry", "documents", "backups", "last_backup"),
        *("mode", "network", "sqlite", "postgresql", "mou"),
    ]
    ((size, version),) = rows(
        office.address, "SELECT pg_database_size(current_database()), current_setting('server_version')"
    )
    assert (row["path"], row["revision"], row["mode"], row["sqlite"]) == (office.place, HEAD, None, None)
    assert (row["postgresql"], row["size"] > 0, size > 0) == (version, True, True)
    assert (row["records"]["agreement"], row["entries"], row["documents"]) == (134, 3, {"count": 1, "bytes": 7})
    assert (row["backups"], row["last_backup"]) == (0, None)
    assert office.json("db", "status", MOU_DOCUMENTS="")["documents"] is None
    assert f"PostgreSQL             {version}\n" in office("db", "status", "-f", "table").out


def test_a_sound_register_says_nothing(office: Office) -> None:
    assert office.json("db", "check") == []
    assert office("db", "upgrade").err == f"{office.place} is up to date (schema {HEAD})\n"
    assert office("db", "check").err == ""


MENDABLE = {
    "index": (["DROP INDEX ix_agreement_type"], "ix_agreement_type", None),
    "index of words": (["DROP INDEX search_index"], "search_index", None),
    "guard": (["DROP TRIGGER journal_change_kept ON journal_change"], "journal_change_kept", None),
    "guard switched off": (["ALTER TABLE journal_seal DISABLE TRIGGER USER"], "journal_seal_kept", None),
    "counter": (["SELECT setval('journal_entry_id_seq', 1, true)"], "journal_entry", None),
    "words": (["UPDATE search_text SET folded = 'x' WHERE key = 'uit'"], None, 1),
    "spans": (["UPDATE agreement_span SET status = 'expired' WHERE agreement = 'khazar-uit'"], None, 1),
}


@pytest.mark.parametrize("name", MENDABLE)
def test_what_follows_from_the_records_is_put_right(office: Office, name: str) -> None:
    statements, about, number = MENDABLE[name]
    exported = office("export").out
    run(office.address, *statements)
    (row,) = office.json("db", "check", code=3)
    assert (row["code"], row["about"], row["number"]) == (name.split(maxsplit=1)[0], about, number)
    assert (row["severity"], row["hint"]) == ("mendable", FIX)
    assert office("db", "check", "--fix").err == f"put right: {row['sentence']}\n"
    assert office.json("db", "check") == []
    assert (office("export").out, len(journal(office.address)[0])) == (exported, 3)
    assert [row["key"] for row in office.json("search", "tromso")] == ["uit", "khazar-uit"]
    office("edit", REF, "--note", "After")


def test_a_guard_that_does_nothing_is_none(office: Office) -> None:
    run(
        office.address,
        "CREATE OR REPLACE FUNCTION keep_journal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
    )
    found = {row["about"] for row in office.json("db", "check", code=3)}
    assert found == {"journal_entry_kept", "journal_change_kept", "journal_seal_kept"}
    office("db", "check", "--fix")
    with pytest.raises(Exception, match="the journal cannot be changed"):
        run(office.address, "DELETE FROM journal_change")


@pytest.mark.parametrize(
    ("statements", "code", "about"),
    [
        (["ALTER TABLE agreement DROP COLUMN tags"], "schema", "agreement"),
        (["ALTER TABLE task_partner DROP CONSTRAINT pk_task_partner"], "schema", "task_partner"),
        (["ALTER TABLE agreement DROP CONSTRAINT fk_agreement_event"], "schema", "agreement"),
        (
            [
                "SET LOCAL session_replication_role = replica",
                "UPDATE agreement SET event = 'gone' WHERE key = 'khazar-uit'",
            ],
            "damaged",
            "agreement mentions a row of event that is not there",
        ),
    ],
)
def test_what_only_a_backup_mends_is_damage(office: Office, statements: list[str], code: str, about: str) -> None:
    run(office.address, *statements)
    (row,) = office.json("db", "check", code=7)
    assert (row["code"], row["severity"], row["about"]) == (code, "damage", about)
    run(office.address, "DROP INDEX ix_agreement_type")
    assert office("db", "check", "--fix", code=7).err == "nothing was put right: the register is damaged\n"


def as_of(office: Office, version: str) -> None:
    """Make the register one of an earlier program."""
    from mou_cli.store.engine import make_engine
    from mou_cli.store.upgrade import run_migrations

    with make_engine(locate(office.address), 10.0).begin() as connection:
        run_migrations(connection, version)
        connection.exec_driver_sql(
            "INSERT INTO institution (key, name, sort, folded, home, country_source) VALUES "
            "('uit', 'UiT', 'uit', 'uit', 0, 'stated')"
        )


def test_a_register_of_an_earlier_program_is_backed_up_and_brought_up_to_date(empty_office: Office) -> None:
    office = empty_office
    as_of(office, "0002")
    (row,) = office.json("db", "check", code=3)
    assert (row["code"], row["about"]) == ("outdated", "0002")
    assert office.json("db", "status")["revision"] == "0002"
    assert office("db", "upgrade", "--dry-run").out == f"schema 0002 would become {HEAD}\n"
    assert office.json("db", "status")["revision"] == "0002"
    answer = office("db", "upgrade")
    (backup,) = office.backups("-before-upgrade")
    assert answer.err == f"schema 0002 has become {HEAD}\nthe register as it was is kept in {backup}\n"
    assert rows(backup, "SELECT version_num FROM alembic_version") == [("0002",)]
    assert rows(backup, "SELECT key FROM institution") == [("uit",)]
    assert office.json("db", "status")["revision"] == HEAD


@pytest.mark.parametrize("command", ["read", "change"])
def test_any_command_does_so_by_itself(empty_office: Office, command: str) -> None:
    as_of(empty_office, "0003")
    if command == "read":
        assert empty_office.json("partner", "list")[0]["key"] == "uit"
    else:
        empty_office("partner", "edit", "uit", "--note", "Seen")
    (backup,) = empty_office.backups("-before-upgrade")
    empty_office("restore", str(backup), "--yes")
    assert empty_office.json("db", "status")["records"]["institution"] == 1


def test_what_was_before_a_merge_is_kept(office: Office) -> None:
    before, then = office("export").out, journal(office.address)
    answer = office("partner", "merge", "uib", "uit", "--yes")
    (kept,) = office.backups("-before-merge")
    assert answer.err.startswith(f"the register as it was is kept in {kept}\n")
    assert (office.mou("--db", str(kept), "export").out, journal(kept)) == (before, then)
    office("restore", str(kept), "--yes")
    assert office("export").out == before


def test_a_database_without_a_register_has_nothing_to_look_after(empty_office: Office) -> None:
    for command in (("backup",), ("db", "status"), ("db", "check"), ("db", "upgrade")):
        answer = empty_office(*command, code=6)
        assert answer.err.startswith(f"mou: there is no register at {empty_office.place}\n")
    assert (tables(empty_office.address), empty_office.home.exists()) == ([], False)
