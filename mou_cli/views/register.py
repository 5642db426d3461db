"""What a register holds as a whole, in numbers, and how it came to be so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.fields.nouns import SHAPES
from mou_cli.views.document import count_documents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mou_cli.store.reader import Reader, Row


def get_contents(reader: Reader, nouns: Iterable[str]) -> Row:
    """Give the number of records by noun, how many entries the journal has, and the last of them.

    That is {entry, at, actor, action}. A register of an earlier revision may have tables for some nouns alone.
    """
    entries = next(reader.rows("SELECT count(*) AS n FROM journal_entry"))["n"]
    last = "SELECT id AS entry, at, actor, action FROM journal_entry ORDER BY id DESC LIMIT 1"
    return {
        "records": {noun: count_documents(reader, SHAPES[noun]) for noun in nouns},
        "entries": entries,
        "last_entry": next(reader.rows(last), None),
    }


def reference_counters(reader: Reader) -> dict[int, int]:
    """Give the last number of a reference that was given in each year, in the order of the years."""
    sql = "SELECT year, last FROM reference_counter ORDER BY year NULLS LAST"
    return {row["year"]: row["last"] for row in reader.rows(sql)}
