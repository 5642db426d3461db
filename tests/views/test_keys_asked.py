"""What is made of a few keys is the same whether a row has all the others or not, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mou_cli.output.nouns import COLUMNS, KEYS, keys_read
from mou_cli.store.opening import open_reader
from mou_cli.views.agreement import find_agreements
from mou_cli.views.agreement_filter import AgreementFilter
from tests.views.questions import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader
    from tests.postgresql import Both


@pytest.fixture(params=["sqlite", "postgresql"])
def reader(request: pytest.FixtureRequest, both: Both) -> Iterator[Reader]:
    """A reader of each of the databases."""
    with open_reader(getattr(both, request.param), 10.0) as opened:
        yield opened


def test_a_key_that_is_asked_alone_has_the_value_that_it_has_among_all(reader: Reader) -> None:
    for day in DAYS:
        rows = list(find_agreements(reader, AgreementFilter(), day))
        for key in KEYS["agreement"]:
            asked = find_agreements(reader, AgreementFilter(), day, keys=keys_read("agreement", [key]))
            assert [row[key] for row in asked] == [row[key] for row in rows], key


def test_a_column_shows_the_same_of_the_keys_that_it_is_said_to_read(reader: Reader) -> None:
    for day in DAYS:
        rows = list(find_agreements(reader, AgreementFilter(), day))
        for name, column in COLUMNS["agreement"].items():
            asked = find_agreements(reader, AgreementFilter(), day, keys=keys_read("agreement", [name]))
            for row, whole in zip(asked, rows, strict=True):
                for language in ("en", "az"):
                    assert column.show(row, language) == column.show(whole, language), name
                assert column.tone(row) == column.tone(whole), name


def test_keys_are_asked_in_any_order_of_the_rows(reader: Reader) -> None:
    day = DAYS[0]
    for wanted in (AgreementFilter(), AgreementFilter(ends_by=day.replace(year=day.year + 3))):
        for sort in ("ref", "ends", "-country", "notice"):
            for limit in (None, 3):
                whole = find_agreements(reader, wanted, day, sort, limit)
                asked = find_agreements(reader, wanted, day, sort, limit, keys=["ref", "title"])
                assert [(row["ref"], row["title"]) for row in asked] == [(row["ref"], row["title"]) for row in whole]
