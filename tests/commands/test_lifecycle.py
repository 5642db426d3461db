"""What happens to an agreement: each command adds a fact, and any day before answers as it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou

AGREEMENTS = """\
format: mou/1
agreements:
  - {key: fixed, ref: 2025-001, stage: signed, parties: [adu, uit], signed: 2023-06-01, starts: signed,
     ends: 2026-05-31, renewal: none, notice: 3m, review: 2025-06-01, documents: [scan.pdf]}
  - {key: tacit, ref: 2025-002, stage: signed, parties: [adu, tsu], starts: 2020-01-01, term: 1y, renewal: tacit,
     renewal_term: 1y, notice: 3m}
  - {key: draft, ref: 2025-003, stage: draft, parties: [adu, uit], starts: signed, term: 3y}
  - {key: other, ref: 2025-004, stage: signed, parties: [adu, uit], signed: 2025-05-01, starts: signed, ends: open}
  - {key: over, ref: 2025-005, stage: signed, parties: [adu, uit], starts: 2020-01-01, ends: 2020-12-31}
"""
COLUMNS = "stage,status,signed_on,ends_on,ends_why,renewal,notice,notice_by,terminated_on,review_on"


@pytest.fixture
def lived(small: Mou, write: Write) -> Mou:
    """The command line on a register with five agreements."""
    small("import", write("agreements.yaml", AGREEMENTS))
    return small


def stands(mou: Mou, ref: str, day: str, *names: str) -> list[Any]:
    """Give some keys of an agreement's row on a day, of the list and of the agreement whole alike."""
    row = next(row for row in mou.json("list", "--as-of", day) if row["ref"] == ref)
    whole = mou.json("show", ref, "--as-of", day)
    # Whole, its documents say more.
    del row["documents"]
    assert {name: whole[name] for name in row} == row
    return [row[name] for name in names]


def last_fact(mou: Mou, ref: str) -> Any:
    fact = mou.json("show", ref)["lifecycle"][-1]
    return {name: value for name, value in fact.items() if value not in (None, {}) and name != "is_ahead"}


def test_a_draft_stays_one_until_it_is_signed(lived: Mou) -> None:
    before = lived.json("show", "2025-003", "--as-of", "2025-05-08")
    answer = lived("sign", "2025-003", "--on", "2025-05-09", "--signatory", "Ann; Rector; uit", "--by", "UiT")
    assert answer.out == ""
    assert answer.err == "2025-003: signature recorded; active, the term ends 2028-05-08\n"
    names = ("stage", "status", "signed_on", "starts_on", "ends_on")
    assert stands(lived, "2025-003", "2025-05-08", *names) == ["draft", "draft", None, None, None]
    assert stands(lived, "2025-003", "2025-05-09", *names) == [
        *("signed", "active", "2025-05-09", "2025-05-09", "2028-05-08")
    ]
    after = lived.json("show", "2025-003", "--as-of", "2025-05-08")
    same = before.keys() - {"lifecycle", "signatures", "history", "institution_names"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert last_fact(lived, "2025-003") == {"kind": "signature", "date": "2025-05-09", "by": "uit"}
    signed = {"party": "uit", "name": "Ann", "position": "Rector", "signed": "2025-05-09"}
    assert lived.json("show", "2025-003")["signatures"] == [signed | {"texts": {}}]


def test_parties_may_sign_one_after_the_other(lived: Mou) -> None:
    lived("sign", "2025-003", "--on", "2025-05-01", "--signatory", "Ann; Rector; uit")
    lived("sign", "2025-003", "--on", "2025-05-02", "--signatory", "Bob; Rector; adu")
    whole = lived.json("show", "2025-003")
    assert whole["signed_on"] == "2025-05-01"
    assert [(each["name"], each["signed"]) for each in whole["signatures"]] == [
        ("Ann", "2025-05-01"),
        ("Bob", "2025-05-02"),
    ]
    again = lived.fails(5, "sign", "2025-003", "--on", "2025-05-02", "--signatory", "Bob; Rector; adu")
    assert again.err == "mou: Bob has signed 2025-003 on 2025-05-02 already\n"


def test_that_it_was_signed_already_is_told(lived: Mou) -> None:
    assert "already" not in lived("sign", "2025-003", "--on", "2025-05-01").err
    again = lived("sign", "2025-003", "--on", "2025-05-02")
    assert again.err.splitlines()[0] == "2025-003 was signed already, 2025-05-01"
    assert lived.json("show", "2025-003")["signed_on"] == "2025-05-01"


def test_a_termination_is_known_from_the_day_of_its_decision(lived: Mou) -> None:
    lived("terminate", "2025-001", "--on", "2025-12-31", "--decided", "2025-05-05", "--reason", "Money", "--by", "adu")
    names = ("status", "ends_on", "terminated_on")
    assert stands(lived, "2025-001", "2025-05-04", *names) == ["active", "2026-05-31", None]
    assert stands(lived, "2025-001", "2025-05-05", *names) == ["active", "2025-12-31", "2025-12-31"]
    assert stands(lived, "2025-001", "2026-01-01", *names) == ["terminated", "2025-12-31", "2025-12-31"]
    fact = {"kind": "termination", "date": "2025-05-05", "by": "adu", "until": "2025-12-31", "note": "Money"}
    assert last_fact(lived, "2025-001") == fact


def test_a_termination_in_the_past_was_decided_then_unless_said(lived: Mou) -> None:
    lived("terminate", "2025-001", "--on", "2025-02-28")
    assert last_fact(lived, "2025-001")["date"] == "2025-02-28"
    lived("terminate", "2025-002", "--on", "2025-08-31")
    assert last_fact(lived, "2025-002")["date"] == "2025-05-10"


def test_an_amendment_holds_from_its_day_on(lived: Mou) -> None:
    options = ("--ends", "2029-12-31", "--renewal", "tacit", "--renewal-term", "1y", "--notice", "6m")
    lived("amend", "2025-001", "--on", "2025-05-01", *options, "--review", "2028-01", "--note", "More places")
    names = ("ends_on", "renewal", "renewal_term", "notice", "notice_by", "review_on")
    assert stands(lived, "2025-001", "2025-04-30", *names) == [
        *("2026-05-31", "none", None, "3m", "2026-02-28", "2025-06-01")
    ]
    assert stands(lived, "2025-001", "2025-05-01", *names) == [
        *("2029-12-31", "tacit", "1y", "6m", "2029-06-30", "2028-01")
    ]
    assert stands(lived, "2025-001", "2030-01-01", "status", "ends_on") == ["active", "2030-12-31"]
    assert "Ends     31 December 2029: as amended (1 May 2025)" in lived("show", "2025-001", "-f", "table").out


def test_what_an_amendment_ends_is_missed_by_notice_no_more(lived: Mou) -> None:
    missed = ("list", "--notice-missed", "--columns", "ref", "-f", "csv", "--as-of", "2025-11-01")
    assert lived(*missed).lines == ["ref", "2025-002"]
    lived("amend", "2025-002", "--renewal", "none")
    assert lived(*missed).lines == ["ref"]


def test_an_amendment_may_be_another_agreement(lived: Mou) -> None:
    lived("amend", "2025-001", "--by-agreement", "2025-004")
    assert lived.json("show", "2025-004")["links"] == [{"amends": "fixed"}]
    assert lived.json("show", "2025-001")["linked_from"][0]["ref"] == "2025-004"


def test_notice_in_time_ends_the_running_term_and_later_the_next(lived: Mou) -> None:
    in_time = lived("notice", "2025-002", "--on", "2025-04-01", "--by", "Tbilisi State University")
    assert in_time.err == "2025-002: notice to end recorded; in notice, the term ends 2025-12-31\n"
    assert stands(lived, "2025-002", "2025-03-31", "status") == ["active"]
    assert stands(lived, "2025-002", "2025-04-01", "status") == ["in-notice"]
    assert stands(lived, "2025-002", "2026-01-01", "status") == ["expired"]
    assert last_fact(lived, "2025-002")["by"] == "tsu"
    late = lived("notice", "2025-001", "--on", "2025-05-10", "--by", "a letter")
    assert late.err == (
        "--by: a letter is none of the parties, and is kept as words\n"
        "2025-001: notice to end recorded; in notice, the term ends 2026-05-31\n"
    )


def test_notice_that_comes_late_is_told(lived: Mou) -> None:
    late = lived("notice", "2025-002", "--on", "2024-11-01", "--as-of", "2024-11-02")
    assert late.err == (
        "the last day for notice was 30 September 2024: it works for the term after\n"
        "2025-002: notice to end recorded; in notice, the term ends 2024-12-31, and it goes on until 2025-12-31\n"
    )
    assert stands(lived, "2025-002", "2026-01-01", "status") == ["expired"]


@pytest.mark.parametrize(
    ("notice", "given", "last"),
    [
        ("3m", "2025-05-31", "2025-08-31"),
        ("3m", "2025-11-30", "2026-02-28"),
        ("60d", "2025-06-01", "2025-07-31"),
        ("academic-year", "2025-06-01", "DATE"),
        ("", "2025-06-01", "DATE"),
    ],
)
def test_of_one_without_an_end_it_is_told_how_its_last_day_is_recorded(
    lived: Mou, notice: str, given: str, last: str
) -> None:
    lived("edit", "2025-004", "--notice", notice, "--note", "open")
    answer = lived("notice", "2025-004", "--on", given, "--as-of", given)
    assert answer.err == (
        f"nothing says when it ends: `mou terminate 2025-004 --on {last}` records the last day\n"
        "2025-004: notice to end recorded; in notice, without an end\n"
    )
    if last != "DATE":
        lived("terminate", "2025-004", "--on", last, "--as-of", given)
        assert stands(lived, "2025-004", last, "status", "ends_on") == ["in-notice", last]
        assert stands(lived, "2025-004", "2026-03-01", "status") == ["terminated"]


def test_one_that_has_notice_and_no_end_is_found_until_its_last_day_is_recorded(lived: Mou) -> None:
    def findings() -> list[tuple[str, str]]:
        rows = lived.json("check", "no-end")
        return [(row["sentence"], row["do"]) for row in rows if row["records"][0]["key"] == "other"]

    assert findings() == [("it has no end, and no day of review", "mou edit 2025-004 --review DATE")]
    lived("notice", "2025-004", "--on", "2025-05-09")
    missing = "notice to end it was given, and nothing says when it ends"
    assert findings() == [(missing, "mou terminate 2025-004 --on DATE")]
    lived("terminate", "2025-004", "--on", "2025-08-08")
    assert findings() == []


def test_another_agreement_takes_the_place(lived: Mou) -> None:
    lived("supersede", "2025-001", "--with", "2025-4", "--on", "2025-05-01", "--evidence", "scan.pdf")
    assert stands(lived, "2025-001", "2025-04-30", "status") == ["active"]
    assert stands(lived, "2025-001", "2025-05-01", "status") == ["superseded"]
    assert lived.json("show", "2025-004")["links"] == [{"supersedes": "fixed"}]
    assert last_fact(lived, "2025-001") == {"kind": "supersession", "date": "2025-05-01", "evidence": "scan.pdf"}


def test_a_review_plans_the_next(lived: Mou) -> None:
    lived(
        "review",
        "2025-001",
        "--on",
        "2025-06-02",
        "--outcome",
        "continue",
        "--next",
        "2027-06",
        "--as-of",
        "2025-06-02",
    )
    assert stands(lived, "2025-001", "2025-06-01", "review_on") == ["2025-06-01"]
    assert stands(lived, "2025-001", "2025-06-02", "review_on") == ["2027-06"]
    lived("review", "2025-001", "--on", "2027-07-01", "--outcome", "let end", "--as-of", "2027-07-01")
    assert stands(lived, "2025-001", "2027-07-01", "review_on") == [None]
    assert last_fact(lived, "2025-001") == {"kind": "review", "date": "2027-07-01", "outcome": "end"}
    rows = lived.json("list", "--sort", "review", "--as-of", "2025-06-02")
    assert rows[0]["ref"] == "2025-001"


@pytest.mark.parametrize("said", ["renew 2025-002 --until 2027", "amend 2025-002 --notice 6m"])
def test_what_comes_before_the_agreement_begins_is_remarked_upon(lived: Mou, said: str) -> None:
    told = "2019-06-01 comes before the first day, 2020-01-01\n"
    assert lived(*said.split(), "--dry-run", "--on", "2019-06-01").err.startswith(told)
    assert "first day" not in lived(*said.split(), "--dry-run", "--on", "2020-01-01").err


REFUSED = [
    (2, "terminate 2025-001", "the last day in force is not said", "say --on DATE"),
    (2, "terminate 2025-001 --on=--05-01", "--on: --05-01 has no year", None),
    (5, "terminate 2025-001 --on 2023-05-31", "2025-001 cannot end on 2023-05-31: it starts on 2023-06-01", None),
    (5, "terminate 2025-005 --on 2021-01-01",
     "2025-005 cannot be ended on 2021-01-01: it ends on 2020-12-31 by itself", None),
    (5, "sign 2025-006", "2025-006 is terminated, with 2024-01-01 as the last day in force", None),
    (2, "sign 2025-003 --signatory Ann;;tsu", "--signatory: tsu is none of the parties: adu, uit", None),
    (2, "sign 2025-003 --on 2025-02-30", '--on: "2025-02-30" is not a day: February 2025 has days 1 to 28', None),
    (2, "sign 2025-003 --on=--05-01", "--on: --05-01 has no year, and so would count on no day", None),
    (4, "sign 2025-999",
     "there is no agreement 2025-999", "`mou list` shows the references; `mou search` finds by words"),
    (2, "amend 2025-001", "nothing is said that would change", "`mou amend --help` lists the options"),
    (2, "amend 2025-001 --ends 2027 --term 2y", "the end is said twice, by --ends and --term", "say one of them"),
    (5, "amend 2025-005 --ends 2027",
     "2025-005 has ended on 2020-12-31, before 2025-05-10", "`mou renew 2025-005` records that it goes on"),
    (5, "amend 2025-001 --ends 2025-05-09",
     "2025-001 cannot end on 2025-05-09, before the amendment of 2025-05-10", None),
    (5, "amend 2025-001 --term 1y",
     "2025-001 cannot end on 2024-05-31, before the amendment of 2025-05-10",
     "a term counts from its first day; `mou renew 2025-001 --term 1y` lets it go on for so long"),
    (5, "amend 2025-006 --note x", "2025-006 is terminated, with 2024-01-01 as the last day in force", None),
    (2, "amend 2025-001 --by-agreement 2025-001",
     "--by-agreement: 2025-001 cannot be an agreement that amends itself", None),
    (5, "notice 2025-005", "2025-005 has ended on 2020-12-31: no notice is needed", None),
    (5, "notice 2025-003", "2025-003 is not signed on 2025-05-10", "`mou sign 2025-003` records the signature"),
    (5, "notice 2025-001 --on 2023-05-31", "2025-001 is not signed on 2023-05-31", "its signature is of 2023-06-01"),
    (5, "amend 2025-001 --on 2023-05-31 --note x",
     "2025-001 is not signed on 2023-05-31", "its signature is of 2023-06-01"),
    (5, "review 2025-001 --on 2023-05-31 --outcome end",
     "2025-001 is not signed on 2023-05-31", "its signature is of 2023-06-01"),
    (2, "supersede 2025-001", "what takes its place is not said", "say --with REF"),
    (2, "supersede 2025-001 --with fixed", "--with: 2025-001 cannot be an agreement that supersedes itself", None),
    (2, "review 2025-001", "what came of the review is not said", "say --outcome continue|renew|amend|end"),
    (2, "review 2025-001 --outcome continue --next 2025-05-10",
     "--next: 2025-05-10 does not come after the review of 2025-05-10", None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "command", "message", "hint"), REFUSED, ids=[each[1] for each in REFUSED])
def test_what_makes_no_sense_is_refused(
    lived: Mou, write: Write, code: int, command: str, message: str, hint: str | None
) -> None:
    gone = "{key: gone, ref: 2025-006, parties: [adu, uit], starts: 2020, ends: 2030, terminated: 2024-01-01}"
    lived("import", write("gone.yaml", f"format: mou/1\nagreements: [{gone}]\n"))
    answer = lived.fails(code, *command.split())
    assert answer.err == f"mou: {message}\n" + (f"hint: {hint}\n" if hint else "")
    assert answer.out == ""


def test_what_was_recorded_is_not_recorded_twice(lived: Mou) -> None:
    for command in (
        ("sign", "2025-003"),
        ("notice", "2025-002"),
        ("review", "2025-001", "--outcome", "renew"),
        ("amend", "2025-001", "--renewal", "tacit"),
        ("terminate", "2025-001", "--on", "2025-09-01"),
        ("supersede", "2025-005", "--with", "2025-004"),
    ):
        lived(*command)
        facts = lived.json("show", command[1])["lifecycle"]
        lived.fails(5, *command)
        assert lived.json("show", command[1])["lifecycle"] == facts


def test_agreements_do_not_supersede_each_other_in_a_circle(lived: Mou) -> None:
    lived("supersede", "2025-001", "--with", "2025-002")
    lived("supersede", "2025-002", "--with", "2025-004")
    answer = lived.fails(5, "supersede", "2025-004", "--with", "2025-001")
    assert answer.err == "mou: 2025-004 itself supersedes 2025-001: that would go round in a circle\n"


def test_each_is_one_entry_of_the_journal(lived: Mou) -> None:
    lived("sign", "draft")
    lived("amend", "2025-001", "--by-agreement", "2025-004", "--note", "x", "--actor", "Ann")
    lived("supersede", "2025-005", "--with", "2025-004")
    entries = lived.rows("SELECT id, action, actor FROM journal_entry ORDER BY id DESC LIMIT 3")
    assert [entry["action"] for entry in entries] == ["supersede 2025-005", "amend 2025-001", "sign 2025-003"]
    assert entries[1]["actor"] == "Ann"
    fields = lived.rows(
        "SELECT key, field FROM journal_change WHERE entry = :entry ORDER BY ordinal", entry=entries[1]["id"]
    )
    assert fields == [{"key": "fixed", "field": "lifecycle"}, {"key": "other", "field": "links"}]


def test_a_rehearsal_says_the_fact_that_would_be_added(lived: Mou) -> None:
    lived("notice", "2025-002")
    answer = lived("sign", "2025-002", "--by", "Ann", "--dry-run")
    assert answer.lines == [
        "change agreement tacit",
        "  signed: 2025-05-10",
        '  lifecycle: + {"kind": "signature", "date": "2025-05-10", "by": "Ann"}',
    ]
    assert answer.err == (
        "--by: Ann is none of the parties, and is kept as words\n"
        "2025-002 would be: in notice, the term ends 2025-12-31\n"
    )
    assert [fact["kind"] for fact in lived.json("show", "2025-002")["lifecycle"]] == ["notice"]


def test_what_a_list_has_lost_and_gained_is_told_and_not_the_whole_list_twice(lived: Mou) -> None:
    lived("notice", "2025-001")
    lived("sign", "2025-001", "--on", "2023-06-02")
    assert lived("undo").err.splitlines() == [
        "change agreement fixed",
        '  lifecycle: - {"kind": "signature", "date": "2023-06-02"}',
        "undone: entry 4, sign 2025-001 (tester)",
    ]
    log = lived("log", "2025-001", "--columns", "entry,changes", "-f", "table").out.splitlines()
    assert log[2:5] == [
        "    5  lifecycle: - kind signature, date 2023-06-02",
        "    4  lifecycle: + kind signature, date 2023-06-02",
        "    3  lifecycle: kind notice, date 2025-05-10",
    ]


def test_each_answers_with_the_agreement_in_a_form_that_is_asked_for(lived: Mou) -> None:
    assert lived.json("review", "2025-001", "--outcome", "amend")["lifecycle"][-1]["outcome"] == "amend"


def test_a_day_that_is_yet_to_come_counts_from_then_on(lived: Mou) -> None:
    answer = lived("notice", "2025-002", "--on", "2025-06-01")
    assert answer.err == (
        "2025-06-01 is yet to come: it counts from then on\n"
        "2025-002: notice to end recorded; active, the term ends 2025-12-31\n"
    )
    assert stands(lived, "2025-002", "2025-05-31", "status") == ["active"]
    assert "  1 June 2025  notice to end (ahead)\n" in lived("show", "2025-002", "-f", "table").out
    assert "  1 June 2025  notice to end\n" in lived("show", "2025-002", "-f", "table", "--as-of", "2025-06-01").out
    assert stands(lived, "2025-002", "2025-06-01", "status") == ["in-notice"]


def test_what_is_told_is_told_in_azerbaijani(lived: Mou) -> None:
    answer = lived("notice", "2025-002", "--lang", "az")
    assert answer.err == ("2025-002: xitam bildirişi qeyd edildi; bildiriş verilib, müddətin son günü 2025-12-31\n")


def test_what_happened_goes_out_and_in_again_to_the_byte(lived: Mou, absent: Mou, write: Write) -> None:
    lived("sign", "2025-003", "--signatory", "Ann; Rector; uit", "--evidence", "scan.pdf")
    lived(
        "amend", "2025-001", "--ends", "open", "--renewal", "unstated", "--notice", "academic-year", "--on", "2025-05"
    )
    lived("renew", "2025-005", "--until", "2027", "--form", "tacit-confirmed", "--note", "yes")
    lived("terminate", "2025-002", "--on", "2025-06-30", "--reason", "null")
    written = lived("export").out
    absent("import", write("again.yaml", written))
    assert absent("export").out == written
    for day in ("2025-05-09", "2025-05-31", "2026-01-01"):
        here, there = ([row | {"source": None} for row in mou.json("list", "--as-of", day)] for mou in (lived, absent))
        assert here == there
