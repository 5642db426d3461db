"""Bash inserts what it is given as it is: every name has to be one word there, and literal."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.commands.offered import HOSTILE, in_bash, offered, register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Mou


def print_in_bash(word: str, folder: Path) -> str:
    command = ["bash", "-c", f"printf %s {word}"]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder).stdout


@pytest.mark.once_on_server("what a shell takes them for")
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("mark", ["", "'", '"'])
def test_bash_takes_every_name_for_one_word(
    write: Callable[[str, str], str], empty: Mou, tmp_path: Path, name: str, mark: str
) -> None:
    register(write, empty, name)
    begun = "mou list --partner "
    lines = in_bash(empty, begun + mark, "")
    assert lines[0] == "values"
    typed = {line + mark for line in lines[1:]}
    words = [print_in_bash(mark + text, tmp_path) for text in typed]
    texts = offered(empty, "list", "--partner", "").texts
    assert sorted(words) == sorted(text for text in texts if mark != '"' or not text.startswith("!"))
    assert not (tmp_path / "pwned").exists()
    for word in words:
        assert empty("-f", "json", "partner", "show", "--", word).json["key"] in {"home", "p0"}


def test_a_name_that_would_be_read_as_an_option_is_not_offered_as_an_argument(
    write: Callable[[str, str], str], empty: Mou
) -> None:
    register(write, empty, "-dash")
    assert offered(empty, "list", "--partner", "das").texts == ["-dash"]
    assert offered(empty, "partner", "show", "das").texts == []
    assert offered(empty, "partner", "show", "").texts == ["Home"]


_AHEAD = ("by", "left", "days_left")


@pytest.mark.parametrize(
    ("line", "part", "lines"),
    [
        ("mou li", "li", ["values", "list"]),
        ("mou list --country=nor", "nor", ["values", r"North\ Cyprus", "Norway"]),
        ("mou list --country norw", "norw", ["values", "Norway"]),
        ('mou list --country "nor', "nor", ["values", "North Cyprus", "Norway"]),
        ('mou list --country="nor', "nor", ["values", "North Cyprus", "Norway"]),
        ("mou list --country='nor", "nor", ["values", "North Cyprus", "Norway"]),
        ('mou list --country "No"r', '"No"r', ["values", r"North\ Cyprus", "Norway"]),
        ("mou list --country North\\ C", "North\\ C", ["values", r"North\ Cyprus"]),
        ("mou list --country norv", "norv", ["apart", "Norway"]),
        ("mou list --partner tromso", "tromso", ["apart", r"University\ of\ Tromsø"]),
        ("mou list --partner stav:un", "un", ["values"]),
        ("mou list --columns ref,notice_", "ref,notice_", ["parts", *(f"ref,notice_{n}" for n in _AHEAD)]),
        ("mou list $(x) --country nor", "nor", ["values"]),
        ("mou list --country `nor", "`nor", ["values"]),
        ("mou plan done 5.1; mou li", "li", ["values"]),
        ("mou nothing x", "x", ["values"]),
    ],
)  # fmt: skip
def test_bash_is_told_what_replaces_a_part_of_the_word(seeded: Mou, line: str, part: str, lines: list[str]) -> None:
    manner, *texts = in_bash(seeded, line, part)
    assert [manner, *sorted(texts)] == [lines[0], *sorted(lines[1:])]


def test_bash_inserts_nothing_where_the_names_have_less_in_common_than_is_typed(seeded: Mou) -> None:
    manner, *texts = in_bash(seeded, "mou list --partner tech", "tech")
    assert manner == "apart"
    assert len(texts) > 2
    assert len({text[0] for text in texts}) > 1


def test_bash_lists_names_with_what_they_are(seeded: Mou) -> None:
    listed = in_bash(seeded, "mou list --country N", "N", why="63")
    assert listed == ["values", "Netherlands (NL)", "North Cyprus", "Norway (NO)"]
    assert in_bash(seeded, "mou list --country Norw", "Norw", why="63") == ["values", "Norway"]


def test_bash_says_three_things(seeded: Mou) -> None:
    assert seeded.fails(2, "completion", "bash", "--", "mou", "list").err.startswith("mou: bash says why it asks")
