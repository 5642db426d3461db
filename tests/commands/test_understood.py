"""People are told how they were understood: below a table, and where nothing is found what would widen it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mou_cli.commands.filter import FILTERS, UNKNOWN
from mou_cli.views import agreement, event, institution, plan

if TYPE_CHECKING:
    from mou_cli.commands.option import Option
    from tests.conftest import Mou
    from tests.stock import Registers

SORTS = {
    "list": agreement.SORTS,
    "partner list": institution.SORTS,
    "event list": event.SORTS,
    "plan list": plan.SORTS,
}
EVERYTHING = """\
format: mou/1
home: [adu]
institutions:
  - {key: adu, name: Advent University, country: AZ, type: university}
  - {key: uit, name: University of Tromsø, country: NO, type: university, region: Arctic}
  - {key: tsu, name: Tbilisi State University, country: GE, type: university}
  - {key: cu, name: جامعة القاهرة, country: EG, type: university}
  - {key: ciu, name: Cyprus International University, country: CY, territory: North Cyprus, type: university}
events:
  - {key: fair, name: {en: Spring fair, az: Bahar yarmarkası}, held: 2024-05-01, host: adu}
agreements:
  - {key: a1, ref: 2024-001, parties: [adu, uit], type: exchange, stage: signed, signed: 2024-05-01, starts: signed,
     ends: 2027-04-30, areas: [student-exchange], event: fair, unit: Law, project: PICASP}
  - {key: a2, ref: 2024-002, parties: [adu, tsu], type: memorandum, stage: signed, signed: 2024-05-20, starts: signed,
     ends: 2025-05-20}
  - {key: a3, ref: 2024-003, parties: [adu, cu], type: memorandum}
  - {key: a4, ref: 2024-004, parties: [adu, ciu], type: memorandum}
plans:
  - key: p25
    year: 2025
    owner: adu
    title: {en: Annual plan, az: İllik plan}
    tasks:
      - {number: "1", task: Sign, executors: [Leyla Əliyeva], timing: May, strategy: ["4.2.1"]}
      - {number: "2", task: Renew, executors: [Law faculty], timing: Q1}
"""


@pytest.fixture
def whole(registers: Registers) -> Mou:
    """The command line on a register with something of everything."""
    return registers.holding("whole.yaml", EVERYTHING)


def below(mou: Mou, *command: str, width: int = 200) -> str:
    """Give what stands below the table."""
    return mou(*command, "-f", "table", env={"COLUMNS": str(width)}).out.partition("\n\n")[2].rstrip("\n")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("", "4 agreements"),
        ("--country Norway", "1 agreement, partners in Norway"),
        ("--country NO --country Gürcüstan", "2 agreements, partners in Norway or Georgia"),
        ("--country cyprus", "1 agreement, partners in Cyprus"),
        ("--region arctic", "1 agreement, region Arctic"),
        ("--partner-type university", "4 agreements, type of partner university"),
        ("--partner uit --partner tsu", "2 agreements, with University of Tromsø or Tbilisi State University"),
        ("--home advent", "4 agreements, seen from Advent University"),
        ("--type memo --type exchange", "4 agreements, type memorandum or exchange agreement"),
        ("--area student-exchange", "1 agreement, area student exchange"),
        ("--status active --status unstated", "4 agreements, status active or unstated"),
        ("--project picasp --unit law", "1 agreement, project PICASP, unit Law"),
        ("--event spring", "1 agreement, event Spring fair"),
        ("--signed-from 2024-05 --signed-to 2024-05", "2 agreements, signed in May 2024"),
        ("--signed-from 2024-05-20 --signed-to 2024-05-20", "1 agreement, signed on 20 May 2024"),
        ("--signed-from 2024 --signed-to 2024-05", "2 agreements, signed from 1 January to 31 May 2024"),
        ("--signed-from 2024-05-02", "1 agreement, signed from 2 May 2024 on"),
        ("--signed-to 2024-05-02", "1 agreement, signed until 2 May 2024"),
        ("--ends-within 30d", "1 agreement, ending by 9 June 2025"),
        ("--unknown ends --unknown signed", "2 agreements, end not known, day of signature not known"),
        ("tromso", '1 agreement, the word "tromso"'),
        ("tbilisi state", '1 agreement, the words "tbilisi state"'),
        ("--limit 3", "first 3 of 4 agreements"),
        ("--limit 4", "4 agreements"),
        ("--limit 1 --sort -ends", "first 1 of 4 agreements, sorted by Ends, the other way round"),
        ("--sort notice", "4 agreements, sorted by Notice by"),
        ("--sort partner-type", "4 agreements, sorted by Partner type"),
        ("--as-of 2026-02-11", "4 agreements, as of 11 February 2026"),
        ("--as-of 2025-05-10", "4 agreements"),
    ],
)
def test_what_was_understood_stands_below_the_agreements(whole: Mou, options: str, told: str) -> None:
    assert below(whole, "list", *options.split()) == told


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("partner list", "5 institutions"),
        ("partner list --country norway", "1 institution, in Norway"),
        ("partner list --type university --home", "1 institution, type university, only homes"),
        ("partner list --not-home --region arctic", "1 institution, region Arctic, without homes"),
        ("partner list --sort -country --limit 2", "first 2 of 5 institutions, sorted by Country, the other way round"),
        ("event list", "1 event"),
        ("event list --host advent --held-from 2024", "1 event, host Advent University, held from 1 January 2024 on"),
        ("event list --held-to 2025 fair", '1 event, held until 31 December 2025, the word "fair"'),
        ("plan list", "1 plan"),
        ("plan list --open --year 2025 --owner adu", "1 plan, year 2025, owner Advent University, status open"),
        ("plan due --year 2025", "2 tasks, year 2025"),
        ("plan due --month may", "1 task, due in May"),
        ("plan due --month 2025-05 --executor leyla", '1 task, due in May 2025, executor "leyla"'),
        ("plan due --month may --year 2025 --code 4.2", "1 task, due in May 2025, strategy code 4.2"),
        ("plan due --month may --running", "1 task, due or running in May"),
        ("plan due", "2 tasks, due from 10 May to 9 June 2025 or overdue, still to be done"),
        ("plan due --overdue --plan annual", "1 task, overdue on 10 May 2025, plan Annual plan"),
        ("plan due --within 1m", "1 task, due from 10 May to 10 June 2025, still to be done"),
        ("plan due --month may --as-of 2026-01-01", "1 task, due in May, as of 1 January 2026"),
        ("search univ", '9 records, the word "univ"'),
        ("search univ --limit 3", 'first 3 of 9 records, the word "univ"'),
    ],
)
def test_what_was_understood_stands_below_every_table(whole: Mou, command: str, told: str) -> None:
    assert below(whole, *command.split()) == told


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("list --country norway", "1 saziş, tərəfdaşlar Norveçdən"),
        ("list --status active --sort ends", "2 saziş, vəziyyəti: qüvvədədir, sıralama: Bitmə tarixi"),
        ("list --event spring", "1 saziş, tədbir: Bahar yarmarkası"),
        ("list --limit 1 --as-of 2026-02-11", "ilk 1, cəmi 4 saziş, 11 fevral 2026-cı il tarixinə"),
        ("list --signed-from 2024-05-01 --signed-to 2024-05-01", "1 saziş, 1 may 2024-cü il tarixində imzalanıb"),
        ("list --signed-from 2024-05 --signed-to 2024-05", "2 saziş, 2024-cü ilin may ayında imzalanıb"),
        ("list --signed-from 2024 --signed-to 2024", "2 saziş, 2024-cü ildə imzalanıb"),
        ("list --signed-from 2024", "2 saziş, 1 yanvar 2024-cü il tarixindən imzalanıb"),
        (
            "list --signed-from 2023 --signed-to 2024",
            "2 saziş, 1 yanvar 2023-cü il ilə 31 dekabr 2024-cü il arasında imzalanıb",
        ),
        ("event list --held-to 2025", "1 tədbir, 31 dekabr 2025-ci il tarixinədək keçirilib"),
        (
            "plan due --within 1m",
            "1 tapşırıq, icra müddəti 10 may ilə 10 iyun 2025-ci il arasında bitir, hələ yerinə yetirilməyib",
        ),
        ("plan due --month may", "1 tapşırıq, icra müddəti may ayında bitir"),
        ("plan due --year 2025 --plan annual", "2 tapşırıq, plan: İllik plan, 2025-ci il"),
    ],
)
def test_it_is_said_in_the_language(whole: Mou, command: str, told: str) -> None:
    assert below(whole, *command.split(), "--lang", "az") == told


def test_a_long_line_is_wrapped_and_nothing_in_it_is_obeyed(whole: Mou) -> None:
    told = below(whole, "list", "--partner", "uit", "--partner", "tsu", "--columns", "ref", width=40)
    assert told == "2 agreements, with University of Tromsø\nor Tbilisi State University"
    whole("partner", "edit", "uit", "--name", "[red]\\x1b[31m")
    assert below(whole, "list", "--partner", "uit", "--columns", "ref") == "1 agreement, with [red]\\x1b[31m"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (
            "list --country norway --status expired",
            "no agreements found: partners in Norway, status expired; without --status there is one",
        ),
        (
            "list --country norway --type memorandum --status unstated",
            "no agreements found: partners in Norway, type memorandum, status unstated; without --country there are 2",
        ),
        (
            "list --country norway --type licence",
            "no agreements found: partners in Norway, type licence; without --type there is one",
        ),
        (
            "list --country norway --status expired --type licence --area publishing",
            (
                "no agreements found: partners in Norway, type licence, area publishing, status expired; "
                "4 agreements in all"
            ),
        ),
        (
            "list --signed-from 2025 --signed-to 2026 --country georgia",
            (
                "no agreements found: partners in Georgia, signed from 1 January 2025 to 31 December 2026; "
                "without --signed-from --signed-to there is one"
            ),
        ),
        (
            "list --ends-within 2d",
            "no agreements found: ending by 12 May 2025; without --ends-within there are 4",
        ),
        (
            "list tromse",
            'no agreements found: the word "tromse"; did you mean University of Tromsø?; without the words there are 4',
        ),
        ("search tromse", 'nothing found: the word "tromse"; did you mean University of Tromsø?'),
        ("search zzzz", 'nothing found: the word "zzzz"'),
        (
            "partner list --not-home --country az",
            (
                "no institutions found: in Azerbaijan, without homes; "
                "without --country there are 4; without --not-home there is one"
            ),
        ),
        ("event list --unknown held", "no events found: day of the event not known; without --unknown there is one"),
        ("plan list --closed --year 2025", "no plans found: year 2025, status closed; without --closed there is one"),
        ("plan list --year 0000", "no plans found: year 0; without --year there is one"),
        ("plan due --month april", "no tasks found: due in April, in open plans; without --month there are 2"),
        (
            "plan due --as-of 2025-03-01 --plan annual --code 4.2",
            (
                "no tasks found: due in March 2025 or overdue, still to be done, plan Annual plan, "
                "strategy code 4.2, as of 1 March 2025; without --code there is one"
            ),
        ),
        (
            "plan due --as-of 2024-03-01",
            (
                "no tasks found: due in March 2024 or overdue, still to be done, in open plans, as of 1 March 2024; "
                "2 tasks in all"
            ),
        ),
        ("list --limit 0", "first 0 of 4 agreements"),
    ],
)
def test_where_nothing_is_found_it_is_said_what_would_widen_it(whole: Mou, command: str, told: str) -> None:
    answer = whole(*command.split(), "-f", "table")
    lines = [line for line in answer.err.splitlines() if "in that time" not in line]
    assert (answer.out, lines) == ("", [told])
    machine = whole(*command.split(), "-f", "json")
    assert (machine.json, told in machine.err) == ([], False)


def test_tasks_of_plans_that_are_closed_are_told_of_where_nothing_else_is_found(whole: Mou) -> None:
    whole("plan", "close", "p25")
    asked = ("plan", "due", "--month", "may", "-f", "table")
    assert whole(*asked).err == (
        "no tasks found: due in May, in open plans; 1 in closed plans (say --year or --plan)\n"
    )
    assert whole(*asked, "--lang", "az").err == (
        "tapşırıq tapılmadı: icra müddəti may ayında bitir, açıq planlarda; "
        "bağlı planlarda 1 (--year və ya --plan yazın)\n"
    )
    assert [row["number"] for row in whole.json("plan", "due", "--month", "may", "--year", "2025")] == ["1"]


def test_nothing_found_is_said_in_the_language(whole: Mou) -> None:
    answer = whole("list", "--country", "norway", "--status", "expired", "-f", "table", "--lang", "az")
    assert answer.err == ("saziş tapılmadı: tərəfdaşlar Norveçdən, vəziyyəti: müddəti bitib; --status olmadan: 1\n")


def test_an_empty_register_says_how_to_begin(empty: Mou) -> None:
    answer = empty("list", "--country", "Norway", "-f", "table")
    assert (answer.out, answer.err) == (
        "",
        "no agreements found: none is recorded yet; begin with `mou import --examples` or `mou add`\n",
    )


def test_examples_are_not_for_a_register_that_has_records(small: Mou) -> None:
    none = "found: none is recorded yet; begin with"
    assert small("event", "list", "-f", "table").err == f"no events {none} `mou event add`\n"
    assert small("plan", "due", "-f", "table").err == f"no tasks {none} `mou plan add`\n"
    small("plan", "add", "p", "--year", "2025", "--owner", "adu")
    assert small("plan", "due", "-f", "table").err == f"no tasks {none} `mou plan task add`\n"


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "yaml", "markdown"])
def test_programs_are_not_told(whole: Mou, form: str) -> None:
    answer = whole("list", "--country", "Norway", "-f", form)
    assert "partners in" not in answer.out + answer.err


def test_a_day_of_the_environment_that_cannot_be_read_is_no_fault_beside_one_that_was_said(whole: Mou) -> None:
    answer = whole("list", "--as-of", "2025-05-10", "-f", "table", env={"MOU_TODAY": "soon", "COLUMNS": "200"})
    assert answer.lines[-1] == "4 agreements, as of 10 May 2025"


@pytest.mark.parametrize(("command", "sorts"), SORTS.items())
def test_every_order_has_words(whole: Mou, command: str, sorts: dict[str, str]) -> None:
    for sort in sorts:
        assert ", sorted by " in below(whole, *command.split(), "--sort", sort)
        assert below(whole, *command.split(), f"--sort=-{sort}").endswith(", the other way round")


def test_countries_are_sorted_by_the_names_that_people_see(whole: Mou) -> None:
    def order(*options: str) -> list[str]:
        return [row["partners"][0]["key"] for row in whole.json("list", "--sort", "country", *options)]

    assert order() == ["cu", "tsu", "ciu", "uit"]  # Egypt, Georgia, North Cyprus, Norway
    assert order("--lang", "az") == ["tsu", "cu", "ciu", "uit"]  # Gürcüstan, Misir, North Cyprus, Norveç
    rows = whole.json("partner", "list", "--sort", "-country")
    assert [row["key"] for row in rows] == ["uit", "ciu", "tsu", "cu", "adu"]


def test_days_left_are_counted_from_the_day_asked(whole: Mou) -> None:
    asked = ("list", "--type", "exchange", "--columns", "days_left,notice_days_left")
    for day, days in (("2027-04-29", 1), ("2027-04-30", 0), ("2027-05-01", -1)):
        assert whole.json(*asked, "--as-of", day) == [{"days_left": days, "notice_days_left": None}]
    assert [row["days_left"] for row in whole.json("list", "--unknown", "ends")] == [None, None]
    tasks = whole.json("plan", "due", "--year", "2025")
    assert [(row["number"], row["days_left"]) for row in tasks] == [("2", -40), ("1", 21)]
    whole("edit", "2024-1", "--notice", "2m", "--renewal", "tacit", "--renewal-term", "1y")
    (row,) = whole.json("list", "--type", "exchange", "--as-of", "2027-03-01")
    assert (row["notice_by"], row["notice_days_left"], row["days_left"]) == ("2027-02-28", -1, 60)


SAID = {
    "country": "Norway",
    "region": "Arctic",
    "partner_type": "university",
    "partner": "uit",
    "home": "adu",
    "type": "exchange",
    "area": "student-exchange",
    "status": "active",
    "project": "PICASP",
    "event": "fair",
    "unit": "Law",
    "signed_from": "2024",
    "signed_to": "2024",
    "ends_by": "2030",
    "ends_within": "5y",
    "notice_within": "90d",
    "notice_missed": None,
    "lapsed": None,
    "unknown": "ends",
}


@pytest.mark.parametrize("row", FILTERS, ids=lambda row: row.name)
def test_every_filter_is_told_of(whole: Mou, row: Option) -> None:
    value = SAID[row.name]
    answer = whole("list", row.flags[0], *([value] if value else []), "-f", "table", env={"COLUMNS": "200"})
    told = answer.out.partition("\n\n")[2] or answer.err
    assert re.search(r"^(?:\d+ agreements?|no agreements found)[,:] .", told), told


@pytest.mark.parametrize(
    ("command", "what"),
    [
        *(("list", what) for what in UNKNOWN),
        *(("partner list", what) for what in institution.UNKNOWN),
        *(("event list", what) for what in event.UNKNOWN),
    ],
)
def test_what_is_not_known_is_told_of(whole: Mou, command: str, what: str) -> None:
    answer = whole(*command.split(), "--unknown", what, "-f", "table", env={"COLUMNS": "200"})
    assert re.search("not known|nobody", answer.out.partition("\n\n")[2] or answer.err)
