# ruff: noqa: T201 - a program that prints, and as little else as can be
"""The least that a command line on a register costs: argparse, sqlite3, print. Commands of mou are multiples of it."""

from __future__ import annotations

import argparse
import sqlite3
from datetime import date

MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
LIST = """SELECT a.ref, a.key, a.title, a.type, a.stage, s.status, a.signed, a.starts, s.ends_on, a.renewal,
    s.notice_by, (SELECT group_concat(i.name, '; ') FROM agreement_party p JOIN institution i ON i.key = p.institution
        WHERE p.agreement = a.key AND i.home = 0),
    (SELECT group_concat(area, '; ') FROM agreement_area WHERE agreement = a.key),
    a.note, a.source
    FROM agreement a JOIN agreement_span s ON s.agreement = a.key AND ? BETWEEN s.first_on AND s.last_on
    WHERE a.key IN (SELECT p.agreement FROM agreement_party p JOIN institution i ON i.key = p.institution
        WHERE i.country = ? AND i.home = 0)
    ORDER BY a.ref_year, a.ref_number"""
SHOW = """SELECT a.*, s.* FROM agreement a
    JOIN agreement_span s ON s.agreement = a.key AND ? BETWEEN s.first_on AND s.last_on WHERE a.ref = ?"""
LISTS = ("party", "area", "exchange", "signature", "person", "contact", "link", "document", "lifecycle")
DUE = """SELECT t.plan, t.number, t.section, t.text, t.timing, t.deadline, t.status,
    (SELECT group_concat(name, '; ') FROM task_executor WHERE task = t.key),
    (SELECT group_concat(code, '; ') FROM task_strategy WHERE task = t.key)
    FROM task t WHERE substr(t.deadline, 6, 2) = ? ORDER BY t.deadline, t.plan, t.number_sort"""


def main() -> None:
    """Read the command line and print what is asked."""
    parser = argparse.ArgumentParser(description="The floor under mou.")
    parser.add_argument("--db", required=True, help="the register's file")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="list agreements").add_argument("--country", required=True, help="alpha-2 code")
    commands.add_parser("show", help="show an agreement").add_argument("ref", help="its reference")
    commands.add_parser("due", help="tasks that are due").add_argument("--month", choices=MONTHS, help="in which month")
    said = parser.parse_args()
    connection = sqlite3.connect(f"file:{said.db}?mode=ro", uri=True)
    today = date.today().isoformat()  # noqa: DTZ011 - the user's own day
    if said.command == "list":
        print_rows(connection.execute(LIST, (today, said.country)))
    elif said.command == "show":
        show(connection, today, said.ref)
    else:
        print_rows(connection.execute(DUE, (f"{MONTHS.index(said.month) + 1:02}",)))


def print_rows(rows: sqlite3.Cursor) -> None:
    """Print rows under their names, with tabs between."""
    print("\t".join(column[0] for column in rows.description))
    for row in rows:
        print("\t".join("" if value is None else str(value) for value in row))


def show(connection: sqlite3.Connection, today: str, ref: str) -> None:
    """Print an agreement and the rows of its lists."""
    cursor = connection.execute(SHOW, (today, ref))
    names = [column[0] for column in cursor.description]
    row = dict(zip(names, cursor.fetchone(), strict=True))
    for name, value in row.items():
        print(f"{name}\t{'' if value is None else value}")
    for table in LISTS:
        for entry in connection.execute(f"SELECT * FROM agreement_{table} WHERE agreement = ?", (row["key"],)):
            print(table, *entry, sep="\t")


if __name__ == "__main__":
    main()
