"""How a question was understood, told to people: below a table, and where nothing is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol

from mou_cli.catalogue import digits, translate
from mou_cli.commands.publish import published
from mou_cli.errors import UsageError
from mou_cli.output.number import counted, first_of, none_found
from mou_cli.rules.command import command
from mou_cli.settings import find_setting

if TYPE_CHECKING:
    from mou_cli.commands.invocation import Invocation
    from mou_cli.output.understood.part import Part
    from mou_cli.store.reader import Reader, Row

_RECORDED: Final = {"institution", "event", "plan", "task", "document"}
_BY_NAME: Final = {"agreement", "institution", "match"}
_LONGEST_NAME: Final = 200  # letters; what is longer is no name that was misspelled
# A sort is called as its column, but for this one.
_COLUMN_OF_SORT: Final = {"notice": "notice_by"}


class Told(Protocol):
    """What people are told beside the rows of an answer."""

    def footer(self, shown: int) -> str:
        """Give the line below a table."""
        ...

    def nothing(self) -> str:
        """Give what is said where nothing is shown."""
        ...


@dataclass(frozen=True)
class Understood:
    """A question about the records of a noun.

    `wanted` is the filter as it was understood, `everything` the one that narrows nothing; `count` says how many
    records a filter finds. `limit` is None where it was not said. With `on_day` the answer depends on the day asked.
    What a first page is of is counted no further than `most`, where that is said.
    """

    call: Invocation
    reader: Reader
    noun: str
    wanted: Any
    everything: Any
    count: Callable[..., int]
    limit: int | None = None
    on_day: bool = False
    most: int | None = None

    def answer(self, find: Callable[[], Iterable[Row]], default: Sequence[str] | None = None) -> None:
        """Show the records that `find` finds, or with --count only how many there are."""
        if self.call.said.get("count"):
            self.call.show_count(self.count(self.wanted))
        else:
            rows, columns = published(self.call, find(), self.noun)
            self.call.show_rows(rows, self.noun, default, self, columns=columns)

    def footer(self, shown: int) -> str:
        """Give the line below a table: how many records there are, and how the question was understood."""
        language, number, most = self.call.language, shown, self.most
        if shown == self.limit:
            number = self.count(self.wanted) if most is None else self.count(self.wanted, most=most + 1)
        told = counted(self.noun, shown, language)
        if number > shown:
            is_more = most is not None and number > most
            told = first_of(shown, self.noun, number, language, most=most if is_more else None)
        return ", ".join((told, *self.understood()))

    def understood(self) -> Iterator[str]:
        """Give how each part of the question was understood."""
        yield from (part.words for part in self._parts if not part.implied)
        yield from self._circumstances()

    def nothing(self) -> str:
        """Give what is said where nothing is shown: how the question was understood, and what would widen it."""
        language = self.call.language
        if self.limit == 0:
            return self.footer(0)
        number = self.count(self.everything)
        if not number:
            begin = translate("none is recorded yet; begin with {commands}", language, commands=self._beginning())
            return f"{none_found(self.noun, language)}: {begin}"
        words = ", ".join((*(part.words for part in self._parts), *self._circumstances()))
        told = [none_found(self.noun, language) + (f": {words}" if words else "")]
        wider = [*self._near(), *self._wider()]
        if not wider and self.noun != "match":
            wider = [translate("{all} in all", language, all=counted(self.noun, number, language))]
        return "; ".join(told + wider)

    def _beginning(self) -> str:
        """Give the commands that record the first; examples have no place among somebody's own records."""
        from mou_cli.output.understood.part import either
        from mou_cli.views.institution import InstitutionFilter, count_institutions
        from mou_cli.views.plan import PlanFilter, count_plans

        needs_plan = self.noun == "task" and not count_plans(self.reader, PlanFilter())
        noun = self.noun if self.noun in _RECORDED else "agreement"
        begin = f"`{command('plan' if needs_plan else noun, 'add')}`"
        is_empty = not count_institutions(self.reader, InstitutionFilter())
        return either(("`mou import --examples`", begin) if is_empty else (begin,), self.call.language)

    @cached_property
    def _parts(self) -> list[Part]:
        from mou_cli.output.understood.nouns import PARTS

        return list(PARTS[self.noun](self.reader, self.wanted, self.call.language))

    def _circumstances(self) -> Iterator[str]:
        language, sort = self.call.language, self.call.said.get("sort")
        if sort:
            yield self._sorted(sort)
        if self.on_day and _is_other_day(self.call):
            from mou_cli.rules.wording import long_day

            yield translate("as of {day}", language, day=long_day(self.call.today, language))

    def _sorted(self, sort: str) -> str:
        from mou_cli.output.nouns import COLUMNS, tidy

        language, name = self.call.language, sort.removeprefix("-")
        heading = COLUMNS[self.noun][tidy(_COLUMN_OF_SORT.get(name, name))].label(language)
        if sort == name:
            return translate("sorted by {heading}", language, heading=heading)
        return translate("sorted by {heading}, the other way round", language, heading=heading)

    def _near(self) -> Iterator[str]:
        """Give the names that are spelled like the words that find nothing."""
        if self.noun not in _BY_NAME:
            return
        words = self.wanted if self.noun == "match" else self.wanted.words
        if words and len(words) <= _LONGEST_NAME:
            from mou_cli.output.understood.part import either
            from mou_cli.views.choice import near_institutions

            if near := near_institutions(self.reader, words):
                names = either(near, self.call.language)
                yield translate("did you mean {names}?", self.call.language, names=names)

    def _wider(self) -> Iterator[str]:
        """Give how many there would be without one of the filters, where there would be any."""
        for part in self._parts:
            option = self._said(part)
            if not (option or part.implied) or not part.fields:
                continue
            wider = replace(self.wanted, **{name: getattr(self.everything, name) for name in part.fields})
            if number := self.count(wider):
                yield self._without(option, number) if option else self._in_closed_plans(number)

    def _in_closed_plans(self, number: int) -> str:
        return translate(
            "{number} in closed plans (say --year or --plan)",
            self.call.language,
            number=digits(number, self.call.language),
        )

    def _without(self, option: str, number: int) -> str:
        language = self.call.language
        if number == 1:
            return translate("without {option} there is one", language, option=option)
        found = digits(number, language)
        return translate("without {option} there are {number}", language, option=option, number=found)

    def _said(self, part: Part) -> str:
        """Give how a part was said: its option, or that it was by words alone."""
        if "words" in part.options:
            return translate("the words", self.call.language)
        flags = [name for name in part.options if name in self.call.said]
        return part.flag if flags and part.flag else " ".join(f"--{name.replace('_', '-')}" for name in flags)


def _is_other_day(call: Invocation) -> bool:
    """Say whether --as-of asks for another day than it would be without it."""
    if "as_of" not in call.globals:
        return False
    try:
        return call.today != call.read_today(find_setting("today"))
    except UsageError:  # MOU_TODAY cannot be read, which is no fault where --as-of is said
        return True
