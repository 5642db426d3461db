"""`add` and `edit` answer with the record as `show` gives it, in every form that is asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Mou

FORMS = ("table", "json", "jsonl", "yaml", "markdown", "csv", "tsv")
# noun: (what adds one, what changes it, what shows it)
RECORDS = {
    "agreement": ("add --partner miras --home khazar --title New", "edit 2025-135 --note x", "show 2025-135"),
    "institution": ("partner add Newcomer", "partner edit khazar --note x", "partner show khazar"),
    "event": ("event add Visit --host khazar", "event edit visit --note x", "event show visit"),
    "plan": ("plan add p9 --year 2025 --owner khazar", "plan edit veterans --note x", "plan show veterans"),
    "task": ("plan task add 9 --plan veterans", "plan task edit 5.1 --note x", "plan task show 5.1"),
}


@pytest.mark.once_on_server("forms", each="noun")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("noun", RECORDS)
def test_a_record_that_is_changed_is_shown_whole(seeds: Mou, noun: str, form: str) -> None:
    add, edit, show = (line.split() for line in RECORDS[noun])
    if noun in {"agreement", "event"}:
        seeds(*add)
    answer = seeds(*edit, "-f", form)
    if noun != "plan" or form not in {"csv", "tsv"}:  # a plan's lines are those of its tasks
        assert answer.out == seeds(*show, "-f", form).out


@pytest.mark.parametrize("noun", RECORDS)
def test_a_record_that_is_added_is_shown_whole(seeds: Mou, noun: str) -> None:
    add, _edit, show = (line.split() for line in RECORDS[noun])
    extra = ["--task", "Invite"] if noun == "task" else []
    row = json.loads(seeds(*add, *extra, "-f", "json").out)
    key = row["number"] if noun == "task" else row["key"]
    assert row == seeds.json(*show[:-1], key)
    assert row["history"]["recorded_by"] == "tester"


def test_the_page_of_a_plan_has_its_tasks_below(seeds: Mou) -> None:
    answer = seeds("plan", "edit", "veterans", "--responsible", "Leyla", "-f", "table")
    assert "No.  Task" in answer.out
    assert "\nNo." not in seeds("plan", "add", "p9", "--year", "2025", "--owner", "khazar", "-f", "table").out
