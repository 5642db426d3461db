"""How much longer a first page takes of a very large register than of a small one, in the same rounds.

python tests/benchmarks/first_page.py [--rounds 5] [--agreements 1000000] [--seed 1] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.makedata import write
from tests.benchmarks.reads import DAY, INSTITUTIONS, PAGE
from tests.benchmarks.rounds import Command, compile_all, measure, middle, mou, run

SMALL = 100
ASKED = (
    ("due", *PAGE),
    ("due", "--overdue", *PAGE),
    ("due", "--count"),
    ("list", *PAGE),
    ("list", "--status", "active", *PAGE),
    ("list", "--status", "expired", *PAGE),
    ("list", "--country", "Norway", *PAGE),
    ("show", "2026-1"),
)


def main() -> None:
    """Make the two registers, measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure first pages of a small register and of a very large one.")
    parser.add_argument("--rounds", type=int, default=5, help="how many rounds count")
    parser.add_argument("--agreements", type=int, default=1_000_000, help="how many agreements the large one has")
    parser.add_argument("--seed", type=int, default=1, help="what the registers are drawn from")
    parser.add_argument("--keep", type=Path, help="folder where the registers are kept, and used again")
    said = parser.parse_args()
    compile_all()
    with TemporaryDirectory() as temporary:
        folder = said.keep or Path(temporary)
        small, large = (register(folder, agreements, said.seed) for agreements in (SMALL, said.agreements))
        sys.stdout.write(report(commands(small, large), said.rounds, said.agreements))


def register(folder: Path, agreements: int, seed: int) -> Path:
    """Give the register with so many agreements, imported if it is not there yet."""
    db = folder / f"register-{agreements}.db"
    if not db.exists():
        file = folder / f"register-{agreements}.yaml"
        write(file, agreements, INSTITUTIONS, seed)
        run(mou("--db", str(db), "import", str(file)))
        file.unlink()
    return db


def commands(small: Path, large: Path) -> list[Command]:
    """Give every read of the small register, and after it the same of the large one."""
    listed = []
    for words in ASKED:
        for form in ("tsv", "table"):
            name = f"mou {' '.join(words)} -f {form}"
            for db in (small, large):
                line = mou("--db", str(db), "--as-of", DAY, *words, "-f", form)
                listed.append(Command(f"{name}{'' if db == small else ', large'}", line, name))
    return listed


def report(listed: list[Command], rounds: int, agreements: int) -> str:
    """Measure the commands and give the table."""
    lines = [f"| command, cpu ms | {SMALL} | {agreements:,} | × | peak MiB |", "|---|--:|--:|--:|--:|"]
    measured = measure(listed, rounds)
    for command in listed[::2]:
        small, large = measured[command.name], measured[f"{command.name}, large"]
        few, many = middle(small.runs), middle(large.runs)
        taken = f"{few.cpu * 1000:.0f} | {many.cpu * 1000:.0f} | {median(large.cpu_ratios):.1f}"
        lines.append(f"| `{command.name}` | {taken} | {many.peak:.0f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
