"""Bringing an older register up to date: a backup, then all or nothing, and nothing that was recorded is lost."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mou_cli.errors import DatabaseUnusable
from mou_cli.formats.importing import Import, find_files, import_files
from mou_cli.records.derived import find_differing
from mou_cli.register import open_register
from mou_cli.resources import migrations, seeds
from mou_cli.store.engine import make_engine
from mou_cli.store.location import Location
from mou_cli.store.opening import open_reader
from mou_cli.store.revision import HEAD, REVISIONS
from mou_cli.store.tables import tables_at
from mou_cli.store.upgrade import migrate, run_migrations
from mou_cli.views.search import find_anything
from tests.conftest import ROOT, Mou

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.postgresql import Server

REGISTERS = Path(__file__).parent / "registers"
AWKWARD = Path(__file__).parent / "views" / "awkward.yaml"
TODAY = date(2026, 11, 22)
NEXT = "made_up"
# SQLite can only make such changes by rebuilding the table: what refers to it must not go with the old one.
MIGRATION = f"""
from alembic import op
import sqlalchemy as sa

revision, down_revision = "{NEXT}", "{HEAD}"

def upgrade():
    for table in ("institution", "agreement", "event", "plan", "task", "journal_entry", "journal_change"):
        with op.batch_alter_table(table, recreate="auto") as batch:
            batch.add_column(sa.Column("made_up", sa.Text(), server_default="yes", nullable=False))
            batch.create_check_constraint("made_up", "made_up <> ''")
    op.create_table("made_up", sa.Column("key", sa.Text(), primary_key=True))
    op.execute("INSERT INTO made_up VALUES ('new')")
"""
FAILING = f"""
from alembic import op

revision, down_revision = "fails", "{NEXT}"

def upgrade():
    op.execute("DELETE FROM institution_name")
    op.execute("INSERT INTO nowhere VALUES (1)")
"""
# A program of the next version: it says when it is about to take the lock.
PROGRAM = """
import sys
from pathlib import Path
from mou_cli.store import reader, upgrade
from mou_cli.store.location import Location
from mou_cli.store.opening import open_reader

reader.REVISIONS, reader.HEAD = (reader.HEAD, sys.argv[3]), sys.argv[3]
upgrade.migrations = lambda: Path(sys.argv[2])
migrate_file = upgrade.migrate_file

def announced(*arguments):
    print("waiting", flush=True)
    migrate_file(*arguments)

upgrade.migrate_file = announced
with open_reader(Location(path=Path(sys.argv[1])), 30.0) as opened:
    print(next(opened.rows("SELECT count(*) AS n FROM made_up"))["n"])
"""
CREATING = """
import sys
from mou_cli.store.location import locate
from mou_cli.store.upgrade import create

create(locate(sys.argv[1]), 30.0)
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of this version, with everything that can be recorded."""
    path = tmp_path_factory.mktemp("old") / "register.db"
    files = find_files([str(seeds()), str(AWKWARD)])
    import_files(Import(files, Location(path=path), 5.0, "tester", TODAY), dry_run=False)
    return path


@pytest.fixture
def old(template: Path, tmp_path: Path) -> Location:
    """A register that the next version finds."""
    return Location(path=Path(shutil.copy(template, tmp_path / "register.db")))


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Path]:
    """Make this program one of the next version, with more migrations; gives their folder."""

    def change(**scripts: str) -> Path:
        folder = tmp_path / "migrations"
        shutil.copytree(migrations(), folder, ignore=shutil.ignore_patterns("__pycache__"))
        for name, script in scripts.items():
            (folder / "versions" / f"{name}.py").write_text(script, "utf-8")
        revisions = (*REVISIONS, NEXT, "fails")[: len(REVISIONS) + len(scripts)]
        monkeypatch.setattr("mou_cli.store.reader.REVISIONS", revisions)
        monkeypatch.setattr("mou_cli.store.reader.HEAD", revisions[-1])
        monkeypatch.setattr("mou_cli.store.upgrade.migrations", lambda: folder)
        return folder

    return change


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Give all rows of all tables but what a migration adds, and what else there is by name."""
    with closing(sqlite3.connect(path)) as connection:
        schema = (
            "SELECT name, type FROM sqlite_schema WHERE name <> 'made_up' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
        found: dict[str, list[tuple[Any, ...]]] = {"": []}
        for name, kind in connection.execute(schema).fetchall():
            found[""].append((name, kind))
            if kind == "table" and not name.startswith("search_index") and name != "alembic_version":
                columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")') if row[1] != "made_up"]
                chosen = ", ".join(f'"{column}"' for column in columns)
                found[name] = sorted(connection.execute(f'SELECT {chosen} FROM "{name}"').fetchall(), key=repr)
    return found


def backups(old: Location) -> list[Path]:
    assert old.path is not None
    return sorted(old.path.parent.rglob("*before-upgrade*"))


def test_upgrade_keeps_everything_and_a_backup(old: Location, next_version: Callable[..., Path]) -> None:
    assert old.path is not None
    before, size = contents(old.path), old.path.stat().st_size
    with open_reader(old, 5.0) as reader:
        found = list(find_anything(reader, "oslo", TODAY))
    next_version(one=MIGRATION)
    with open_reader(old, 5.0) as reader:
        assert [row["version_num"] for row in reader.rows("SELECT version_num FROM alembic_version")] == [NEXT]
        assert {row["made_up"] for row in reader.rows("SELECT made_up FROM agreement")} == {"yes"}
        assert list(find_anything(reader, "oslo", TODAY)) == found
    assert contents(old.path) == before
    assert len(found) > 5
    assert sum(map(len, before.values())) > 2000
    (backup,) = backups(old)
    assert contents(backup) == before
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert backup.stat().st_size == size


def test_upgraded_register_is_whole_and_guarded(old: Location, next_version: Callable[..., Path]) -> None:
    next_version(one=MIGRATION)
    with open_register(old, actor="tester", action="edit", today=TODAY, timeout=5.0) as register:
        register.remove("agreement", "draft")
    assert old.path is not None
    with closing(sqlite3.connect(old.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM agreement_party WHERE agreement = 'draft'").fetchone() == (0,)
        for act in ("UPDATE journal_change SET field = field", "DELETE FROM journal_entry"):
            with pytest.raises(sqlite3.IntegrityError, match="the journal cannot be changed"):
                connection.execute(act)


def test_failing_migration_leaves_the_file_as_it_was(old: Location, next_version: Callable[..., Path]) -> None:
    assert old.path is not None
    was = old.path.read_bytes()
    next_version(one=MIGRATION, two=FAILING)
    with pytest.raises(Exception, match="no such table: nowhere"), open_reader(old, 5.0):
        pass
    assert old.path.read_bytes() == was
    (backup,) = backups(old)
    assert contents(backup) == contents(old.path)
    assert sorted(path.name for path in old.path.parent.rglob("register*")) == [
        backup.name,
        "register.db",
        "register.db.backups",
    ]


def test_this_version_refuses_what_the_next_has_upgraded(
    old: Location, next_version: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert old.path is not None
    next_version(one=MIGRATION)
    with open_reader(old, 5.0):
        pass
    was = old.path.read_bytes()
    monkeypatch.setattr("mou_cli.store.reader.REVISIONS", REVISIONS)
    monkeypatch.setattr("mou_cli.store.reader.HEAD", HEAD)
    with pytest.raises(DatabaseUnusable, match=rf"was made by a newer mou \(schema {NEXT}\)"), open_reader(old, 5.0):
        pass
    assert old.path.read_bytes() == was


def test_of_two_programs_that_race_both_find_the_register_upgraded(
    old: Location, next_version: Callable[..., Path]
) -> None:
    assert old.path is not None
    before = contents(old.path)
    folder = next_version(one=MIGRATION)
    command = [sys.executable, "-c", PROGRAM, str(old.path), str(folder), NEXT]
    with closing(sqlite3.connect(old.path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        programs = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)
        ]
        # Both have seen the old schema and made their backup by now.
        said = [program.stdout.readline() for program in programs if program.stdout]
        holder.execute("ROLLBACK")
    ends = [program.communicate(timeout=60) for program in programs]
    assert (said, ends) == (["waiting\n"] * 2, [("1\n", "")] * 2)
    assert contents(old.path) == before
    assert [contents(backup) for backup in backups(old)] == [before, before]


def test_of_two_programs_that_create_a_register_on_a_server_the_second_finds_it_made(server: Server) -> None:
    location = server.make_database()
    started = [subprocess.Popen([sys.executable, "-c", CREATING, str(location.url)]) for _ in range(2)]
    assert [program.wait(timeout=60) for program in started] == [0, 0]
    with open_reader(location, 5.0) as reader:
        assert [row["version_num"] for row in reader.rows("SELECT version_num FROM alembic_version")] == [HEAD]


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_a_register_of_every_earlier_schema_is_brought_up_to_date(revision: str, tmp_path: Path) -> None:
    """Each was written by the program of its time from two of the examples, and files for what was new by then."""
    old, new = Mou(tmp_path / "old.db"), Mou(tmp_path / "new.db")
    old.db.write_bytes(gzip.decompress((REGISTERS / f"{revision}.db.gz").read_bytes()))
    examples = [str(ROOT / "examples" / name) for name in ("tacit-renewal.yaml", "plan-2026.yaml")]
    examples += sorted(str(file) for file in REGISTERS.glob("*.yaml") if file.stem <= revision)
    new("import", *examples, "--as-of", "2025-05-10")
    assert old("export").out == new("export").out
    with open_reader(Location(path=old.db), 5.0) as reader:
        assert list(find_differing(reader, TODAY, lambda _more: None)) == []
    assert old("import", *examples).err == "nothing changed\n"
    (backup,) = backups(Location(path=old.db))
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(revision,)]


@pytest.mark.parametrize("revision", REVISIONS[2:-1])
def test_a_register_of_an_earlier_schema_is_brought_up_to_date_on_a_server(
    revision: str, server: Server, tmp_path: Path
) -> None:
    file, location = tmp_path / "old.db", server.make_database()
    file.write_bytes(gzip.decompress((REGISTERS / f"{revision}.db.gz").read_bytes()))
    with make_engine(location, 5.0).begin() as connection, closing(sqlite3.connect(file)) as old:
        run_migrations(connection, revision)
        for table in tables_at(revision):
            columns = ", ".join(f'"{column}"' for column in table.columns)
            rows = old.execute(f'SELECT {columns} FROM "{table.name}"').fetchall()
            places = ", ".join(["%s"] * len(table.columns))
            connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})', rows)
    with make_engine(location, 5.0).begin() as connection:
        migrate(connection)
    with open_reader(location, 5.0) as reader:
        assert list(find_differing(reader, TODAY, lambda _more: None)) == []
    server.drop_database(location)
