"""What people wait for loads nothing heavy: each command in a fresh interpreter, on a register with the seeds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    *(
        "alembic",
        "anyascii",
        "icalendar",
        "openpyxl",
        "prompt_toolkit",
        "pydantic",
        "rapidfuzz",
        "rich",
        "sqlalchemy",
        "sqlmodel",
        "tomlkit",
    ),
    "yaml",
}
# What only a change, or a file that is read, has a use for.
CHANGING = {"mou_cli.formats", "mou_cli.models", "mou_cli.register"}
# Standard output is the program's own, so what was loaded goes into a file.
PROGRAM = """
import json, sys
from mou_cli.main import run
code = run(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    json.dump(sorted({".".join(name.split(".")[:parts]) for name in sys.modules for parts in (1, 2)}), file)
sys.exit(code)
"""
# How often garbage is collected from the first line of the program to the last.
COLLECTING = """
import gc, sys
from mou_cli.__main__ import main
def collections():
    return sum(generation["collections"] for generation in gc.get_stats())
begun = collections()
try:
    main()
except SystemExit as end:
    print(end.code, collections() - begun, gc.get_freeze_count() > 0)
"""
READS = [
    "list",
    "list --country Norway",
    "list --count",
    "list -f json",
    "list -f csv",
    "show khazar-uit",
    "show khazar-uit -f json",
    "plan due --month May",
    "due",
    "due --country Norway -f json",
    "plan list",
    "partner list",
    "partner show khazar",
    "event list",
    "doc list",
    "doc verify",
    "search Oslo",
    "check vacant",
    "stats --by country",
    "log",
    "log khazar-uit",
    "log khazar-uit --blame",
    "log --verify",
    "stats --by country --by status",
    "-f json",
    "db status",
    "completion bash",
    "completion zsh -- mou li",
    "completion zsh -- mou list --co",
    "completion zsh -- mou add --area ex",
    "completion zsh -- mou edit khazar-u",
    "completion zsh -- mou import x",
    "completion zsh -- mou export x",
    "completion zsh -- mou list --country n",
    "completion zsh -- mou list --country nothing",
    "completion zsh -- mou list --partner xez",
    "completion zsh -- mou list --columns par",
    "completion zsh -- mou plan done --plan nothing 5",
    "completion zsh -- mou plan task show 5",
    "completion zsh -- mou doc add 2025",
    "completion fish -- mou event show kaz",
    "completion bash -- 9 x mou",
]


def run_program(register: Path, folder: Path, program: str, *arguments: str) -> str:
    """Give what a program that succeeds printed."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "MOU_DB": str(register), "MOU_TODAY": "2025-05-10"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_fresh(register: Path, folder: Path, *arguments: str) -> tuple[str, set[str]]:
    """Give what a command line that succeeds printed, and what it had loaded in the end.

    That is the packages, and of each the modules and packages directly in it.
    """
    report = folder / "loaded.json"
    printed = run_program(register, folder, PROGRAM, str(report), *arguments)
    return printed, set(json.loads(report.read_text("utf-8")))


@pytest.mark.parametrize("arguments", ["--help", "--version", "list --help", "plan due --help"])
def test_help_and_version_need_no_register_and_nothing_heavy(tmp_path: Path, arguments: str) -> None:
    printed, loaded = run_fresh(tmp_path / "absent.db", tmp_path, *arguments.split())
    assert printed
    assert loaded & (HEAVY | {"sqlite3"} if arguments == "--help" else HEAVY) == set()


@pytest.mark.parametrize("arguments", READS)
def test_what_reads_the_register_loads_nothing_heavy(templates: Path, tmp_path: Path, arguments: str) -> None:
    printed, loaded = run_fresh(templates / "seeds.db", tmp_path, *arguments.split())
    assert printed
    assert loaded & (HEAVY | CHANGING) == set()


@pytest.mark.parametrize("arguments", ["--help", "list --country Norway -f table", "plan due --month May"])
def test_a_short_command_is_over_before_garbage_is_collected(templates: Path, tmp_path: Path, arguments: str) -> None:
    printed = run_program(templates / "seeds.db", tmp_path, COLLECTING, *arguments.split())
    # Nor does the interpreter find anything to look through when it ends.
    assert printed.splitlines()[-1] == "0 0 True"


@pytest.mark.parametrize("arguments", ["list -f table", "plan due --month May -f table", "-f table", "stats -f table"])
def test_a_table_loads_rich_and_nothing_else_heavy(templates: Path, tmp_path: Path, arguments: str) -> None:
    printed, loaded = run_fresh(templates / "seeds.db", tmp_path, *arguments.split())
    assert printed
    # More rows than Rich is let draw are printed without it.
    assert loaded & HEAVY <= {"rich"}


def test_a_small_table_is_drawn_by_rich(templates: Path, tmp_path: Path) -> None:
    _printed, loaded = run_fresh(templates / "seeds.db", tmp_path, "list", "--country", "Norway", "-f", "table")
    assert loaded & HEAVY == {"rich"}


def test_typer_is_older_than_the_one_that_imports_pydantic(templates: Path, tmp_path: Path) -> None:
    release = tuple(int(part) for part in version("typer").split(".")[:2])
    _printed, loaded = run_fresh(templates / "seeds.db", tmp_path, "list")
    advice = (
        "every parameter imports pydantic: keep typer<0.29 in pyproject.toml"
        if "pydantic" in loaded
        else "pydantic is no longer imported: the pin typer<0.29 in pyproject.toml can go, and this test with it"
    )
    assert release < (0, 29), f"typer {version('typer')}: {advice}"
