"""Shows what a program leaves when a write fails: once for each of its writes, and for each way in which a disk fails.

Every run is a fork of this process, traced, on the folder as it was; the program itself sees the error and ends as it
will. Each `step`th of the many writes of pages is tried, of all others each; of 0, nothing fails.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mou_cli.main import main as mou
from tests.faults.kill_points import Sweep, content, faults, refused
from tests.faults.tracing import stop_before_writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.tracing import Call

# What a full disk has no room for; all else it goes on doing.
GROWING = {"write", "pwrite64", "writev", "pwritev", "sendfile", "copy_file_range", "fallocate", "mkdir", "mkdirat"}
GROWING |= {"link", "linkat", "symlink"}
STREAMS = {1, 2}
# One call fails and the disk is well again; from one call on nothing can be written, or it is full.
ONCE, BROKEN, FULL = "once", "broken", "full"
MANY = 12
_PASSING = re.compile(r"\.[0-9a-f]{8,16}\.|[0-9]{8}T[0-9]{6}Z(-[0-9]+)?")


class Ended(NamedTuple):
    """How a run ended: what failed and how, exit code, what was said where, what is left and what is wrong with that.

    Of the run of which nothing fails, `call` has all calls that write.
    """

    call: str
    way: str
    code: int
    out: str
    err: str
    content: str
    wrong: list[str]


def sweep(wanted: Sweep, step: int) -> list[Ended]:
    """Give how a run ends of which nothing fails, and then those of which a write does. What is left is left last."""
    folder = Path(wanted.folder)
    kept, said = folder.with_name("kept"), folder.with_name("said")
    shutil.copytree(folder, kept)
    as_it_was = state_of(folder)
    known: dict[str, tuple[str, list[str]]] = {}
    untouched = look(wanted, known)
    calls: list[Call] = []

    def end(failing: int | None, way: str) -> Ended:
        if state_of(folder) != as_it_was:
            shutil.rmtree(folder)
            shutil.copytree(kept, folder)
        code, met = run(partial(_program, wanted.arguments, said), failing, way)
        calls[:] = calls or met
        out, err = (said.with_suffix(ending).read_text("utf-8") for ending in (".out", ".err"))
        failed = str(met[failing].name) if failing is not None and failing < len(met) else ""
        return Ended(failed, way, code, out, err, *look(wanted, known))

    done = end(None, "")
    seen = [Ended("", "", 0, "", "", *untouched), done._replace(call=" ".join(call.name for call in calls))]
    for number, call in enumerate(list(calls) if step else []):
        seen += [end(number, way) for way in _ways(call, number, step)]
    return seen


def _ways(call: Call, number: int, step: int) -> list[str]:
    if call.name == "pwrite64":
        # The disk that stays broken, or full, is met at enough of them.
        return [
            way
            for way, every in ((ONCE, step), (BROKEN, max(3 * step, MANY)), (FULL, max(3 * step, MANY)))
            if number % every == 0
        ]
    if call.name == "write" and call.first in STREAMS:
        return [ONCE]
    return [ONCE, BROKEN, FULL] if call.name in GROWING else [ONCE, BROKEN]


def run(program: Callable[[], int], failing: int | None, way: str) -> tuple[int, list[Call]]:
    """Run a program of which a write fails, by its number; gives the exit code and the writes it tried."""
    traced = stop_before_writes(program)
    met: list[Call] = []
    error = None
    while True:
        try:
            call = traced.send(error) if met else next(traced)
        except StopIteration as end:
            return end.value, met
        error = _answer(call, len(met), failing, way)
        met.append(call)


def _answer(call: Call, number: int, failing: int | None, way: str) -> int | None:
    if failing is None or number < failing:
        return None
    if number == failing:
        return errno.ENOSPC if way == FULL else errno.EIO
    if way == ONCE or (call.name == "write" and call.first in STREAMS):
        return None
    if way == FULL:
        return errno.ENOSPC if call.name in GROWING else None
    return errno.EIO


def state_of(folder: Path) -> str:
    """Give what tells one state of a folder from another: every name and every byte."""
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        state.update(f"{path}\0".encode() + (path.read_bytes() if path.is_file() else b"") + b"\0")
    return state.hexdigest()


def look(wanted: Sweep, known: dict[str, tuple[str, list[str]]]) -> tuple[str, list[str]]:
    """Give what is left and what is wrong with it, the next command being the first that looks at it."""
    folder, db, proof = Path(wanted.folder), Path(wanted.db), Path(wanted.folder).with_name("proof")
    if (state := state_of(folder)) not in known:
        # What was left half done is undone by the next command, and then often as it was before.
        wrong = refused([["--db", "{db}", "list", "--count"]], db, proof)
        if (mended := state_of(folder)) not in known:
            found = content(db, folder)
            for path in sorted(folder.glob("*.yaml")):
                found += f"\n{path.name}: {hashlib.sha256(path.read_bytes()).hexdigest()}"
            # Of what differs by the moment and by names for the time being alone, one has to stand the proofs.
            alike = found + "\n".join(sorted({_PASSING.sub("", str(path)) for path in folder.rglob("*")}))
            if alike not in known:
                known[alike] = found, refused(wanted.proofs, db, proof)
            known[mended] = found, known[alike][1] + faults(db)
        known[state] = known[mended][0], wrong + known[mended][1]
    return known[state]


def _program(arguments: list[str], said: Path) -> int:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for number, ending in ((1, ".out"), (2, ".err")):
        os.dup2(os.open(said.with_suffix(ending), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), number)
    sys.argv = ["mou", *arguments]
    try:
        mou()
    except SystemExit as end:
        return int(end.code or 0)


def main(step: int) -> None:
    """Read a Sweep from standard input, and answer with what was seen, as JSON."""
    wanted: dict[str, Any] = json.load(sys.stdin)
    # Looking for one writes into every folder that might do.
    tempfile.tempdir = str(Path(wanted["folder"]).parent)
    with suppress(BrokenPipeError):
        json.dump(sweep(Sweep(**wanted), step), sys.stdout)
