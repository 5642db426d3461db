"""A first page is the beginning of the whole, however it is found, on both databases."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from mou_cli.store.opening import open_reader
from mou_cli.views.agreement import count_agreements, find_agreements
from mou_cli.views.task import count_tasks, find_due, find_tasks
from tests.views.questions import AGREEMENT_FILTERS, TASK_FILTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader
    from tests.postgresql import Both

DAY = date(2025, 6, 10)


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


@pytest.mark.parametrize("sort", ["ref", "-ref"])
def test_a_page_is_whole_where_its_agreements_lie_far_apart(
    reader: Reader, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mou_cli.views.agreement._AMONG", 5)  # of so many, others are looked for by what is asked
    test_a_page_of_agreements_is_the_beginning_of_the_whole(reader, sort)


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
