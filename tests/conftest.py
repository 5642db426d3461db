"""What the tests stand on: the command line, in this process or as one of its own, over real registers.

A test that asks for a register gets it in a file and, in the rooms of `ON_BOTH`, once more on a PostgreSQL server: the
program is to do and to say the same. What only a file has is marked `file_only`, with the reason; where a server can
make no difference between the cases of a test, it is marked `once_on_server`, with what they differ in, and if there
is one the parameter of which each value is to be tried there.

With CI_CASES=first, of every test only its first case is tried.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.inside import POSTGRESQL, SQLITE
from tests.loaded import is_at_home, run
from tests.memory import MEMORY
from tests.program import ROOT, TODAY, Answer, Mou

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ROOT", "TODAY", "Answer", "Mou"]
pytest_plugins = ("tests.postgresql", "tests.stock")

# The same examples every time, however slow the machine: a run that failed fails again.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

if MEMORY is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# The rooms whose tests go through the command line, and say what is done to a register and what is told of it.
ON_BOTH = {"asking", "checks", "commands", "faults", "output"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "file_only(why): not tried on a server, because …")
    config.addinivalue_line(
        "markers", "once_on_server(what, each=None): on a server its first case, or that of each …: others differ in …"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have every test that uses a register run on both databases, but for what only a file has.

    One that asks for a server itself says what is where.
    """
    if {"kept_in", "server", "cluster"} & set(metafunc.fixturenames) == {"kept_in"} and _room(
        metafunc.definition.path
    ) in ON_BOTH:
        marker = metafunc.definition.get_closest_marker("file_only")
        assert marker is None or marker.args, "file_only needs its reason"
        if marker is None:
            metafunc.parametrize("kept_in", [SQLITE, POSTGRESQL], indirect=True, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the cases that would show the same as those before them."""
    is_first = os.environ.get("CI_CASES") == "first"
    kept = {_case(item, is_first=is_first): item for item in reversed(items)}
    left = set(kept.values())
    config.hook.pytest_deselected(items=[item for item in items if item not in left])
    items[:] = [item for item in items if item in left]


def _case(item: pytest.Item, *, is_first: bool) -> tuple[str, object]:
    """Give what a case of a test has in common with those that show the same: its test, and what they are one of."""
    test = item.nodeid.partition("[")[0]
    if is_first:
        return test, None
    marker = item.get_closest_marker("once_on_server")
    assert marker is None or marker.args, "once_on_server needs what the cases differ in"
    if marker and isinstance(item, pytest.Function) and item.callspec.params["kept_in"] == POSTGRESQL:
        each = marker.kwargs.get("each")
        return test, item.callspec.params[each] if each else None
    return test, item.nodeid


def _room(path: Path) -> str:
    return path.relative_to(ROOT / "tests").parts[0]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded and collected stays: to walk it again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(70_000)


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
        environment |= env or {}
        words = [word for word in arguments if isinstance(word, str)]
        if not command and not named and words == [*arguments] and is_at_home(environment):
            return run(words, environment)
        program = [sys.executable, "-c", "from mou_cli.__main__ import main; main()"]
        return subprocess.run(
            [*command, *program, *arguments],
            env=environment,
            capture_output=named.pop("capture_output", True),
            timeout=60,
            check=False,
            **named,
        )

    return run_process
