"""Writing records as YAML: the same bytes for the same content, and every text a text for any reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final, TextIO

import yaml  # noqa: TID253 -- this module is only loaded when a file is written
from yaml.events import (  # noqa: TID253 -- likewise
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_DUMPER: Final = yaml.CBaseDumper if yaml.__with_libyaml__ else yaml.BaseDumper
_NO_FOLDING: Final = 10**9

_FLOW_WIDTH: Final = 100
_FLOW_ENTRIES: Final = 4
_FLOW_KEY: Final = "source"

# Texts that some reader takes for something else: null, truth values, numbers, base-60 times and dates of YAML 1.1
# (https://yaml.org/type) and of the 1.2 schemas; wider than they are, since a needless quote does no harm.
_TYPED: Final = re.compile(
    r"|[-+]?\.?[0-9][0-9a-fox_.,:+\-tz ]*|[-+]?\.(?:inf|nan)|~|=|<<|null|true|false|yes|no|on|off|y|n",
    re.IGNORECASE,
)
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})

# What turns or hides text on a screen and is yet printable to YAML. It is refused on input, but may be in old files.
_UNSEEN: Final = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f]")
_LINE_BREAK: Final = re.compile(r"[\n\r\x85\u2028\u2029]")
# A literal block loses, or an editor would: white space around lines, blank lines at either end, other line breaks.
_NOT_LITERAL: Final = re.compile(r"\A\s|[ \t](?:\n|\Z)|\n\n\Z|[\t\r\x85\u2028\u2029]")

_BLOCK_MAPPING: Final = MappingStartEvent(None, None, implicit=True, flow_style=False)
_FLOW_MAPPING: Final = MappingStartEvent(None, None, implicit=True, flow_style=True)
_MAPPING_END: Final = MappingEndEvent()
_BLOCK_SEQUENCE: Final = SequenceStartEvent(None, None, implicit=True, flow_style=False)
_FLOW_SEQUENCE: Final = SequenceStartEvent(None, None, implicit=True, flow_style=True)
_SEQUENCE_END: Final = SequenceEndEvent()


class Plain(str):
    """A text that may stand without quotes though a reader could take it for a date, a number or a truth value."""

    __slots__ = ()


def write_yaml(document: Iterable[tuple[str, object]], stream: TextIO) -> None:
    """Write the sections in the order given.

    A value is a text, a whole number, a truth value, None, or a list or dict of such values, to any depth; or an
    iterator of records, which is written as it goes, and leaves the section out if there is none. Anything else
    raises TypeError. Records stand in block style. Within a record, a list of single-line values stands on one line if
    that takes up to 100 columns, and so does a mapping of up to four such values that is in a list or a `source`.
    """
    writing = _Writing(stream)
    for name, value in document:
        if isinstance(value, Iterator):
            first = next(value, None)
            if first is not None:
                writing.key(name)
                writing.records(chain((first,), value))
        elif isinstance(value, list) and not _is_short_list(value):
            writing.key(name)
            writing.records(value)
        else:
            writing.entry(name, value)
    writing.end()


def write_record(record: dict[str, object], stream: TextIO) -> None:
    """Write one record alone, its fields in the style they have within a list of records."""
    writing = _Writing(stream)
    for name, value in record.items():
        writing.entry(name, value)
    writing.end()


class _Escaping:
    """A stream for the emitter, which lets direction controls pass; a text that has any stands in double quotes."""

    __slots__ = ("_stream",)

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        self._stream.write(text if text.isascii() else _UNSEEN.sub(lambda m: f"\\u{ord(m.group()):04X}", text))


class _Writing:
    """A document that is one mapping, on its way to the emitter."""

    __slots__ = ("emit",)

    def __init__(self, stream: TextIO) -> None:
        self.emit = _DUMPER(
            _Escaping(stream),  # type: ignore[arg-type]  # the emitter asks for nothing but `write`
            allow_unicode=True,
            width=_NO_FOLDING,
        ).emit
        self.emit(StreamStartEvent())
        self.emit(DocumentStartEvent(explicit=False))
        self.emit(_BLOCK_MAPPING)

    def end(self) -> None:
        self.emit(_MAPPING_END)
        self.emit(DocumentEndEvent(explicit=False))
        self.emit(StreamEndEvent())

    def key(self, name: object) -> None:
        self.emit(_key_event(name))

    def entry(self, name: object, value: object) -> None:
        self.emit(_key_event(name))
        if isinstance(value, (dict, list)):
            self.value(value, may_flow=name == _FLOW_KEY)
        else:
            self.emit(_value_event(value))

    def records(self, items: Iterable[object]) -> None:
        self.emit(_BLOCK_SEQUENCE)
        for item in items:
            self.value(item, may_flow=False)
        self.emit(_SEQUENCE_END)

    def value(self, value: object, *, may_flow: bool) -> None:
        """Write a value; `may_flow` says that a small mapping may stand on one line here."""
        if isinstance(value, dict):
            self.emit(_FLOW_MAPPING if may_flow and _is_small_mapping(value) else _BLOCK_MAPPING)
            for name, inner in value.items():
                self.entry(name, inner)
            self.emit(_MAPPING_END)
        elif isinstance(value, list):
            self.emit(_FLOW_SEQUENCE if _is_short_list(value) else _BLOCK_SEQUENCE)
            for item in value:
                self.value(item, may_flow=True)
            self.emit(_SEQUENCE_END)
        else:
            self.emit(_value_event(value))


@lru_cache(maxsize=1024, typed=True)
def _key_event(name: object) -> ScalarEvent:
    event = _scalar_event(name)
    if event.style == "|":
        event.style = '"'
    return event


@lru_cache(maxsize=1024, typed=True)
def _value_event(value: object) -> ScalarEvent:
    return _scalar_event(value)


def _scalar_event(value: object) -> ScalarEvent:
    """Return the value with the style asked for; the emitter quotes by itself what would be broken without quotes."""
    if isinstance(value, str):
        style = _style(value)
        text = str.__str__(value)  # the emitter takes no subclass
    else:
        style = None
        text = _unquoted(value)
    return ScalarEvent(None, None, (True, True), text, style=style)


def _style(text: str) -> str | None:
    if not text.isprintable() and _UNSEEN.search(text):
        return '"'
    if not text.isprintable() and _LINE_BREAK.search(text):
        return '"' if _NOT_LITERAL.search(text) else "|"
    quoted = text in _NULLS if isinstance(text, Plain) else _TYPED.fullmatch(text)
    return "'" if quoted else None


def _unquoted(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a record's YAML")


def _is_short_list(value: list[object]) -> bool:
    return sum(map(_width, value)) <= _FLOW_WIDTH


def _is_small_mapping(value: dict[object, object]) -> bool:
    return len(value) <= _FLOW_ENTRIES and sum(map(_width, chain(value, value.values()))) <= _FLOW_WIDTH


def _width(value: object) -> int:
    """Return the columns a value takes in a line, with what separates it; too many if it cannot stand in one."""
    if isinstance(value, str):
        return _FLOW_WIDTH + 1 if "\n" in value else len(value) + 2
    return _FLOW_WIDTH + 1 if isinstance(value, (dict, list)) else len(str(value)) + 2
