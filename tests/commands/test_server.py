"""A register on a PostgreSQL server: made by the first record, and brought up to date by the first command."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from mou_cli.resources import migrations, seeds
from mou_cli.store.engine import make_engine
from mou_cli.store.opening import open_reader
from mou_cli.store.revision import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.store.location import Location
    from tests.conftest import Answer, Mou
    from tests.postgresql import Server

    Call = Callable[..., Answer]


@pytest.fixture
def location(server: Server) -> Location:
    """An empty database."""
    return server.make_database()


@pytest.fixture
def on_server(absent: Mou, location: Location) -> Call:
    """The command line on that database."""

    def call(*arguments: str, code: int = 0) -> Answer:
        answer = absent.call("--db", str(location.url).replace("+psycopg", ""), *arguments)
        assert answer.code == code, answer
        return answer

    return call


def test_a_database_without_a_register_is_told_of_and_left_alone(on_server: Call, location: Location) -> None:
    for command in (("list",), ("edit", "2025-001", "--note", "x"), ("undo",)):
        answer = on_server(*command, code=6)
        assert answer.err == (
            f"mou: there is no register at {location}\nhint: `mou add` and `mou import` create a register\n"
        )
        assert answer.out == ""


def test_a_register_of_an_earlier_program_is_brought_up_to_date(on_server: Call, location: Location) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations()))
    config.set_main_option("path_separator", "os")
    with make_engine(location, 10.0).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    assert on_server("list", "--count").out == "0\n"
    with open_reader(location, 10.0) as reader:
        assert [row["version_num"] for row in reader.rows("SELECT version_num FROM alembic_version")] == [HEAD]
    on_server("import", str(seeds()))


def test_the_journal_says_whom_the_server_has_let_in(on_server: Call, location: Location) -> None:
    from sqlalchemy import text

    on_server("partner", "add", "Khazar University", "--country", "Azerbaijan", "--home")
    with make_engine(location, 10.0).connect() as connection:
        role = connection.execute(text("SELECT session_user")).scalar_one()
    (entry,) = on_server("log", "--format", "json").json
    assert (entry["actor"], entry["role"]) == ("tester", role)
    heading, _rule, line = on_server("log", "--format", "table").lines[:3]
    assert (heading.split()[:4], line.split()[3:5]) == (["Entry", "When", "Who", "Login"], ["tester", role])


def test_another_role_in_the_journal_breaks_its_seal(on_server: Call, location: Location) -> None:
    on_server("partner", "add", "Khazar University", "--country", "Azerbaijan", "--home")
    with make_engine(location, 10.0).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        connection.exec_driver_sql("UPDATE journal_entry SET role = 'somebody else'")
        connection.exec_driver_sql("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    answer = on_server("log", "--verify", code=3)
    assert answer.err.startswith("entry 1: it was changed\n")


def test_documents_are_listed_where_nobody_has_said_where_they_are_kept(
    on_server: Call, location: Location, absent: Mou, write: Callable[[str, str | bytes], str]
) -> None:
    on_server("import", str(seeds()))
    address = str(location.url)
    scan, place = write("scan.txt", "scanned"), str(absent.db.with_name("documents"))
    absent("--db", address, "doc", "add", "khazar-uit", scan, env={"MOU_DOCUMENTS": place})
    assert absent.json("--db", address, "doc", "list", env={"MOU_DOCUMENTS": place})[0]["stored"] == "yes"
    (row,) = on_server("doc", "list", "khazar-uit", "-f", "json").json
    assert (row["file"], row["stored"]) == ("scan.txt", None)
    assert len(on_server("doc", "list", "-f", "tsv").lines) == 1 + len(on_server("doc", "list", "-f", "json").json)
    answer = on_server("doc", "list", "--missing", "-f", "tsv", code=2)
    assert (answer.out, answer.err.splitlines()[0]) == (
        "",
        "mou: nobody has said where the documents of a register on a server are kept",
    )


def test_all_but_documents_is_checked_where_nobody_has_said_where_they_are_kept(
    on_server: Call, location: Location, absent: Mou, write: Callable[[str, str | bytes], str]
) -> None:
    on_server("import", str(seeds()))
    assert on_server("check").err == ""
    address, place = str(location.url), {"MOU_DOCUMENTS": str(absent.db.with_name("documents"))}
    absent("--db", address, "doc", "add", "khazar-uit", write("scan.txt", "scanned"), env=place)
    whole, unseen = absent.json("--db", address, "check", env=place), on_server("check", "-f", "json")
    assert len(whole) == 139
    assert unseen.json == whole
    assert unseen.err == (
        "contents of documents were not looked at: nobody has said where they are kept (say a folder: "
        "`mou config set documents FOLDER`, or MOU_DOCUMENTS)\n"
    )
    assert on_server("check", "--severity", "error").out == ""
    assert on_server("check", "--severity", "error").err == unseen.err
    assert on_server("check", "vacant").err == ""
    explained = {row["code"]: row["found"] for row in on_server("check", "--explain", "-f", "json").json}
    assert [code for code, number in explained.items() if number is None] == ["document-missing", "document-changed"]
    assert on_server("check", "--fix").err == "nothing to mend\n"


def test_a_folder_of_documents_that_has_gone_is_not_made_anew(
    on_server: Call, location: Location, absent: Mou, write: Callable[[str, str | bytes], str]
) -> None:
    on_server("import", str(seeds()))
    folder = absent.db.with_name("share")
    said, env = ("--db", str(location.url), "doc"), {"MOU_DOCUMENTS": str(folder)}
    absent(*said, "add", "khazar-uit", write("scan.txt", "scanned"), env=env)
    shutil.rmtree(folder)
    second = write("other.txt", "another")
    for more in ((), ("--dry-run",)):
        answer = absent.fails(6, *said, "add", "khazar-uit", second, *more, env=env)
        assert answer.err == (
            f"mou: the documents of this register have been in {folder}, which is not there; nothing was recorded\n"
            "hint: see whether it is mounted, or what `documents` is set to; where it is lost, make the folder anew\n"
        )
    assert not folder.exists()
    absent(*said, "add", "khazar-uit", "https://example.org/x", env=env)
    folder.mkdir()
    assert absent(*said, "add", "khazar-uit", second, env=env).err == (
        f"in {folder} is none of the contents that the register has; see whether it is mounted\n"
    )
    assert absent(*said, "add", "khazar-uit", write("third.txt", "third"), env=env).err == ""


def test_who_asks_for_documents_alone_is_told_that_nobody_can_look(
    on_server: Call, location: Location, absent: Mou, write: Callable[[str, str | bytes], str]
) -> None:
    on_server("import", str(seeds()))
    folder = absent.db.with_name("documents")
    said = ("--db", str(location.url))
    env = {"MOU_DOCUMENTS": str(folder)}
    absent(*said, "doc", "add", "khazar-uit", write("scan.txt", "scanned"), env=env)
    shutil.rmtree(folder)
    (missing,) = absent.fails(3, *said, "check", "document-missing", "-f", "json", env=env).json
    absent(*said, "check", "--accept", missing["id"], "--reason", "It burnt", env=env)
    assert [row["found"] for row in absent.json(*said, "check", "--accepted", env=env)] == [True]
    assert [row["found"] for row in on_server("check", "--accepted", "-f", "json").json] == [None]
    for asked in (("document-missing",), ("vacant", "document-changed"), ("--accept", missing["id"], "--reason", "x")):
        answer = on_server("check", *asked, code=2)
        assert (answer.out, answer.err.splitlines()[0]) == (
            "",
            "mou: nobody has said where the documents of a register on a server are kept",
        )
