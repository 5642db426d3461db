from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mou_cli.output.nouns import KEYS
from mou_cli.views.task import TaskFilter, count_tasks, find_due, find_tasks, list_by_language

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader

MAY = TaskFilter(open_plans=True, due_from=date(2025, 5, 1), due_to=date(2025, 5, 31))
DAY = date(2025, 5, 10)

SMALL = """\
format: mou/1
home: [home]
institutions:
  - {key: home, name: Home}
  - {key: other, name: Other}
agreements:
  - {key: pact, parties: [home, other]}
plans:
  - key: now
    year: 2025
    owner: home
    language: az
    tasks:
      - {number: "1", task: dated, timing: 15.05, executors: [Fərəh Cəlil, Asim Məmmədov], strategy: ["4.2.14"]}
      - {number: "2", task: month, timing: May ayında, status: in-progress, executors: ["100% Əli_Vəli"],
         strategy: ["4.2.1"]}
      - {number: "3", task: done, timing: May, status: done, strategy: ["4.2.1.3", "4.2"]}
      - {number: "4", task: dropped, timing: May, status: dropped, strategy: ["14.2.1"]}
      - {number: "10", task: quarter, timing: II rüb, executors: [Asim Əliyev, Fərəh]}
      - {number: "5", task: year, timing: Cari il}
      - {number: "6", task: recurring, timing: mütəmadi}
      - {number: "7", task: unreadable, timing: nə vaxtsa}
      - {number: "8", task: untimed}
      - number: "9.1"
        section: {en: Section, az: Bölmə}
        direction: Yön
        task: {en: All, az: Hamısı}
        ways: [Bir, {az: İki, en: Two}, {en: Three}]
        executors: [B, A]
        timing: 1 iyun
        strategy: ["2.10", "2.9"]
        expected_result: {en: Result}
        actual_result: Nəticə
        status: done
        percent: 90
        done: 2025-05-20
        agreements: [pact]
        partners: [other, home]
        note: {az: Qeyd, en: Note}
        source: {document: Plan, line: 9}
  - key: later
    year: 2026
    owner: home
    tasks:
      - {number: "1", task: next May, timing: May}
      - {number: "2", task: over the winter, timing: noyabr-fevral}
  - key: past
    year: 2025
    owner: home
    status: closed
    tasks:
      - {number: "1", task: too late, timing: May}
      - {number: "2", task: ran, timing: Cari il}
"""
WHOLE = {
    "key": "now/9.1",
    "plan": "now",
    "year": 2025,
    "number": "9.1",
    "section": "Bölmə",
    "direction": "Yön",
    "task": "Hamısı",
    "ways": ["Bir", "İki", "Three"],
    "executors": ["B", "A"],
    "timing": "1 iyun",
    "due_kind": "date",
    "due_from": "2025-06-01",
    "due_to": "2025-06-01",
    "deadline": "2025-06-01",
    "strategy": ["2.10", "2.9"],
    "expected_result": "Result",
    "actual_result": "Nəticə",
    "status": "done",
    "percent": 90,
    "done_on": "2025-05-20",
    "overdue": False,
    "agreements": ["pact"],
    "partners": ["other", "home"],
    "note": "Qeyd",
    "texts": {
        "section": {"en": "Section", "az": "Bölmə"},
        "task": {"en": "All", "az": "Hamısı"},
        "expected_result": {"en": "Result"},
        "note": {"az": "Qeyd", "en": "Note"},
        "ways": {"az": ["Bir", "İki", "Three"], "en": ["Bir", "Two", "Three"]},
    },
    "source": {"document": "Plan", "line": 9},
    "days_left": 22,
}


def keys(reader: Reader, wanted: TaskFilter, sort: str = "deadline", limit: int | None = None) -> list[str]:
    return [row["key"] for row in find_tasks(reader, wanted, DAY, sort, limit)]


def numbers(reader: Reader, wanted: TaskFilter, sort: str = "deadline") -> list[str]:
    return [row["number"] for row in find_tasks(reader, wanted, DAY, sort)]


def test_row_holds_all_of_a_task_in_the_language_of_its_plan(small: Reader) -> None:
    assert list(find_tasks(small, TaskFilter(key="now/9.1"), DAY)) == [WHOLE]


def test_row_has_the_keys_of_the_contract_in_their_order(small: Reader) -> None:
    for row in find_tasks(small, TaskFilter(), DAY):
        assert tuple(row) == KEYS["task"]


def test_what_is_not_known_is_null_or_empty(small: Reader) -> None:
    (row,) = find_tasks(small, TaskFilter(plan="now", number="8"), DAY)
    assert {name: value for name, value in row.items() if value is not None} == {
        "key": "now/8",
        "plan": "now",
        "year": 2025,
        "number": "8",
        "task": "untimed",
        "ways": [],
        "executors": [],
        "due_kind": "none",
        "due_from": "2025-01-01",
        "due_to": "2025-12-31",
        "strategy": [],
        "status": "planned",
        "overdue": False,
        "agreements": [],
        "partners": [],
        "texts": {},
    }


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (TaskFilter(plan="later"), ["later/1", "later/2"]),
        (TaskFilter(number="2"), ["now/2", "past/2", "later/2"]),
        (TaskFilter(year=2026), ["later/1", "later/2"]),
        (TaskFilter(statuses=("done", "dropped")), ["now/3", "now/4", "now/9.1"]),
        (TaskFilter(plan="past", open_plans=True), []),
        (TaskFilter(executor="fərəh"), ["now/1", "now/10"]),
        (TaskFilter(executor="CELIL fer"), ["now/1"]),
        (TaskFilter(executor="asim cəlil"), []),
        (TaskFilter(executor="ərəh"), []),
        (TaskFilter(executor="%"), []),
        (TaskFilter(executor="_"), []),
        (TaskFilter(executor="100% əli_v"), ["now/2"]),
        (TaskFilter(executor="a b" * 50_000), []),
        (TaskFilter(code="4.2.1"), ["now/2", "now/3"]),
        (TaskFilter(code="4.2"), ["now/1", "now/2", "now/3"]),
        (TaskFilter(code="4.2.14"), ["now/1"]),
        (TaskFilter(code="4"), ["now/1", "now/2", "now/3"]),
        (TaskFilter(code="2.1"), []),
        (TaskFilter(words="vinter"), []),
        (TaskFilter(words="winter"), ["later/2"]),
        (TaskFilter(words="bolme two"), ["now/9.1"]),
    ],
)
def test_filters_narrow_together(small: Reader, wanted: TaskFilter, found: list[str]) -> None:
    assert keys(small, wanted) == found
    assert count_tasks(small, wanted, DAY) == len(found)


@pytest.mark.parametrize(
    ("wanted", "due", "more"),
    [
        (MAY, ["now/1", "now/2", "now/3", "now/4"], 5),
        (replace(MAY, open_plans=False), ["now/1", "now/2", "now/3", "now/4", "past/1"], 6),
        (replace(MAY, statuses=("planned", "in-progress")), ["now/1", "now/2"], 5),
        (replace(MAY, executor="asim"), ["now/1"], 1),
        (replace(MAY, due_from=date(2025, 5, 15), due_to=date(2025, 5, 15)), ["now/1"], 8),
        (replace(MAY, due_from=date(2025, 5, 16), due_to=date(2025, 5, 30)), [], 8),
        (replace(MAY, due_from=date(2025, 12, 31), due_to=date(2025, 12, 31)), ["now/5"], 3),
        (replace(MAY, due_from=date(2027, 1, 1), due_to=None), ["later/2"], 0),
        (replace(MAY, due_from=None, due_to=date(2025, 5, 15)), ["now/1"], 8),
        (replace(MAY, due_from=date(2025, 3, 1), due_to=date(2025, 3, 31)), [], 4),
        (replace(MAY, due_from=date(2025, 3, 1), due_to=date(2025, 4, 1)), [], 5),
        (TaskFilter(due_month=5), ["now/1", "now/2", "now/3", "now/4", "past/1", "later/1"], 6),
        (TaskFilter(due_month=5, year=2026), ["later/1"], 0),
        (TaskFilter(due_month=2, open_plans=True), ["later/2"], 4),
        (TaskFilter(due_month=1, year=2026), [], 1),
        (TaskFilter(due_month=10, year=2026), [], 0),
        (TaskFilter(due_month=11, year=2026), [], 1),
    ],
)
def test_due_is_what_has_its_deadline_in_the_window_and_the_rest_is_counted(
    small: Reader, wanted: TaskFilter, due: list[str], more: int
) -> None:
    found = find_due(small, wanted, DAY)
    assert ([row["key"] for row in found.tasks], found.running) == (due, more)


@pytest.mark.parametrize("wanted", [MAY, TaskFilter(due_month=5), replace(MAY, with_overdue=True, code="4.2")])
def test_running_adds_just_those_that_were_counted(small: Reader, wanted: TaskFilter) -> None:
    due = find_due(small, wanted, DAY)
    everything = find_due(small, replace(wanted, running=True), DAY)
    listed, due_keys = [row["key"] for row in everything.tasks], {row["key"] for row in due.tasks}
    assert everything.running == 0
    assert due_keys <= set(listed)
    assert len(listed) == len(due_keys) + due.running


def test_without_a_window_nothing_more_is_counted(small: Reader) -> None:
    due = find_due(small, TaskFilter(plan="later", running=False), DAY)
    assert ([row["key"] for row in due.tasks], due.running) == (["later/1", "later/2"], 0)


@pytest.mark.parametrize(
    ("day", "late"),
    [
        (date(2025, 5, 15), []),
        (date(2025, 5, 16), ["now/1"]),
        (date(2025, 5, 31), ["now/1"]),
        (date(2025, 6, 1), ["now/1", "now/2"]),
        (date(2026, 1, 1), ["now/1", "now/2", "now/10", "now/5"]),
    ],
)
def test_overdue_starts_on_the_day_after_the_deadline(small: Reader, day: date, late: list[str]) -> None:
    assert keys(small, TaskFilter(overdue_on=day)) == late
    everything = find_tasks(small, TaskFilter(), day)
    assert [row["key"] for row in everything if row["overdue"]] == late


def test_overdue_narrows_a_window_while_with_overdue_widens_it(small: Reader) -> None:
    today = date(2025, 6, 10)
    month = TaskFilter(due_from=today, due_to=date(2025, 7, 9))
    assert keys(small, replace(month, overdue_on=today)) == []
    assert keys(small, replace(MAY, overdue_on=today)) == ["now/1", "now/2"]
    found = find_tasks(small, replace(month, with_overdue=True), today)
    assert [row["key"] for row in found] == ["now/1", "now/2", "now/10"]


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("number", ["1", "2", "3", "4", "5", "6", "7", "8", "9.1", "10"]),
        ("-number", ["10", "9.1", "8", "7", "6", "5", "4", "3", "2", "1"]),
        ("deadline", ["1", "2", "3", "4", "9.1", "10", "5", "6", "7", "8"]),
        ("-deadline", ["5", "10", "9.1", "2", "3", "4", "1", "6", "7", "8"]),
        ("status", ["3", "9.1", "4", "2", "1", "5", "6", "7", "8", "10"]),
    ],
)
def test_order_takes_numbers_as_numbers_and_no_deadline_last(small: Reader, sort: str, found: list[str]) -> None:
    assert numbers(small, TaskFilter(plan="now"), sort) == found
    assert keys(small, TaskFilter(plan="now"), sort, 3) == [f"now/{number}" for number in found[:3]]


@pytest.mark.parametrize(
    ("items", "languages", "lists"),
    [
        ([], (), {}),
        (["one", None], (), {}),
        ([{"az": "bir"}, "two", None], (), {"az": ["bir", "two", None]}),
        (
            [{"az": "bir"}, {"en": "two", "ru": "два"}],
            ("ru",),
            {"az": ["bir", "два"], "en": ["bir", "two"], "ru": ["bir", "два"]},
        ),
    ],
)
def test_list_by_language_keeps_every_item(
    items: list[str | dict[str, str] | None], languages: tuple[str, ...], lists: dict[str, list[str | None]]
) -> None:
    assert list_by_language(items, languages) == lists
