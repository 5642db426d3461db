"""What is asked of the program, and whether it was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.programs import CSV, FLOOR, MOU, PYYAML, SQLITE_UTILS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.results import Figures, Measured

    Figure = Callable[[dict[str, dict[int, Figures]]], float | None]


class Target(NamedTuple):
    """A figure of a job that is to be at most so much; `asked` says it in words."""

    job: str
    asked: str
    figure: Figure
    most: float
    unit: str = "×"


def growth(figures: dict[str, dict[int, Figures]]) -> float | None:
    """Give how much longer the largest register takes than the smallest, if there are two."""
    sizes = figures[MOU]
    return sizes[max(sizes)].growth if len(sizes) > 1 else None


def over(program: str) -> Figure:
    """Give a figure: how much longer it takes than another program, at the size where that is most."""
    return lambda figures: max((1 / found.beside for found in figures.get(program, {}).values()), default=None)


def at_last_over(program: str) -> Figure:
    """Give a figure: how much longer it takes than another program at the largest size."""
    return lambda figures: 1 / figures[program][max(figures[program])].beside if program in figures else None


def peak(figures: dict[str, dict[int, Figures]]) -> float:
    """Give the peak of memory at the largest size."""
    return figures[MOU][max(figures[MOU])].peak


def swelling(figures: dict[str, dict[int, Figures]]) -> float | None:
    """Give how much more memory the largest register takes than the smallest, if there are two."""
    sizes = figures[MOU]
    return sizes[max(sizes)].peak / sizes[min(sizes)].peak if len(sizes) > 1 else None


_PAGES = ("list", "list-country", "list-large-country", "list-filters", "list-status", "list-ends")
_SOON = (*_PAGES, "partner-list", "plan-list", "show", "search-rare", "search-common", "due", "plan-due")
_SIDES = ("country", "region", "type", "area", "status", "year", "partner-type")
_STARTS = {"list": 3.5, "json": 3.5, "table": 6.0, "plan": 3.5, "due": 3.5, "help": 3.0}

TARGETS = (
    *(Target(name, "the largest register ≤ 1.3 × the smallest", growth, 1.3) for name in _SOON),
    *(Target(f"stats-{side}", "the largest register ≤ 4 × the smallest", growth, 4) for side in _SIDES),
    Target("add", "the largest register ≤ 1.1 × the smallest", growth, 1.1),
    Target("import", "≤ 1.43 × PyYAML's events into bare sqlite3 (70 % of its speed)", at_last_over(PYYAML), 1 / 0.7),
    Target("import", "≤ 100 MiB", peak, 100, "MiB"),
    Target("list-csv", "faster than sqlite-utils at every size", over(SQLITE_UTILS), 1),
    Target("list-csv", "≤ 10 × csv.writer", over(CSV), 10),
    Target("export", "≤ 10 × csv.writer of all tables", over(CSV), 10),
    *(Target(f"list-{form}", "memory flat: ≤ 1.3 ×", swelling, 1.3) for form in ("csv", "json", "yaml")),
    Target("export", "memory flat: ≤ 1.3 ×", swelling, 1.3),
    *(Target(f"start-{name}", f"≤ {most} × the floor", over(FLOOR), most) for name, most in _STARTS.items()),
)


def seen(target: Target, measured: dict[str, Measured]) -> float | None:
    """Give what was seen of a target; None where it was not measured, or beside nothing."""
    found = measured.get(target.job)
    return target.figure(found.figures) if found else None
