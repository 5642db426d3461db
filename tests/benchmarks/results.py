"""What was measured, kept as JSON: a job that is measured again replaces what was known of it."""

from __future__ import annotations

import json
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.programs import MOU

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.rounds import Run


class Figures(NamedTuple):
    """A program at a job and a size: medians of seconds and MiB, and of the ratios of processor's time in each round.

    `growth` is to the same program at the smallest size, `beside` to mou at the same size, `runs` how many there were.
    """

    wall: float
    cpu: float
    peak: float
    growth: float
    beside: float
    runs: int


class Measured(NamedTuple):
    """A job: when it was measured, how busy the machine was, and the figures by program and size."""

    at: str
    load: float
    figures: dict[str, dict[int, Figures]]


def reckon(runs: dict[tuple[str, int], list[Run]]) -> dict[str, dict[int, Figures]]:
    """Give the figures of a job from the runs by program and size, round by round."""
    found: dict[str, dict[int, Figures]] = {}
    for (program, size), own in runs.items():
        smallest = min(other for name, other in runs if name == program)
        growth = _ratio(own, runs[program, smallest])
        beside = _ratio(own, runs.get((MOU, size), own))
        wall, cpu, peak = (median(values) for values in zip(*own, strict=True))
        values = (round(wall, 4), round(cpu, 4), round(peak, 1), round(growth, 3), round(beside, 4))
        found.setdefault(program, {})[size] = Figures(*values, len(own))
    return found


def _ratio(own: list[Run], other: list[Run]) -> float:
    # What is too slow to be repeated has one run only. A kernel that counts in ticks may find that nothing was used.
    return median(one.cpu / max(two.cpu, 0.001) for one, two in zip(own, other, strict=False))


def load(path: Path) -> dict[str, Measured]:
    """Give what a file holds, nothing if it is not there."""
    if not path.exists():
        return {}
    return {
        job: Measured(
            at, busy, {name: {int(s): Figures(*f) for s, f in sizes.items()} for name, sizes in figures.items()}
        )
        for job, (at, busy, figures) in json.loads(path.read_text(encoding="utf-8")).items()
    }


def save(path: Path, measured: dict[str, Measured]) -> None:
    """Write what is known, a program at a job on each line."""
    jobs = []
    for job, (at, busy, figures) in measured.items():
        programs = ",\n".join(f"    {json.dumps(name)}: {json.dumps(sizes)}" for name, sizes in figures.items())
        jobs.append(f"  {json.dumps(job)}: [{json.dumps(at)}, {busy}, {{\n{programs}\n  }}]")
    path.write_text("{\n" + ",\n".join(jobs) + "\n}\n", encoding="utf-8")
