"""SQLite and PostgreSQL answer every question that a view can be asked alike, row by row and in the same order."""

from __future__ import annotations

import inspect
import pkgutil
from dataclasses import fields
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from mou_cli import views
from mou_cli.store.opening import open_reader
from mou_cli.views import agreement, agreement_document, event, institution, plan, task
from mou_cli.views.agreement_document import DocumentFilter
from mou_cli.views.agreement_filter import AgreementFilter
from mou_cli.views.entry import EntryFilter
from mou_cli.views.event import EventFilter
from mou_cli.views.institution import InstitutionFilter
from mou_cli.views.plan import PlanFilter
from mou_cli.views.task import TaskFilter
from tests.views.questions import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.store.reader import Reader
    from tests.postgresql import Both
    from tests.views.question import Question

VIEWS = list(dict.fromkeys(question.view for question in QUESTIONS))
FILTERS = (AgreementFilter, DocumentFilter, InstitutionFilter, EventFilter, PlanFilter, TaskFilter, EntryFilter)


@pytest.fixture(scope="module")
def readers(both: Both) -> Iterator[tuple[Reader, Reader]]:
    """A reader of the file and one of the server, which hold the same."""
    with open_reader(both.sqlite, 10.0) as sqlite, open_reader(both.postgresql, 10.0) as postgresql:
        yield sqlite, postgresql


def questions_for(view: Callable[..., object]) -> Iterator[Question]:
    return (question for question in QUESTIONS if question.view is view)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_both_databases_answer_alike(readers: tuple[Reader, Reader], view: Callable[..., object]) -> None:
    sqlite, postgresql = readers
    for question in questions_for(view):
        assert question.answer(sqlite) == question.answer(postgresql), str(question)


def test_every_view_that_reads_is_asked() -> None:
    reading = set()
    for module in pkgutil.iter_modules(views.__path__, "mou_cli.views."):
        for name, view in vars(import_module(module.name)).items():
            if callable(view) and getattr(view, "__module__", "") == module.name and not name.startswith("_"):
                reading |= {view} if "reader" in inspect.signature(view).parameters else set()
    assert {view.__name__ for view in reading} == {view.__name__ for view in VIEWS}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_view_has_something_to_say(readers: tuple[Reader, Reader], view: Callable[..., object]) -> None:
    assert any(question.answer(readers[0]) for question in questions_for(view))


@pytest.mark.parametrize("kind", FILTERS)
def test_every_part_of_a_filter_makes_a_difference_and_finds_something(
    readers: tuple[Reader, Reader], kind: type[Any]
) -> None:
    told: dict[str, set[str]] = {part.name: set() for part in fields(kind)}
    plain = kind()
    everything = set()
    for question in QUESTIONS:
        wanted = question.asked[0] if question.asked else None
        if isinstance(wanted, kind) and question.view.__name__.startswith("find_"):
            answer = repr(question.answer(readers[0]))
            if wanted == plain:
                everything.add(answer)
            for name, found in told.items():
                if getattr(wanted, name) != getattr(plain, name):
                    found.add(answer)
    nothing = {"[]", "[0]"}
    assert [name for name, found in told.items() if not found - everything - nothing] == []


@pytest.mark.parametrize(
    "module", [agreement, agreement_document, institution, event, plan, task], ids=lambda module: module.__name__
)
def test_every_order_is_asked_both_ways(module: Any) -> None:
    (finds,) = [view for view in VIEWS if view.__module__ == module.__name__ and "find_" in view.__name__][:1]
    asked = {argument for question in questions_for(finds) for argument in question.asked}
    assert {way + name for name in module.SORTS for way in ("", "-")} <= asked
