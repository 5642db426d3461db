"""Whole processes measured in rounds, A B C A B C …: what slows the machine for a while slows a whole round."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


class Command(NamedTuple):
    """A command line to measure, and the name of the one that it is a multiple of (its own, for a floor).

    `absent` is a file that is not to be there when it starts.
    """

    name: str
    arguments: tuple[str, ...]
    floor: str
    absent: Path | None = None


class Run(NamedTuple):
    """One process from start to end: seconds by the clock, seconds of processor, peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


def mou(*arguments: str) -> tuple[str, ...]:
    """Give the command line of the program as it is installed beside this interpreter."""
    return (str(Path(sys.executable).with_name("mou")), *arguments)


def script(name: str, *arguments: str) -> tuple[str, ...]:
    """Give the command line of a program of this folder."""
    return (sys.executable, str(HERE / name), *arguments)


def compile_all() -> None:
    """Write the bytecode of everything that is run, so that no process is measured compiling."""
    folders = (sysconfig.get_path("purelib"), str(ROOT / "mou_cli"))
    # Some packages carry files that are not meant to compile; what fails here is never imported.
    subprocess.run([sys.executable, "-m", "compileall", "-qq", *folders], env=_environment(), check=False)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MOU_"))}


def run(arguments: tuple[str, ...]) -> Run:
    """Run a process, its output thrown away. Ends the program with what it said on standard error when it fails."""
    with TemporaryFile() as complaints:
        start = perf_counter()
        process = subprocess.Popen(
            arguments, env=_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=complaints
        )
        # Linux counts the parent's own peak before the child's program is loaded: this process has to stay small.
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            complaints.seek(0)
            sys.exit(f"{' '.join(arguments)} ended with {process.returncode}:\n{complaints.read().decode()}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


class Measured(NamedTuple):
    """All runs of a command and, round by round, its multiple of the floor by the clock and by the processor."""

    runs: list[Run]
    ratios: list[float]
    cpu_ratios: list[float]


def measure(commands: list[Command], rounds: int, warm_up: int = 1) -> dict[str, Measured]:
    """Run all commands in rounds; those of the warm-up do not count."""
    runs: dict[str, list[Run]] = {command.name: [] for command in commands}
    for number in range(warm_up + rounds):
        for command in commands:
            if command.absent:
                command.absent.unlink(missing_ok=True)
            measured = run(command.arguments)
            if number >= warm_up:
                runs[command.name].append(measured)
    found = {}
    for command in commands:
        pairs = list(zip(runs[command.name], runs[command.floor], strict=True))
        found[command.name] = Measured(
            runs[command.name],
            [own.wall / floor.wall for own, floor in pairs],
            [own.cpu / floor.cpu for own, floor in pairs],
        )
    return found


def middle(runs: list[Run]) -> Run:
    """Give the median of each measure."""
    return Run(*(median(values) for values in zip(*runs, strict=True)))
