"""The figures as a picture: a panel for each job, time over size, both in powers of ten, a line for each program."""

from __future__ import annotations

from html import escape
from math import ceil, floor, log10
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.jobs import JOBS
from tests.benchmarks.programs import MOU, POSTGRESQL, RECUTILS, SQLITE3, SQLITE_UTILS, TASKWARRIOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.results import Figures, Measured

PLOTTED = (
    "list",
    "list-country",
    "list-filters",
    "show",
    "search-rare",
    "search-common",
    "due",
    "plan-due",
    "stats-country",
    "list-csv",
    "export",
    "import",
    "add",
    "add-task",
    "backup",
)
# Seen on white and on black alike.
_COLOURS = {
    MOU: "#e8590c",
    POSTGRESQL: "#f08c00",
    SQLITE_UTILS: "#1c7ed6",
    SQLITE3: "#2f9e44",
    RECUTILS: "#ae3ec9",
    TASKWARRIOR: "#0c8599",
}
_PLAIN = "the least (csv.writer, PyYAML, floor)"
_GREY = "#868e96"
_COLUMNS, _WIDTH, _HEIGHT = 3, 320, 190
_LEFT, _TOP, _RIGHT, _BOTTOM = 54, 30, 30, 28
_LEGEND = 34
_LONGEST = 44
_STYLE = """text { font: 10.5px system-ui, sans-serif; fill: #777; } .title { font-weight: 600; }
.grid { stroke: #8886; } @media (prefers-color-scheme: light) { text { fill: #444; } }
@media (prefers-color-scheme: dark) { text { fill: #ccc; } }"""


class Scale(NamedTuple):
    """Powers of ten laid out between two places; `high` may lie above `low` as on the page."""

    first: int
    last: int
    low: float
    high: float

    def place(self, value: float) -> float:
        """Give where a value lies."""
        return self.low + (log10(value) - self.first) / (self.last - self.first) * (self.high - self.low)


def draw(measured: dict[str, Measured]) -> str:
    """Give the picture as SVG."""
    shown = [name for name in PLOTTED if name in measured]
    figures = [own for name in shown for own in measured[name].figures.values()]
    sizes = [log10(size) for own in figures for size in own]
    times = [log10(max(found.cpu, 0.001)) for own in figures for found in own.values()]
    across = Scale(floor(min(sizes)), ceil(max(sizes)) + (min(sizes) == max(sizes)), _LEFT, _WIDTH - _RIGHT)
    up = Scale(floor(min(times)), ceil(max(times)), _HEIGHT - _BOTTOM, _TOP)
    width, height = _COLUMNS * _WIDTH, _LEGEND + ceil(len(shown) / _COLUMNS) * _HEIGHT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        "<title>Seconds of processor by number of agreements</title>",
        f"<style>{_STYLE}</style>",
        *_legend(),
    ]
    for number, name in enumerate(shown):
        row, column = divmod(number, _COLUMNS)
        lines.append(f'<g transform="translate({column * _WIDTH} {_LEGEND + row * _HEIGHT})">')
        lines += [*_axes(_short(JOBS[name].title), across, up), *_programs(measured[name], across, up), "</g>"]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _short(title: str) -> str:
    words = title.replace("`", "").removeprefix("mou ").removesuffix(" --limit 50")
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _legend() -> Iterator[str]:
    left = 12
    for name, colour in {**_COLOURS, _PLAIN: _GREY}.items():
        yield f'<line x1="{left}" y1="16" x2="{left + 20}" y2="16" stroke="{colour}" stroke-width="3"/>'
        yield f'<text x="{left + 26}" y="20">{name}</text>'
        left += 50 + 7 * len(name)


def _axes(title: str, across: Scale, up: Scale) -> Iterator[str]:
    yield f'<text class="title" x="{_LEFT}" y="{_TOP - 10}">{escape(title)}</text>'
    for power in range(up.first, up.last + 1):
        y = up.place(10.0**power)
        label = f"{10**power:,} s" if power >= 0 else f"{10 ** (power + 3)} ms"
        yield f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}"/>'
        yield f'<text x="{_LEFT - 4}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    for power in range(across.first, across.last + 1, 2):
        x = across.place(10.0**power)
        yield f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle">{10**power:,}</text>'


def _programs(found: Measured, across: Scale, up: Scale) -> Iterator[str]:
    # The program itself is drawn last, above the others.
    for program, own in reversed(found.figures.items()):
        colour = _COLOURS.get(program, _GREY)
        yield from _line(own, across, up, f'stroke="{colour}" fill="{colour}"', 2.5 if program == MOU else 1.5)


def _line(own: dict[int, Figures], across: Scale, up: Scale, colour: str, width: float) -> Iterator[str]:
    points = [(across.place(size), up.place(max(own[size].cpu, 0.001))) for size in sorted(own)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{path}" {colour} fill-opacity="0" stroke-width="{width}"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{width}" {colour}/>' for x, y in points)
