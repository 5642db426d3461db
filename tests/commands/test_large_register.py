"""A first page of a large register: in the same order as of a small one, and counted no further than anybody needs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Mou
    from tests.stock import Registers


@pytest.fixture(scope="module")
def large(shared_registers: Registers) -> Mou:
    """The command line on a register of 5,010 agreements, all but ten of them active; each fifth is with Oslo."""
    agreements = [
        {
            "key": f"a{n}",
            "parties": ["home", "bergen" if n % 5 else "oslo"],
            "stage": "draft" if n % 501 == 0 else "signed",
        }
        | {"starts": "2024-01-01", "ends": f"2025-0{5 + n % 4}-{11 + n % 17}"}
        for n in range(5010)
    ]
    institutions = [{"key": "home", "name": "Home"}, {"key": "oslo", "name": "Oslo"}]
    institutions += [{"key": "bergen", "name": "Bergen", "country": "NO", "type": "university"}]
    data = {"format": "mou/1", "home": ["home"], "institutions": institutions, "agreements": agreements}
    mou = shared_registers.absent("large")
    (mou.folder / "large.yaml").write_text(json.dumps(data), "utf-8")
    mou("import", str(mou.folder / "large.yaml"))
    return mou


def test_a_page_of_a_common_status_is_in_the_order_of_references(large: Mou) -> None:
    whole = [row["ref"] for row in large.json("list", "--status", "active")]
    assert len(whole) == 5000
    assert [row["ref"] for row in large.json("list", "--status", "active", "--limit", "40")] == whole[:40]
    assert [row["ref"] for row in large.json("list", "--status", "active", "--limit", "40", "--sort", "-ref")] == (
        whole[::-1][:40]
    )
    drafts = [row["key"] for row in large.json("list", "--status", "draft", "--limit", "2")]
    assert drafts == ["a0", "a501"]


@pytest.mark.parametrize(
    "asked",
    [
        ("--country", "Norway"),
        ("--partner-type", "university", "--status", "draft"),
        ("--home", "home", "--unknown", "country"),
        ("--unknown", "signed", "--status", "draft"),
        ("--ends-within", "1y"),
        ("--ends-within", "1y", "--sort", "ref"),
        ("--sort", "-partner"),
    ],
    ids=" ".join,
)
def test_a_page_is_the_beginning_of_the_whole(large: Mou, asked: tuple[str, ...]) -> None:
    whole = large.json("list", *asked)
    assert large.json("list", *asked, "--limit", "9") == whole[:9]
    assert large("list", *asked, "--count").out == f"{len(whole)}\n"
    most = "more than 2,000 agreements" if len(whole) > 2000 else f"{len(whole):,} agreements"
    assert large("list", *asked, "--limit", "2", "-f", "table").lines[-1].startswith(f"first 2 of {most}")


def test_a_page_of_the_agenda_is_its_beginning(large: Mou) -> None:
    whole = large.json("due")
    assert len(whole) == 5000
    assert large.json("due", "--limit", "120") == whole[:120]
    assert [(row["date"], row["key"]) for row in whole] == sorted((row["date"], row["key"]) for row in whole)


def test_what_a_page_is_of_is_counted_no_further_than_anybody_waits_for(large: Mou) -> None:
    assert large("list", "--limit", "2", "-f", "table").lines[-1] == "first 2 of more than 2,000 agreements"
    assert large("list", "--status", "active", "--limit", "2", "-f", "table").lines[-1] == (
        "first 2 of more than 2,000 agreements, status active"
    )
    assert large("due", "--limit", "2", "-f", "table").lines[-1] == (
        "first 2 of more than 1,000 entries, up to 6 months ahead (tasks 30 days)"
    )
    assert large("due", "--within", "1d", "--limit", "2", "-f", "table").lines[-1] == (
        "first 2 of 73 entries, up to 1 day ahead"
    )
    assert large("list", "--count").out == "5010\n"
