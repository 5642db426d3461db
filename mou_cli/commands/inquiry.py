"""Asking for one record: its questions are its options, and what is answered is read as an option is."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from mou_cli.asking.question import Answer, Question, picked
from mou_cli.asking.suggestion import Suggestion
from mou_cli.catalogue import Sentence
from mou_cli.commands.said import Names, Said, read_options
from mou_cli.commands.situation import situation_of
from mou_cli.errors import MouError, UsageError
from mou_cli.fields.collection import Values as Listed
from mou_cli.fields.kind import Code, Country, Day, Span
from mou_cli.fields.nouns import SHAPES
from mou_cli.output.kind import value_in_words
from mou_cli.output.nouns import field_label
from mou_cli.records.change import Change
from mou_cli.rules.country import country_codes, country_name
from mou_cli.rules.naming import make_key
from mou_cli.views.name import find_names
from mou_cli.views.value import find_values

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from contextlib import AbstractContextManager

    from mou_cli.asking.conversation import Conversation
    from mou_cli.asking.question import Says
    from mou_cli.commands.invocation import Invocation
    from mou_cli.commands.option import Values
    from mou_cli.commands.said import FieldOption
    from mou_cli.fields.kind import Kind
    from mou_cli.fields.shape import Document
    from mou_cli.store.reader import Reader
    from mou_cli.vocabulary import CodeList


class Inquiry:
    """Asks for a record of one noun. `base` is what was said by options before anything was asked."""

    def __init__(
        self,
        call: Invocation,
        noun: str,
        options: tuple[FieldOption, ...],
        look: Callable[[], AbstractContextManager[Reader]],
        conversation: Conversation,
    ) -> None:
        self.call = call
        self.shape = SHAPES[noun]
        self.conversation = conversation
        self.language = conversation.language
        self.base: Values = dict(call.said)
        self._options = options
        self._open = look
        self._is_aside = False
        self._known: dict[str, Suggestion] | None = None

    def about(self, noun: str, options: tuple[FieldOption, ...]) -> Inquiry:
        """Give the inquiry about a record of another noun, in the same conversation."""
        aside = Inquiry(self.call, noun, options, self._open, self.conversation)
        aside._is_aside = True
        aside.base = {}
        return aside

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Raise an error of the database as the situation that it is, so that it can be told and answered."""
        try:
            yield
        except MouError:
            raise
        except Exception as error:
            situation = situation_of(error)
            if situation is None:
                raise
            raise situation from error

    @contextmanager
    def look(self) -> Iterator[Reader]:
        """Open the register for one look at it."""
        with self.telling(), self._open() as reader:
            yield reader

    def read(self, values: Values) -> Document:
        """Read values of options as if they had been said. Raises what is wrong with them."""
        # What is new would be recorded before what mentions it.
        new = self.call.newcomers if self.shape.noun != "institution" else ()
        planned = [Change("institution", make_key(name), None, {"name": name}) for name in new]
        said = Said()
        with self.look() as reader:
            read_options(said, Names(reader, planned), self.shape, self._options, values, self.call.today)
        return said.document

    def so_far(self, without: str = "") -> Document:
        """Give what is said so far, by options and answers, of fields that mention nothing else."""
        if self._is_aside:
            return {}
        plain = {row.option.name for row in self._options if row.find is None and row.build is None}
        values = {name: value for name, value in self.base.items() if name in plain}
        for question, answers in self.conversation.answers.items():
            for answer in answers:
                says = {name: value for name, value in answer.says.items() if name in plain}
                values |= says if question != without else {}
        return self.read(values)

    def check(self, said: Document, without: str) -> None:
        """Raise UsageError where what is said now contradicts what was said before."""
        whole = {"key": "", **self.so_far(without), **said}
        for field, message in self.shape.contradictions(whole):
            if field in said:
                raise UsageError(message)

    def take_said(self, questions: Sequence[Question]) -> None:
        """Take what was said by options for answers, so that it is not asked, but shown and to be changed."""
        self.read({row.option.name: self.base[row.option.name] for row in self._options if self._is_said(row)})
        for question in questions:
            texts = [text for name in question.options if name in self.base for text in _texts(self.base[name])]
            if question.commas and texts:
                texts = [", ".join(texts)]
            if texts:
                self.conversation.answers[question.name] = tuple(
                    self.conversation.understand(question, text) for text in texts
                )

    def _is_said(self, row: FieldOption) -> bool:
        return row.option.name in self.base and row.build is None

    def say(self, questions: Sequence[Question]) -> None:
        """Make what was answered what was said."""
        asked = {name for question in questions for name in question.options}
        self.call.on_the_way.clear()
        self.call.said.clear()
        self.call.said.update({name: value for name, value in self.base.items() if name not in asked})
        self.call.said.update(self.conversation.says(questions))

    def others(self, document: Document, asked: Collection[str]) -> list[tuple[str, str]]:
        """Give what a record has beside what was asked."""
        return [
            (
                field_label(self.shape.noun, field.name, self.language),
                value_in_words(field.kind, document[field.name], self.language),
            )
            for field in self.shape.fields
            if field.name in document and field.name not in asked
        ]

    def field(self, name: str, label: str, **more: Any) -> Question:
        """Give the question for a field that has an option; what else there is to it, as Question has it."""
        row = next(row for row in self._options if row.field == name)
        kind = self.shape.by_name[name].kind
        codes = _codes(kind)
        many = row.option.many and "more" not in more
        if codes is not None:
            more = {"choices": tuple(codes.label(code, self.language) for code in codes.codes)} | more
            more.setdefault("suggest", lambda: self._labels(codes))
        if isinstance(kind, Country):
            more.setdefault("suggest", self.countries)
        more.setdefault("commas", many)
        return Question(name, label, partial(self._read_field, row, kind, many), (row.option.name,), **more)

    def _read_field(self, row: FieldOption, kind: Kind, many: bool, conversation: Conversation, text: str) -> Answer:
        codes = _codes(kind)
        items = [part.strip() for part in text.split(",") if part.strip()] if many else [text]
        items = [_picked(codes, item) if codes else item for item in items]
        says: Says = {row.option.name: items if row.option.many else items[0]} if items else {}
        document = self.read(says)
        self.check(document, row.field)
        if codes and document.get(row.field):
            # What follows goes by the code, however it was written.
            says[row.option.name] = document[row.field]
        shown = value_in_words(kind, document.get(row.field), conversation.language) if items else ""
        is_obvious = shown == text and not isinstance(kind, (Day, Span))
        return Answer(text, shown, says, obvious=is_obvious)

    def _labels(self, codes: CodeList) -> Sequence[Suggestion]:
        return [Suggestion(codes.label(code, self.language), (code, *codes.names[code]), code) for code in codes.codes]

    def countries(self) -> Sequence[Suggestion]:
        """Give the countries in the language of the conversation."""
        return [
            Suggestion(country_name(code, self.language), (country_name(code, "en"), country_name(code, "az"), code))
            for code in country_codes()
        ]

    def used(self, what: str) -> Sequence[Suggestion]:
        """Give the values that the register has met of a thing."""
        with self.look() as reader:
            return [Suggestion(value) for value in find_values(reader, what)]

    @property
    def institutions(self) -> dict[str, Suggestion]:
        """The institutions by their keys, each with all its names."""
        if self._known is None:
            names: dict[str, list[str]] = {}
            rows = {}
            with self.look() as reader:
                for row in find_names(reader):
                    names.setdefault(row["key"], []).append(row["text"])
                    rows[row["key"]] = row
            labels = Counter(row["label"] for row in rows.values())
            self._known = {
                key: Suggestion(
                    row["label"] if labels[row["label"]] == 1 else key,
                    tuple(names[key][1:]),
                    row["territory"] or country_name(row["country"] or "", self.language),
                    row["label"],
                )
                for key, row in rows.items()
            }
        return self._known

    def named(self, key: str) -> str:
        """Give an institution's name and country."""
        known = self.institutions.get(key)
        if known is None:
            return key
        return f"{known.label}, {known.detail}" if known.detail else known.label


def _codes(kind: Kind) -> CodeList | None:
    if isinstance(kind, Listed):
        kind = kind.item
    return kind.codes if isinstance(kind, Code) else None


def _picked(codes: CodeList, text: str) -> str:
    """Give the code of a number in the list; anything else as it is."""
    if not text.isdecimal():
        return text
    code = picked(text, codes.codes)
    if code is None:
        raise UsageError(Sentence("write a number from 1 to {last}, or a word", last=len(codes.codes)))
    return code


def _texts(value: Any) -> list[str]:
    return value if isinstance(value, list) else [str(value)]
