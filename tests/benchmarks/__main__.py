"""Measures the program beside others on registers of several sizes, and writes table and picture.

    python -m tests.benchmarks [--sizes 100,10000,1000000] [--rounds 5] [--only JOB,JOB] [--data FOLDER] [--into FOLDER]

The registers are made when they are not in the data folder yet; a million agreements take half an hour and 25 GB.
What is measured replaces what FOLDER/measured.json knew of the same jobs; FOLDER/measured.svg and the part of
FOLDER/README.md between the markers are made from it.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from tests.benchmarks import plot, report, results
from tests.benchmarks.jobs import JOBS, Job
from tests.benchmarks.programs import BESIDE, MOU, OTHERS, find
from tests.benchmarks.results import Measured, reckon
from tests.benchmarks.rounds import HERE, Command, Rounds, compile_all, measure
from tests.benchmarks.server import Server
from tests.benchmarks.stand import Stand

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def options() -> argparse.ArgumentParser:
    """Give what the command line knows."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description="Measure, and write table and picture."
    )
    parser.add_argument("--sizes", default="100,10000,1000000", help="how many agreements the registers have")
    parser.add_argument("--rounds", type=int, default=5, help="how many rounds count")
    parser.add_argument("--patience", type=float, default=10, help="runs of more seconds are not repeated")
    parser.add_argument("--quick", action="store_true", help="sizes 100 and 10000, one round")
    parser.add_argument("--only", default=",".join(JOBS), help="only these jobs")
    parser.add_argument("--list", action="store_true", help="list the jobs and end")
    parser.add_argument("--write", action="store_true", help="measure nothing, write table and picture again")
    parser.add_argument("--seed", type=int, default=1, help="what registers not made yet are drawn from")
    parser.add_argument(
        "--data", type=Path, default=Path(gettempdir(), "mou-benchmarks"), help="where registers are kept"
    )
    parser.add_argument("--into", type=Path, default=HERE, help="where measured.json, measured.svg, README.md are")
    parser.add_argument("--others", type=Path, help="a folder where other programs are looked for first")
    parser.add_argument("--beside", type=Path, help="the mou of another checkout, measured in the same rounds")
    parser.add_argument("--without-postgresql", action="store_true", help="only registers in files")
    return parser


def main() -> None:
    """Measure what is asked."""
    said = options().parse_args()
    if said.list:
        sys.stdout.writelines(f"{job.name:20} {job.group}: {job.title}\n" for job in JOBS.values())
        return
    if not said.write:
        _measure(said)
    _write(said.into)


def _measure(said: argparse.Namespace) -> None:
    sizes = [100, 10_000] if said.quick else [int(size) for size in said.sizes.split(",")]
    rounds = Rounds(1 if said.quick else said.rounds, said.patience)
    compile_all()
    said.data.mkdir(parents=True, exist_ok=True)
    others = {name: path for name in OTHERS if (path := find(name, said.others))}
    for name, (_, how) in OTHERS.items():
        if name not in others:
            sys.stderr.write(f"absent: {name} ({how})\n")
    server = None if said.without_postgresql else Server(said.data / "postgresql")
    try:
        with TemporaryDirectory(dir=said.data) as work:
            stands = [Stand(size, said.data, Path(work), server, others) for size in sizes]
            for stand in stands:
                stand.prepare(said.seed)
            for name in said.only.split(","):
                _job(JOBS[name], stands, rounds, said.beside, said.into / "measured.json")
    finally:
        if server:
            server.stop()


def _job(job: Job, stands: list[Stand], rounds: Rounds, beside: Path | None, into: Path) -> None:
    """Measure a job at all sizes in the same rounds, and keep what was found."""
    fewer = dict(job.fewer)
    with TemporaryDirectory(dir=stands[0].work) as work:
        commands: dict[tuple[str, int], Command] = {}
        for stand in stands:
            if stand.size <= job.largest:
                own = Path(work, str(stand.size))
                own.mkdir()
                found = job.commands(stand._replace(work=own))
                if beside:
                    found[BESIDE] = found[MOU]._replace(arguments=(str(beside), *found[MOU].arguments[1:]))
                commands |= {(p, stand.size): c for p, c in found.items() if stand.size <= fewer.get(p, stand.size)}
        if not commands:
            return
        busy = round(os.getloadavg()[0], 1)
        figures = reckon(measure(commands, rounds))
    known = results.load(into)
    known[job.name] = Measured(f"{datetime.now(UTC):%Y-%m-%d %H:%M}", busy, figures)
    results.save(into, {name: known[name] for name in JOBS if name in known})
    for program, sizes in figures.items():
        told = ", ".join(f"{size:,}: {figure.cpu:.3f} s" for size, figure in sizes.items())
        sys.stderr.write(f"{job.name:20} {program:16} {told}\n")


def _write(into: Path) -> None:
    known = results.load(into / "measured.json")
    (into / "measured.svg").write_text(plot.draw(known), encoding="utf-8")
    page = into / "README.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n\n{report.write(known)}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
