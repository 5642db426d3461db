"""What a server refuses while whole tables are copied: told as any other refusal, and tried again where that may help.

Tables are read and written by the driver's own bulk copying, past what tells of errors elsewhere.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mou_cli.store.engine import make_engine
from tests import inside
from tests.conftest import Mou
from tests.faults.conftest import no_traceback

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from mou_cli.store.location import Location
    from tests.conftest import Answer
    from tests.postgresql import Server

pytestmark = pytest.mark.file_only("they copy between both databases")
REF = "khazar-miras-2024"
COUNTS = "CREATE SEQUENCE times; "
REFUSES = """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
    PERFORM nextval('public.times'); {act}; RETURN NEW; END $$; """
RAISES = "RAISE EXCEPTION 'told by a test' USING ERRCODE = '{code}'"
ON_ROWS = "CREATE TRIGGER refuse BEFORE INSERT ON agreement FOR EACH ROW EXECUTE FUNCTION refuse()"
# Where there are no tables yet, they are made so that they refuse.
ON_TABLES = """CREATE FUNCTION prepare() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'public.agreement') THEN
        EXECUTE 'CREATE TRIGGER refuse BEFORE INSERT ON agreement FOR EACH ROW EXECUTE FUNCTION refuse()';
    END IF; END $$;
    CREATE EVENT TRIGGER prepare ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION prepare()"""
CUT = "PERFORM pg_terminate_backend(pg_backend_pid())"
# One of each kind: what else a server says is told of in the same way, which test_server.py holds.
TOLD = {
    "22021": "agreement holds what the server cannot keep: told by a test",
    "40001": "another change at {place} got in the way; nothing was changed",
    "42501": "postgres may not create, upgrade or restore the register at {place}; nothing was changed",
    "53100": "the register at {place} cannot be written: the server's disk is full; nothing was changed",
    "58030": "the register at {place} could not be read or written by the server; nothing was changed",
    CUT: "the connection to {place} was lost; nothing was changed",
}


@pytest.fixture
def mou(seeds: Mou) -> Mou:
    """The command line on a register in a file, in the test's own folder."""
    return seeds


def execute(location: Location, sql: str) -> None:
    with connected(location) as connection:
        connection.exec_driver_sql(sql)


@contextmanager
def connected(location: Location) -> Iterator[Connection]:
    with make_engine(location, 10, "rwc").connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


def refuse(location: Location, act: str, when: str) -> None:
    raised = act if act == CUT else RAISES.format(code=act)
    execute(location, COUNTS + REFUSES.format(act=raised) + when)


def tries(location: Location) -> int:
    with connected(location) as connection:
        return int(connection.exec_driver_sql("SELECT last_value FROM times").scalar_one())


def refused(answer: Answer, act: str, location: Location) -> None:
    no_traceback(answer)
    (told, *_hint) = answer.err.splitlines()
    assert (answer.code, answer.out) == (7 if act.startswith("2") else 6, "")
    assert told == f"mou: {TOLD[act].format(place=location)}"
    assert tries(location) == (5 if act.startswith("40") else 1)


@pytest.fixture(scope="module")
def first_office(templates: Path, server: Server) -> Location:
    """What every office is at first: a copy of it on a server."""
    location = server.make_database()
    mou = Mou(templates / "seeds.db")
    mou("db", "copy", mou.address, str(location.url))
    return location


@pytest.fixture
def office(mou: Mou, first_office: Location, server: Server) -> Mou:
    """The command line on a copy of it on a server."""
    return Mou(server.make_database(first_office), folder=mou.folder)


def backups(mou: Mou) -> list[Path]:
    return [*mou.folder.glob("data/mou/*.backups/*-before-restore.db")]


@pytest.mark.parametrize("act", TOLD)
def test_what_a_server_refuses_while_a_backup_is_restored_is_told(mou: Mou, office: Mou, act: str) -> None:
    office("edit", REF, "--unit", "Law")
    refuse(office.location, act, ON_ROWS)
    before = inside.content(office.location)
    refused(office.call("restore", mou.address, "--yes", "-f", "json"), act, office.location)
    assert inside.content(office.location) == before
    # What is kept of a register that stays is of one try, if not of none.
    assert len(backups(office)) == (0 if act.startswith("40") else 1)
    execute(office.location, "DROP TRIGGER refuse ON agreement")
    office("restore", mou.address, "--yes")
    assert office.json("show", REF)["unit"] is None


@pytest.mark.parametrize("act", ["40001", "53100", CUT])
@pytest.mark.parametrize("command", ["copy", "restore"])
def test_what_a_server_refuses_while_a_register_is_made_there_is_told(
    mou: Mou, server: Server, command: str, act: str
) -> None:
    location = server.make_database()
    refuse(location, act, ON_TABLES)
    before = mou.content()
    office, documents = Mou(location, folder=mou.folder), mou.folder / "kept"
    said = {
        "copy": ("db", "copy", mou.address, office.address, "--documents", str(documents), "-f", "json"),
        "restore": ("restore", mou.address, "--yes", "-f", "json"),
    }
    refused(office.call(*said[command]), act, location)
    assert not office.exists
    assert mou.content() == before
    execute(location, "DROP EVENT TRIGGER prepare")
    assert office(*said[command]).json
    assert office.json("show", REF) == mou.json("show", REF) | {"history": office.json("show", REF)["history"]}


@pytest.mark.parametrize("act", ["40001", "58030", CUT])
@pytest.mark.parametrize("command", ["backup", "copy"])
def test_what_a_server_refuses_while_it_is_read_is_told(office: Mou, act: str, command: str) -> None:
    raised = act if act == CUT else RAISES.format(code=act)
    (columns,) = office.rows(
        """SELECT string_agg(quote_ident(column_name), ', ') AS others FROM information_schema.columns
        WHERE table_name = 'agreement' AND column_name <> 'key'"""
    )
    execute(
        office.location,
        f"""CREATE FUNCTION refuse(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN {raised}; RETURN $1; END $$;
        ALTER TABLE agreement RENAME TO agreements;
        CREATE VIEW agreement AS SELECT refuse(key) AS key, {columns["others"]} FROM agreements""",
    )
    copy = str(office.folder / "copied.db")
    said = {"backup": ("backup", copy), "copy": ("db", "copy", office.address, copy)}
    answer = no_traceback(office.call(*said[command]))
    assert (answer.code, answer.out) == (6, "")
    assert answer.err.splitlines()[0] == f"mou: {TOLD[act].format(place=office.location)}"
    assert not Path(copy).exists()


def test_of_a_deadlock_a_restore_begins_anew(mou: Mou, office: Mou) -> None:
    office("edit", REF, "--unit", "Law")
    waits = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'journal_change'::regclass"
    with connected(office.location) as other:
        for statement in ("BEGIN", "SET deadlock_timeout = '10min'", "LOCK TABLE journal_change IN EXCLUSIVE MODE"):
            other.exec_driver_sql(statement)
        process = start(office, "restore", mou.address, "--yes")
        while not other.exec_driver_sql(waits).scalar():
            assert process.poll() is None, process.communicate()
        # It has its turn, and waits for the other, who comes to wait for it.
        other.exec_driver_sql("LOCK TABLE reference_counter IN ROW EXCLUSIVE MODE")
        other.exec_driver_sql("COMMIT")
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, b""), err
    assert office.json("show", REF)["unit"] is None
    assert len(backups(office)) == 1


def start(mou: Mou, *arguments: str) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-c", "from mou_cli.__main__ import main; main()", *arguments]
    environment = {"PATH": os.environ["PATH"]} | mou.environment
    return subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
