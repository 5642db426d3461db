"""What a large register on a server is asked every day is read in the order of an index, as far as it has to be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mou_cli.fields.nouns import SHAPES
from mou_cli.records.derived import find_differing
from mou_cli.store.engine import make_engine
from mou_cli.store.opening import open_reader
from mou_cli.store.reader import ConnectionReader
from mou_cli.views.agenda import count_agenda, find_agenda
from mou_cli.views.agreement import count_agreements, find_agreements
from mou_cli.views.known import known_agreements
from mou_cli.views.task import OPEN_STATUSES, TaskFilter, find_tasks
from tests.views.questions import DAY, QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from mou_cli.store.reader import Row
    from tests.postgresql import Both

TODAY = date(2025, 5, 10)
# However few the rows, the server takes an index where there is one, and puts in order only what no index has so.
_AS_IF_LARGE = ("enable_seqscan", "enable_bitmapscan", "enable_sort", "enable_hashjoin", "enable_mergejoin")
_MILLION = 1_000_000
# As the server reckons, to which a row it reads costs a hundredth and a look into an index about ten. Going through a
# million rows for each of a million would cost thousands of millions.
_MOST = 500 * _MILLION


class ExplainedReader(ConnectionReader):
    """Reads, and keeps how the server would go about each query."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.plans: dict[str, str] = {}

    def rows(self, sql: str, **parameters: object) -> Iterator[Row]:
        """Give the rows of a SELECT, streamed."""
        steps = super().rows(f"EXPLAIN {sql}", **parameters)
        self.plans[sql] = "\n".join(step["QUERY PLAN"] for step in steps)
        return super().rows(sql, **parameters)


@pytest.fixture
def explained(both: Both) -> Iterator[ExplainedReader]:
    """A reader of the seeds and more, as a server that holds many goes about it."""
    with make_engine(both.postgresql, 10.0, "ro").connect() as connection:
        for setting in _AS_IF_LARGE:
            connection.exec_driver_sql(f"SET LOCAL {setting} = off")
        yield ExplainedReader(connection)


@pytest.fixture
def million(both: Both) -> Iterator[ExplainedReader]:
    """A reader of the same, as a server goes about it that has a million rows in every table."""
    with make_engine(both.postgresql, 10.0, "ro").connect() as connection:
        # No list of them fits into so little memory.
        connection.exec_driver_sql("SET LOCAL work_mem = '64kB'")
        # It expects as many rows on a page as it has found, and as many pages as there are.
        connection.exec_driver_sql(f"""UPDATE pg_class SET relpages = 1, reltuples = {_MILLION} / greatest(1,
            pg_relation_size(oid) / 8192) WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace""")
        yield ExplainedReader(connection)


def test_nothing_that_is_read_is_compiled(both: Both) -> None:
    with open_reader(both.postgresql, 10.0) as reader:
        assert list(reader.rows("SHOW jit")) == [{"jit": "off"}]


@pytest.mark.parametrize("begun", ["", "2", "2025", "2025-"])
def test_the_latest_references_are_offered_in_the_order_of_their_index(explained: ExplainedReader, begun: str) -> None:
    assert known_agreements(explained, begun)
    plan = next(iter(explained.plans.values()))
    assert "Index Scan Backward using ix_agreement_ref_year_ref_number" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("begun", ["2025-0", "2025-5"])
def test_references_that_begin_alike_are_found_by_their_numbers(explained: ExplainedReader, begun: str) -> None:
    assert known_agreements(explained, begun)
    plan = next(iter(explained.plans.values()))
    assert "Index Cond: ((ref_year = " in plan
    assert " AND (ref_number <= " in plan


@pytest.mark.parametrize(
    "wanted",
    [
        TaskFilter(overdue_on=TODAY),
        TaskFilter(due_from=TODAY, due_to=date(2025, 6, 9), with_overdue=True, statuses=OPEN_STATUSES, open_plans=True),
    ],
    ids=["overdue", "due"],
)
def test_tasks_of_plans_that_are_long_closed_are_passed_over(explained: ExplainedReader, wanted: TaskFilter) -> None:
    list(find_tasks(explained, wanted, TODAY, limit=3))
    earliest, plan, *_lists = explained.plans.values()
    assert "Index Only Scan using ix_task_plan_deadline_status" in earliest
    assert "Presorted Key: t.deadline" in plan
    assert "Index Scan using ix_task_deadline_status on task t" in plan
    assert " AND (deadline >= " in plan


@pytest.mark.parametrize("view", [find_agreements, count_agreements, find_agenda, count_agenda])
def test_no_list_is_gone_through_for_each_of_a_million(million: ExplainedReader, view: Callable[..., object]) -> None:
    # Without an order, such as that of partners' names, for which each is asked who they are.
    for question in QUESTIONS:
        if question.view is view and question.asked[-1] == DAY:
            question.answer(million)
    assert costs(million)
    assert {sql: cost for sql, cost in costs(million).items() if cost > _MOST} == {}


def test_words_that_no_record_has_any_more_are_found_without_a_list_of_records(explained: ExplainedReader) -> None:
    assert list(find_differing(explained, TODAY, lambda _more: None)) == []
    plans = [plan for sql, plan in explained.plans.items() if sql.startswith("SELECT w.key FROM search_text w")]
    assert len(plans) == len([shape for shape in SHAPES.values() if shape.searched])
    assert all("Anti Join" in plan for plan in plans)


def costs(reader: ExplainedReader) -> dict[str, float]:
    """Give what the server expects each query to cost."""
    return {sql: float(plan.partition("..")[2].partition(" ")[0]) for sql, plan in reader.plans.items()}
