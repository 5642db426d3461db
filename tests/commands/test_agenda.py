"""`mou due`: what ends, what needs notice or review, and which tasks fall due, in one list by the day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from mou_cli.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Mou, Process
    from tests.stock import Registers

# Every agreement is one thing to be reminded of; 10 May 2025 is the day.
REGISTER = """format: mou/1
home: [home]
institutions:
  - {key: home, name: Home University, country: AZ}
  - {key: oslo, name: University of Oslo, country: NO, type: university}
  - {key: lund, name: Lund University, country: SE, type: university}
  - {key: shell, name: Shell, country: GB, type: company}
agreements:
  - {key: tacit, parties: [home, oslo], type: exchange, stage: signed, starts: 2022-09-01, ends: 2025-08-31,
     renewal: tacit, renewal_term: 1y, notice: 3m, responsible: Leyla Əliyeva, unit: Law}
  - {key: missed, parties: [home, oslo], type: framework, stage: signed, starts: 2022-07-01, ends: 2025-06-30,
     renewal: tacit, renewal_term: 1y, notice: 3m}
  - {key: silent, parties: [home, lund], type: framework, stage: signed, starts: 2022-07-16, ends: 2025-07-15,
     renewal: tacit, renewal_term: 1y}
  - {key: last, parties: [home, lund], type: protocol, stage: signed, starts: 2023-10-01, ends: 2024-09-30,
     renewal: tacit, renewal_term: 1y, renewal_max: 1, notice: 1m}
  - {key: plain, parties: [home, shell], type: contract, stage: signed, starts: 2024-06-01, ends: 2025-05-31}
  - {key: month, parties: [home, shell], type: contract, stage: signed, starts: 2024-06-01, ends: 2025-08}
  - {key: given, parties: [home, lund], type: protocol, stage: signed, starts: 2022-07-06, ends: 2025-07-05,
     renewal: tacit, renewal_term: 1y, notice: 2m, lifecycle: [{kind: notice, date: 2025-04-01}]}
  - {key: ended, parties: [home, lund], type: memorandum, stage: signed, starts: 2022-04-02, ends: 2025-04-01,
     renewal: express, renewal_term: 1y}
  - {key: over, parties: [home, lund], type: memorandum, stage: signed, starts: 2022-04-02, ends: 2025-04-01,
     renewal: none}
  - {key: long-over, parties: [home, lund], type: memorandum, stage: signed, starts: 2012-04-02, ends: 2015-04-01}
  - {key: replaced, parties: [home, lund], type: memorandum, stage: signed, starts: 2022-04-02, ends: 2025-04-01}
  - {key: open, parties: [home, lund], type: memorandum, stage: signed, starts: 2025-04-02, ends: open,
     review: 2025-10-01, links: [{renews: replaced}]}
  - {key: stale, parties: [home, oslo], type: memorandum, stage: signed, starts: 2015-04-02, ends: open,
     review: 2018-10-01, responsible: Rəşad Məmmədov}
  - {key: reviewed, parties: [home, oslo], type: memorandum, stage: signed, starts: 2015-04-02, ends: open,
     review: 2018-10-01, lifecycle: [{kind: review, date: 2018-10-02}]}
  - {key: some-month, parties: [home, oslo], type: memorandum, stage: signed, starts: 2015-04-02, ends: open,
     review: 2025-06}
  - {key: some-day, parties: [home, oslo], type: memorandum, stage: signed, starts: 2015-04-02, ends: open,
     review: --06-01}
  - {key: draft, parties: [home, oslo], type: memorandum, stage: draft, starts: 2024-06-01, ends: 2025-05-31}
  - {key: future, parties: [home, oslo], type: memorandum, stage: signed, starts: 2025-06-01, ends: 2025-07-31}
  - {key: gone, parties: [home, oslo], type: memorandum, stage: signed, starts: 2024-06-01, ends: 2025-06-20,
     terminated: 2025-02-28}
plans:
  - key: plan
    year: 2025
    owner: home
    unit: Law
    tasks:
      - {number: "1", task: Late, timing: April, executors: [Leyla Əliyeva], agreements: [tacit]}
      - {number: "2", task: In time, timing: May, partners: [shell]}
      - {number: "3", task: Done, timing: April, status: done}
      - {number: "4", task: Far, timing: December}
      - {number: "5", task: Never, timing: regularly}
  - {key: closed, year: 2024, owner: home, status: closed, tasks: [{number: "1", task: Old, timing: April}]}
"""
LATE = [
    "2018-10-01 review stale",
    "2025-03-31 notice missed",
    "2025-04-01 end ended",
    "2025-04-30 task plan/1",
]
AHEAD = [
    "2025-05-31 end plain",
    "2025-05-31 notice tacit",
    "2025-05-31 task plan/2",
    "2025-06-30 review some-month",
    "2025-07-05 end given",
    "2025-07-15 end silent",
    "2025-08-31 end month",
    "2025-08-31 notice last",
    "2025-09-30 end last",
    "2025-10-01 review open",
]


@pytest.fixture
def mou(registers: Registers) -> Mou:
    """The command line on a register of things to be reminded of."""
    return registers.holding("register.yaml", REGISTER)


def told(mou: Mou, *options: str) -> list[str]:
    return [f"{row['date']} {row['kind']} {row['key']}" for row in mou.json("due", *options)]


def test_everything_stands_in_one_list_by_the_day(mou: Mou) -> None:
    assert told(mou) == [*LATE, *AHEAD]
    assert mou.json("due", "--count") == {"count": len(LATE + AHEAD)}
    assert told(mou, "--overdue") == LATE
    assert told(mou, "--limit", "5") == [*LATE, AHEAD[0]]


# On 10 May 2025 notice was given too late, will be too late, will be in time.
GIVEN_LATE = """format: mou/1
agreements:
  - {key: too-late, parties: [home, lund], starts: 2022-07-08, ends: 2025-07-07,
     renewal: tacit, renewal_term: 1y, notice: 3m, lifecycle: [{kind: notice, date: 2025-05-02}]}
  - {key: will-be-too-late, parties: [home, lund], starts: 2022-07-09, ends: 2025-07-08,
     renewal: tacit, renewal_term: 1y, notice: 1m, lifecycle: [{kind: notice, date: 2025-06-20}]}
"""


def test_tasks_of_a_day_stand_in_the_order_of_their_plan(small: Mou) -> None:
    small("plan", "add", "p", "--year", "2025", "--owner", "adu")
    for number in ("10", "9", "9.2", "9.10"):
        small("plan", "task", "add", number, "--plan", "p", "--task", "Print", "--timing", "May")
    in_order = ["9", "9.2", "9.10", "10"]
    assert [row["number"] for row in small.json("due")] == in_order
    assert [row["number"] for row in small.json("plan", "due")] == in_order
    assert [row["number"] for row in small.json("due", "--limit", "3")] == in_order[:3]


def test_what_goes_on_after_a_late_notice_does_not_end_with_the_term(mou: Mou, write: Callable[..., str]) -> None:
    mou("import", write("late.yaml", GIVEN_LATE))
    late = ("--partner", "lund", "--type", "cooperation")
    assert told(mou, *late) == ["2025-06-08 notice will-be-too-late", "2025-07-07 end too-late"]
    assert told(mou, *late, "--as-of", "2026-05-01") == ["2026-07-07 end too-late", "2026-07-08 end will-be-too-late"]
    goes_on = {row["key"]: row["goes_on"] for row in mou.json()["ends"]["rows"]}
    assert goes_on["too-late"]
    assert not goes_on["given"]
    assert "too-late" not in [row["key"] for row in mou.json("list", "--notice-missed")]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--within", "21d"), [*LATE, *AHEAD[:3]]),
        (("--within", "20d"), LATE),
        (("--within", "1y", "--kind", "task"), [LATE[3], AHEAD[2], "2025-12-31 task plan/4"]),
        (("--kind", "review"), [LATE[0], AHEAD[3], AHEAD[9]]),
        (("--kind", "end", "--kind", "notice", "--overdue"), LATE[1:3]),
        (("--country", "Norway"), [LATE[0], LATE[1], LATE[3], AHEAD[1], AHEAD[3]]),
        (("--partner", "shell"), [AHEAD[0], AHEAD[2], AHEAD[6]]),
        (("--partner-type", "company", "--kind", "end"), [AHEAD[0], AHEAD[6]]),
        (("--type", "exchange"), [LATE[3], AHEAD[1]]),
        (("--type", "exchange", "--type", "contract"), [LATE[3], AHEAD[0], AHEAD[1], AHEAD[6]]),
        (("--unit", "law"), [LATE[3], AHEAD[1], AHEAD[2]]),
        (("--responsible", "leyla"), [LATE[3], AHEAD[1]]),
        (("--responsible", "Rəşad Məmmədov"), [LATE[0]]),
        (("--home", "home", "--kind", "task"), [LATE[3], AHEAD[2]]),
    ],
)
def test_options_narrow_what_is_told(mou: Mou, options: tuple[str, ...], expected: list[str]) -> None:
    assert told(mou, *options) == expected
    assert mou.json("due", *options, "--count") == {"count": len(expected)}


def test_a_lead_counts_for_its_type_and_tasks_have_their_own(mou: Mou) -> None:
    mou("config", "set", "lead.agreement", "1m")
    mou("config", "set", "lead.exchange", "2y")
    mou("config", "set", "lead.contract", "4m")
    assert told(mou) == [
        LATE[0],  # reviews stay until they are done
        LATE[3],
        *(AHEAD[0], AHEAD[1], AHEAD[2]),
        "2025-06-30 review some-month",  # it may be on 1 June
        "2025-08-31 end month",
    ]
    assert {row["key"]: row["lead"] for row in mou.json("due")} == {
        "stale": "1m",
        "plan/1": "30d",
        "plain": "4m",
        "tacit": "2y",
        "plan/2": "30d",
        "some-month": "1m",
        "month": "4m",
    }
    mou("config", "set", "lead.task", "1y")
    assert "2025-12-31 task plan/4" in told(mou)
    footer = mou("due", "-f", "table", env={"COLUMNS": "120"}).lines[-1]
    assert footer == ("8 entries, up to 1 month ahead (exchange agreement 2 years, contract 4 months, tasks 1 year)")


def test_a_lead_of_a_type_is_listed_once_it_is_set(mou: Mou) -> None:
    def listed() -> set[str]:
        return {row["name"] for row in mou.json("config", "list") if row["name"].startswith("lead.")}

    assert listed() == {"lead.agreement", "lead.task"}
    mou("config", "set", "lead.agreement", "9m")
    assert listed() == {"lead.agreement", "lead.task"}
    assert mou("config", "get", "lead.double-degree").out == "9m\n"
    mou("config", "set", "lead.double-degree", "1y")
    assert listed() == {"lead.agreement", "lead.task", "lead.double-degree"}
    assert mou("config", "get", "lead.double-degree", env={"MOU_LEAD_DOUBLE_DEGREE": "2y"}).out == "2y\n"
    assert SETTINGS["lead.double-degree"].variable == "MOU_LEAD_DOUBLE_DEGREE"


def test_a_lead_that_is_no_length_is_refused(mou: Mou) -> None:
    answer = mou.fails(2, "due", env={"MOU_LEAD_EXCHANGE": "soon"})
    assert answer.err.startswith('mou: MOU_LEAD_EXCHANGE: "soon" is not a length')
    assert mou.fails(2, "due", "--within", "x").err.startswith('mou: --within: "x" is not a length')


@pytest.mark.parametrize(
    ("key", "fact"),
    [
        ("missed", "{kind: renewal, date: 2025-05-01, form: tacit-confirmed}"),
        ("missed", "{kind: review, date: 2025-03-01, outcome: continue}"),
        ("ended", "{kind: notice, date: 2025-03-01}"),
        ("ended", "{kind: review, date: 2025-05-01, outcome: end}"),
        ("ended", "{kind: renewal, date: 2025-05-01, until: 2027-04-01}"),
        ("stale", "{kind: review, date: 2025-05-10}"),
    ],
)
def test_what_was_decided_is_no_longer_late(
    mou: Mou, write: Callable[[str, str | bytes], str], key: str, fact: str
) -> None:
    assert any(line.endswith(key) for line in told(mou, "--overdue"))
    change = f"format: mou/1\nagreements: [{{key: {key}, lifecycle: [{fact}]}}]\n"
    mou("import", write("fact.yaml", change))
    assert not any(line.endswith(key) for line in told(mou, "--overdue"))


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("ended", "{kind: notice, date: '2025'}"),  # it may have been given as late as in December
        ("ended", "{kind: notice, date: 2025-05}"),
        ("ended", "{kind: notice, date: --03-04}"),
        ("missed", "{kind: review, date: 2025-05, outcome: continue}"),
        ("missed", "{kind: review, date: 2025-03-01, outcome: end}"),
        ("missed", "{kind: review, date: 2025-03-01, outcome: renew}, {kind: review, date: 2025-04-01, outcome: end}"),
        ("ended", "{kind: notice, date: 2023-01-01}, {kind: renewal, date: 2023-05-01, until: 2025-04-01}"),
        ("ended", "{kind: review, date: 2023-01, outcome: end}, {kind: amendment, date: 2023-02, until: 2025-04-01}"),
    ],
)
def test_what_does_not_count_yet_or_was_overridden_decides_nothing(
    mou: Mou, write: Callable[[str, str | bytes], str], key: str, facts: str
) -> None:
    late = told(mou, "--overdue")
    change = f"format: mou/1\nagreements: [{{key: {key}, lifecycle: [{facts}]}}]\n"
    mou("import", write("fact.yaml", change))
    assert told(mou, "--overdue") == late


@pytest.mark.parametrize(
    ("day", "key", "kinds"),
    [
        ("2024-11-30", "tacit", []),  # in six months it is 30 May
        ("2024-12-01", "tacit", ["notice"]),
        ("2025-05-31", "tacit", ["notice"]),
        ("2025-06-01", "tacit", ["notice late"]),
        ("2025-08-31", "tacit", ["notice late"]),
        ("2025-09-01", "tacit", []),  # the next term runs, and its day is nine months away
        ("2025-12-01", "tacit", ["notice"]),
        ("2025-01-14", "silent", []),
        ("2025-01-15", "silent", ["end"]),
        ("2025-07-16", "silent", []),
        ("2025-04-01", "ended", ["end"]),
        ("2025-10-01", "ended", ["end late"]),
        ("2025-10-02", "ended", []),
        ("2025-06-01", "month", ["end"]),
        ("2025-08-31", "month", ["end"]),
        ("2025-09-01", "month", ["end late"]),
        ("2024-12-01", "some-month", ["review"]),
        ("2024-11-30", "some-month", []),
        ("2025-07-01", "some-month", ["review late"]),
        ("2040-01-01", "stale", ["review late"]),
        ("2039-06-01", "tacit", ["notice late"]),  # beyond what is stored ahead
        ("2039-05-31", "tacit", ["notice"]),
        ("2025-08-31", "last", ["end", "notice"]),
        ("2025-09-01", "last", ["end"]),  # there is nothing left to decide
        ("2025-10-01", "last", ["end late"]),
    ],
)
def test_the_day_asked_decides(mou: Mou, day: str, key: str, kinds: list[str]) -> None:
    rows = mou.json("due", "--as-of", day)
    assert sorted(f"{row['kind']}{' late' * row['overdue']}" for row in rows if row["key"] == key) == kinds


def test_every_day_is_the_one_that_show_tells(mou: Mou) -> None:
    seen = set()
    for months in range(0, 60, 5):
        day = (date(2024, 1, 10) + timedelta(days=30 * months)).isoformat()
        for row in mou.json("due", "--as-of", day, "--within", "2y"):
            seen.add(row["kind"])
            assert row["overdue"] == (row["date"] < day)
            assert row["days_left"] in {None, (date.fromisoformat(row["date"]) - date.fromisoformat(day)).days}
            _as_shown(mou, row, day)
    assert seen == {"end", "notice", "review", "task"}


def _as_shown(mou: Mou, row: dict[str, Any], day: str) -> None:
    if row["kind"] == "task":
        assert mou.json("plan", "task", "show", row["key"], "--as-of", day)["deadline"] == row["date"]
        return
    shown = mou.json("show", row["key"], "--as-of", day)
    assert (shown["ref"], shown["status"], shown["partners"]) == (row["ref"], row["status"], row["partners"])
    if row["kind"] == "end":
        assert (shown["ends_from"], shown["ends_to"]) == (row["date_from"], row["date"])
    elif row["kind"] == "notice":
        assert shown["notice_by"] == row["date"]
    else:
        assert shown["review_on"] in {row["date"], row["date"][:7]}


@pytest.mark.parametrize("day", ["2024-12-20", "2025-05-10", "2025-08-31", "2026-04-15", "2041-04-15"])
def test_the_overview_tells_the_same(mou: Mou, day: str) -> None:
    overview = mou.json("--as-of", day)
    rows = [row for row in mou.json("due", "--as-of", day, "--within", "90d") if not row["overdue"]]
    keys = {kind: {row["key"] for row in rows if row["kind"] == kind} for kind in ("end", "notice")}
    assert {row["key"] for row in overview["notice"]["rows"]} == keys["notice"]
    ends = {row["key"] for row in overview["ends"]["rows"] if not (row["goes_on"] and row["notice_by"])}
    # What needs notice is not told twice there.
    assert ends == keys["end"] - keys["notice"]
    late = {row["key"] for row in mou.json("due", "--as-of", day, "--kind", "task", "--overdue")}
    assert {row["key"] for row in overview["overdue"]["rows"]} == late


def test_explained_every_day_has_its_rule(mou: Mou) -> None:
    reasons = {row["key"]: row["reasons"] for row in mou.json("due", "--explain")}
    assert [(reason["topic"], reason["code"]) for reason in reasons["tacit"]] == [
        ("notice", "length"),
        ("ends", "stated"),
    ]
    assert [(reason["topic"], reason["code"]) for reason in reasons["ended"]] == [
        ("ends", "stated"),
        ("renewal", "unconfirmed"),
    ]
    assert reasons["stale"] == [{"topic": "review", "code": "stated", "date": "2018-10-01"}]
    assert reasons["plan/2"] == [
        {"topic": "timing", "code": "month", "first": "2025-05-01", "last": "2025-05-31", "text": "May"}
    ]
    assert all(reasons.values())
    assert not any(row["reasons"] for row in mou.json("due"))


def test_cron_hears_nothing_unless_something_is_overdue(mou: Mou, process: Process) -> None:
    env = {"MOU_DB": mou.address}
    late = process("due", "--check", "--columns", "date,key", env=env)
    assert (late.returncode, late.stderr) == (3, b"")
    assert late.stdout.decode().splitlines()[1:] == [
        line.replace(f" {line.split()[1]} ", "\t") for line in [*LATE, *AHEAD]
    ]
    for options in ((), ("--as-of", "2024-12-01"), ("-f", "json"), ("-o", mou.address + ".csv")):
        fine = process("due", "--check", "--partner", "shell", *options, env=env)
        assert (fine.returncode, fine.stdout, fine.stderr) == (0, b"", b""), options
    counted = mou.call("due", "--check", "--overdue", "--count")
    assert (counted.code, counted.out) == (3, f"{len(LATE)}\n")


def test_the_empty_answer_says_what_would_widen_it(mou: Mou) -> None:
    answer = mou("due", "--country", "Sweden", "--kind", "review", "--within", "1m", "-f", "table")
    assert answer.out == ""
    assert answer.err == (
        "nothing lies ahead or is late: only review, up to 1 month ahead, partners in Sweden; without --kind there is "
        "one; without --country there are 2; with --within 1y there is one\n"
    )
    assert mou("due", "--responsible", "leyla", "--kind", "review", "-f", "table").err == (
        'nothing lies ahead or is late: only review, up to 6 months ahead, responsible "leyla"; without --kind there '
        "are 2; without --responsible there are 3\n"
    )
    assert mou.fails(4, "due", "--responsible", "nobody").err == "mou: there is no responsible 'nobody'\n"


def test_a_register_without_days_says_so(empty: Mou) -> None:
    assert empty("due", "-f", "table").err.startswith("nothing lies ahead or is late: none is recorded yet; begin with")
    empty("add", "--home", "H", "--partner", "P", "--new", "--country", "NO")
    assert empty("due", "-f", "table").err == (
        "nothing lies ahead or is late: "
        "no agreement has an end, a day for notice or a review that is known and not settled\n"
    )


TABLE_80 = """\
Day                    Left  What    Ref       With, or task      Responsible
────────────────────────────────────────────────────────────────────────────────
2018-10-01  overdue 2,413 d  review  2025-013  University of      Rəşad Məmmədov
                                               Oslo
2025-03-31     overdue 40 d  notice  2025-002  University of
                                               Oslo
2025-04-30     overdue 10 d  task    1         Late               Leyla Əliyeva
2025-05-31             21 d  notice  2025-001  University of      Leyla Əliyeva
                                               Oslo
~2025-06                     review  2025-015  University of
                                               Oslo

5 entries, up to 6 months ahead (tasks 30 days), with University of Oslo
"""
TABLE_40 = """\
Day            2025-04-01
What           ended
Ref            2025-008
With, or task  Lund University
Left           overdue 39 d

Day            2025-05-31
What           ends
Ref            2025-005
With, or task  Shell
Left           21 d

Day            ~2025-08
What           ends
Ref            2025-006
With, or task  Shell

3 entries, only end, up to 6 months
ahead, type memorandum or contract
"""


@pytest.mark.parametrize(
    ("width", "options", "expected"),
    [
        (80, ("--partner", "oslo"), TABLE_80),
        (40, ("--kind", "end", "--type", "memorandum", "--type", "contract"), TABLE_40),
    ],
)
def test_the_table_has_the_days_left_and_who_is_in_charge(
    mou: Mou, width: int, options: tuple[str, ...], expected: str
) -> None:
    assert mou("due", *options, "-f", "table", env={"COLUMNS": str(width)}).out == expected


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("language", ["en", "az"])
@pytest.mark.parametrize("explain", [(), ("--explain",)])
def test_tables_fit_the_screen(mou: Mou, width: int, language: str, explain: tuple[str, ...]) -> None:
    answer = mou("due", "-f", "table", "--lang", language, *explain, env={"COLUMNS": str(width)})
    assert max(map(len, answer.lines)) <= width
    assert "2025-05-31" in answer.out
    assert "Oslo" in answer.out
