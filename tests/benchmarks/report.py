"""The tables of what was measured, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.jobs import JOBS
from tests.benchmarks.programs import MOU
from tests.benchmarks.targets import TARGETS, seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.results import Figures, Measured


def write(measured: dict[str, Measured]) -> str:
    """Give both tables: what is asked and seen, and all figures."""
    days, loads = zip(*((found.at, found.load) for found in measured.values()), strict=True)
    when = f"Measured from {min(days)} to {max(days)} UTC, at a load of {min(loads)} to {max(loads)}."
    return "\n".join([when, "", *_targets(measured), *_figures(measured)])


def _targets(measured: dict[str, Measured]) -> Iterator[str]:
    yield "| command | asked | measured up to | seen | |"
    yield "|---|---|--:|--:|---|"
    for target in TARGETS:
        value = seen(target, measured)
        if value is not None:
            met = "met" if value <= target.most else "**missed**"
            size = max(measured[target.job].figures[MOU])
            yield f"| {JOBS[target.job].title} | {target.asked} | {size:,} | {_figure(value)} {target.unit} | {met} |"


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 50 else f"{value:.2f}"


def _figures(measured: dict[str, Measured]) -> Iterator[str]:
    sizes = sorted({size for found in measured.values() for own in found.figures.values() for size in own})
    group = ""
    for job in JOBS.values():
        if job.name not in measured:
            continue
        if job.group != group:
            group = job.group
            yield ""
            yield f"#### {group}"
            yield ""
            yield f"| | with | {' | '.join(f'{size:,}' for size in sizes)} | × | × mou | MiB |"
            yield f"|---|---|{'--:|' * (len(sizes) + 3)}"
        title = job.title
        for program, own in measured[job.name].figures.items():
            yield _row(title, program, own, sizes)
            title = ""


def _row(title: str, program: str, own: dict[int, Figures], sizes: list[int]) -> str:
    cells = (f"{_time(own[size].cpu)} ({_time(own[size].wall)})" if size in own else "" for size in sizes)
    last = own[max(own)]
    growth = f"{last.growth:.1f}" if len(own) > 1 else ""
    beside = "" if program == MOU else f"{last.beside:.2f}"
    return f"| {title} | {program} | {' | '.join(cells)} | {growth} | {beside} | {last.peak:.0f} |"


def _time(seconds: float) -> str:
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 100 else f"{seconds:.0f} s"
