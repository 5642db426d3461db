"""The fields of a plan, and of the tasks under it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.fields.collection import Row, Strings, Values
from mou_cli.fields.kind import Code, Day, Key, Kind, Number, Reading, Reference, Unreadable
from mou_cli.fields.shape import Document, Field, Shape
from mou_cli.fields.source import SOURCE
from mou_cli.fields.text import LINE, Text, Texts
from mou_cli.rules.complaint import coded
from mou_cli.rules.fold import fold
from mou_cli.rules.strategy import clean_code, code_sort_key, is_strategy_code
from mou_cli.rules.timing import read_timing
from mou_cli.vocabulary import PLAN_STATUSES, TASK_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.fields.node import Mark

_PLANNED = "planned"


class TaskNumber(Kind):
    """The number of a task in its plan, such as 5.1."""

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str:
        number = text.strip().rstrip(".")
        if not re.fullmatch(r"\w[\w.-]{0,19}", number):
            raise Unreadable(Sentence("{text!r} is not a task number such as 5.1", text=text), mark)
        return number


class StrategyCode(Kind):
    """A dotted code of a strategy document."""

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str:
        code = clean_code(text)
        if not is_strategy_code(code):
            raise Unreadable(Sentence("{text!r} is not a strategy code such as 2.3.1", text=text), mark)
        return code


def _plan_contradictions(document: Document) -> Iterator[tuple[str, str]]:
    if "closed" in document and document.get("status") != "closed":
        yield (
            "closed",
            Sentence("a plan that is open has no day on which it was closed; a closed one has status: closed"),
        )


PLAN = Shape(
    noun="plan",
    section="plans",
    table="plan",
    fields=(
        Field("key", Key(), required=True),
        Field("title", Texts(LINE)),
        Field("year", Number(1000, 2999), required=True),
        Field("owner", Reference(noun="institution"), required=True),
        Field("unit", Text()),
        Field("language", Text(35)),
        Field("responsible", Text()),
        Field("status", Code(codes=PLAN_STATUSES, unsaid="open")),
        Field("closed", Day()),
        Field("note", Texts()),
        SOURCE,
    ),
    contradictions=_plan_contradictions,
)


def task_key(plan: str, number: str) -> str:
    """Give the key of a task: its plan's key and its number."""
    return f"{plan}/{number}"


def _contradictions(document: Document) -> Iterator[tuple[str, str]]:
    status = document.get("status", _PLANNED)
    if "done" in document and status != "done":
        yield (
            "done",
            Sentence(
                "a task that is {status} has no day on which it was done; one that was has status: done",
                status=coded(status, TASK_STATUSES),
            ),
        )


def _derive(document: Document) -> Row:
    timing = read_timing(document.get("timing", ""), document["year"])
    days = {"due_from": timing.first, "due_to": timing.last, "deadline": timing.deadline}
    return {
        "number_sort": code_sort_key(document["number"]),
        "due_kind": str(timing.kind),
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }


TASK = Shape(
    noun="task",
    section="tasks",
    table="task",
    fields=(
        Field("key", Key(), required=True, written=False),
        Field("plan", Reference(noun="plan"), required=True, written=False),
        Field("year", Number(1000, 2999), required=True, written=False),
        Field("number", TaskNumber(), required=True),
        Field("section", Texts()),
        Field("direction", Texts()),
        Field("task", Texts(), column="text", required=True),
        Field("ways", Strings(Texts())),
        Field(
            "executors",
            Values(
                table="task_executor",
                owner="task",
                column="name",
                item=Text(),
                derive=lambda name: {"folded": fold(name)},
            ),
        ),
        Field("timing", Text()),
        Field("strategy", Values(table="task_strategy", owner="task", column="code", item=StrategyCode())),
        Field("expected_result", Texts()),
        Field("status", Code(codes=TASK_STATUSES, unsaid=_PLANNED)),
        Field("percent", Number(0, 100)),
        Field("done", Day()),
        Field("actual_result", Texts()),
        Field(
            "agreements",
            Values(table="task_agreement", owner="task", column="agreement", item=Reference(noun="agreement")),
        ),
        Field(
            "partners",
            Values(table="task_partner", owner="task", column="institution", item=Reference(noun="institution")),
        ),
        Field("note", Texts()),
        SOURCE,
    ),
    contradictions=_contradictions,
    derive=_derive,
)
