"""Seed files with sense in them, of so few keys, references and numbers that they clash often."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mou_cli.fields.collection import Dictionary, Group, Identifiers, Items, Links, Strings, Values
from mou_cli.fields.kind import Checksum, Code, Country, Day, Flag, Kind, Notice, Number, Reference, Span
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.plan import StrategyCode
from mou_cli.fields.text import Text, Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from mou_cli.fields.shape import Field

KEYS = {
    "institution": ("h", "u", "v", "w"),
    "event": ("e", "f"),
    "agreement": ("a", "b", "c", "2025-001", "2025-2", "2025-002"),
    "plan": ("p", "q"),
    "acceptance": ("alike:u,v", "no-end:2025-001", "no-end:a", "untidy:institution/u/name"),
}
TEXTS = ("a", "b", "Ə ı", "a  b", "yes", "2024", "null", "1.10", "x" * 80, "- a: b", "Tromsø", "İ'ß")
DAYS = ("2023", "2024-05", "2024-05-01", "2024-06-30", "2025-05-10", "2026-12-31", "2025-06", "1000", "2999-12-31")
LENGTHS = ("1y", "6m", "30d", "2y6m", "90d", "100y")
TASKS = ("1", "1.1", "1.01", "01.1", "2")
# What is said of a field by its name, whatever its kind.
NAMED = {
    "ref": ("2025-001", "2025-002", "2025-2", "2025-003", "2025-010", "2024-001", "2026-001"),
    "timing": ("may", "May ayında", "I rüb", "il ərzində", "12 may 2025", "2 iyun"),
    "year": (2024, 2025, 2025),
}
# What contradicts a record in which the other is not said.
_ALONE = {"closed": "status", "done": "status", "paper": "file", "line": "document"}
_MOST, _LEFT_OUT, _CLEARED = 4, 0.02, 0.08


class Author:
    """Writes files as the dice fall."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice

    def file(self) -> str:
        """Write a file: each record on a line of its own, the sections in any order."""
        lines = ["format: mou/1"]
        if self._seldom():
            homes = self._dice.sample(KEYS["institution"], self._dice.randint(0, 2))
            lines.append(f"home: {json.dumps(homes)}")
        if self._seldom():
            lines.append(f"references: {{{self._dice.choice((2024, 2025))}: {self._dice.randint(0, 12)}}}")
        nouns = ["institution", "event", "agreement", "plan", "acceptance"]
        self._dice.shuffle(nouns)
        for noun in nouns:
            most = min(3, len(KEYS[noun]))
            keys = self._dice.sample(KEYS[noun], max(0, self._dice.randint(-2, most)))
            if keys:
                lines.append(f"{SHAPES[noun].section}:")
                lines += [f"  - {json.dumps(self.record(noun, key), ensure_ascii=False)}" for key in keys]
        return "\n".join(lines) + "\n"

    def record(self, noun: str, key: str) -> dict[str, Any]:
        """Write what a file says of a record."""
        said = {"key": key, **self._fields(SHAPES[noun].fields)}
        if noun == "agreement":
            said |= self._dice.choice(({}, {"ref": self._dice.choice(NAMED["ref"])}, {}))
            if "parties" in said:
                said["parties"] = self._dice.sample(KEYS["institution"], self._dice.choice((2, 2, 3)))
        if noun == "plan":
            numbers = self._dice.sample(TASKS, self._dice.randint(0, 3))
            said["tasks"] = [self._fields(SHAPES["task"].fields) | {"number": number} for number in numbers]
        return said

    def _seldom(self) -> bool:
        return self._dice.random() < 0.2

    def _fields(self, fields: Sequence[Field]) -> dict[str, Any]:
        """Say those fields that are required nearly always, some of the others, and clear one now and then."""
        said: dict[str, Any] = {}
        free = [field for field in fields if field.written and not field.required]
        chosen = self._dice.sample(free, min(len(free), self._dice.randint(0, _MOST)))
        for field in fields:
            if field.name not in {"key", "number"} and field.written and (field in chosen or field.required):
                fate = self._dice.random()
                if fate > (_LEFT_OUT if field.required else _CLEARED):
                    said[field.name] = self._value(field.name, field.kind)
                elif not field.required:
                    said[field.name] = None
        for without, needed in _ALONE.items():
            if without in said and needed not in said and not self._seldom():
                del said[without]
        return said

    def _value(self, name: str, kind: Kind) -> Any:
        if name in NAMED:
            return self._dice.choice(NAMED[name])
        if isinstance(kind, (Dictionary, Group, Identifiers, Items, Links, Strings, Values)):
            return self._many(kind)
        if isinstance(kind, Texts) and self._seldom():
            return {language: self._dice.choice(TEXTS) for language in ("az", "en")}
        return self._dice.choice(_SINGLE[type(kind)](kind))

    def _many(self, kind: Dictionary | Group | Identifiers | Items | Links | Strings | Values) -> Any:
        several = range(self._dice.randint(0, 3))
        match kind:
            case Group(fields=fields):
                return self._fields(fields)
            case Items(fields=fields):
                return [self._fields(fields) for _ in several]
            case Strings(item=item) | Values(item=item):
                return [self._value("", item) for _ in several]
            case Links(kind=links):
                codes = links.codes.codes
                return [{self._dice.choice(codes): self._dice.choice(KEYS["agreement"])} for _ in several]
            case Dictionary(value=value):
                return {self._dice.choice(TEXTS): self._value("", value)}
        return {scheme: self._dice.choice(TEXTS) for scheme in ("ror", "pic")}


# What a field of one value takes.
_SINGLE: dict[type[Kind], Callable[[Any], Sequence[Any]]] = {
    Reference: lambda kind: KEYS[kind.noun],
    Number: lambda kind: (kind.least, min(kind.least + 1, kind.most), min(kind.most, 10**9)),
    Day: lambda kind: (*DAYS, *kind.words),
    Code: lambda kind: (*kind.codes.codes, *filter(None, [kind.unsaid])),
    Flag: lambda _kind: (True, False),
    Country: lambda _kind: ("NO", "AZ", "Norway", "XK"),
    Checksum: lambda _kind: ("0" * 64, "a" * 64),
    StrategyCode: lambda _kind: ("2.3.1", "02.3.1", "1"),
    Text: lambda kind: [text[: kind.longest] for text in TEXTS],
    Texts: lambda _kind: TEXTS,
    Span: lambda _kind: LENGTHS,
    Notice: lambda _kind: LENGTHS,
}
