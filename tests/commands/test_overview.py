"""`mou` alone: the register on one screen, or how to begin. The screens stand in the folder `overview`."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from shlex import quote, split
from typing import TYPE_CHECKING

import pytest

from mou_cli.output.layout import cells
from tests.terminal import open_program, see_the_end

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou, Process
    from tests.stock import Registers

SCREENS = Path(__file__).parent / "overview"
TABLE = ("-f", "table")


@pytest.fixture
def awkward(registers: Registers) -> Mou:
    """The command line on a register in which something is ahead, late, missed and missing."""
    return registers.holding("awkward.yaml", (SCREENS / "awkward.yaml").read_text("utf-8"))


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_the_awkward_register_on_one_screen(awkward: Mou, width: int) -> None:
    shown = awkward(*TABLE, env={"COLUMNS": str(width)}).out
    assert shown == (SCREENS / f"awkward-{width}.txt").read_text("utf-8")
    assert max(map(cells, shown.splitlines())) <= width


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_the_seeds_on_one_screen(seeded: Mou, width: int) -> None:
    assert seeded(*TABLE, env={"COLUMNS": str(width)}).out == (SCREENS / f"seeds-{width}.txt").read_text("utf-8")


def test_the_overview_speaks_azerbaijani(awkward: Mou) -> None:
    assert awkward(*TABLE, "--lang", "az").out == (SCREENS / "awkward-az.txt").read_text("utf-8")


@pytest.mark.parametrize("width", [10, 20, 59, 60, 149, 150])
def test_no_line_is_wider_than_the_screen(awkward: Mou, width: int) -> None:
    lines = awkward(*TABLE, env={"COLUMNS": str(width)}).lines
    assert max(map(cells, lines)) <= max(width, 22)


def test_it_fits_a_terminal_of_24_lines_with_its_prompt(awkward: Mou) -> None:
    for width in (80, 120, 200):
        assert len(awkward(*TABLE, env={"COLUMNS": str(width)}).lines) <= 23


def test_every_count_is_that_of_the_command_beside_it(awkward: Mou) -> None:
    record = awkward.json()
    told = [record[name] for name in ("notice", "overdue")] + record["missing"]
    assert [each["count"] for each in told] == [2, 1, 1, 1, 2, 1]
    for each in told:
        assert awkward.json(*each["command"].split()[1:], "--count") == {"count": each["count"]}
    # Those that need notice before their term ends are not counted twice.
    assert record["ends"]["count"] == 4
    assert awkward.json(*record["ends"]["command"].split()[1:], "--count") == {"count": 4}


def test_the_record_has_its_keys_and_rows(awkward: Mou) -> None:
    record = awkward.json()
    assert list(record) == ["as_of", "homes", "live", "statuses", "notice", "ends", "overdue", "due", "missing", "next"]
    assert record["as_of"] == "2025-05-10"
    assert record["homes"] == [{"key": "home", "name": "თბილისის სახელმწიფო უნივერსიტეტი"}]
    assert record["live"] == {"agreements": 8, "countries": 3, "partners": 5}
    assert record["statuses"] == {"active": 7, "expired": 2, "draft": 1, "in-notice": 1, "unstated": 1}
    assert [(row["key"], row["ends_to"], row["goes_on"]) for row in record["ends"]["rows"]] == [
        ("notice-missed", "2025-05-31", True),
        ("last-renewal", "2025-06-30", False),
        ("some-month", "2025-06-30", False),
        ("notice-given", "2025-07-15", False),
    ]
    soon, later = record["notice"]["rows"]
    assert soon == {
        "key": "notice-soon",
        "ref": "2022-001",
        "ends_on": "2025-08-28",
        "ends_from": "2025-08-28",
        "ends_to": "2025-08-28",
        "notice_by": "2025-06-28",
        "goes_on": True,
        "partners": [
            {"key": "cairo", "name": "جامعة القاهرة", "country": "EG", "territory": None, "type": "university"}
        ],
    }
    assert later["key"] == "notice-later"
    assert [row["number"] for row in record["overdue"]["rows"]] == ["1.1"]
    assert [row["number"] for row in record["due"]["rows"]] == ["1.4", "1.2"]
    assert record["next"] == "mou due --within 90d"
    assert [json.loads(line) for line in awkward("-f", "jsonl").lines] == [record]
    import yaml

    assert yaml.safe_load(awkward("-f", "yaml").out) == record


def test_the_day_and_the_register_that_were_said_are_said_again(awkward: Mou) -> None:
    record = awkward.json("--db", awkward.address, "--as-of", "2040-01-01")
    assert record["next"].startswith(f"mou --db {quote(awkward.address)} --as-of 2040-01-01 ")
    assert record["as_of"] == "2040-01-01"
    assert awkward.json(*split(record["next"])[1:])


@pytest.mark.parametrize(
    ("day", "next_command"),
    [
        ("2025-05-10", "mou due --within 90d"),
        ("2025-04-15", "mou due --within 90d"),
        ("2022-10-15", "mou list --ends-within 90d"),
        ("2024-04-01", "mou list"),
        ("2999-12-31", "mou due --within 90d"),
    ],
)
def test_the_next_command_is_about_what_is_most_urgent(awkward: Mou, day: str, next_command: str) -> None:
    assert awkward.json(env={"MOU_TODAY": day})["next"] == next_command


def test_what_is_due_comes_next_where_nothing_is_more_urgent(seeded: Mou) -> None:
    assert seeded.json()["next"] == "mou plan due --month 2025-05"


def test_an_empty_register_says_how_to_begin(empty: Mou) -> None:
    assert empty(*TABLE, env={"COLUMNS": "60"}).out == (
        "no home is recorded                               2025-05-10\n"
        "\n"
        "The register is empty. To begin:\n"
        "  mou import --examples  read the examples\n"
        "  mou add                record an agreement\n"
        "  mou import FILE        read a file\n"
    )
    assert empty.json()["next"] == "mou import --examples"


def test_a_register_without_agreements_asks_for_the_first(empty: Mou, write: Write) -> None:
    empty("import", write("home.yaml", "format: mou/1\nhome: [a]\ninstitutions: [{key: a, name: Home, country: AZ}]\n"))
    assert empty(*TABLE, env={"COLUMNS": "60"}).out == (
        "Home                                              2025-05-10\n"
        "no agreement is known to be in force\n"
        "\n"
        "Ends or needs notice within 90 days: nothing\n"
        "\n"
        "Overdue, or due this month: nothing\n"
        "\n"
        "Wrong or missing: nothing\n"
        "\n"
        "Next: mou add\n"
    )


def test_without_a_register_there_is_help_and_how_to_begin(absent: Mou) -> None:
    answer = absent(*TABLE)
    assert answer.lines[0] == "Usage: mou [OPTIONS] COMMAND [ARGS]..."
    assert answer.lines[-5:] == [
        f"There is no register at {absent.location} yet. To begin:",
        "",
        "  mou import --examples  read the examples",
        "  mou add                record an agreement",
        "  mou import FILE        read a file",
    ]
    assert not absent.exists
    assert absent.fails(6, "-f", "json").err.startswith("mou: there is no register at ")


def test_off_a_terminal_there_is_help(seeded: Mou, absent: Mou) -> None:
    for mou in (seeded, absent):
        assert mou().out == mou("--help").out


def test_a_form_for_rows_is_refused(seeded: Mou) -> None:
    assert seeded.fails(2, "-f", "csv").err == (
        "mou: --format: the overview is not made as csv\nhint: say table, json, jsonl, yaml\n"
    )


def test_three_thousand_agreements_have_one_screen_too(empty: Mou, write: Write) -> None:
    records = "".join(
        f"  - {{key: a{n}, parties: [a, p{n % 70}], starts: 2020-01-01, ends: 2025-{n % 12 + 1:02}-15, notice: 1m}}\n"
        for n in range(3000)
    )
    partners = "".join(f"  - {{key: p{n}, name: Partner {n}, country: {'NO' if n % 2 else 'GE'}}}\n" for n in range(70))
    empty(
        "import",
        write(
            "many.yaml",
            "format: mou/1\nhome: [a]\ninstitutions:\n  - {key: a, name: Home, country: AZ}\n"
            f"{partners}agreements:\n{records}",
        ),
    )
    lines = empty(*TABLE).lines
    assert len(lines) == 23
    assert lines[:5] == [
        "Home                                                                  2025-05-10",
        "2,000 agreements in force, 2 countries, 70 partners",
        "1,000 expired",
        "",
        "Ends or needs notice within 90 days",
    ]
    assert lines[5] == "2025-05-15  5 d  ends                 2025-101   Partner 30"
    assert lines[15] == "and 990 more: mou list --notice-within 90d; mou list --ends-within 90d"
    record = empty.json()
    assert (record["notice"]["count"], len(record["notice"]["rows"])) == (750, 50)
    assert record["ends"]["count"] + record["notice"]["count"] == 1000


def test_executors_end_at_the_edge_whatever_room_the_letters_before_them_take(empty: Mou, write: Write) -> None:
    tasks = '{number: "1", task: 学生交換協定, executors: [Dean], timing: May}, '
    tasks += '{number: "2", task: Print a booklet, executors: [Press Office], timing: May}'
    plan = f"plans: [{{key: p, year: 2025, owner: home, tasks: [{tasks}]}}]\n"
    empty("import", write("plan.yaml", f"format: mou/1\nhome: [home]\ninstitutions: [{{key: home, name: H}}]\n{plan}"))
    lines = [line for line in empty(*TABLE).lines if line.startswith("2025-05-31")]
    assert [line.rpartition("  ")[2].strip() for line in lines] == ["Dean", "Press Office"]
    assert [cells(line) for line in lines] == [80, 80]


def test_a_terminal_without_the_letters_gets_their_codes_and_ascii(awkward: Mou, process: Process) -> None:
    done = process(*TABLE, env={"MOU_DB": awkward.address, "PYTHONIOENCODING": "ascii", "COLUMNS": "80"})
    lines = done.stdout.decode("ascii").splitlines()
    assert "2025-05-31  21 d  renews itself  2022-003  Consortium of the Universities and..." in lines
    assert max(map(len, lines)) <= 80


def look(mou: Mou, *arguments: str, width: int = 80, height: int = 24, **environment: str) -> str:
    """Give what a terminal of this size is sent."""
    variables = mou.environment | {"TERM": "xterm", "LC_ALL": "C.UTF-8"} | environment
    child = open_program(arguments, variables | {"PATH": "/usr/bin:/bin"}, rows=height, columns=width)
    sent = see_the_end(child)
    assert child.exitstatus == 0
    return sent.replace("\r\n", "\n")


def test_a_terminal_shows_the_overview_in_its_size_and_colour(awkward: Mou) -> None:
    sent = look(awkward)
    assert "\x1b[31m2025-04-15  overdue 25 d  1.1  \x1b[0m" in sent
    assert "\x1b[1m2025-05-31  21 d  renews itself        2022-003  \x1b[0m" in sent
    assert re.sub("\x1b\\[[0-9;]*m|[\u2068\u2069]", "", sent) == (SCREENS / "awkward-80.txt").read_text("utf-8")
    assert re.sub("[\u2068\u2069]", "", look(awkward, NO_COLOR="1")) == (SCREENS / "awkward-80.txt").read_text("utf-8")
    assert len(look(awkward, width=80, height=60, NO_COLOR="1").splitlines()) > 23


def test_a_narrow_terminal_shows_all_of_it_at_once_too(awkward: Mou) -> None:
    lines = look(awkward, width=40, height=30, NO_COLOR="1", MOU_PAGER="off").splitlines()
    assert len(lines) <= 29
    begun = ["Ends or needs notice within 90 days", "Overdue, or due this month", "Wrong or missing"]
    assert [line for line in lines if line in begun] == begun
    assert lines[-6:] == [
        "   mou list --notice-missed",
        "1  expired, not renewed",
        "   mou list --lapsed",
        "and 2 more",
        "",
        "Next: mou due --within 90d; mou check",
    ]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_names_that_run_to_the_left_turn_nothing_round(awkward: Mou, width: int) -> None:
    sent = look(awkward, width=width, height=60, NO_COLOR="1", MOU_PAGER="off")
    assert "2022-001  \u2068جامعة القاهرة\u2069" in sent
    assert max(map(cells, sent.splitlines())) <= width
    assert "\u2068" not in awkward(*TABLE, env={"COLUMNS": str(width)}).out


def test_a_terminal_shows_how_to_begin(absent: Mou) -> None:
    assert "To begin:" in look(absent)


@pytest.mark.file_only("a file may have such a name")
def test_hostile_names_are_not_obeyed(empty: Mou, write: Write) -> None:
    names = '{key: a, name: "Home [red] {x}"}, {key: b, name: "Partner [/] %s", country: NO}'
    agreement = "{key: c, parties: [a, b], starts: 2025-01-01, ends: 2025-06-01}"
    empty(
        "import", write("names.yaml", f"format: mou/1\nhome: [a]\ninstitutions: [{names}]\nagreements: [{agreement}]\n")
    )
    db = empty.db.with_name("a\x1b[31m b.db")
    shutil.copy(empty.db, db)
    shown = look(empty, "--db", str(db), NO_COLOR="1")
    assert "\x1b" not in shown
    assert "Home [red] {x}" in shown
    assert "Partner [/] %s" in shown
    # Where the lines break depends on the folder's name.
    assert "a\\x1b[31mb.db'list" in re.sub(r"\s", "", shown)
