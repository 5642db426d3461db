"""mou db copy: a register moves whole, from a file onto a server and back, and is proved before anybody sees it."""

from __future__ import annotations

import gzip
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mou_cli.store.engine import make_engine
from mou_cli.store.location import locate
from mou_cli.store.revision import HEAD, REVISIONS
from tests.commands.elsewhere import JOURNAL, copy_of_seeds, rows, run, tables
from tests.commands.test_backup import REF, add_document
from tests.conftest import ROOT, TODAY, Mou

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.postgresql import Both, Server

    Statement = Callable[..., list[Any]]

NOTHING = "every row was read back and compared, and what both export\n"


@pytest.fixture
def in_file(templates: Path, tmp_path: Path) -> Mou:
    """The command line on a register file with the seeds."""
    return copy_of_seeds(templates, tmp_path)


@pytest.fixture
def address(server: Server) -> str:
    """The address of an empty database."""
    return str(server.make_database().url)


@pytest.fixture
def lived(in_file: Mou) -> Mou:
    """The seeds with a change, one that was undone, an accepted finding and a document."""
    seeds = in_file
    add_document(seeds, "scan.txt", "scanned")
    seeds("edit", REF, "--note", "Seen")
    seeds("edit", REF, "--note", "Seen again")
    seeds("undo")
    seeds("check", "--accept", "no-country:cavalry", "--reason", "Known")
    return seeds


def at(mou: Mou, place: str | Path, *arguments: str, code: int = 0) -> Any:
    """Run a command on another register, whose documents, on a server, are beside that of the test."""
    answer = mou.call("--db", str(place), *arguments, env={"MOU_DOCUMENTS": f"{mou.db}.shared"})
    assert answer.code == code, answer
    return answer


def beside(mou: Mou) -> set[str]:
    return {path.name for path in mou.db.parent.iterdir()}


def test_a_register_goes_onto_a_server_and_comes_back_as_it_was(lived: Mou, address: str) -> None:
    back = lived.db.with_name("back.db")
    answer = at(lived, lived.db, "db", "copy", str(lived.db), address)
    told = "143 institutions, 1 event, 134 agreements, 1 plan, 11 tasks, 1 acceptance and 6 entries of the journal"
    assert answer.out == ""
    assert answer.err == f"{told} copied to {locate(address)}\nthe content of 1 document copied\n{NOTHING}"
    at(lived, lived.db, "db", "copy", address, str(back))
    digests = {at(lived, place, "log", "--verify").out for place in (lived.db, address, back)}
    exports = {at(lived, place, "export").out for place in (lived.db, address, back)}
    assert (len(digests), len(exports)) == (1, 1)
    for sql in JOURNAL.values():
        assert rows(lived.db, sql) == rows(address, sql) == rows(back, sql) != []
    for place in (address, back):
        assert at(lived, place, "db", "check").out == ""
        assert at(lived, place, "doc", "verify").err == "1 document is as it was added\n"
        assert (
            at(lived, place, "search", "tromso", "-f", "json").out
            == at(lived, lived.db, "search", "tromso", "-f", "json").out
        )


def test_what_was_changed_before_can_be_undone_in_the_copy_and_more_recorded(lived: Mou, address: str) -> None:
    at(lived, lived.db, "db", "copy", str(lived.db), address)
    at(lived, address, "undo", "2")
    assert at(lived, address, "redo").code == 0
    added = at(lived, address, "add", "--home", "khazar", "--partner", "miras")
    assert added.out == lived("add", "--home", "khazar", "--partner", "miras").out
    assert [row["entry"] for row in json.loads(at(lived, address, "log", "-f", "json").out)] == [
        9,
        8,
        7,
        6,
        5,
        4,
        3,
        2,
        1,
    ]
    assert at(lived, address, "log", "--verify").err == "9 entries, none was changed from outside\n"


def test_what_is_awkward_is_copied_too(both: Both, in_file: Mou, server: Server, tmp_path: Path) -> None:
    onto, into, again = str(server.make_database().url), tmp_path / "into.db", tmp_path / "again.db"
    for source, target in ((both.sqlite.path, onto), (both.postgresql.url, into), (into, again)):
        at(in_file, target, "db", "copy", str(source), str(target), code=3)
    exports = {at(in_file, place, "export").out for place in (onto, into, again)}
    assert exports == {at(in_file, str(both.sqlite.path), "export").out}
    for place, source in ((onto, both.sqlite.path), (into, both.postgresql.url), (again, both.postgresql.url)):
        for sql in JOURNAL.values():
            assert rows(place, sql) == rows(str(source), sql)


def test_a_copy_is_told_to_programs(lived: Mou, address: str) -> None:
    row = json.loads(at(lived, lived.db, "db", "copy", str(lived.db), address, "-f", "json").out)
    assert list(row) == ["from", "to", "revision", "records", "entries", "last_entry", "documents", "lost"]
    assert (row["from"], row["to"], row["revision"]) == (str(lived.db), str(locate(address)), HEAD)
    assert row["records"] == {"institution": 143, "event": 1, "agreement": 134, "plan": 1, "task": 11, "acceptance": 1}
    assert (row["entries"], row["documents"], row["lost"]) == (6, {"count": 1, "bytes": 7}, [])
    status = at(lived, address, "db", "status", "-f", "json").json
    assert {name: status[name] for name in ("records", "entries", "last_entry", "documents")} == {
        name: row[name] for name in ("records", "entries", "last_entry", "documents")
    }


def test_a_rehearsal_shows_what_would_be_copied_and_makes_nothing(lived: Mou, address: str) -> None:
    before, was = beside(lived), lived.db.read_bytes()
    for target in (address, str(lived.db.with_name("new.db"))):
        answer = at(lived, lived.db, "db", "copy", str(lived.db), target, "--dry-run")
        assert answer.lines[0].endswith(f" and 6 entries of the journal would be copied to {locate(target)}")
        assert answer.lines[1:] == ["the content of 1 document would be copied"]
        assert answer.err == ""
    assert (beside(lived), lived.db.read_bytes(), tables(address)) == (before, was, [])


def test_nothing_is_ever_copied_over(lived: Mou, address: str, tmp_path: Path) -> None:
    def told(code: int, source: str | Path, target: str | Path) -> str:
        return str(lived.fails(code, "db", "copy", str(source), str(target)).err)

    assert told(5, lived.db, lived.db) == f"mou: {lived.db} is the register itself\nhint: say another file\n"
    other = tmp_path / "other.txt"
    other.write_text("mine")
    assert told(5, lived.db, other) == f"mou: {other} is there already\nhint: say another file\n"
    assert other.read_text() == "mine"
    assert told(2, lived.db, tmp_path / "no" / "x.db") == f"mou: there is no folder {tmp_path / 'no'}\n"
    assert told(6, tmp_path / "absent.db", address).startswith("mou: there is no register at ")
    assert told(6, address, tmp_path / "new.db").startswith(f"mou: there is no register at {locate(address)}\n")
    run(address, "CREATE TABLE theirs (id integer)")
    assert told(5, lived.db, address) == (
        f"mou: {locate(address)} has tables of another program, such as theirs\nhint: say an empty database\n"
    )
    run(address, "DROP TABLE theirs")
    at(lived, lived.db, "db", "copy", str(lived.db), address)
    assert told(5, lived.db, address) == (
        f"mou: there is a register at {locate(address)} already\nhint: say an empty database\n"
    )
    assert not (tmp_path / "new.db").exists()


def test_documents_need_a_place_before_anything_is_written(lived: Mou, address: str, server: Server) -> None:
    answer = lived.fails(2, "db", "copy", str(lived.db), address)
    assert answer.err == (
        "mou: nobody has said where the documents of the copy are to be kept\nhint: say a folder: --documents FOLDER\n"
    )
    assert tables(address) == []
    folder = lived.db.with_name("said")
    lived("db", "copy", str(lived.db), address, "--documents", str(folder))
    assert [path.read_text() for path in folder.rglob("*") if path.is_file()] == ["scanned"]
    new = lived.db.with_name("new.db")
    assert "--documents" in lived.fails(2, "db", "copy", str(lived.db), str(new), "--documents", str(folder)).err
    # Of two servers, the setting says where the documents of the one are that is copied.
    other = str(server.make_database().url)
    assert at(lived, lived.db, "db", "copy", address, other, code=2).err == answer.err
    assert not new.exists()


def test_a_document_that_is_nowhere_is_told_and_all_else_copied(lived: Mou, address: str) -> None:
    for path in Path(f"{lived.db}.documents").rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.write_text("altered")
    answer = at(lived, lived.db, "db", "copy", str(lived.db), address, code=3)
    assert answer.err.endswith(
        f"{NOTHING}the content of 1 document is missing or changed (`mou doc verify` says of which)\n"
    )
    assert at(lived, address, "export").out == lived("export").out


@pytest.mark.parametrize("version", REVISIONS[:-1])
def test_a_register_of_an_earlier_program_is_brought_up_to_date_in_the_copy_alone(
    in_file: Mou, address: str, version: str
) -> None:
    old, new = in_file.db.with_name("old.db"), in_file.db.with_name("new.db")
    old.write_bytes(gzip.decompress((ROOT / f"tests/registers/{version}.db.gz").read_bytes()))
    was = old.read_bytes()
    for target in (address, str(new)):
        # The later of them mention a document that is nowhere.
        answer = at(in_file, old, "db", "copy", str(old), target, code=3 if version >= "0003" else 0)
        assert f"\nevery row was read back and compared; then schema {version} became {HEAD}\n" in answer.err
        assert at(in_file, target, "db", "check").out == ""
    assert (old.read_bytes(), beside(in_file) - {"new.db", "seeds.db"}) == (was, {"old.db"})
    upgraded = at(in_file, old, "export").out
    assert at(in_file, address, "export").out == at(in_file, new, "export").out == upgraded


TAMPERED = """
    CREATE SCHEMA tampering;
    CREATE FUNCTION tampering.alter_rows() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.note := coalesce(NEW.note, '') || ' '; RETURN NEW; END $$;
    CREATE FUNCTION tampering.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT 1 FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'public.event') THEN
            CREATE TRIGGER tampered BEFORE INSERT ON public.event
                FOR EACH ROW EXECUTE FUNCTION tampering.alter_rows();
        END IF;
    END $$;
    CREATE EVENT TRIGGER tampering ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION tampering.watch();
"""


def test_a_copy_that_differs_is_none(lived: Mou, address: str) -> None:
    run(address, TAMPERED)
    answer = at(lived, lived.db, "db", "copy", str(lived.db), address, code=7)
    assert answer.err == f"mou: the copy of {lived.db} does not hold what was copied: table event differs\n"
    assert tables(address) == []
    assert not Path(f"{lived.db}.shared").exists()


EXCHANGE = "{format: mou/1, agreements: [{key: khazar-uit, exchange: [{from: khazar, to: uit, places: 3}]}]}"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE agreement SET note = 'x' || char(0) WHERE key = 'khazar-uit'",
            "agreement holds what the server cannot keep: PostgreSQL text fields cannot contain NUL (0x00) bytes",
        ),
        (
            "UPDATE agreement_exchange SET places = 5000000000",
            'agreement_exchange holds what the server cannot keep: value "5000000000" is out of range for type integer',
        ),
        (
            "UPDATE agreement SET event = 'gone' WHERE key = 'khazar-uit'",
            "table agreement of {db} mentions records that are not there",
        ),
        ("ALTER TABLE agreement DROP COLUMN tags", "table agreement of {db} is not as the program makes it"),
    ],
)
def test_what_cannot_be_copied_as_it_is_leaves_nothing(
    lived: Mou, address: str, write: Callable[[str, str | bytes], str], statement: str, told: str
) -> None:
    lived("import", write("exchange.yaml", EXCHANGE))
    with closing(sqlite3.connect(lived.db, isolation_level=None)) as connection:
        connection.execute(statement)
    answer = at(lived, lived.db, "db", "copy", str(lived.db), address, code=7)
    assert answer.err.splitlines()[0] == f"mou: {told.format(db=lived.db)}"
    assert tables(address) == []
    assert not Path(f"{lived.db}.shared").exists()


def test_a_register_of_another_program_is_not_copied(lived: Mou, address: str) -> None:
    with closing(sqlite3.connect(lived.db, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    answer = at(lived, lived.db, "db", "copy", str(lived.db), address, code=7)
    assert answer.err.startswith(f"mou: {lived.db} was made by a newer mou (schema 9999)\n")


WAITING = """
    CREATE SCHEMA waiting;
    CREATE FUNCTION waiting.wait() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END $$;
    CREATE FUNCTION waiting.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT 1 FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'public.{table}') THEN
            CREATE TRIGGER waiting BEFORE INSERT ON public.{table} FOR EACH ROW EXECUTE FUNCTION waiting.wait();
        END IF;
    END $$;
    CREATE EVENT TRIGGER waiting ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION waiting.watch();
"""


@contextmanager
def waiting(mou: Mou, source: str, address: str, table: str) -> Iterator[subprocess.Popen[bytes]]:
    """Have a program copy a register, and wait in the midst of a table until the `with` is left."""
    run(address, WAITING.format(table=table))
    command = [sys.executable, "-c", "from mou_cli.__main__ import main; main()", "db", "copy", source, address]
    environment = {"PATH": os.environ["PATH"], "HOME": str(mou.db.parent), "MOU_TODAY": TODAY}
    # What it had put aside when it was killed is to go with the test.
    environment |= {"MOU_DOCUMENTS": f"{mou.db}.shared", "TMPDIR": str(mou.db.parent)}
    with make_engine(locate(address), 10.0).begin() as holder:
        holder.exec_driver_sql("SELECT pg_advisory_xact_lock(1)")
        program = subprocess.Popen([*command, "--documents", f"{mou.db}.copied"], env=environment)
        while not holder.exec_driver_sql("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").first():
            assert program.poll() is None
        yield program
    program.wait(60)


@pytest.mark.parametrize("table", ["institution", "journal_change", "agreement_span"])
def test_a_program_that_is_killed_while_it_copies_leaves_nothing_on_the_server(
    lived: Mou, address: str, table: str
) -> None:
    with waiting(lived, str(lived.db), address, table) as program:
        program.kill()
        program.wait()
        assert tables(address) == []
    run(address, "DROP EVENT TRIGGER waiting")
    at(lived, lived.db, "db", "copy", str(lived.db), address)
    assert at(lived, address, "db", "check").out == ""


@pytest.mark.parametrize("kind", ["file", "server"])
def test_others_go_on_meanwhile_and_the_copy_is_of_one_moment(
    lived: Mou, address: str, server: Server, kind: str
) -> None:
    source = str(lived.db)
    if kind == "server":
        source = str(server.make_database().url)
        at(lived, source, "db", "copy", str(lived.db), source)
    before = at(lived, source, "export").out
    with waiting(lived, source, address, "institution") as program:
        at(lived, source, "edit", REF, "--note", "Meanwhile")
        at(lived, source, "remove", "khazar-ucla", "--yes")
    assert program.returncode == 0
    assert at(lived, address, "export").out == before != at(lived, source, "export").out
    assert at(lived, address, "log", "--verify").err == "6 entries, none was changed from outside\n"


def test_a_copy_is_told_in_azerbaijani(lived: Mou, address: str) -> None:
    answer = at(lived, lived.db, "db", "copy", str(lived.db), address, "--lang", "az")
    assert re.sub(r" postgresql\S+ ", " … ", answer.err) == (
        "143 qurum, 1 tədbir, 134 saziş, 1 plan, 11 tapşırıq, 1 qəbul edilmiş tapıntı və jurnalın 6 yazısı … ünvanına "
        "köçürüldü\n1 sənədin məzmunu köçürüldü\nhər sətir geri oxunub tutuşduruldu, hər ikisinin ixracı da\n"
    )
