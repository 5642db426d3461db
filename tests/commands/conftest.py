"""Registers to try the commands on: one home, two partners, and whatever a test adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.desk import Desk
from tests.commands.papers import PDF

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Mou
    from tests.stock import Registers

    Write = Callable[[str, str | bytes], str]

SMALL = """\
format: mou/1
home: [adu]
institutions:
  - {key: adu, name: Advent University, country: AZ, type: university}
  - {key: uit, name: University of Tromsø, country: NO, type: university, names: [{text: UiT, kind: acronym}]}
  - {key: tsu, name: Tbilisi State University, country: GE, type: university}
"""


@pytest.fixture
def small(registers: Registers) -> Mou:
    """The command line on a register with one home and two partners."""
    return registers.holding("small.yaml", SMALL)


@pytest.fixture
def scan(write: Write) -> str:
    """The path of a document."""
    return write("scan.pdf", PDF)


@pytest.fixture
def desk(small: Mou, tmp_path: Path) -> Desk:
    """A desk with one agreement, 2025-001."""
    small("add", "--partner", "uit", "--area", "joint-research", "--note", "first", "--signed", "2024-05-01")
    return Desk(small, tmp_path)


@pytest.fixture
def seeds_desk(seeds: Mou, tmp_path: Path) -> Desk:
    """A desk with the seeds."""
    return Desk(seeds, tmp_path)
