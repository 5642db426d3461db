"""`mou list` by what has to be done about an agreement: notice, renewal, who is in charge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Mou
    from tests.stock import Registers

AWKWARD = Path(__file__).parent / "overview" / "awkward.yaml"


@pytest.fixture
def awkward(registers: Registers) -> Mou:
    """The command line on a register in which something is ahead, late, missed and missing."""
    return registers.holding(AWKWARD.name, AWKWARD.read_text("utf-8"))


@pytest.mark.parametrize(
    ("day", "asked", "found"),
    [
        ("2025-05-10", "--notice-within 90d", ["notice-soon", "notice-later"]),
        ("2025-05-10", "--notice-within 49d", ["notice-soon"]),
        ("2025-05-10", "--notice-within 48d", []),
        ("2025-06-28", "--notice-within 1d", ["notice-soon"]),
        ("2025-06-29", "--notice-within 1d", []),
        # The next term has a day for notice of its own.
        ("2026-06-01", "--notice-within 1m", ["notice-soon"]),
        # In its last term an agreement that notice was given to needs no more of it.
        ("2025-04-01", "--notice-within 1m", []),
        ("2025-05-10", "--notice-missed", ["notice-missed"]),
        ("2025-02-28", "--notice-missed", []),
        ("2025-03-01", "--notice-missed", ["notice-missed"]),
        ("2025-05-31", "--notice-missed", ["notice-missed"]),
        ("2025-06-01", "--notice-missed", []),
        ("2025-07-01", "--notice-missed", ["notice-soon"]),
        ("2045-07-01", "--notice-missed", ["notice-soon"]),
        ("2025-05-10", "--lapsed", ["lapsed"]),
        ("2022-12-31", "--lapsed", []),
        ("2025-07-01", "--lapsed", ["lapsed", "last-renewal", "some-month"]),
        ("2025-05-10", "--ends-within 22d", ["notice-missed", "some-month"]),
        ("2025-05-10", "--ends-within 90d", ["notice-missed", "last-renewal", "notice-given", "some-month"]),
    ],
)
def test_what_has_to_be_done_is_listed(awkward: Mou, day: str, asked: str, found: list[str]) -> None:
    rows = awkward.json("list", *asked.split(), "--as-of", day, "--sort", "ref")
    assert sorted(row["key"] for row in rows) == sorted(found)


def missing(mou: Mou) -> dict[str, int]:
    return {each["what"]: each["count"] for each in mou.json()["missing"]}


def test_what_somebody_has_decided_to_end_has_not_lapsed(awkward: Mou) -> None:
    assert missing(awkward)["lapsed"] == 1
    awkward("review", "lapsed", "--outcome", "end")
    assert awkward.json("list", "--lapsed") == []
    assert missing(awkward)["lapsed"] == 0
    assert awkward.json("check", "lapsed") == []


def test_what_may_go_on_or_not_is_found_with_what_has_lapsed(empty: Mou) -> None:
    new = ("--home", "H", "--partner", "P", "--new", "--country", "NO")
    empty("add", *new, "--starts", "2020-01-01", "--ends", "2021-12-31", "--renewal", "express")
    assert [(row["ref"], row["status"]) for row in empty.json("list", "--lapsed")] == [("2025-001", "unstated")]
    assert missing(empty)["lapsed"] == 1
    (finding,) = empty.json("check", "lapsed")
    assert finding["sentence"] == "its term ended on 31 December 2021, and nothing says whether it goes on"
    empty("review", "2025-001", "--outcome", "end")
    assert empty.json("list", "--lapsed") == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("--ends", "2021-12-31"), "it expired on 31 December 2021, and was neither renewed nor closed"),
        (("--ends", "2021-12"), "it expired on 31 December 2021 at the latest, and was neither renewed nor closed"),
        (
            ("--ends", "2021-12-31", "--renewal", "tacit"),
            "its term ended on 31 December 2021; it renews itself, and nothing says for how long",
        ),
        (
            ("--ends", "2021", "--renewal", "express"),
            "its term ended on 31 December 2021 at the latest, and nothing says whether it goes on",
        ),
    ],
)
def test_of_what_has_lapsed_no_more_is_said_than_is_known(empty: Mou, said: tuple[str, ...], sentence: str) -> None:
    empty("add", "--home", "H", "--partner", "P", "--new", "--country", "NO", "--starts", "2020-01-01", *said)
    (finding,) = empty.json("check", "lapsed")
    assert finding["sentence"] == sentence


def test_agreements_that_nobody_is_responsible_for_are_listed(awkward: Mou) -> None:
    assert awkward("list", "--unknown", "responsible", "--count").out == "12\n"
    awkward("edit", "2025-001", "--responsible", "Nino")
    assert awkward("list", "--unknown", "responsible", "--count").out == "11\n"


def test_a_time_for_notice_that_cannot_be_read_is_refused(awkward: Mou) -> None:
    assert awkward.fails(2, "list", "--notice-within", "soon").err.startswith("mou: --notice-within: ")


def test_the_nearest_deadline_that_was_asked_of_comes_first(awkward: Mou) -> None:
    ends = awkward.json("list", "--ends-within", "90d", "--as-of", "2025-05-10")
    assert [row["key"] for row in ends] == ["notice-missed", "some-month", "last-renewal", "notice-given"]
    notice = awkward.json("list", "--notice-within", "90d", "--as-of", "2025-05-10")
    assert [row["notice_by"] for row in notice] == ["2025-06-28", "2025-07-31"]
    assert awkward.json("list", "--notice-within", "90d", "--sort", "-notice", "--as-of", "2025-05-10") == notice[::-1]
    assert awkward.json("list", "--notice-within", "90d", "--limit", "1", "--as-of", "2025-05-10") == notice[:1]


def test_table_of_days_for_notice_shows_them(awkward: Mou) -> None:
    ahead = ("list", "--notice-within", "90d", "--as-of", "2025-05-10", "-f", "table")
    assert awkward(*ahead, env={"COLUMNS": "80"}).out == (
        "Ref       Partner                     Status  Ends        Notice by   For notice\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "2022-001  جامعة القاهرة               active  2025-08-28  2025-06-28        49 d\n"
        "2022-002  北京大学国际合作部与世界各  active  2025-12-31  2025-07-31        82 d\n"
        "          国大学学术交流与合作委员会\n"
        "          办公室及其附属研究机构\n"
        "\n"
        "2 agreements, notice by 8 August 2025 at the latest\n"
    )
    missed = awkward("list", "--notice-missed", "--as-of", "2025-05-10", "-f", "table")
    assert missed.lines[0].endswith("Notice by   For notice")
    assert awkward(*ahead, env={"MOU_LIST_COLUMNS": "ref"}).lines[0] == "Ref"
