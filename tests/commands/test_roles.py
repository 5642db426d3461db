"""`mou db roles`: who is let in on a server may read, or change as well, or keep it; the server refuses the rest."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

import pytest

from mou_cli.resources import seeds
from mou_cli.store.revision import HEAD
from mou_cli.store.upgrade import run_migrations
from tests.commands.test_contract import EVERY
from tests.conftest import Mou
from tests.faults.test_dry_run import BEFORE, CHANGES, RECORD, SEED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from tests.conftest import Answer
    from tests.postgresql import Server

READS = """\
list
list --as-of 2090-01-01
show khazar-miras-2024
history khazar-miras-2024
partner list
partner show uib
event list
event show visit
plan list
plan show mdu-veterans-2025
plan due
plan task show mdu-veterans-2025/5.1
due
doc list
doc verify
search oslo
stats
check
export
log
log --verify
config list
config path
db roles
""".splitlines()
# What is about a file and no register, about the config file, or opens another program.
ELSEWHERE = {"backup", "db check", "db status", "completion", "doc open"} | {
    f"config {x}" for x in ("get", "set", "unset")
}
KEEPING = {"restore", "db upgrade", "db copy"}
CHANGING = [line for line in CHANGES if " ".join(line[:2]) not in KEEPING and line[0] not in KEEPING]
FORBIDDEN = """\
UPDATE journal_entry SET actor = 'nobody'
DELETE FROM journal_change
DELETE FROM journal_seal
TRUNCATE journal_entry CASCADE
ALTER TABLE journal_entry DISABLE TRIGGER ALL
DROP TRIGGER journal_entry_kept ON journal_entry
CREATE OR REPLACE FUNCTION keep_journal() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'
CREATE RULE r AS ON INSERT TO journal_entry DO INSTEAD NOTHING
SET session_replication_role = replica
SELECT setval('journal_entry_id_seq', 1)
INSERT INTO journal_entry (at, actor, action, role) VALUES ('2025', 'x', 'y', 'postgres')
INSERT INTO journal_entry (at, actor, action) VALUES ('2025', 'x', 'y')
UPDATE alembic_version SET version_num = '0001'
INSERT INTO alembic_version VALUES ('0001')
ALTER TABLE agreement ADD COLUMN made_up text
DROP TABLE task_partner
TRUNCATE agreement CASCADE
CREATE TABLE made_up (x int)
""".splitlines()


class House(NamedTuple):
    """A server with a register that three groups may use, and somebody in each of them, and a stranger."""

    server: Server
    address: str
    prefix: str

    def place(self, who: str, database: str | None = None) -> str:
        from sqlalchemy import make_url

        url = make_url(self.address).set(drivername="postgresql", username=f"{self.prefix}-{who}")
        return url.set(database=database or url.database).render_as_string(hide_password=False)

    def call(self, mou: Mou, who: str, *arguments: str, database: str | None = None) -> Answer:
        documents = str(mou.db.parent / "documents")
        place = self.place(who, database)
        return mou.call("--db", place, *arguments, input=SEED, env={"MOU_DOCUMENTS": documents})

    @contextlib.contextmanager
    def connected(self, who: str | None = None, database: str | None = None) -> Iterator[Connection]:
        from sqlalchemy import create_engine, make_url
        from sqlalchemy.pool import NullPool

        url = make_url(self.place(who, database) if who else self.address).set(drivername="postgresql+psycopg")
        url = url.set(database=database or url.database)
        with create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
            yield connection

    def let_in(self, mou: Mou, database: str | None = None) -> None:
        sql = mou("db", "roles", "--prefix", self.prefix).out
        with self.connected(database=database) as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute(sql)


@pytest.fixture(scope="module")
def house(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The register of the seeds, made by a keeper in a database that was empty when people were let in."""
    made = House(server, server.make_database().url or "", f"Xəzər-{uuid4().hex[:8]}")
    mou = Mou(tmp_path_factory.mktemp("house") / "none.db")
    made.let_in(mou)
    with made.connected() as connection:
        for who in ("reader", "editor", "keeper", "stranger"):
            connection.exec_driver_sql(f'CREATE ROLE "{made.prefix}-{who}" LOGIN')
            if who != "stranger":
                connection.exec_driver_sql(f'GRANT "{made.prefix}_{who}s" TO "{made.prefix}-{who}"')
    assert made.call(mou, "editor", "import", str(seeds())).code == 6
    assert made.call(mou, "keeper", "import", str(seeds())).code == 0
    (mou.db.parent / "seen.txt").write_text("seen", "utf-8")
    with contextlib.chdir(mou.db.parent):
        for arguments in BEFORE:
            assert made.call(mou, "editor", *arguments).code == 0, arguments
    yield made
    with made.connected() as connection:
        for group in ("readers", "editors", "keepers"):
            connection.exec_driver_sql(f'DROP OWNED BY "{made.prefix}_{group}" CASCADE')
            connection.exec_driver_sql(f'DROP ROLE "{made.prefix}_{group}"')
        for who in ("reader", "editor", "keeper", "stranger"):
            connection.exec_driver_sql(f'DROP ROLE "{made.prefix}-{who}"')


@pytest.fixture
def copy(house: House) -> Iterator[str]:
    """The name of a database of its own with the same in it."""
    from sqlalchemy import make_url

    name = f"mou_test_{uuid4().hex}"
    house.server.run(f'CREATE DATABASE {name} TEMPLATE "{make_url(house.address).database}"')
    yield name
    house.server.run(f"DROP DATABASE {name}")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the files that the commands name."""
    (tmp_path / "seed.yaml").write_text(SEED, "utf-8")
    (tmp_path / "record.yaml").write_text(RECORD, "utf-8")
    # Such a folder is made by whoever shares it.
    (tmp_path / "documents").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_is_tried() -> None:
    tried = set(READS) | {" ".join(line) for line in CHANGES} | ELSEWHERE | KEEPING
    untried = [
        name
        for name, command in EVERY.items()
        if not hasattr(command, "commands") and not any(f"{line} ".startswith(f"{name} ") for line in tried)
    ]
    assert untried == []


@pytest.mark.parametrize("line", READS)
def test_readers_read_and_strangers_do_not(house: House, absent: Mou, line: str) -> None:
    alike = [house.call(absent, who, *line.split()) for who in ("reader", "editor", "keeper")]
    assert {answer.code for answer in alike} <= {0, 3}, alike
    if not line.startswith("config"):
        assert alike[0] == alike[1] == alike[2]
    stranger = house.call(absent, "stranger", *line.split())
    if line.split(maxsplit=1)[0] not in {"config", "db"}:
        assert (stranger.code, stranger.out) == (6, "")
        assert stranger.err == refused(house, "stranger", "read", "readers")


def confirmed(arguments: tuple[str, ...]) -> list[str]:
    is_asked = {"remove", "merge", "prune"} & set(arguments) or arguments[:2] == ("renew", "--country")
    return [*arguments, *(["--yes"] if is_asked and "--yes" not in arguments else [])]


def refused(house: House, who: str, what: str, group: str, database: str | None = None) -> str:
    role, place = f"{house.prefix}-{who}", house.place(who, database)
    return (
        f"mou: {role} may not {what} the register at {place.replace(':@', '@')}; nothing was changed\n"
        f"hint: its owner can make {role} one of the {group}: `mou db roles`\n"
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", CHANGING, ids=" ".join)
def test_readers_change_nothing(house: House, absent: Mou, arguments: tuple[str, ...]) -> None:
    before = [house.call(absent, "keeper", *line) for line in (("export",), ("log", "-f", "json"))]
    answer = house.call(absent, "reader", *confirmed(arguments))
    assert answer.code == 6, answer
    assert answer.err.endswith(refused(house, "reader", "change", "editors")), answer
    # What is to be renewed is shown before it is.
    assert answer.out == "" or arguments[:2] == ("renew", "--country")
    assert [house.call(absent, "keeper", *line) for line in (("export",), ("log", "-f", "json"))] == before


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", CHANGING, ids=" ".join)
def test_editors_change_whatever_there_is_to_change(
    house: House, copy: str, absent: Mou, arguments: tuple[str, ...]
) -> None:
    answer = house.call(absent, "editor", *confirmed(arguments), database=copy)
    assert answer.code == 0, answer
    (entry, *_rest) = house.call(absent, "reader", "log", "-f", "json", database=copy).json
    assert entry["role"] == f"{house.prefix}-editor"
    verified = house.call(absent, "reader", "log", "--verify", database=copy)
    assert verified.code == 0, verified


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_editors_cannot_touch_what_was_done(house: House, statement: str) -> None:
    from sqlalchemy.exc import ProgrammingError

    for who in ("reader", "editor"):
        with house.connected(who) as connection, pytest.raises(ProgrammingError) as refusal:
            connection.exec_driver_sql(statement)
        assert getattr(refusal.value.orig, "sqlstate", "") == "42501"


def test_groups_may_be_made_again_for_a_register_that_is_there(house: House, copy: str, absent: Mou) -> None:
    def privileges() -> list[object]:
        sql = """SELECT relname, r.rolname, array(SELECT CAST(x AS text) FROM unnest(relacl) x ORDER BY 1)
            FROM pg_class c JOIN pg_roles r ON r.oid = relowner
            WHERE relnamespace = 'public'::regnamespace ORDER BY 1"""
        with house.connected(database=copy) as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]

    before = privileges()
    house.let_in(absent, copy)
    assert privileges() == before
    with house.connected(database=copy) as connection:
        for table in ("agreement", "alembic_version", "journal_entry"):
            connection.exec_driver_sql(f"ALTER TABLE {table} OWNER TO postgres")
            connection.exec_driver_sql(f"GRANT ALL ON {table} TO PUBLIC")
    house.let_in(absent, copy)
    assert privileges() == before


def test_keepers_bring_a_register_up_to_date_and_own_it_together(house: House, absent: Mou) -> None:
    from sqlalchemy import make_url

    made = house.server.make_database()
    database = make_url(made.url or "").database or ""
    house.let_in(absent, database)
    with house.connected(database=database) as connection, connection.begin():
        connection.exec_driver_sql(f'SET ROLE "{house.prefix}_keepers"')
        run_migrations(connection, "0003")
    for who in ("reader", "editor"):
        answer = house.call(absent, who, "list", "--count", database=database)
        assert (answer.code, answer.out) == (6, "")
        assert answer.err == refused(house, who, "create, upgrade or restore", "keepers", database)
    for who in ("keeper", "reader"):
        assert house.call(absent, who, "list", "--count", database=database).out == "0\n"
    assert house.call(absent, "editor", "partner", "add", "A", database=database).code == 0
    with house.connected(database=database) as connection:
        owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        assert connection.exec_driver_sql(owners).scalars().all() == [f"{house.prefix}_keepers"]
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [HEAD]
    house.server.drop_database(made)


@pytest.mark.parametrize("prefix", ["", "a'b", 'a"b', "1a", "a b", "a;b", "$mou$", "x" * 60])
def test_a_prefix_that_is_no_name_is_refused(absent: Mou, prefix: str) -> None:
    answer = absent.fails(2, "db", "roles", "--prefix", prefix)
    assert answer.err.startswith(f"mou: --prefix: {prefix!r} is no beginning of a name\n")
    assert answer.out == ""


@pytest.mark.usefixtures("folder")
def test_only_keepers_put_a_backup_in_the_place_of_a_register(house: House, copy: str, absent: Mou) -> None:
    assert house.call(absent, "reader", "backup", "safe.db", database=copy).code == 3
    assert house.call(absent, "editor", "edit", "khazar-miras-2024", "--unit", "Law", database=copy).code == 0
    before = house.call(absent, "reader", "export", database=copy).out
    for who in ("reader", "editor"):
        answer = house.call(absent, who, "restore", "safe.db", "--yes", database=copy)
        assert answer.code == 6, answer
        assert answer.err.endswith(refused(house, who, "create, upgrade or restore", "keepers", copy)), answer
        assert house.call(absent, "reader", "export", database=copy).out == before
    # The document of this register is kept elsewhere.
    answer = house.call(absent, "keeper", "restore", "safe.db", "--yes", database=copy)
    assert answer.code == 3, answer
    assert house.call(absent, "reader", "export", database=copy).out != before
    assert house.call(absent, "editor", "edit", "khazar-miras-2024", "--unit", "Law", database=copy).code == 0
