"""What changes of a large register take, what takes a large import back, and a journal with many entries.

python tests/benchmarks/changes.py [--rounds 3] [--agreements 100000] [--entries 100000] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mou_cli.rules.seal import Seal
from tests.benchmarks.makedata import HOME, write
from tests.benchmarks.reads import INSTITUTIONS
from tests.benchmarks.rounds import Command, compile_all, measure, middle, mou, run

if TYPE_CHECKING:
    from collections.abc import Iterator

IMPORTED = 10_000
PARTNER = "institution-00701"


def main() -> None:
    """Make the registers, measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure changes of a large register, undo and the journal.")
    parser.add_argument("--rounds", type=int, default=3, help="how many rounds count")
    parser.add_argument("--agreements", type=int, default=100_000, help="how many agreements the large register has")
    parser.add_argument("--entries", type=int, default=100_000, help="how many entries the long journal has")
    parser.add_argument("--seed", type=int, default=1, help="what the registers are drawn from")
    said = parser.parse_args()
    compile_all()
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        large, file, few = folder / "large.db", folder / "register.yaml", folder / "few.yaml"
        write(file, said.agreements, INSTITUTIONS, said.seed)
        run(mou("--db", str(large), "import", str(file)))
        write(few, IMPORTED, INSTITUTIONS // 4, said.seed)
        long = folder / "long.db"
        write(file, 100, 10, said.seed)
        run(mou("--db", str(long), "import", str(file)))
        lengthen(long, said.entries)
        sys.stdout.write(report(commands(large, folder / "few.db", few, long), said.rounds))


def lengthen(db: Path, entries: int) -> None:
    """Write entries of one change each into the journal, sealed, as if somebody had edited agreements so often."""
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.row_factory = sqlite3.Row
        keys = [key for (key,) in connection.execute("SELECT key FROM agreement ORDER BY key")]
        newest = "SELECT entry, digest FROM journal_seal ORDER BY entry DESC LIMIT 1"
        last, digest = connection.execute(newest).fetchone()
        for table, row in _rows(range(last + 1, last + 1 + entries), digest, keys):
            columns, places = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", row)


def _rows(numbers: range, digest: str, keys: list[str]) -> Iterator[tuple[str, dict[str, object]]]:
    for number in numbers:
        at = "2026-11-22T10:00:00.000+00:00"
        entry = {"id": number, "at": at, "actor": "Aysel", "action": "edit", "undoes": None}
        notes = {"before": json.dumps(f"note {number - 1}"), "after": json.dumps(f"note {number}")}
        key = keys[number % len(keys)]
        change = {"ordinal": 1, "noun": "agreement", "key": key, "field": "note", **notes, "source": None}
        seal = Seal(digest, entry)
        seal.add([change])
        digest = seal.digest
        yield "journal_entry", entry
        yield "journal_change", {"entry": number, **change}
        yield "journal_seal", {"entry": number, "digest": digest}


def commands(large: Path, few: Path, file: Path, long: Path) -> list[Command]:
    """Give the command lines in the order in which a round runs them."""
    copy = large.with_name("copy.db")
    added = ("add", "--home", HOME, "--partner", PARTNER, "--type", "memorandum", "--signed", "2026-05-01")
    asked: tuple[tuple[Path, tuple[str, ...], Path | None], ...] = (
        (large, ("show", "2026-1"), None),
        (large, added, None),
        (large, ("edit", "2026-1", "--note", "Read again."), None),
        (large, ("undo", "--yes"), None),
        (large, ("check",), None),
        (large, ("log", "--verify"), None),
        (large, ("db", "check"), None),
        (large, ("backup", str(copy)), copy),
        (few, ("import", str(file)), few),
        (few, ("undo", "--dry-run"), None),
        (few, ("undo", "--yes"), None),
        (few, ("redo", "--yes"), None),
        (few, ("log", "--verify"), None),
        (long, ("log", "--limit", "50"), None),
        (long, ("log", "--limit", "50", "-f", "table"), None),
        (long, ("log", "2026-1", "--limit", "50"), None),
        (long, ("log", "--verify"), None),
    )
    listed = []
    for db, words, absent in asked:
        told = " ".join(word for word in words if not Path(word).is_absolute())
        name = f"`mou {told}`, {db.stem}"
        listed.append(Command(name, mou("--db", str(db), *words), name, absent))
    return listed


def report(listed: list[Command], rounds: int) -> str:
    """Measure the commands and give the table."""
    lines = ["| command, register | s | cpu s | peak MiB |", "|---|--:|--:|--:|"]
    for name, found in measure(listed, rounds, warm_up=0).items():
        taken = middle(found.runs)
        lines.append(f"| {name} | {taken.wall:.2f} | {taken.cpu:.2f} | {taken.peak:.0f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
