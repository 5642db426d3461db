"""The shape of a record: its fields in their order, the table that keeps it and what must not contradict itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mou_cli.catalogue import Sentence
from mou_cli.fields.collection import Row, TableList, decode_row, unknown_field
from mou_cli.fields.kind import Kind, Reading, Unreadable
from mou_cli.fields.meaning import MEANINGS
from mou_cli.rules.complaint import Framed, coded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.fields.node import Mapping

Document = dict[str, Any]


class Fate(IntEnum):
    """What is known beforehand of what becomes of a patch.

    ADDED: no record has its key, and its fields, but for those it clears, are a whole document that nothing stands
    against. SAME: it says nothing that the record does not say.
    """

    UNKNOWN = 0
    ADDED = 1
    SAME = 2


@dataclass(frozen=True)
class Field:
    """One field: its name in YAML, what it may hold, and the column that keeps it (its own name, unless said).

    A field that is not `written` has no place in a record's YAML; the program sets it.
    """

    name: str
    kind: Kind
    column: str = ""
    required: bool = False
    written: bool = True

    def __post_init__(self) -> None:
        if not self.column:
            object.__setattr__(self, "column", self.name)


@dataclass(frozen=True)
class Patch:
    """What is said of one record: the fields said, None to clear.

    `source` is where it was read, as the journal keeps it; None when a person says it. `fate` is found out by whoever
    has looked at the register before.
    """

    noun: str
    key: str
    fields: Document
    source: str | None = None
    fate: Fate = Fate.UNKNOWN


def _no_contradiction(_document: Document) -> Iterator[tuple[str, str]]:
    return iter(())


def _nothing_derived(_document: Document) -> Row:
    return {}


@dataclass(frozen=True)
class Shape:
    """A noun's fields. A document is a dict of the fields that are said, with canonical values.

    `contradictions` gives (field, sentence) for what cannot be true together in a whole document; `derive` gives the
    columns that are computed from a whole document. What is not `searched` is found by no words.
    """

    noun: str
    section: str
    table: str
    fields: tuple[Field, ...]
    contradictions: Callable[[Document], Iterator[tuple[str, str]]] = field(default=_no_contradiction)
    derive: Callable[[Document], Row] = field(default=_nothing_derived)
    searched: bool = True

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {f.name: f for f in self.fields}

    @cached_property
    def columns(self) -> tuple[Field, ...]:
        """The fields kept in a column of the record's own table."""
        return tuple(f for f in self.fields if not isinstance(f.kind, TableList))

    @cached_property
    def _own(self) -> dict[str, Field]:
        return {f.name: f for f in self.columns}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {f.name: place for place, f in enumerate(self.fields)}

    @cached_property
    def _empty_row(self) -> Row:
        return {f.column: f.kind.encode(None) for f in self.columns}

    @cached_property
    def _required(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.fields if f.required)

    @cached_property
    def lists(self) -> dict[str, TableList]:
        """The fields kept in tables of their own, by name."""
        return {f.name: f.kind for f in self.fields if isinstance(f.kind, TableList)}

    def read(self, mapping: Mapping, reading: Reading, *, typed: bool = False) -> Document:
        """Read what is said of a record: None for a field that is to be cleared. Tells of everything wrong with it.

        What is `typed` as options may say the fields that files have no place for.
        """
        by_name = self.by_name
        said: Document = {}
        for name, node in mapping.items.items():
            found = by_name.get(name)
            if found is None or not (found.written or typed):
                known = (f.name for f in self.fields if f.written)
                reading.complain(mapping.key_marks[name], unknown_field(name, known))
                continue
            try:
                said[name] = found.kind.read(node, reading)
            except Unreadable as error:
                reading.complain(error.mark, Framed(error.message, before=f"{name}: "))
                continue
            if said[name] is None and found.required:
                reading.complain(node.mark, Sentence("{field} may not be empty", field=coded(name, MEANINGS)))
        return said

    def missing(self, document: Document) -> list[str]:
        """Name the required fields that a whole document lacks."""
        return [name for name in self._required if document.get(name) is None]

    def merge(self, before: Document, said: Document) -> Document:
        """Give the document after what is said: in the fields' order, cleared fields left out."""
        merged = before | said
        return {name: merged[name] for name in sorted(merged, key=self._places.__getitem__) if merged[name] is not None}

    def row(self, document: Document) -> Row:
        """Give the row of the record's own table."""
        # Most of the columns are empty in most records: they are not asked for each.
        row = self._empty_row.copy()
        for name, value in document.items():
            if name in self._own:
                found = self._own[name]
                row[found.column] = found.kind.encode(value)
        row.update(self.derive(document))
        return row

    def document(self, row: Row, lists: dict[str, list[Row]]) -> Document:
        """Give the document of a row and of the rows of its lists, by field name."""
        document = decode_row(row, self.columns)
        for name, rows in lists.items():
            value = self.lists[name].value(rows)
            if value is not None:
                document[name] = value
        return {f.name: document[f.name] for f in self.fields if f.name in document}
