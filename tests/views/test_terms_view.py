"""What the database answers by index is what the rules say of every agreement, on any day."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mou_cli.fields.agreement import AGREEMENT
from mou_cli.fields.shape import Patch
from mou_cli.records.declare import objections_to
from mou_cli.register import Register, open_register
from mou_cli.rules.length import add
from mou_cli.rules.standing import spans, standing
from mou_cli.views.agreement import count_agreements, find_agreements
from mou_cli.views.agreement_filter import AgreementFilter
from mou_cli.views.terms import facts_of
from mou_cli.vocabulary import LIFECYCLE_KINDS, RENEWALS, STAGES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.fields.shape import Document
    from mou_cli.store.location import Location
    from mou_cli.store.reader import Reader
    from tests.postgresql import Both

WRITTEN_ON = date(1986, 11, 22)
FORTY_YEARS_ON = date(2026, 11, 22)
EVERYTHING = AgreementFilter()
COLUMNS = ("status", "ends_on", "ends_from", "ends_to", "ends_why", "notice_by")
KNOWN = {
    "stage": "stage",
    "signed_on": "signed",
    "terminated_on": "terminated",
    "renewal": "renewal",
    "renewal_term": "renewal_term",
    "notice": "notice",
    "review_on": "review",
}

whole_days = st.dates(date(1975, 1, 1), date(2035, 12, 31)).map(str)
days = whole_days | whole_days.map(lambda day: day[:7]) | whole_days.map(lambda day: day[:4])
any_days = st.one_of(*[days] * 6, whole_days.map(lambda day: f"--{day[5:]}"))
lengths = st.one_of(
    st.integers(1, 9).map("{}y".format), st.integers(1, 30).map("{}m".format), st.integers(1, 800).map("{}d".format)
)
facts = st.fixed_dictionaries(
    {"kind": st.sampled_from(LIFECYCLE_KINDS.codes), "date": any_days},
    optional={
        "until": st.just("open") | days,
        "term": lengths,
        "renewal": st.sampled_from(RENEWALS.codes).map(str),
        "renewal_term": lengths,
        "notice": st.just("academic-year") | lengths,
        "review": any_days,
    },
)
agreements = st.fixed_dictionaries(
    {},
    optional={
        "stage": st.sampled_from(["signed"] * 9 + [str(code) for code in STAGES.codes if code != "unstated"]),
        "signed": any_days,
        "starts": st.just("signed") | any_days,
        "ends": st.just("open") | any_days,
        "term": lengths,
        "renewal": st.sampled_from(["tacit", *(str(code) for code in RENEWALS.codes if code != "unstated")]),
        "renewal_term": lengths,
        "renewal_max": st.sampled_from([0, 1, 2, 7, 1000]),
        "renewal_until": days,
        "notice": st.just("academic-year") | lengths,
        "terminated": any_days,
        "review": any_days,
        "lifecycle": st.lists(facts, min_size=1, max_size=3),
    },
)
PARTIES = [{"institution": "home"}, {"institution": "uni"}]
ENDLESS = {"starts": "1980-01-31", "term": "1m", "renewal": "tacit", "renewal_term": "1m", "notice": "10d"}
FIELDS = (
    *("stage", "signed", "starts", "ends", "term", "renewal", "renewal_term", "renewal_max", "renewal_until", "notice"),
    *("terminated", "review", "lifecycle"),
)


def without_contradictions(said: Document) -> Document:
    wrong = {name for name, _ in objections_to(AGREEMENT, {"key": "a", "parties": PARTIES, **said})}
    return {name: value for name, value in said.items() if name not in wrong}


@pytest.fixture(scope="module")
def places(make_both: Callable[[], Both]) -> Both:
    """Two registers that hold nothing, for changes that are undone."""
    return make_both()


class Undo(Exception):
    """What leaves a register as it was."""


@contextmanager
def changing(place: Location) -> Iterator[Register]:
    """Open a register as it was opened forty years ago; everything is undone in the end."""
    with (
        suppress(Undo),
        open_register(place, actor="tester", action="edit", today=WRITTEN_ON, timeout=5.0) as register,
    ):
        list(register.declare(Patch("institution", key, {"name": key}) for key in ("home", "uni")))
        yield register
        raise Undo


def write(register: Register, documents: list[Document]) -> None:
    """Record documents under the keys a0, a1, …; what they do not say is cleared."""
    patches = (
        Patch("agreement", f"a{n}", {"parties": PARTIES, **dict.fromkeys(FIELDS), **said})
        for n, said in enumerate(documents)
    )
    list(register.declare(patches))


def turns(documents: list[Document]) -> set[date]:
    """Give the days on which an agreement begins to stand otherwise, and the days before."""
    found = set()
    for said in documents[:12]:
        for span in spans(facts_of(said), FORTY_YEARS_ON):
            found |= {span.first_on, max(span.first_on, date.min + timedelta(1)) - timedelta(1)}
    return found


def answers(reader: Reader, day: date) -> dict[str, dict[str, Any]]:
    rows = find_agreements(reader, EVERYTHING, day)
    return {row["key"]: {name: row[name] for name in (*COLUMNS, *KNOWN)} for row in rows}


def expected(documents: list[Document], day: date) -> dict[str, dict[str, Any]]:
    told = {}
    for n, said in enumerate(documents):
        found = standing(facts_of(said), day)
        values = {name: getattr(found, name) for name in COLUMNS}
        values |= {key: getattr(found.known, name) for key, name in KNOWN.items()}
        told[f"a{n}"] = {name: None if value is None else str(value) for name, value in values.items()}
    return told


def ends_of_what_is_stored(reader: Reader) -> Iterator[date]:
    """Give some last days for which rows are stored, and the days after."""
    sql = (
        "SELECT DISTINCT projected_to FROM agreement_span WHERE projected_to IS NOT NULL ORDER BY projected_to LIMIT 3"
    )
    for row in list(reader.rows(sql)):
        day = date.fromisoformat(row["projected_to"])
        yield from (day, day + timedelta(1))


def check(place: Location, documents: list[Document], asked: list[date]) -> None:
    documents = [*documents, ENDLESS]
    with changing(place) as register:
        # What was said before is forgotten: every agreement was another one first.
        write(register, documents[1:] + documents[:1])
        write(register, documents)
        for day in (*asked, *ends_of_what_is_stored(register.reader)):
            told, ruled = answers(register.reader, day), expected(documents, day)
            wrong = [(said, told.get(key), ruled[key]) for said, key in zip(documents, ruled, strict=True)]
            assert [each for each in wrong if each[1] != each[2]] == [], day
            numbers = [
                count_agreements(register.reader, AgreementFilter(statuses=(status,)), day) for status in STATUSES.codes
            ]
            assert sum(numbers) == len(documents), day


# A failure names the agreements that are wrong: making the batch smaller would tell nothing more.
LIKE_THIS = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
some_agreements = st.lists(agreements.map(without_contradictions), min_size=30, max_size=200)
some_days = st.lists(st.dates(date(1970, 1, 1), date(2080, 1, 1)), max_size=5)
PROJECTED_TO = add(WRITTEN_ON, 120, 0)
SET_DAYS = [
    date.min,
    WRITTEN_ON,
    PROJECTED_TO,
    PROJECTED_TO + timedelta(1),
    FORTY_YEARS_ON,
    date(2999, 12, 31),
    date.max,
]


@settings(LIKE_THIS, max_examples=12)
@given(documents=some_agreements, asked=some_days, data=st.data())
def test_file_last_written_forty_years_ago_says_what_the_rules_say(
    places: Both, documents: list[Document], asked: list[date], data: st.DataObject
) -> None:
    turning = data.draw(st.lists(st.sampled_from(sorted(turns(documents))), max_size=8, unique=True))
    check(places.sqlite, documents, SET_DAYS + asked + turning)


@settings(LIKE_THIS, max_examples=3)
@given(documents=some_agreements, asked=some_days)
def test_server_last_written_forty_years_ago_says_what_the_rules_say(
    places: Both, documents: list[Document], asked: list[date]
) -> None:
    check(places.postgresql, documents, SET_DAYS + asked)
