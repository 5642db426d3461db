"""The agreements and tasks of a register as people keep them without the program: flat tables, one row each.

    python -m tests.benchmarks.plain REGISTER

As a database for sqlite3 and sqlite-utils, with the indexes and the full-text index that its questions want; as a CSV
file; as recfiles; as taskwarrior's own data.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = "2026-11-22"
_TABLES = f"""
    CREATE TABLE agreement AS
        SELECT a.ref, a.ref_year, a.ref_number, a.title ->> 'en' AS title, a.type, a.stage, s.status,
            i.name AS partner, i.country,
            (SELECT group_concat(area, '; ') FROM r.agreement_area WHERE agreement = a.key) AS areas,
            a.signed, a.starts, s.ends_on, a.renewal, s.notice_by, a.note, a.place, a.source
        FROM r.agreement a
        JOIN r.agreement_span s ON s.agreement = a.key AND '{DAY}' BETWEEN s.first_on AND s.last_on
        JOIN r.agreement_party p ON p.agreement = a.key
        JOIN r.institution i ON i.key = p.institution AND i.home = 0
        ORDER BY a.ref_year, a.ref_number;
    CREATE TABLE task AS
        SELECT t.key, t.plan, t.number, t.text ->> 'en' AS text, t.timing, t.deadline, t.actual_result,
            CASE WHEN p.status = 'closed' AND t.status <> 'done' THEN 'dropped' ELSE t.status END AS status,
            (SELECT group_concat(name, '; ') FROM r.task_executor WHERE task = t.key) AS executors
        FROM r.task t JOIN r.plan p ON p.key = t.plan ORDER BY t.plan, t.number_sort;
    CREATE UNIQUE INDEX agreement_ref ON agreement (ref);
    CREATE INDEX agreement_number ON agreement (ref_year, ref_number);
    CREATE INDEX agreement_country ON agreement (country, ref_year, ref_number);
    CREATE INDEX agreement_status ON agreement (status, ref_year, ref_number);
    CREATE INDEX agreement_type ON agreement (type);
    CREATE INDEX agreement_ends ON agreement (ends_on);
    CREATE INDEX agreement_notice ON agreement (notice_by);
    CREATE INDEX task_deadline ON task (deadline);
    CREATE VIRTUAL TABLE agreement_fts USING fts5(title, type, partner, note, place, content='agreement');
    INSERT INTO agreement_fts(agreement_fts) VALUES ('rebuild');
    CREATE TRIGGER agreement_added AFTER INSERT ON agreement BEGIN
        INSERT INTO agreement_fts (rowid, title, type, partner, note, place)
        VALUES (new.rowid, new.title, new.type, new.partner, new.note, new.place);
    END;
"""


class Plain:
    """The files beside a register."""

    def __init__(self, register: Path) -> None:
        self.database = register.with_suffix(".plain")
        self.csv = register.with_suffix(".csv")
        self.agreements = register.with_suffix(".rec")
        self.tasks = register.with_suffix(".tasks.rec")
        self.taskwarrior = register.with_suffix(".task")
        self._register = register

    def make(self) -> None:
        """Make them; the database gets its name last."""
        if self.database.exists():
            return
        draft = self.database.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft)) as connection:
            connection.execute("ATTACH ? AS r", (str(self._register),))
            connection.executescript(_TABLES)
            _write_csv(connection, self.csv)
            _write_records(connection, "agreement", self.agreements)
            _write_records(connection, "task", self.tasks)
            _write_tasks(connection, self.taskwarrior)
        draft.rename(self.database)


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, str | int | None]]:
    cursor = connection.execute(f"SELECT rowid AS id, * FROM {table} ORDER BY rowid")
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _write_csv(connection: sqlite3.Connection, path: Path) -> None:
    cursor = connection.execute("SELECT * FROM agreement ORDER BY rowid")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column[0] for column in cursor.description)
        writer.writerows(cursor)


def _write_records(connection: sqlite3.Connection, table: str, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(f"%rec: {table}\n%type: {'deadline' if table == 'task' else 'ends_on'} date\n\n")
        for row in _rows(connection, table):
            file.writelines(f"{name}: {value}\n" for name, value in row.items() if value is not None)
            file.write("\n")


def _write_tasks(connection: sqlite3.Connection, folder: Path) -> None:
    """Write the two files of taskwarrior 2: what is to be done, and what is not to be done any more."""
    folder.mkdir(exist_ok=True)
    with (folder / "pending.data").open("w") as pending, (folder / "completed.data").open("w") as completed:
        for row in _rows(connection, "task"):
            done = row["status"] in {"done", "dropped"}
            facts = {"description": row["text"], "entry": _seconds("2026-01-01")}
            if row["deadline"]:
                facts["due"] = _seconds(str(row["deadline"]))
            if done:
                facts["end"] = _seconds(DAY)
            facts |= {"project": row["plan"], "status": "completed" if done else "pending"}
            facts["uuid"] = str(UUID(int=int(str(row["id"]))))
            values = (f'{name}:"{str(value).replace(chr(34), "&dquot;")}"' for name, value in facts.items())
            (completed if done else pending).write(f"[{' '.join(values)}]\n")


def _seconds(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp())


if __name__ == "__main__":
    Plain(Path(sys.argv[1])).make()
