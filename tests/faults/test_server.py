"""A server that goes away, is full, shuts people out or is not fit: one sentence, nothing half done, no secret told."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import repeat
from typing import TYPE_CHECKING

import pytest

from mou_cli.resources import seeds
from tests.conftest import Answer, Mou
from tests.faults.cluster import PASSWORD, Cluster, cut_off, own_cluster, wait_for_lock
from tests.faults.conftest import no_traceback

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    Call = Callable[..., Answer]

pytestmark = pytest.mark.file_only("the server is one of these tests' own")
EDIT = ("edit", "khazar-miras-2024", "--note", "x")
ADD = ("add", "--home", "khazar", "--partner", "miras")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server for these tests alone."""
    with own_cluster() as made:
        yield made


@pytest.fixture(scope="module")
def seeded_database(cluster: Cluster) -> str:
    """The name of a database with the seeds, to copy."""
    name = cluster.make_database()
    importing = cluster.start_mou(name, "import", str(seeds()))
    assert ended(importing).code == 0
    return name


@pytest.fixture
def filled(cluster: Cluster, seeded_database: str) -> str:
    """The name of a database with the seeds, to change."""
    return cluster.make_database(template=seeded_database)


@pytest.fixture
def call(cluster: Cluster, absent: Mou) -> Call:
    """The command line on a database of the server; whatever is said, the password is not."""

    def on_database(name: str, *arguments: str, user: str = "postgres", **env: str) -> Answer:
        said = {"PGPASSWORD": PASSWORD, "MOU_DB": cluster.address(name, user), "MOU_TIMEOUT": "2"} | env
        answer = no_traceback(absent.call(*arguments, env=said))
        assert PASSWORD not in answer.out + answer.err
        return answer

    return on_database


def ended(process: subprocess.Popen[bytes]) -> Answer:
    out, err = process.communicate(timeout=300)
    answer = no_traceback(Answer(process.returncode, out.decode(), err.decode()))
    assert PASSWORD not in answer.out + answer.err
    return answer


def state(call: Call, filled: str) -> tuple[str, str]:
    return call(filled, "export").out, call(filled, "log", "-f", "json").out


@contextmanager
def held(cluster: Cluster, filled: str, *statements: str) -> Iterator[Connection]:
    """Hold what statements lock, until the end or a COMMIT."""
    with cluster.connected(filled) as connection:
        for statement in ("BEGIN", *statements):
            connection.exec_driver_sql(statement)
        yield connection


def refuse_lost(cluster: Cluster, filled: str, answer: Answer) -> None:
    """See that somebody was told. Of what is read, the beginning may have been shown."""
    told = f"mou: the connection to {cluster.address(filled)} was lost; nothing was changed"
    assert (answer.code, answer.err) == (6, f"{told}\nhint: try again in a moment\n")


@pytest.mark.parametrize("arguments", [("list",), ("export",), EDIT, ADD])
def test_a_server_that_is_stopped_in_mid_command(
    cluster: Cluster, filled: str, call: Call, arguments: tuple[str]
) -> None:
    before = state(call, filled)
    with held(cluster, filled, "LOCK TABLE agreement_party IN ACCESS EXCLUSIVE MODE") as holder:
        process = cluster.start_mou(filled, *arguments)
        wait_for_lock(cluster)
        cluster.stop()
        holder.invalidate()
        try:
            refuse_lost(cluster, filled, ended(process))
        finally:
            cluster.start()
    assert state(call, filled) == before
    assert call(filled, *EDIT).code == 0


@pytest.mark.parametrize("arguments", [("list",), EDIT, ADD])
def test_a_connection_that_is_cut_in_mid_command(
    cluster: Cluster, filled: str, call: Call, arguments: tuple[str]
) -> None:
    before = state(call, filled)
    with held(cluster, filled, "LOCK TABLE agreement_party IN ACCESS EXCLUSIVE MODE"):
        process = cluster.start_mou(filled, *arguments)
        wait_for_lock(cluster)
        cut_off(cluster)
        refuse_lost(cluster, filled, ended(process))
    assert state(call, filled) == before


def test_a_connection_that_is_cut_while_a_change_is_recorded(cluster: Cluster, filled: str, call: Call) -> None:
    """That institutions are there is proved at the end: whoever holds one holds the end up."""
    before = state(call, filled)
    with held(cluster, filled, "SELECT 1 FROM institution WHERE key = 'miras' FOR UPDATE"):
        process = cluster.start_mou(filled, *ADD)
        wait_for_lock(cluster)
        cut_off(cluster)
        answer = ended(process)
    assert (answer.code, answer.out) == (6, "")
    assert answer.err == (
        f"mou: the connection to {cluster.address(filled)} was lost while the change was recorded,"
        " and nobody has said whether it was\nhint: `mou log --limit 1` tells\n"
    )
    assert state(call, filled) == before


def test_a_change_that_another_got_in_the_way_of_is_carried_out_anew(cluster: Cluster, filled: str, call: Call) -> None:
    with held(cluster, filled, "UPDATE agreement SET unit = 'Law' WHERE key = 'khazar-miras-2024'") as holder:
        process = cluster.start_mou(filled, *EDIT)
        wait_for_lock(cluster)
        holder.exec_driver_sql("COMMIT")
        answer = ended(process)
    assert (answer.code, answer.err.splitlines()[0]) == (0, "change agreement khazar-miras-2024")
    shown = call(filled, "show", "khazar-miras-2024", "-f", "json").json
    assert (shown["unit"], shown["note"]) == ("Law", "x")
    assert call(filled, "log", "--count").out == "2\n"
    # The other change was made from outside, and is the only one of which the journal does not know.
    assert call(filled, "log", "--verify", "-f", "json").json["departures"] == [
        {"noun": "agreement", "key": "khazar-miras-2024", "happened": "changed", "fields": ["unit"]}
    ]


def test_of_a_deadlock_whoever_is_sent_away_begins_anew(cluster: Cluster, filled: str, call: Call) -> None:
    other = ("SET deadlock_timeout = '10min'", "LOCK TABLE journal_change IN EXCLUSIVE MODE")
    with held(cluster, filled, *other) as holder:
        process = cluster.start_mou(filled, *EDIT)
        wait_for_lock(cluster)
        holder.exec_driver_sql("UPDATE agreement SET unit = 'Law' WHERE key = 'khazar-miras-2024'")
        holder.exec_driver_sql("COMMIT")
        answer = ended(process)
    assert (answer.code, answer.err.splitlines()[0]) == (0, "change agreement khazar-miras-2024")
    assert "deadlock detected" in (cluster.folder / "log").read_text("utf-8")
    shown = call(filled, "show", "khazar-miras-2024", "-f", "json").json
    assert (shown["unit"], shown["note"]) == ("Law", "x")
    assert call(filled, "log", "--count").out == "2\n"


@pytest.mark.parametrize("seconds", ["0", "0.2"])
@pytest.mark.parametrize("arguments", [("list",), EDIT])
def test_what_somebody_holds_is_not_waited_for_longer_than_is_said(
    cluster: Cluster, filled: str, call: Call, seconds: str, arguments: tuple[str, ...]
) -> None:
    with held(cluster, filled, "LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"):
        answer = call(filled, *arguments, MOU_TIMEOUT=seconds)
    assert (answer.code, answer.out) == (6, "")
    place = cluster.address(filled)
    assert answer.err == (
        f"mou: the register at {place} is locked: another program is working on it\nhint: try again in a moment\n"
    )


REFUSALS = {
    "40001": "mou: another change at {place} got in the way; nothing was changed",
    "40P01": "mou: another change at {place} got in the way; nothing was changed",
    "53100": "mou: the register at {place} cannot be written: the server's disk is full; nothing was changed",
    "53200": "mou: the register at {place} cannot be used: the server is out of memory; nothing was changed",
    "57014": "mou: the register at {place} did not answer in time: the server gave up; nothing was changed",
    "58030": "mou: the register at {place} could not be read or written by the server; nothing was changed",
    "XX001": "mou: the register at {place} is damaged: told by a test",
}


@pytest.mark.parametrize("code", REFUSALS)
@pytest.mark.parametrize("arguments", [EDIT, ("import", "--overwrite", "-")])
def test_what_a_server_refuses_is_told_in_a_sentence(
    cluster: Cluster, filled: str, call: Call, code: str, arguments: tuple[str, ...], absent: Mou
) -> None:
    before = state(call, filled)
    with cluster.connected(filled) as connection:
        connection.exec_driver_sql("CREATE SEQUENCE times")
        connection.exec_driver_sql(
            f"""CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                PERFORM nextval('times'); RAISE EXCEPTION 'told by a test' USING ERRCODE = '{code}'; END $$"""
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON journal_seal FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
        env = {"PGPASSWORD": PASSWORD, "MOU_DB": cluster.address(filled)}
        seed = b"format: mou/1\ninstitutions:\n  - {key: new, name: New}\n"
        answer = no_traceback(absent.call(*arguments, input=seed, env=env))
        assert answer.code == (7 if code.startswith("XX") else 6)
        assert answer.err.splitlines()[0] == REFUSALS[code].format(place=cluster.address(filled))
        assert answer.out == ""
        tries = connection.exec_driver_sql("SELECT last_value FROM times").scalar()
        assert tries == (5 if code.startswith("40") else 1)
    assert state(call, filled) == before


def failed(role: str) -> str:
    return f'password authentication failed for user "{role}"'


def test_who_cannot_be_let_in_is_told_why(cluster: Cluster, filled: str, call: Call, absent: Mou) -> None:
    place, nobody, nowhere = cluster.address(filled), cluster.address(filled, "nobody"), cluster.address("nowhere")
    passwords = "~/.pgpass (PGPASSFILE), PGPASSWORD or a service of pg_service.conf say passwords"
    without = {"MOU_DB": place, "PGPASSWORD": "", "PGPASSFILE": "/nonexistent"}
    for answer, where, why, hint in (
        (call(filled, "list", PGPASSWORD="wrong"), place, failed("postgres"), passwords),
        (absent.call("list", env=without), place, "fe_sendauth: no password supplied", passwords),
        (call(filled, "list", user="nobody"), nobody, failed("nobody"), passwords),
        (
            call("nowhere", *ADD),
            nowhere,
            'database "nowhere" does not exist',
            "createdb and createuser make databases and roles",
        ),
    ):
        assert (answer.code, answer.out) == (6, "")
        assert answer.err == f"mou: {where} cannot be reached: {why}\nhint: {hint}\n"
    for address in (
        "postgresql://a@127.0.0.1:1/b",
        "postgresql://a@nowhere.invalid/b",
        "postgresql:///b?host=/nonexistent",
    ):
        answer = absent.fails(6, "list", env={"MOU_DB": address})
        assert answer.err.startswith(f"mou: {address} cannot be reached: ")
        assert answer.err.count("\n") == 2


def test_passwords_are_found_where_postgresql_looks(cluster: Cluster, filled: str, absent: Mou, tmp_path: Path) -> None:
    passes = tmp_path / "pgpass"
    passes.write_text(f"127.0.0.1:{cluster.port}:*:postgres:{PASSWORD}\n", "utf-8")
    passes.chmod(0o600)
    services = tmp_path / "services"
    services.write_text(
        f"[office]\nhost=127.0.0.1\nport={cluster.port}\ndbname={filled}\nuser=postgres\npassword={PASSWORD}\n",
        "utf-8",
    )
    place = cluster.address(filled)
    for env in (
        {"MOU_DB": place, "PGPASSFILE": str(passes)},
        {"MOU_DB": place, "PGPASSWORD": PASSWORD},
        {"MOU_DB": place.replace("@", f":{PASSWORD}@")},
        {"MOU_DB": "postgresql://?service=office", "PGSERVICEFILE": str(services)},
    ):
        for arguments in (("list", "--count"), ("config", "list"), ("log",), EDIT):
            answer = absent.call(*arguments, env=env)
            assert answer.code == 0, answer
            assert PASSWORD not in answer.out + answer.err
    with cluster.connected(filled) as connection:
        for table in ("journal_entry", "journal_change"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert PASSWORD not in str(rows)


def test_a_server_without_room_for_one_more_is_waited_for(cluster: Cluster, filled: str, call: Call) -> None:
    with cluster.connected() as connection:
        connection.exec_driver_sql("DROP ROLE IF EXISTS single")
        connection.exec_driver_sql(f"CREATE ROLE single LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
        connection.exec_driver_sql(f"ALTER DATABASE {filled} CONNECTION LIMIT 1")
        connection.exec_driver_sql("ALTER ROLE single NOSUPERUSER")
        connection.exec_driver_sql("GRANT pg_read_all_data TO single")
    with cluster.connected(filled, "single"):
        place = cluster.address(filled, "single")
        answer = call(filled, "list", user="single", MOU_TIMEOUT="0")
        assert (answer.code, answer.out) == (6, "")
        assert answer.err == (
            f'mou: {place} cannot be reached: too many connections for database "{filled}"\n'
            "hint: try again in a moment\n"
        )
        waiting = cluster.start_mou(filled, "list", "--count", MOU_DB=place)
    assert ended(waiting) == Answer(0, "134\n", "")


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_keep_every_letter_is_refused(cluster: Cluster, call: Call, encoding: str) -> None:
    database = cluster.make_database(template="template0", options=f"ENCODING '{encoding}'")
    answer = call(database, "import", str(seeds()))
    assert (answer.code, answer.out) == (7, "")
    assert answer.err == (
        f"mou: the database at {cluster.address(database)} keeps text as {encoding}, a register needs UTF8\n"
        "hint: createdb --encoding UTF8 --template template0 NAME\n"
    )
    with cluster.connected(database) as connection:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.exec_driver_sql(tables).scalar() == 0


def test_the_program_speaks_utf_8_whatever_the_environment_says(filled: str, call: Call) -> None:
    assert call(filled, "edit", "khazar-miras-2024", "--note", "Şəhər 東京", PGCLIENTENCODING="LATIN1").code == 0
    shown = call(filled, "show", "khazar-miras-2024", "-f", "json", PGCLIENTENCODING="SQL_ASCII").json
    assert shown["note"] == "Şəhər 東京"


def test_a_server_that_is_too_old_is_refused(
    filled: str, call: Call, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mou_cli.store.server.OLDEST_SERVER", 99)
    with cluster.connected() as connection:
        version = connection.exec_driver_sql("SHOW server_version_num").scalar_one()
    answer = call(filled, "list")
    assert (answer.code, answer.out) == (7, "")
    assert answer.err == (
        f"mou: the server of {cluster.address(filled)} is PostgreSQL {int(version) // 10000}, which is too old\n"
        "hint: mou needs PostgreSQL 99 or newer\n"
    )


def read_only(place: str) -> str:
    return (
        f"mou: the register at {place} cannot be written: the server lets nobody write now; nothing was changed\n"
        "hint: it may be a standby: say the address of the main server\n"
    )


def test_where_nobody_may_write_all_can_be_read(filled: str, call: Call, cluster: Cluster) -> None:
    with cluster.connected() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {filled} SET default_transaction_read_only = on")
    assert call(filled, "list", "--count").out == "134\n"
    assert call(filled, "log", "--verify").code == 0
    for arguments in (EDIT, ADD, ("undo",)):
        answer = call(filled, *arguments)
        assert (answer.code, answer.out, answer.err) == (6, "", read_only(cluster.address(filled)))


def test_a_standby_is_read_and_not_written(cluster: Cluster, filled: str, call: Call) -> None:
    folder = cluster.folder / "standby"
    address = cluster.address("postgres").replace("@", f":{PASSWORD}@")
    cluster.run("pg_basebackup", "-d", address, "-D", str(folder), "-R", "-c", "fast", "-X", "stream")
    standby = Cluster(cluster.folder)
    standby.data = folder
    with (folder / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
        file.write(f"port = {standby.port}\n")
    standby.start()
    try:
        env = {"MOU_DB": standby.address(filled)}
        for arguments in (("list",), ("show", "khazar-miras-2024"), ("stats",), ("check",), ("export",), ("due",)):
            answer = call(filled, *arguments, **env)
            assert answer == call(filled, *arguments), answer.err
        answer = call(filled, *EDIT, **env)
        assert (answer.code, answer.out, answer.err) == (6, "", read_only(standby.address(filled)))
    finally:
        standby.stop()


def test_a_server_whose_disk_is_full_changes_nothing(cluster: Cluster, call: Call, many: str) -> None:
    with cluster.with_a_disk("13m") as (disk, seen), cluster.connected() as connection:
        connection.exec_driver_sql(f"CREATE TABLESPACE small LOCATION '{disk}'")
        database = cluster.make_database(options="TABLESPACE small")
        assert call(database, "partner", "add", "First").code == 0
        before = state(call, database)
        filling = seen / "full"
        with filling.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
            file.writelines(repeat(b"\0" * 4096))
        answer = call(database, "import", many)
        assert (answer.code, answer.out) == (6, "")
        assert answer.err == (
            f"mou: the register at {cluster.address(database)} cannot be written: the server's disk is full;"
            " nothing was changed\nhint: tell whoever looks after the server\n"
        )
        assert state(call, database) == before
        filling.unlink()
        assert call(database, "import", many).code == 0
        connection.exec_driver_sql(f"DROP DATABASE {database} WITH (FORCE)")
        connection.exec_driver_sql("DROP TABLESPACE small")
