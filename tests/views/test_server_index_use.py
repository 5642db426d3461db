"""What a large register on a server is asked every day is read in the order of an index, as far as it has to be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mou_cli.store.engine import make_engine
from mou_cli.store.opening import open_reader
from mou_cli.store.reader import ConnectionReader
from mou_cli.views.known import known_agreements
from mou_cli.views.task import OPEN_STATUSES, TaskFilter, find_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from mou_cli.store.reader import Row
    from tests.postgresql import Both

TODAY = date(2025, 5, 10)
# However few the rows, the server takes an index where there is one, and puts in order only what no index has so.
_AS_IF_LARGE = ("enable_seqscan", "enable_bitmapscan", "enable_sort", "enable_hashjoin", "enable_mergejoin")


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
