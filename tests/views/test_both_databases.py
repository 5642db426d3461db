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
from tests.views.questions import QUESTIONS, Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader
    from tests.postgresql import Both

pytest_plugins = ("tests.postgresql",)

VIEWS = list(dict.fromkeys(question.view for question in QUESTIONS))


@pytest.fixture(scope="module")
def readers(both: Both) -> Iterator[tuple[Reader, Reader]]:
    """A reader of the file and one of the server, which hold the same."""
    with open_reader(both.sqlite, 10.0) as sqlite, open_reader(both.postgresql, 10.0) as postgresql:
        yield sqlite, postgresql


@pytest.mark.parametrize("view", VIEWS)
def test_answers_are_the_same(readers: tuple[Reader, Reader], view: object) -> None:
    sqlite, postgresql = readers
    for question in (question for question in QUESTIONS if question.view is view):
        assert question.answer(sqlite) == question.answer(postgresql), str(question)
