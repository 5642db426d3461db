"""The program as a person calls it: a command line in this process, on one register."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from typer.main import get_command

from mou_cli import main
from mou_cli.store.location import Location
from mou_cli.store.opening import is_register
from tests import inside

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

ROOT = Path(__file__).parent.parent
TODAY = "2025-05-10"
# A process makes its command and all options of it once; this one calls hundreds.
_made = cache(get_command)


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
    """Calls the program in this process, as a command line on one register: a file, or on a server."""

    def __init__(self, place: Path | Location, today: str = TODAY, *, folder: Path | None = None) -> None:
        """Have the register at a place; `folder` is where everything lies that a file has beside it."""
        self.location = Location(path=place) if isinstance(place, Path) else place
        self.folder = folder or self.db.absolute().parent
        self.today = today

    @property
    def db(self) -> Path:
        """The register's file; whoever asks for it is for files only."""
        assert self.location.path is not None, "a register on a server has no file: say `file_only`, or what is meant"
        return self.location.path

    @property
    def address(self) -> str:
        """What --db takes."""
        return str(self.location.path or self.location.url)

    @property
    def documents(self) -> Path:
        """The folder of the documents' contents."""
        return Path(f"{self.location.path or self.folder / inside.name(self.location)}.documents")

    @property
    def config(self) -> Path:
        """The config file: one of its own beside the register, not that of whoever runs the tests."""
        return self.folder / "config" / "mou" / "config.toml"

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs that is to work on this register."""
        said = {"MOU_DB": self.address, "MOU_TODAY": self.today, "MOU_ACTOR": "tester", "MOU_TIMEOUT": "5"}
        said |= {"XDG_CONFIG_HOME": str(self.config.parent.parent)}
        # Where backups of a register on a server are kept.
        said |= {"XDG_DATA_HOME": str(self.folder.absolute() / "data")}
        return said if self.location.path else said | {"MOU_DOCUMENTS": str(self.documents)}

    @property
    def exists(self) -> bool:
        """Say whether there is a register."""
        return is_register(self.location, 10)

    def content(self) -> object:
        """Give all that the register holds: not even what was written anew as it was is equal."""
        return inside.content(self.location)

    def rows(self, sql: str, **parameters: object) -> list[dict[str, Any]]:
        """Read rows of the register's own tables; parameters stand in the SQL as `:name`."""
        return inside.rows(self.location, sql, parameters)

    def spoil(self, *statements: str, **parameters: object) -> None:
        """Change the register as no command would: neither guards nor mentions stand in the way."""
        inside.spoil(self.location, statements, parameters)

    def locked(self) -> AbstractContextManager[None]:
        """Be another program that is changing the register, for the time of the `with`."""
        return inside.locked(self.location)

    def call(self, *arguments: str, input: bytes | str = b"", env: dict[str, str] | None = None) -> Answer:  # noqa: A002
        """Run a command line, whatever comes of it."""
        data = input.encode() if isinstance(input, str) else input
        out, err = _stream(), _stream()
        environment = self.environment | {"LC_ALL": "C.UTF-8", "MOU_LANG": ""}
        stdin = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
        with (
            patch.dict(os.environ, environment | (env or {})),
            patch.object(sys, "stdin", stdin),
            patch.object(main, "get_command", _made),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = main.run(list(arguments))
        answer = Answer(code, _text(out), _text(err))
        assert "Traceback" not in answer.err, answer.err
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
