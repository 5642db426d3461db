"""Shows what a program that is killed leaves behind: once for each of its writes, as it stands before that write.

The program runs in a fork of this process, which has loaded it once, and is traced. The kernel stops it only at the
calls of WRITING: a seccomp filter hands these to the tracer and lets all others through. While it stands still, the
folder is copied: a process that was killed there would have left these bytes. This process must have no threads, so it
is one of its own: `python kill_points.py` reads a Sweep from standard input and answers with what it saw.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import platform
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from mou_cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The calls that change a file, a folder or what is on the disk, by their numbers.
WRITING = {
    "x86_64": {
        "write": 1,
        "pwrite64": 18,
        "writev": 20,
        "sendfile": 40,
        "fsync": 74,
        "fdatasync": 75,
        "ftruncate": 77,
        "rename": 82,
        "mkdir": 83,
        "rmdir": 84,
        "link": 86,
        "unlink": 87,
        "symlink": 88,
        "chmod": 90,
        "fchmod": 91,
        "mkdirat": 258,
        "unlinkat": 263,
        "renameat": 264,
        "linkat": 265,
        "fallocate": 285,
        "pwritev": 296,
        "renameat2": 316,
        "copy_file_range": 326,
    },
    "aarch64": {
        "mkdirat": 34,
        "unlinkat": 35,
        "linkat": 37,
        "renameat": 38,
        "ftruncate": 46,
        "fallocate": 47,
        "fchmod": 52,
        "write": 64,
        "writev": 66,
        "pwrite64": 68,
        "pwritev": 70,
        "sendfile": 71,
        "fsync": 82,
        "fdatasync": 83,
        "renameat2": 276,
        "copy_file_range": 285,
    },
}
_TRACEME, _CONT, _SETOPTIONS = 0, 7, 0x4200
_OPTIONS = 0x00100000 | 0x80 | 0x02 | 0x04 | 0x08  # kill with the tracer; seccomp; fork, vfork and clone
_AT_CALL = signal.SIGTRAP | (7 << 8)
_SIGNALS, _THREADS_TOO = 0xFF, 0x40000000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _TRACE = 0x7FFF0000, 0x7FF00000
# What is another in every run: the instant of an entry, and the seal that is made of it.
_MOMENT = {"at", "digest"}
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


def stop_before_writes(program: Callable[[], int]) -> Iterator[None]:
    """Run a program in a process of its own; gives nothing each time it is about to write, and goes on when asked."""
    child = os.fork()
    if child == 0:
        _become(program)
    os.waitpid(child, 0)
    _trace(_SETOPTIONS, child, _OPTIONS)
    _trace(_CONT, child)
    while True:
        stopped, status = os.waitpid(-1, _THREADS_TOO)
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            if stopped == child:
                return
            continue
        if status >> 8 == _AT_CALL:
            yield
        of_tracing = status >> 8 > _SIGNALS or os.WSTOPSIG(status) in {signal.SIGTRAP, signal.SIGSTOP}
        _trace(_CONT, stopped, 0 if of_tracing else os.WSTOPSIG(status))


def _become(program: Callable[[], int]) -> NoReturn:
    code = 99
    try:
        _trace(_TRACEME, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        _hand_over_writing()
        code = program()
    finally:
        os._exit(code)


def _hand_over_writing() -> None:
    numbers = sorted(WRITING[platform.machine()].values())
    steps = [_Instruction(_LOAD, 0, 0, 0)]
    steps += [_Instruction(_EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)]
    steps += [_Instruction(_RETURN, 0, 0, _ALLOW), _Instruction(_RETURN, 0, 0, _TRACE)]
    listed = (_Instruction * len(steps))(*steps)
    _check(_libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _check(_libc.prctl(_SECCOMP, _FILTER, ctypes.byref(_Program(len(steps), listed)), 0, 0))


def _trace(request: int, process: int, data: int = 0) -> None:
    _check(_libc.ptrace(request, process, None, data))


def _check(answer: int) -> None:
    if answer == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


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


def sweep(wanted: Sweep) -> list[Left]:
    """Give what is there before a run, before each of its writes, and after it."""
    folder, db = Path(wanted.folder), Path(wanted.db)
    copy, output = folder.with_name(f"{folder.name}.copy"), folder.with_name(f"{folder.name}.said")
    output.touch()
    known: dict[str, list[str]] = {}

    def look() -> Left:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        copied = copy / db.relative_to(folder)
        wrong = _faults(copied)
        content = _content(copied, copy)
        beside = "\n".join(map(str, sorted(copy.rglob("*"))))
        if (state := content + beside) not in known:
            known[state] = _refused(wanted.proofs, copied, output.with_suffix(".proof"))
        return Left(output.read_text("utf-8"), content, wrong + known[state])

    seen = [look()]
    seen += [look() for _ in stop_before_writes(partial(_mou, wanted.arguments, output))]
    return [*seen, look()]


def _mou(arguments: list[str], output: Path) -> int:
    said = os.open(output, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for stream, number in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(stream, number)
    code = run(arguments)
    sys.stdout.flush()
    return code


def _refused(proofs: list[list[str]], db: Path, output: Path) -> list[str]:
    """Give what those commands say that do not find all well."""
    if not db.exists():
        return []
    refused = []
    for proof in proofs:
        child = os.fork()
        if child == 0:
            os._exit(_mou([word.format(db=db) for word in proof], output))
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            refused.append(f"{proof}: {output.read_text('utf-8')}")
    return refused


def _faults(db: Path) -> list[str]:
    if not db.exists():
        return []
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=rw", uri=True)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"{row[0]} mentions what is not there" for row in connection.execute("PRAGMA foreign_key_check")]
        connection.execute("INSERT INTO search_index(search_index) VALUES ('integrity-check')")
        connection.rollback()
    return found


def _content(db: Path, folder: Path) -> str:
    """Give the rows of the register, but for when they were written, and the names that a person sees beside it."""
    seen = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    # Contents of documents that nobody mentions yet, or any more, are nothing to a person.
    unseen = (f"{db.stem}-", f"{db.name}-", f"{db.name}.")
    content = [name for name in seen if not name.startswith(unseen)]
    if not db.exists():
        return "\n".join(content)
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=rw", uri=True)) as connection:
        tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_index%' ORDER BY name"
        for (table,) in connection.execute(tables).fetchall():
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[1] not in _MOMENT]
            rows = connection.execute(f'SELECT {", ".join(map(_quoted, columns))} FROM "{table}"').fetchall()
            digest = hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest()
            content.append(f"{table}: {', '.join(columns)}: {len(rows)} {digest}")
    return "\n".join(content)


def _quoted(column: str) -> str:
    return f'"{column}"'


def main() -> None:
    """Answer on standard output with what was seen, as JSON."""
    wanted: dict[str, Any] = json.load(sys.stdin)
    # What takes long to load is loaded before the program is traced.
    for module in wanted.pop("modules"):
        import_module(module)
    json.dump(sweep(Sweep(**wanted)), sys.stdout)


if __name__ == "__main__":
    main()
