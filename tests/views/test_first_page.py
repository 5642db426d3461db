"""A first page is the beginning of the whole, however it is found, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from mou_cli.store.opening import open_reader
from mou_cli.views.agreement import count_agreements, find_agreements
from mou_cli.views.agreement_filter import AgreementFilter
from mou_cli.views.choice import Place
from mou_cli.views.known import known_agreements
from mou_cli.views.search import count_anything, find_anything
from mou_cli.views.task import count_tasks, find_due, find_tasks
from tests.views.questions import AGREEMENT_FILTERS, TASK_FILTERS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader
    from tests.postgresql import Both

DAY = date(2025, 6, 10)
COMMON = ("a", "m u", "univ", "university", "memorandum", "khazar", "2", "plan", "veteran", *WORDS)


@pytest.fixture(params=["sqlite", "postgresql"])
def reader(request: pytest.FixtureRequest, both: Both) -> Iterator[Reader]:
    """A reader of each of the databases."""
    with open_reader(getattr(both, request.param), 10.0) as opened:
        yield opened


@pytest.mark.parametrize("sort", ["ref", "-ref", "ends", "-partner"])
def test_a_page_of_agreements_is_the_beginning_of_the_whole(reader: Reader, sort: str) -> None:
    for wanted in AGREEMENT_FILTERS:
        whole = list(find_agreements(reader, wanted, DAY, sort))
        assert list(find_agreements(reader, wanted, DAY, sort, 4)) == whole[:4], wanted


@pytest.mark.parametrize("sort", ["ref", "-ref", "ends"])
def test_a_page_is_whole_where_its_agreements_lie_far_apart(
    reader: Reader, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("reference", "agreement_page"):
        monkeypatch.setattr(f"mou_cli.views.{module}._AMONG", 5)  # else they are looked for by what is asked
    test_a_page_of_agreements_is_the_beginning_of_the_whole(reader, sort)


@pytest.mark.parametrize("among", [2, 5, 10_000])
def test_a_page_of_what_ends_soon_is_the_beginning_of_the_whole(
    reader: Reader, among: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mou_cli.views.agreement_page._AMONG", among)
    for narrowed in AGREEMENT_FILTERS:
        for ends_by in (date(2026, 12, 31), date(2067, 12, 31)):
            wanted = replace(narrowed, ends_by=ends_by)
            whole = list(find_agreements(reader, wanted, DAY, "ends"))
            for limit in (1, 4, 60):
                assert list(find_agreements(reader, wanted, DAY, "ends", limit)) == whole[:limit], wanted


def test_agreements_are_counted_no_further_than_is_asked(reader: Reader) -> None:
    for wanted in AGREEMENT_FILTERS:
        number = sum(1 for _ in find_agreements(reader, wanted, DAY))
        assert count_agreements(reader, wanted, DAY) == number, wanted
        assert count_agreements(reader, wanted, DAY, 2) == min(number, 2), wanted
        assert count_agreements(reader, wanted, DAY, number + 1) == number, wanted


def test_a_page_of_tasks_is_the_beginning_of_the_whole(reader: Reader) -> None:
    for wanted in TASK_FILTERS:
        whole = list(find_tasks(reader, wanted, DAY))
        assert list(find_tasks(reader, wanted, DAY, limit=2)) == whole[:2], wanted
        assert list(islice(find_due(reader, wanted, DAY, limit=2).tasks, 3)) == whole[:2], wanted
        assert count_tasks(reader, wanted, DAY) == len(whole), wanted


def test_a_page_of_what_is_searched_for_is_the_beginning_of_the_whole(reader: Reader) -> None:
    for words in COMMON:
        whole = list(find_anything(reader, words, DAY))
        assert count_anything(reader, words) == len(whole), words
        for limit in (1, 4, 150):
            assert list(find_anything(reader, words, DAY, limit)) == whole[:limit], words


@pytest.mark.parametrize("among", [3, 10_000], ids=["of a few", "of all"])
def test_words_that_many_records_have_are_found_where_those_of_few_are(
    reader: Reader, among: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_country = [AgreementFilter(words=words, places=(Place(country="AZ"),)) for words in COMMON]
    filters = [*(AgreementFilter(words=words) for words in COMMON), *by_country]

    def answers() -> list[object]:
        found: list[object] = [list(find_anything(reader, words, DAY, limit)) for words in COMMON for limit in (4, 150)]
        found += [list(find_agreements(reader, wanted, DAY, sort, 4)) for wanted in filters for sort in ("ref", "-ref")]
        found += [count_agreements(reader, wanted, DAY, most) for wanted in filters for most in (2, 1000)]
        return [*found, *(known_agreements(reader, words) for words in COMMON)]

    looked_up = answers()
    monkeypatch.setattr("mou_cli.views.words._LARGE", 1)
    monkeypatch.setattr("mou_cli.views.words._ASKED", 1_000_000)  # every record is asked
    for module in ("reference", "search"):
        monkeypatch.setattr(f"mou_cli.views.{module}._AMONG", among)
    assert answers() == looked_up
