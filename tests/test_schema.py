"""The schema on both databases: migrations, models and fields say the same, and the journal cannot be rewritten."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mou_cli.fields.collection import Items, Values
from mou_cli.fields.nouns import SHAPES
from mou_cli.formats.exporting import export
from mou_cli.formats.importing import Import, find_files, import_files
from mou_cli.models import metadata
from mou_cli.resources import migrations, seeds
from mou_cli.store.engine import make_engine
from mou_cli.store.opening import open_reader
from mou_cli.store.revision import HEAD, REVISIONS
from mou_cli.store.upgrade import create
from mou_cli.views.terms import SPAN_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Inspector

    from mou_cli.store.location import Location
    from mou_cli.store.reader import Reader, Row
    from tests.postgresql import Both

AWKWARD = Path(__file__).parent / "views" / "awkward.yaml"
TIMEOUT = 10.0
NEXT_DAY = date(2026, 11, 23)
# What is not a table of records: the search index of SQLite, and Alembic's own table.
OWN = ("search_index", "alembic_version", "sqlite_")
# What each database says of the moment, how it counts and whom it has let in, not of the records.
MOMENT = {"at", "digest", "id", "role"}


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, both: Both) -> Location:
    """The register on each of the databases."""
    found: Location = getattr(both, request.param)
    return found


@pytest.fixture
def connection(location: Location) -> Iterator[Connection]:
    """A connection to each of the databases; what is done through it is undone."""
    with make_engine(location, TIMEOUT).connect() as connected:
        yield connected


@pytest.fixture
def inspector(connection: Connection) -> Inspector:
    """What each of the databases says of its tables."""
    from sqlalchemy import inspect

    return inspect(connection)


def exported(reader: Reader) -> str:
    stream = io.StringIO()
    export(reader, stream)
    return stream.getvalue()


def contents(reader: Reader) -> dict[str, list[Row]]:
    """Give the rows of every table, in the order of their keys."""
    found = {}
    for table in metadata.sorted_tables:
        order = ", ".join(f'"{column.name}"' for column in table.primary_key)
        rows = reader.rows(f'SELECT * FROM "{table.name}" ORDER BY {order}')
        found[table.name] = [{name: row[name] for name in row if name not in MOMENT} for row in rows]
    return found


def is_own(name: str | None) -> bool:
    return (name or "").startswith(OWN)


def test_migrated_schema_equals_the_models(connection: Connection) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def is_ours(name: str | None, _kind: str, _parents: object) -> bool:
        return not is_own(name)

    options = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
    assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_every_table_of_the_models_is_there_and_has_a_primary_key(inspector: Inspector) -> None:
    tables = [name for name in inspector.get_table_names() if not is_own(name)]
    assert sorted(tables) == sorted(metadata.tables)
    for table in tables:
        expected = [column.name for column in metadata.tables[table].primary_key]
        assert inspector.get_pk_constraint(table)["constrained_columns"] == expected
        assert expected


def test_foreign_keys_between_records_are_proved_at_the_end(inspector: Inspector) -> None:
    at_once = []
    for table in metadata.tables:
        for key in inspector.get_foreign_keys(table):
            options = key["options"]
            if (options.get("deferrable"), options.get("initially")) != (True, "DEFERRED"):
                at_once.append((table, key["referred_table"]))
    # An entry is written before its rows; nothing else of the journal is ever written.
    assert sorted(at_once) == [("journal_change", "journal_entry"), ("journal_seal", "journal_entry")]


def test_lists_go_with_their_records_and_nothing_else_does(inspector: Inspector) -> None:
    for table in metadata.tables:
        primary = inspector.get_pk_constraint(table)["constrained_columns"]
        for key in inspector.get_foreign_keys(table):
            is_owner = key["constrained_columns"] == primary[:1] and key["referred_table"] != "journal_entry"
            assert key["options"].get("ondelete") == ("CASCADE" if is_owner else None), (table, key)


def test_all_text_on_the_server_compares_by_code_point(both: Both) -> None:
    sql = """SELECT c.relname AS name, a.attname AS attribute, l.collname AS collation
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation l ON l.oid = a.attcollation
        WHERE c.relkind = 'r' AND c.relnamespace = CAST('public' AS regnamespace) AND a.attnum > 0
        ORDER BY c.relname, a.attnum"""
    with open_reader(both.postgresql, TIMEOUT) as reader:
        rows = [row for row in reader.rows(sql) if not is_own(row["name"])]
    assert {row["collation"] for row in rows} == {"C"}
    texts = [c for t in metadata.sorted_tables for c in t.columns if c.type.python_type is str]
    assert len(rows) == len(texts)


def test_program_knows_the_revisions_of_the_migrations() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(migrations()))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [HEAD]
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS


def test_models_can_be_mapped() -> None:
    from sqlalchemy.orm import configure_mappers

    configure_mappers()


def test_every_field_has_its_column() -> None:
    for shape in SHAPES.values():
        assert {f.column for f in shape.columns} <= set(metadata.tables[shape.table].columns.keys())
        for kind in shape.lists.values():
            columns = set(metadata.tables[kind.table].columns.keys())
            named = {f.column for f in kind.fields} if isinstance(kind, Items) else set()
            named |= {kind.column} if isinstance(kind, Values) else set()
            assert {kind.owner, "ordinal", *named} <= columns
    assert list(SPAN_COLUMNS) == list(metadata.tables["agreement_span"].columns.keys())


def test_both_hold_the_same_rows_in_every_table(both: Both) -> None:
    sqlite, postgresql = both.ask(contents)
    assert sqlite == postgresql


def test_export_gives_the_same_bytes(both: Both) -> None:
    sqlite, postgresql = both.ask(exported)
    assert sqlite == postgresql
    records = 159 + 7 + 153 + 4 + 1  # institutions, events, agreements, plans, an acceptance
    assert str(sqlite).count("\n- key: ") == records


def test_importing_again_changes_nothing(location: Location) -> None:
    with open_reader(location, TIMEOUT) as reader:
        before = contents(reader)
    files = find_files([str(seeds()), str(AWKWARD)])
    outcome = import_files(Import(files, location, TIMEOUT, "somebody", NEXT_DAY), dry_run=False)
    assert (outcome.added, outcome.changed, outcome.kept) == (Counter(), Counter(), [])
    with open_reader(location, TIMEOUT) as reader:
        assert contents(reader) == before


def test_what_is_exported_makes_the_same_register(
    location: Location, make_both: Callable[[], Both], tmp_path: Path
) -> None:
    with open_reader(location, TIMEOUT) as reader:
        written = exported(reader)
    file = tmp_path / "all.yaml"
    file.write_text(written, "utf-8")
    again = make_both()
    again.import_files(file)
    assert again.ask(exported) == (written, written)


@pytest.mark.parametrize("table", ["journal_entry", "journal_change", "journal_seal"])
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_journal_cannot_be_rewritten(connection: Connection, table: str, act: str) -> None:
    from sqlalchemy.exc import DBAPIError

    column = metadata.tables[table].columns.keys()[-1]
    with pytest.raises(DBAPIError, match="the journal cannot be changed"):
        connection.exec_driver_sql(act.format(table, column, column))


def test_journal_on_the_server_cannot_be_emptied(both: Both) -> None:
    from sqlalchemy.exc import DBAPIError

    with (
        make_engine(both.postgresql, TIMEOUT).connect() as connection,
        pytest.raises(DBAPIError, match="the journal cannot be changed"),
    ):
        connection.exec_driver_sql("TRUNCATE journal_entry CASCADE")


def test_creating_again_changes_nothing(both: Both) -> None:
    before = both.ask(contents)
    for place in both:
        create(place, TIMEOUT)
    assert both.ask(contents) == before
