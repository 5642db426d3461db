"""A record as `show` gives it: whole, with all that names it, where the form of the answer has room for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.commands.store import documents_of, has_store
from mou_cli.output.form import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.commands.invocation import Invocation
    from mou_cli.store.reader import Reader, Row

_PAGES = {Form.TABLE, Form.MARKDOWN}


def get_record(call: Invocation, reader: Reader, noun: str, key: str) -> Row:
    """Give a record whole; for a form that has a line for it, as the rows of a list have it."""
    if not call.shows_whole:
        return next(find_row(call, reader, noun, key))
    from mou_cli.views import whole

    match noun:
        case "agreement":
            row = whole.whole_agreement(reader, key, call.today)
            return row | {"documents": [{**paper, "path": _path(call, paper)} for paper in row["documents"]]}
        case "institution":
            from mou_cli.output.institution_page import MOST

            return whole.whole_institution(reader, key, call.today, MOST if call.shown_form in _PAGES else None)
        case "event":
            return whole.whole_event(reader, key, call.today)
        case "task":
            return whole.whole_task(reader, key, call.today)
        case _:
            return whole.whole_plan(reader, key, call.today)


def _path(call: Invocation, paper: Row) -> str | None:
    """Give the place of a document's content, if it is in the store."""
    if not paper["sha256"] or not has_store(call):
        return None
    store = documents_of(call)
    return str(store.place(paper["sha256"]).absolute()) if store.has(paper["sha256"]) else None


def find_row(call: Invocation, reader: Reader, noun: str, key: str, *, public: bool = False) -> Iterator[Row]:
    """Give a record as the rows of a list have it; with `public` nothing, if it may not be published."""
    match noun:
        case "agreement":
            from mou_cli.views.agreement import find_agreements
            from mou_cli.views.agreement_filter import AgreementFilter

            return find_agreements(reader, AgreementFilter(key=key, public=public), call.today)
        case "institution":
            from mou_cli.views.institution import InstitutionFilter, find_institutions

            return find_institutions(reader, InstitutionFilter(key=key, public=public))
        case "event":
            from mou_cli.views.event import EventFilter, find_events

            return find_events(reader, EventFilter(key=key, public=public))
        case "task":
            from mou_cli.views.task import TaskFilter, find_tasks

            return find_tasks(reader, TaskFilter(key=key), call.today)
        case _:
            from mou_cli.views.plan import PlanFilter, find_plans

            return find_plans(reader, PlanFilter(key=key))


def show_whole(call: Invocation, reader: Reader, noun: str, key: str) -> None:
    """Show a record whole, or with --public what may be published of it. Raises NotFound where nothing may."""
    if call.said.get("public"):
        from mou_cli.commands.publish import show_published

        show_published(call, reader, noun, key)
    else:
        show_record(call, noun, get_record(call, reader, noun, key))


def show_record(call: Invocation, noun: str, row: Row) -> None:
    """Show a record that `get_record` has given; below the page of a plan stand its tasks."""
    call.show_row(row, noun)
    if noun == "plan" and call.shown_form in _PAGES and row["task_rows"]:
        call.stream.write("\n")
        columns = ("number", "task", "executors", "timing", "deadline", "status")
        call.show_rows(row["task_rows"], "task", default=columns)
