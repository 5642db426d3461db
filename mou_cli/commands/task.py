"""`mou plan task`: the tasks of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.catalogue import translate
from mou_cli.commands.app import make_group
from mou_cli.commands.ask import ASK, is_asking
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.option import Named, Values, option, taking
from mou_cli.commands.record import (
    BASED_ON,
    YES,
    Record,
    add_one,
    answer,
    answered,
    check_basis,
    declare_one,
    edit_one,
    remove_one,
)
from mou_cli.commands.said import FROM, FieldOption, Names, Said, read_typed
from mou_cli.commands.whole import get_record, show_record
from mou_cli.errors import Conflict, NotFound, UsageError
from mou_cli.output.message import say
from mou_cli.rules.strategy import clean_code, is_strategy_code
from mou_cli.views.choice import choose_record
from mou_cli.views.plan import PlanFilter, find_plans
from mou_cli.views.task import TaskFilter, find_tasks
from mou_cli.vocabulary import TASK_STATUSES

if TYPE_CHECKING:
    from mou_cli.fields.shape import Document
    from mou_cli.records.change import Change
    from mou_cli.register import Register
    from mou_cli.store.reader import Reader, Row

app = make_group()
PLAN = option("--plan", "The plan, by key or words of its title.", metavar="PLAN", complete=Named.PLAN)
TASK_FILTERS = (
    PLAN,
    option("--executor", "Who carries it out: words of the name.", metavar="NAME", complete=Named.EXECUTOR),
    option("--code", "A strategy code, and what is below it by dots.", metavar="CODE", complete=Named.STRATEGY_CODE),
)
DONE = (
    PLAN,
    option("--result", "What came of it.", metavar="TEXT"),
    option("--on", "Day it was done; today, unless said.", metavar="DATE"),
)
_NUMBER = Annotated[str, typer.Argument(help="Number of the task, such as 5.1, or its key.")]
FIELDS = (
    FieldOption(option("--section", "Section it stands in."), "section"),
    FieldOption(option("--direction", "Direction it belongs to."), "direction"),
    FieldOption(option("--task", "What is to be done."), "task"),
    FieldOption(option("--way", "How it is carried out.", many=True), "ways"),
    FieldOption(
        option("--executor", "Who carries it out.", many=True, metavar="NAME", complete=Named.EXECUTOR), "executors"
    ),
    FieldOption(option("--timing", "When, in the plan's words, such as May or Q3.", metavar="TEXT"), "timing"),
    FieldOption(
        option("--strategy", "Strategy code it serves.", many=True, metavar="CODE", complete=Named.STRATEGY_CODE),
        "strategy",
    ),
    FieldOption(option("--expected-result", "What is to come of it."), "expected_result"),
    FieldOption(
        option("--status", "planned, in-progress, done or dropped.", metavar="STATUS", complete=TASK_STATUSES), "status"
    ),
    FieldOption(option("--percent", "How much of it is done.", metavar="N"), "percent"),
    FieldOption(option("--done", "Day it was done.", metavar="DATE"), "done"),
    FieldOption(option("--result", "What came of it."), "actual_result"),
    FieldOption(
        option("--agreement", "Agreement it carries out.", many=True, metavar="REF", complete=Named.AGREEMENT),
        "agreements",
        find=Names.agreement,
    ),
    FieldOption(
        option("--partner", "Institution it is done with.", many=True, metavar="NAME", complete=Named.INSTITUTION),
        "partners",
        find=Names.institution,
    ),
    FieldOption(option("--note", "Note."), "note"),
)
_OPTIONS = [row.option for row in FIELDS]


def read_year(said: Values) -> int | None:
    """Read --year. Raises UsageError."""
    text = said.get("year")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):  # noqa: PLR2004 - digits of a year
        raise UsageError(f"--year: {text!r} is no year")
    return int(text)


def choose_task_filter(call: Invocation, reader: Reader) -> TaskFilter:
    """Understand TASK_FILTERS and --year; without either a plan or a year every open plan counts."""
    said = call.said
    plan = choose_record(reader, "plan", said["plan"]) if "plan" in said else None
    code = clean_code(said["code"]) if "code" in said else None
    if code is not None and not is_strategy_code(code):
        raise UsageError(f"--code: {said['code']!r} is not a strategy code such as 2.3.1")
    year = read_year(said)
    return TaskFilter(
        plan=plan,
        executor=said.get("executor"),
        code=code,
        year=year,
        open_plans=plan is None and year is None,
    )


def choose_task(reader: Reader, call: Invocation, number: str) -> str:
    """Give the key of the task with a number, in --plan or in the open plans, or of the task with that key.

    Raises UsageError for a plan said twice, NotFound, and Conflict for a number that several open plans have.
    """
    named, _slash, number = number.strip().rpartition("/")
    if named and "plan" in call.said:
        raise UsageError("the plan is said twice", "say the number alone, or leave --plan out")
    asked = call.said.get("plan", named)
    plan = choose_record(reader, "plan", asked) if asked else None
    wanted = TaskFilter(plan=plan, number=number.rstrip("."), open_plans=plan is None)
    found: list[str] = [row["key"] for row in find_tasks(reader, wanted, call.today, "number", limit=10)]
    if len(found) == 1:
        return found[0]
    if found:
        plans = ", ".join(key.rpartition("/")[0] for key in found)
        raise Conflict(f"task {number} stands in several open plans: {plans}", "say which with --plan")
    where = f"plan {plan}" if plan else "the open plans"
    raise NotFound(f"there is no task {number} in {where}", "`mou plan show PLAN` lists the numbers")


def finish(call: Invocation, number: str) -> None:
    """Record that a task was done: the day, and what came of it."""
    from mou_cli.fields.shape import Patch
    from mou_cli.fields.text import Texts

    result = read_typed(Texts(), call.said["result"], "--result") if "result" in call.said else None
    day = call.read_day("--on", call.said["on"]).isoformat() if "on" in call.said else None

    def body(register: Register) -> tuple[Change, Row]:
        key = choose_task(register.reader, call, number)
        recorded = register.get("task", key)
        # Who adds a result later does not say that the task was done again.
        before = recorded.get("done") if recorded.get("status") == "done" else None
        said = {"status": "done", "done": day or before or call.today.isoformat(), "percent": 100}
        if "result" in call.said:
            said["actual_result"] = result
        elif "actual_result" not in recorded:
            say(translate("no result is recorded yet (say --result)", call.asking_language))
        check_basis(call, register.reader, "task", key, said)
        change = declare_one(register, Patch("task", key, said))
        return change, answered(call, register, "task", key)

    change, row = call.change("finish task", body)
    answer(call, change, row, change.key)


@app.command("show", cls=taking((PLAN,), argument=Named.TASK))
def show(context: typer.Context, number: _NUMBER) -> None:
    """Show a task whole, and the agreements that it carries out."""
    call = Invocation.of(context)
    with call.reader() as reader:
        key = choose_task(reader, call, number)
        show_record(call, "task", get_record(call, reader, "task", key))


@app.command("add", cls=taking(_OPTIONS, (PLAN, ASK, FROM, DRY_RUN)))
def add(
    context: typer.Context, number: Annotated[str | None, typer.Argument(help="Number, such as 5.1.")] = None
) -> None:
    """Add a task to a plan. Prints its key."""
    call = Invocation.of(context, number=number)
    record: Record = Invocation.record
    if is_asking(call, enough="number" in call.said):
        from mou_cli.commands.ask_task import ask_task as record
    add_one(
        call,
        "task",
        FIELDS,
        lambda register, said: _choose_key(call, register.reader, said),
        record,
    )


def _choose_key(call: Invocation, reader: Reader, said: Said) -> str:
    from mou_cli.fields.plan import TaskNumber, task_key

    plan = _choose_plan(reader, call)
    if "number" in call.said:
        said.document["number"] = read_typed(TaskNumber(), call.said["number"])
    if said.document.get("number") is None:
        raise UsageError("a task needs a number", "mou plan task add NUMBER")
    said.document |= {"plan": plan["key"], "year": plan["year"]}
    _settle_done(said, {})
    return task_key(plan["key"], said.document["number"])


def _choose_plan(reader: Reader, call: Invocation) -> Row:
    if "plan" in call.said:
        return next(find_plans(reader, PlanFilter(key=choose_record(reader, "plan", call.said["plan"]))))
    plans = list(find_plans(reader, PlanFilter(open=True), limit=2))
    if len(plans) != 1:
        raise UsageError("which plan is meant?", "say --plan PLAN; `mou plan list` shows them")
    return plans[0]


@app.command("edit", cls=taking(_OPTIONS, (PLAN, FROM, BASED_ON, DRY_RUN), argument=Named.TASK))
def edit(context: typer.Context, number: _NUMBER) -> None:
    """Change a task. What is said replaces what was recorded, an empty value clears it.

    Without options, on a terminal, it is opened in your editor.
    """
    call = Invocation.of(context)
    edit_one(
        call,
        "task",
        FIELDS,
        lambda reader: choose_task(reader, call, number),
        _adjust,
    )


def _adjust(register: Register, key: str, said: Said) -> None:
    """Keep the number, and forget the day and the full percentage of a task that is no longer done."""
    if said.document.pop("number", None) not in {None, key.rpartition("/")[2]}:
        raise UsageError("the number of a task cannot be changed", "add it under the new one and remove the old")
    recorded = register.get("task", key)
    _settle_done(said, recorded)
    if recorded.get("status") == "done" and said.document.get("status", "done") != "done":
        said.document.setdefault("done", None)
        if recorded.get("percent") == 100:  # noqa: PLR2004 - all of it
            said.document.setdefault("percent", None)


def _settle_done(said: Said, recorded: Document) -> None:
    """Take a task of which the day is said that it was done for done, if nothing else is said."""
    if said.document.get("done") is None:
        return
    if said.document.setdefault("status", "done") == "done" and recorded.get("status") != "done":
        said.document.setdefault("percent", 100)


@app.command("remove", cls=taking((PLAN, YES, BASED_ON, DRY_RUN), argument=Named.TASK))
def remove(context: typer.Context, number: _NUMBER) -> None:
    """Remove a task."""
    call = Invocation.of(context)
    remove_one(call, "task", lambda reader: choose_task(reader, call, number))
