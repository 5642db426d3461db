"""Conversations with the program on a real terminal."""

from __future__ import annotations

import os
import re
import termios
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from tests.terminal import open_program, see_the_end

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Mou
    from tests.stock import Registers

REGISTER = """\
format: mou/1
home: [adu]
institutions:
  - {key: adu, name: Advent University, country: AZ, type: university}
  - {key: uit, name: University of Tromsø, country: NO, type: university, names: [{text: UiT, kind: acronym}]}
  - {key: uib, name: University of Bergen, country: NO, type: university}
  - {key: khazar, name: Khazar University, country: AZ, type: university, names: [Xəzər Universiteti]}
agreements:
  - {key: old, ref: 2024-001, type: exchange, stage: signed,
     parties: [adu, {institution: uit, unit: Faculty of Law}], signed: 2021-05-01, starts: signed,
     term: 3y, renewal: tacit, renewal_term: 1y, notice: 3m, areas: [student-exchange, joint-research],
     unit: International Office, tags: [law], title: Old one, place: Oslo}
plans:
  - key: p25
    year: 2025
    owner: adu
    tasks:
      - {number: "5.1", task: Print a booklet, executors: [Press Office], strategy: ["2.3.1"], timing: May}
      - {number: "5.9", task: Print another, timing: June}
"""
# A terminal that can only print shows them in the line of the prompt.
_HINT_AND_DEFAULT = r"(?: \([^\n]*?\))?(?: \[[^\n]*\])?:[ \x1b]"
# What a line that can be edited begins with, before it is drawn.
_PASTING = "\x1b[?2004h"
_STEERING = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[=>])|\r")
Steps = Sequence[tuple[str, str]]


@dataclass
class Talk:
    """A conversation: what the terminal showed, and how the program ended."""

    shown: str
    code: int


class Terminal:
    """Starts the program on a terminal, and answers its questions."""

    def __init__(self, mou: Mou, folder: Path) -> None:
        self.mou = mou
        self.folder = folder

    def start(self, *arguments: str, width: int = 100, env: dict[str, str] | None = None) -> pexpect.spawn[str]:
        environment = self.mou.environment | {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        environment |= {"TERM": "xterm", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
        return open_program(arguments, environment | (env or {}), rows=60, columns=width, folder=self.folder)

    def talk(self, *arguments: str, steps: Steps, width: int = 100, env: dict[str, str] | None = None) -> Talk:
        """Wait for each label in turn and type what goes with it, and see what comes of it."""
        child = self.start(*arguments, width=width, env=env)
        is_edited = (env or {}).get("TERM") != "dumb"
        shown = ""
        for label, typed in steps:
            if is_edited:
                # A line that was given is drawn once more. Only after this stands the next one, ready to be typed in.
                child.expect_exact(_PASTING)
                shown += f"{child.before}{child.after}"
            child.expect(re.escape(label) + _HINT_AND_DEFAULT)
            shown += f"{child.before}{child.after}"
            if is_edited:
                _wait_for_keys(child)
            child.send(f"{typed}\r" if typed[-1:] not in {"\x03", "\x04"} else typed)
        shown += see_the_end(child)
        assert child.exitstatus is not None
        assert "Traceback" not in shown
        return Talk(_STEERING.sub("", shown), child.exitstatus)


def _wait_for_keys(child: pexpect.spawn[str]) -> None:
    """Wait until the terminal gives every key to the program: between two lines one may be a signal."""
    while termios.tcgetattr(child.child_fd)[3] & termios.ICANON:
        if child.expect([pexpect.TIMEOUT, pexpect.EOF], timeout=0.001):
            break


@pytest.fixture
def known(registers: Registers) -> Mou:
    """The command line on a register with a home, three others, an agreement and a plan."""
    return registers.holding("known.yaml", REGISTER)


@pytest.fixture
def rows_of(known: Mou) -> Callable[[str], list[dict[str, Any]]]:
    """Read rows of the register's own tables."""

    def read(sql: str) -> list[dict[str, Any]]:
        return known.rows(sql)

    return read


@pytest.fixture
def terminal(known: Mou, tmp_path: Path) -> Terminal:
    """A terminal at that register."""
    return Terminal(known, tmp_path)
