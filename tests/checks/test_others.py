"""What is found of events, plans and tasks, of codes and of texts."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Found, Spoil
    from tests.conftest import Mou

PLAN = """\
plans:
  - {key: p, year: 2025, owner: adu, tasks: [
      {number: "1", task: A, timing: "09.05"}, {number: "2", task: B, timing: "10.05"},
      {number: "3", task: C, timing: "09.05", status: done}]}
  - {key: closed, year: 2024, owner: adu, status: closed, tasks: [{number: "1", task: A, timing: "09.05"}]}
"""


def test_an_event_that_declares_more_is_told(empty: Mou, found: Found) -> None:
    event = "events:\n  - {key: e, name: Fair, declared: {memoranda: 2, universities: 17}}\n"
    signed = "agreements:\n  - {{key: {0}, parties: [adu, uit], type: memorandum, event: e}}\n"
    assert found("declared-more", event + signed.format("a")) == ["declared-more:e"]
    (row,) = empty.json("check", "declared-more")
    assert row["sentence"] == "2 memoranda were declared, 1 are recorded"
    assert found("declared-more", signed.format("b")) == []
    other = "events:\n  - {key: f, name: Fair, declared: {agreements: 1, horses: 5}}\n"
    assert found("declared-more", other) == ["declared-more:f"]


def test_a_timing_that_is_not_understood_is_told_while_its_task_is_to_be_done(empty: Mou, found: Found) -> None:
    tasks = PLAN.replace("09.05", "31 noyabr")
    assert found("timing-unclear", tasks) == ["timing-unclear:p/1"]
    (row,) = empty.json("check", "timing-unclear")
    assert row["sentence"] == 'its timing, "31 noyabr", is not understood: it has no deadline'
    assert row["do"] == "mou plan task edit 1 --plan p --timing TIMING"
    empty("plan", "task", "edit", "p/1", "--timing", "30 noyabr")
    assert found("timing-unclear", "") == []
    empty("plan", "task", "edit", "p/1", "--timing", "")
    assert found("timing-unclear", "") == []


def test_what_is_overdue_is_found(found: Found) -> None:
    assert found("overdue", PLAN) == ["overdue:p/1"]
    assert found("overdue", "", "--as-of", "2025-05-11") == ["overdue:p/1", "overdue:p/2"]


def test_an_overdue_task_of_any_number_can_be_accepted(empty: Mou, found: Found) -> None:
    task = '{number: "1ə", task: A, timing: "09.05"}'
    assert found("overdue", f"plans:\n  - {{key: p, year: 2025, owner: adu, tasks: [{task}]}}\n") == ["overdue:p/1ə"]
    empty("check", "--accept", "overdue:p/1ə", "--reason", "moved to June")
    assert found("overdue") == []
    text = empty("export").out
    empty("import", "-", input=text)
    assert empty("export").out == text


def test_a_plan_is_open_after_its_year(found: Found) -> None:
    assert found("plan-open", PLAN) == []
    assert found("plan-open", "", "--as-of", "2026-01-01") == ["plan-open:p"]


def test_codes_that_the_program_does_not_know_are_errors(empty: Mou, found: Found, spoil: Spoil) -> None:
    listed = "agreements:\n  - {key: a, parties: [adu, uit], areas: [joint-research], links: [{renews: a}]}\n"
    assert found("unknown-code", listed + PLAN) == []
    spoil("UPDATE institution SET country = 'ZZ' WHERE key = 'uit'")
    spoil("UPDATE agreement SET type = 'pact'")
    spoil("UPDATE agreement_area SET area = 'chess'")
    spoil("UPDATE agreement_link SET kind = 'likes'")
    spoil("UPDATE task SET status = 'lost' WHERE key = 'p/2'")
    assert found("unknown-code") == [
        "unknown-code:institution/uit/institution.country",
        "unknown-code:agreement/a/agreement.type",
        "unknown-code:agreement/a/agreement_area.area",
        "unknown-code:agreement/a/agreement_link.kind",
        "unknown-code:task/p/2/task.status",
    ]
    row = empty.fails(3, "check", "unknown-code", "-f", "json").json[-1]
    assert row["sentence"] == "status has the code lost, which is not known"
    assert row["do"] == "mou plan task edit 2 --plan p"


NFD = unicodedata.normalize("NFD", "Tromsö")


@pytest.mark.parametrize(
    ("spoiled", "mended"),
    [
        ("Two  blanks", "Two blanks"),
        (" before", "before"),
        ("after ", "after"),
        ("no\u00a0break", "no break"),
        (NFD, "Tromsö"),
        ("Київ  ", "Київ"),
    ],
)
def test_blanks_and_letters_are_mended_and_nothing_else(
    empty: Mou, found: Found, spoil: Spoil, spoiled: str, mended: str
) -> None:
    assert found("untidy", PLAN) == []
    spoil("UPDATE institution SET name = :name WHERE key = 'uit'", name=spoiled)
    assert found("untidy") == ["untidy:institution/uit"]
    before = empty("export").out
    answer = empty("check", "--fix")
    assert answer.err == f"change institution uit\n  name: {spoiled} → {mended}\n".replace("\u00a0", "\u00a0")
    assert found("untidy") == []
    assert empty.json("partner", "show", "uit")["name"] == mended
    after = empty("export").out
    assert len(set(before.splitlines()) ^ set(after.splitlines())) == 2


def test_texts_are_mended_wherever_they_are_kept(empty: Mou, found: Found, spoil: Spoil) -> None:
    said = """agreements:
  - {key: a, parties: [adu, {institution: uit, unit: Law}], title: {en: One, az: Bir}, languages: [en, az],
     people: [{name: Ann, names: {az: Enn}}], documents: [scan.pdf], note: "a, b; \\"c\\" , d"}
events:
  - {key: e, name: Fair, topics: [Mobility, {az: Dil, en: Language}]}
"""
    assert found("untidy", said + PLAN) == []
    spoil('UPDATE agreement SET title = \'{"en": "One ", "az": "Bir"}\'')
    spoil("UPDATE agreement_party SET unit = 'Law  School' WHERE unit = 'Law'")
    spoil('UPDATE agreement_person SET names = \'{"az": " Enn"}\'')
    spoil("UPDATE agreement_document SET file = 'the  scan.pdf'")
    spoil('UPDATE event SET topics = \'["Mobility", {"az": "Dil ", "en": "Language"}]\'')
    spoil("UPDATE task SET text = 'A\u00a0B' WHERE key = 'p/1'")
    assert found("untidy") == ["untidy:event/e", "untidy:agreement/a", "untidy:task/p/1"]
    rows = empty.json("check", "--fix", "--dry-run")
    assert [(row["noun"], row["field"]) for row in rows] == [
        ("event", "topics"),
        *(("agreement", name) for name in ("title", "parties", "people", "documents")),
        ("task", "task"),
    ]
    assert found("untidy") != []
    empty("check", "--fix")
    assert found("untidy") == []


def test_what_cannot_surely_be_mended_is_left(found: Found, spoil: Spoil) -> None:
    assert found("untidy") == []
    spoil("UPDATE institution SET name = '   ' WHERE key = 'uit'")
    spoil("UPDATE institution SET name = 'a\u202eb  c' WHERE key = 'uio'")
    assert found("untidy") == []
