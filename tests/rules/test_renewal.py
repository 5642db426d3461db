from __future__ import annotations

from datetime import date

import pytest

from mou_cli.rules.renewal import known_terms
from mou_cli.rules.term import Facts, RenewalFact

TODAY = date(2026, 2, 11)


def lasts(facts: Facts, count: int, known_on: date = TODAY) -> list[str]:
    """Give the certain last days of the first terms."""
    terms = known_terms(facts, known_on).running(date.min)
    found = [term.last for term, _ in zip(terms, range(count), strict=False)]
    assert all(last is not None and last[0] == last[1] for last in found)
    return [str(last[0]) for last in found if last]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(starts="2021-07-23", term="3m"), ["2021-10-22"]),
        (Facts(starts="2024-02-29", term="1y"), ["2025-02-27"]),
        (Facts(starts="2024-02-29", term="4y"), ["2028-02-28"]),
        (Facts(starts="2024-01-31", term="1m"), ["2024-02-28"]),
        (Facts(starts="2024-01-31", term="1m10d"), ["2024-03-09"]),
        (Facts(starts="2024-05-01", term="90d"), ["2024-07-29"]),
        (Facts(signed="2024-05-01", starts="signed", term="1y"), ["2025-04-30"]),
        (Facts(starts="2024-05-01", ends="2025-06-30", term="3y"), ["2025-06-30"]),
        (Facts(starts="2024-05-01", ends="--06-30", term="3y"), ["2027-04-30"]),
    ],
)
def test_first_term_ends_as_stated_or_the_day_before_its_anniversary(facts: Facts, expected: list[str]) -> None:
    assert lasts(facts, 3) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # Months are summed and clamped once: 31 January, 29 February, 31 March, 30 April are the boundaries.
        (
            Facts(starts="2023-12-31", term="1m", renewal="tacit", renewal_term="1m"),
            ["2024-01-30", "2024-02-28", "2024-03-30", "2024-04-29"],
        ),
        (
            Facts(ends="2024-01-30", renewal="tacit", renewal_term="1m"),
            ["2024-01-30", "2024-02-28", "2024-03-30", "2024-04-29"],
        ),
        (
            Facts(starts="2024-02-29", term="1y", renewal="tacit", renewal_term="1y"),
            ["2025-02-27", "2026-02-27", "2027-02-27", "2028-02-28"],
        ),
        (
            Facts(ends="2025-08-28", renewal="tacit", renewal_term="12m"),
            ["2025-08-28", "2026-08-28", "2027-08-28", "2028-08-28"],
        ),
        (
            Facts(starts="2024-01-01", term="1y", renewal="tacit", renewal_term="90d"),
            ["2024-12-31", "2025-03-31", "2025-06-29", "2025-09-27"],
        ),
        (
            Facts(starts="2020-01-01", term="60m", renewal="tacit", renewal_term="12m", renewal_max=1),
            ["2024-12-31", "2025-12-31"],
        ),
        (
            Facts(starts="2020-01-01", term="1y", renewal="tacit", renewal_term="1y", renewal_max=2),
            ["2020-12-31", "2021-12-31", "2022-12-31"],
        ),
        (Facts(starts="2020-01-01", term="1y", renewal="tacit", renewal_term="1y", renewal_max=0), ["2020-12-31"]),
        (
            Facts(starts="2020-01-01", term="1y", renewal="tacit", renewal_term="1y", renewal_until="2021-06-30"),
            ["2020-12-31", "2021-06-30"],
        ),
        (
            Facts(starts="2020-01-01", term="1y", renewal="tacit", renewal_term="1y", renewal_until="2021-12-31"),
            ["2020-12-31", "2021-12-31"],
        ),
        (Facts(starts="2020-01-01", term="3y", renewal="tacit", renewal_until="2021-06-30"), ["2021-06-30"]),
        (Facts(ends="2022-12-31", renewal="tacit", renewal_term="1y", renewal_until="2021-06-30"), ["2022-12-31"]),
        (Facts(starts="2020-01-01", term="1y", renewal="tacit"), ["2020-12-31"]),
        (Facts(starts="2020-01-01", term="1y", renewal="none", renewal_term="1y"), ["2020-12-31"]),
        (Facts(starts="2020-01-01", term="1y", renewal="express", renewal_term="1y"), ["2020-12-31"]),
        (Facts(starts="2020-01-01", term="1y", renewal="unstated", renewal_term="1y"), ["2020-12-31"]),
    ],
)
def test_terms_are_renewed_as_the_agreement_says(facts: Facts, expected: list[str]) -> None:
    assert lasts(facts, 4) == expected


@pytest.mark.parametrize(
    ("renewals", "expected"),
    [
        ((RenewalFact("2020-10-01"),), ["2020-12-31", "2021-12-31"]),
        # A late confirmation leaves no gap.
        ((RenewalFact("2021-03-01"),), ["2020-12-31", "2021-12-31"]),
        ((RenewalFact("2020-10-01", term="3y"),), ["2020-12-31", "2023-12-31"]),
        ((RenewalFact("2020-10-01", until="2022-06-30"),), ["2020-12-31", "2022-06-30"]),
        (
            (RenewalFact("2020-10-01", until="2022-06-30"), RenewalFact("2022-05-01")),
            ["2020-12-31", "2022-06-30", "2023-06-30"],
        ),
        (
            (RenewalFact("2021-10-01", term="2y"), RenewalFact("2020-10-01")),
            ["2020-12-31", "2021-12-31", "2023-12-31"],
        ),
        # Recorded after the day that is asked about, or on no day that is known.
        ((RenewalFact("2026-02-12"),), ["2020-12-31"]),
        ((RenewalFact("2026"),), ["2020-12-31"]),
        ((RenewalFact("--10-01"),), ["2020-12-31"]),
        # It ends no later than the term before it.
        ((RenewalFact("2020-10-01", until="2020-12-31"),), ["2020-12-31"]),
    ],
)
def test_recorded_renewal_gives_the_next_term(renewals: tuple[RenewalFact, ...], expected: list[str]) -> None:
    facts = Facts(starts="2020-01-01", term="1y", renewal="express", renewal_term="1y", renewals=renewals)
    assert lasts(facts, 4) == expected


def test_month_ends_are_kept_through_renewals_of_other_lengths() -> None:
    facts = Facts(
        starts="2023-12-31", term="1m", renewal="express", renewals=(RenewalFact("2024-01-01", term="1m"),) * 3
    )
    assert lasts(facts, 4) == ["2024-01-30", "2024-02-28", "2024-03-30", "2024-04-29"]


def test_recorded_renewal_fixes_the_term_after_the_running_one_and_tacit_goes_on_after_it() -> None:
    facts = Facts(
        starts="2020-01-01",
        term="1y",
        renewal="tacit",
        renewal_term="1y",
        renewals=(RenewalFact("2022-05-01", until="2027-06-30"),),
    )
    assert lasts(facts, 5) == ["2020-12-31", "2021-12-31", "2022-12-31", "2027-06-30", "2028-06-30"]
    assert lasts(facts, 5, date(2022, 4, 30))[3:] == ["2023-12-31", "2024-12-31"]


def test_renewals_recorded_in_one_term_follow_one_another() -> None:
    facts = Facts(
        starts="2020-01-01",
        term="1y",
        renewal="tacit",
        renewal_term="1y",
        renewals=(RenewalFact("2020-05-01", term="2y"), RenewalFact("2020-06-01", term="3y")),
    )
    assert lasts(facts, 4) == ["2020-12-31", "2022-12-31", "2025-12-31", "2026-12-31"]


def test_recorded_renewal_counts_towards_the_most_and_is_not_refused_by_it() -> None:
    facts = Facts(
        starts="2020-01-01",
        term="1y",
        renewal="tacit",
        renewal_term="1y",
        renewal_max=1,
        renewals=(RenewalFact("2020-05-01"), RenewalFact("2021-05-01")),
    )
    assert lasts(facts, 5) == ["2020-12-31", "2021-12-31", "2022-12-31"]


@pytest.mark.parametrize(
    ("notice", "given", "expected"),
    [
        ("3m", "2020-09-30", ["2020-12-31"]),
        ("3m", "2020-10-01", ["2020-12-31", "2021-12-31"]),
        ("3m", "2019-01-01", ["2020-12-31"]),
        (None, "2020-12-31", ["2020-12-31"]),
        (None, "2021-01-01", ["2020-12-31", "2021-12-31"]),
        ("academic-year", "2019-09-01", ["2020-12-31"]),
        ("academic-year", "2019-09-02", ["2020-12-31", "2021-12-31"]),
        ("2y", "2020-01-01", ["2020-12-31", "2021-12-31", "2022-12-31"]),
    ],
)
def test_notice_ends_a_tacit_agreement_with_the_first_term_it_is_in_time_for(
    notice: str | None, given: str, expected: list[str]
) -> None:
    facts = Facts(starts="2020-01-01", term="1y", renewal="tacit", renewal_term="1y", notice=notice, notices=(given,))
    assert lasts(facts, 5) == expected


def test_earliest_of_several_notices_counts() -> None:
    facts = Facts(ends="2020-12-31", renewal="tacit", renewal_term="1y", notices=("2023-01-01", "2021-01-01"))
    assert lasts(facts, 5) == ["2020-12-31", "2021-12-31"]


def test_renewal_recorded_after_a_notice_overrides_it() -> None:
    facts = Facts(
        ends="2020-12-31",
        renewal="tacit",
        renewal_term="1y",
        notices=("2020-06-01",),
        renewals=(RenewalFact("2020-07-01", until="2022-12-31"),),
    )
    assert lasts(facts, 3, date(2020, 6, 30)) == ["2020-12-31"]
    assert lasts(facts, 3, date(2020, 7, 1)) == ["2020-12-31", "2022-12-31", "2023-12-31"]


def test_notice_in_an_express_agreement_ends_it_with_the_running_term() -> None:
    facts = Facts(
        ends="2020-12-31",
        renewal="express",
        notice="3m",
        notices=("2020-11-30",),
        renewals=(RenewalFact("2020-05-01", term="1y"),),
    )
    assert lasts(facts, 3) == ["2020-12-31"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(ends="2020-12-31", terminated="2020-06-30"), ["2020-06-30"]),
        (Facts(ends="2020-12-31", terminated="2021-06-30"), ["2020-12-31"]),
        (
            Facts(ends="2020-12-31", renewal="tacit", renewal_term="1y", terminated="2021-06-30"),
            ["2020-12-31", "2021-06-30"],
        ),
        # It says how long the agreement was in force where nothing else does.
        (Facts(starts="2020-01-01", terminated="2021-06-30"), ["2021-06-30"]),
        (Facts(starts="2020-01-01", ends="open", terminated="2021-06-30"), ["2021-06-30"]),
        (Facts(ends="2020-12-31", renewal="tacit", terminated="2021-06-30"), ["2020-12-31", "2021-06-30"]),
    ],
)
def test_termination_cuts_the_terms(facts: Facts, expected: list[str]) -> None:
    assert lasts(facts, 4) == expected


def test_terminated_term_needs_no_notice() -> None:
    facts = Facts(ends="2020-12-31", renewal="tacit", renewal_term="1y", notice="3m", terminated="2021-06-30")
    assert [term.notice_by for term in known_terms(facts, TODAY).running(date.min)] == [date(2020, 9, 30), None]


def test_nothing_is_renewed_after_the_day_an_agreement_stops() -> None:
    terms = known_terms(Facts(ends="2020-12-31", renewal="tacit", renewal_term="1y"), TODAY, date(2022, 5, 1))
    assert terms.last() == (date(2022, 12, 31), date(2022, 12, 31))


def test_renewal_of_unknown_length_leaves_what_follows_unknown() -> None:
    facts = Facts(ends="2024-12-31", renewal="express", renewals=(RenewalFact("2024-10-01"),))
    terms = known_terms(facts, TODAY)
    assert (terms.is_final, terms.last()) == (False, (date(2024, 12, 31), date(2024, 12, 31)))
