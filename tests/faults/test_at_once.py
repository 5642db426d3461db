"""Several who change the register at the same moment: none is lost, none is overwritten unseen."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from tests.conftest import Mou
from tests.loaded import Process

if TYPE_CHECKING:
    from tests.faults.conftest import Trial

EIGHT = range(8)
EACH = 12
# One program that records again and again, so that the register is never left alone.
ADDING = f"""
import sys
from mou_cli.main import run
for number in range({EACH}):
    title = f"by {{sys.argv[1]}}, number {{number}}"
    code = run(["add", "--home", "khazar", "--partner", "miras", "--title", title])
    if code:
        sys.exit(code)
"""


def test_eight_who_add_again_and_again_lose_nothing(trial: Trial) -> None:
    before = trial.value("SELECT count(*) FROM journal_entry")
    processes = [Process([str(who)], trial.environment, ADDING) for who in EIGHT]
    answers = [trial.end(process) for process in processes]
    assert [answer.code for answer in answers] == [0] * 8, answers
    references = [reference for answer in answers for reference in answer.out.split()]
    assert sorted(references) == [f"2025-{number}" for number in range(135, 135 + 8 * EACH)]
    exported = trial.sound()
    assert all(exported.count(f"title: by {who}, number {n}\n") == 1 for who in EIGHT for n in range(EACH))
    assert trial.value("SELECT count(*) FROM journal_entry") == before + 8 * EACH
    assert trial.value("SELECT count(DISTINCT key) FROM journal_change WHERE entry > 1") == 8 * EACH


def test_of_eight_changes_based_on_the_same_entry_one_is_taken(trial: Trial) -> None:
    edit = ("edit", "khazar-miras-2024", "--based-on", "1", "--note")
    answers = [trial.end(process) for process in [trial.start(*edit, f"by {who}") for who in EIGHT]]
    assert sorted(answer.code for answer in answers) == [0, *[5] * 7]
    (taken,) = [number for number, answer in enumerate(answers) if answer.code == 0]
    note = json.loads(trial.call("show", "khazar-miras-2024", "-f", "json").out)["note"]
    assert note == f"by {taken}"
    for number, answer in enumerate(answers):
        if number != taken:
            assert f"→ by {taken}\n" in answer.err
            assert f"→ by {number}\n" in answer.err


def test_who_adds_to_an_institution_that_is_being_merged_is_moved_with_it_or_told(trial: Trial) -> None:
    merging = trial.start("partner", "merge", "uib", "uis", "--yes")
    adding = [trial.start("add", "--home", "khazar", "--partner", "uis") for _ in range(5)]
    assert trial.end(merging).code == 0
    answers = [trial.end(process) for process in adding]
    for answer in answers:
        assert answer.code == 0 or answer.err.startswith("mou: institution uis is no longer in the register: "), answer
    for backup in trial.folder.rglob("*-before-merge.db"):
        backup.unlink()
    trial.sound()
    added = sum(answer.code == 0 for answer in answers)
    assert len(Mou(trial.db).json("list", "--partner", "uib")) == 2 + added


def test_of_two_merges_of_the_same_one_is_done(trial: Trial) -> None:
    merges = [trial.start("partner", "merge", "uib", "uis", "--yes") for _ in range(3)]
    assert sorted(trial.end(process).code for process in merges) == [0, 4, 4]
    assert len(list(trial.folder.rglob("*-before-merge.db"))) == 1


def test_what_another_records_while_files_are_read_is_changed_not_added(first: Trial) -> None:
    files = [first.folder.parent / name for name in ("first.yaml", "second.yaml")]
    for file in files:
        os.mkfifo(file)
    importing = first.start("import", *map(str, files))
    files[0].write_text("format: mou/1\ninstitutions: [{key: uit, name: Tromsø}, {key: uib, name: Bergen}]\n", "utf-8")
    # The second is opened when the first is read and checked.
    with files[1].open("w") as second:
        other = "format: mou/1\ninstitutions: [{key: uit, name: Tromso, city: Tromsø}]\n"
        assert Mou(first.db).call("import", "-", input=other).code == 0
        second.write("format: mou/1\n")
    answer = first.end(importing)
    assert (answer.code, answer.err) == (0, "added: 1 institution\nchanged: 1 institution\n")
    rows = Mou(first.db).json("partner", "list")
    assert [(row["name"], row["city"]) for row in rows] == [("Bergen", None), ("Tromsø", "Tromsø")]
