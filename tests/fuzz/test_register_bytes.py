"""Registers of which bytes were overwritten: read as far as they can be, or called damaged; never believed silently."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from hypothesis import event, example, given
from hypothesis import strategies as st

from mou_cli.models import metadata
from tests.fuzz.effort import effort
from tests.fuzz.texts import TEXTS

if TYPE_CHECKING:
    from tests.fuzz.ordeal import Ordeal

READS = (
    *("list -f json", "show whole -f json", "list -f table", "show whole -f table", "export", "partner list", "stats"),
    *(
        "partner show uit -f table",
        "event show fair -f table",
        "plan show office-2026 -f table",
        "due -f table",
        "check",
    ),
    *(
        "due -f ics",
        "history whole -f table",
        "log -f table",
        "log whole --blame",
        "log --verify",
        "db check",
        "plan due",
    ),
    *(
        "db status",
        "doc list -f table",
        "doc verify",
        "search north",
        "list --country Norway",
        "list tromso",
        "backup b.db",
    ),
)
CHANGES = ("edit whole --note x", "undo --yes", "redo --yes", "add --home adu --partner uit", "remove addendum --yes")
EVERY_COLUMN = [(table.name, column.name) for table in metadata.sorted_tables for column in table.columns]
# In the header, or anywhere: a part of the whole file.
PLACES = st.integers(0, 99) | st.floats(0, 1)
BLOCKS = (b"\0" * 512, b"\xff" * 512)
COMMANDS = st.sampled_from((*READS, *CHANGES))


@effort(60)
@given(
    st.lists(st.tuples(PLACES, st.binary(min_size=1, max_size=8) | st.sampled_from(BLOCKS)), min_size=1, max_size=6),
    st.none() | st.none() | st.floats(0, 1),
    COMMANDS,
)
@example([(44, b"\xff" * 4)], None, "list -f json")  # the number of the schema's format
def test_a_register_with_spoilt_bytes_is_read_or_called_damaged(
    ordeal: Ordeal, spoilt: list[tuple[int | float, bytes]], cut: float | None, command: str
) -> None:
    ordeal.renew()
    content = bytearray(ordeal.db.read_bytes())
    size = len(content)
    for where, put in spoilt:
        start = where if isinstance(where, int) else int(where * (size - 1))
        content[start : start + len(put)] = put
    ordeal.db.write_bytes(content if cut is None else content[: int(cut * size)])
    event(f"exit code {ordeal.call(*command.split()).code}")


@effort(60)
@given(
    st.sampled_from(EVERY_COLUMN),
    TEXTS | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.binary() | st.sampled_from(("{}", "[1]", '{"a": 1}')),
    COMMANDS,
)
# The errors that were once shown for a fault of the program.
@example(("agreement_party", "institution"), "whole", "show whole -f json")
@example(("agreement_lifecycle", "until"), "\x7f", "show whole -f table")
@example(("agreement_lifecycle", "until"), "1 May 2024", "edit whole --note x")
@example(("agreement", "notice"), "\u200b", "show whole -f table")
@example(("agreement", "starts"), "';--", "show whole -f table")
@example(("agreement", "languages"), "9999999999", "export")
@example(("agreement_span", "ends_from"), '"x"', "list -f table")
@example(("plan", "source"), "1", "export")
@example(("plan", "year"), ";", "check")
def test_a_register_with_values_that_nobody_recorded_is_read_or_called_damaged(
    ordeal: Ordeal, place: tuple[str, str], value: object, command: str
) -> None:
    ordeal.renew()
    table, column = place
    with closing(sqlite3.connect(ordeal.db, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        try:
            connection.execute(f'UPDATE "{table}" SET "{column}" = ?', (value,))
        except (sqlite3.IntegrityError, UnicodeEncodeError):
            event("refused by the database")
            return
    event(f"exit code {ordeal.call(*command.split()).code}")
