"""`mou undo` and `mou redo`: a change is taken back where nothing stands on it, and carried out again."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.terminal import open_program, see_the_end

if TYPE_CHECKING:
    import pexpect

    from tests.commands.conftest import Write
    from tests.conftest import Mou

FILE = "format: mou/1\nagreements:\n  - {key: k, parties: [adu, uit], note: from file, unit: Law}\n"


def note(mou: Mou, ref: str = "2025-001") -> str | None:
    found: str | None = mou.json("show", ref)["note"]
    return found


@pytest.fixture
def noted(small: Mou) -> Mou:
    """A register in which entry 2 added agreement 2025-001, and 3 and 4 changed its note."""
    small("add", "--partner", "uit", "--note", "first")
    small("edit", "2025-001", "--note", "second")
    small("edit", "2025-001", "--note", "third")
    return small


def test_undoing_twice_undoes_two(noted: Mou) -> None:
    answer = noted("undo")
    assert answer.out == ""
    assert answer.err == (
        "change agreement 2025-001\n  note: third → second\nundone: entry 4, edit agreement (tester)\n"
    )
    noted("undo")
    assert note(noted) == "first"
    noted("redo")
    assert note(noted) == "second"
    assert noted("redo").err.endswith("redone: entry 4, edit agreement (tester)\n")
    assert note(noted) == "third"
    assert noted.fails(4, "redo").err == (
        "mou: there is nothing that tester has undone since their last change\n"
        "hint: `mou log` shows what `mou redo ENTRY` brings back\n"
    )


def test_only_ones_own_changes_are_undone_unless_an_entry_is_named(noted: Mou) -> None:
    answer = noted.fails(4, "undo", "--actor", "leyla")
    assert answer.err == (
        "mou: there is nothing of leyla to undo\nhint: `mou log` shows what `mou undo ENTRY` takes back\n"
    )
    noted("undo", "4", "--actor", "leyla")
    assert note(noted) == "second"
    noted.fails(4, "redo")
    noted("redo", "--actor", "leyla")
    assert note(noted) == "third"


def test_an_undo_that_a_later_change_stands_on_is_refused_and_names_it(noted: Mou) -> None:
    today = datetime.now(UTC).astimezone().date()
    before = noted.content()
    for number, done in ((3, "changed note of"), (2, "changed note of")):
        answer = noted.fails(5, "undo", str(number))
        assert answer.err == (
            f"mou: entry {number} cannot be undone: entry 4 ({today}, tester: edit agreement) has since {done}"
            " agreement 2025-001\nhint: `mou undo 4` first\n"
        )
    assert noted.content() == before
    assert noted.fails(5, "undo", "3", "--dry-run").err == noted.fails(5, "undo", "3").err


def test_what_was_undone_stands_in_nobodys_way(noted: Mou) -> None:
    noted("undo", "4")
    noted("undo", "3")
    noted("undo", "2")
    assert noted.json("list") == []
    noted.fails(5, "redo", "4")
    noted.fails(5, "redo", "3")


def test_another_field_does_not_stand_in_the_way(noted: Mou) -> None:
    noted("edit", "2025-001", "--unit", "Law")
    noted("undo", "4")
    assert note(noted) == "second"
    assert noted.json("show", "2025-001")["unit"] == "Law"


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (("undo", "99"), 4, "mou: there is no entry 99\nhint: `mou log` shows the numbers\n"),
        (("undo", "x"), 2, "mou: 'x' is no number of an entry\nhint: `mou log` shows the numbers\n"),
        (("undo", "4"), 5, "mou: entry 4 is undone already, by entry 5\nhint: `mou redo 4`\n"),
        (("undo", "5"), 5, "mou: entry 5 is an undo itself (undo 4: edit agreement)\nhint: `mou redo 4`\n"),
        (("redo", "3"), 5, "mou: entry 3 is not undone\nhint: `mou undo 3` would\n"),
    ],
)
def test_what_cannot_be_taken_back_is_said(noted: Mou, arguments: tuple[str, ...], code: int, error: str) -> None:
    noted("undo")
    assert noted.fails(code, *arguments).err == error


def test_a_redo_is_taken_back_like_what_it_redid(noted: Mou) -> None:
    noted("undo")
    noted("redo")
    assert noted("undo", "6").err.endswith("undone: entry 4, edit agreement (tester)\n")
    assert note(noted) == "second"
    assert noted.fails(5, "undo", "6").err == "mou: entry 4 is undone already, by entry 7\nhint: `mou redo 4`\n"


def test_undo_takes_back_a_redo_before_what_was_changed_earlier(noted: Mou) -> None:
    noted("undo")
    noted("edit", "2025-001", "--unit", "Law")
    noted("redo", "4")
    assert noted("undo").err.endswith("undone: entry 4, edit agreement (tester)\n")
    assert noted("undo").err.endswith("undone: entry 6, edit agreement (tester)\n")
    assert noted("redo").err.endswith("redone: entry 6, edit agreement (tester)\n")


def test_undo_takes_back_what_one_has_redone_for_somebody_else(noted: Mou) -> None:
    noted("undo")
    noted("redo", "4", "--actor", "leyla")
    assert noted("undo", "--actor", "leyla").err.endswith("undone: entry 4, edit agreement (tester)\n")
    assert note(noted) == "second"


def test_redo_does_not_reach_past_a_change_of_ones_own(noted: Mou) -> None:
    noted("undo")
    noted("edit", "2025-001", "--unit", "Law")
    noted("undo")
    noted("redo")
    before = noted.content()
    assert noted.fails(4, "redo").err == (
        "mou: there is nothing that tester has undone since their last change\n"
        "hint: `mou log` shows what `mou redo ENTRY` brings back\n"
    )
    assert noted.content() == before
    noted("redo", "4")
    assert note(noted) == "third"


def test_redo_reaches_past_what_others_have_changed_elsewhere(noted: Mou) -> None:
    noted("undo")
    noted("edit", "2025-001", "--unit", "Law", "--actor", "leyla")
    noted("redo")
    assert note(noted) == "third"


def test_undoing_an_addition_burns_the_reference_and_redoing_it_restores_the_same(small: Mou) -> None:
    small("add", "--partner", "uit")
    small("undo")
    assert small("add", "--partner", "tsu").out == "2025-002\n"
    small("redo", "2")
    assert [row["ref"] for row in small.json("list")] == ["2025-001", "2025-002"]
    assert small("add", "--partner", "tsu").out == "2025-003\n"


def test_a_removal_is_undone_with_all_that_hung_on_it(seeds: Mou) -> None:
    before = seeds("export").out
    shown = seeds.json("show", "khazar-miras-2024")
    seeds("remove", "khazar-miras-2024", "--yes")
    seeds("plan", "remove", "mdu-veterans-2025", "--yes")
    assert seeds.json("search", "miras cultural", "--columns", "noun") == [{"noun": "institution"}]
    seeds("undo")
    seeds("undo")
    assert seeds("export").out == before
    # An undo is an entry, too: who works on what was there before is told.
    assert seeds.json("show", "khazar-miras-2024") == shown | {"history": shown["history"] | {"last_entry": 5}}
    assert len(seeds.json("search", "miras khazar")) == 1


def test_an_import_is_one_step_there_and_back(seeds: Mou) -> None:
    before = seeds("export").out
    answer = seeds("undo")
    assert answer.err.splitlines()[0] == "removed: 11 tasks, 1 plan, 134 agreements, 1 event, 143 institutions"
    # What is left are the references that were given: none is given twice.
    assert seeds("export").out == "format: mou/1\nreferences:\n  2025: 134\n"
    assert seeds.json("search", "khazar") == []
    seeds("redo")
    assert seeds("export").out == before
    assert len(seeds.json("list", "university of tromso")) == 1


def test_an_addition_that_is_mentioned_since_stays(small: Mou) -> None:
    today = datetime.now(UTC).astimezone().date()
    small("partner", "add", "Oslo", "--country", "NO", "--new", "--key", "oslo")
    small("add", "--partner", "oslo")
    error = (
        "mou: entry 2 cannot be undone: agreement 2025-001 mentions institution oslo, by entry 3"
        f" ({today}, tester: add agreement)\nhint: `mou undo 3` first\n"
    )
    assert small.fails(5, "undo", "2").err == error
    assert small.fails(5, "undo", "2", "--dry-run").err == error
    small("undo")
    small("undo")
    assert small.call("partner", "show", "oslo").code == 4


def test_what_would_mention_something_removed_since_is_not_brought_back(small: Mou) -> None:
    today = datetime.now(UTC).astimezone().date()
    small("partner", "add", "Oslo", "--country", "NO", "--new", "--key", "oslo")
    small("add", "--partner", "oslo")
    small("edit", "2025-001", "--partner", "uit")
    small("partner", "remove", "oslo", "--yes")
    error = (
        "mou: entry 4 cannot be undone: agreement 2025-001 would mention institution oslo, by entry 5"
        f" ({today}, tester: remove institution oslo)\nhint: `mou undo 5` first\n"
    )
    assert small.fails(5, "undo", "4").err == error
    assert small.fails(5, "undo", "4", "--dry-run").err == error


def test_what_would_contradict_a_later_change_is_not_brought_back(small: Mou) -> None:
    today = datetime.now(UTC).astimezone().date()
    small("add", "--partner", "uit", "--starts", "2024-01-01", "--ends", "2024-12-31")
    small("edit", "2025-001", "--ends", "2026-12-31")
    small("edit", "2025-001", "--starts", "2025-02-01")
    answer = small.fails(5, "undo", "3")
    assert answer.err.startswith("mou: entry 3 cannot be undone: agreement 2025-001 would be wrong (")
    assert answer.err.endswith(f"), by entry 4 ({today}, tester: edit agreement)\nhint: `mou undo 4` first\n")
    small("undo", "4")
    small("undo", "3")
    assert small.json("show", "2025-001")["ends_on"] == "2024-12-31"


def test_a_merge_is_undone_with_all_that_was_moved(seeds: Mou) -> None:
    before = seeds("export").out
    seeds("partner", "merge", "uit", "uis", "--yes")
    seeds("undo")
    assert seeds("export").out == before
    assert seeds("list", "stavanger", "--count").out == "1\n"


def test_a_partner_that_was_recorded_on_the_way_goes_with_its_agreement(small: Mou) -> None:
    small("add", "--partner", "Quite New", "--new", "--country", "Norway")
    answer = small("undo", "--dry-run")
    assert answer.out == "remove agreement 2025-001\nremove institution quite-new\n"
    small("undo")
    assert small.call("partner", "show", "quite-new").code == 4
    small("redo")
    assert len(small.json("list", "quite new")) == 1


def test_a_plan_moves_back_to_its_year_with_its_tasks(seeds: Mou) -> None:
    before = seeds.json("plan", "show", "mdu-veterans-2025")
    seeds("plan", "edit", "mdu-veterans-2025", "--year", "2026")
    seeds("undo")
    after = seeds.json("plan", "show", "mdu-veterans-2025")
    assert after == before | {"history": before["history"] | {"last_entry": 3}}


def test_agreements_are_found_by_the_name_that_their_partner_has_again(small: Mou) -> None:
    small("add", "--partner", "uit")
    small("partner", "edit", "uit", "--name", "Arctic University")
    assert small("list", "arctic", "--count").out == "1\n"
    small("undo")
    assert small("list", "arctic", "--count").out == "0\n"
    assert small("list", "tromso", "--count").out == "1\n"


def test_a_value_that_was_changed_by_hand_and_undone_is_the_files_again(small: Mou, write: Write) -> None:
    small("import", write("a.yaml", FILE))
    small("edit", "k", "--note", "by hand")
    small("undo")
    assert small("import", write("a.yaml", FILE)).err == "nothing changed\n"
    changed = write("b.yaml", FILE.replace("from file", "from another file"))
    assert small("import", changed).err == "changed: 1 agreement\n"
    assert note(small, "k") == "from another file"


def test_a_value_that_was_changed_by_hand_and_redone_is_kept(small: Mou, write: Write) -> None:
    small("import", write("a.yaml", FILE))
    small("edit", "k", "--note", "by hand")
    small("undo")
    small("redo")
    small("import", write("b.yaml", FILE.replace("from file", "from another file")))
    assert note(small, "k") == "by hand"


def test_a_value_that_a_file_has_brought_and_that_was_undone_is_by_hand_again(small: Mou, write: Write) -> None:
    small("import", write("a.yaml", FILE))
    small("edit", "k", "--note", "by hand")
    small("import", write("b.yaml", FILE.replace("from file", "from another file")), "--overwrite")
    small("undo")
    assert small("import", write("a.yaml", FILE)).err == (
        "kept in agreement k: note (changed here since; --overwrite takes the file's)\nnothing changed\n"
    )


def test_a_rehearsal_shows_each_field_and_changes_no_byte(noted: Mou) -> None:
    before = noted.content()
    assert noted("undo", "--dry-run").out == "change agreement 2025-001\n  note: third → second\n"
    assert noted.json("undo", "4", "--dry-run") == [
        {"noun": "agreement", "key": "2025-001", "field": "note", "before": "third", "after": "second"}
    ]
    assert noted.content() == before


def test_the_answer_for_programs_is_the_entry_that_was_made(noted: Mou) -> None:
    row = noted.json("undo")
    assert {name: row[name] for name in ("entry", "actor", "action", "records", "undoes", "undone_by")} == {
        "entry": 5,
        "actor": "tester",
        "action": "undo 4: edit agreement",
        "records": {"agreement": 1},
        "undoes": 4,
        "undone_by": None,
    }


def test_what_somebody_has_done_to_the_file_is_not_overwritten(noted: Mou) -> None:
    noted.spoil("UPDATE agreement SET note = 'from outside'")
    assert noted.fails(5, "undo").err == (
        "mou: entry 4 cannot be undone: agreement 2025-001 is no longer as it was left\n"
    )


def ask(mou: Mou, *arguments: str) -> pexpect.spawn[str]:
    """Start the program on a terminal."""
    return open_program(["--actor", "tester", *arguments], os.environ | mou.environment, columns=400)


@pytest.mark.parametrize(("reply", "says", "left"), [("n", "nothing was changed", 134), ("y", "undone: entry 1", 0)])
def test_on_a_terminal_what_takes_back_many_records_is_asked_about(
    seeds: Mou, reply: str, says: str, left: int
) -> None:
    child = ask(seeds, "undo")
    child.expect(r"Undo entry 1, import .+ \(134 agreements, 1 event, 143 institutions, 1 plan, 11 tasks\)\? ")
    child.sendline(reply)
    child.expect_exact(says)
    see_the_end(child)
    assert child.exitstatus == (130 if left else 0)
    assert seeds("list", "--count").out == f"{left}\n"


def test_on_a_terminal_a_small_change_is_undone_without_a_question(noted: Mou) -> None:
    assert "undone: entry 4" in see_the_end(ask(noted, "undo"))
    assert note(noted) == "second"
