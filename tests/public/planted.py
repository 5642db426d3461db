"""Records with a mark of its own in every field: whatever is shown can be traced to the field it came from."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from mou_cli.fields.agreement import ReferenceNumber
from mou_cli.fields.collection import Dictionary, Group, Identifiers, Items, Links, Strings, Values
from mou_cli.fields.kind import Checksum, Code, Country, Day, Flag, Key, Notice, Number, Reference, Span
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.plan import StrategyCode, TaskNumber
from mou_cli.fields.text import Text, Texts

if TYPE_CHECKING:
    from mou_cli.fields.kind import Kind
    from mou_cli.fields.shape import Field

_FIRST = date(2100, 1, 1)


class Planted:
    """Plants records of every noun. `marks` has the place of every mark: `agreement.contacts.email`.

    What cannot carry a mark, a code or a small number, is given and not looked for.
    """

    def __init__(self, name: str, first: int) -> None:
        self.name = name
        self.marks: dict[str, str] = {}
        self._numbers = count(first)
        self.keys = {noun: f"{name}-{noun}" for noun in SHAPES}

    def record(self, noun: str, **instead: Any) -> dict[str, Any]:
        """Give a record with something in every field; `instead` says what stands in some of them."""
        fields = [field for field in SHAPES[noun].fields if field.written]
        return {f.name: self._value(f, f"{noun}.{f.name}") for f in fields if f.name not in instead} | instead

    def _mark(self, place: str, mark: str) -> str:
        self.marks[mark] = place
        return mark

    def _text(self, place: str) -> str:
        return self._mark(place, f"zq{self.name}{next(self._numbers)}qz")

    def _value(self, field: Field, place: str) -> Any:
        match field.kind:
            case Links():
                return []
            case Items():
                return [{f.name: self._value(f, f"{place}.{f.name}") for f in field.kind.fields}]
            case Group():
                return {f.name: self._value(f, f"{place}.{f.name}") for f in field.kind.fields}
            case Strings() | Values():
                return [self._single(field.kind.item, place)]
            case Identifiers() | Dictionary():
                value = (
                    self._single(field.kind.value, place) if isinstance(field.kind, Dictionary) else self._text(place)
                )
                return {self._text(f"{place}.*"): value}
        return self._single(field.kind, place)

    def _single(self, kind: Kind, place: str) -> Any:
        if isinstance(kind, Text):
            return self._text(place)[: kind.longest]
        if isinstance(kind, Texts):
            return {"en": self._text(place), "az": self._text(place)}
        if isinstance(kind, Number):
            return self._number(kind, place)
        if isinstance(kind, Reference):
            return self.keys[kind.noun]
        if isinstance(kind, (Code, Flag, Country)):
            return kind.codes.codes[0] if isinstance(kind, Code) else "NO" if isinstance(kind, Country) else True
        return self._mark(place, self._written(kind, place))

    def _number(self, kind: Number, place: str) -> int:
        number = next(self._numbers)
        if kind.most > 10**6:
            return int(self._mark(place, str(7_000_000 + number)))
        return kind.least + number % min(kind.most - kind.least + 1, 90)

    def _written(self, kind: Kind, place: str) -> str:
        number, noun = next(self._numbers), place.partition(".")[0]
        ways: dict[type[Kind], str] = {
            Key: self.keys[noun],
            ReferenceNumber: f"2099-{5000 + number}",
            Day: (_FIRST + timedelta(number)).isoformat(),
            Span: f"{500 + number}d",
            Notice: f"{500 + number}d",
            Checksum: f"{number:064x}",
            StrategyCode: f"77.{number}",
            TaskNumber: f"77.{number}",
        }
        assert type(kind) in ways, f"{place}: a {type(kind).__name__} is not planted yet"
        return ways[type(kind)]
