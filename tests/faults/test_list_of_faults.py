"""The list of faults is whole, and what it names exists and is carried out."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import ROOT
from tests.faults.breakages import BREAKAGES

TESTS = ROOT / "tests"
ROW = re.compile(r"^\| (F\d+) \| (.+?) \| (.+?) \| ((?:`[\w/.]+::\w+` ?)+)\|$", re.MULTILINE)
LIST = {row[0]: row[3].replace("`", "").split() for row in ROW.findall((TESTS / "faults/README.md").read_text("utf-8"))}
LAST = 44


def test_every_fault_is_listed_once_and_in_order() -> None:
    text = (TESTS / "faults/README.md").read_text("utf-8")
    assert re.findall(r"^\| (F\d+) ", text, re.MULTILINE)[:LAST] == [f"F{number}" for number in range(1, LAST + 1)]
    assert [number for number in re.findall(r"^\| (F\d+) ", text, re.MULTILINE) if number not in LIST] == []


@pytest.mark.parametrize("fault", LIST)
def test_what_holds_a_fault_exists(fault: str) -> None:
    for test in LIST[fault]:
        assert_exists(test)


@pytest.mark.parametrize("broken", BREAKAGES)
def test_what_notices_a_breakage_exists(broken: str) -> None:
    for test in BREAKAGES[broken].noticed_by:
        assert_exists(test.removeprefix("tests/").partition("[")[0])


def assert_exists(test: str) -> None:
    file, _, name = test.partition("::")
    assert re.fullmatch(r"test_\w+\.py", file.rpartition("/")[2]), test
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    (found,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    # Here whoever leaves a test out is told of it; elsewhere nobody is.
    assert file.startswith("faults/") or not re.search(r"\bskip|xfail", ast.unparse(found)), test
