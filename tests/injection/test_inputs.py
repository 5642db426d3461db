"""What is said is text and never an order: on the command line, in files, in names of files and at the Tab key."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from typer.core import TyperGroup, TyperOption

from mou_cli.fields.kind import Code
from mou_cli.fields.nouns import SHAPES
from tests.commands.offered import in_bash, offered
from tests.commands.test_contract import EVERY
from tests.conftest import Answer, Mou
from tests.fuzz.conftest import WHOLE
from tests.injection.conftest import holding, record
from tests.injection.corpus import ADDRESSES, HTML, KEPT, SHELL, SQL, STEERING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgresql import Both

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufdd0\ufffe]")
# They write, or look at what is beside the register; what they are given is tried elsewhere.
CHANGING = re.compile(
    r"(.* )?(add|edit|remove|merge|done|close|import|export|undo|redo|backup|restore|open|prune|set|unset|sign|renew"
    r"|amend|terminate|notice|supersede|review|upgrade|completion)|config .*|db .*"
)
APART = {"--format", "--db", "--output", "--expect", "--as-of", "--actor", "--lang"}
ANSWERED = {0, 2, 3, 4, 5}
RECORDERS = {
    "add": ("add", "--home", "adu", "--partner", "Quite New", "--new"),
    "edit": ("edit", "whole"),
    "partner add": ("partner", "add", "New", "--new"),
    "partner edit": ("partner", "edit", "uit"),
    "event add": ("event", "add", "Visit"),
    "event edit": ("event", "edit", "fair"),
    "plan add": ("plan", "add", "new", "--year", "2027", "--owner", "adu"),
    "plan edit": ("plan", "edit", "office-2026"),
    "plan task add": ("plan", "task", "add", "9", "--plan", "office-2026", "--task", "x"),
    "plan task edit": ("plan", "task", "edit", "office-2026/1"),
    "doc add": ("doc", "add", "whole", "https://example.org/x"),
    "terminate": ("terminate", "whole", "--on", "2026-01-01"),
    "check": ("check", "--accept", "vacant:frame"),
}
# What is said without an option counts.
NAMED = {"partner add": {"--name"}, "event add": {"--name"}}


def questions() -> list[tuple[str, str]]:
    """Give every option with a value of every command that only reads."""
    return [
        (name, parameter.opts[0])
        for name, command in EVERY.items()
        if not isinstance(command, TyperGroup) and not CHANGING.fullmatch(name)
        for parameter in command.params
        if isinstance(parameter, TyperOption) and not parameter.is_flag and parameter.opts[0] not in APART
    ]


@pytest.fixture(scope="session")
def two(both: Both, tmp_path_factory: pytest.TempPathFactory) -> tuple[Mou, dict[str, str]]:
    """The same register in a file and, with the environment given, on a server."""
    documents = tmp_path_factory.mktemp("documents")
    assert both.sqlite.path is not None
    return Mou(both.sqlite.path), {"MOU_DB": both.postgresql.url or "", "MOU_DOCUMENTS": str(documents)}


def asked(mou: Mou, name: str, *said: str, env: dict[str, str] | None = None) -> Answer:
    needed = {"show": "whole", "history": "whole", "partner show": "oslo", "event show": "fair", "plan show": "now"}
    needed |= {"plan task show": "1", "search": "x"}
    answer = mou.call(*name.split(), *([needed[name]] if name in needed else []), *said, env=env)
    assert answer.code in ANSWERED, answer
    return answer


@pytest.mark.parametrize("number", range(4))
def test_what_is_asked_for_is_text_to_both_databases(two: tuple[Mou, dict[str, str]], number: int) -> None:
    mou, server = two
    before = mou.db.read_bytes()
    for n, (name, option) in enumerate(questions()[number::4]):
        plain = asked(mou, name)
        for place in range(n, n + 12, 3):
            text = SQL[place % len(SQL)]
            here = asked(mou, name, f"{option}={text}")
            # Nothing is found, or it is refused; only what narrows nothing may be answered as if it was not said.
            assert here.out.count("\n") <= max(1, plain.out.count("\n")), (name, option, text)
            if place < n + 6 and name != "log":  # whose entries, and who wrote them, are of their own
                there = asked(mou, name, f"{option}={text}", env=server)
                assert (here.code, here.out) == (there.code, there.out), (name, option, text)
    assert mou.db.read_bytes() == before


@pytest.mark.parametrize("name", RECORDERS)
def test_what_steers_a_terminal_is_recorded_by_no_option(tmp_path: Path, hostile_free: Path, name: str) -> None:
    mou = Mou(tmp_path / "register.db")
    shutil.copy(hostile_free, mou.db)
    before = mou.db.read_bytes()
    options = [p for p in EVERY[name].params if isinstance(p, TyperOption) and not p.is_flag]
    said = [p.opts[0] for p in options if p.opts[0] not in {*APART, "--from", "--based-on"} | NAMED.get(name, set())]
    given = [text for text in STEERING if "\x00" not in text]  # no process can be given that
    for n, option in enumerate(said):
        # Alone and among letters in turn: most options are those of several commands.
        text = ("{}", "a{}b")[n % 2].format(given[n % len(given)])
        answer = mou.call(*RECORDERS[name], f"{option}={text}")
        assert answer.code in {2, 4, 5}, (option, text, answer)
        assert OBEYED.search(answer.out + answer.err) is None, (option, text)
        assert mou.db.read_bytes() == before


@pytest.fixture(scope="session")
def hostile_free(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small register with something of everything, to copy."""
    mou = Mou(tmp_path_factory.mktemp("plain") / "register.db")
    mou("import", str(WHOLE))
    return mou.db


@pytest.mark.parametrize("text", STEERING)
def test_what_steers_a_terminal_is_imported_into_no_field(tmp_path: Path, text: str) -> None:
    mou = Mou(tmp_path / "register.db")
    needed: dict[str, dict[str, Any]] = {"institution": {"key": "a", "name": "A"}, "event": {"key": "e", "name": "E"}}
    needed |= {"agreement": {"key": "g", "parties": ["a", "b"]}, "plan": {"key": "p", "year": 2025, "owner": "a"}}
    content: dict[str, Any] = {"format": "mou/1", "institutions": [{"key": "b", "name": "B"}]}
    wanted = 0
    for noun, fields in needed.items():
        shape = SHAPES[noun]
        for f in shape.fields:
            if f.written and f.name not in fields and (held := holding(f.kind, f"x{text}y", {})) is not None:
                fields[f.name] = held
                wanted += 1
        content.setdefault(shape.section, []).append(fields)
    answer = mou.fails(3, "import", write(tmp_path, content))
    assert answer.err.count("which cannot be stored") + answer.err.count("is not a") >= wanted
    assert OBEYED.search(answer.err) is None
    assert not mou.db.exists()


def write(folder: Path, content: object) -> str:
    file = folder / "seed.json"
    file.write_text(json.dumps(content), "utf-8")
    return str(file)


@pytest.mark.parametrize("text", [*SHELL, *ADDRESSES, *SQL[:4], *HTML[:2]])
def test_a_register_and_a_file_may_be_called_anything(tmp_path: Path, text: str) -> None:
    name = text.replace("/", "_")
    mou, file = Mou(tmp_path / f"{name}.db"), tmp_path / f"{name}.csv"
    mou("import", str(WHOLE))
    mou("edit", "whole", "--note", "x")
    mou("list", "-o", str(file))
    paper = tmp_path / name
    paper.write_text("x", "utf-8")
    mou("doc", "add", "whole", "--kind", "annex", "--", str(paper))
    assert name in [row["file"] for row in mou.json("doc", "list", "whole")]
    mou("doc", "open", "whole", "-o", str(tmp_path / "out"), "--", name)
    assert (tmp_path / "out").read_text("utf-8") == "x"
    mou("backup", str(tmp_path / f"{name}.backup"))
    entries = {path.name for path in tmp_path.iterdir()}
    made = {f"{name}{end}" for end in (".db", ".csv", "", ".backup", ".backup.documents", ".db.documents")}
    assert entries - {"config"} == made | {"out"}


def test_bash_takes_all_that_is_offered_for_words(hostile: Mou, tmp_path: Path) -> None:
    # A name that several have is offered by its key.
    names = {name for row in hostile.json("partner", "list") for name in (row["name"], row["key"])}
    found = set()
    for begun in ("", "x", "t", "1", "a", "'", "=", "<"):
        lines = in_bash(hostile, f"mou list --partner {begun}", begun)
        command = ["bash", "-c", "printf '%s\\0' " + " ".join(lines[1:])]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
        found |= set(done.stdout.split("\0"))
    assert len(found) > 100
    assert found - names <= {""}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_are_offered_a_line_for_each(hostile: Mou, shell: str) -> None:
    for words in (("list", "--partner", ""), ("list", "--unit", ""), ("show", ""), ("plan", "due", "--executor", "")):
        told = offered(hostile, *words, asks=shell)
        assert len(told.texts) > 5
        assert all(OBEYED.search(text + line) is None for text, line in told.told.items())


def test_nothing_is_planted_where_a_code_is_expected() -> None:
    for shape in SHAPES.values():
        assert not {f.name for f in shape.fields if isinstance(f.kind, Code)} & set(record(shape, KEPT[0]))
