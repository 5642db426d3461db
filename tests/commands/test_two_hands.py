"""Two people change one record at once: the second is told, with both versions, and nothing is overwritten."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.terminal import open_program, see_the_end

if TYPE_CHECKING:
    import pexpect

    from tests.commands.conftest import Write
    from tests.commands.desk import Desk
    from tests.conftest import Mou

HAPPENINGS = (
    ("sign", "--on", "2024-05-01"),
    ("renew", "--term", "1y"),
    ("amend", "--ends", "2028"),
    ("notice",),
    ("terminate", "--on", "2025-06-01"),
    ("supersede", "--with", "2025-002"),
    ("review", "--outcome", "continue"),
    ("doc add", "--paper", "binder 12"),
    ("doc remove", "scan.pdf", "--yes"),
)
PLAN = """\
format: mou/1
plans:
  - {key: p25, year: 2025, owner: adu, title: Plan, tasks: [{number: "1", task: Visit}, {number: "2", task: Meet}]}
events:
  - {key: fair, name: Fair}
"""


@pytest.fixture
def full(small: Mou, write: Write) -> Mou:
    """The command line on a register with a record of every kind."""
    small("add", "--partner", "uit", "--title", "One", "--note", "first")
    small("import", write("plan.yaml", PLAN))
    return small


EVERY = (
    (("show", "2025-001"), ("edit", "2025-001"), ("remove", "2025-001")),
    (("partner", "show", "tsu"), ("partner", "edit", "tsu"), ("partner", "remove", "tsu")),
    (("event", "show", "fair"), ("event", "edit", "fair"), ("event", "remove", "fair")),
    (("plan", "show", "p25"), ("plan", "edit", "p25"), ("plan", "remove", "p25")),
    (("plan", "task", "show", "1"), ("plan", "task", "edit", "1"), ("plan", "task", "remove", "1")),
)
Words = tuple[str, ...]


def entry(mou: Mou, *show: str) -> str:
    return str(mou.json(*show)["history"]["last_entry"])


@pytest.mark.parametrize(("show", "edit", "remove"), EVERY)
def test_a_change_that_knows_the_last_one_is_taken(full: Mou, show: Words, edit: Words, remove: Words) -> None:
    full(*edit, "--note", "mine", "--based-on", entry(full, *show))
    assert full.json(*show)["note"] == "mine"
    full(*remove, "--yes", "--based-on", entry(full, *show))
    full.fails(4, *show)


@pytest.mark.parametrize(("show", "edit", "remove"), EVERY)
def test_a_change_that_does_not_is_refused_with_both_versions(
    full: Mou, show: Words, edit: Words, remove: Words
) -> None:
    seen = entry(full, *show)
    full(*edit, "--note", "theirs", "--actor", "leyla")
    before = full.content()
    answer = full.fails(5, *edit, "--note", "mine", "--based-on", seen)
    said = answer.err.splitlines()
    noun, key = said[1].split()[1:]
    was = "first → " if noun == "agreement" else ""
    now = entry(full, *show)
    assert said == [
        f"as it was at entry {seen}, and as it is now:",
        f"change {noun} {key}",
        f"  note: {was}theirs",
        "as you would have had it:",
        f"change {noun} {key}",
        f"  note: {was}mine",
        f"mou: {noun} {key} was changed by leyla since entry {seen}; nothing was recorded",
        f"hint: look at it again; as it is now it is --based-on {now}",
    ]
    assert full.fails(5, *remove, "--yes", "--based-on", seen).err.splitlines()[-2:] == said[-2:]
    assert full.fails(5, *edit, "--note", "mine", "--based-on", seen, "--dry-run").err == answer.err
    assert full.content() == before


def test_every_step_since_is_looked_at(full: Mou) -> None:
    seen = entry(full, "show", "2025-001")
    full("edit", "2025-001", "--note", "second", "--actor", "leyla")
    full("edit", "2025-001", "--note", "third", "--title", "", "--actor", "rauf")
    said = full.fails(5, "edit", "2025-001", "--title", "Mine", "--based-on", seen).err
    assert "  note: first → third\n" in said
    assert "  title: One → (cleared)\n" in said
    assert "as you would have had it:\nchange agreement 2025-001\n  title: One → Mine\n" in said
    assert "mou: agreement 2025-001 was changed by leyla, rauf since" in said


def test_a_record_that_was_removed_and_added_anew_is_another(full: Mou) -> None:
    seen = entry(full, "event", "show", "fair")
    full("event", "remove", "fair", "--yes")
    assert full.call("event", "edit", "fair", "--note", "x", "--based-on", seen).code == 4
    full("event", "add", "Fair")
    said = full.fails(5, "event", "edit", "fair", "--note", "x", "--based-on", seen).err
    assert "mou: event fair was changed by tester since" in said


def test_what_happened_to_other_records_does_not_matter(full: Mou) -> None:
    seen = entry(full, "show", "2025-001")
    full("event", "edit", "fair", "--note", "x")
    full("edit", "2025-001", "--note", "mine", "--based-on", seen)
    # Any entry of the journal is a moment: one of another record will do.
    full("edit", "2025-001", "--note", "again", "--based-on", entry(full, "show", "2025-001"))


@pytest.mark.parametrize(("said", "code"), [("x", 2), ("-1", 2), ("", 2), ("1.5", 2), ("999999", 4)])
def test_an_entry_that_cannot_be_one_is_refused(full: Mou, said: str, code: int) -> None:
    assert full.fails(code, "edit", "2025-001", "--note", "x", "--based-on", said).err.startswith("mou: ")


@pytest.mark.parametrize("said", HAPPENINGS, ids=lambda said: said[0])
def test_what_happens_to_an_agreement_may_be_based_on_what_was_seen(full: Mou, write: Write, said: Words) -> None:
    dates = "signed: 2024-04-01, starts: signed, ends: 2026-04-30, renewal: express"
    agreements = [f"{{key: {key}, parties: [adu, uit], {dates}, documents: [scan.pdf]}}" for key in ("a", "b")]
    full("import", write("agreements.yaml", f"format: mou/1\nagreements: [{', '.join(agreements)}]\n"))
    command, *options = said
    happen = (*command.split(), "a", *(word.replace("2025-002", "b") for word in options))
    seen = entry(full, "show", "a")
    full("edit", "a", "--note", "theirs", "--actor", "leyla")
    before = full.content()
    assert full.fails(5, *happen, "--based-on", seen).err == (
        f"as it was at entry {seen}, and as it is now:\nchange agreement a\n  note: theirs\n"
        f"mou: agreement a was changed by leyla since entry {seen}; nothing was recorded\n"
        f"hint: look at it again; as it is now it is --based-on {entry(full, 'show', 'a')}\n"
    )
    assert full.content() == before
    full(*happen, "--based-on", entry(full, "show", "a"))
    assert full.content() != before


def test_many_are_not_based_on_one_entry(full: Mou) -> None:
    answer = full.fails(2, "renew", "--country", "Norway", "--term", "1y", "--yes", "--based-on", "1")
    assert answer.err == ("mou: --based-on is said of one agreement, and filters find many\nhint: say its reference\n")


def test_what_is_done_and_closed_may_be_based_on_what_was_seen(full: Mou) -> None:
    task, plan = entry(full, "plan", "task", "show", "1"), entry(full, "plan", "show", "p25")
    full("plan", "task", "edit", "1", "--note", "theirs")
    full("plan", "edit", "p25", "--note", "theirs")
    assert "  status: done\n" in full.fails(5, "plan", "done", "1", "--result", "x", "--based-on", task).err
    assert "  status: closed\n" in full.fails(5, "plan", "close", "p25", "--based-on", plan).err
    full("plan", "done", "1", "--result", "x", "--based-on", entry(full, "plan", "task", "show", "1"))
    full("plan", "close", "p25", "--based-on", entry(full, "plan", "show", "p25"))


def test_the_editor_is_not_opened_on_what_has_changed(desk: Desk) -> None:
    seen = entry(desk.mou, "show", "2025-001")
    desk.mou("edit", "2025-001", "--note", "theirs")
    answer = desk.edit("edit", "2025-001", "--based-on", seen, code=5)
    assert "  note: first → theirs\n" in answer.err
    assert desk.openings() == 0
    desk.edit("edit", "2025-001", "--based-on", entry(desk.mou, "show", "2025-001"))
    assert desk.openings() == 1


def ask(mou: Mou, *arguments: str) -> pexpect.spawn[str]:
    """Start the program on a terminal, and wait until it asks."""
    environment = os.environ | mou.environment | {"LC_ALL": "C.UTF-8"}
    child = open_program(arguments, environment, columns=200)
    child.expect_exact("? [y/N]: ")
    return child


MEANWHILE: tuple[tuple[Words, Words, Words], ...] = (
    (("remove", "2025-001"), ("edit", "2025-001", "--note", "theirs"), ("agreement 2025-001", "note: first → theirs")),
    (("remove", "2025-001"), ("remove", "2025-001", "--yes"), ("agreement 2025-001", "remove agreement 2025-001")),
    (("event", "remove", "fair"), ("event", "edit", "fair", "--place", "Baku"), ("event fair", "place: Baku")),
    (
        ("partner", "remove", "tsu"),
        ("partner", "edit", "tsu", "--city", "Tbilisi"),
        ("institution tsu", "city: Tbilisi"),
    ),
    (("plan", "remove", "p25"), ("plan", "done", "2", "--result", "x"), ("task p25/2", "status: done")),
    (("plan", "remove", "p25"), ("plan", "task", "add", "3", "--task", "New"), ("task p25/3", "add task p25/3")),
    (("plan", "task", "remove", "1"), ("plan", "task", "edit", "1", "--note", "x"), ("task p25/1", "note: x")),
)


@pytest.mark.parametrize(("remove", "change", "says"), MEANWHILE, ids=" ".join)
def test_what_changed_while_somebody_was_asked_is_not_removed(
    full: Mou, remove: Words, change: Words, says: Words
) -> None:
    child = ask(full, *remove)
    full(*change)
    before = full("export").out
    child.sendline("y")
    shown = see_the_end(child).replace("\r\n", "\n")
    assert child.exitstatus == 5
    record, difference = says
    assert "as it was shown, and as it is now:\n" in shown
    assert difference in shown
    assert f"mou: {record} changed while you were asked; nothing was recorded\n" in shown
    assert full("export").out == before


def test_what_came_to_be_mentioned_while_somebody_was_asked_is_not_removed(full: Mou) -> None:
    child = ask(full, "partner", "remove", "tsu")
    full("add", "--partner", "tsu")
    child.sendline("y")
    assert "institution tsu is mentioned by agreement 2025-002" in see_the_end(child)
    assert child.exitstatus == 5


def test_what_is_mentioned_and_gone_is_told(full: Mou) -> None:
    # Another program does here what happens to whoever is overtaken between looking and recording.
    full.spoil("DELETE FROM institution WHERE key = 'uit'")
    before = full.content()
    assert full.fails(5, "add", "--like", "2025-001").err == (
        "mou: a record that is mentioned is no longer in the register; nothing was recorded\nhint: try again\n"
    )
    assert full.content() == before
