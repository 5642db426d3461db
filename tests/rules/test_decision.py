"""Until when recorded renewals let an agreement go on after the term that runs, and what was decided of that term."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mou_cli.rules.date import Interval, interval
from mou_cli.rules.decision import Decision
from mou_cli.rules.renewal import extension, known_terms
from mou_cli.rules.standing import spans, standing
from mou_cli.rules.term import AmendmentFact, Facts, RenewalFact, ReviewFact, earlier
from mou_cli.vocabulary import Status
from tests.rules.test_span import any_facts, near

FIXED = Facts(stage="signed", starts="2022-07-01", term="3y")
TACIT = replace(FIXED, renewal="tacit", renewal_term="1y", notice="1m")
EXPRESS = replace(FIXED, renewal="express")
TWICE = (RenewalFact("2025-01-10", until="2028-06-30"), RenewalFact("2025-02", until="2031"))
RENEWED, CONTINUE, END = Decision.RENEWED, Decision.CONTINUE, Decision.END


def reviewed(*reviews: tuple[str, str | None]) -> Facts:
    return replace(TACIT, reviews=tuple(ReviewFact(on, None, outcome) for on, outcome in reviews))


@pytest.mark.parametrize(
    ("facts", "on", "until", "decision"),
    [
        (FIXED, "2025-05-10", None, None),
        (TACIT, "2025-05-10", None, None),
        (TACIT, "2045-05-10", None, None),
        # Known from its day on, and as long as the term before it runs.
        (replace(FIXED, renewals=(RenewalFact("2025-05-09", term="3y"),)), "2025-05-08", None, None),
        (replace(FIXED, renewals=(RenewalFact("2025-05-09", term="3y"),)), "2025-05-09", "2028-06-30", RENEWED),
        (replace(FIXED, renewals=(RenewalFact("2025-05-09", term="3y"),)), "2025-06-30", "2028-06-30", RENEWED),
        (replace(FIXED, renewals=(RenewalFact("2025-05-09", term="3y"),)), "2025-07-01", None, None),
        (replace(FIXED, renewals=(RenewalFact("2025-05-09", term="3y"),)), "2029-07-01", None, None),
        # Two of them, also where others would follow by themselves; one of a month counts from its last day.
        (replace(TACIT, renewals=TWICE), "2025-02-27", "2028-06-30", RENEWED),
        (replace(TACIT, renewals=TWICE), "2025-02-28", "2031", RENEWED),
        (replace(TACIT, renewals=TWICE), "2028-06-30", "2031", RENEWED),
        (replace(TACIT, renewals=TWICE), "2028-07-01", None, None),
        (replace(TACIT, renewals=TWICE), "2032-01-01", None, None),
        # What was recorded after the end lets the term run that is asked about.
        (replace(FIXED, renewals=(RenewalFact("2025-09-01", term="1y"),)), "2025-10-01", None, None),
        # Without a length nobody knows until when, before the end and after it.
        (replace(EXPRESS, renewals=(RenewalFact("2025-05-09"),)), "2025-06-01", None, RENEWED),
        (replace(EXPRESS, renewals=(RenewalFact("2025-05-09"),)), "2027-06-01", None, RENEWED),
        (
            replace(EXPRESS, renewals=(RenewalFact("2025-05-09"), RenewalFact("2026-05-09", until="2027-01-01"))),
            "2026-06-01",
            None,
            None,
        ),
        (replace(FIXED, renewals=(RenewalFact("2025-05-09", until="open"),)), "2025-06-01", None, None),
        # A day of the same or an earlier end says nothing new, nor does anything beyond the last day of all.
        (replace(FIXED, renewals=(RenewalFact("2025-05-09", until="2025-06-30"),)), "2025-06-01", None, None),
        (
            replace(FIXED, renewals=(RenewalFact("2025-05-09", term="3y"),), renewal_until="2025-06-30"),
            "2025-06-01",
            None,
            None,
        ),
        # A later notice takes it back, and one too late for the term that runs only what follows the next.
        (
            replace(FIXED, renewals=(RenewalFact("2025-01-10", term="3y"),), notices=("2025-02-01",)),
            "2025-03-01",
            None,
            END,
        ),
        (replace(TACIT, renewals=TWICE, notices=("2025-06-15",)), "2025-06-20", "2028-06-30", END),
        (replace(TACIT, renewals=TWICE, notices=("2025-06-15",)), "2025-07-01", None, END),
        (
            replace(FIXED, renewals=(RenewalFact("2025-02-02", term="3y"),), notices=("2025-02-01",)),
            "2025-03-01",
            "2028-06-30",
            RENEWED,
        ),
        # So does an amendment of the end, and a termination cuts it.
        (
            replace(FIXED, renewals=TWICE[:1], amendments=(AmendmentFact("2025-03-01", until="2025-12-31"),)),
            "2025-04-01",
            "2025-12-31",
            RENEWED,
        ),
        (
            replace(FIXED, renewals=TWICE[:1], amendments=(AmendmentFact("2025-03-01", until="2025-05-31"),)),
            "2025-04-01",
            None,
            None,
        ),
        (replace(FIXED, renewals=TWICE[:1], terminated="2025-05-31"), "2025-04-01", None, None),
        (replace(FIXED, renewals=TWICE[:1], terminated="2026-05-31"), "2025-04-01", "2026-05-31", RENEWED),
        # Of what never was in force, or was stopped, there is nothing to tell.
        (replace(FIXED, stage="draft", renewals=TWICE), "2025-04-01", None, None),
        (replace(FIXED, cancelled_on="2025-03-10", renewals=TWICE), "2025-03-09", "2031", RENEWED),
        (replace(FIXED, cancelled_on="2025-03-10", renewals=TWICE), "2025-03-10", None, None),
        # A review is of the term in which it was held, whatever else changes in it.
        (reviewed(("2025-05-01", "continue")), "2025-04-30", None, None),
        (reviewed(("2025-05-01", "continue")), "2025-05-01", None, CONTINUE),
        (reviewed(("2025-05-01", "renew")), "2025-06-30", None, CONTINUE),
        (reviewed(("2025-05-01", "continue")), "2025-07-01", None, None),
        (reviewed(("2025-05", "continue")), "2025-05-30", None, None),
        (reviewed(("2025-05-01", "amend")), "2025-05-01", None, None),
        (reviewed(("2025-05-01", None)), "2025-05-01", None, None),
        (reviewed(("--05-01", "continue")), "2025-05-01", None, None),
        (
            replace(reviewed(("2025-05-01", "continue")), amendments=(AmendmentFact("2025-05-20", notice="2m"),)),
            "2025-06-01",
            None,
            CONTINUE,
        ),
        # To let it end holds until somebody decides otherwise.
        (reviewed(("2025-05-01", "end")), "2030-05-01", None, END),
        (reviewed(("2025-05-01", "continue"), ("2025-05-02", "end")), "2025-05-03", None, END),
        (reviewed(("2025-05-01", "continue"), ("2025-05-01", "end")), "2025-05-03", None, END),
        (reviewed(("2025-05-01", "end"), ("2025-05-02", "continue")), "2025-05-03", None, CONTINUE),
        (reviewed(("2025-05-01", "end"), ("2025-05-02", "continue")), "2025-07-03", None, None),
        (
            replace(reviewed(("2025-05-01", "end")), renewals=(RenewalFact("2025-05-01"),)),
            "2025-05-03",
            "2026-06-30",
            END,
        ),
        (
            replace(reviewed(("2025-05-01", "end")), renewals=(RenewalFact("2025-05-02"),)),
            "2025-05-03",
            "2026-06-30",
            RENEWED,
        ),
        (
            replace(reviewed(("2025-05-01", "end")), amendments=(AmendmentFact("2025-05-02", until="2027"),)),
            "2025-05-03",
            None,
            None,
        ),
        (
            replace(reviewed(("2025-05-01", "end")), amendments=(AmendmentFact("2025-05-02", notice="2m"),)),
            "2025-05-03",
            None,
            END,
        ),
        # A notice holds until the agreement is renewed, whatever a review says.
        (replace(reviewed(("2025-05-02", "continue")), notices=("2025-05-01",)), "2025-05-03", None, END),
    ],
)
def test_what_is_decided_ahead_is_known_on_its_day(
    facts: Facts, on: str, until: str | None, decision: Decision | None
) -> None:
    found = standing(facts, date.fromisoformat(on))
    assert (found.renewed_until, found.decision) == (interval(until), decision)


def test_spans_that_differ_in_what_was_decided_are_not_one() -> None:
    found = spans(replace(FIXED, renewals=TWICE[:1]), date(2025, 6, 1))
    assert [(str(span.first_on), span.standing.renewed_until) for span in found] == [
        ("0001-01-01", None),
        ("2022-07-01", None),
        ("2025-01-10", interval("2028-06-30")),
        ("2025-07-01", None),
        ("2028-07-01", None),
    ]


def prolonged(facts: Facts, day: date) -> Interval | None:
    """Give until when it goes on after the term that runs: a further renewal would extend what was renewed so far."""
    terms = known_terms(facts, day)
    running, last = next(terms.running(day)).last, terms.last()
    laid, _ = extension(facts, day, RenewalFact(day.isoformat()))
    laid = earlier(laid, last) if laid and last else laid
    return laid if running and laid and laid[1] > running[1] else None


@settings(max_examples=600, deadline=None)
@given(any_facts, near)
def test_it_goes_on_until_the_day_that_a_further_renewal_would_extend(facts: Facts, day: date) -> None:
    found = standing(facts, day)
    if found.status in {Status.CANCELLED, Status.SUPERSEDED, Status.TERMINATED, Status.DRAFT}:
        assert found.renewed_until is None or found.status is Status.TERMINATED
    else:
        assert found.renewed_until == prolonged(facts, day)


@settings(max_examples=300, deadline=None)
@given(any_facts, st.lists(near, min_size=1, max_size=5))
def test_without_a_renewal_nothing_is_renewed_and_without_any_of_them_nothing_decided(
    facts: Facts, asked: list[date]
) -> None:
    facts = replace(facts, renewals=())
    undecided = replace(facts, notices=(), reviews=())
    for day in asked:
        assert standing(facts, day).renewed_until is None
        assert standing(undecided, day).decision is None
