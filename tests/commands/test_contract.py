"""Simple mechanisms held by tests: every command loads, has help and stands in the README; the code keeps its sizes."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from mou_cli.main import COMMANDS
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Mou

SOURCES = sorted((ROOT / "mou_cli").rglob("*.py"))
FORMER = {"utils", "common", "helpers"}


def commands() -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    """Give every command and group by what is typed to call it."""
    for name, (module, _summary) in COMMANDS.items():
        yield from below(name, get_command(import_module(f"mou_cli.commands.{module}").app))  # type: ignore[arg-type]  # as below


def below(name: str, command: TyperCommand | TyperGroup) -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    yield name, command
    if isinstance(command, TyperGroup):
        for part, inner in command.commands.items():
            yield from below(f"{name} {part}", inner)  # type: ignore[arg-type]  # Typer's own are all of these two


EVERY = dict(commands())
# Every command there is; none ever goes.
ALL = """
list, show, add, edit, remove, sign, renew, amend, terminate, notice, supersede, review, history
partner, partner list, partner show, partner add, partner edit, partner remove, partner merge
event, event list, event show, event add, event edit, event remove
plan, plan list, plan show, plan due, plan done, plan close, plan add, plan edit, plan remove, plan task,
plan task show, plan task add, plan task edit, plan task remove
due
doc, doc list, doc add, doc verify, doc open, doc remove, doc prune
search, stats, check, import, export, log, undo, redo, backup, restore
db, db check, db status, db upgrade, db copy, db roles
config, config list, config get, config set, config unset, config path
completion
"""


@pytest.mark.once_on_server("commands, which need no register for this")
@pytest.mark.parametrize("name", EVERY)
def test_every_command_has_help(seeded: Mou, name: str) -> None:
    answer = seeded(*name.split(), "--help")
    assert answer.lines[0].startswith(f"Usage: mou {name} ")
    assert answer.err == ""
    assert (EVERY[name].help or EVERY[name].short_help or COMMANDS.get(name, ("", ""))[1]).endswith((".", "…"))
    for option in ("--db", "--as-of", "--actor", "--lang", "--format", "--no-pager", "--help"):
        assert f"{option} " in answer.out or f"{option}\n" in answer.out
    assert seeded(*name.split(), "-h") == answer


@pytest.mark.parametrize("name", ["", *(name for name, command in EVERY.items() if isinstance(command, TyperGroup))])
def test_summaries_of_commands_fit_a_line(seeded: Mou, name: str) -> None:
    assert not [line for line in seeded(*name.split(), "--help").lines if line.endswith("...") and "ARGS" not in line]


@pytest.mark.parametrize("name", EVERY)
def test_what_is_to_be_said_stands_in_capitals(seeded: Mou, name: str) -> None:
    usage, *lines = seeded(*name.split(), "--help").lines
    places = usage.removeprefix(f"Usage: mou {name} ")
    assert places == places.upper()
    assert "{" not in usage
    assert not [line for line in lines if "<str>" in line]


def test_help_is_as_narrow_as_the_terminal(seeded: Mou) -> None:
    narrow = seeded("plan", "--help", env={"COLUMNS": "40"}).lines
    assert max(map(len, narrow)) <= 40
    assert "  Plans and their tasks: what is due," in narrow
    assert max(map(len, seeded("list", "--help", env={"COLUMNS": "200"}).lines)) <= 80


@pytest.mark.parametrize("name", EVERY)
def test_every_option_has_help(name: str) -> None:
    for parameter in EVERY[name].params:
        if parameter.param_type_name == "option":
            assert getattr(parameter, "help", None), (name, parameter.opts)


@pytest.mark.parametrize("name", [name for name, command in EVERY.items() if not isinstance(command, TyperGroup)])
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"mou {name}" in (ROOT / "README.md").read_text("utf-8")


def test_the_commands_are_those_of_the_table(seeded: Mou) -> None:
    listed = seeded("--help").out
    for name, (_module, summary) in COMMANDS.items():
        assert f"  {name} " in listed
        assert summary in " ".join(listed.split())
    assert list(EVERY) == re.split(r",?\n|, ", ALL.strip())


def test_a_bare_call_shows_the_help(seeded: Mou) -> None:
    answer = seeded.call()
    assert (answer.out + answer.err).startswith("Usage: mou ")


def test_the_version_is_told(seeded: Mou) -> None:
    assert seeded("--version").out.startswith("mou 0.")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_300_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


def _functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def test_functions_are_short() -> None:
    lengths = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node in _functions()}
    assert {name: length for name, length in lengths.items() if length > 60} == {}
    assert sum(length < 35 for length in lengths.values()) >= 0.95 * len(lengths)


def test_everything_is_annotated() -> None:
    bare = []
    for name, node in _functions():
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
        unsaid = [a.arg for a in arguments if a and a.annotation is None and a.arg not in {"self", "cls"}]
        if node.returns is None or unsaid:
            bare.append((name, unsaid))
    assert bare == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_is_named_in_the_fields_words(path: Path) -> None:
    module = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(module)
    assert path.stem not in FORMER
