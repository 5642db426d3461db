"""`mou remove`: an agreement goes, its reference is burnt, and what mentions it holds it back."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.terminal import open_program, see_the_end

if TYPE_CHECKING:
    import pexpect

    from tests.commands.conftest import Write
    from tests.conftest import Mou


def test_removing_has_to_be_confirmed_off_a_terminal(small: Mou) -> None:
    small("add", "--partner", "uit")
    answer = small.fails(2, "remove", "2025-001")
    assert answer.err == "mou: removing agreement 2025-001 has to be confirmed\nhint: say --yes\n"
    assert small("list", "--count").out == "1\n"


def test_a_removed_agreement_is_gone_everywhere(small: Mou) -> None:
    small("add", "--partner", "uit", "--note", "zeppelin")
    answer = small("remove", "2025-001", "--yes")
    assert (answer.out, answer.err) == ("", "remove agreement 2025-001\n")
    assert small.json("list") == []
    assert small.json("search", "zeppelin") == []
    assert small.json("partner", "show", "uit")["agreements"] == 0
    small.fails(4, "show", "2025-001")
    small.fails(4, "remove", "2025-001", "--yes")


def test_the_journal_keeps_the_whole_record(small: Mou) -> None:
    small("add", "--partner", "uit", "--note", "zeppelin")
    small("remove", "2025-001", "--yes")
    sql = "SELECT field, before, after FROM journal_change ORDER BY entry DESC LIMIT 1"
    (row,) = small.rows(sql)
    assert (row["field"], row["after"]) == (None, None)
    assert json.loads(row["before"]) == {
        "key": "2025-001",
        "ref": "2025-001",
        "parties": [{"institution": "adu"}, {"institution": "uit"}],
        "note": "zeppelin",
    }


def test_what_is_mentioned_stays(small: Mou, write: Write) -> None:
    small("add", "--partner", "uit")
    small("add", "--from", write("b.yaml", "key: b\nparties: [adu, uit]\nlinks: [{amends: 2025-001}]\n"))
    answer = small.fails(5, "remove", "2025-001", "--yes")
    assert answer.err == ("mou: agreement 2025-001 is mentioned by agreement b\nhint: change or remove those first\n")
    small("remove", "b", "--yes")
    small("remove", "2025-001", "--yes")


def test_a_rehearsal_removes_nothing(small: Mou) -> None:
    small("add", "--partner", "uit")
    before = small.content()
    assert small("remove", "2025-001", "--dry-run").out == "remove agreement 2025-001\n"
    assert small.content() == before


def ask(mou: Mou, *arguments: str) -> pexpect.spawn[str]:
    """Start the program on a terminal."""
    return open_program(arguments, os.environ | mou.environment, columns=200)


@pytest.mark.parametrize(("reply", "says", "left"), [("n", "nothing was removed", 1), ("y", "remove agreement", 0)])
def test_on_a_terminal_the_question_names_the_record(seeds: Mou, reply: str, says: str, left: int) -> None:
    child = ask(seeds, "remove", "khazar-miras-2024")
    title = "Memorandum of co-operation between Khazar University and MIRAS"
    child.expect_exact(f"Remove agreement khazar-miras-2024, {title}? [y/N]: ")
    child.sendline(reply)
    child.expect_exact(says)
    see_the_end(child)
    assert child.exitstatus == (130 if left else 0)
    assert seeds.call("show", "khazar-miras-2024").code == (0 if left else 4)


def test_what_stands_in_the_way_is_said_before_the_question(seeds: Mou) -> None:
    child = ask(seeds, "partner", "remove", "uib")
    shown = see_the_end(child)
    assert child.exitstatus == 5
    assert "is mentioned by agreement khazar-uib" in shown
    assert "[y/N]" not in shown
