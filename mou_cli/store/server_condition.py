"""A register on a server: what its database lacks, or has otherwise than the program makes it, and in numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.store.condition import Fault
from mou_cli.store.copying import settle
from mou_cli.store.guard import guards
from mou_cli.store.revision import HEAD
from mou_cli.store.search import build_index
from mou_cli.store.tables import new_register, tables_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from mou_cli.store.reader import Reader, Row
    from mou_cli.store.rows import StoredRows
    from mou_cli.store.tables import Table

_HERE: Final = "relnamespace = current_schema()::regnamespace"
_INDEXES: Final = f"""SELECT t.relname::text AS "table", i.relname::text AS name, x.indisunique AS is_unique,
        (SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = i.oid) AS columns
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    WHERE x.indisvalid AND t.{_HERE}"""  # noqa: S608 - a fixed fragment
_FOREIGN_KEYS: Final = f"""SELECT t.relname::text AS "table", a.attname::text AS "column", o.relname::text AS other
    FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class o ON o.oid = f.confrelid
    JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
    WHERE f.contype = 'f' AND f.convalidated AND t.{_HERE}"""  # noqa: S608 - likewise
_GUARDS: Final = f"""SELECT t.relname::text AS "table", g.tgname::text AS name, g.tgtype AS kind, p.prosrc AS does
    FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid
    WHERE g.tgenabled IN ('O', 'A') AND t.{_HERE}"""  # noqa: S608 - likewise
_FUNCTION: Final = re.compile(r"CREATE OR REPLACE FUNCTION (\w+)\(\) .*\sAS\s+\$\$(.*)\$\$", re.DOTALL)
_TRIGGER: Final = re.compile(r"CREATE TRIGGER (\w+) BEFORE .* ON (\w+)\s+FOR EACH (\w+) EXECUTE FUNCTION (\w+)\(\)")
# As pg_trigger has it: before (2) each row (1) that is inserted (4), or before a whole statement that deletes (8),
# updates (16) or truncates (32).
_KINDS: Final = {"ROW": 1 + 2 + 4, "STATEMENT": 2 + 8 + 16 + 32}
_NUMBERS: Final = """SELECT pg_database_size(current_database()) AS size,
    current_setting('server_version') AS postgresql"""


def numbers_of_server(reader: Reader) -> Row:
    """Give the size of the database in bytes, and the version of the server as `postgresql`."""
    return next(reader.rows(_NUMBERS))


def faults_of_server(reader: Reader, rows: StoredRows) -> Iterator[Fault]:
    """Give what a register on a server lacks, or has otherwise than the program makes it, and what is broken in it."""
    tables, indexes = tables_at(HEAD), list(_usual_indexes())
    found = {(row["table"], row["columns"]) for row in reader.rows(_INDEXES) if row["is_unique"]}
    keys: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in reader.rows(_FOREIGN_KEYS):
        keys[row["table"]].add((row["column"], row["other"]))
    is_whole = True
    for table in tables:
        mentions = {(column, other) for column, other, _ in table.mentions}
        unique = {(index.table, index.columns) for index in indexes if index.is_key and index.table == table.name}
        if not (rows.columns(table.name) >= set(table.columns) and keys[table.name] >= mentions and found >= unique):
            is_whole = False
            yield Fault("schema", table.name)
    if is_whole:
        for table in tables:
            yield from _dangling(reader, table)
    yield from (Fault("index", name) for name in _missing_indexes(reader, indexes))
    yield from (Fault("guard", name) for name in _missing_guards(reader))
    if is_whole:
        yield from (Fault("counter", table.name) for table in tables if table.is_counted and _is_behind(reader, table))


def complete_on_server(connection: Connection, reader: Reader) -> None:
    """Make the indexes and triggers that a register on a server lacks, and have it count on from the last rows."""
    indexes = {index.name: index for index in _usual_indexes()}
    for name in _missing_indexes(reader, list(indexes.values())):
        connection.exec_driver_sql(f'DROP INDEX IF EXISTS "{name}"')
        connection.exec_driver_sql(indexes[name].sql)
    if any(_missing_guards(reader)):
        for statement in guards(reader.dialect):
            connection.exec_driver_sql(statement)
    settle(connection, tables_at(HEAD))


class _Index(NamedTuple):
    """An index: its columns with commas between them, and the statement that makes it, but for a `key` of a table."""

    table: str
    name: str
    columns: str
    is_unique: bool
    sql: str

    @property
    def is_key(self) -> bool:
        return not self.sql


def _usual_indexes() -> Iterator[_Index]:
    """Give the indexes of a new register, those of keys included; what makes one in a file makes it on a server."""
    sql = """SELECT t.name, i.name, (SELECT group_concat(name) FROM pragma_index_info(i.name)), i."unique", s.sql
        FROM sqlite_schema t JOIN pragma_index_list(t.name) i JOIN sqlite_schema s ON s.name = i.name
        WHERE t.type = 'table' AND t.name NOT LIKE 'search_index%' AND t.name <> 'alembic_version' ORDER BY i.name"""
    with new_register(HEAD) as connection:
        for table, name, columns, is_unique, statement in connection.execute(sql):
            yield _Index(table, name, columns, bool(is_unique), statement or "")
    yield _Index("search_text", "search_index", "array_to_tsvector", False, build_index("postgresql")[1])


def _missing_indexes(reader: Reader, indexes: list[_Index]) -> list[str]:
    found = {(row["table"], row["name"], row["columns"], row["is_unique"]) for row in reader.rows(_INDEXES)}
    return [index.name for index in indexes if not index.is_key and index[:4] not in found]


def _missing_guards(reader: Reader) -> Iterator[str]:
    found = {(row["table"], row["name"], row["kind"], row["does"]) for row in reader.rows(_GUARDS)}
    statements = guards("postgresql")
    does = {made[1]: made[2] for made in map(_FUNCTION.match, statements) if made}
    for made in filter(None, map(_TRIGGER.match, statements)):
        name, table, each, function = made.groups()
        if (table, name, _KINDS[each], does[function]) not in found:
            yield name


def _dangling(reader: Reader, table: Table) -> Iterator[Fault]:
    for column, other, key in table.mentions:
        sql = f"""SELECT 1 AS one FROM "{table.name}" t WHERE "{column}" IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM "{other}" o WHERE o."{key}" = t."{column}") LIMIT 1"""  # noqa: S608 - names of the program's tables
        if any(True for _row in reader.rows(sql)):
            yield Fault("damaged", f"{table.name} mentions a row of {other} that is not there")


def _is_behind(reader: Reader, table: Table) -> bool:
    """Say whether the number that the server would give next has been given already, as far as that may be seen."""
    (key,) = table.key
    counter = f"pg_get_serial_sequence('{table.name}', '{key}')"
    sql = f"""SELECT (SELECT max("{key}") FROM "{table.name}") AS last, coalesce(last_value, 0) AS counted
        FROM pg_sequences WHERE format('%I.%I', schemaname, sequencename) = {counter}
        AND has_sequence_privilege({counter}, 'SELECT')"""  # noqa: S608 - likewise
    return any((row["last"] or 0) > row["counted"] for row in reader.rows(sql))
