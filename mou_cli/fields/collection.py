"""Fields that hold many values: in one column as JSON, or in rows of a table of their own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mou_cli.fields.kind import Code, Kind, Reading, Reference, Unreadable, check_key, expect_scalar
from mou_cli.fields.node import Mapping, Node, Scalar, Sequence
from mou_cli.fields.text import LINE, Text, read_text
from mou_cli.rules.complaint import Framed
from mou_cli.rules.naming import nearest_word
from mou_cli.rules.text import encode_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sized

    from mou_cli.fields.shape import Field

Row = dict[str, Any]
MOST = 1000
# Options that go by another name than the field they fill, which no likeness leads to.
_CALLED_BY_OPTIONS = {"partner": "parties", "home": "parties", "alias": "names"}


def read_list(node: Node, reading: Reading, read_item: Callable[[Node], Any]) -> list[Any] | None:
    """Read the items of a list, telling of each unreadable one; a single value is a list of one. Empty gives None."""
    if isinstance(node, Scalar) and node.is_null:
        return None
    items = node.items if isinstance(node, Sequence) else [node]
    if len(items) > MOST:
        raise Unreadable(too_many(items), node.mark)
    values = []
    for item in items:
        try:
            value = read_item(item)
        except Unreadable as error:
            reading.complain(error.mark, error.message)
            continue
        if value is not None:
            values.append(value)
    return values or None


def too_many(items: Sized) -> str:
    """Say that a list has more than MOST items."""
    return f"the list has {len(items)} items; {MOST} is the limit"


class Json(Kind):
    """Many values in one column, as JSON."""

    def encode(self, value: Any) -> str | None:
        return encode_json(value) if value else None

    def decode(self, kept: Any) -> Any:
        return json.loads(kept) if kept else None


@dataclass(frozen=True)
class Strings(Json):
    """A list of values of one kind."""

    item: Kind

    def read(self, node: Node, reading: Reading) -> list[Any] | None:
        return read_list(node, reading, lambda item: self.item.read(item, reading))


@dataclass(frozen=True)
class Dictionary(Json):
    """A mapping from a name to values of one kind, in its own order."""

    value: Kind = field(kw_only=True)

    def read(self, node: Node, reading: Reading) -> dict[str, Any] | None:
        items = {}
        mapping = expect_mapping(node)
        for text, item in mapping.items.items():
            name, value = read_text(text, mapping.key_marks[text], LINE), self.value.read(item, reading)
            if name is None or name in items:
                wrong = "a name is missing" if name is None else f"{name!r} stands here twice"
                raise Unreadable(wrong, mapping.key_marks[text])
            if value is not None:
                items[name] = value
        return items or None


def expect_mapping(node: Node) -> Mapping:
    """Give the node as a mapping; null is an empty one. Raises Unreadable."""
    if isinstance(node, Mapping):
        return node
    if isinstance(node, Scalar) and node.is_null:
        return Mapping({}, {}, node.mark)
    raise Unreadable("a mapping of names to values is expected", node.mark)


@dataclass(frozen=True)
class TableList(Kind):
    """A list kept in rows of `table`, each with the owner's key in `owner` and its place in `ordinal`.

    Subclasses say how one item is read, made a row and made of a row again.
    """

    table: str = field(kw_only=True)
    owner: str = field(kw_only=True)

    def read(self, node: Node, reading: Reading) -> Any:
        return read_list(node, reading, lambda item: self.read_item(item, reading))

    def read_item(self, node: Node, reading: Reading) -> Any:
        """Give the canonical item. Raises Unreadable."""
        raise NotImplementedError

    def rows(self, value: Any) -> list[Row]:
        """Give the rows of a canonical value, without owner and ordinal."""
        raise NotImplementedError

    def value(self, rows: Iterable[Row]) -> Any:
        """Give the canonical value of the rows, in their order."""
        raise NotImplementedError


@dataclass(frozen=True)
class Values(TableList):
    """A list of single values, one row each, no value twice. `derive` adds the columns that are computed from it."""

    column: str = field(kw_only=True)
    item: Kind = field(kw_only=True)
    derive: Callable[[Any], Row] = field(default=lambda _: {})

    def read(self, node: Node, reading: Reading) -> Any:
        values = super().read(node, reading)
        return list(dict.fromkeys(values)) if values else None

    def read_item(self, node: Node, reading: Reading) -> Any:
        return self.item.read(node, reading)

    def rows(self, value: Any) -> list[Row]:
        return [{self.column: item, **self.derive(item)} for item in value or ()]

    def value(self, rows: Iterable[Row]) -> Any:
        return [row[self.column] for row in rows] or None


@dataclass(frozen=True)
class Items(TableList):
    """A list of small records. `short` names the field that a single value stands for (`- uit` for an institution).

    Where there is one, no other field is required.
    """

    fields: tuple[Field, ...] = field(kw_only=True)
    short: str | None = None
    derive: Callable[[Row], Row] = field(default=lambda _: {})

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    def read_item(self, node: Node, reading: Reading) -> Any:
        if self.short and isinstance(node, Scalar):
            return self._read_short(self.short, node, reading)
        return read_fields(expect_mapping(node), self._by_name, reading) or None

    def _read_short(self, short: str, node: Scalar, reading: Reading) -> Row | None:
        try:
            value = self._by_name[short].kind.read(node, reading)
        except Unreadable as error:
            raise Unreadable(Framed(error.message, before=f"{short}: "), error.mark) from error
        return None if value is None else {short: value}

    def rows(self, value: Any) -> list[Row]:
        return [
            {f.column: f.kind.encode(item.get(f.name)) for f in self.fields} | self.derive(item) for item in value or ()
        ]

    def value(self, rows: Iterable[Row]) -> Any:
        return [decode_row(row, self.fields) for row in rows] or None


def read_fields(mapping: Mapping, known: dict[str, Field], reading: Reading) -> Row:
    """Read the fields of a small record; tells of unknown, unreadable and missing ones and gives the rest."""
    values = {}
    for name, node in mapping.items.items():
        if name not in known:
            reading.complain(mapping.key_marks[name], unknown_field(name, known))
            continue
        try:
            value = known[name].kind.read(node, reading)
        except Unreadable as error:
            reading.complain(error.mark, Framed(error.message, before=f"{name}: "))
            continue
        if value is not None:
            values[name] = value
        elif known[name].required:
            reading.complain(node.mark, f"{name} may not be empty")
    for name, wanted in known.items():
        if wanted.required and name not in mapping.items:
            reading.complain(mapping.mark, f"{name} is missing")
    return {name: values[name] for name in known if name in values}


def unknown_field(name: str, known: Iterable[str]) -> str:
    """Say that a field is unknown and which known one is nearest."""
    names = list(known)
    near = meant if (meant := _CALLED_BY_OPTIONS.get(name)) in names else nearest_word(name, names)
    return f"unknown field {name!r}" + (f"; did you mean {near!r}?" if near else "")


def decode_row(row: Row, fields: Iterable[Field]) -> Row:
    """Give the document of a row: the fields that are said, in the fields' order."""
    document = {}
    for f in fields:
        # Most columns are empty in most records, and nothing is made of that.
        kept = row[f.column]
        if kept is not None and (value := f.kind.decode(kept)) is not None:
            document[f.name] = value
    return document


@dataclass(frozen=True)
class Group(Json):
    """A small record of a few fields."""

    fields: tuple[Field, ...] = field(kw_only=True)

    def read(self, node: Node, reading: Reading) -> Row | None:
        return read_fields(expect_mapping(node), self._by_name, reading) or None

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}


@dataclass(frozen=True)
class Links(TableList):
    """A list of `{kind: key}`: how the record stands to another of its noun."""

    kind: Code = field(kw_only=True)
    target: Reference = field(kw_only=True)

    def read_item(self, node: Node, reading: Reading) -> dict[str, str]:
        mapping = expect_mapping(node)
        if len(mapping.items) != 1:
            raise Unreadable(f"one of {', '.join(self.kind.codes.codes)} and a key is expected", node.mark)
        ((kind, other),) = mapping.items.items()
        code = self.kind.parse(kind, mapping.key_marks[kind], reading)
        scalar = expect_scalar(other)
        return {str(code): self.target.parse(scalar.value, scalar.mark, reading)}

    def rows(self, value: Any) -> list[Row]:
        return [{"kind": kind, "target": key} for item in value or () for kind, key in item.items()]

    def value(self, rows: Iterable[Row]) -> Any:
        return [{row["kind"]: row["target"]} for row in rows] or None


class Identifiers(TableList):
    """A mapping {scheme: value}, one row each."""

    def read(self, node: Node, reading: Reading) -> dict[str, str] | None:
        identifiers = {}
        for scheme, item in expect_mapping(node).items.items():
            value = Text().read(item, reading)
            if value:
                identifiers[check_key(scheme, node.mark)] = value
        return identifiers or None

    def rows(self, value: Any) -> list[Row]:
        return [{"scheme": scheme, "value": identifier} for scheme, identifier in (value or {}).items()]

    def value(self, rows: Iterable[Row]) -> Any:
        return {row["scheme"]: row["value"] for row in rows} or None
