from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mou_cli.rules.known import Known
from mou_cli.rules.standing import Span, Standing, spans, standing
from mou_cli.rules.term import EndsWhy, Facts
from mou_cli.vocabulary import Status

ROLLING = Facts(stage="signed", starts="2020-08-01", term="36m", renewal="tacit", renewal_term="12m", notice="3m")


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("facts", "on", "status", "ends_on", "notice_by"),
    [
        (
            Facts(ends="2025-08-28", renewal="tacit", renewal_term="12m", notice="2m"),
            "2026-02-11",
            Status.ACTIVE,
            "2026-08-28",
            "2026-06-28",
        ),
        (ROLLING, "2023-10-31", Status.ACTIVE, "2024-07-31", "2024-04-30"),
        (ROLLING, "2020-07-31", Status.FUTURE, "2023-07-31", "2023-04-30"),
        (ROLLING, "2023-07-31", Status.ACTIVE, "2023-07-31", "2023-04-30"),
        (ROLLING, "2023-08-01", Status.ACTIVE, "2024-07-31", "2024-04-30"),
        (ROLLING, "2199-01-01", Status.ACTIVE, "2199-07-31", "2199-04-30"),
        (Facts(starts="2021-07-23", term="3m"), "2021-10-22", Status.ACTIVE, "2021-10-22", None),
        (Facts(starts="2021-07-23", term="3m"), "2021-10-23", Status.EXPIRED, "2021-10-22", None),
        (Facts(ends="2025-08-28"), "2025-08-28", Status.UNSTATED, "2025-08-28", None),
        (Facts(ends="2025-08-28"), "2025-08-29", Status.EXPIRED, "2025-08-28", None),
    ],
)
def test_agreement_stands_as_its_running_term_says(
    facts: Facts, on: str, status: Status, ends_on: str, notice_by: str | None
) -> None:
    found = standing(facts, day(on))
    assert (found.status, str(found.ends_on), found.notice_by and str(found.notice_by)) == (status, ends_on, notice_by)


def test_standing_has_every_part() -> None:
    assert standing(ROLLING, day("2024-08-01")) == Standing(
        status=Status.ACTIVE,
        term_number=2,
        starts_from=day("2024-08-01"),
        starts_to=day("2024-08-01"),
        ends_on=day("2025-07-31"),
        ends_from=day("2025-07-31"),
        ends_to=day("2025-07-31"),
        ends_why=EndsWhy.COMPUTED,
        notice_by=day("2025-04-30"),
        known=Known("signed", None, "tacit", "12m", "3m", None, None),
        renewed_until=None,
        decision=None,
        goes_on=True,
    )


def test_where_it_is_open_which_term_runs_it_is_the_earliest_that_may() -> None:
    facts = Facts(starts="2024-02", term="1y", renewal="tacit", renewal_term="1y")
    numbers = {on: standing(facts, day(on)).term_number for on in ("2025-01-31", "2025-02-27", "2025-02-28")}
    assert numbers == {"2025-01-31": 0, "2025-02-27": 0, "2025-02-28": 1}
    found = standing(facts, day("2025-02-27"))
    assert (found.ends_on, found.ends_from, found.ends_to) == (None, day("2025-01-31"), day("2025-02-27"))


def test_superseded_agreement_is_not_renewed_any_more() -> None:
    facts = Facts(ends="2020-12-31", renewal="tacit", renewal_term="1y", superseded_on="2022-05-01")
    last = spans(facts, day("2030-01-01"))[-1]
    assert (last.first_on, last.last_on, last.standing.ends_on) == (day("2022-05-01"), date.max, day("2022-12-31"))


def test_termination_states_the_end() -> None:
    found = standing(Facts(starts="2020-01-01", term="3y", notice="3m", terminated="2021-06-30"), day("2021-01-01"))
    assert (found.ends_on, found.ends_why, found.notice_by) == (day("2021-06-30"), EndsWhy.STATED, None)


def test_after_a_termination_the_last_term_is_told() -> None:
    facts = Facts(starts="2015-01", term="13m10d", renewal="tacit", terminated="2016-03-01")
    assert [standing(facts, day(on)).term_number for on in ("2016-03-01", "2016-03-02")] == [0, 1]


def test_hard_stop_states_the_end() -> None:
    facts = Facts(starts="2020-01-01", term="1y", renewal="tacit", renewal_term="1y", renewal_until="2021-06-30")
    assert [standing(facts, day(on)).ends_why for on in ("2020-01-01", "2021-01-01")] == [
        EndsWhy.COMPUTED,
        EndsWhy.STATED,
    ]


def test_spans_of_a_fixed_agreement_fill_the_calendar() -> None:
    facts = Facts(starts="2024-05-01", ends="2027-04-30")
    first, last = day("2024-05-01"), day("2027-04-30")
    known = Known("unstated", None, "unstated", None, None, None, None)
    found = [
        Span(start, end, Standing(status, 0, first, first, last, last, last, EndsWhy.STATED, None, known))
        for start, end, status in (
            (date.min, day("2024-04-30"), Status.FUTURE),
            (first, last, Status.ACTIVE),
            (day("2027-05-01"), date.max, Status.EXPIRED),
        )
    ]
    assert spans(facts, day("2000-01-01")) == found
    assert spans(facts, date.max) == found


def test_spans_of_endless_terms_stop_after_the_term_that_holds_the_day() -> None:
    ends = [span.last_on for span in spans(ROLLING, day("2024-08-01"))]
    assert ends == [day("2020-07-31"), day("2023-07-31"), day("2024-07-31"), day("2025-07-31")]
    assert spans(ROLLING, day("2024-07-31"))[-1].last_on == day("2024-07-31")
    assert spans(ROLLING, date.min)[-1].last_on == day("2023-07-31")


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        (ROLLING, "2020-07-31", False),
        (ROLLING, "2020-08-01", True),
        (ROLLING, "2024-07-31", True),
        (ROLLING, "2029-07-31", True),
        (replace(ROLLING, renewal="express"), "2021-01-01", False),
        (replace(ROLLING, renewal_max=1), "2023-07-31", True),
        (replace(ROLLING, renewal_max=1), "2023-08-01", False),
        # In time for the term that runs, too late for it, and for a later one.
        (replace(ROLLING, notices=("2023-02-01",)), "2023-03-01", False),
        (replace(ROLLING, notices=("2023-06-01",)), "2023-06-15", True),
        (replace(ROLLING, notices=("2023-06-01",)), "2023-08-15", False),
        # What is given on a later day is not known yet.
        (replace(ROLLING, notices=("2023-02-01",)), "2023-01-31", True),
        (replace(ROLLING, ends="open", term=None), "2021-01-01", False),
        # Nobody knows what follows, whenever in the year it ends.
        (replace(ROLLING, renewal_term=None), "2021-01-01", False),
        (replace(ROLLING, ends="2023", term=None, renewal_term=None), "2022-01-01", False),
        (replace(ROLLING, ends="2023", term=None), "2022-01-01", True),
    ],
)
def test_another_term_follows_where_it_is_tacit_and_nothing_ends_it(facts: Facts, on: str, *, expected: bool) -> None:
    assert standing(facts, day(on)).goes_on is expected
