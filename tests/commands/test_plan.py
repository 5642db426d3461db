"""`mou plan`: plans of units, their tasks, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou

PLAN = "mdu-veterans-2025"
NO_KEY = " is not a key: letters a–z, digits, dot, dash and underscore, at most 100, no space"


@pytest.fixture
def two(seeds: Mou) -> Mou:
    """The seeds with a second open plan, of 2026, that has a task 5.1 too."""
    seeds("plan", "add", "p26", "--year", "2026", "--owner", "mdu", "--title", "Second plan")
    seeds("plan", "task", "add", "5.1", "--plan", "p26", "--task", "Repair", "--timing", "May")
    return seeds


def test_a_task_is_done_with_its_day_and_result(seeds: Mou) -> None:
    row = seeds.json("plan", "done", "5.1", "--result", "12 handicrafts sold", "--on", "2025-05-09")
    told = {name: row[name] for name in ("key", "status", "percent", "done_on", "actual_result", "overdue")}
    assert told == {
        "key": f"{PLAN}/5.1",
        "status": "done",
        "percent": 100,
        "done_on": "2025-05-09",
        "actual_result": "12 handicrafts sold",
        "overdue": False,
    }
    assert seeds.json("plan", "list")[0]["done"] == 1


def test_a_task_done_without_a_result_says_so(seeds: Mou) -> None:
    answer = seeds("plan", "done", "5.5")
    assert answer.out == ""
    assert answer.err.splitlines()[0] == "no result is recorded yet (say --result)"
    assert seeds.json("plan", "task", "show", "5.5")["done_on"] == "2025-05-10"


def test_a_number_of_several_open_plans_needs_the_plan(two: Mou) -> None:
    for command in (("plan", "done", "5.1", "--result", "x"), ("plan", "task", "show", "5.1")):
        answer = two.fails(5, *command)
        assert answer.err == (f"mou: task 5.1 stands in several open plans: {PLAN}, p26\nhint: say which with --plan\n")
    assert two.json("plan", "done", "5.1", "--plan", "Second", "--result", "x")["key"] == "p26/5.1"
    assert two.json("plan", "task", "show", "5.1", "--plan", PLAN)["status"] == "planned"


def test_a_number_of_one_open_plan_is_enough(two: Mou) -> None:
    two("plan", "close", "p26")
    assert two.json("plan", "done", "5.1", "--result", "x")["key"] == f"{PLAN}/5.1"


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ("sold\x1b[31m", r"the text contains \x1b, which cannot be stored"),
        ("x" * 20_001, "the text is 20001 characters long; 20000 is the limit"),
    ],
    ids=["control", "long"],
)
def test_a_result_that_no_file_could_bring_back_is_refused(seeds: Mou, result: str, message: str) -> None:
    before = seeds.content()
    assert seeds.fails(2, "plan", "done", "5.1", "--result", result).err == f"mou: --result: {message}\n"
    assert seeds.content() == before


def test_a_result_is_put_together_as_any_text_is(seeds: Mou) -> None:
    row = seeds.json("plan", "done", "5.1", "--result", "  cafe\u0301  sold \n")
    assert row["actual_result"] == "café sold"


@pytest.mark.parametrize("number", ["9.9", "", "%", "5"])
def test_a_number_that_is_not_there_is_not_found(seeds: Mou, number: str) -> None:
    answer = seeds.fails(4, "plan", "done", number)
    assert answer.err.splitlines()[1] == "hint: `mou plan show PLAN` lists the numbers"


def test_a_closed_plan_is_no_longer_due(seeds: Mou) -> None:
    answer = seeds("plan", "close", "veterans")
    assert answer.err.splitlines()[-1].strip() == "closed: 2025-05-10"
    assert "11 of its tasks are neither done nor dropped" in answer.err.splitlines()
    row = seeds.json("plan", "show", PLAN)
    assert (row["status"], row["closed_on"]) == ("closed", "2025-05-10")
    assert seeds.json("plan", "due", "--month", "May") == []
    assert seeds.json("plan", "due", "--overdue", "--as-of", "2026-01-01") == []
    assert seeds.fails(5, "plan", "close", PLAN).err == f"mou: plan {PLAN} is closed already\n"


def test_a_closed_plan_can_be_opened_again(seeds: Mou) -> None:
    seeds("plan", "close", PLAN)
    row = seeds.json("plan", "edit", PLAN, "--status", "open")
    assert (row["status"], row["closed_on"]) == ("open", None)
    assert len(seeds.json("plan", "due", "--month", "May")) == 2


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ((), [PLAN, "p26"]),
        (("--year", "2026"), ["p26"]),
        (("--owner", "Mingəçevir"), [PLAN, "p26"]),
        (("--owner", "ada"), []),
        (("--closed",), []),
        (("--open",), [PLAN, "p26"]),
        (("--sort", "-year"), ["p26", PLAN]),
        (("--sort", "key", "--limit", "1"), [PLAN]),
        (("--sort", "-key"), ["p26", PLAN]),
        (("--sort", "-owner"), [PLAN, "p26"]),
        (("veteran",), [PLAN]),
    ],
)
def test_plans_are_narrowed_and_ordered(two: Mou, options: tuple[str, ...], keys: list[str]) -> None:
    assert [row["key"] for row in two.json("plan", "list", *options)] == keys
    if "--limit" not in options:
        assert two("plan", "list", "--count", *options).out == f"{len(keys)}\n"


def test_a_plan_is_one_object_with_its_tasks(seeded: Mou) -> None:
    row = seeded.json("plan", "show", "veterans")
    assert (row["key"], row["tasks"], len(row["task_rows"])) == (PLAN, 11, 11)
    assert seeded("plan", "show", PLAN, "--columns", "number,deadline", "--format", "tsv").lines[:2] == [
        "number\tdeadline",
        "1.1\t2025-12-31",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "first"),
    [
        (("add",), 2, "mou: a plan needs a key"),
        (("add", "x", "--year", "2026"), 2, "mou: plan x: owner is missing"),
        (("add", "x", "--owner", "mdu"), 2, "mou: plan x: year is missing"),
        (("add", "x", "--year", "26", "--owner", "mdu"), 2, "mou: --year: 26 is not between 1000 and 2999"),
        (("add", "a b/c", "--year", "2026", "--owner", "mdu"), 2, f"mou: 'a b/c'{NO_KEY}"),
        (("add", PLAN, "--year", "2026", "--owner", "mdu"), 5, f"mou: there is a plan {PLAN} already"),
        (("show", "nothing"), 4, "mou: there is no plan 'nothing'"),
        (("close", "nothing"), 4, "mou: there is no plan 'nothing'"),
        (("list", "--year", "25"), 2, "mou: --year: '25' is no year"),
        (("remove", PLAN), 2, f"mou: removing plan {PLAN} has to be confirmed"),
        (("task", "add", "--plan", PLAN), 2, "mou: a task needs a number"),
        (("task", "add", "1.3"), 2, f"mou: task {PLAN}/1.3: task is missing"),
        (("task", "add", "1.1", "--task", "T"), 5, f"mou: there is a task {PLAN}/1.1 already"),
        (("task", "add", "1 1", "--task", "T"), 2, "mou: '1 1' is not a task number such as 5.1"),
        (("task", "add", "1.3", "--task", "T", "--strategy", "x"), 2,
            "mou: --strategy: 'x' is not a strategy code such as 2.3.1"),
        (("task", "edit", "1.1", "--percent", "101"), 2, "mou: --percent: 101 is not between 0 and 100"),
        (("task", "edit", "1.1", "--status", "xyz"), 2, None),
        (("task", "edit", "1.1", "--agreement", "2025-999"), 4, "mou: there is no agreement 2025-999"),
        (("task", "edit", "1.1", "--task", ""), 2, "mou: --task: task may not be empty"),
        (("done", "5.1", "--on", "2025"), 2,
            'mou: --on: "2025" is not a whole date: write year, month and day, such as 2024-05-01'),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(seeds: Mou, arguments: tuple[str, ...], code: int, first: str | None) -> None:
    before = seeds("export").out
    answer = seeds.fails(code, "plan", *arguments)
    assert answer.out == ""
    assert first is None or answer.err.splitlines()[0] == first
    assert seeds("export").out == before


def test_a_task_is_added_changed_and_removed(seeds: Mou) -> None:
    added = seeds(
        *("plan", "task", "add", "5.10.", "--task", "Repair", "--timing", "iyun–sentyabr", "--executor", "A"),
        *("--executor", "B", "--executor", "A", "--strategy", "4.2.1", "--way", "W", "--expected-result", "E"),
        *("--agreement", "khazar-uib", "--partner", "University of Bergen", "--section", "5", "--direction", "D"),
    )
    assert added.out == f"{PLAN}/5.10\n"
    row = seeds.json("plan", "task", "show", "5.10")
    expected = {
        "executors": ["A", "B"],
        "due_kind": "window",
        "due_from": "2025-06-01",
        "due_to": "2025-09-30",
        "deadline": "2025-09-30",
        "agreements": ["khazar-uib"],
        "partners": ["uib"],
        "ways": ["W"],
        "status": "planned",
    }
    assert {name: row[name] for name in expected} == expected
    assert [task["number"] for task in seeds.json("plan", "show", PLAN)["task_rows"]][-2:] == ["5.5", "5.10"]
    changed = seeds.json(
        "plan", "task", "edit", "5.10", "--status", "in-progress", "--percent", "40", "--timing", "I rüb"
    )
    assert (changed["status"], changed["percent"], changed["deadline"]) == ("in-progress", 40, "2025-03-31")
    assert changed["overdue"] is True
    assert seeds.fails(5, "remove", "khazar-uib", "--yes").err.startswith(
        f"mou: agreement khazar-uib is mentioned by task {PLAN}/5.10\n"
    )
    assert seeds("plan", "task", "remove", "5.10", "--yes").err == f"remove task {PLAN}/5.10\n"
    seeds.fails(4, "plan", "task", "show", "5.10")


def test_a_plan_goes_with_its_tasks(two: Mou) -> None:
    assert two("plan", "remove", "p26", "--yes").err == "remove plan p26\nremove task p26/5.1\n"
    assert [row["key"] for row in two.json("plan", "list")] == [PLAN]
    assert two.json("search", "Repair") == []


def test_the_tasks_follow_the_year_of_their_plan(two: Mou) -> None:
    two("plan", "edit", "p26", "--year", "2027")
    row = two.json("plan", "task", "show", "5.1", "--plan", "p26")
    assert (row["year"], row["deadline"]) == (2027, "2027-05-31")


def test_a_plan_that_is_closed_by_editing_has_its_day_and_loses_it_when_opened(seeds: Mou) -> None:
    closed = seeds.json("plan", "edit", "mdu-veterans-2025", "--status", "closed")
    assert (closed["status"], closed["closed_on"]) == ("closed", "2025-05-10")
    opened = seeds.json("plan", "edit", "mdu-veterans-2025", "--status", "open")
    assert (opened["status"], opened["closed_on"]) == ("open", None)


def test_tasks_that_follow_their_plan_into_another_year_are_told(two: Mou) -> None:
    moved = "change plan p26\n  year: 2026 → 2027\nchange task p26/5.1\n  year: 2026 → 2027\n"
    assert two("plan", "edit", "p26", "--year", "2027", "--dry-run").out == moved
    rows = two.json("plan", "edit", "p26", "--year", "2027", "--dry-run")
    told = [(row["noun"], row["key"], row["before"], row["after"]) for row in rows]
    assert told == [("plan", "p26", 2026, 2027), ("task", "p26/5.1", 2026, 2027)]
    assert two("plan", "edit", "p26", "--year", "2027").err == moved


def test_what_is_done_is_no_longer_due_but_stands_in_its_month(seeds: Mou) -> None:
    seeds("plan", "done", "5.1", "--result", "Sold")
    assert [task["number"] for task in seeds.json("plan", "due")] == ["5.5"]
    assert [task["number"] for task in seeds.json("plan", "due", "--within", "30d")] == ["5.5"]
    assert [(task["number"], task["status"]) for task in seeds.json("plan", "due", "--month", "May")] == [
        ("5.1", "done"),
        ("5.5", "planned"),
    ]


def test_a_task_of_which_the_day_is_said_that_it_was_done_is_done(seeds: Mou) -> None:
    assert seeds("plan", "task", "edit", "5.1", "--done", "2025-05-09").err == (
        f"change task {PLAN}/5.1\n  status: done\n  percent: 100\n  done: 2025-05-09\n"
    )
    seeds("plan", "task", "edit", "5.1", "--percent", "90")
    row = seeds.json("plan", "task", "edit", "5.1", "--done", "2025-05-08")
    assert (row["status"], row["percent"], row["done_on"]) == ("done", 90, "2025-05-08")
    seeds("plan", "task", "add", "9.1", "--task", "Repair", "--done", "2025-05")
    assert seeds.json("plan", "task", "show", "9.1")["status"] == "done"


@pytest.mark.parametrize("status", ["planned", "in-progress", "dropped"])
def test_a_task_that_is_not_done_takes_no_day_on_which_it_was(seeds: Mou, status: str) -> None:
    says = f"a task that is {status} has no day on which it was done; one that was has status: done"
    for verb, number, *others in (("edit", "5.1"), ("add", "9.1", "--task", "Repair")):
        answer = seeds.fails(2, "plan", "task", verb, number, *others, "--done", "2025-05-09", "--status", status)
        assert answer.err == f"mou: task {PLAN}/{number}: {says}\n"


def test_what_a_file_says_of_a_day_without_its_status_is_refused(seeds: Mou, write: Write) -> None:
    task = "{number: '1', task: T, done: 2025-05-03}"
    plan = f"  - {{key: p, year: 2025, owner: mdu, closed: 2026-01-05, tasks: [{task}]}}\n"
    file = write("plan.yaml", f"format: mou/1\nplans:\n{plan}")
    answer = seeds.fails(3, "import", file)
    assert answer.err == (
        f"{file}:3:38: a plan that is open has no day on which it was closed; a closed one has status: closed\n"
        f"{file}:3:89: a task that is planned has no day on which it was done; one that was has status: done\n"
        "mou: nothing was imported\n"
    )


def test_a_day_of_being_done_that_is_still_to_come_is_remarked_on(seeds: Mou) -> None:
    says = "the day on which it was done, 1 January 2027, is still to come\n"
    assert says in seeds("plan", "done", "5.1", "--on", "2027-01-01").err
    assert says in seeds("plan", "task", "edit", "5.5", "--done", "2027-01-01").err
    assert "still to come" not in seeds("plan", "task", "edit", "5.5", "--note", "N").err


@pytest.mark.parametrize("timing", ["31 noyabr", "29 fevral", "35 may", "when the moon is full"])
def test_a_timing_that_is_not_understood_is_told_where_it_is_typed(seeds: Mou, timing: str) -> None:
    says = f'the timing "{timing}" is not understood: the task has no deadline\n'
    assert seeds("plan", "task", "add", "9.1", "--task", "Repair", "--timing", timing, "--dry-run").err == says
    assert seeds("plan", "task", "add", "9.1", "--task", "Repair", "--timing", timing).err == says
    assert says in seeds("plan", "task", "edit", "5.1", "--timing", timing).err
    assert says not in seeds("plan", "task", "edit", "5.1", "--note", "N").err
    assert seeds("plan", "task", "add", "9.2", "--task", "Repair", "--timing", "Mütəmadi").err == ""
