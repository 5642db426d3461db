"""The list of faults is whole, and what it names exists and is carried out."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import ROOT
from tests.faults.breakages import BREAKAGES

TESTS = ROOT / "tests"
README = (TESTS / "faults/README.md").read_text("utf-8")
ROW = re.compile(r"^\| (F\d+) \| (.+?) \| (.+?) \| ((?:`[\w/.]+::\w+` ?)+)\|$", re.MULTILINE)
LIST = {row[0]: row[3].replace("`", "").split() for row in ROW.findall(README)}
LAST = 44
ONLY_AS_ROOT = re.compile(r"^\| `(\S+)` \| .+? \|$", re.MULTILINE)


def test_every_fault_is_listed_once_and_in_order() -> None:
    numbers = re.findall(r"^\| (F\d+) ", README, re.MULTILINE)
    assert numbers[:LAST] == [f"F{number}" for number in range(1, LAST + 1)]
    assert [number for number in numbers if number not in LIST] == []


def test_what_only_root_can_try_is_listed() -> None:
    found = []
    for path in sorted((TESTS / "faults").glob("test_*.py")):
        functions = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
        left_out = [node for node in functions if "ONLY_ROOT" in map(ast.unparse, node.decorator_list)]
        found += [f"faults/{path.name}::{node.name}" for node in left_out]
    assert found == ONLY_AS_ROOT.findall(README)


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
