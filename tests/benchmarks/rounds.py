"""Whole processes measured in rounds, A B C A B C …: what slows the machine for a while slows a whole round."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent

Name = TypeVar("Name")


class Command(NamedTuple):
    """A command line to measure.

    `before` makes things ready for it each time; `server` gives the seconds of processor that a database server has
    used so far.
    """

    arguments: tuple[str, ...]
    before: Callable[[], object] | None = None
    server: Callable[[], float] | None = None


class Run(NamedTuple):
    """One process from start to end: seconds by the clock, seconds of processor, peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


class Rounds(NamedTuple):
    """How often is measured: a run that takes longer than `patience` seconds is not repeated."""

    number: int
    patience: float


def module(name: str, *arguments: str) -> tuple[str, ...]:
    """Give the command line of a module of this folder, for what is to leave no trace in this process's memory."""
    return (sys.executable, "-m", f"tests.benchmarks.{name}", *arguments)


def script(name: str, *arguments: str) -> tuple[str, ...]:
    """Give the command line of a program of this folder."""
    return (sys.executable, str(HERE / name), *arguments)


def compile_all() -> None:
    """Write the bytecode of everything that is run, so that no process is measured compiling."""
    folders = (sysconfig.get_path("purelib"), str(ROOT / "mou_cli"))
    # Some packages carry files that are not meant to compile; what fails here is never imported.
    subprocess.run([sys.executable, "-m", "compileall", "-qq", *folders], env=_environment(), check=False)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MOU_", "COLUMNS"))}
    # Here are no settings: a person's own config file is another thing to read, and may ask for another language.
    return kept | {"XDG_CONFIG_HOME": str(HERE)}


def run(command: Command) -> Run:
    """Run a process, its output thrown away. Ends the program with what it said on standard error when it fails."""
    if command.before:
        command.before()
    before = command.server() if command.server else 0.0
    with TemporaryFile() as complaints:
        start = perf_counter()
        process = subprocess.Popen(
            command.arguments,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
        )
        # Linux counts the parent's own peak before the child's program is loaded: this process has to stay small.
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            complaints.seek(0)
            sys.exit(f"{' '.join(command.arguments)} ended with {process.returncode}:\n{complaints.read().decode()}")
    on_server = command.server() - before if command.server else 0.0
    return Run(wall, usage.ru_utime + usage.ru_stime + on_server, usage.ru_maxrss / 1024)


def measure(commands: Mapping[Name, Command], rounds: Rounds) -> dict[Name, list[Run]]:
    """Run all commands in rounds. The first run is a warm-up, except of those that are too slow to run again."""
    first = {name: run(command) for name, command in commands.items()}
    slow = {name for name, taken in first.items() if taken.wall > rounds.patience}
    runs = {name: [first[name]] if name in slow else [] for name in commands}
    for _ in range(rounds.number):
        for name, command in commands.items():
            if name not in slow:
                runs[name].append(run(command))
    return runs
