"""The program as a process that need not be loaded first: forked off one that has loaded it and waits.

To load the program takes ten times as long as to fork it. What is forked off has its own environment, folder and
streams, and runs as a process does that was just started. It is a child of whoever asks for it, who can wait for it and
kill it. `python -m tests.loaded N` waits for such calls on the socket of that number.
"""

from __future__ import annotations

import atexit
import ctypes
import fcntl
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import termios
import time
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any, NamedTuple

import mou_cli

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parent.parent
MOU = "from mou_cli.__main__ import main; main()"
# What the program's own modules load only when it is needed.
LATER = (
    *("alembic.autogenerate.api", "alembic.command", "alembic.runtime.migration", "logging.config", "openpyxl"),
    *("prompt_toolkit.shortcuts", "psycopg", "rich.table", "sqlalchemy.dialects.postgresql.psycopg"),
    *("sqlalchemy.dialects.sqlite.pysqlite", "sqlalchemy.orm", "tests.faults.failing_writes", "tomlkit", "yaml"),
)
# The language that Python itself was started in, and what of an environment says another, or how it is to work.
LOCALE = "C.UTF-8"
SAYING = ("LC_ALL", "LC_CTYPE", "LANG")
SAYING_NOTHING = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONUNBUFFERED"}
_ADOPTING = 36  # PR_SET_CHILD_SUBREAPER
_LONGEST = 1 << 17
_SECONDS = 60


class Call(NamedTuple):
    """What is to be run, with which words after its name, in which environment and folder."""

    program: str
    arguments: list[str]
    environment: dict[str, str]
    folder: str


class Process(subprocess.Popen[bytes]):
    """The program, or another one in Python, as `subprocess.Popen` starts it: with pipes, unless otherwise said."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        program: str = MOU,
        folder: Path | None = None,
        **streams: Any,
    ) -> None:
        pipe = subprocess.PIPE
        piped = {"stdin": pipe, "stdout": pipe, "stderr": pipe} | streams
        super().__init__([program, *arguments], env=dict(environment), cwd=folder, **piped)

    def _execute_child(self, args: list[str], *others: Any) -> None:
        cwd, env = others[4:6]
        ends = others[9:15]
        streams = [end if end >= 0 else number for number, end in enumerate((ends[0], ends[3], ends[5]))]
        program, *arguments = args
        self.pid = start(arguments, env, streams, cwd, program)
        self._child_created = True
        self._close_pipe_fds(*ends)  # type: ignore[attr-defined]  # as it does itself


def run(
    arguments: Sequence[str], environment: Mapping[str, str], program: str = MOU, **named: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end, as `subprocess.run` does: with the `input` that is given, or none."""
    with Process(arguments, environment, program, stdin=subprocess.PIPE if named else subprocess.DEVNULL) as process:
        out, err = process.communicate(**named, timeout=_SECONDS)
    return subprocess.CompletedProcess([program, *arguments], process.returncode, out, err)


def start(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    streams: Sequence[int],
    folder: Path | str | None = None,
    program: str = MOU,
) -> int:
    """Start a program on its three streams; gives the number of the child."""
    assert is_at_home(environment), "what is said to Python itself counts only for one that is started"
    call = Call(program, list(arguments), dict(environment), str(folder or Path.cwd()))
    connection = _connection()
    _adopt(True)
    try:
        socket.send_fds(connection, [json.dumps(call).encode()], streams)
        return int(connection.recv(_LONGEST))
    finally:
        _adopt(False)


def is_at_home(environment: Mapping[str, str]) -> bool:
    """Say whether Python, started in this environment, would be as it is in what is forked off."""
    said = next(filter(None, map(environment.get, SAYING)), LOCALE)
    return said == LOCALE and {name for name in environment if name.startswith("PYTHON")} <= SAYING_NOTHING


@cache
def _connection() -> socket.socket:
    """Have the program loaded, once; gives where it waits for calls."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": LOCALE}
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.loaded", str(theirs.fileno())],
            cwd=ROOT,
            env=environment,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )

    @atexit.register
    def end() -> None:
        ours.close()
        process.wait()

    return ours


def _adopt(is_adopting: bool) -> None:  # noqa: FBT001 - what the kernel takes
    """Have what is left by a descendant that ends become a child of this process, or no more."""
    if ctypes.CDLL(None).prctl(_ADOPTING, int(is_adopting), 0, 0, 0):
        raise OSError("this process cannot adopt others")


def _wait(connection: socket.socket) -> tuple[Call, list[int]]:
    """Fork for each call, until nobody can call any more; gives the call in the process that is to carry it out."""
    while True:
        message, streams, *_ = socket.recv_fds(connection, _LONGEST, 3)
        if not message:
            sys.exit()
        hears, tells = os.pipe()
        between = os.fork()
        if not between:
            number = os.fork()
            if not number:
                os.close(hears)
                os.close(tells)
                return Call(*json.loads(message)), streams
            os.write(tells, str(number).encode())
            os._exit(0)
        # Now the caller has adopted it.
        os.waitpid(between, 0)
        connection.send(os.read(hears, _LONGEST))
        for open_here in (hears, tells, *streams):
            os.close(open_here)


def _become(call: Call, streams: list[int]) -> None:
    """Make of this process what it would be if it had been started so."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(3, max(streams) + 1)
    if os.isatty(0):
        # As a terminal's first program: what is typed there interrupts it.
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.chdir(call.folder)
    os.environ.clear()
    os.environ.update(call.environment)
    time.tzset()
    sys.argv[:] = ["mou", *call.arguments]
    sys.path[:0] = call.environment.get("PYTHONPATH", "").split(os.pathsep)
    encoding, errors = sys.stdin.encoding, sys.stdin.errors
    # They stand for as long as the program runs.
    sys.stdin = open(0, encoding=encoding, errors=errors)  # noqa: SIM115 - as said
    sys.stdout = open(1, "w", encoding=encoding, errors=errors)  # noqa: SIM115 - as said
    sys.stderr = open(2, "w", encoding=encoding, errors=sys.stderr.errors, buffering=1)  # noqa: SIM115 - as said


def main() -> None:
    """Load the program, and run what each call says."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    for module in (*(found.name for found in walk_packages(mou_cli.__path__, "mou_cli.")), *LATER):
        import_module(module)
    # So that what is forked off shares them with this process, and copies little of it.
    gc.collect()
    gc.freeze()
    gc.set_threshold(70_000)
    for number, answer in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        signal.signal(number, answer)
    call, streams = _wait(connection)
    connection.close()
    _become(call, streams)
    code = 0
    try:
        exec(call.program, {"__name__": "__main__"})  # noqa: S102 - what `python -c` would do
    except SystemExit as end:
        code = int(end.code or 0)
    # The interpreter would take down all that is loaded, and for that copy it first.
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
