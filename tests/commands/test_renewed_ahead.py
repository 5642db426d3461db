"""What was renewed before its term ends: nobody is reminded of that end, and nothing is renewed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Write
    from tests.conftest import Mou

# On 10 May 2025 every term ends in June, and notice would have to be given in May.
AGREEMENTS = """\
format: mou/1
agreements:
  - {key: plain, ref: 2025-001, stage: signed, parties: [adu, uit], starts: 2022-07-01, term: 3y}
  - {key: express, ref: 2025-002, stage: signed, parties: [adu, uit], starts: 2022-07-01, ends: 2025-06-30,
     renewal: express, renewal_term: 2y, notice: 1m}
  - {key: never, ref: 2025-003, stage: signed, parties: [adu, uit], starts: 2022-07-01, ends: 2025-06-30,
     renewal: none}
  - {key: tacit, ref: 2025-004, stage: signed, parties: [adu, tsu], starts: 2022-07-01, ends: 2025-06-30,
     renewal: tacit, renewal_term: 3y, notice: 1m}
  - {key: month, ref: 2025-005, stage: signed, parties: [adu, tsu], starts: 2022-07, ends: 2025-06}
"""
EVERY = ["2025-001", "2025-002", "2025-003", "2025-004", "2025-005"]


@pytest.fixture
def terms(small: Mou, write: Write) -> Mou:
    """The command line on a register of agreements that end soon, or need notice."""
    small("import", write("agreements.yaml", AGREEMENTS))
    return small


@pytest.fixture
def renewed(terms: Mou) -> Mou:
    """The same after all of them were renewed."""
    for ref in EVERY:
        terms("renew", ref, "--term", "3y")
    return terms


def ahead(mou: Mou, *options: str) -> list[str]:
    """Give what the agenda tells, and see that the overview tells the same."""
    rows = mou.json("due", "--within", "90d", *options)
    overview = mou.json(*options)
    shown = {row["ref"] for name in ("ends", "notice") for row in overview[name]["rows"]}
    assert shown == {row["ref"] for row in rows if not row["overdue"]}
    return [f"{row['ref']} {row['kind']}" for row in rows]


REMINDED = [
    *("2025-001 end", "2025-002 end", "2025-002 notice", "2025-003 end", "2025-004 notice", "2025-005 end"),
]


def test_nobody_is_reminded_of_an_end_that_a_renewal_follows(terms: Mou) -> None:
    assert sorted(ahead(terms)) == REMINDED
    for ref in EVERY:
        terms("renew", ref, "--term", "3y")
    assert ahead(terms) == []
    # Before they were renewed nobody knew of it; and the next term ends, too.
    assert sorted(ahead(terms, "--as-of", "2025-05-09")) == REMINDED
    assert sorted(ahead(terms, "--as-of", "2028-05-10")) == REMINDED
    assert terms("due", "-f", "table").err == (
        "nothing lies ahead or is late: "
        "no agreement has an end, a day for notice or a review that is known and not settled\n"
    )


def test_what_was_renewed_twice_goes_on_through_both_terms(renewed: Mou) -> None:
    renewed("renew", "2025-001", "--on", "2025-05-09", "--term", "3y")
    assert [row["ref"] for row in renewed.json("due", "--as-of", "2028-05-10", "--kind", "end")] == [
        *("2025-002", "2025-005", "2025-003"),
    ]
    assert [row["date"] for row in renewed.json("due", "--as-of", "2031-05-10", "--kind", "end")] == ["2031-06-30"]


def test_an_end_is_told_again_after_notice_was_given_or_an_amendment_has_moved_it(renewed: Mou) -> None:
    renewed("notice", "2025-002")
    renewed("amend", "2025-001", "--on", "2025-05-11", "--ends", "2025-06-15")
    assert ahead(renewed, "--as-of", "2025-05-11") == ["2025-001 end", "2025-002 end"]


def test_a_renewal_by_another_agreement_lets_nothing_go_on(terms: Mou) -> None:
    terms("add", "--partner", "uit", "--starts", "2025-07-01", "--ends", "2028-06-30")
    new = terms.json("list", "--sort", "-ref", "--limit", "1")[0]["ref"]
    terms("renew", "2025-001", "--form", "new", "--with", new)
    assert "2025-001 end" in ahead(terms)


def test_the_page_and_the_history_name_the_end_to_come(renewed: Mou) -> None:
    renewed("renew", "2025-001", "--on", "2025-05-09", "--term", "3y")
    for ref, end in (("2025-001", "30 June 2031"), ("2025-002", "30 June 2028"), ("2025-003", "30 June 2028")):
        assert f"  Renewal  recorded: goes on until {end}\n" in renewed("show", ref, "-f", "table").out
        (row,) = [row for row in renewed.json("history", ref) if row["what"] == "end"]
        assert (row["date"], row["until"], row["is_ahead"]) == ("2025-06-30", f"{end[-4:]}-06-30", True)
    (row,) = [row for row in renewed.json("history", "2025-005") if row["what"] == "end"]
    assert (row["date"], row["until"]) == ("2025-06", "2028-06")
    before = renewed("show", "2025-003", "-f", "table", "--as-of", "2025-05-09").out
    assert "  Renewal  none\n" in before


def test_what_is_renewed_already_is_not_renewed_once_more_by_filters(terms: Mou) -> None:
    terms("renew", "2025-001")
    many = ("renew", "--partner", "uit", "--ends-within", "3m", "--yes", "--term", "3y")
    for day in ("2025-05-09", "2025-05-10"):
        first, *_others = terms.json(*many, "--on", day)
        assert (first["ends_before"], first["ends_after"], first["problem"]) == (
            *("2025-06-30", None),
            "2025-001 is renewed already, and goes on until 2028-06-30",
        )
    # A later day is another thing, and the same is no more than once.
    rows = terms.json("renew", "--partner", "uit", "--ends-within", "3m", "--yes", "--until", "2029-12-31")
    assert (rows[0]["ends_before"], rows[0]["ends_after"]) == ("2028-06-30", "2029-12-31")
    assert terms.json("show", "2025-001", "--as-of", "2029-01-01")["ends_on"] == "2029-12-31"


def test_a_list_by_ends_tells_of_what_is_renewed_until_when(terms: Mou) -> None:
    asked = ("list", "--ends-within", "90d", "--sort", "ref")
    before = terms.json(*asked)
    assert {(row["renewed_until"], row["renewed_until_from"], row["renewed_until_to"]) for row in before} == {
        (None, None, None)
    }
    for ref in ("2025-002", "2025-005"):
        terms("renew", ref, "--term", "3y")
    after = terms.json(*asked)
    assert [row["ref"] for row in after] == [row["ref"] for row in before] == EVERY
    told = {
        row["ref"]: (row["renewed_until"], row["renewed_until_from"], row["renewed_until_to"])
        for row in after
        if row["renewed_until_to"]
    }
    assert told == {
        "2025-002": ("2028-06-30", "2028-06-30", "2028-06-30"),
        "2025-005": (None, "2028-06-01", "2028-06-30"),
    }
    assert terms(*asked, "-f", "table", "--columns", "ref,ends,left,renewed_until").out == (
        "                              Renewed\n"
        "Ref       Ends          Left  until\n"
        "──────────────────────────────────────────\n"
        "2025-001  2025-06-30    51 d\n"
        "2025-002  2025-06-30    51 d  2028-06-30\n"
        "          → 2028-06-30\n"
        "2025-003  2025-06-30    51 d\n"
        "2025-004  2025-06-30    51 d\n"
        "2025-005  ~2025-06            ~2028-06\n"
        "          → ~2028-06\n"
        "\n"
        "5 agreements, ending by 8 August 2025, sorted by Ref\n"
    )
    # Of a file every cell is a day, or a month or year.
    (written,) = (line for line in terms(*asked, "-f", "markdown").lines if line.startswith("| 2025-005"))
    assert written.endswith(" | active | \\~2025-06 | \\~2028-06 |")
    assert terms(*asked, "--columns", "ends", "-f", "csv").lines[-1] == "~2025-06"
    # The day before nobody knew of it, and in the term that follows it is past.
    for day in ("2025-05-09", "2025-07-01"):
        assert {row["renewed_until_to"] for row in terms.json("list", "--as-of", day)} == {None}


def missed(mou: Mou, day: str) -> list[str]:
    """Give what is told of a day for notice that was missed, the same wherever it is asked."""
    listed = [row["ref"] for row in mou.json("list", "--notice-missed", "--as-of", day)]
    (counted,) = (row["count"] for row in mou.json("--as-of", day)["missing"] if row["what"] == "notice-missed")
    found = mou.json("check", "notice-missed", "--as-of", day)
    late = mou.json("due", "--overdue", "--kind", "notice", "--as-of", day)
    assert listed == [record["ref"] for row in found for record in row["records"]] == [row["ref"] for row in late]
    assert counted == len(listed)
    return listed


@pytest.mark.parametrize(
    ("decided", "left"),
    [
        (("renew", "2025-004", "--term", "1y"), []),
        (("review", "2025-004", "--outcome", "continue"), []),
        (("review", "2025-004", "--outcome", "renew"), []),
        (("review", "2025-004", "--outcome", "amend"), ["2025-004"]),
        (("review", "2025-004", "--outcome", "end"), ["2025-004"]),
        (("amend", "2025-004", "--notice", "45d"), ["2025-004"]),
    ],
    ids=" ".join,
)
def test_a_notice_is_missed_until_somebody_decides(terms: Mou, decided: tuple[str, ...], left: list[str]) -> None:
    assert (missed(terms, "2025-05-31"), missed(terms, "2025-06-01")) == ([], ["2025-004"])
    terms(*decided, "--on", "2025-06-02", "--as-of", "2025-06-02")
    # What else changes later in the term does not take it back, and on an earlier day nothing was decided.
    terms("amend", "2025-004", "--review", "2026-01-01", "--on", "2025-06-04", "--as-of", "2025-06-04")
    assert missed(terms, "2025-06-01") == ["2025-004"]
    assert missed(terms, "2025-06-05") == left


def test_what_goes_on_by_itself_and_was_renewed_twice_is_reminded_of_after_both_terms(terms: Mou) -> None:
    for until in ("2028-06-30", "2031-06-30"):
        terms("renew", "2025-004", "--until", until, "--on", "2025-05-01")
    days = ("2025-05-10", "2028-05-10", "2028-06-10", "2031-04-30")
    told = [
        terms.json("due", "--as-of", day, "--within", "30d", "--partner", "tsu", "--kind", "notice") for day in days
    ]
    assert [[row["date"] for row in rows] for rows in told] == [[], [], [], []]
    assert [missed(terms, day) for day in days] == [[], [], [], []]
    assert [
        row["date"] for row in terms.json("due", "--as-of", "2031-05-01", "--within", "30d", "--kind", "notice")
    ] == ["2031-05-31"]
    assert missed(terms, "2031-06-10") == ["2025-004"]


def test_what_was_renewed_for_nobody_knows_how_long_has_an_end_and_has_not_lapsed(terms: Mou, write: Write) -> None:
    july = ("--as-of", "2025-07-10")
    late = ("due", "--overdue", "--kind", "end", *july)
    assert "2025-001" in [row["ref"] for row in terms.json(*late)]
    fact = "{key: plain, lifecycle: [{kind: renewal, date: 2025-05-01}]}"
    terms("import", write("fact.yaml", f"format: mou/1\nagreements: [{fact}]\n"))
    assert "2025-001 end" in ahead(terms)
    assert next(row["renewed_until_to"] for row in terms.json("list", "--ends-within", "90d", "--sort", "ref")) is None
    assert "2025-001" not in [row["ref"] for row in terms.json(*late)]
    assert [row["ref"] for row in terms.json("list", "--lapsed", *july)] == ["2025-002", "2025-003", "2025-005"]
