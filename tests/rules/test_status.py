from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from mou_cli.rules.known import holding
from mou_cli.rules.standing import spans
from mou_cli.rules.term import AmendmentFact, Facts, RenewalFact, ReviewFact, TerminationFact
from mou_cli.vocabulary import Stage

YEAR = partial(Facts, starts="2020-01-01", ends="2020-12-31")


def statuses(facts: Facts, until: str = "2030-01-01") -> list[tuple[str, str]]:
    """Give each status with the day it begins."""
    told: list[tuple[str, str]] = []
    for span in spans(facts, date.fromisoformat(until)):
        if not told or told[-1][1] != span.standing.status.value:
            told.append((str(span.first_on), span.standing.status.value))
    return told


def test_sixty_months_and_one_renewal_of_twelve_span_seventy_two() -> None:
    facts = Facts(starts="2020-01-01", term="60m", renewal="tacit", renewal_term="12m", renewal_max=1)
    assert statuses(facts) == [("0001-01-01", "future"), ("2020-01-01", "active"), ("2026-01-01", "expired")]


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
        # The stated end may lie after the hard stop, and then stands.
        (
            Facts(starts="2024-05-01", ends="2027", renewal="tacit", renewal_term="1y", renewal_until="2027-06"),
            [
                ("0001-01-01", "future"),
                ("2024-05-01", "active"),
                ("2027-06-02", "unstated"),
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
        # It may have been too late for the first term.
        (
            Facts(ends="2020", renewal="tacit", renewal_term="1y", notices=("2020-06-01",)),
            [("0001-01-01", "unstated"), ("2020-06-01", "in-notice"), ("2022-01-01", "expired")],
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


@pytest.mark.parametrize("renewal", ["tacit", "express"])
def test_after_an_end_whose_renewal_has_no_length_the_status_is_unstated(renewal: str) -> None:
    facts = YEAR(renewal=renewal)
    assert statuses(facts)[-2:] == [("2020-01-01", "active"), ("2021-01-01", "unstated")]


def test_express_renewal_of_a_known_length_that_nobody_confirmed_ends() -> None:
    assert statuses(YEAR(renewal="express", renewal_term="1y"))[-1] == ("2021-01-01", "expired")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # A draft stays one until the day it was signed, and what counts from the signature is not known before.
        (
            Facts(stage=Stage.DRAFT, signed="2020-03-01", starts="signed", term="1y", signatures=("2020-03-01",)),
            [("0001-01-01", "draft"), ("2020-03-01", "active"), ("2021-03-01", "expired")],
        ),
        (
            YEAR(stage=Stage.NEGOTIATION, signatures=("2020-03",)),
            [("0001-01-01", "draft"), ("2020-03-31", "active"), ("2021-01-01", "expired")],
        ),
        # Decided in May for the end of June.
        (
            YEAR(terminations=(TerminationFact("2020-05-04", "2020-06-30"),)),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2020-07-01", "terminated")],
        ),
        # Decided after the last day.
        (
            YEAR(terminations=(TerminationFact("2020-08-01", "2020-06-30"),)),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2020-08-01", "terminated")],
        ),
        (
            YEAR(stage=Stage.TERMINATED, terminations=(TerminationFact("2020-08-01"),)),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2020-08-02", "terminated")],
        ),
        (
            YEAR(
                terminations=(TerminationFact("2020-05-04", "2020-06-30"), TerminationFact("2020-06-01", "2020-09-30"))
            ),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2020-10-01", "terminated")],
        ),
        (
            YEAR(amendments=(AmendmentFact("2020-05-04", until="2021-06-30"),)),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2021-07-01", "expired")],
        ),
        (
            YEAR(amendments=(AmendmentFact("2020-05-04", term="2y"),)),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2022-01-01", "expired")],
        ),
        (
            YEAR(amendments=(AmendmentFact("2020-05-04", until="open"), AmendmentFact("2023-05-04", until="2024"))),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2024-01-02", "unstated"), ("2025-01-01", "expired")],
        ),
        # From here on it no longer renews itself.
        (
            YEAR(renewal="tacit", renewal_term="1y", amendments=(AmendmentFact("2022-05-04", renewal="none"),)),
            [("0001-01-01", "future"), ("2020-01-01", "active"), ("2023-01-01", "expired")],
        ),
        # The end is moved after notice was given: it goes on.
        (
            YEAR(notices=("2020-04-01",), amendments=(AmendmentFact("2020-05-04", until="2021-06-30"),)),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2020-04-01", "in-notice"),
                ("2020-05-04", "active"),
                ("2021-07-01", "expired"),
            ],
        ),
        # A notice is judged by what held when it was given.
        (
            YEAR(
                renewal="tacit",
                renewal_term="1y",
                notice="1m",
                notices=("2020-11-15",),
                amendments=(AmendmentFact("2020-12-01", notice="6m"),),
            ),
            [
                ("0001-01-01", "future"),
                ("2020-01-01", "active"),
                ("2020-11-15", "in-notice"),
                ("2021-01-01", "expired"),
            ],
        ),
    ],
)
def test_what_happens_counts_from_its_day(facts: Facts, expected: list[tuple[str, str]]) -> None:
    assert statuses(facts) == expected


@pytest.mark.parametrize(
    ("on", "review"),
    [
        ("2021-12-31", "2022-06-01"),
        ("2022-05-01", "2023"),  # an amendment moves it
        ("2023-12-31", None),  # it was held, and no other is planned
        ("2024-05-01", "2026-01"),
        ("2025-05-01", "2026-01"),  # one held early leaves the day that is planned
    ],
)
def test_a_review_is_planned_by_the_last_one(on: str, review: str | None) -> None:
    facts = Facts(
        review="2022-06-01",
        amendments=(AmendmentFact("2022-05-01", review="2023"),),
        reviews=(ReviewFact("2023-12-31"), ReviewFact("2024-05-01", "2026-01"), ReviewFact("2025-05-01")),
    )
    assert holding(facts, date.fromisoformat(on)).review == review


@pytest.mark.parametrize(
    ("due", "held", "review"),
    [
        ("2026", "2026-05-01", None),  # that year's, though the year is not over
        ("2026-05", "2026-05-01", None),
        ("2026", "2025-12-31", "2026"),
        ("2026-05", "2026-04-30", "2026-05"),
        ("2026-05-01", "2026", None),
        ("--05-01", "2026-05-01", "--05-01"),
    ],
)
def test_a_review_held_in_the_month_or_year_of_the_one_that_is_due_settles_it(
    due: str, held: str, review: str | None
) -> None:
    facts = Facts(review=due, reviews=(ReviewFact(held),))
    assert holding(facts, date(2026, 12, 31)).review == review
