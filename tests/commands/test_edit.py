"""`mou edit`: fields of an agreement changed by options or by a written record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou


@pytest.fixture
def one(small: Mou) -> Mou:
    """A register with one agreement, 2025-001."""
    small("add", "--partner", "uit", "--area", "joint-research", "--note", "first", "--signed", "2024-05-01")
    return small


def test_what_is_said_replaces_and_the_rest_stays(one: Mou) -> None:
    before = one.json("show", "2025-001")
    answer = one("edit", "2025-001", "--note", "second")
    assert (answer.out, answer.err) == ("", "change agreement 2025-001\n  note: first → second\n")
    after = one.json("show", "2025-001")
    assert after["history"]["changes"] == 1
    assert after == before | {"note": "second", "history": after["history"]}


@pytest.mark.parametrize(
    ("option", "key", "cleared"),
    [("--note", "note", None), ("--signed", "signed_on", None), ("--area", "areas", []), ("--unit", "unit", None)],
)
def test_an_empty_value_clears(one: Mou, option: str, key: str, cleared: object) -> None:
    one("edit", "2025-001", option, "")
    assert one.json("show", "2025-001")[key] == cleared


def test_a_list_is_replaced(one: Mou) -> None:
    one("edit", "2025-001", "--area", "twinning", "--area", "publishing")
    assert one.json("show", "2025-001")["areas"] == ["twinning", "publishing"]


def test_partners_are_replaced_and_the_home_stays(one: Mou) -> None:
    row = one.json("edit", "2025-001", "--partner", "tsu")
    assert [p["key"] for p in row["partners"]] == ["tsu"]
    assert [p["key"] for p in row["homes"]] == ["adu"]


def test_the_home_can_be_changed_alone(seeds: Mou) -> None:
    row = seeds.json("edit", "khazar-uib", "--home", "ada")
    assert ([p["key"] for p in row["homes"]], [p["key"] for p in row["partners"]]) == (["ada"], ["uib"])


def test_new_partners_leave_the_home_of_the_agreement(seeds: Mou) -> None:
    row = seeds.json("edit", "khazar-uib", "--partner", "uis")
    assert ([p["key"] for p in row["homes"]], [p["key"] for p in row["partners"]]) == (["khazar"], ["uis"])


def test_an_edit_that_says_nothing_is_a_fault_of_usage(one: Mou) -> None:
    answer = one.fails(2, "edit", "2025-001")
    assert answer.err == ("mou: nothing is said that would change\nhint: `mou edit --help` lists the options\n")


def test_the_same_value_again_changes_nothing_and_is_not_journaled(one: Mou) -> None:
    answer = one("edit", "2025-001", "--note", "first")
    assert (answer.out, answer.err) == ("", "agreement 2025-001: nothing changes\n")
    assert [row["action"] for row in one.rows("SELECT action FROM journal_entry")][1:] == ["add agreement"]


def test_a_change_is_one_journal_row_a_field(one: Mou) -> None:
    one("edit", "2025-001", "--note", "second", "--unit", "Law", "--actor", "rana")
    sql = """SELECT e.actor, e.action, c.noun, c.key, c.field, c.before, c.after, c.source FROM journal_change c
        JOIN journal_entry e ON e.id = c.entry WHERE e.id = (SELECT max(id) FROM journal_entry) ORDER BY c.field"""
    shared = {"actor": "rana", "action": "edit agreement", "noun": "agreement", "key": "2025-001", "source": None}
    assert one.rows(sql) == [
        shared | {"field": "note", "before": json.dumps("first"), "after": json.dumps("second")},
        shared | {"field": "unit", "before": None, "after": json.dumps("Law")},
    ]


def test_what_contradicts_the_record_is_refused(one: Mou) -> None:
    one("edit", "2025-001", "--starts", "2025-01-01")
    answer = one.fails(2, "edit", "2025-001", "--ends", "2024-12-31")
    assert answer.err == "mou: agreement 2025-001: ends 2024-12-31 is before the agreement starts, 2025-01-01\n"
    assert one.json("show", "2025-001")["ends_on"] is None


def test_a_written_record_changes_the_fields_it_has(one: Mou, write: Write) -> None:
    row = one.json(
        "edit", "2025-001", "--from", write("e.yaml", "note: {en: new, az: yeni}\nareas: [twinning]\nsigned: ~\n")
    )
    assert (row["note"], row["texts"], row["areas"], row["signed_on"]) == (
        *("new", {"note": {"en": "new", "az": "yeni"}}, ["twinning"], None),
    )


def test_the_key_cannot_be_changed(one: Mou) -> None:
    answer = one.fails(2, "edit", "2025-001", "--from", "-", input="key: other\nnote: x\n")
    assert answer.err == "mou: the key of agreement 2025-001 cannot be changed\n"


def test_an_agreement_that_is_not_there_is_not_found(one: Mou) -> None:
    answer = one.fails(4, "edit", "2025-999", "--note", "x")
    assert answer.err.splitlines()[0] == "mou: there is no agreement 2025-999"


def test_a_rehearsal_tells_the_fields_and_changes_no_byte(one: Mou) -> None:
    before = one.content()
    assert one("edit", "2025-001", "--note", "x", "--dry-run").out == "change agreement 2025-001\n  note: first → x\n"
    assert one.json("edit", "2025-001", "--note", "x", "--dry-run") == [
        {"noun": "agreement", "key": "2025-001", "field": "note", "before": "first", "after": "x"}
    ]
    assert one.content() == before


def test_search_follows_an_edit(one: Mou) -> None:
    one("edit", "2025-001", "--note", "zeppelin")
    assert [row["key"] for row in one.json("list", "zeppelin")] == ["2025-001"]
    one("edit", "2025-001", "--note", "")
    assert one.json("list", "zeppelin") == []


def test_a_term_said_in_an_edit_is_counted_from_signature_as_in_add(small: Mou) -> None:
    small("add", "--partner", "uit", "--signed", "2024-05-01")
    answer = small("edit", "2025-001", "--term", "3y")
    assert answer.err.splitlines()[0].startswith("the term is counted from the day of signature")
    row = small.json("show", "2025-001")
    assert (row["starts_on"], row["ends_on"], row["ends_why"]) == ("2024-05-01", "2027-04-30", "computed")


def test_the_country_of_a_partner_is_not_changed_through_an_agreement(small: Mou) -> None:
    small("add", "--partner", "uit")
    answer = small.fails(2, "edit", "2025-001", "--country", "Germany")
    assert answer.err == (
        "mou: --country and --partner-type are said of a new --partner\n"
        "hint: `mou partner edit NAME` changes one that is recorded\n"
    )
