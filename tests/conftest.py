"""What the tests stand on: the command line, in this process or as one of its own, over real register files."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import settings

from mou_cli.main import run

# The same examples every time, however slow the machine: a run that failed fails again.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

ROOT = Path(__file__).parent.parent
TODAY = "2025-05-10"


@dataclass(frozen=True)
class Answer:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Mou:
    """Calls the program in this process, as a command line on one register."""

    def __init__(self, db: Path, today: str = TODAY) -> None:
        self.db = db
        self.today = today

    @property
    def config(self) -> Path:
        """The config file: one of its own beside the register, not that of whoever runs the tests."""
        return self.db.absolute().parent / "config" / "mou" / "config.toml"

    def call(self, *arguments: str, input: bytes | str = b"", env: dict[str, str] | None = None) -> Answer:  # noqa: A002
        """Run a command line, whatever comes of it."""
        data = input.encode() if isinstance(input, str) else input
        out, err = _stream(), _stream()
        environment = {"MOU_DB": str(self.db), "MOU_TODAY": self.today, "MOU_ACTOR": "tester", "MOU_TIMEOUT": "5"}
        environment |= {"LC_ALL": "C.UTF-8", "MOU_LANG": "", "XDG_CONFIG_HOME": str(self.config.parent.parent)}
        # Where backups of a register on a server are kept.
        environment["XDG_DATA_HOME"] = str(self.config.parent.parent.with_name("data"))
        stdin = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
        with (
            patch.dict(os.environ, environment | (env or {})),
            patch.object(sys, "stdin", stdin),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = run(list(arguments))
        answer = Answer(code, _text(out), _text(err))
        assert "Traceback" not in answer.err
        assert "should not have happened" not in answer.err, answer.err
        return answer

    def __call__(self, *arguments: str, **named: Any) -> Answer:
        """Run a command line that succeeds."""
        answer = self.call(*arguments, **named)
        assert answer.code == 0, answer.err
        return answer

    def fails(self, code: int, *arguments: str, **named: Any) -> Answer:
        """Run a command line that ends with an exit code and prints no data."""
        answer = self.call(*arguments, **named)
        assert answer.code == code, (answer.code, answer.err)
        return answer

    def json(self, *arguments: str, **named: Any) -> Any:
        """Run a command line that succeeds and give its JSON."""
        return self(*arguments, "--format", "json", **named).json


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.detach()
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with registers to copy: making one takes longer than copying it."""
    folder = tmp_path_factory.mktemp("templates")
    mou = Mou(folder / "seeds.db")
    mou("import", str(ROOT / "seeds"))
    nothing = folder / "nothing.yaml"
    nothing.write_text("format: mou/1\n", "utf-8")
    Mou(folder / "empty.db")("import", str(nothing))
    return folder


@pytest.fixture
def empty(templates: Path, tmp_path: Path) -> Mou:
    """The command line on a register that holds nothing."""
    return Mou(Path(shutil.copy(templates / "empty.db", tmp_path / "empty.db")))


@pytest.fixture
def seeds(templates: Path, tmp_path: Path) -> Mou:
    """The command line on a register with the seeds; it may be changed."""
    return Mou(Path(shutil.copy(templates / "seeds.db", tmp_path / "seeds.db")))


@pytest.fixture(scope="session")
def seeded(templates: Path) -> Mou:
    """The command line on the register with the seeds, for reading only: all tests share it."""
    return Mou(templates / "seeds.db")


@pytest.fixture
def absent(tmp_path: Path) -> Mou:
    """The command line on a register that is not there yet."""
    return Mou(tmp_path / "register.db")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], str]:
    """Write a file in the test's folder and give its path."""

    def write_file(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write_file


Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def process(tmp_path: Path) -> Process:
    """Run the program as a process of its own, with a clean environment and the test's folder as home."""

    def run_process(
        *arguments: str | bytes, env: dict[str, str] | None = None, command: Sequence[str] = (), **named: Any
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "MOU_TODAY": TODAY, "MOU_ACTOR": "tester"}
        program = [sys.executable, "-c", "from mou_cli.__main__ import main; main()"]
        return subprocess.run(
            [*command, *program, *arguments],
            env=environment | (env or {}),
            capture_output=named.pop("capture_output", True),
            timeout=60,
            check=False,
            **named,
        )

    return run_process
