"""How long reads of a large register take: 100,000 agreements that are all one home's, and the seeds beside them.

python tests/benchmarks/reads.py [--rounds 5] [--agreements 100000] [--seed 1] [--keep FILE]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.makedata import HOME, write
from tests.benchmarks.rounds import ROOT, Command, compile_all, measure, middle, mou, run

INSTITUTIONS = 2000
# Within the years from which the invented agreements are drawn.
DAY = "2026-11-22"
PAGE = ("--limit", "50")
READS = (
    ("list", "--country", "Norway", *PAGE),
    ("list", "--country", "Turkey", *PAGE),
    ("list", *PAGE),
    ("list", "--status", "active", *PAGE),
    ("list", "--partner", "institution-00701", "--status", "active"),
    ("list", "--ends-within", "90d"),
    ("list", "--notice-within", "90d"),
    ("show", "2026-1"),
    ("partner", "show", "institution-00701"),
    ("partner", "show", HOME),
    ("due", *PAGE),
    ("due", "--overdue", *PAGE),
    ("plan", "due", "--month", "May"),
    ("search", "Tromsø", "Nansen"),
    ("search", "memorandum", *PAGE),
    ("stats", "--by", "country"),
    ("stats", "--by", "status"),
    ("stats", "--by", "country", "--by", "status"),
)
COMPLETED = ("list", "--partner", "uni"), ("list", "--country", "N"), ("show", "2026"), ("show", "nansen")


def main() -> None:
    """Make the register, measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure how long reads of a large register take.")
    parser.add_argument("--rounds", type=int, default=5, help="how many rounds count")
    parser.add_argument("--agreements", type=int, default=100_000, help="how many agreements the register has")
    parser.add_argument("--seed", type=int, default=1, help="what the register is drawn from")
    parser.add_argument("--keep", type=Path, help="where the register is kept, and used again when it is there")
    said = parser.parse_args()
    compile_all()
    with TemporaryDirectory() as folder:
        db = said.keep or Path(folder, "register.db")
        if not db.exists():
            file = Path(folder, "register.yaml")
            write(file, said.agreements, INSTITUTIONS, said.seed)
            run(mou("--db", str(db), "import", str(file), str(ROOT / "seeds")))
        sys.stdout.write(report(commands(str(db)), said.rounds))


def commands(db: str) -> list[Command]:
    """Give every read once as TSV and once as a table, and what a shell asks; each is a multiple of itself alone."""
    start = ("--db", db, "--as-of", DAY)
    lines = {f"{' '.join(('mou', *words))} -f {form}": (*start, *words, "-f", form) for words, form in _formed()}
    asked = {f"complete {' '.join(words)}": ("completion", "zsh", "--", "mou", *start, *words) for words in COMPLETED}
    return [Command(name, mou(*words), name) for name, words in (lines | asked).items()]


def _formed() -> list[tuple[tuple[str, ...], str]]:
    return [((), "table"), *((words, form) for words in READS for form in ("tsv", "table"))]


def report(listed: list[Command], rounds: int) -> str:
    """Measure the commands and give the table."""
    lines = ["| command | ms | cpu ms | peak MiB |", "|---|--:|--:|--:|"]
    for name, found in measure(listed, rounds).items():
        taken = middle(found.runs)
        lines.append(f"| `{name}` | {taken.wall * 1000:.0f} | {taken.cpu * 1000:.0f} | {taken.peak:.0f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
