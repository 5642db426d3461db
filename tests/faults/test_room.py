"""Nowhere to write: the disk is full, a file may not grow, memory is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.conftest import Trial

FORMS = ("auto", "table", "json", "jsonl", "csv", "tsv", "yaml", "markdown")
# No file may grow beyond this many blocks of 512 bytes; Python itself ignores the signal that goes with it.
LIMITED = 'ulimit -f {blocks} && exec "$@"'


@pytest.mark.parametrize("blocks", [0, 40, 400])
def test_a_register_that_finds_no_room_is_not_begun(first: Trial, many: str, blocks: int) -> None:
    answer = first.run("import", many, code=6, line=LIMITED.format(blocks=blocks))
    assert answer.err.startswith("mou: ")
    first.call("import", many, changes=True)


@pytest.mark.parametrize("room", [0, 300])
def test_an_import_that_finds_no_room_changes_nothing(
    trial: Trial, many: str, states: tuple[str, str], room: int
) -> None:
    blocks = trial.db.stat().st_size // 512 + room
    # SQLite may leave its journal for the next one who opens the register: to be whole again then is what counts.
    answer = trial.run("import", many, code=6, changes=True, line=LIMITED.format(blocks=blocks))
    assert answer.err.startswith("mou: the register could not be read or written\n")
    assert trial.sound() == states[0]
    trial.call("import", many, changes=True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "--partner", "miras", "--home", "khazar"),
        ("edit", "khazar-miras-2024", "--note", "x" * 9000),
        ("remove", "khazar-miras-2024", "--yes"),
    ],
)
def test_a_change_that_finds_no_room_changes_nothing(trial: Trial, arguments: tuple[str, ...]) -> None:
    trial.run(*arguments, code=6, line=LIMITED.format(blocks=2))
    trial.call(*arguments, changes=True)


@pytest.mark.parametrize("name", ["all.yaml", "list.csv", "list.json", "list.xlsx"])
def test_a_file_that_finds_no_room_is_not_begun(trial: Trial, name: str) -> None:
    target = str(trial.folder / name)
    arguments = ("export", target) if name == "all.yaml" else ("list", "--output", target)
    answer = trial.run(*arguments, code=6, line=LIMITED.format(blocks=4))
    assert answer.err.startswith(f"mou: {target} cannot be written: File too large")


@pytest.mark.parametrize("arguments", [("export",), ("show", "khazar-miras-2024"), ("--help",), ("list", "--count")])
def test_output_that_cannot_be_written_is_an_error(trial: Trial, arguments: tuple[str, ...]) -> None:
    answer = trial.run(*arguments, code=6, line='exec "$@" >/dev/full')
    assert answer.err.startswith("mou: ")
    assert "No space left on device" in answer.err


@pytest.mark.parametrize("form", FORMS)
def test_rows_that_cannot_be_written_are_an_error(trial: Trial, form: str) -> None:
    answer = trial.run("list", "--format", form, code=6, line='exec "$@" >/dev/full')
    assert "No space left on device" in answer.err


def test_a_change_whose_answer_cannot_be_written_says_so(trial: Trial) -> None:
    arguments = ("add", "--partner", "miras", "--home", "khazar", "--title", "Kept")
    answer = trial.run(*arguments, code=6, changes=True, line='exec "$@" >/dev/full')
    assert "No space left on device" in answer.err
    assert "title: Kept" in trial.sound()


def test_messages_that_cannot_be_written_do_not_matter(trial: Trial) -> None:
    trial.run("show", "nothing", code=4, line='exec "$@" 2>/dev/full')


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "a: &a [" + "*a, " * 50_000 + "]"])
def test_a_hostile_file_needs_little_memory(bare: Trial, write: Callable[[str, str], str], text: str) -> None:
    file = write("hostile.yaml", f"format: mou/1\nagreements: {text}\n")
    bare.run("import", file, code=3, line='ulimit -v 400000 && exec "$@"')


def test_too_little_memory_is_told_of(trial: Trial, write: Callable[[str, str], str]) -> None:
    big = write("big.json", '{"note": "' + "x" * 40_000_000 + '"}')
    answer = trial.run("add", "--from", big, "--dry-run", code=6, line='ulimit -v 100000 && exec "$@"')
    assert answer.err == "mou: there is not enough memory\n"
