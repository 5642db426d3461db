# ruff: noqa: T201 - a program that prints, and as little else as can be
"""The least that a command line on a register costs: argparse, sqlite3, print. Commands of mou are multiples of it."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sqlite3
import sys
from datetime import date

MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
LIST = """SELECT a.ref, a.key, a.title, a.type, a.stage, s.status, a.signed, a.starts, s.ends_on, a.renewal,
    s.notice_by, (SELECT group_concat(i.name, '; ') FROM agreement_party p JOIN institution i ON i.key = p.institution
        WHERE p.agreement = a.key AND i.home = 0) AS partners,
    (SELECT group_concat(area, '; ') FROM agreement_area WHERE agreement = a.key) AS areas,
    a.note, a.source
    FROM agreement a JOIN agreement_span s ON s.agreement = a.key AND ? BETWEEN s.first_on AND s.last_on
    {}
    ORDER BY a.ref_year, a.ref_number"""
IN_COUNTRY = """WHERE a.key IN (SELECT p.agreement FROM agreement_party p JOIN institution i ON i.key = p.institution
        WHERE i.country = ? AND i.home = 0)"""
SHOW = """SELECT a.*, s.* FROM agreement a
    JOIN agreement_span s ON s.agreement = a.key AND ? BETWEEN s.first_on AND s.last_on WHERE a.ref = ?"""
TABLES = """SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'
    AND name NOT LIKE 'search%' AND name NOT LIKE 'journal%' AND name <> 'agreement_span'"""
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
    commands.add_parser("write", help="write all agreements").add_argument("form", choices=WRITERS)
    commands.add_parser("export", help="write all tables of records as CSV")
    commands.add_parser("show", help="show an agreement").add_argument("ref", help="its reference")
    commands.add_parser("due", help="tasks that are due").add_argument("--month", choices=MONTHS, help="in which month")
    said = parser.parse_args()
    connection = sqlite3.connect(f"file:{said.db}?mode=ro", uri=True)
    today = date.today().isoformat()  # noqa: DTZ011 - the user's own day
    if said.command == "list":
        print_rows(connection.execute(LIST.format(IN_COUNTRY), (today, said.country)))
    elif said.command == "write":
        WRITERS[said.form](connection.execute(LIST.format(""), (today,)))
    elif said.command == "export":
        for (table,) in connection.execute(TABLES):
            write_csv(connection.execute(f"SELECT * FROM {table}"))
    elif said.command == "show":
        show(connection, today, said.ref)
    else:
        print_rows(connection.execute(DUE, (f"{MONTHS.index(said.month) + 1:02}",)))


def print_rows(rows: sqlite3.Cursor) -> None:
    """Print rows under their names, with tabs between."""
    print("\t".join(column[0] for column in rows.description))
    for row in rows:
        print("\t".join("" if value is None else str(value) for value in row))


def write_csv(rows: sqlite3.Cursor) -> None:
    """Write rows as CSV."""
    writer = csv.writer(sys.stdout)
    writer.writerow(column[0] for column in rows.description)
    writer.writerows(rows)


def write_json(rows: sqlite3.Cursor) -> None:
    """Write rows as JSON, a line each."""
    names = [column[0] for column in rows.description]
    for row in rows:
        print(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False))


def write_yaml(rows: sqlite3.Cursor) -> None:
    """Write rows as YAML, an item each."""
    import yaml

    names = [column[0] for column in rows.description]
    for row in rows:
        yaml.dump([dict(zip(names, row, strict=True))], sys.stdout, yaml.CSafeDumper, allow_unicode=True)


def write_xlsx(rows: sqlite3.Cursor) -> None:
    """Write rows as a workbook, thrown away."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.append([column[0] for column in rows.description])
    for row in rows:
        sheet.append(row)
    workbook.save(os.devnull)


WRITERS = {"csv": write_csv, "json": write_json, "yaml": write_yaml, "xlsx": write_xlsx}


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
