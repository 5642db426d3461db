"""Asking for a task of a plan."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from mou_cli.asking.question import Answer, Question, picked
from mou_cli.asking.suggestion import Suggestion
from mou_cli.catalogue import Sentence, translate
from mou_cli.commands.ask import open_inquiry, record_answers
from mou_cli.commands.said import read_typed
from mou_cli.commands.task import FIELDS
from mou_cli.errors import Conflict
from mou_cli.fields.plan import TaskNumber, task_key
from mou_cli.rules.timing import read_timing
from mou_cli.rules.wording import long_day
from mou_cli.views.choice import choose_record, existing
from mou_cli.views.plan import PlanFilter, find_plans
from mou_cli.views.task import TaskFilter, find_tasks
from mou_cli.vocabulary import TimingKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mou_cli.asking.conversation import Conversation
    from mou_cli.commands.inquiry import Inquiry
    from mou_cli.commands.invocation import Invocation
    from mou_cli.commands.record import Body
    from mou_cli.fields.shape import Document
    from mou_cli.records.change import Change
    from mou_cli.store.reader import Row

_MOST_PLANS = 50
_ASKED = {
    *("key", "plan", "year", "number", "task", "ways", "executors", "timing", "strategy", "expected_result"),
}


def ask_task(call: Invocation, action: str, body: Body) -> tuple[Change, Row]:
    """Ask for a task, and record it."""
    with open_inquiry(call, "task", FIELDS) as inquiry:
        with inquiry.look() as reader:
            plans = list(find_plans(reader, PlanFilter(open=True), limit=_MOST_PLANS))
        questions = _questions(inquiry, plans)

        def derive(document: Document) -> Sequence[tuple[str, str]]:
            # The only one that is open was not asked for, and may not be the one that is meant.
            only = [(translate("Plan", inquiry.language), _label(plans[0]))] if _is_only(inquiry, plans) else []
            return [*only, *inquiry.others(document, _ASKED)]

        return record_answers(inquiry, questions, action, body, derive)


def _is_only(inquiry: Inquiry, plans: list[Row]) -> bool:
    """Say whether there is only one plan that a task could go into, and another was not named."""
    return len(plans) == 1 and "plan" not in inquiry.base


def _label(plan: Row) -> str:
    return f"{plan['title'] or plan['key']}, {plan['year']}"


def _questions(inquiry: Inquiry, plans: list[Row]) -> Sequence[Question]:
    language = inquiry.language
    skip, no_more = translate("Enter: none", language), translate("Enter: no more", language)
    way, executor = translate("Way", language), translate("Executor", language)
    return (
        *(() if _is_only(inquiry, plans) else (_plan_question(inquiry, plans),)),
        _number_question(inquiry, plans),
        inquiry.field("task", translate("Task", language), required=True),
        inquiry.field("ways", way, hint=no_more, more=way),
        inquiry.field("executors", executor, hint=no_more, more=executor, suggest=partial(inquiry.used, "executor")),
        _timing_question(inquiry, plans),
        inquiry.field(
            "strategy",
            translate("Strategy", language),
            hint=translate("codes such as 2.3.1, commas between", language),
            suggest=partial(inquiry.used, "strategy code"),
        ),
        inquiry.field("expected_result", translate("Expected result", language), hint=skip),
    )


def _plan_question(inquiry: Inquiry, plans: list[Row]) -> Question:
    labels = {row["key"]: _label(row) for row in plans}

    def read(conversation: Conversation, text: str) -> Answer:
        text = picked(text, list(labels)) or text
        with inquiry.look() as reader:
            key = choose_record(reader, "plan", text)
        conversation.offered.setdefault("number", (_next_number(inquiry, key),))
        return Answer(text, labels.get(key, key), {"plan": key})

    return Question(
        "plan",
        translate("Plan", inquiry.language),
        read,
        ("plan",),
        choices=tuple(labels.values()),
        suggest=lambda: [Suggestion(key, (label,), label) for key, label in labels.items()],
        required=True,
    )


def _plan(inquiry: Inquiry, plans: list[Row]) -> Row:
    """Give the plan that is meant so far."""
    said = [answer.says["plan"] for answer in inquiry.conversation.answers.get("plan", ())]
    with inquiry.look() as reader:
        return next(find_plans(reader, PlanFilter(key=said[0] if said else plans[0]["key"])))


def _number_question(inquiry: Inquiry, plans: list[Row]) -> Question:
    if _is_only(inquiry, plans):
        inquiry.conversation.offered["number"] = (_next_number(inquiry, plans[0]["key"]),)

    def read(_conversation: Conversation, text: str) -> Answer:
        number = read_typed(TaskNumber(), text)
        key = task_key(_plan(inquiry, plans)["key"], number)
        with inquiry.look() as reader:
            if existing(reader, "task", [key]):
                raise Conflict(Sentence("there is a task {key} already", key=key))
        return Answer(text, number, {"number": number}, obvious=True)

    label = translate("Number", inquiry.language)
    return Question("number", label, read, ("number",), hint="5.1", required=True)


def _next_number(inquiry: Inquiry, plan: str) -> str:
    """Give the number after the last of a plan; 1 where it has none."""
    with inquiry.look() as reader:
        tasks = list(find_tasks(reader, TaskFilter(plan=plan), inquiry.call.today, "-number", limit=1))
    last = tasks[0]["number"] if tasks else "0"
    return re.sub(r"[0-9]+(?=[^0-9]*$)", lambda found: str(int(found[0]) + 1), last)


def _timing_question(inquiry: Inquiry, plans: list[Row]) -> Question:
    option = inquiry.field("timing", translate("Timing", inquiry.language))

    def read(conversation: Conversation, text: str) -> Answer:
        answer = option.read(conversation, text)
        year = _plan(inquiry, plans)["year"]
        return Answer(text, f"{answer.shown}: {_meaning(text, year, inquiry.language)}", answer.says)

    hint = translate("in the plan's words, such as May or Q3", inquiry.language)
    return Question("timing", option.label, read, option.options, hint=hint)


def _meaning(text: str, year: int, language: str) -> str:
    timing = read_timing(text, year)
    if timing.kind is TimingKind.NONE:
        return translate("not understood, so without a deadline", language)
    if timing.deadline is None:
        return translate("regularly, without a deadline", language)
    return translate("deadline {day}", language, day=long_day(timing.deadline, language))
