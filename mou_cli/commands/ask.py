"""When to ask for what was not said, and the way from answers to a record."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING

from mou_cli.asking.line import can_ask
from mou_cli.commands.option import option
from mou_cli.errors import MouError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from mou_cli.asking.question import Question
    from mou_cli.commands.inquiry import Inquiry
    from mou_cli.commands.invocation import Invocation
    from mou_cli.commands.record import Body
    from mou_cli.commands.said import FieldOption
    from mou_cli.fields.shape import Document
    from mou_cli.records.change import Change
    from mou_cli.store.reader import Reader, Row

ASK = option("--ask -i", "Ask for what is not said, one thing at a time.", switch=True)


def is_asking(call: Invocation, *, enough: bool) -> bool:
    """Say whether to ask: where it was wished for, or on a terminal where not enough was said.

    Raises UsageError where nobody can be asked, or a file says the record.
    """
    if not call.said.get("ask"):
        return not enough and "from" not in call.said and can_ask()
    if "from" in call.said:
        raise UsageError("--ask and --from do not go together", "leave one of them out")
    if not can_ask():
        raise UsageError("nobody can be asked: --ask needs a terminal", "say the options instead")
    return True


@contextmanager
def open_inquiry(call: Invocation, noun: str, options: tuple[FieldOption, ...]) -> Iterator[Inquiry]:
    """Begin to ask for a record. The register is opened for each look at it, so that it is not locked meanwhile."""
    from mou_cli.asking.conversation import Conversation
    from mou_cli.asking.line import open_prompt
    from mou_cli.commands.inquiry import Inquiry
    from mou_cli.output.questionnaire import Questionnaire
    from mou_cli.output.screen import screen_of

    screen = screen_of(sys.stderr)
    sheet = Questionnaire(screen, sys.stderr, call.asking_language)
    conversation = Conversation(open_prompt(colour=screen.colour), sheet, call.asking_language)
    with ExitStack() as stack:
        look: Callable[[], AbstractContextManager[Reader]] = call.reader
        if not call.has_register:
            nothing = stack.enter_context(call.rehearsal()).reader
            look = lambda: nullcontext(nothing)  # noqa: E731 - it stands for `call.reader`
        yield Inquiry(call, noun, options, look, conversation)


def record_answers(
    inquiry: Inquiry,
    questions: Sequence[Question],
    action: str,
    body: Body,
    derive: Callable[[Document], Sequence[tuple[str, str]]],
) -> tuple[Change, Row]:
    """Ask the questions, show what would be recorded and what `derive` makes of it, and record it.

    Where that fails nothing is lost: it can be tried again, changed, or kept in a file, which raises what had failed.
    """
    conversation, call = inquiry.conversation, inquiry.call
    inquiry.take_said(questions)
    failed: MouError | None = None
    rehearsed: list[Change] = []

    def rehearse() -> Sequence[tuple[str, str]]:
        inquiry.say(questions)
        with inquiry.telling(), call.rehearsal() as rehearsal:
            change, _row = body(rehearsal)
        rehearsed[:] = [*call.on_the_way, change]
        return derive(change.after or {})

    while True:
        if not conversation.review(questions, rehearse, may_keep=failed is not None) and failed is not None:
            from mou_cli.commands.keep import keep_answers

            keep_answers(conversation, rehearsed)
            raise failed
        inquiry.say(questions)
        try:
            with inquiry.telling():
                return call.record(action, body)
        except MouError as error:
            failed = error
            conversation.sheet.refuse(error)
