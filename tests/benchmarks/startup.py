"""How long the commands that people wait for take, as multiples of a program that does the same with nothing.

python tests/benchmarks/startup.py [--rounds 31]
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.rounds import ROOT, Command, compile_all, measure, middle, mou, run, script

TARGETS = {
    "mou list -f tsv": 3.5,
    "mou list -f json": 3.5,
    "mou list -f table": 6.0,
    "mou show": 3.5,
    "mou plan due": 3.5,
    "mou due": 3.5,
    "mou --help": 3.0,
    "complete --country": 3.5,
    "complete --partner": 3.5,
    "complete --status": 3.5,
    "complete a command": 3.5,
}


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Measure how long whole processes of mou take.")
    parser.add_argument("--rounds", type=int, default=31, help="how many rounds count")
    said = parser.parse_args()
    compile_all()
    with TemporaryDirectory() as folder:
        db = str(Path(folder, "register.db"))
        run(mou("--db", db, "import", str(ROOT / "seeds")))
        sys.stdout.write(report(commands(db), said.rounds))


def commands(db: str) -> list[Command]:
    """Give the command lines in the order in which a round runs them."""
    with closing(sqlite3.connect(db)) as connection:
        (ref,) = connection.execute("SELECT ref FROM agreement ORDER BY ref_year, ref_number").fetchone()
    country = ("--country", "Norway")
    may = ("--month", "May")
    return [
        Command("floor list", script("floor.py", "--db", db, "list", "--country", "NO"), "floor list"),
        Command("mou list -f tsv", mou("--db", db, "list", *country, "-f", "tsv"), "floor list"),
        Command("mou list -f json", mou("--db", db, "list", *country, "-f", "json"), "floor list"),
        Command("mou list -f table", mou("--db", db, "list", *country, "-f", "table"), "floor list"),
        Command("floor show", script("floor.py", "--db", db, "show", ref), "floor show"),
        Command("mou show", mou("--db", db, "show", ref), "floor show"),
        Command("mou show, a page", mou("--db", db, "show", ref, "-f", "table"), "floor show"),
        Command("floor due", script("floor.py", "--db", db, "due", *may), "floor due"),
        Command("mou plan due", mou("--db", db, "plan", "due", *may), "floor due"),
        Command("mou due", mou("--db", db, "due"), "floor due"),
        Command("floor --help", script("floor.py", "--help"), "floor --help"),
        Command("mou --help", mou("--help"), "floor --help"),
        Command("complete --country", completing(db, "list", "--country", "N"), "floor list"),
        Command("complete --partner", completing(db, "list", "--partner", "xez"), "floor list"),
        Command("complete --status", completing(db, "list", "--status", "a"), "floor list"),
        Command("complete a command", completing(db, "li"), "floor list"),
        Command("mou, the overview", mou("--db", db, "-f", "table"), "floor list"),
        Command("mou stats, a table", mou("--db", db, "stats", "--by", "country", "-f", "table"), "floor list"),
    ]


def completing(db: str, *words: str) -> tuple[str, ...]:
    """Give the command line by which a shell asks for what could stand in place of the last word."""
    return mou("completion", "zsh", "--", "mou", "--db", db, *words)


def report(listed: list[Command], rounds: int) -> str:
    """Measure the commands and give the table."""
    lines = [
        "| command | ms | cpu ms | × floor | × floor, cpu | target |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, found in measure(listed, rounds, warm_up=2).items():
        run = middle(found.runs)
        target = f"≤ {TARGETS[name]}" if name in TARGETS else ""
        lines.append(
            f"| {name} | {run.wall * 1000:.0f} | {run.cpu * 1000:.0f}"
            f" | {median(found.ratios):.2f} | {median(found.cpu_ratios):.2f} | {target} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
