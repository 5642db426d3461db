"""Shows what a program that is killed leaves behind: once for each of its writes, as it stands before that write.

While it stands still, the folder is copied: a process that was killed there would have left these bytes. To trace, a
process must have no threads, so this is one of its own: it reads a Sweep from standard input and answers with what it
saw.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from mou_cli.main import run
from tests.faults.tracing import stop_before_writes

# What is another in every run: the instant of an entry, and the seal that is made of it.
_MOMENT = {"at", "digest"}


class Sweep(NamedTuple):
    """A folder, the register in it, a command line, and others, with {db} in them, that must find all well."""

    folder: str
    db: str
    arguments: list[str]
    proofs: list[list[str]]


class Left(NamedTuple):
    """What a run leaves: what it has said so far, the content of register and folder, and what is wrong with them."""

    said: str
    content: str
    wrong: list[str]


def sweep(wanted: Sweep, step: int) -> list[Left]:
    """Give what is there before a run, before its writes, and after it.

    Of pages that are written one after the other the first and each `step`th are looked at.
    """
    folder, db = Path(wanted.folder), Path(wanted.db)
    copy, output = folder.with_name(f"{folder.name}.copy"), folder.with_name(f"{folder.name}.said")
    output.touch()
    known: dict[str, list[str]] = {}
    read: dict[bytes, tuple[list[str], list[str]]] = {}

    def look() -> Left:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        copied = copy / db.relative_to(folder)
        # What was half done is undone by whoever opens it first; then it is often what it was before.
        if (mended := mend(copied)) not in read:
            read[mended] = faults(copied), tables(copied)
        wrong, rows = read[mended]
        found = "\n".join([*names(copied, copy), *rows])
        beside = "\n".join(map(str, sorted(copy.rglob("*"))))
        if (state := found + beside) not in known:
            known[state] = refused(wanted.proofs, copied, output.with_suffix(".proof"))
        return Left(output.read_text("utf-8"), found, wrong + known[state])

    seen = [look()]
    pages = 0
    for call in stop_before_writes(partial(_mou, wanted.arguments, output)):
        pages = pages + 1 if call.name == "pwrite64" else 0
        if pages <= 1 or pages % step == 0:
            seen.append(look())
    return [*seen, look()]


def _mou(arguments: list[str], output: Path) -> int:
    said = os.open(output, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for stream, number in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(stream, number)
    code = run(arguments)
    sys.stdout.flush()
    return code


def refused(proofs: list[list[str]], db: Path, output: Path) -> list[str]:
    """Give what those commands say that do not find all well."""
    if not db.exists():
        return []
    found = []
    for proof in proofs:
        child = os.fork()
        if child == 0:
            os._exit(_mou([word.format(db=db) for word in proof], output))
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            found.append(f"{proof}: {output.read_text('utf-8')}")
    return found


def mend(db: Path) -> bytes:
    """Open a register, as the next command would; gives the bytes of the file that are there then."""
    if not db.exists():
        return b""
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=rw", uri=True)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    return hashlib.sha256(db.read_bytes()).digest()


def faults(db: Path) -> list[str]:
    """Give what SQLite finds wrong with a register."""
    if not db.exists():
        return []
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=rw", uri=True)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"{row[0]} mentions what is not there" for row in connection.execute("PRAGMA foreign_key_check")]
        connection.execute("INSERT INTO search_index(search_index) VALUES ('integrity-check')")
        connection.rollback()
    return found


def content(db: Path, folder: Path) -> str:
    """Give the names that a person sees beside the register, and its rows."""
    return "\n".join([*names(db, folder), *tables(db)])


def names(db: Path, folder: Path) -> list[str]:
    """Give the names that a person sees in a folder."""
    seen = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    # Contents of documents that nobody mentions yet, or any more, are nothing to a person; a backup is no change.
    unseen = (f"{db.stem}-", f"{db.name}-", f"{db.name}.")
    return [name for name in seen if not name.startswith(unseen)]


def tables(db: Path) -> list[str]:
    """Give what tells one state of the rows of each table from another, but for when they were written."""
    if not db.exists():
        return []
    told = []
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=rw", uri=True)) as connection:
        named = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_index%' ORDER BY name"
        for (table,) in connection.execute(named).fetchall():
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[1] not in _MOMENT]
            rows = connection.execute(f'SELECT {", ".join(map(_quoted, columns))} FROM "{table}"').fetchall()
            digest = hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest()
            told.append(f"{table}: {', '.join(columns)}: {len(rows)} {digest}")
    return told


def _quoted(column: str) -> str:
    return f'"{column}"'


def main(step: int) -> None:
    """Answer on standard output with what was seen, as JSON."""
    wanted: dict[str, Any] = json.load(sys.stdin)
    json.dump(sweep(Sweep(**wanted), step), sys.stdout)
