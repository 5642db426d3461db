"""A register of a hundred agreements with a journal as long as you like.

python -m tests.benchmarks.journal REGISTER ENTRIES
"""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from mou_cli.rules.seal import CHANGE, Seal, lines_of
from tests.benchmarks.makedata import write
from tests.benchmarks.programs import mou
from tests.benchmarks.rounds import Command, run

if TYPE_CHECKING:
    from collections.abc import Iterator


def make(register: Path, entries: int) -> None:
    """Make the register with so many entries, as if somebody had edited agreements so often."""
    file, draft = register.with_suffix(".yaml"), register.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    write(file, 100, 50)
    run(Command(mou("--db", str(draft), "import", str(file))))
    file.unlink()
    with closing(sqlite3.connect(draft)) as connection, connection:
        keys = [key for (key,) in connection.execute("SELECT key FROM agreement ORDER BY key")]
        newest = "SELECT entry, digest FROM journal_seal ORDER BY entry DESC LIMIT 1"
        last, digest = connection.execute(newest).fetchone()
        for table, row in _rows(range(last + 1, last + 1 + entries), digest, keys):
            columns, places = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", row)
    draft.rename(register)


def _rows(numbers: range, digest: str, keys: list[str]) -> Iterator[tuple[str, dict[str, object]]]:
    for number in numbers:
        at = "2026-11-22T10:00:00.000+00:00"
        entry = {"id": number, "at": at, "actor": "Aysel", "action": "edit", "undoes": None, "role": None}
        notes = {"before": json.dumps(f"note {number - 1}"), "after": json.dumps(f"note {number}")}
        key = keys[number % len(keys)]
        change = {"ordinal": 1, "noun": "agreement", "key": key, "field": "note", **notes, "source": None}
        seal = Seal(digest, entry)
        seal.add(lines_of([[change[name] for name in CHANGE]]))
        digest = seal.digest
        yield "journal_entry", entry
        yield "journal_change", {"entry": number, **change}
        yield "journal_seal", {"entry": number, "digest": digest}


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
