"""A record as a sheet to be changed in an editor: YAML in which comments say what every field takes."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.fields.kind import Reading, Unreadable
from mou_cli.fields.meaning import MEANINGS
from mou_cli.fields.node import Mapping
from mou_cli.fields.taken import parts, taken
from mou_cli.formats.exporting import written_value
from mou_cli.formats.margin import Complaint
from mou_cli.formats.yaml_reader import read_record
from mou_cli.formats.yaml_writer import write_record
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from mou_cli.fields.node import Mark
    from mou_cli.fields.shape import Document, Field, Shape
    from mou_cli.records.declare import Objection

    Find = Callable[[str, str, Mark | None], str]

_NARROWEST, _WIDEST = 40, 100
_INDENTED = "#   "
# By these a record is found again, or they say where it came from.
_FIXED = frozenset({"key", "ref", "source"})
_FIXED_OF_TASKS = frozenset({"plan", "year", "number"})


@dataclass
class Filled:
    """What a sheet says: the fields that differ from the record (None to clear), and what is wrong with it.

    `places` has where each field stands.
    """

    changed: Document = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)
    places: dict[str, Mark] = field(default_factory=dict)

    def complain(self, mark: Mark | None, message: str) -> None:
        """Keep a complaint with its place."""
        self.complaints.append(Complaint(None if mark is None else mark.line, message))

    def object(self, objections: list[Objection]) -> None:
        """Keep what stands against the record as a whole, but for fields that have a complaint of their own."""
        complained = {self._field_at(complaint) for complaint in self.complaints}
        for objection in objections:
            if objection.field not in complained:
                self.complain(self.places.get(objection.field), objection.message)

    def _field_at(self, complaint: Complaint) -> str | None:
        above = [name for name, mark in self.places.items() if mark.line <= (complaint.line or 0)]
        return max(above, key=lambda name: self.places[name].line, default=None)


@dataclass(frozen=True)
class Sheet:
    """A record and its shape; `title` is what people call it, `width` the columns that its comments may take."""

    shape: Shape
    document: Document
    title: str
    language: str
    width: int = _WIDEST

    def write(self) -> str:
        """Give the text: what is set, as an export has it, and below it as comments what could be set."""
        changeable = [f for f in self.shape.fields if not self._is_fixed(f.name)]
        blocks = ["".join(self._head())]
        blocks += [self._guide(f) + self._written(f) for f in changeable if f.name in self.document]
        blocks += [f"{self._guide(f)}#{f.name}:\n" for f in changeable if f.name not in self.document]
        return "\n".join(blocks)

    def read(self, text: str, find: Find, today: date) -> Filled:
        """Read a text that began as this sheet; `find` gives the key of the record that is meant by a name."""
        filled = Filled()
        node = read_record(BytesIO(text.encode("utf-8", "surrogateescape")), filled.complain)
        if node is None:
            return filled
        if not isinstance(node, Mapping):
            filled.complain(node.mark, "a mapping with the fields of one record is expected")
            return filled
        filled.places = node.key_marks
        reading = Reading(filled.complain, lambda _noun, _key, _mark: None, today, find)
        self._take_out_fixed(node, reading)
        said = self.shape.read(node, reading, typed=True)
        for name in (f.name for f in self.shape.fields if not self._is_fixed(f.name)):
            if said.get(name) != self.document.get(name):
                filled.changed[name] = said.get(name)
        return filled

    def _is_fixed(self, name: str) -> bool:
        return name in _FIXED or (self.shape.noun == "task" and name in _FIXED_OF_TASKS)

    def _take_out_fixed(self, node: Mapping, reading: Reading) -> None:
        """Complain of what cannot be changed and yet was; as it is recorded, it may be there."""
        for name in [name for name in node.items if self._is_fixed(name) and name in self.shape.by_name]:
            try:
                value = self.shape.by_name[name].kind.read(node.items.pop(name), reading)
            except Unreadable:
                value = None
            if value != self.document.get(name):
                reading.complain(node.key_marks[name], f"{name} cannot be changed")

    def _written(self, f: Field) -> str:
        stream = StringIO()
        write_record({f.name: written_value(f.kind, self.document[f.name])}, stream)
        return stream.getvalue()

    def _head(self) -> Iterator[str]:
        yield from self._comment(self.title)
        yield "#\n"
        yield from self._comment(
            translate(
                "Change what is to be changed, save it, and close the editor. Then this is recorded as it stands here: "
                "a field that is taken out is cleared, and a list replaces the one there was.",
                self.language,
            )
        )
        yield from self._comment(
            translate(
                "{example} is a field that is not set: take the # away and write its value after the colon.",
                self.language,
                example="#note:",
            )
        )
        yield from self._comment(
            translate("Nothing is recorded if nothing is changed, or if the file is emptied.", self.language)
        )
        yield "#\n"
        yield from self._comment(translate("What cannot be changed here:", self.language))
        for f in self.shape.fields:
            if self._is_fixed(f.name) and f.name in self.document:
                yield from (f"#   {line}\n" for line in self._written(f).splitlines())

    def _guide(self, f: Field) -> str:
        said = f"{MEANINGS.label(f.name, self.language)} ({taken(f.name, f.kind, self.language)})"
        lines = [*self._comment(said, _INDENTED)]
        for name, text in parts(f.kind, self.language):
            lines += self._comment(f"  {name}: {text}", f"{_INDENTED}  ")
        return "".join(lines)

    def _comment(self, text: str, following: str = "# ") -> Iterator[str]:
        """Give a text as lines of comment. What would break a line, or steer a terminal, is shown escaped."""
        width = min(max(self.width, _NARROWEST), _WIDEST)
        for line in textwrap.wrap(
            escape_controls(text), width, initial_indent="# ", subsequent_indent=following, break_on_hyphens=False
        ):
            yield f"{line}\n"
