"""A command that is killed before any of its writes leaves the register as it was, or as it was to become.

Of pages that are written one after the other the first and every seventh are tried; each with CI_FAULTS=every-write.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT, TODAY, Mou
from tests.loaded import Process

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP = 1 if os.environ.get("CI_FAULTS") == "every-write" else 7
SWEEP = f"from tests.faults.kill_points import main; main({STEP})"
REGISTER = """
format: mou/1
home: [khazar]
institutions:
  - {key: khazar, name: Khazar University, country: Azerbaijan}
  - {key: uib, name: University of Bergen, country: Norway}
  - {key: uit, name: University of Tromsø, country: Norway}
agreements:
  - {key: one, type: exchange, parties: [khazar, uib], signed: 2020-05-01, starts: signed, term: 3y, renewal: tacit}
  - {key: two, type: memorandum, parties: [khazar, uit], signed: 2021-05-01, starts: signed, ends: 2026-04-30}
plans:
  - {key: p25, year: 2025, owner: khazar, tasks: [{number: "1.1", task: Print a booklet, timing: May}]}
"""
CHANGED = """
format: mou/1
institutions:
  - {key: uib, name: Universitetet i Bergen, country: Norway}
  - {key: oslo, name: University of Oslo, country: Norway}
agreements:
  - {key: three, type: exchange, parties: [khazar, oslo], signed: 2024-05-01}
"""
SCAN = b"%PDF-1.4 the signed original"
# What is done, on the register above, before the last line, which is killed; {folder} is the folder of the files.
COMMANDS = {
    "add": ["add --home khazar --partner uit --signed 2024-05-01 --term 3y"],
    "add with a new partner": ["add --home khazar --partner Oslo --new --country Norway"],
    "edit": ["edit one --note Seen --area student-exchange"],
    "remove": ["remove two --yes"],
    "rename a partner": ["partner edit uib --name Bergen"],
    "merge partners": ["partner merge uib uit --yes"],
    "done": ["plan done 1.1 --plan p25 --on 2025-05-09 --result Printed"],
    "close a plan": ["plan close p25"],
    "add a plan": ["plan add p26 --title Next --year 2026 --owner khazar"],
    "edit a plan": ["plan edit p25 --note Seen"],
    "remove a plan": ["plan remove p25 --yes"],
    "add a task": ["plan task add 1.2 --plan p25 --task Meet --timing May --agreement one"],
    "edit a task": ["plan task edit 1.1 --plan p25 --timing June --partner uib"],
    "remove a task": ["plan task remove 1.1 --plan p25 --yes"],
    "add an event": ["event add Fair --held 2025-05-01 --host uib"],
    "edit an event": ["event add Fair --host uib", "event edit fair --held 2025 --topic Mobility"],
    "remove an event": ["event add Fair --host uib", "event remove fair --yes"],
    "accept a finding": ["check --accept vacant:two --reason Seen"],
    "reopen a finding": ["check --accept vacant:two --reason Seen", "check --reopen vacant:two"],
    "import": ["import {folder}/changed.yaml"],
    "sign": ["sign two --on 2021-05-02 --signatory Rector"],
    "renew many": ["renew --country Norway --term 1y --yes"],
    "amend": ["amend two --ends 2027-04-30 --on 2022-01-01"],
    "notice": ["notice one --on 2025-01-01 --by uib"],
    "terminate": ["terminate one --on 2025-12-31 --reason Agreed"],
    "supersede": ["supersede one --with two --on 2025-01-01"],
    "review": ["review two --outcome continue --next 2026-01-01"],
    "add a document": ["doc add two {folder}/scan.pdf --kind signed-original"],
    "remove a document": ["doc add two {folder}/scan.pdf", "doc remove two scan.pdf --yes"],
    "undo": ["edit one --note Seen", "undo"],
    "undo an import": ["import {folder}/changed.yaml", "undo --yes"],
    "redo": ["import {folder}/changed.yaml", "undo --yes", "redo --yes"],
}
# Those that write most.
LONGEST = ("import", "undo an import", "redo", "merge partners", "renew many", "add a document")
PROOFS = (("log", "--verify"), ("doc", "verify"), ("db", "check"))
# What is told before anything is done: where the register as it was is kept.
SAFE = re.compile(r"^the register as it was is kept in .*\n", re.MULTILINE)
TWO_HALVES = """
from mou_cli.records.writer import Writer

insert = Writer._insert

def _insert(self, table, rows):
    for statement in ("COMMIT", "BEGIN IMMEDIATE") if table == "journal_change" else ():
        self._connection.exec_driver_sql(statement)
    insert(self, table, rows)

Writer._insert = _insert
"""


def swept(
    folder: Path,
    db: Path,
    arguments: Sequence[str],
    proofs: Sequence[Sequence[str]] = PROOFS,
    *,
    program: str = SWEEP,
    path: Path = ROOT,
) -> list[list[Any]]:
    """Run a command: what is there before it, what is left if it is killed at one of its writes, and after it.

    Another program may show other things, and load modules from another path.
    """
    wanted = {
        "folder": str(folder),
        "db": str(db),
        "arguments": ["--db", str(db), *arguments],
        "proofs": [["--db", "{db}", *proof] for proof in proofs],
    }
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder.parent), "MOU_TODAY": TODAY, "MOU_ACTOR": "tester"}
    with Process([], environment | {"PYTHONPATH": str(path)}, program) as process:
        out, err = process.communicate(json.dumps(wanted).encode(), timeout=300)
    assert process.returncode == 0, err.decode()
    seen: list[list[Any]] = json.loads(out)
    return seen


def hold(seen: list[list[Any]]) -> None:
    """Hold what is left to the promise: as before or as after, whole, and as after once success was told."""
    (_, before, _), *killed, (said, after, _) = seen
    assert before != after, said
    assert len(killed) > 10
    assert [wrong for _, _, wrong in seen if wrong] == []
    done = [content == after for _, content, _ in killed]
    assert {content for _, content, _ in killed} <= {before, after}
    assert done == sorted(done), "what was done has come undone"
    assert [
        told for (told, _, _), is_done in zip(killed, done, strict=True) if not is_done and SAFE.sub("", told)
    ] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small register, the file it was read from, another, and a scan."""
    found = tmp_path / "office"
    found.mkdir()
    (found / "first.yaml").write_text(REGISTER, "utf-8")
    Mou(found / "register.db")("import", str(found / "first.yaml"))
    (found / "changed.yaml").write_text(CHANGED, "utf-8")
    (found / "scan.pdf").write_bytes(SCAN)
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_killed_at_any_write_has_happened_or_not(folder: Path, command: str) -> None:
    *before, killed = [[word.format(folder=folder) for word in line.split()] for line in COMMANDS[command]]
    for arguments in before:
        Mou(folder / "register.db")(*arguments)
    hold(swept(folder, folder / "register.db", killed))


@pytest.mark.parametrize("command", LONGEST)
def test_a_command_killed_at_a_random_moment_has_happened_or_not(folder: Path, command: str) -> None:
    *before, killed = [[word.format(folder=folder) for word in line.split()] for line in COMMANDS[command]]
    for arguments in before:
        Mou(folder / "register.db")(*arguments)
    kept, moment = folder.with_name("kept"), Random(command)  # noqa: S311 - the same moments every time
    shutil.copytree(folder, kept)
    seconds = perf_counter()
    assert started(folder, killed).wait(60) == 0
    seconds = perf_counter() - seconds
    states = {Mou(kept / "register.db")("export").out, Mou(folder / "register.db")("export").out}
    shutil.rmtree(folder)
    kept.rename(folder)
    process = started(folder, killed)
    with suppress(subprocess.TimeoutExpired):
        process.wait(moment.uniform(seconds / 2, seconds))
    process.kill()
    process.wait(60)
    mou = Mou(folder / "register.db")
    assert mou("export").out in states
    assert [mou.call(*proof).code for proof in PROOFS] == [0] * len(PROOFS)


def started(folder: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder.parent), "MOU_TODAY": TODAY, "MOU_ACTOR": "tester"}
    nothing = subprocess.DEVNULL
    words = ["--db", str(folder / "register.db"), *arguments]
    return Process(words, environment, stdin=nothing, stdout=nothing, stderr=nothing)


def test_what_is_mended_by_a_program_killed_at_any_write_is_mended_or_not(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "register.db")) as connection, connection:
        connection.execute("UPDATE agreement SET note = 'two  blanks'")
        connection.execute("UPDATE task SET text = ' Print a booklet'")
    Mou(folder / "register.db")("db", "check", "--fix")
    # Until they are mended the journal does not know of these values.
    proofs = [proof for proof in PROOFS if proof != ("log", "--verify")]
    hold(swept(folder, folder / "register.db", ["check", "--fix"], proofs))


def test_pruning_killed_at_any_write_takes_nothing_that_is_mentioned(folder: Path) -> None:
    mou = Mou(folder / "register.db")
    mou("doc", "add", "two", str(folder / "scan.pdf"))
    for nobodys in (b"one", b"two"):
        digest = sha256(nobodys).hexdigest()
        place = Path(f"{mou.db}.documents", digest[:2], digest[2:])
        place.parent.mkdir()
        place.write_bytes(nobodys)
        os.utime(place, (0, 0))
    seen = swept(folder, mou.db, ["doc", "prune", "--yes"])
    assert [wrong for _, _, wrong in seen if wrong] == []
    assert len({content for _, content, _ in seen}) == 1
    assert len(seen) > 4
    assert seen[-1][0].startswith("2 contents removed")
    assert mou.json("doc", "verify") == []


def test_a_first_import_killed_at_any_write_leaves_no_half_register(folder: Path) -> None:
    seen = swept(folder, folder / "new.db", ["import", str(folder / "first.yaml")])
    assert [wrong for _, _, wrong in seen if wrong] == []
    # There is none, then an empty one under its name, and then all of it.
    contents = [content for _, content, _ in seen]
    none, empty, full = dict.fromkeys(contents)
    assert contents == sorted(contents, key=[none, empty, full].index)
    assert "agreement: key" not in none
    assert re.search(r"^journal_entry: .*: 0 ", empty, re.MULTILINE)
    assert re.search(r"^agreement: .*: 2 ", full, re.MULTILINE)
    assert {content for said, content, _ in seen if said} == {full}


def test_an_upgrade_killed_at_any_write_has_happened_or_not(folder: Path) -> None:
    (folder / "register.db").write_bytes(gzip.decompress((ROOT / "tests/registers/0001.db.gz").read_bytes()))
    hold(swept(folder, folder / "register.db", ["list"]))


def test_the_sweep_finds_a_change_that_is_committed_in_two_halves(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "two_halves.py").write_text(TWO_HALVES, "utf-8")
    arguments = ["edit", "one", "--note", "Seen"]
    seen = swept(folder, folder / "register.db", arguments, program=f"import two_halves; {SWEEP}", path=tmp_path)
    with pytest.raises(AssertionError, match="assert"):
        hold(seen)
