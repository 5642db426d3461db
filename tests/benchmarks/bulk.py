"""How fast a large file is imported, beside the least that reading it into a database costs.

python tests/benchmarks/bulk.py [--rounds 5] [--agreements 100000] [--seed 1] [--beside PROGRAM]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.makedata import write
from tests.benchmarks.rounds import Command, compile_all, measure, middle, mou, script

INSTITUTIONS = 2000
FLOOR = "floor"


def main() -> None:
    """Write the file, measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure how fast a large file is imported.")
    parser.add_argument("--rounds", type=int, default=5, help="how many rounds count")
    parser.add_argument("--agreements", type=int, default=100_000, help="how many agreements the file has")
    parser.add_argument("--seed", type=int, default=1, help="what the file is drawn from")
    parser.add_argument("--beside", type=Path, help="the mou of another checkout, to import with in the same rounds")
    said = parser.parse_args()
    compile_all()
    with TemporaryDirectory() as folder:
        file = Path(folder, "register.yaml")
        write(file, said.agreements, INSTITUTIONS, said.seed)
        records = said.agreements + INSTITUTIONS
        sys.stdout.write(f"{records:,} records, {file.stat().st_size / 2**20:.0f} MiB of YAML\n\n")
        sys.stdout.write(report(commands(folder, str(file), said.beside), records, said.rounds))


def commands(folder: str, file: str, beside: Path | None) -> list[Command]:
    """Give the command lines in the order in which a round runs them."""
    register, other = Path(folder, "register.db"), Path(folder, "other.db")
    db = str(register)
    earlier = [Command("import beside", (str(beside), "--db", str(other), "import", file), FLOOR, other)]
    return [
        Command(FLOOR, script("bulk_floor.py", file, str(Path(folder, "floor.db"))), FLOOR),
        *(earlier if beside else ()),
        Command("mou import", mou("--db", db, "import", file), FLOOR, absent=register),
        Command("mou import, the same file again", mou("--db", db, "import", file), FLOOR),
        Command("mou export", mou("--db", db, "export", str(Path(folder, "export.yaml"))), FLOOR),
    ]


def report(listed: list[Command], records: int, rounds: int) -> str:
    """Measure the commands and give the table."""
    lines = ["| command | s | cpu s | records/s | % of the floor's speed | peak MiB |", "|---|--:|--:|--:|--:|--:|"]
    for name, found in measure(listed, rounds, warm_up=0).items():
        run = middle(found.runs)
        share = 100 / median(found.ratios)
        seconds = f"{run.wall:.1f} | {run.cpu:.1f} | {records / run.wall:,.0f}"
        lines.append(f"| {name} | {seconds} | {share:.0f} | {run.peak:.0f} |")
    return "\n".join(lines) + "\n\nTargets for the first import: at least 50 % of the floor's speed, at most 150 MiB.\n"


if __name__ == "__main__":
    main()
