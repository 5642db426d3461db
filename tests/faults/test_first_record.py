"""A first record is tried before a register is made for it, and a dry run before anything: both end as the change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Mou

Write = Callable[[str, str | bytes], str]
PLAN = """format: mou/1
home: [h1]
institutions:
  - {key: h1, name: Uni One, country: Azerbaijan}
plans:
  - key: pl
    year: 2025
    owner: h1
    tasks:
      - {number: "1", task: A, timing: May}
"""


def test_a_first_record_may_come_from_standard_input(absent: Mou) -> None:
    answer = absent("partner", "add", "--from", "-", input="name: Uni X\ncountry: Norway\n")
    assert answer.out == "uni-x\n"


def test_two_first_names_of_the_same_key_have_two(absent: Mou) -> None:
    absent("add", "--home", "同济大学", "--partner", "统计大学", "--new", "--country", "China")
    assert [row["key"] for row in absent.json("partner", "list")] == ["tong-ji-da-xue", "tong-ji-da-xue-2"]


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_new_partner_is_meant_by_a_part_of_its_name(seeds: Mou, options: tuple[str, ...]) -> None:
    new = ("--home", "khazar", "--partner", "University of Turku", "--new", "--country", "Finland")
    answer = seeds("add", *new, "--signatory", "A B; Rector; Turku", *options)
    assert "add institution university-of-turku" in answer.out + answer.err


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_reference_that_another_record_holds_is_refused(seeds: Mou, write: Write, options: tuple[str, ...]) -> None:
    file = write("a.yaml", "format: mou/1\nagreements: [{key: zz, ref: 2025-001, parties: [khazar, uit]}]\n")
    answer = seeds.fails(5, "import", file, *options)
    assert answer.err.splitlines()[0] == "mou: reference 2025-001 of zz is held by bsu-social-services-agency"


def test_a_new_task_stands_in_the_year_that_its_plan_was_moved_to(absent: Mou, write: Write) -> None:
    absent("import", write("plan.yaml", PLAN))
    absent("plan", "edit", "pl", "--year", "2026")
    more = PLAN + '      - {number: "2", task: B, timing: May}\n'
    answer = absent("import", write("plan.yaml", more))
    assert answer.err.splitlines()[0].startswith("kept in plan pl: year")
    assert "task pl/1" not in answer.err
    tasks = absent.json("plan", "due", "--month", "2026-05")
    assert [(task["number"], task["deadline"]) for task in tasks] == [("1", "2026-05-31"), ("2", "2026-05-31")]


def test_a_result_told_later_leaves_the_day_a_task_was_done(seeds: Mou) -> None:
    seeds("plan", "done", "5.1", "--on", "2025-05-03")
    seeds("plan", "done", "5.1", "--result", "An exhibition")
    task = seeds.json("plan", "task", "show", "mdu-veterans-2025/5.1")
    assert (task["done_on"], task["actual_result"]) == ("2025-05-03", "An exhibition")


def test_a_task_that_is_no_longer_done_has_no_day(seeds: Mou) -> None:
    seeds("plan", "done", "5.1")
    task = seeds.json("plan", "task", "edit", "5.1", "--status", "in-progress")
    assert (task["status"], task["done_on"], task["percent"]) == ("in-progress", None, None)


def test_a_section_that_is_not_known_is_told_once(empty: Mou, write: Write) -> None:
    answer = empty.fails(3, "import", write("a.yaml", "format: mou/1\nagreement:\n- {key: a}\n- {key: b}\n"))
    assert answer.err.count("unknown field 'agreement'") == 1
