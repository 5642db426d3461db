"""`mou renew`: one agreement, or many at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TODAY
from tests.terminal import open_program, see_the_end

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou

AGREEMENTS = """\
format: mou/1
agreements:
  - {key: three, ref: 2025-001, stage: signed, parties: [adu, uit], starts: 2022-06-01, ends: 2025-05-31,
     documents: [scan.pdf], signatures: [Ann]}
  - {key: tacit, ref: 2025-002, stage: signed, parties: [adu, tsu], starts: 2020-01-01, term: 18m, renewal: tacit,
     renewal_term: 1y, renewal_until: 2026-06-30}
  - {key: draft, ref: 2025-003, stage: draft, parties: [adu, uit], starts: signed, term: 3y}
  - {key: open, ref: 2025-004, stage: signed, parties: [adu, uit], starts: 2025-05-01, ends: open}
  - {key: unsaid, ref: 2025-005, stage: signed, parties: [adu, uit], starts: 2020-01-01}
  - {key: gone, ref: 2025-006, parties: [adu, uit], starts: 2020-01-01, ends: 2025-09-30, terminated: 2024-01-01}
  - {key: new, ref: 2025-007, stage: signed, parties: [adu, uit], starts: 2025-06-01, ends: 2028-05-31}
"""


@pytest.fixture
def terms(small: Mou, write: Write) -> Mou:
    """The command line on a register with agreements of every kind of term."""
    small("import", write("agreements.yaml", AGREEMENTS))
    return small


def ends(mou: Mou, ref: str, day: str) -> tuple[str, str | None]:
    row = mou.json("show", ref, "--as-of", day)
    return row["status"], row["ends_on"]


def test_an_agreement_goes_on_for_as_long_as_its_term_was(terms: Mou) -> None:
    answer = terms("renew", "2025-001", "--form", "letter", "--by", "UiT", "--evidence", "letter of 2 May")
    assert (answer.out, answer.err) == (
        "",
        "2025-001: renewal recorded; active, the term ends 2025-05-31, and it goes on until 2028-05-31\n",
    )
    assert ends(terms, "2025-001", "2025-06-01") == ("active", "2028-05-31")
    assert ends(terms, "2025-001", "2028-06-01") == ("expired", "2028-05-31")
    (fact,) = terms.json("show", "2025-001")["lifecycle"]
    told = {
        "kind": "renewal",
        "date": TODAY,
        "term": "3y",
        "form": "letter",
        "by": "uit",
        "evidence": "letter of 2 May",
        "is_ahead": False,
    }
    assert {name: value for name, value in fact.items() if value not in (None, {})} == told


def test_a_renewal_of_an_earlier_day_is_told_with_what_follows_it(terms: Mou) -> None:
    terms("renew", "2025-001", "--until", "2030-05-31")
    assert terms("renew", "2025-001", "--on", "2025-05-01", "--until", "2026-05-31").err == (
        "2025-001: renewal recorded; active, the term ends 2025-05-31, and it goes on until 2030-05-31\n"
    )


def test_before_the_renewal_nothing_is_known_of_it(terms: Mou) -> None:
    whole = terms.json("show", "2025-001", "--as-of", "2025-05-09")
    terms("renew", "2025-001")
    again = terms.json("show", "2025-001", "--as-of", "2025-05-09")
    assert {**again, "lifecycle": [], "history": None} == {**whole, "history": None}


def test_the_renewal_term_comes_before_the_length_of_the_term(terms: Mou) -> None:
    terms("renew", "2025-002", "--until", "2027-12-31")
    assert ends(terms, "2025-002", "2025-07-01") == ("active", "2027-12-31")
    terms("renew", "2025-001", "--term", "1y6m")
    assert ends(terms, "2025-001", "2025-06-01") == ("active", "2026-11-30")


def test_evidence_is_not_taken_over(terms: Mou) -> None:
    terms("renew", "2025-001", "--evidence", "scan.pdf", "--on", "2025-05-01")
    terms("renew", "2025-001")
    assert [fact["evidence"] for fact in terms.json("show", "2025-001")["lifecycle"]] == ["scan.pdf", None]
    assert [paper["file"] for paper in terms.json("show", "2025-001")["documents"]] == ["scan.pdf"]


def test_a_renewal_may_be_a_new_agreement(terms: Mou) -> None:
    terms("renew", "2025-001", "--with", "2025-007")
    assert terms.json("show", "2025-001")["lifecycle"][0]["form"] == "new"
    assert terms.json("show", "2025-007")["links"] == [{"renews": "three"}]
    assert terms.fails(5, "renew", "2025-007", "--with", "2025-001").err == (
        "mou: 2025-007 itself renews 2025-001: that would go round in a circle\n"
    )


ELSEWHERE = """\
format: mou/1
agreements:
  - {key: old, ref: 2025-010, stage: signed, parties: [adu, uit], starts: 2022-06-01, FACTS}
"""
# The facts of the old one; how it stands, and when its term ends, on days after it was renewed; what was so before.
RENEWED_ELSEWHERE = [
    ("ends: 2025-05-31",
     [("2025-05-10", "active", "2025-05-31"), ("2025-06-01", "expired", "2025-05-31")], "2025-05-31"),
    ("term: 3y, renewal: tacit, renewal_term: 1y, notice: 1m",
     [("2025-05-31", "active", "2025-05-31"), ("2025-06-01", "expired", "2025-05-31")], "2026-05-31"),
    ("term: 1y, renewal: tacit, renewal_term: 1y",
     [("2025-05-31", "active", "2025-05-31"), ("2050-01-01", "expired", "2025-05-31")], "2026-05-31"),
    ("ends: 2025-05-31, renewal: express, renewal_term: 1y",
     [("2025-05-31", "active", "2025-05-31"), ("2025-06-01", "expired", "2025-05-31")], "2025-05-31"),
    ("ends: 2025-05-31, renewal: express",
     [("2025-05-31", "active", "2025-05-31"), ("2025-06-01", "expired", "2025-05-31")], "2025-05-31"),
    ("ends: 2024-12-31",
     [("2025-05-10", "expired", "2024-12-31")], "2024-12-31"),
    ("ends: 2025",
     [("2025-05-10", "unstated", None), ("2026-01-01", "expired", None)], None),
    ("note: no end is stated", [("2025-05-10", "unstated", None), ("2050-01-01", "unstated", None)], None),
    ("ends: 2025-05-31, renewal: tacit, renewal_term: 1y, lifecycle: [{kind: notice, date: 2025-01-01}]",
     [("2025-05-10", "in-notice", "2025-05-31"), ("2025-06-01", "expired", "2025-05-31")], "2025-05-31"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "stands", "before"), RENEWED_ELSEWHERE, ids=[each[0] for each in RENEWED_ELSEWHERE])
def test_what_a_new_agreement_renews_does_not_itself_go_on_for_longer(
    terms: Mou, write: Write, facts: str, stands: list[tuple[str, str, str | None]], before: str | None
) -> None:
    terms("import", write("old.yaml", ELSEWHERE.replace("FACTS", facts)))
    terms("renew", "2025-010", "--form", "new", "--with", "2025-007", "--by", "UiT", "--note", "Anew")
    (row,) = (fact for fact in terms.json("show", "2025-010")["lifecycle"] if fact["kind"] == "renewal")
    said = {"kind": "renewal", "date": TODAY, "form": "new", "renewal": "none", "by": "uit", "note": "Anew"}
    assert {name: value for name, value in row.items() if value and name != "texts"} == said
    for day, status, last in stands:
        assert (*ends(terms, "2025-010", day),) == (status, last)
        (listed,) = (each for each in terms.json("list", "--as-of", day) if each["ref"] == "2025-010")
        assert (listed["status"], listed["ends_on"], listed["renewal"]) == (status, last, "none")
    # The day before nothing is known of it: then it was to go on as it says itself.
    stated = next((how for how in ("tacit", "express") if f"renewal: {how}" in facts), "unstated")
    assert terms.json("show", "2025-010", "--as-of", "2025-05-09")["renewal"] == stated
    assert terms("db", "check").err == ""
    terms("undo")
    assert ends(terms, "2025-010", "2025-06-01")[1] == before


def test_what_goes_on_by_itself_no_longer_waits_for_notice_when_a_new_agreement_renews_it(
    terms: Mou, write: Write
) -> None:
    facts = "term: 3y, renewal: tacit, renewal_term: 1y, notice: 1m"
    terms("import", write("old.yaml", ELSEWHERE.replace("FACTS", facts)))
    missed = ("list", "--notice-missed", "--columns", "ref", "--partner", "uit", "-f", "tsv")
    assert terms(*missed).out == "ref\n2025-010\n"
    answer = terms("renew", "2025-010", "--with", "2025-007")
    assert answer.err == "2025-010: renewal recorded; active, the term ends 2025-05-31\n"
    assert terms(*missed).out == "ref\n"
    assert terms("list", "--lapsed", "--as-of", "2025-06-01", "--partner", "uit", "--count").out == "1\n"
    told = terms("history", "2025-010", "--columns", "what,changes", "-f", "table", env={"COLUMNS": "100"}).out
    assert "renewal: new document, renewal none" in told


def test_an_agreement_that_a_new_one_renews_goes_on_until_then_where_that_is_said(terms: Mou, write: Write) -> None:
    facts = "ends: 2025-05-31, renewal: tacit, renewal_term: 1y"
    terms("import", write("old.yaml", ELSEWHERE.replace("FACTS", facts)))
    answer = terms("renew", "2025-010", "--with", "2025-007", "--until", "2025-08-31")
    assert answer.err == (
        "2025-010: renewal recorded; active, the term ends 2025-05-31, and it goes on until 2025-08-31\n"
    )
    assert ends(terms, "2025-010", "2025-08-31") == ("active", "2025-08-31")
    assert ends(terms, "2025-010", "2025-09-01") == ("expired", "2025-08-31")
    assert terms.fails(5, "renew", "2025-010", "--with", "2025-007", "--until", "2025-08-31").code == 5


def test_a_new_document_alone_prolongs_what_it_renews(terms: Mou) -> None:
    terms("renew", "2025-001", "--form", "new")
    assert ends(terms, "2025-001", "2025-06-01") == ("active", "2028-05-31")


REFUSED_ELSEWHERE = [
    ("2025-003", "2025-003 is not signed on 2025-05-10", "`mou sign 2025-003` records the signature"),
    ("2025-004", "2025-004 has no end, and so is not renewed", None),
    ("2025-006", "2025-006 is terminated, with 2024-01-01 as the last day in force",
     "what is over is not renewed; `mou add --like` begins anew"),
]  # fmt: skip


@pytest.mark.parametrize(("ref", "message", "hint"), REFUSED_ELSEWHERE)
def test_what_cannot_be_renewed_is_not_renewed_by_a_new_agreement_either(
    terms: Mou, ref: str, message: str, hint: str | None
) -> None:
    answer = terms.fails(5, "renew", ref, "--with", "2025-007")
    assert answer.err == f"mou: {message}\n" + (f"hint: {hint}\n" if hint else "")
    terms("renew", "2025-001", "--with", "2025-007")
    answer = terms.fails(5, "renew", "2025-001", "--with", "2025-007")
    assert answer.err == "mou: the renewal of 2025-05-10 of 2025-001 is recorded already\n"


REFUSED = [
    (2, "", "which agreement is not said", "say its reference, or filters as of `mou list`"),
    (2, "2025-001 --country NO", "--country finds agreements, and 2025-001 names one", "say either"),
    (2, "2025-001 --term 1y --until 2030", "the end is said twice, by --until and --term", "say one of them"),
    (2, "2025-001 --form letter --with 2025-007",
     "--with says the new agreement of one that is renewed with --form new", None),
    (2, "--country NO --term 3y", "renewing many agreements has to be confirmed", "say --yes, or see with --dry-run"),
    (2, "2025-001 --form fax", "--form: 'fax' is no form of a renewal; known are letter, email, new, tacit-confirmed",
     None),
    (5, "2025-001 --until 2025-05-31", "2025-001 ends on 2025-05-31 already", "say a later day with --until"),
    (5, "2025-001 --until 2024", "2025-001 ends on 2025-05-31 already", "say a later day with --until"),
    (5, "2025-002 --as-of 2026-02-01", "2025-002 ends on 2026-06-30 already", "no renewal goes beyond 2026-06-30"),
    (5, "2025-003", "2025-003 is not signed on 2025-05-10", "`mou sign 2025-003` records the signature"),
    (5, "2025-004", "2025-004 has no end, and so is not renewed", None),
    (2, "2025-005", "for how long 2025-005 is renewed is not said", "say --until DATE or --term LENGTH"),
    (5, "2025-005 --term 3y", "2025-005: when the running term ends is not known", "say --until DATE"),
    (5, "2025-006", "2025-006 is terminated, with 2024-01-01 as the last day in force",
     "what is over is not renewed; `mou add --like` begins anew"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "options", "message", "hint"), REFUSED, ids=[each[1] for each in REFUSED])
def test_what_makes_no_sense_is_refused(terms: Mou, code: int, options: str, message: str, hint: str | None) -> None:
    answer = terms.fails(code, "renew", *options.split())
    assert (answer.out, answer.err) == ("", f"mou: {message}\n" + (f"hint: {hint}\n" if hint else ""))


MANY = ("renew", "--country", "Norway", "--term", "3y", "--form", "email")
TABLE = """\
Ref       Partner               Old end     New end     Days  What stands against it
────────────────────────────────────────────────────────────────────────────────────────────────────
2025-001  University of Tromsø  2025-05-31  2028-05-31  1096
2025-003  University of Tromsø                                2025-003 is not signed on 2025-05-10
2025-004  University of Tromsø                                2025-004 has no end, and so is not renewed
2025-005  University of Tromsø                                2025-005: when the running term ends is not
                                                              known
2025-006  University of Tromsø  2024-01-01                    2025-006 is terminated, with 2024-01-01 as
                                                              the last day in force
2025-007  University of Tromsø  2028-05-31  2031-05-31  1095
"""


def test_a_rehearsal_shows_what_would_be_renewed_and_what_cannot_be(terms: Mou) -> None:
    answer = terms(*MANY, "--dry-run", "-f", "table", env={"COLUMNS": "105"})
    assert answer.err == "2 agreements can be renewed; 4 cannot be\n"
    assert answer.out == TABLE.replace("─" * 100, "─" * len(answer.lines[1]))
    assert terms.json("show", "2025-001")["lifecycle"] == []


def test_many_are_renewed_in_one_entry_of_the_journal(terms: Mou) -> None:
    rows = terms.json(*MANY, "--yes", "--evidence", "one letter for all")
    assert [(row["ref"], row["ends_before"], row["ends_after"], row["days"]) for row in rows if not row["problem"]] == [
        ("2025-001", "2025-05-31", "2028-05-31", 1096),
        ("2025-007", "2028-05-31", "2031-05-31", 1095),
    ]
    assert ends(terms, "2025-001", "2025-06-01") == ("active", "2028-05-31")
    (entry,) = terms.rows("SELECT id, action FROM journal_entry ORDER BY id DESC LIMIT 1")
    assert entry["action"] == "renew 2 agreements"
    changed = terms.rows("SELECT key FROM journal_change WHERE entry = :entry ORDER BY key", entry=entry["id"])
    assert [row["key"] for row in changed] == ["new", "three"]


def test_of_many_it_is_told_once_that_their_day_is_yet_to_come(terms: Mou) -> None:
    answer = terms("renew", "--type", "cooperation", "--on", "2025-05-20", "--yes")
    assert answer.err == "2025-05-20 is yet to come: it counts from then on\n3 agreements renewed; 4 cannot be\n"


def test_what_is_refused_counts_from_no_day(terms: Mou) -> None:
    assert terms.fails(5, "renew", "2025-003", "--on", "2027-01-01").err == (
        "mou: 2025-003 is not signed on 2027-01-01\nhint: `mou sign 2025-003` records the signature\n"
    )


def test_a_renewal_from_before_a_notice_goes_no_further_than_that(terms: Mou) -> None:
    terms("notice", "2025-002", "--on", "2025-05-01")
    told = terms("renew", "2025-002", "--on", "2025-04-01").err
    assert told == "2025-002: renewal recorded; in notice, the term ends 2025-06-30\n"
    assert ends(terms, "2025-002", "2025-06-30") == ("in-notice", "2025-06-30")
    assert ends(terms, "2025-002", "2025-07-01") == ("expired", "2025-06-30")


def test_where_nothing_can_be_renewed_nothing_is_recorded(terms: Mou) -> None:
    count = "SELECT count(*) AS n FROM journal_entry"
    before = terms.rows(count)
    answer = terms("renew", "--status", "draft", "--term", "3y", "--yes")
    assert answer.err == "0 agreements can be renewed; 1 cannot be\n"
    assert terms.rows(count) == before


@pytest.mark.parametrize(("typed", "end"), [("y", "2 agreements renewed; 4 cannot be"), ("", "nothing was renewed")])
def test_on_a_terminal_many_are_asked_about(terms: Mou, typed: str, end: str) -> None:
    environment = terms.environment | {
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        "PATH": os.environ["PATH"],
    }
    # A pager that shows nothing before it has seen the end.
    environment |= {"HOME": str(terms.folder), "PAGER": "sort", "NO_COLOR": "1"}
    child = open_program(MANY, environment, rows=40, columns=100)
    child.expect_exact("What stands against it")
    child.expect_exact("Renew 2 agreements? [y/N]")
    child.sendline(typed)
    child.expect_exact(end)
    see_the_end(child)
    assert child.exitstatus == (0 if typed else 130)
    assert len(terms.json("show", "2025-001")["lifecycle"]) == (typed == "y")
