"""What the three news items and the plan say, asked of the register that the seeds make."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Mou

NUMBERS = ["1.1", "1.2", "2.1", "3.1", "4.1", "4.2", "5.1", "5.2", "5.3", "5.4", "5.5"]
TABLE = "event", "show", "ada-azerbaijan-kazakhstan-round-table"
BSU = "bsu-social-services-agency"


def test_miras_was_signed_on_its_day_and_says_no_term(seeded: Mou) -> None:
    row = seeded.json("show", "khazar-miras-2024")
    told = {name: row[name] for name in ("type", "stage", "status", "signed_on", "starts_on", "ends_on", "ends_why")}
    assert told == {
        "type": "memorandum",
        "stage": "signed",
        "status": "unstated",
        "signed_on": "2024-05-01",
        "starts_on": None,
        "ends_on": None,
        "ends_why": "unstated",
    }
    assert (row["project"], row["areas"]) == ("PICASP", ["joint-events", "community-engagement"])
    assert [party["key"] for party in (*row["homes"], *row["partners"])] == ["khazar", "miras"]


def test_six_took_part_at_miras_and_none_is_a_signatory(seeded: Mou) -> None:
    row = seeded.json("show", "khazar-miras-2024")
    assert row["signatures"] == []
    assert [(p["name"], p["names"]["az"], p["party"]) for p in row["people"]] == [
        ("Irada Khalilova", "İradə Xəlilova", "khazar"),
        ("Fariz Khalilli", "Fariz Xəlilli", "miras"),
        ("Gafar Jabiyev", "Qafar Cəbiyev", "miras"),
        ("Shikar Gasimov", "Çikar Qasımov", "miras"),
        ("Maleyka Huseynova", "Məleykə Hüseynova", "miras"),
        ("Salima Ahmadova", "Səlimə əhmədova", "khazar"),
    ]


def test_the_role_of_the_six_is_told(seeded: Mou) -> None:
    assert [person.get("role") for person in seeded.json("show", "khazar-miras-2024")["people"]] == ["participant"] * 6


def test_miras_is_told_in_both_languages(seeded: Mou) -> None:
    texts = seeded.json("show", "khazar-miras-2024")["texts"]
    assert {name: sorted(text) for name, text in texts.items()} == {"title": ["az", "en"], "note": ["az", "en"]}
    assert texts["title"]["az"] == "Xəzər Universiteti və “MİRAS” İctimai Birliyinin əməkdaşlıq memorandumu"


@pytest.mark.parametrize(
    "name", ["MIRAS", "MİRAS", "miras", "Mədəni İrsin Öyrənilməsinə Kömək", "Study of Cultural Heritage"]
)
def test_miras_is_found_by_each_form_of_its_name(seeded: Mou, name: str) -> None:
    assert [row["key"] for row in seeded.json("list", "--partner", name)] == ["khazar-miras-2024"]


@pytest.mark.parametrize("name", ["xezer", "Xəzər", "KHAZAR", "Xəzər Universiteti", "khazar"])
def test_khazar_is_found_without_its_own_letters(seeded: Mou, name: str) -> None:
    assert seeded.json("partner", "show", name)["key"] == "khazar"


def test_the_round_table_declared_what_the_register_does_not_hold(seeded: Mou) -> None:
    row = seeded.json(*TABLE)
    assert row["declared"] == {"memoranda": 40, "universities": 17}
    assert {kind: row["recorded"][kind] for kind in row["declared"]} == {"memoranda": 0, "universities": 0}
    assert seeded.json("list", "--event", row["key"]) == []
    assert seeded("event", "list", "--count").out == "1\n"


def test_the_page_of_the_round_table_says_0_of_40(seeded: Mou) -> None:
    text = seeded(*TABLE, "--format", "table").out
    assert "0 of 40 memoranda, 0 of 17 universities" in " ".join(text.split())


def test_the_round_table_was_held_on_a_day_without_a_year(seeded: Mou) -> None:
    row = seeded.json(*TABLE)
    assert (row["held_on"], row["host"]["key"]) == ("--03-04", "ada")
    assert [found["key"] for found in seeded.json("event", "list", "--unknown", "held")] == [row["key"]]


@pytest.mark.parametrize(
    "bounds",
    [
        ("--held-from", "1000-01-01"),
        ("--held-to", "2999-12-31"),
        ("--held-from", "2024-03-04", "--held-to", "2024-03-04"),
    ],
)
def test_a_day_without_its_year_matches_no_date(seeded: Mou, bounds: tuple[str, ...]) -> None:
    assert seeded.json("event", "list", *bounds) == []


def test_four_spoke_at_the_round_table(seeded: Mou) -> None:
    row = seeded.json(*TABLE)
    assert [(p["name"], p["role"], p["party"]) for p in row["people"]] == [
        ("Hafiz Pashayev", "speaker", "ada"),
        ("Sayasat Nurbek", "speaker", "sci-gov-kz"),
        ("Emin Amrullayev", "speaker", "edu-gov-az"),
        ("Alim Bayel", "speaker", "embassy-kz-az"),
    ]
    assert len(row["topics"]) == 4


def test_nothing_was_agreed_with_kazakhstan_on_record(seeded: Mou) -> None:
    assert seeded("list", "--country", "Kazakhstan", "--count").out == "0\n"
    assert seeded("partner", "list", "--country", "Qazaxıstan", "--count").out == "2\n"


@pytest.mark.parametrize("day", ["1950-01-01", "2025-05-10", "2199-12-31"])
def test_three_years_from_an_unknown_day_end_on_an_unknown_day(seeded: Mou, day: str) -> None:
    row = seeded.json("show", BSU, "--as-of", day)
    told = [row[name] for name in ("term", "starts_on", "ends_on", "ends_from", "ends_to", "ends_why", "status")]
    assert told == ["3y", None, None, None, None, "start-unknown", "unstated"]
    assert BSU in {found["key"] for found in seeded.json("list", "--unknown", "ends", "--home", "bsu", "--as-of", day)}
    assert seeded.json("list", "--home", "bsu", "--ends-within", "100y", "--as-of", day) == []


def test_the_agency_belongs_to_its_ministry(seeded: Mou) -> None:
    row = seeded.json("partner", "show", "Social Services Agency")
    assert (row["type"], row["country"], row["parent"]) == ("government", "AZ", "labor-gov-az")
    assert {p["name"]: p.get("role") for p in seeded.json("show", BSU)["people"]} == {
        "Elchin Babayev": "speaker",
        "Vugar Behbudov": "speaker",
    }


@pytest.fixture(scope="module")
def tasks(seeded: Mou) -> dict[str, Any]:
    rows = seeded.json("plan", "show", "mdu-veterans-2025")["task_rows"]
    return {row["number"]: row for row in rows}


def test_the_plan_has_eleven_tasks_in_their_order(seeded: Mou, tasks: dict[str, Any]) -> None:
    plan = seeded.json("plan", "show", "mdu-veterans-2025")
    assert list(tasks) == NUMBERS
    assert [plan[name] for name in ("year", "owner", "unit", "responsible", "status", "tasks", "done")] == [
        *(2025, "mdu", "Qazilərə sosial xidmət mərkəzi", "A. Ş. Məmmədov", "open", 11, 0),
    ]


def test_the_strategy_is_mentioned_28_times(tasks: dict[str, Any]) -> None:
    mentions = {number: task["strategy"] for number, task in tasks.items()}
    assert sum(map(len, mentions.values())) == 28
    assert mentions["1.1"] == ["2.3.1", "2.3.3", "3.4.1", "4.2.1", "4.3.3"]
    assert mentions["4.2"] == ["2.3.3", "2.3.4", "2.3.5", "2.3.6", "3.4.1", "4.2.1", "4.2.6", "4.2.14", "4.3.3"]
    assert [mentions[f"5.{n}"] for n in range(1, 6)] == [[]] * 5


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("4.2.1", ["1.1", "4.2"]),
        ("4.2.14", ["4.2"]),
        ("4.2", ["1.1", "1.2", "4.1", "4.2"]),
        ("4", ["1.1", "1.2", "2.1", "3.1", "4.1", "4.2"]),
        ("3.4.1", ["1.1", "1.2", "4.2"]),
        ("2.3", ["1.1", "1.2", "2.1", "3.1", "4.1", "4.2"]),
        ("9", []),
    ],
)
def test_a_code_finds_itself_and_what_is_below_it_by_dots(seeded: Mou, code: str, numbers: list[str]) -> None:
    assert [row["number"] for row in seeded.json("plan", "due", "--code", code, "--year", "2025")] == numbers


def test_an_executor_printed_twice_counts_once(tasks: dict[str, Any]) -> None:
    assert tasks["1.2"]["executors"] == ["Qazilərə sosial xidmət mərkəzi", "Qazi dərnəkləri", "Sosial iş tələbələri"]
    assert tasks["5.1"]["executors"] == ["Pedaqogika və psixologiya kafedrasının müdiri Fərəh Cəlil"]
    assert tasks["5.4"]["executors"] == ["Asim Məmmədov", "tələbələr"]
    assert len(set(chain.from_iterable(task["executors"] for task in tasks.values()))) == 15


def test_timing_is_kept_and_understood(tasks: dict[str, Any]) -> None:
    year = ("Cari il", "year", "2025-01-01", "2025-12-31", "2025-12-31")
    may = ("May ayında", "month", "2025-05-01", "2025-05-31", "2025-05-31")
    always = ("Mütamadi", "recurring", "2025-01-01", "2025-12-31", None)
    told = {
        number: tuple(task[name] for name in ("timing", "due_kind", "due_from", "due_to", "deadline"))
        for number, task in tasks.items()
    }
    assert told == dict.fromkeys(NUMBERS[:6], year) | {
        "5.1": may,
        "5.2": always,
        "5.3": always,
        "5.4": always,
        "5.5": may,
    }


def test_every_text_of_the_plan_is_whole_and_in_english_too(tasks: dict[str, Any]) -> None:
    for number, task in tasks.items():
        assert set(task["texts"]) == {"direction", "task", "ways", "expected_result"}, number
        assert all(set(versions) == {"az", "en"} for versions in task["texts"].values()), number
        assert task["expected_result"] == task["texts"]["expected_result"]["az"], number
        assert task["task"] == task["texts"]["task"]["az"], number
        assert len(task["ways"]) == (2 if number == "1.2" else 1), number
    assert tasks["5.5"]["expected_result"] == "Psixologi dəstək, yüksək motivasiya, cəmiyyətə yenidən qazandırılma"
    assert tasks["5.3"]["direction"] == "Mərkəzi Aran regional qazı cəmiyyətlərinin rəhbərləri ilə görüş"
    assert tasks["5.2"]["ways"] == ["Universitetinin müxtəlif tədbirlərinə qazilərin cəlb edilməsi"]
    assert tasks["1.1"]["texts"]["expected_result"]["en"] == (
        "Teachers and students know the legal rules of work with veterans better"
    )
