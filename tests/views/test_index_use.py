"""What a large register is asked every day is found by index: no read goes through all rows for a few of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mou_cli.store.reader import SqliteReader
from mou_cli.views.agenda import find_agenda
from mou_cli.views.agenda_filter import AgendaFilter, Lead
from mou_cli.views.agreement import count_agreements, find_agreements
from mou_cli.views.agreement_filter import AgreementFilter
from mou_cli.views.choice import Place
from mou_cli.views.entry import EntryFilter, find_entries
from mou_cli.views.known import known_agreements
from mou_cli.views.overview import get_overview
from mou_cli.views.plan import PlanFilter, find_plans
from mou_cli.views.search import count_anything, find_anything
from mou_cli.views.task import OPEN_STATUSES, TaskFilter, count_tasks, find_tasks
from mou_cli.views.whole import whole_agreement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mou_cli.store.reader import Reader, Row

TODAY = date(2025, 5, 10)


class ExplainedReader(SqliteReader):
    """Reads, and keeps how SQLite went about each query."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.plans: dict[str, str] = {}

    def rows(self, sql: str, **parameters: object) -> Iterator[Row]:
        """Give the rows of a SELECT, streamed."""
        steps = super().rows(f"EXPLAIN QUERY PLAN {sql}", **parameters)
        self.plans[sql] = "\n".join(step["detail"] for step in steps)
        return super().rows(sql, **parameters)


@pytest.fixture
def explained(templates: Path) -> Iterator[ExplainedReader]:
    """A reader of the seeds that explains itself."""
    with closing(sqlite3.connect(f"file:{templates / 'seeds.db'}?mode=ro", uri=True)) as connection:
        yield ExplainedReader(connection)


def first_page(reader: Reader, wanted: AgreementFilter, sort: str = "ref") -> None:
    assert len(list(find_agreements(reader, wanted, TODAY, sort, 3))) <= 3


@pytest.mark.parametrize("sort", ["ref", "-ref"])
def test_the_first_page_of_the_register_is_read_in_the_order_of_its_index(
    explained: ExplainedReader, sort: str
) -> None:
    first_page(explained, AgreementFilter(), sort)
    (plan,) = (plan for sql, plan in explained.plans.items() if "a.title" in sql)
    chosen, _, _shown = plan.partition("SCAN k")
    assert "SCAN a USING INDEX ix_agreement_ref_year_ref_number" in chosen
    assert "TEMP B-TREE" not in chosen


@pytest.mark.parametrize(
    "ask",
    [
        lambda reader: first_page(reader, AgreementFilter()),
        lambda reader: first_page(reader, AgreementFilter(key="khazar-uit")),
        lambda reader: first_page(reader, AgreementFilter(ends_by=date(2025, 8, 8))),
        lambda reader: first_page(reader, AgreementFilter(notice_by=date(2025, 8, 8))),
        lambda reader: count_agreements(reader, AgreementFilter(statuses=("active",)), TODAY),
        lambda reader: whole_agreement(reader, "khazar-uit", TODAY),
    ],
    ids=["first page", "one", "ends", "notice", "count", "whole"],
)
def test_no_read_goes_through_all_spans(explained: ExplainedReader, ask: Callable[[Reader], object]) -> None:
    ask(explained)
    (plan,) = (plan for sql, plan in explained.plans.items() if "projected_to < :today" in sql)
    assert plan == "SEARCH agreement_span USING INDEX ix_agreement_span_projected_to (projected_to<?)"
    assert [plan for plan in explained.plans.values() if "SCAN s" in plan or "SCAN agreement_span" in plan] == []


@pytest.mark.parametrize(
    "few",
    [
        AgreementFilter(home="khazar"),
        AgreementFilter(partners=("uit",)),
        AgreementFilter(places=(Place(country="NO"),)),
        AgreementFilter(areas=("joint-research",)),
        AgreementFilter(words="oslo"),
    ],
    ids=["home", "partner", "country", "area", "words"],
)
def test_a_status_that_many_have_is_not_what_a_few_agreements_are_found_by(
    explained: ExplainedReader, few: AgreementFilter
) -> None:
    first_page(explained, replace(few, statuses=("active",)))
    count_agreements(explained, replace(few, statuses=("active",)), TODAY)
    plans = [plan for sql, plan in explained.plans.items() if ":status0" in sql]
    assert len(plans) == 2
    assert all("SEARCH s USING INDEX sqlite_autoindex_agreement_span_1 (agreement=?" in plan for plan in plans)


@pytest.mark.parametrize(
    "wanted",
    [
        AgreementFilter(places=(Place(country="NO"),), statuses=("active", "unstated")),
        AgreementFilter(partner_types=("university",)),
        AgreementFilter(home="khazar", areas=("joint-research",)),
        AgreementFilter(statuses=("unstated",)),
    ],
    ids=["country", "partner type", "area", "status"],
)
def test_a_page_of_what_many_may_be_is_looked_for_in_the_order_of_references(
    explained: ExplainedReader, wanted: AgreementFilter
) -> None:
    assert list(find_agreements(explained, wanted, TODAY, limit=3))
    (plan,) = (plan for sql, plan in explained.plans.items() if "a.title" in sql)
    assert plan.startswith("SCAN a USING INDEX ix_agreement_ref_year_ref_number\n")
    assert plan.count("SCAN") == 1
    assert "LIST SUBQUERY" not in plan
    assert "TEMP B-TREE" not in plan


def test_what_a_page_of_a_country_is_of_is_counted_from_partner_to_partner(explained: ExplainedReader) -> None:
    assert count_agreements(explained, AgreementFilter(places=(Place(country="NO"),)), TODAY, 4) == 4
    plan = next(plan for sql, plan in explained.plans.items() if "count(*)" in sql)
    assert "SEARCH p USING COVERING INDEX ix_agreement_party_institution_agreement (institution=?)" in plan
    assert "LIST SUBQUERY" not in plan


def test_ends_are_read_in_the_order_of_their_days(explained: ExplainedReader) -> None:
    first_page(explained, AgreementFilter(ends_by=date(2025, 8, 8)), "ends")
    certain, uncertain = (plan for sql, plan in explained.plans.items() if "a.title" in sql)
    index = "SEARCH s USING INDEX ix_agreement_span_ends_on_ends_to_first_on_last_on"
    assert f"{index} (ends_on>? AND ends_on<?)" in certain
    assert f"{index} (ends_on=? AND ends_to>? AND ends_to<?)" in uncertain
    # Only ends of one and the same day are put in order.
    assert "USE TEMP B-TREE FOR ORDER BY" not in certain.partition("SCAN k")[0]


@pytest.mark.parametrize(
    "wanted",
    [
        AgreementFilter(places=(Place(country="NO"),)),
        AgreementFilter(types=("memorandum",)),
        AgreementFilter(statuses=("active",)),
    ],
    ids=["country", "type", "status"],
)
def test_what_ends_soon_and_is_asked_for_more_is_read_in_the_order_of_ends(
    explained: ExplainedReader, wanted: AgreementFilter
) -> None:
    first_page(explained, replace(wanted, ends_by=date(2025, 8, 8)), "ends")
    plans = [plan for sql, plan in explained.plans.items() if "a.title" in sql]
    index = "SEARCH s USING INDEX ix_agreement_span_ends_on_ends_to_first_on_last_on"
    assert [plan.splitlines()[1] for plan in plans] == [
        f"{index} (ends_on>? AND ends_on<?)",
        f"{index} (ends_on=? AND ends_to>? AND ends_to<?)",
    ]
    assert not any("LIST SUBQUERY" in plan for plan in plans)
    assert "USE TEMP B-TREE FOR ORDER BY" not in plans[0].partition("SCAN k")[0]


def test_a_rare_word_is_looked_up_without_the_other_records_of_the_noun(explained: ExplainedReader) -> None:
    assert count_agreements(explained, AgreementFilter(words="tromso"), TODAY)
    (plan,) = (plan for sql, plan in explained.plans.items() if "search_index MATCH" in sql)
    assert "SEARCH w USING INTEGER PRIMARY KEY (rowid=?)" in plan


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the register be one so large that some of its records are asked how common words are."""
    monkeypatch.setattr("mou_cli.views.words._LARGE", 1)


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda reader: list(find_anything(reader, "khazar", TODAY, 3)), "a USING INDEX ix_agreement_ref_year"),
        (lambda reader: list(find_anything(reader, "veteran", TODAY, 5)), "t USING INDEX ix_task_plan"),
        (lambda reader: first_page(reader, AgreementFilter(words="khazar")), "a USING INDEX ix_agreement_ref_year"),
        (lambda reader: known_agreements(reader, "university"), "a USING INDEX ix_agreement_ref_year"),
    ],
    ids=["agreements", "tasks", "list", "completion"],
)
def test_a_page_of_what_a_common_word_finds_is_read_in_its_order(
    explained: ExplainedReader, ask: Callable[[Reader], object], index: str
) -> None:
    assert ask(explained) != []
    (plan,) = (plan for sql, plan in explained.plans.items() if "EXISTS (SELECT 1 FROM search_text" in sql)
    assert index in plan
    assert "SEARCH w USING INDEX sqlite_autoindex_search_text_1 (noun=? AND key=?)" in plan
    assert "LIST SUBQUERY" not in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan


@pytest.mark.usefixtures("_large")
def test_what_a_common_word_finds_is_counted_without_the_index_of_words(explained: ExplainedReader) -> None:
    assert count_agreements(explained, AgreementFilter(words="khazar"), TODAY, 3) == 3
    (plan,) = (plan for sql, plan in explained.plans.items() if "LIMIT :most" in sql)
    assert plan.splitlines()[1:2] == ["SEARCH w USING INDEX sqlite_autoindex_search_text_1 (noun=?)"]


@pytest.mark.parametrize(
    "wanted",
    [
        TaskFilter(overdue_on=TODAY),
        TaskFilter(due_from=TODAY, due_to=date(2025, 6, 9), with_overdue=True, statuses=OPEN_STATUSES, open_plans=True),
    ],
    ids=["overdue", "due"],
)
def test_open_tasks_are_counted_and_found_by_plan(explained: ExplainedReader, wanted: TaskFilter) -> None:
    count_tasks(explained, wanted, TODAY)
    list(find_tasks(explained, wanted, TODAY, limit=3))
    counted, listed = (plan for sql, plan in explained.plans.items() if "plan p" in sql)
    assert "SEARCH t USING COVERING INDEX ix_task_plan_deadline_status (plan=?" in counted
    assert "SEARCH t USING COVERING INDEX ix_task_plan_deadline_status (plan=?" in listed
    assert "SEARCH t USING INDEX ix_task_plan_deadline_status (plan=? AND deadline" in listed


def test_plans_tell_how_many_of_their_tasks_are_done_by_an_index(explained: ExplainedReader) -> None:
    assert list(find_plans(explained, PlanFilter()))
    (plan,) = explained.plans.values()
    assert "SEARCH t USING INDEX" not in plan


def test_the_overview_goes_through_agreements_in_their_order(explained: ExplainedReader) -> None:
    get_overview(explained, TODAY)
    (partners,) = (plan for sql, plan in explained.plans.items() if "AS partners" in sql)
    assert "SEARCH p USING INDEX sqlite_autoindex_agreement_party_1 (agreement=?)" in partners
    (standings,) = (plan for sql, plan in explained.plans.items() if "AS n0" in sql)
    assert standings.startswith("SCAN s\n")
    assert "TEMP B-TREE FOR GROUP BY" not in standings
    # All else is found by index.
    others = [plan for plan in explained.plans.values() if plan not in {partners, standings}]
    assert not any("SCAN s\n" in plan for plan in others)


@pytest.mark.parametrize("begun", ["", "2", "2025", "2025-"])
def test_the_latest_references_are_offered_in_the_order_of_their_index(explained: ExplainedReader, begun: str) -> None:
    assert known_agreements(explained, begun)
    plan = next(iter(explained.plans.values()))
    assert "a USING INDEX ix_agreement_ref_year_ref_number" in plan
    assert "TEMP B-TREE" not in plan


def test_what_is_found_by_words_is_counted_without_being_read(explained: ExplainedReader) -> None:
    assert count_anything(explained, "univ") > 0
    (sql,) = explained.plans
    assert sql == "SELECT count(*) AS n FROM search_index WHERE search_index MATCH :words"


OWN_LEADS = AgendaFilter(lead=Lead(types=(("exchange", "9m"), ("memorandum", "1m"))))


@pytest.mark.parametrize("wanted", [AgendaFilter(), AgendaFilter(overdue=True), OWN_LEADS], ids=["", "late", "leads"])
def test_the_agenda_is_read_in_the_order_of_an_index_for_each_kind(
    explained: ExplainedReader, wanted: AgendaFilter
) -> None:
    list(find_agenda(explained, wanted, TODAY, 3))
    plans = [plan for sql, plan in explained.plans.items() if "AS until_on" in sql]
    assert len(plans) == 6
    for index in (
        "s USING INDEX ix_agreement_span_ends_on_ends_to_first_on_last_on (ends_on>? AND ends_on<?)",
        "s USING INDEX ix_agreement_span_ends_on_ends_to_first_on_last_on (ends_on=? AND ends_to>? AND ends_to<?)",
        "s USING INDEX ix_agreement_span_notice_by_first_on_last_on (notice_by>? AND notice_by<?)",
        "s USING INDEX ix_agreement_span_review_on (review_on>? AND review_on<?)",
        "t USING INDEX ix_task_deadline_status (deadline>? AND deadline<?)",
    ):
        assert any(plan.startswith(f"SEARCH {index}") for plan in plans), plans
    assert [plan for plan in explained.plans.values() if plan.startswith("SCAN")] == []
    # Only entries of one and the same day are put in order, but where days are inexact: those are few.
    whole = [plan for plan in plans if "USE TEMP B-TREE FOR ORDER BY" in plan]
    assert len(whole) == 1
    assert whole[0].startswith("SEARCH s USING INDEX ix_agreement_span_review_on")


def test_a_page_that_late_tasks_fill_asks_for_no_ends(explained: ExplainedReader) -> None:
    page = list(find_agenda(explained, AgendaFilter(), date(2026, 12, 1), 3))
    assert {row["kind"] for row in page} == {"task"}
    asked = [sql for sql in explained.plans if "AS until_on" in sql]
    assert not any("s.ends_on" in sql or "s.notice_by AS" in sql for sql in asked)


@pytest.mark.parametrize("wanted", [EntryFilter(), EntryFilter(noun="agreement", key="khazar-uit")], ids=["all", "one"])
def test_the_first_page_of_the_journal_is_read_in_its_order_and_by_index(
    explained: ExplainedReader, wanted: EntryFilter
) -> None:
    assert list(find_entries(explained, wanted, 3))
    for sql, plan in explained.plans.items():
        if "FROM journal_entry e" in sql:
            assert "SEARCH e USING INTEGER PRIMARY KEY" in plan
            assert "SEARCH u USING INDEX ix_journal_entry_undoes" in plan or "COVERING INDEX ix_journal_entry" in plan
        assert "SCAN" not in plan
        assert "FOR ORDER BY" not in plan or "GROUP BY" in sql
