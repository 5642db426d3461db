"""What a register holds as a whole, in numbers, and how it came to be so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.fields.nouns import SHAPES
from mou_cli.views.document import count_documents

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader, Row

_TABLES = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table'",
    "postgresql": "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
}


def get_contents(reader: Reader) -> Row:
    """Give the number of records by noun, how many entries the journal has, and the last of them.

    That is {entry, at, actor, action}. A register of an earlier revision can be read so, too.
    """
    present = {row["name"] for row in reader.rows(_TABLES[reader.dialect])}
    entries = next(reader.rows("SELECT count(*) AS n FROM journal_entry"))["n"]
    last = "SELECT id AS entry, at, actor, action FROM journal_entry ORDER BY id DESC LIMIT 1"
    return {
        "records": {n: count_documents(reader, shape) for n, shape in SHAPES.items() if shape.table in present},
        "entries": entries,
        "last_entry": next(reader.rows(last), None),
    }
