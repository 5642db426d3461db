from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from mou_cli.rules.standing import Span, Standing, spans, standing
from mou_cli.rules.term import EndsWhy, Facts, RenewalFact
from mou_cli.vocabulary import Stage, Status

ROLLING = Facts(stage="signed", starts="2020-08-01", term="36m", renewal="tacit", renewal_term="12m", notice="3m")


def day(text: str) -> date:
    return date.fromisoformat(text)


def statuses(facts: Facts, until: str = "2030-01-01") -> list[tuple[str, str]]:
    """Give each status with the day it begins."""
    told: list[tuple[str, str]] = []
    for span in spans(facts, day(until)):
        if not told or told[-1][1] != span.standing.status.value:
            told.append((str(span.first_on), span.standing.status.value))
    return told


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


def test_sixty_months_and_one_renewal_of_twelve_span_seventy_two() -> None:
    facts = Facts(starts="2020-01-01", term="60m", renewal="tacit", renewal_term="12m", renewal_max=1)
    assert statuses(facts) == [("0001-01-01", "future"), ("2020-01-01", "active"), ("2026-01-01", "expired")]


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
    )


def test_where_it_is_open_which_term_runs_it_is_the_earliest_that_may() -> None:
    facts = Facts(starts="2024-02", term="1y", renewal="tacit", renewal_term="1y")
    numbers = {on: standing(facts, day(on)).term_number for on in ("2025-01-31", "2025-02-27", "2025-02-28")}
    assert numbers == {"2025-01-31": 0, "2025-02-27": 0, "2025-02-28": 1}
    found = standing(facts, day("2025-02-27"))
    assert (found.ends_on, found.ends_from, found.ends_to) == (None, day("2025-01-31"), day("2025-02-27"))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), [("0001-01-01", "unstated")]),
        (Facts(stage="signed", signed="2024-05-01"), [("0001-01-01", "unstated")]),
        (Facts(starts="2024-05-01"), [("0001-01-01", "future"), ("2024-05-01", "unstated")]),
        (Facts(term="3y"), [("0001-01-01", "unstated")]),
        (Facts(ends="open"), [("0001-01-01", "unstated")]),
        (Facts(starts="2024-05-01", ends="open"), [("0001-01-01", "future"), ("2024-05-01", "active")]),
        (
            Facts(starts="2024-05", ends="open"),
            [("0001-01-01", "future"), ("2024-05-01", "unstated"), ("2024-05-31", "active")],
        ),
        (
            Facts(starts="2024-02", term="1y"),
            [
                ("0001-01-01", "future"),
                ("2024-02-01", "unstated"),
                ("2024-02-29", "active"),
                ("2025-02-01", "unstated"),
                ("2025-02-28", "expired"),
            ],
        ),
        (
            Facts(starts="2024-02", term="1y", renewal="tacit", renewal_term="1y"),
            [("0001-01-01", "future"), ("2024-02-01", "unstated"), ("2024-02-29", "active")],
        ),
        (
            Facts(starts="2024-05-01", ends="2027"),
            [
                ("0001-01-01", "future"),
                ("2024-05-01", "active"),
                ("2027-01-02", "unstated"),
                ("2028-01-01", "expired"),
            ],
        ),
        (
            Facts(ends="2025-08-28", renewal="tacit", renewal_term="1y"),
            [("0001-01-01", "unstated"), ("2025-08-29", "active")],
        ),
        (
            Facts(starts="2020-01-01", term="1y", renewal="tacit"),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2021-01-01", "unstated")],
        ),
        (
            Facts(starts="2020-01-01", term="1y", renewal="express", renewals=(RenewalFact("2020-11-01"),)),
            # On the day it was recorded the next term became known, but not its length.
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2021-01-01", "unstated")],
        ),
        (
            Facts(
                starts="2020-01-01",
                term="1y",
                renewal="express",
                renewal_term="1y",
                renewals=(RenewalFact("2021-03-01"),),
            ),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2021-01-01", "expired"),
                ("2021-03-01", "active"),
                ("2022-01-01", "expired"),
            ],
        ),
        (
            Facts(starts="2020-01-01", term="1y", renewal="tacit", renewal_term="1y", renewal_until="2021-06-30"),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2021-07-01", "expired")],
        ),
        (
            Facts(starts="2020-01-01", term="1y", renewal="tacit", renewal_term="1y", renewal_until="2021-06"),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2021-06-02", "unstated"),
                ("2021-07-01", "expired"),
            ],
        ),
    ],
)
def test_status_follows_from_terms(facts: Facts, expected: list[tuple[str, str]]) -> None:
    assert statuses(facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # In time for the first term, too late for it, and reduced: known from the month's last day.
        (
            Facts(
                starts="2020-01-01", term="1y", renewal="tacit", renewal_term="1y", notice="3m", notices=("2020-09-30",)
            ),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2020-09-30", "in-notice"),
                ("2021-01-01", "expired"),
            ],
        ),
        (
            Facts(
                starts="2020-01-01", term="1y", renewal="tacit", renewal_term="1y", notice="3m", notices=("2020-10-01",)
            ),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2020-10-01", "in-notice"),
                ("2022-01-01", "expired"),
            ],
        ),
        (
            Facts(
                starts="2020-01-01", term="1y", renewal="tacit", renewal_term="1y", notice="3m", notices=("2020-09",)
            ),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2020-09-30", "in-notice"),
                ("2021-01-01", "expired"),
            ],
        ),
        (
            Facts(starts="2020-01-01", term="1y", notice="3m", notices=("2020-12-01",)),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2020-12-01", "in-notice"),
                ("2021-01-01", "expired"),
            ],
        ),
        (
            Facts(starts="2020-01-01", term="1y", notices=("2021-02-01",)),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2021-01-01", "expired")],
        ),
        (
            Facts(starts="2020-01-01", term="1y", notices=("2019-12-01",)),
            [("0001-01-01", "future"), ("2020-01-01", "in-notice"), ("2021-01-01", "expired")],
        ),
        (
            Facts(ends="2020-12-31", notices=("2020-12-01",)),
            [("0001-01-01", "unstated"), ("2020-12-01", "in-notice"), ("2021-01-01", "expired")],
        ),
        # Nothing says when an open agreement ends after notice; that is recorded as its termination.
        (
            Facts(starts="2020-01-01", ends="open", notices=("2020-12-01",)),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2020-12-01", "in-notice")],
        ),
        (
            Facts(starts="2020-01-01", ends="open", notices=("2020-12-01",), terminated="2021-03-01"),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2020-12-01", "in-notice"),
                ("2021-03-02", "terminated"),
            ],
        ),
        # Too late for the first term, and how long the next is nobody knows.
        (
            Facts(starts="2020-01-01", term="1y", renewal="tacit", notice="3m", notices=("2020-12-01",)),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2020-12-01", "in-notice"),
                ("2021-01-01", "unstated"),
            ],
        ),
        (Facts(starts="2020-01-01", notices=("2020-12-01",)), [("0001-01-01", "future"), ("2020-01-01", "unstated")]),
        (
            Facts(ends="2020-12-31", renewal="tacit", renewal_term="1y", notices=("--12-01",)),
            [("0001-01-01", "unstated"), ("2021-01-01", "active")],
        ),
    ],
)
def test_notice_shows_from_the_day_it_is_given_to_the_last_day(facts: Facts, expected: list[tuple[str, str]]) -> None:
    assert statuses(facts) == expected


YEAR = partial(Facts, starts="2020-01-01", ends="2020-12-31")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (YEAR(stage=Stage.DRAFT), [("0001-01-01", "draft")]),
        (YEAR(stage=Stage.NEGOTIATION), [("0001-01-01", "draft")]),
        (YEAR(stage=Stage.CANCELLED), [("0001-01-01", "cancelled")]),
        (YEAR(stage=Stage.SUPERSEDED), [("0001-01-01", "superseded")]),
        (YEAR(stage=Stage.TERMINATED), [("0001-01-01", "terminated")]),
        (YEAR(stage=Stage.TERMINATED, terminated="--06-30"), [("0001-01-01", "terminated")]),
        (
            YEAR(stage=Stage.TERMINATED, terminated="2020-06-30"),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2020-07-01", "terminated")],
        ),
        (
            YEAR(terminated="2020-06"),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2020-06-02", "unstated"),
                ("2020-07-01", "terminated"),
            ],
        ),
        (
            YEAR(terminated="2021-06-30"),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2021-01-01", "expired"),
                ("2021-07-01", "terminated"),
            ],
        ),
        (
            YEAR(stage=Stage.CANCELLED, cancelled_on="2020-06-30"),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2020-06-30", "cancelled")],
        ),
        (
            YEAR(superseded_on="2020-06"),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2020-06-30", "superseded")],
        ),
        (
            YEAR(superseded_on="2020-06-30", cancelled_on="2020-09-30", terminated="2020-03-31"),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2020-04-01", "terminated"),
                ("2020-06-30", "superseded"),
                ("2020-09-30", "cancelled"),
            ],
        ),
        (
            YEAR(stage=Stage.DRAFT, terminated="2020-06-30"),
            [("0001-01-01", "draft"), ("2020-07-01", "terminated")],
        ),
    ],
)
def test_what_ends_an_agreement_comes_before_its_terms(facts: Facts, expected: list[tuple[str, str]]) -> None:
    assert statuses(facts) == expected


def test_superseded_agreement_is_not_renewed_any_more() -> None:
    facts = Facts(ends="2020-12-31", renewal="tacit", renewal_term="1y", superseded_on="2022-05-01")
    last = spans(facts, day("2030-01-01"))[-1]
    assert (last.first_on, last.last_on, last.standing.ends_on) == (day("2022-05-01"), date.max, day("2022-12-31"))


def test_termination_states_the_end() -> None:
    found = standing(Facts(starts="2020-01-01", term="3y", notice="3m", terminated="2021-06-30"), day("2021-01-01"))
    assert (found.ends_on, found.ends_why, found.notice_by) == (day("2021-06-30"), EndsWhy.STATED, None)


def test_hard_stop_states_the_end() -> None:
    facts = Facts(starts="2020-01-01", term="1y", renewal="tacit", renewal_term="1y", renewal_until="2021-06-30")
    assert [standing(facts, day(on)).ends_why for on in ("2020-01-01", "2021-01-01")] == [
        EndsWhy.COMPUTED,
        EndsWhy.STATED,
    ]


def test_spans_of_a_fixed_agreement_fill_the_calendar() -> None:
    facts = Facts(starts="2024-05-01", ends="2027-04-30")
    first, last = day("2024-05-01"), day("2027-04-30")
    found = [
        Span(start, end, Standing(status, 0, first, first, last, last, last, EndsWhy.STATED, None))
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
    assert spans(ROLLING, date.min)[-1].last_on == day("2023-07-31")
