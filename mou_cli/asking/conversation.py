"""A conversation: questions one after the other, then all answers to look over, until they are to be recorded."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, repeat
from typing import TYPE_CHECKING, Protocol

from mou_cli.asking.line import Asked
from mou_cli.asking.question import Answer, Question, Retyped, Says, picked
from mou_cli.catalogue import Sentence, translate
from mou_cli.errors import GivenUp, MouError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mou_cli.asking.line import Prompt

Derive = Callable[[], "Sequence[tuple[str, str]]"]


class Sheet(Protocol):
    """Where a conversation is written down for the person to see."""

    def tell(self, text: str) -> None:
        """Write a line."""

    def echo(self, text: str) -> None:
        """Write how an answer was understood."""

    def refuse(self, error: MouError) -> None:
        """Write what is wrong with an answer."""

    def choices(self, labels: Sequence[str], first: int = 1, *, stacked: bool = False) -> None:
        """Write labels with their numbers, `stacked` one below the other."""

    def answers(self, rows: Sequence[tuple[str, str]], derived: Sequence[tuple[str, str]]) -> None:
        """Write the answers with their numbers, and below them what follows from them."""


class Conversation:
    """What was asked and answered. `offered` has the texts that are put into the line of a question, by its name."""

    def __init__(self, prompt: Prompt, sheet: Sheet, language: str) -> None:
        self.prompt = prompt
        self.sheet = sheet
        self.language = language
        self.answers: dict[str, tuple[Answer, ...]] = {}
        self.offered: dict[str, tuple[str, ...]] = {}

    def ask_all(self, questions: Sequence[Question]) -> None:
        """Ask what applies and has not been asked."""
        for question in questions:
            if question.name in self.answers or not question.applies(self):
                continue
            answers = self.ask(question)
            self.answers[question.name] = answers
            if not answers:
                self._leave_out([each for each in questions if each.name in question.opens])

    def _leave_out(self, questions: Sequence[Question]) -> None:
        """Take what is offered for an answer: who skips a question does not take it back."""
        for question in questions:
            offered = self.offered.get(question.name, ())
            self.answers.setdefault(question.name, tuple(self.understand(question, text) for text in offered))

    def ask(self, question: Question) -> tuple[Answer, ...]:
        """Ask one question, or as many times as there are answers to it."""
        if question.choices:
            self.sheet.choices(question.choices)
        answers: list[Answer] = []
        for default in chain(self.offered.get(question.name, ()), repeat("")):
            answer = self._ask_once(question, default, is_first=not answers)
            if answer is not None:
                answers.append(answer)
            if not question.more or (answer is None and not default):
                break
        self.offered[question.name] = tuple(answer.typed for answer in answers)
        return tuple(answers)

    def _ask_once(self, question: Question, default: str, *, is_first: bool) -> Answer | None:
        label, hint = (question.label if is_first else question.more), question.hint
        if question.required and not is_first:
            hint = translate("a name; Enter: no more", self.language)
        while True:
            typed = self.prompt.line(Asked(label, hint, default, question.suggest, question.commas))
            default = typed
            if not typed.strip():
                if not (question.required and is_first):
                    return None
                self.sheet.refuse(UsageError(Sentence("an answer is needed")))
                continue
            try:
                answer = self.understand(question, typed.strip())
            except MouError as error:
                self.sheet.refuse(error)
            else:
                if answer.shown and not answer.obvious:
                    self.sheet.echo(answer.shown)
                return answer

    def understand(self, question: Question, text: str) -> Answer:
        """Read an answer, or what was given in its place when it was asked about."""
        while True:
            try:
                return question.read(self, text)
            except Retyped as other:
                text = other.text

    def which(self, candidates: Mapping[str, str], otherwise: str = "") -> str | None:
        """Ask which of some candidates, key to label, is meant. None is none of them, if there is an `otherwise`.

        Raises Retyped where another text is given instead.
        """
        keys = list(candidates)
        first = 0 if otherwise else 1
        labels = [otherwise, *candidates.values()] if otherwise else list(candidates.values())
        self.sheet.choices(labels, first, stacked=True)
        hint = translate("a number, or another name", self.language)
        if len(keys) == 1:
            hint = translate("Enter: 1; or a number, or another name", self.language)
        while True:
            typed = self.prompt.line(Asked(translate("Which one", self.language), hint)).strip()
            if not typed and len(keys) == 1:
                return keys[0]
            if typed == "0" and otherwise:
                return None
            if typed and not typed.isdecimal():
                raise Retyped(typed)
            if (key := picked(typed, keys)) is not None:
                return key
            self._refuse_number(first, len(keys))

    def review(self, questions: Sequence[Question], derive: Derive, *, may_keep: bool = False) -> bool:
        """Show all answers, and change them, until they are to be recorded; False where they are to be kept in a file.

        `derive` gives what follows from the answers, and raises MouError while they cannot be recorded.
        """
        while True:
            self.ask_all(questions)
            listed = [question for question in questions if question.listed and question.applies(self)]
            is_sound = self._show(listed, derive)
            hint = translate("Enter: save; a number: change it; 0: give up", self.language)
            if may_keep:
                hint = translate("Enter: try again; a number: change it; f: keep in a file; 0: give up", self.language)
            typed = self.prompt.line(Asked(translate("Save", self.language), hint)).strip()
            if not typed and is_sound:
                return True
            if typed.lower() == "f" and may_keep:
                return False
            if typed == "0":
                self.sheet.tell(translate("Given up: nothing is recorded.", self.language))
                raise GivenUp
            if (question := picked(typed, listed)) is not None:
                self.answers[question.name] = self.ask(question)
            elif typed:
                self._refuse_number(0, len(listed))

    def _show(self, listed: Sequence[Question], derive: Derive) -> bool:
        derived: Sequence[tuple[str, str]] = ()
        objection = None
        try:
            derived = derive()
        except MouError as error:
            objection = error
        shown = [(q.label, "; ".join(answer.shown for answer in self.answers.get(q.name, ()))) for q in listed]
        self.sheet.answers(shown, derived)
        if objection:
            self.sheet.refuse(objection)
        return objection is None

    def _refuse_number(self, first: int, last: int) -> None:
        self.sheet.refuse(UsageError(Sentence("write a number from {first} to {last}", first=first, last=last)))

    def says(self, questions: Sequence[Question]) -> Says:
        """Give what all answers say, by option; several answers to one question are one list."""
        said: Says = {}
        for question in questions:
            if question.applies(self):
                for answer in self.answers.get(question.name, ()):
                    for name, value in answer.says.items():
                        said[name] = said.get(name, []) + value if isinstance(value, list) else value
        return said
