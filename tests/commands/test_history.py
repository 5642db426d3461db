"""`mou history` and the lineage on the page of `mou show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou

AGREEMENTS = """\
format: mou/1
agreements:
  - key: long
    ref: 2020-001
    title: {en: Student exchange, az: Tələbə mübadiləsi}
    stage: signed
    parties: [adu, uit]
    signed: 2020-01-10
    starts: 2020-02
    ends: 2022-12-31
    renewal: tacit
    renewal_term: 1y
    notice: 3m
    review: 2024-03
    signatures: [{name: Ann, party: uit}, Bob]
    documents: [{file: scan.pdf, added: 2020-03-01}, other.pdf]
    lifecycle:
      - {kind: amendment, date: 2023-06-01, renewal: express, notice: 6m, review: 2026, note: {en: Later, az: Sonra}}
      - {kind: renewal, date: 2023-12, until: 2026-12-31, form: email, by: uit, evidence: scan.pdf}
      - {kind: review, date: 2024-04-02, outcome: continue}
      - {kind: notice, date: --05-01, by: somebody}
  - {key: addendum, ref: 2023-001, title: Addendum, type: addendum, parties: [adu, uit], signed: 2023-06-01,
     links: [{amends: long}]}
"""


@pytest.fixture
def old(small: Mou, write: Write) -> Mou:
    """The command line on a register with an agreement to which much has happened."""
    small("import", write("agreements.yaml", AGREEMENTS))
    return small


def test_no_review_lies_ahead_of_what_is_over(old: Mou) -> None:
    def reviews(day: str) -> list[str]:
        rows = old.json("history", "2020-001", "--as-of", day)
        return [row["date"] for row in rows if row["what"] == "review-due"]

    assert reviews("2025-05-10") == ["2026"]
    old("terminate", "2020-001", "--on", "2025-05-01")
    assert reviews("2025-05-10") == []


def test_everything_that_has_a_day_is_told_in_the_order_of_the_days(old: Mou) -> None:
    rows = old.json("history", "2020-001")
    assert [(row["date"], row["what"], row["until"], row["by"], row["is_ahead"]) for row in rows] == [
        ("2020-01-10", "signature", None, "Ann, Bob", False),
        ("2020-02", "start", None, None, False),
        ("2020-03-01", "document", None, None, False),
        ("2022-12-31", "end", "2023-12-31", None, False),
        ("2023-06-01", "amendment", None, None, False),
        ("2023-06-01", "amended-by", None, None, False),
        ("2023-12", "renewal", "2026-12-31", "uit", False),
        ("2023-12-31", "end", "2026-12-31", None, False),
        ("2024-04-02", "review", None, None, False),
        ("2026", "review-due", None, None, True),
        ("2026-06-30", "last-notice", None, None, True),
        ("2026-12-31", "end", None, None, True),
        ("--05-01", "notice", None, "somebody", False),
    ]
    assert rows[4]["changes"] == {"renewal": "express", "notice": "6m", "review": "2026"}
    assert (rows[5]["evidence"], rows[5]["note"]) == ("2023-001", "Addendum")
    assert (rows[6]["form"], rows[6]["by_name"], rows[6]["evidence"]) == ("email", "University of Tromsø", "scan.pdf")
    assert rows[8]["outcome"] == "continue"


def test_history_is_told_as_it_was_known_on_a_day(old: Mou) -> None:
    rows = old.json("history", "2020-001", "--as-of", "2023-05-31")
    ahead = [(row["date"], row["what"]) for row in rows if row["is_ahead"]]
    assert ahead == [
        *(("2023-06-01", "amendment"), ("2023-06-01", "amended-by"), ("2023-09-30", "last-notice")),
        *(("2023-12", "renewal"), ("2023-12-31", "end"), ("2024-03", "review-due"), ("2024-04-02", "review")),
    ]


TABLE = """\
Date        What                               Until       Who             Evidence  Note      Ahead
────────────────────────────────────────────────────────────────────────────────────────────────────
2020-01-10  signature                                      Ann, Bob
2020-02     first day
2020-03-01  document added                                                 scan.pdf
2022-12-31  last day of a term                 2023-12-31
2023-06-01  amendment: renewal express,                                              Later
            notice 6 months, next review 2026
2023-06-01  amended by                                                     2023-001  Addendum
2023-12     renewal: e-mail                    2026-12-31  University of   scan.pdf
"""


def test_history_is_a_table_for_people(old: Mou) -> None:
    shown = old("history", "2020-001", "-f", "table", env={"COLUMNS": "100"})
    assert shown.out.startswith(TABLE)
    azeri = old("history", "2020-001", "-f", "table", "--lang", "az", env={"COLUMNS": "100"}).out
    assert azeri.splitlines()[0].split() == ["Tarix", "Nə", "Son", "gün", "Kim", "Sübut", "Qeyd", "Qarşıda"]
    assert "Sonra" in azeri


def test_what_is_not_there_has_no_history(old: Mou) -> None:
    assert old.fails(4, "history", "2020-999").err.startswith("mou: there is no agreement 2020-999\n")


LINKED = """\
format: mou/1
agreements:
  - {key: frame, ref: 2020-001, title: Framework, type: framework, parties: [adu, uit], starts: 2020-01-01, ends: open}
  - {key: first, ref: 2021-001, title: Exchange, type: exchange, parties: [adu, uit], starts: 2021-01-01,
     ends: 2023-12-31, links: [{under: frame}]}
  - {key: second, ref: 2024-001, title: Exchange anew, type: exchange, parties: [adu, uit], starts: 2024-01-01,
     ends: 2026-12-31, links: [{renews: first}, {under: frame}]}
  - {key: addendum, ref: 2024-002, title: More places, type: addendum, parties: [adu, uit], links: [{amends: second}]}
  - {key: aside, ref: 2024-003, parties: [adu, uit], links: [{under: frame}]}
  - {key: lone, ref: 2024-004, parties: [adu, uit]}
"""
TREE = """\
Lineage
  2020-001  Framework (framework agreement, active, 2020-01-01)
  ├─ under it 2021-001  Exchange (exchange agreement, expired, 2021-01-01 –
  │  2023-12-31)
  │  └─ renewed by 2024-001  Exchange anew (this agreement, exchange agreement,
  │     active, 2024-01-01 – 2026-12-31)
  │     └─ amended by 2024-002  More places (addendum, unstated)
  └─ under it 2024-001  Exchange anew (see above)

"""
NARROW = """\
Lineage
  2020-001  Framework (framework
  agreement, active, 2020-01-01)
  ├─ under it 2021-001  Exchange
  │  (exchange agreement, expired,
  │  2021-01-01 – 2023-12-31)
  │  └─ renewed by 2024-001  Exchange
  │     anew (this agreement, exchange
"""


@pytest.fixture
def linked(small: Mou, write: Write) -> Mou:
    """The command line on a register with agreements that are linked to each other."""
    small("import", write("linked.yaml", LINKED))
    return small


def test_the_lineage_is_a_tree_without_what_merely_stands_beside(linked: Mou) -> None:
    lines = linked.json("show", "second")["lineage"]
    assert [(line["depth"], line["link"], line["key"], line["is_this"], line["is_again"]) for line in lines] == [
        (0, None, "frame", False, False),
        (1, "under", "first", False, False),
        (2, "renews", "second", True, False),
        (3, "amends", "addendum", False, False),
        (1, "under", "second", True, True),
    ]
    assert lines[1] == {
        "depth": 1,
        "link": "under",
        "key": "first",
        "ref": "2021-001",
        "title": "Exchange",
        "texts": {},
        "type": "exchange",
        "status": "expired",
        "starts_on": "2021-01-01",
        "ends_on": "2023-12-31",
        "is_this": False,
        "is_again": False,
    }
    assert [line["key"] for line in linked.json("show", "frame")["lineage"]] == [
        *("frame", "first", "second", "addendum", "second", "aside")
    ]
    assert linked.json("show", "lone")["lineage"] == []


@pytest.mark.parametrize(("width", "tree"), [("80", TREE), ("40", NARROW)])
def test_the_lineage_is_drawn(linked: Mou, width: str, tree: str) -> None:
    assert tree in linked("show", "second", "-f", "table", env={"COLUMNS": width}).out


def test_a_circle_of_links_ends(linked: Mou, write: Write) -> None:
    linked("import", write("circle.yaml", "format: mou/1\nagreements: [{key: first, links: [{renews: second}]}]\n"))
    keys = [(line["depth"], line["key"], line["is_again"]) for line in linked.json("show", "second")["lineage"]]
    assert keys == [
        (0, "frame", False),
        *((1, "second", False), (2, "first", False), (3, "second", True), (2, "addendum", False)),
    ]
