"""Terms, renewal and notice as a user sees them: recorded by options, asked for on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from tests.conftest import Mou


class Case(NamedTuple):
    """What is recorded, the day asked, and what is to be answered: status, last day, why, last day for notice."""

    options: str
    day: str
    status: str
    ends: str | None
    why: str
    notice: str | None = None


RENEWED_2025 = "--ends 2025-08-28 --renewal tacit --renewal-term 12m --notice 2m"
RENEWED_2023 = "--starts 2020-08-01 --term 36m --renewal tacit --renewal-term 12m --notice 3m"
ONCE = "--starts 2020-01-01 --term 60m --renewal tacit --renewal-term 12m --renewal-max 1"
END_OF_MONTH = "--starts 2023-01-31 --term 1m --renewal tacit --renewal-term 1m"
EXPRESS = "--starts 2020-01-01 --ends 2022-12-31 --renewal express --renewal-term 1y"
CASES = [
    Case(RENEWED_2025, "2026-02-11", "active", "2026-08-28", "computed", "2026-06-28"),
    Case(RENEWED_2025, "2026-08-28", "active", "2026-08-28", "computed", "2026-06-28"),
    Case(RENEWED_2025, "2026-08-29", "active", "2027-08-28", "computed", "2027-06-28"),
    Case(RENEWED_2023, "2023-10-31", "active", "2024-07-31", "computed", "2024-04-30"),
    Case(RENEWED_2023, "2023-07-31", "active", "2023-07-31", "computed", "2023-04-30"),
    Case(RENEWED_2023, "2020-07-31", "future", "2023-07-31", "computed", "2023-04-30"),
    Case(ONCE, "2024-12-31", "active", "2024-12-31", "computed"),
    Case(ONCE, "2025-12-31", "active", "2025-12-31", "computed"),
    Case(ONCE, "2026-01-01", "expired", "2025-12-31", "computed"),
    Case("--starts 2021-07-23 --term 3m", "2021-08-01", "active", "2021-10-22", "computed"),
    Case("--starts 2021-07-23 --term 3m", "2021-10-23", "expired", "2021-10-22", "computed"),
    Case("--starts 2021-07-23 --term 3m --renewal none", "2021-10-22", "active", "2021-10-22", "computed"),
    Case("--starts 2021-07-23 --term 3m --renewal none", "2021-10-23", "expired", "2021-10-22", "computed"),
    Case(END_OF_MONTH, "2023-02-10", "active", "2023-02-27", "computed"),
    Case(END_OF_MONTH, "2023-03-01", "active", "2023-03-30", "computed"),
    Case(END_OF_MONTH, "2024-02-28", "active", "2024-02-28", "computed"),
    Case("--starts 2020-01-01 --ends 2022-12-31 --renewal tacit", "2022-12-31", "active", "2022-12-31", "stated"),
    Case("--starts 2020-01-01 --ends 2022-12-31 --renewal tacit", "2023-01-01", "unstated", "2022-12-31", "stated"),
    Case(EXPRESS, "2022-12-31", "active", "2022-12-31", "stated"),
    Case(EXPRESS, "2023-01-01", "expired", "2022-12-31", "stated"),
    Case("--starts 2020-01-01 --ends open", "2199-01-01", "active", None, "open"),
    Case("--ends 2024-12-31 --notice academic-year --renewal none", "2024-01-01", "unstated", "2024-12-31", "stated"),
    Case(
        "--starts 2020-09-01 --ends 2024-08-31 --notice academic-year",
        "2024-01-01",
        "active",
        "2024-08-31",
        "stated",
        "2023-09-01",
    ),
    Case(
        "--starts 2020-09-01 --ends 2024-08-30 --notice academic-year",
        "2024-01-01",
        "active",
        "2024-08-30",
        "stated",
        "2022-09-01",
    ),
    Case(
        "--starts 2020-01-01 --ends 2024-12-31 --notice 60d",
        "2024-01-01",
        "active",
        "2024-12-31",
        "stated",
        "2024-11-01",
    ),
    Case("--stage draft --starts 2020-01-01 --ends open", "2024-01-01", "draft", None, "open"),
    Case("--stage negotiation", "2024-01-01", "draft", None, "unstated"),
    Case("--stage cancelled --starts 2020-01-01 --ends open", "2024-01-01", "cancelled", None, "open"),
    Case("--stage superseded --starts 2020-01-01 --ends open", "2024-01-01", "superseded", None, "open"),
    Case("--starts 2020-01-01 --ends open --terminated 2024-03-31", "2024-03-31", "active", "2024-03-31", "stated"),
    Case("--starts 2020-01-01 --ends open --terminated 2024-03-31", "2024-04-01", "terminated", "2024-03-31", "stated"),
    Case("--stage signed --signed 2024-05-01", "2024-06-01", "unstated", None, "unstated"),
    Case("--stage signed --signed 2024-05-01", "2024-04-30", "unstated", None, "unstated"),
    Case("--stage signed --signed 2024-05-01 --starts signed --ends open", "2024-04-30", "future", None, "open"),
    Case("--stage signed --signed 2024-05-01 --starts signed --ends open", "2024-05-01", "active", None, "open"),
]


def told(row: dict[str, Any]) -> tuple[str | None, ...]:
    return tuple(row[name] for name in ("status", "ends_on", "ends_why", "notice_by"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.options} on {case.day}")
def test_an_agreement_stands_on_a_day_as_its_facts_say(small: Mou, case: Case) -> None:
    ref = small("add", "--partner", "uit", *case.options.split()).out.strip()
    notice = case.notice
    if "academic-year" in case.options and notice is None:
        notice = "2023-09-01"
    expected = (case.status, case.ends, case.why, notice)
    assert told(small.json("show", ref, "--as-of", case.day)) == expected
    assert [told(row) for row in small.json("--as-of", case.day, "list")] == [expected]


@pytest.mark.parametrize("case", CASES[::4], ids=lambda case: f"{case.options} on {case.day}")
def test_a_register_written_long_ago_gives_the_same_answer(small: Mou, case: Case) -> None:
    small("add", "--partner", "uit", *case.options.split(), "--as-of", "1985-01-01")
    row = small.json("list", "--as-of", case.day)[0]
    assert row["ref"] == "1985-001"
    assert told(row)[:3] == (case.status, case.ends, case.why)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("--starts 2024-05 --term 3y", (None, "2027-04-30", "2027-05-30", "computed", "active")),
        ("--starts 2024 --term 1y", (None, "2024-12-31", "2025-12-30", "computed", "active")),
        ("--starts 2023 --ends 2027", (None, "2027-01-01", "2027-12-31", "stated", "active")),
        ("--starts 2023 --ends 2027-03", (None, "2027-03-01", "2027-03-31", "stated", "active")),
        ("--term 3y", (None, None, None, "start-unknown", "unstated")),
    ],
)
def test_an_end_from_a_reduced_date_is_a_range(small: Mou, options: str, expected: tuple[str | None, ...]) -> None:
    small("add", "--partner", "uit", *options.split())
    row = small.json("list", "--as-of", "2024-12-31")[0]
    assert tuple(row[name] for name in ("ends_on", "ends_from", "ends_to", "ends_why", "status")) == expected


def test_a_typed_term_is_counted_from_signature_and_says_so(small: Mou) -> None:
    answer = small("add", "--partner", "uit", "--signed", "2024-05-01", "--term", "3y")
    assert answer.out == "2025-001\n"
    assert answer.err == "the term is counted from the day of signature (say --starts for another first day)\n"
    row = small.json("show", "2025-001")
    assert (row["starts_on"], row["ends_on"], row["ends_why"]) == ("2024-05-01", "2027-04-30", "computed")


def test_nothing_is_said_of_a_term_with_a_start(small: Mou) -> None:
    assert small("add", "--partner", "uit", "--starts", "2024-06-01", "--term", "3y").err == ""
    assert small.json("show", "2025-001")["ends_on"] == "2027-05-31"


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_a_written_term_implies_no_start(small: Mou, kind: str) -> None:
    written = {
        "yaml": "parties: [adu, uit]\nsigned: 2024-05-01\nterm: 3y\n",
        "json": '{"parties": ["adu", "uit"], "signed": "2024-05-01", "term": "3y"}',
    }
    answer = small("add", "--from", "-", input=written[kind])
    assert (answer.out, answer.err) == ("2025-001\n", "")
    row = small.json("show", "2025-001")
    assert (row["starts_on"], row["ends_on"], row["ends_why"], row["term"]) == (None, None, "start-unknown", "3y")


def test_an_express_agreement_without_a_further_term_is_unstated_after_its_end(small: Mou) -> None:
    small("add", "--partner", "uit", "--starts", "2020-01-01", "--ends", "2022-12-31", "--renewal", "express")
    assert small.json("show", "2025-001", "--as-of", "2023-01-01")["status"] == "unstated"


NOTICE = """\
format: mou/1
agreements:
  - key: a
    parties: [adu, uit]
    starts: 2020-01-01
    term: 1y
    renewal: tacit
    renewal_term: 1y
    notice: 3m
    lifecycle: [{kind: notice, date: 2024-09-30}]
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-09-29", ("active", "2024-12-31", "computed", "2024-09-30")),
        ("2024-09-30", ("in-notice", "2024-12-31", "computed", "2024-09-30")),
        ("2024-12-31", ("in-notice", "2024-12-31", "computed", "2024-09-30")),
        ("2025-01-01", ("expired", "2024-12-31", "computed", "2024-09-30")),
    ],
)
def test_notice_in_time_ends_a_tacit_agreement(small: Mou, write: Any, day: str, expected: tuple[str, ...]) -> None:
    small("import", write("notice.yaml", NOTICE))
    assert told(small.json("show", "a", "--as-of", day)) == expected


def test_notice_given_too_late_counts_for_the_next_term(small: Mou, write: Any) -> None:
    small("import", write("notice.yaml", NOTICE.replace("2024-09-30", "2024-10-01")))
    assert told(small.json("show", "a", "--as-of", "2025-06-01"))[:2] == ("in-notice", "2025-12-31")
    assert told(small.json("show", "a", "--as-of", "2026-01-01"))[0] == "expired"


@pytest.mark.parametrize(
    ("option", "keys"),
    [
        (("--ends-within", "90d"), ["2025-001", "2025-004", "2025-002"]),
        (("--ends-within", "89d"), ["2025-001", "2025-004"]),
        (("--ends-by", "2025-05-10"), ["2025-001"]),
        (("--ends-by", "2025-06"), ["2025-001", "2025-004"]),
        (("--ends-within", "1y"), ["2025-001", "2025-004", "2025-002"]),
    ],
)
def test_what_ends_in_time_is_found_both_days_included(small: Mou, option: tuple[str, str], keys: list[str]) -> None:
    for ends in ("2025-05-10", "2025-08-08", "2025-05-09", "2025-06", "2026-05-11"):
        small("add", "--partner", "uit", "--starts", "2020-01-01", "--ends", ends)
    assert [row["ref"] for row in small.json("list", *option)] == keys


def test_an_end_known_to_the_month_is_marked(small: Mou) -> None:
    small("add", "--partner", "uit", "--starts", "2020-01-01", "--ends", "2025-06")
    assert small("list", "--ends-within", "1m", "--columns", "ref,ends").lines == ["ref\tends", "2025-001\t~2025-06"]
