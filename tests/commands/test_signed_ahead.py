"""A signature of which the day is still to come does not count before it, and is told as what lies ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Mou

DAY = "2025-06-01"


@pytest.fixture
def planned(small: Mou) -> Mou:
    """The command line on a register with a draft, which will be signed in three weeks, and one signed before."""
    small("add", "--partner", "uit", "--stage", "draft", "--starts", "signed")
    small("sign", "2025-001", "--on", DAY)
    small("add", "--partner", "uit", "--signed", "2025-05-02", "--starts", "signed")
    return small


@pytest.mark.parametrize("day", ["2025-05-10", "2025-05-31", DAY])
def test_what_is_asked_of_signatures_is_answered_as_rows_have_them(planned: Mou, day: str) -> None:
    def refs(*options: str) -> list[str]:
        return [row["ref"] for row in planned.json("list", *options, "--as-of", day)]

    assert planned.json("show", "2025-001", "--as-of", day)["signed_on"] == (DAY if day == DAY else None)
    ahead, counted = ([], ["2025-001"]) if day == DAY else (["2025-001"], [])
    assert refs("--unknown", "signed") == ahead
    assert refs("--unknown", "starts") == ahead
    assert refs("--signed-from", "2025-05-01") == [*counted, "2025-002"]
    assert refs("--signed-from", DAY, "--signed-to", DAY) == counted
    assert refs("--signed-to", "2025-12-31") == [*counted, "2025-002"]


def test_the_page_says_of_a_fact_that_it_lies_ahead(planned: Mou) -> None:
    assert "  1 June 2025  signature (ahead)\n" in planned("show", "2025-001", "-f", "table").out
    assert "  1 June 2025  signature\n" in planned("show", "2025-001", "-f", "table", "--as-of", DAY).out
    (fact,) = planned.json("show", "2025-001")["lifecycle"]
    assert fact["is_ahead"] is True
    (fact,) = planned.json("show", "2025-001", "--as-of", DAY)["lifecycle"]
    assert fact["is_ahead"] is False
