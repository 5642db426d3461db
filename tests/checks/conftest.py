"""Registers with something wrong in them, and what is found there."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Mou

COMMANDS = {
    "show",
    "edit",
    "renew",
    "add",
    "merge",
    "done",
    "close",
    "check",
    "partner",
    "event",
    "plan",
    "task",
    "doc",
    "verify",
    "log",
    "sign",
}
Found = Callable[..., list[str]]
Spoil = Callable[..., None]
PARTIES = """\
format: mou/1
home: [adu]
institutions:
  - {key: adu, name: Advent University, country: AZ, type: university}
  - {key: uit, name: University of Tromsø, country: NO, type: university}
  - {key: uio, name: University of Oslo, country: NO, type: university}
"""


def is_command(mou: Mou, line: str) -> None:
    """Fail unless a line begins with a command of the program, and has only options that it takes."""
    program, *words = line.split()
    assert program == "mou"
    path = list(takewhile(COMMANDS.__contains__, words))
    known = mou(*path, "--help").out
    assert path
    assert [word for word in words if word.startswith("--") and f"{word} " not in known] == []


@pytest.fixture
def found(empty: Mou, write: Callable[[str, str], str]) -> Found:
    """Give what the check of a code finds once some YAML is imported beside one home and two partners."""
    empty("import", write("parties.yaml", PARTIES))

    def find(code: str, yaml: str = "", *options: str) -> list[str]:
        if yaml:
            empty("import", write("more.yaml", f"format: mou/1\n{yaml}"))
        answer = empty.call("check", code, *options, "-f", "json")
        assert answer.code in {0, 3}, answer.err
        rows = answer.json
        assert {row["code"] for row in rows} <= {code}
        for row in rows:
            is_command(empty, row["do"])
        assert answer.code == (3 if any(row["severity"] == "error" for row in rows) else 0)
        return [row["id"] for row in rows]

    return find


@pytest.fixture
def spoil(empty: Mou) -> Spoil:
    """Change a register as no command would."""

    return empty.spoil
