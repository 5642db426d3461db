"""What was decided ahead is, on any day, what the rules say; and whatever is asked of it is answered alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mou_cli.rules.date import interval
from mou_cli.rules.length import add
from mou_cli.rules.standing import Standing, standing
from mou_cli.views.agenda import count_agenda, find_agenda
from mou_cli.views.agenda_filter import AgendaFilter, Lead
from mou_cli.views.agreement import count_agreements, find_agreements
from mou_cli.views.agreement_filter import NOT_RUNNING, AgreementFilter
from mou_cli.views.check_agreement import find_suspects
from mou_cli.views.overview import DAYS_AHEAD, get_overview
from mou_cli.views.terms import facts_of, span_source
from mou_cli.vocabulary import REVIEW_OUTCOMES
from tests.views.test_terms_view import LIKE_THIS, changing, turns, without_contradictions, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mou_cli.fields.shape import Document
    from mou_cli.store.location import Location
    from mou_cli.store.reader import Reader
    from tests.postgresql import Both

YEARS = 60  # that an agenda looks ahead, and back
recorded = st.dates(date(2016, 1, 1), date(2027, 12, 31)).map(str)
days = st.one_of(*[recorded] * 4, recorded.map(lambda day: day[:7]), recorded.map(lambda day: day[:4]))
lengths = st.sampled_from(["6m", "1y", "2y", "3y", "90d"])
renewals = st.fixed_dictionaries(
    {"kind": st.just("renewal"), "date": days}, optional={"until": st.just("open") | days | days, "term": lengths}
)
elsewhere = st.fixed_dictionaries({"kind": st.just("renewal"), "date": days, "renewal": st.just("none")})
notices = st.fixed_dictionaries({"kind": st.just("notice"), "date": days})
reviews = st.fixed_dictionaries(
    {"kind": st.just("review"), "date": days}, optional={"outcome": st.sampled_from(REVIEW_OUTCOMES.codes).map(str)}
)
amendments = st.fixed_dictionaries(
    {"kind": st.just("amendment"), "date": days},
    optional={
        "until": days,
        "term": lengths,
        "renewal": st.sampled_from(["tacit", "express", "none"]),
        "renewal_term": lengths,
        "notice": st.sampled_from(["1m", "6m"]),
    },
)
endings = st.fixed_dictionaries(
    {"kind": st.sampled_from(["termination", "cancellation", "supersession"]), "date": days}, optional={"until": days}
)
agreements = st.fixed_dictionaries(
    {
        "stage": st.sampled_from(["signed"] * 9 + ["draft"]),
        "lifecycle": st.lists(
            st.one_of(renewals, renewals, renewals, elsewhere, notices, reviews, amendments, endings), max_size=4
        ),
    },
    optional={
        "starts": days,
        "ends": st.just("open") | days,
        "term": st.sampled_from(["1y", "3y", "5y"]),
        "renewal": st.sampled_from(["tacit", "tacit", "express", "none"]),
        "renewal_term": lengths,
        "renewal_max": st.sampled_from([1, 2]),
        "renewal_until": days,
        "notice": st.sampled_from(["1m", "3m", "academic-year"]),
    },
).map(without_contradictions)
some_agreements = st.lists(agreements, min_size=60, max_size=120)
some_days = st.lists(st.dates(date(2014, 1, 1), date(2050, 12, 31)), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def places(make_both: Callable[[], Both]) -> Both:
    """Two registers that hold nothing, for changes that are undone."""
    return make_both()


class Ruled:
    """How the rules answer of one agreement on a day what the database is asked."""

    def __init__(self, said: Document, day: date) -> None:
        facts = facts_of(said)
        self.day = day
        self.stands: Standing = standing(facts, day)
        self.goes_on = self.stands.goes_on and self.stands.ends_to is not None and self.stands.ends_to >= day
        self.runs = self.stands.status not in NOT_RUNNING
        self.is_renewed = self.stands.renewed_until is not None

    @property
    def stored(self) -> tuple[str | int | None, ...]:
        until = self.stands.renewed_until or (None, None)
        days = (str(day) if day else None for day in until)
        return (*days, self.stands.decision and str(self.stands.decision), int(self.stands.goes_on))

    @property
    def is_missed(self) -> bool:
        day = self.stands.notice_by
        is_open = self.stands.status == "active" and self.goes_on and not self.is_renewed
        return day is not None and day < self.day and is_open and self.stands.decision != "continue"

    @property
    def is_lapsed(self) -> bool:
        ends, status = self.stands.ends_to, self.stands.status
        is_over = ends is not None and ends < self.day and status in {"expired", "unstated"}
        return is_over and self.stands.decision not in {"end", "renewed"}

    @property
    def kinds(self) -> set[str]:
        """What an agenda tells of it."""
        told = set()
        stands, ends, notice = self.stands, self.stands.ends_to, self.stands.notice_by
        has_notice_instead = notice is not None and stands.status != "in-notice" and self.goes_on
        if ends and ends >= self.day and self.runs and not self.is_renewed and not has_notice_instead:
            told.add("end")
        if self.is_lapsed and stands.known.renewal != "none":
            told.add("end late")
        if notice and notice >= self.day and self.runs and stands.status != "in-notice" and not self.is_renewed:
            told.add("notice")
        return told | ({"notice late"} if self.is_missed else set())


def stored(reader: Reader, day: date) -> dict[str, tuple[str | int | None, ...]]:
    sql = f"""SELECT s.agreement, s.renewed_until_from, s.renewed_until_to, s.decision, s.goes_on
        FROM {span_source(reader, day)} s WHERE s.first_on <= :today AND s.last_on >= :today"""
    return {row.pop("agreement"): tuple(row.values()) for row in reader.rows(sql, today=day.isoformat())}


def agenda(reader: Reader, day: date) -> dict[str, set[str]]:
    wanted = AgendaFilter(kinds=("end", "notice"), lead=Lead(agreement=f"{YEARS}y"))
    told: dict[str, set[str]] = {}
    for row in find_agenda(reader, wanted, day):
        told.setdefault(row["key"], set()).add(f"{row['kind']}{' late' * row['overdue']}")
    assert count_agenda(reader, wanted, day) == sum(map(len, told.values()))
    return told


def keys(rows: Iterable[dict[str, Any]]) -> set[str]:
    return {row["key"] for row in rows}


def check(place: Location, documents: list[Document], asked: list[date]) -> None:
    """See that the database answers as the rules do, whichever way it is asked."""
    with changing(place) as register:
        write(register, documents)
        for day in asked:
            reader = register.reader
            ruled = {f"a{number}": Ruled(said, day) for number, said in enumerate(documents)}
            found = stored(reader, day)
            wrong = [(documents[int(key[1:])], found[key], each.stored) for key, each in ruled.items()]
            assert [each for each in wrong if each[1] != each[2]] == [], day
            listed = {
                row["key"]: (row["renewed_until_from"], row["renewed_until_to"])
                for row in find_agreements(reader, AgreementFilter(), day)
            }
            assert listed == {key: each[:2] for key, each in found.items()}, day
            told = agenda(reader, day)
            mistold = [
                (documents[int(key[1:])], told.get(key), each.kinds)
                for key, each in ruled.items()
                if told.get(key, set()) != each.kinds
            ]
            assert mistold == [], day
            _check_answers(reader, ruled, told, day)


def _check_answers(reader: Reader, ruled: dict[str, Ruled], told: dict[str, set[str]], day: date) -> None:
    overview = get_overview(reader, day)
    for what, wanted, expected in (
        ("notice-missed", AgreementFilter(notice_missed=True), {key for key, each in ruled.items() if each.is_missed}),
        ("lapsed", AgreementFilter(lapsed=True), {key for key, each in ruled.items() if each.is_lapsed}),
    ):
        assert keys(find_agreements(reader, wanted, day)) == keys(find_suspects(reader, what, day)) == expected, day
        assert count_agreements(reader, wanted, day) == overview["missing"][what] == len(expected), day
    assert {key for key, kinds in told.items() if "notice late" in kinds} == {
        key for key, each in ruled.items() if each.is_missed
    }
    until = add(day, 0, DAYS_AHEAD)
    soon = [each for each in ruled.values() if "notice" in each.kinds and (each.stands.notice_by or day) <= until]
    assert overview["notice"]["count"] == len(soon), day


@settings(LIKE_THIS, max_examples=12)
@given(documents=some_agreements, asked=some_days, data=st.data())
def test_in_a_file_what_was_decided_ahead_is_told_as_the_rules_say(
    places: Both, documents: list[Document], asked: list[date], data: st.DataObject
) -> None:
    turning = [day for day in sorted(turns(documents)) if date(2014, 1, 1) < day < date(2050, 1, 1)]
    drawn = data.draw(st.lists(st.sampled_from(turning), max_size=6, unique=True)) if turning else []
    check(places.sqlite, documents, asked + drawn)


@settings(LIKE_THIS, max_examples=3)
@given(documents=some_agreements, asked=some_days)
def test_on_a_server_what_was_decided_ahead_is_told_as_the_rules_say(
    places: Both, documents: list[Document], asked: list[date]
) -> None:
    check(places.postgresql, documents, asked)


@settings(deadline=None, max_examples=200)
@given(said=agreements, asked=some_days)
def test_what_is_recorded_of_later_days_changes_nothing_that_was_decided(said: Document, asked: list[date]) -> None:
    facts = said.get("lifecycle", [])
    for day in asked:
        known = [fact for fact in facts if (days := interval(fact["date"])) and days[1] <= day]
        assert Ruled(said | {"lifecycle": known}, day).stored == Ruled(said, day).stored
