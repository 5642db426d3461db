"""The README and that of the format are true: what they show is run, what they list is compared with the program."""

from __future__ import annotations

import csv
import io
import os
import re
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from typer.main import get_command

from mou_cli.checks.every import every_check
from mou_cli.commands.option import GLOBALS
from mou_cli.errors import MouError
from mou_cli.fields.collection import Group, Items, Links, Strings, Values
from mou_cli.fields.kind import Code
from mou_cli.fields.nouns import SHAPES
from mou_cli.main import CLOSED_PIPE, COMMANDS, INTERRUPTED, run
from mou_cli.output import overview
from mou_cli.output.file import _FORMS as ENDINGS
from mou_cli.output.form import Form
from mou_cli.output.nouns import KEYS
from mou_cli.settings import SETTINGS
from mou_cli.views.agreement import DETAILS
from mou_cli.views.whole import ADDED
from mou_cli.vocabulary import AGREEMENT_TYPES, FINDINGS, PARTNER_TYPES, STATUSES, TIMING_KINDS, CodeList
from tests.conftest import ROOT, TODAY, Mou

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mou_cli.fields.kind import Kind
    from mou_cli.fields.shape import Field

README = (ROOT / "README.md").read_text("utf-8")
FORMAT = (ROOT / "seeds" / "README.md").read_text("utf-8")
LEFT_OUT = "…"
START = (
    (
        "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/mou --db demo.db import seeds/"
        " && .venv/bin/mou --db demo.db list --country Norway"
    ),
    "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest -q -n auto",
)


class Step(NamedTuple):
    """A command of a console block, and what the README says that it prints."""

    command: str
    shown: str


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def steps(block: str) -> Iterator[Step]:
    assert block.startswith("$ "), block
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = part.replace("\\\n", "").partition("\n")
        yield Step(command, shown)


def pattern(shown: str) -> str:
    """Give the regular expression of an output, in which a line `…` stands for one line or more."""
    lines = shown.splitlines(keepends=True)
    return "".join("(?:.*\n)+?" if line.strip() == LEFT_OUT else re.escape(line) for line in lines)


def type_line(command: str) -> str:
    """Run a command as a terminal shows it: messages and data together."""
    program, *arguments = shlex.split(command)
    assert program == "mou", command
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True)
    with redirect_stdout(stream), redirect_stderr(stream):
        run(arguments)
    buffer = stream.detach()
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode().replace("\r\n", "\n")


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with seeds/ and examples/, and the environment that the README asks for."""
    for name in ("seeds", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in [name for name in os.environ if name.startswith(("MOU_", "XDG_"))]:
        monkeypatch.delenv(name)
    said = re.findall(r"^export (.+)$", README, re.MULTILINE)
    assert len(said) == 1
    for name, _, value in (word.partition("=") for word in shlex.split(said[0])):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_program_prints_what_the_readme_shows(away: Path) -> None:
    done = 0
    for step in (step for block in blocks("console") for step in steps(block)):
        printed = type_line(step.command)
        if not re.fullmatch(pattern(step.shown), printed):
            assert printed == step.shown, step.command
        done += 1
    assert done > 20
    assert (away / "register.xlsx").stat().st_size > 0


def test_every_console_block_holds_commands_of_mou() -> None:
    commands = [step.command for block in blocks("console") for step in steps(block)]
    assert [command for command in commands if not command.startswith("mou ")] == []


def test_what_is_written_of_the_format_can_be_imported(away: Path) -> None:
    type_line("mou import examples/tacit-renewal.yaml")
    written = blocks("yaml", FORMAT)
    assert len(written) == 2
    for number, text in enumerate(written):
        (away / f"{number}.yaml").write_text(text, "utf-8")
        assert type_line(f"mou import {number}.yaml").startswith(("added: ", "changed: "))


def test_the_two_commands_to_start_with_stand_alone() -> None:
    start = section("Start")
    assert tuple(re.findall(r"^    (.+)$", start, re.MULTILINE)) == START


def section(title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}$\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def table(heading: str, text: str = README) -> list[list[str]]:
    """Give the cells of the first table below a line that begins with the heading."""
    _, _, below = text.partition(f"\n{heading}")
    assert below, heading
    lines = re.search(r"^\|.*\n\|[-| ]+\|\n((?:\|.*\n)+)", below, re.MULTILINE)
    assert lines, heading
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[1].splitlines()]


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def commands() -> Iterator[tuple[str, set[str]]]:
    """Give every command with the options that are its own."""
    shared = {flag for option in GLOBALS for flag in option.flags} | {"--help"}

    def walk(name: str, command: Any) -> Iterator[tuple[str, set[str]]]:
        if hasattr(command, "commands"):
            for each, sub in command.commands.items():
                yield from walk(f"{name} {each}", sub)
            return
        options = [p for p in command.params if p.param_type_name == "option"]
        yield name, {flag for option in options for flag in (*option.opts, *option.secondary_opts)} - shared

    for name, (module, _summary) in COMMANDS.items():
        yield from walk(f"mou {name}", get_command(import_module(f"mou_cli.commands.{module}").app))


def test_every_command_stands_in_the_readme_with_its_options() -> None:
    written: dict[str, set[str]] = {}
    for usage, _meaning, options in table("### The commands"):
        name = re.match(r"`(mou [a-z ]+[a-z])", usage)
        assert name, usage
        said, _, without = options.partition(" without ")
        copied = {flag for word in codes(said) if word.startswith("mou ") for flag in written[word]}
        written[name[1]] = (copied | {word for word in codes(said) if word.startswith("-")}) - set(codes(without))
    assert written == dict(commands())


def test_the_options_of_every_command_stand_in_the_readme() -> None:
    said = {flag for cells in table("These options") for flag in codes(cells[0])}
    assert said == {flag for option in GLOBALS for flag in option.flags} | {"--help", "-h"}


def written_fields(fields: Iterable[Field]) -> dict[str, Kind]:
    return {f.name: f.kind for f in fields if f.written}


@pytest.mark.parametrize("noun", SHAPES)
def test_every_field_is_told_of(noun: str) -> None:
    fields = written_fields(SHAPES[noun].fields)
    rows = {name: cells[1] for cells in table(f"## {noun.capitalize()}", FORMAT) for name in codes(cells[0])}
    own = [name for name in rows if not (noun == "plan" and name == "tasks")]
    assert own == list(fields)
    for name, kind in fields.items():
        if isinstance(kind, (Items, Group)):
            inner = [f.name for f in kind.fields]
            assert [word for word in codes(rows[name]) if word in inner] == inner, name
    required = {f.name for f in SHAPES[noun].fields if f.required and f.written}
    assert {name for name, cell in rows.items() if "required" in cell} == required


def code_lists(kind: Kind) -> Iterator[CodeList]:
    if isinstance(kind, Code):
        yield kind.codes
    elif isinstance(kind, (Items, Group)):
        for inner in kind.fields:
            yield from code_lists(inner.kind)
    elif isinstance(kind, (Strings, Values)):
        yield from code_lists(kind.item)
    elif isinstance(kind, Links):
        yield kind.kind.codes


def test_every_code_is_told_of() -> None:
    lists = {each.name: each for shape in SHAPES.values() for f in shape.fields for each in code_lists(f.kind)}
    lists |= {each.name: each for each in (STATUSES, TIMING_KINDS)}
    assert PARTNER_TYPES.name in lists
    said = {cells[0]: tuple(codes(cells[1])) for cells in table("## Codes", FORMAT)}
    assert said == {name: tuple(str(code) for code in each.codes) for name, each in lists.items()}


def test_every_exit_code_stands_in_the_readme() -> None:
    kinds: list[type[MouError]] = [MouError, *MouError.__subclasses__()]
    raised = {kind.exit_code for kind in kinds}
    said = {int(codes(cells[0])[0]) for cells in table("### Exit codes")}
    assert said == raised | {0, INTERRUPTED, CLOSED_PIPE}


def test_every_setting_stands_in_the_readme() -> None:
    said = {codes(cells[1])[0]: codes(cells[0])[0] for cells in table("### Settings")}
    own = {setting.name: setting.variable for setting in SETTINGS.values() if not setting.usual}
    # One line stands for all types of agreements.
    assert said == own | {"lead.TYPE": "MOU_LEAD_TYPE"}
    assert {name for name, setting in SETTINGS.items() if setting.usual} == {f"lead.{t}" for t in AGREEMENT_TYPES.codes}


def test_every_key_of_a_row_stands_in_the_readme() -> None:
    said = {cells[0]: tuple(codes(cells[1])) for cells in table("### Rows")}
    groups = {"agreement": "", "institution": "partner ", "task": "plan task "}
    added = {f"`mou {groups.get(noun, f'{noun} ')}show` adds": keys for noun, keys in ADDED.items()}
    added["`mou show` adds"] = (*DETAILS, *ADDED["agreement"])
    assert said == KEYS | added | {"`mou` alone": overview.KEYS}


def test_every_form_stands_in_the_readme() -> None:
    contract = section("For programs")
    assert [cells[0] for cells in table("### Forms", contract)] == [f"`{form}`" for form in Form]
    assert set(re.findall(r"`(\.[a-z]+)`", contract)) == set(ENDINGS)


def test_every_finding_stands_in_the_readme() -> None:
    told = table("## What is wrong with the records")
    checks = every_check(lambda _digest, _size: "sound", ()).values()
    assert told == [[f"`{check.code}`", check.severity, FINDINGS.label(check.code)] for check in checks]


def test_every_room_stands_in_the_readme() -> None:
    package = ROOT / "mou_cli"
    rooms = {each.name + "/" for each in package.iterdir() if each.is_dir() and not each.name.startswith("_")}
    files = {each.name for each in package.glob("*.py") if each.name != "__init__.py"}
    said = {word for cells in table("### The rooms") for word in codes(cells[0])}
    assert said == rooms | files


def test_the_reckoning_is_as_the_readme_tells(away: Path) -> None:
    rows = table("### Reckoned")
    assert len(rows) > 10
    for number, (facts, on, *expected) in enumerate(rows):
        mou = Mou(away / f"{number}.db", TODAY)
        said = shlex.split(codes(facts)[0])
        mou("add", "--home", "Home", "--new", "--partner", "Partner", "--country", "Norway", *said)
        answer = mou("list", "--as-of", on, "-f", "csv", "--columns", "status,ends,notice_by")
        _header, found = csv.reader(answer.lines)
        assert found == expected, facts


def test_the_readme_is_no_longer_than_can_be_read() -> None:
    assert len(README.splitlines()) < 1110
