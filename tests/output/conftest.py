"""Rows as the views give them, with names and texts that have gone wrong somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mou_cli.output.nouns import KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.output.column import Row

    MakeRow = Callable[..., Row]


@pytest.fixture
def make_row() -> MakeRow:
    def make(noun: str, **said: Any) -> Row:
        assert set(said) <= set(KEYS[noun])
        return {key: said.get(key) for key in KEYS[noun]}

    return make


@pytest.fixture
def make_agreement(make_row: MakeRow) -> MakeRow:
    def make(ref: str, partners: list[Row], **said: Any) -> Row:
        usual: Row = {
            "ref": ref,
            "key": ref,
            "title": "Memorandum of understanding",
            "type": "memorandum",
            "stage": "signed",
            "status": "active",
            "partners": partners,
            "homes": [_party("adu", "ADA University", "AZ")],
            "areas": ["student-exchange", "joint-research"],
            "signed_on": "2024-05-01",
            "starts_on": "2024-05-01",
            "ends_on": "2027-04-30",
            "ends_from": "2027-04-30",
            "ends_to": "2027-04-30",
            "ends_why": "stated",
            "renewal": "none",
            "texts": {},
            "documents": [],
            "source": {"document": "partners.yaml", "line": 3},
        }
        return make_row("agreement", **(usual | said))

    return make


@pytest.fixture
def agreements(make_agreement: MakeRow) -> list[Row]:
    return [
        make_agreement("2024-001", [_party("uit", "University of Tromsø", "NO")]),
        make_agreement(
            "2024-002",
            [
                _party("tsu", "თბილისის სახელმწიფო უნივერსიტეტი", "GE"),
                _party("ciu", "Cyprus International University", "CY", territory="North Cyprus"),
            ],
            status="in-notice",
            ends_on=None,
            ends_from="2027-01-01",
            ends_to="2027-12-31",
        ),
        make_agreement(
            "2024-003",
            [_party("pku", "北京大学国际合作部", "CN")],
            ends_on=None,
            ends_from=None,
            ends_to=None,
            ends_why="open",
        ),
        make_agreement(
            "2024-004",
            [_party("cu", "جامعة القاهرة", "EG")],
            status="expired",
            ends_on=None,
            ends_from="2026-04-30",
            ends_to="2026-05-30",
            ends_why="computed",
        ),
        make_agreement(
            "2024-005",
            [_party("x", "[red] [/] :smile: \x1b[2J\nend\\", None, type=None)],
            status="unstated",
            areas=[],
            ends_on=None,
            ends_from=None,
            ends_to=None,
            ends_why="unstated",
        ),
    ]


def _party(key: str, name: str, country: str | None, **said: str | None) -> Row:
    return {"key": key, "name": name, "country": country, "territory": None, "type": "university"} | said
