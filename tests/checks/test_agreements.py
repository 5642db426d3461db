"""What is found of agreements, and what comes close and is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Found, Spoil
    from tests.conftest import Mou

NOTICE = "{kind: notice, date: 2020-06-01}"
WHOLE = "signed: 2024-05-01, starts: signed, ends: 2027-04-30, responsible: Leyla"


def agreement(key: str, said: str, parties: str = "[adu, uit]") -> str:
    return f"  - {{key: {key}, parties: {parties}, {said}}}\n"


def agreements(*said: str) -> str:
    return "agreements:\n" + "".join(said)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ends-before-starts", "starts: 2024-05-01, terminated: 2024-04-30"),
        ("signed-undated", "stage: signed"),
        ("no-end", "signed: 2024-05-01"),
        ("no-end", "starts: 2024-05-01, ends: open"),
        ("vacant", "stage: signed, signed: 2024-05-01"),
        ("vacant", "starts: 2024-05-01, ends: 2026-05-01"),
        ("vacant", "starts: 2026-05-01, ends: 2027-05-01"),
        ("lapsed", "starts: 2020-05-01, ends: 2025-05-09"),
        ("lapsed", "starts: 2020-05-01, ends: 2024, lifecycle: [{kind: review, date: 2026-01-01, outcome: end}]"),
        ("lapsed", f"ends: 2021, lifecycle: [{NOTICE}, {{kind: renewal, date: 2021-05-01, until: 2024-05-01}}]"),
        (
            "lapsed",
            "ends: 2023, lifecycle: [{kind: notice, date: 2023-01-01}, {kind: renewal, date: 2023-02-01, until: 2024}]",
        ),
        ("lapsed", "starts: 2020-05-01, ends: 2024-05-10, renewal: express"),
        ("lapsed", "starts: 2020-05-01, term: 1y, renewal: tacit"),
        ("homeless", f"{WHOLE}, parties: [uit, uio]"),
        ("same-party", f"{WHOLE}, parties: [adu, uit, uit]"),
    ],
)
def test_what_is_wrong_is_found(found: Found, code: str, said: str) -> None:
    parties = "" if "parties" in said else "parties: [adu, uit], "
    assert found(code, f"agreements:\n  - {{key: a, {parties}{said}}}\n") == [f"{code}:a"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ends-before-starts", "starts: 2024-05-01, terminated: 2024-05-01"),
        ("ends-before-starts", "starts: 2024-05-01, terminated: 2024"),
        ("ends-before-starts", "starts: signed, terminated: 2024"),
        ("signed-undated", "stage: signed, signed: 2024"),
        ("signed-undated", "stage: signed, signatures: [{name: Ann, party: uit, signed: 2024-05-01}]"),
        ("signed-undated", "stage: draft"),
        ("no-end", "signed: 2024-05-01, review: 2026-01-01"),
        ("no-end", "starts: 2024-05-01, ends: 2027"),
        ("no-end", "starts: 2024-05-01, ends: open, review: 2030"),
        ("no-end", "stage: draft"),
        ("no-end", "starts: 2020-05-01, ends: open, terminated: 2024-01-01"),
        ("no-end", "starts: 2024-05-01, term: 1y, renewal: tacit, renewal_term: 1y"),
        ("vacant", WHOLE),
        ("vacant", "signed: 2024-05-01"),
        ("vacant", "starts: 2020-05-01, ends: 2024-05-01"),
        ("vacant", "stage: draft"),
        ("lapsed", "starts: 2020-05-01, ends: 2025-05-10"),
        ("lapsed", "starts: 2020-05-01, ends: 2024-05-10, stage: terminated"),
        ("lapsed", "starts: 2020-05-01, ends: 2024, lifecycle: [{kind: renewal, date: 2024-01-01, until: 2028}]"),
        ("lapsed", "starts: 2020-05-01, ends: 2024, lifecycle: [{kind: review, date: 2024-01-01, outcome: end}]"),
        ("lapsed", "starts: 2020-05-01, ends: 2024, lifecycle: [{kind: notice, date: 2024-01-01}]"),
        ("lapsed", "starts: 2020-05-01, ends: 2025-05-10, renewal: express"),
        ("lapsed", "starts: 2020-05-01, ends: 2024, renewal: express, lifecycle: [{kind: renewal, date: 2024-01-01}]"),
        ("notice-missed", f"{WHOLE}, notice: 1m"),
        ("homeless", WHOLE),
        ("same-party", f"{WHOLE}, parties: [adu, {{institution: uit, unit: Law}}, {{institution: uit, unit: Arts}}]"),
    ],
)
def test_what_comes_close_is_not(found: Found, code: str, said: str) -> None:
    parties = "" if "parties" in said else "parties: [adu, uit], "
    assert found(code, f"agreements:\n  - {{key: a, {parties}{said}}}\n") == []


def test_without_any_home_no_agreement_is_homeless(found: Found, spoil: Spoil) -> None:
    spoil("UPDATE institution SET home = 0")
    assert found("homeless", agreements(agreement("a", WHOLE))) == []


def test_a_successor_of_the_same_parties_and_type_is_a_renewal_without_a_link(found: Found) -> None:
    old = agreement("old", "type: exchange, starts: 2018-05-01, ends: 2021-04-30")
    other_type = agreement("other", "type: protocol, starts: 2021-05-01, ends: 2027-04-30")
    other_party = agreement("elsewhere", "type: exchange, starts: 2021-05-01, ends: 2027-04-30", "[adu, uio]")
    assert found("lapsed", agreements(old, other_type, other_party)) == ["lapsed:old"]
    later = agreement("later", "type: exchange, starts: 2021-05-01, ends: 2024-04-30", "[uit, adu]")
    assert found("lapsed", agreements(later)) == ["lapsed:later"]
    assert found("lapsed", agreements(agreement("draft", "type: exchange, stage: draft"))) == []


@pytest.mark.parametrize("kind", ["renews", "supersedes"])
def test_a_link_takes_what_lapsed_further(found: Found, kind: str) -> None:
    old = agreement("old", "starts: 2018-05-01, ends: 2021-04-30")
    new = agreement("new", f"type: contract, signed: 2021-05-01, links: [{{{kind}: old}}]")
    assert found("lapsed", agreements(old, new)) == []


def test_notice_is_missed_once_for_every_term(empty: Mou, found: Found) -> None:
    said = "starts: 2023-07-01, term: 1y, renewal: tacit, renewal_term: 1y, notice: 3m"
    assert found("notice-missed", agreements(agreement("a", said))) == ["notice-missed:a/2025-03-31"]
    empty("check", "--accept", "notice-missed:a/2025-03-31", "--reason", "wanted")
    assert found("notice-missed") == []
    assert found("notice-missed", "", "--as-of", "2026-04-01") == ["notice-missed:a/2026-03-31"]
    told = "agreements:\n  - {key: a, lifecycle: [{kind: notice, date: 2025-04-01}]}\n"
    assert found("notice-missed", told, "--as-of", "2026-04-01") == []


def test_a_notice_is_not_missed_where_it_was_decided_to_go_on(empty: Mou, found: Found) -> None:
    said = "starts: 2023-07-01, term: 1y, renewal: tacit, renewal_term: 1y, notice: 3m"
    assert found("notice-missed", agreements(agreement("a", said))) == ["notice-missed:a/2025-03-31"]
    empty("review", "a", "--outcome", "amend", "--on", "2025-03-01")
    assert found("notice-missed") == ["notice-missed:a/2025-03-31"]
    empty("review", "a", "--outcome", "continue", "--on", "2025-02-01")
    assert found("notice-missed") == []
    assert found("notice-missed", "", "--as-of", "2026-04-01") == ["notice-missed:a/2026-03-31"]


RUNS = "type: exchange, starts: 2023-07-01, ends: 2026-06-30"


@pytest.mark.parametrize(
    ("said", "parties", "ids"),
    [
        ("type: exchange, starts: 2024-01-01, ends: open", "[uit, adu]", ["overlap:a,b"]),
        ("type: exchange, starts: 2026-06-30, ends: 2027-01-01", "[adu, uit]", ["overlap:a,b"]),
        ("type: exchange, starts: 2026-07-01, ends: 2027-01-01", "[adu, uit]", []),
        ("type: exchange, starts: 2026-06, ends: 2027-01-01", "[adu, uit]", ["overlap:a,b"]),
        ("type: exchange, starts: 2026, ends: 2027-01-01", "[adu, uit]", []),
        ("type: exchange, starts: 2020-01-01, ends: 2024-01-01", "[adu, uit]", []),
        ("type: exchange, signed: 2024-01-01", "[adu, uit]", []),
        ("type: protocol, starts: 2024-01-01, ends: open", "[adu, uit]", []),
        ("type: exchange, starts: 2024-01-01, ends: open", "[adu, uio]", []),
        ("type: exchange, starts: 2024-01-01, ends: open", "[adu, uit, uio]", []),
        ("type: exchange, starts: 2024-01-01, ends: open", "[adu, {institution: uit, unit: Law}]", []),
        ("type: exchange, starts: 2024-01-01, ends: open, unit: Law", "[adu, uit]", []),
        ("type: exchange, starts: 2024-01-01, ends: open, project: PICASP", "[adu, uit]", []),
        *(
            (f"type: exchange, starts: 2024-01-01, ends: open, links: [{{{kind}: a}}]", "[adu, uit]", [])
            for kind in ("amends", "supersedes", "renews", "under")
        ),
        ("type: exchange, starts: 2024-01-01, ends: open, stage: draft", "[adu, uit]", []),
    ],
)
def test_terms_of_the_same_parties_and_type_overlap(found: Found, said: str, parties: str, ids: list[str]) -> None:
    assert found("overlap", agreements(agreement("a", RUNS), agreement("b", said, parties))) == ids


def test_what_overlaps_is_told_together(found: Found) -> None:
    later = agreement("late", "type: exchange, starts: 2030-01-01, ends: 2031-01-01")
    tied = agreement("tied", f"{RUNS}, links: [{{under: a}}]")
    others = (agreement(key, RUNS) for key in "abc")
    assert found("overlap", agreements(later, tied, *others)) == ["overlap:a,b,c"]


@pytest.mark.parametrize(
    ("links", "ids"),
    [
        ({"a": "renews: b", "b": "amends: a"}, ["circle:a,b"]),
        ({"a": "renews: b", "b": "renews: c", "c": "under: a", "d": "under: a"}, ["circle:a,b,c"]),
        ({"a": "renews: a"}, ["circle:a"]),
        ({"a": "renews: b", "b": "renews: a", "c": "renews: d", "d": "renews: c", "e": "under: a"}, None),
        ({"a": "renews: b", "b": "renews: c", "d": "renews: c"}, []),
        ({"a": "renews: b", "b": "renews: a, under: c", "c": "renews: d", "d": "renews: c"}, None),
    ],
)
def test_a_circle_of_links_is_found(found: Found, links: dict[str, str], ids: list[str] | None) -> None:
    listed = {key: ", ".join(f"{{{link}}}" for link in said.split(", ")) for key, said in links.items()}
    said = [agreement(key, f"{WHOLE}, links: [{listed[key]}]" if key in listed else WHOLE) for key in "abcde"]
    assert found("circle", agreements(*said)) == (["circle:a,b", "circle:c,d"] if ids is None else ids)


def test_what_no_command_would_record_is_found(found: Found, spoil: Spoil) -> None:
    assert found("ends-before-starts", agreements(agreement("a", WHOLE))) == []
    spoil("UPDATE agreement SET starts = '2024-05-01', ends = '2023-05-01'")
    assert found("ends-before-starts") == ["ends-before-starts:a"]
