"""`mou plan`: plans of units, and what is due in them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.catalogue import translate_number
from mou_cli.commands import task
from mou_cli.commands.app import make_group
from mou_cli.commands.due import DUE, show_due
from mou_cli.commands.invocation import DRY_RUN, SHOWN, Invocation
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.order import COUNT, LIMIT, read_limit, read_sort, sort_option
from mou_cli.commands.record import (
    BASED_ON,
    YES,
    add_one,
    answer,
    answered,
    check_basis,
    declare_one,
    edit_one,
    remove_one,
)
from mou_cli.commands.said import FROM, FieldOption, Names, Said, read_typed
from mou_cli.commands.understood import Understood
from mou_cli.commands.whole import get_record, show_record
from mou_cli.errors import Conflict, UsageError
from mou_cli.output.message import say
from mou_cli.views.choice import choose_institution, choose_record
from mou_cli.views.plan import SORTS, PlanFilter, count_plans, find_plans
from mou_cli.views.task import OPEN_STATUSES, TaskFilter, count_tasks, find_tasks
from mou_cli.vocabulary import PLAN_STATUSES

if TYPE_CHECKING:
    from mou_cli.records.change import Change
    from mou_cli.register import Register
    from mou_cli.store.reader import Row

app = make_group()
app.add_typer(task.app, name="task", help="Tasks of a plan: show, add, edit, remove.")
PLAN_ARGUMENT = Annotated[str, typer.Argument(metavar="PLAN", help="Key, or words of its title.")]
FIELDS = (
    FieldOption(option("--title", "Title."), "title"),
    FieldOption(option("--year", "Year.", metavar="YEAR"), "year"),
    FieldOption(
        option("--owner", "Whose plan it is, by any name.", metavar="NAME", complete=Named.INSTITUTION),
        "owner",
        find=Names.institution,
    ),
    FieldOption(option("--unit", "Unit whose plan it is."), "unit"),
    FieldOption(option("--language", "Language it is written in, such as az.", metavar="CODE"), "language"),
    FieldOption(option("--responsible", "Person in charge."), "responsible"),
    FieldOption(option("--status", "open or closed.", metavar="STATUS", complete=PLAN_STATUSES), "status"),
    FieldOption(option("--note", "Note."), "note"),
)
_OPTIONS = [row.option for row in FIELDS]
_FILTERS = (
    option("--year", "Year.", metavar="YEAR"),
    option("--owner", "Whose plan it is, by any name.", metavar="NAME", complete=Named.INSTITUTION),
    option("--open/--closed", "Only open ones, or only closed ones.", switch=True),
    sort_option(SORTS),
)


@app.command("list", cls=taking(_FILTERS, (LIMIT, COUNT), SHOWN, noun="plan"))
def list_plans(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words that the plan has.")] = None,
) -> None:
    """List plans."""
    call = Invocation.of(context)
    sort, limit = read_sort(call.said, SORTS) or "year", read_limit(call.said)
    with call.reader() as reader:
        wanted = PlanFilter(
            year=task.read_year(call.said),
            owner=choose_institution(reader, call.said["owner"]) if "owner" in call.said else None,
            open=call.said.get("open"),
            words=" ".join(words) if words else None,
        )
        question = Understood(call, reader, "plan", wanted, PlanFilter(), partial(count_plans, reader), limit)
        question.answer(lambda: find_plans(reader, wanted, sort, limit))


@app.command("show", cls=taking(SHOWN, argument=Named.PLAN, noun="task"))
def show(context: typer.Context, plan: PLAN_ARGUMENT) -> None:
    """Show a plan and its tasks in their order. In JSON it is one object with `task_rows`."""
    call = Invocation.of(context)
    with call.reader() as reader:
        key = choose_record(reader, "plan", plan)
        if call.said.get("output") or not call.shows_whole:
            call.show_rows(find_tasks(reader, TaskFilter(plan=key), call.today, "number"), "task")
        else:
            show_record(call, "plan", get_record(call, reader, "plan", key))


@app.command("due", cls=taking(DUE, (LIMIT, COUNT), SHOWN, noun="task"))
def due(context: typer.Context) -> None:
    """List the tasks that are due.

    By default that is what is overdue, and what falls due in the next 30 days. Due means that the deadline falls in the
    time asked for; recurring tasks have none. Without --year the tasks of every open plan count. A month and a year
    also show what was done, and what came of it.
    """
    show_due(Invocation.of(context))


@app.command("done", cls=taking(task.DONE, (BASED_ON, DRY_RUN), argument=Named.TASK))
def done(
    context: typer.Context, number: Annotated[str, typer.Argument(help="Number of the task, such as 5.1.")]
) -> None:
    """Record that a task was done, and what came of it."""
    task.finish(Invocation.of(context), number)


@app.command("close", cls=taking((BASED_ON, DRY_RUN), argument=Named.PLAN))
def close(context: typer.Context, plan: PLAN_ARGUMENT) -> None:
    """Close a plan. Its tasks are no longer due or overdue."""
    from mou_cli.fields.shape import Patch

    call = Invocation.of(context)

    def body(register: Register) -> tuple[Change, Row, int]:
        key = choose_record(register.reader, "plan", plan)
        if register.get("plan", key).get("status") == "closed":
            raise Conflict(f"plan {key} is closed already")
        fields = {"status": "closed", "closed": call.today.isoformat()}
        check_basis(call, register.reader, "plan", key, fields)
        change = declare_one(register, Patch("plan", key, fields))
        left = count_tasks(register.reader, TaskFilter(plan=key, statuses=OPEN_STATUSES), call.today)
        return change, answered(call, register, "plan", key), left

    change, row, left = call.change("close plan", body)
    if left:
        say(
            translate_number(
                "{number} of its tasks is neither done nor dropped",
                "{number} of its tasks are neither done nor dropped",
                left,
                call.asking_language,
            )
        )
    answer(call, change, row, change.key)


@app.command("add", cls=taking(_OPTIONS, (FROM, DRY_RUN)))
def add(
    context: typer.Context, key: Annotated[str | None, typer.Argument(help="Key, such as mdu-2025.")] = None
) -> None:
    """Record a plan. Its tasks are added by `mou plan task add`. Prints its key."""
    add_one(Invocation.of(context), "plan", FIELDS, lambda _register, said: _choose_key(key, said))


def _choose_key(key: str | None, said: Said) -> str:
    from mou_cli.fields.kind import Key

    chosen = said.document.get("key") if key is None else read_typed(Key(), key)
    if chosen is None:
        raise UsageError("a plan needs a key", "mou plan add KEY, such as mdu-2025")
    return str(chosen)


@app.command("edit", cls=taking(_OPTIONS, (FROM, BASED_ON, DRY_RUN), argument=Named.PLAN))
def edit(context: typer.Context, plan: PLAN_ARGUMENT) -> None:
    """Change a plan. What is said replaces what was recorded, an empty value clears it.

    Without options, on a terminal, it is opened in your editor.
    """
    call = Invocation.of(context)
    edit_one(
        call,
        "plan",
        FIELDS,
        lambda reader: choose_record(reader, "plan", plan),
        lambda _register, _key, said: _date_status(call, said),
    )


def _date_status(call: Invocation, said: Said) -> None:
    """Keep the day a plan was closed with its being closed."""
    if "status" in said.document:
        if said.document["status"] == "closed":
            said.document.setdefault("closed", call.today.isoformat())
        else:
            said.document["closed"] = None


@app.command("remove", cls=taking((YES, BASED_ON, DRY_RUN), argument=Named.PLAN))
def remove(context: typer.Context, plan: PLAN_ARGUMENT) -> None:
    """Remove a plan with all its tasks."""
    remove_one(Invocation.of(context), "plan", lambda reader: choose_record(reader, "plan", plan))
