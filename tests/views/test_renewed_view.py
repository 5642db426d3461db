"""What the database takes for renewed, and reminds nobody of, is what goes on by a recorded renewal by the rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mou_cli.rules.standing import renewed_until, standing
from mou_cli.views.agreement_filter import RENEWED
from mou_cli.views.terms import facts_of, span_source
from tests.views.test_terms_view import LIKE_THIS, changing, turns, without_contradictions, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.fields.shape import Document
    from mou_cli.store.location import Location
    from tests.postgresql import Both

# All facts are known by the days that are asked for.
recorded = st.dates(date(2018, 1, 1), date(2023, 12, 31)).map(str)
ASKED = [date(2024, 1, 1), date(2025, 5, 10), date(2026, 3, 3)]
lengths = st.sampled_from(["6m", "1y", "2y", "3y"])
renewals = st.fixed_dictionaries(
    {"kind": st.just("renewal"), "date": recorded},
    optional={"until": recorded | st.sampled_from(["2026", "2028-06-30"]), "term": lengths},
)
elsewhere = st.fixed_dictionaries({"kind": st.just("renewal"), "date": recorded, "renewal": st.just("none")})
notices = st.fixed_dictionaries({"kind": st.just("notice"), "date": recorded})
amendments = st.fixed_dictionaries(
    {"kind": st.just("amendment"), "date": recorded},
    optional={
        "until": recorded,
        "renewal": st.sampled_from(["tacit", "express", "none"]),
        "renewal_term": lengths,
    },
)
agreements = st.fixed_dictionaries(
    {
        "stage": st.just("signed"),
        "starts": st.dates(date(2015, 1, 1), date(2022, 1, 1)).map(str),
        "term": st.sampled_from(["1y", "3y", "5y"]),
        "lifecycle": st.lists(st.one_of(renewals, renewals, elsewhere, notices, amendments), min_size=1, max_size=3),
    },
    optional={
        "renewal": st.sampled_from(["tacit", "express", "none"]),
        "renewal_term": lengths,
        "renewal_max": st.sampled_from([1, 2]),
        "notice": st.sampled_from(["1m", "3m"]),
    },
).map(without_contradictions)
some_agreements = st.lists(agreements, min_size=60, max_size=120)


@pytest.fixture(scope="module")
def places(make_both: Callable[[], Both]) -> Both:
    """Two registers that hold nothing, for changes that are undone."""
    return make_both()


def check(place: Location, documents: list[Document], asked: list[date]) -> None:
    """See that nobody is left without a reminder; nor has one too many, where nothing follows by itself."""
    with changing(place) as register:
        write(register, documents)
        for day in asked:
            sql = f"""SELECT s.agreement, s.goes_on, CASE WHEN {RENEWED} THEN 1 ELSE 0 END AS renewed
                FROM {span_source(register.reader, day)} s WHERE s.first_on <= :today AND s.last_on >= :today"""
            rows = {row["agreement"]: row for row in register.reader.rows(sql, today=day.isoformat())}
            for number, said in enumerate(documents):
                facts, row = facts_of(said), rows[f"a{number}"]
                if standing(facts, day).status in {"active", "in-notice"} and standing(facts, day).ends_to:
                    is_renewed = renewed_until(facts, day) is not None
                    assert is_renewed or not row["renewed"], (day, said)
                    assert row["renewed"] or row["goes_on"] or not is_renewed, (day, said)


@settings(LIKE_THIS, max_examples=20)
@given(documents=some_agreements, data=st.data())
def test_in_a_file_what_is_taken_for_renewed_is(places: Both, documents: list[Document], data: st.DataObject) -> None:
    turning = [day for day in sorted(turns(documents)) if 2024 <= day.year < 2030]
    drawn = data.draw(st.lists(st.sampled_from(turning), max_size=5, unique=True)) if turning else []
    check(places.sqlite, documents, ASKED + drawn)


@settings(LIKE_THIS, max_examples=3)
@given(documents=some_agreements)
def test_on_a_server_what_is_taken_for_renewed_is(places: Both, documents: list[Document]) -> None:
    check(places.postgresql, documents, ASKED)
