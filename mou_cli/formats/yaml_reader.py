"""Reading YAML as it was written: every value a text with its place, one item at a time."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import yaml  # noqa: TID253 -- this module is only loaded when a file is read
from yaml.events import (  # noqa: TID253 -- likewise
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from mou_cli.fields.node import Mapping, Scalar, Sequence
from mou_cli.formats.encoding import TextStream, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeAlias

    from mou_cli.fields.node import Mark, Node
    from mou_cli.formats.encoding import Readable

    Complain: TypeAlias = Callable[[Mark | None, str], None]
    # The stubs make every mark optional and the end of the stream an event like others; the parser's are neither.
    Event: TypeAlias = Any

DEEPEST: Final = 64
"""How many lists and mappings may stand in one another."""

_PARSER: Final = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

_MERGE_KEY: Final = "<<"
_STANDARD_TAG: Final = "tag:yaml.org,2002:"
_EMPTY: Final = "the file is empty"

# JSON writes a character beyond U+FFFF as two escapes, each of which YAML refuses. (An escaped backslash starts none.)
_SURROGATE_PAIR: Final = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})",
)

# What the parser says, and what that means to the one who wrote the file. {line} is where the part in question starts.
_SENTENCES: Final = {
    "mapping values are not allowed in this context": (
        "a ':' cannot stand here: put a text that contains ': ' in quotes, or correct the indentation"
    ),
    "found character that cannot start any token": (
        "a value cannot start with this character: put the text in quotes, and indent with spaces, not with tabs"
    ),
    "did not find expected key": "the indentation does not fit the part that starts in line {line}",
    "did not find expected '-' indicator": "the indentation does not fit the list that starts in line {line}",
    "block sequence entries are not allowed in this context": "a '- ' cannot stand here: start the list on a new line",
    "did not find expected ',' or ']'": "the list that starts in line {line} has no ',' or ']' here",
    "did not find expected ',' or '}'": "the mapping that starts in line {line} has no ',' or '}' here",
    "did not find expected node content": "a value is missing here",
    "did not find expected <document start>": "the file goes on after its end: correct the indentation or the brackets",
    "found unknown escape character": "this escape does not exist: in double quotes a backslash is written \\\\",
    "found a tab character that violates indentation": "indent with spaces, not with tabs",
    "found a tab character where an indentation space is expected": "indent with spaces, not with tabs",
}

# Likewise, where the parser notices only lines later: these are told of where the part starts.
_AT_THE_START: Final = {
    "could not find expected ':'": "a key without a ':' after it",
    "found unexpected end of stream": "the quotation mark is never closed",
    "found unexpected document indicator": "the quotation mark is never closed",
}


def read_yaml(stream: Readable, complain: Complain) -> Iterator[tuple[str, Mark, Node]]:
    """Yield the sections of a file in order: name, the place of the name, and what it holds.

    A list is yielded item by item, one tuple each (an empty one not at all); any other section is one tuple.
    `complain` is called with a place and a sentence, in file order, and always before the item concerned is yielded.

    Broken syntax, bytes that are not text, and nesting beyond DEEPEST end the reading; everything else goes on, so that
    all complaints come at once. An item complained of is yielded all the same, since others may refer to it, and with
    all that could be read: of a key given twice the first value; a value behind an anchor or a tag. Only an alias, a
    merge key, or the value of a key that is no text is left out, so what is missing there needs no second complaint.
    """
    with _complaining(complain):
        yield from _Reading(TextStream(stream), complain).sections()


def read_record(stream: Readable, complain: Complain) -> Node | None:
    """Return a whole document, YAML or JSON, as one node; None if nothing could be read. Complaints as in `read_yaml`.

    In JSON, a pair of surrogate escapes is read as its character; columns after it on its line are two lower per pair.
    """
    node = None
    with _complaining(complain):
        text = "".join(iter(TextStream(stream).read, ""))
        if text.lstrip().startswith(("{", "[")):
            text = _SURROGATE_PAIR.sub(_one_escape, text)
        node = _Reading(text, complain).document()
    return node  # noqa: RET504 -- nothing was read if the block ended in a complaint


@contextmanager
def _complaining(complain: Complain) -> Iterator[None]:
    """Turn what ends the reading into the last complaint."""
    try:
        yield
    except UnreadableError as fault:
        complain(fault.mark, fault.message)
    except yaml.MarkedYAMLError as fault:
        complain(*_syntax_complaint(fault))


def _syntax_complaint(fault: yaml.MarkedYAMLError) -> tuple[Mark | None, str]:
    problem = fault.problem or fault.context or "broken syntax"
    if problem in _AT_THE_START:
        return fault.context_mark, _AT_THE_START[problem]
    start = fault.context_mark or fault.problem_mark
    sentence = _SENTENCES.get(problem, f"the YAML cannot be read here: {problem}")
    return fault.problem_mark, sentence.replace("{line}", str(start.line + 1 if start else 1))


def _one_escape(pair: re.Match[str]) -> str:
    backslashes, high, low = pair.groups()
    code = 0x10000 + ((int(high, 16) - 0xD800) << 10) + (int(low, 16) - 0xDC00)
    return f"{backslashes}\\U{code:08X}"


class _Reading:
    """One document on its way from the parser's events to nodes.

    Recursion is safe, as `DEEPEST` bounds it; the parser itself does not recurse.
    """

    __slots__ = ("complain", "next_event")

    def __init__(self, text: TextStream | str, complain: Complain) -> None:
        self.next_event: Callable[[], Event] = _PARSER(text).get_event
        self.complain = complain

    def sections(self) -> Iterator[tuple[str, Mark, Node]]:
        root = self.start()
        if root is None:
            return
        if not isinstance(root, MappingStartEvent):
            self.complain(root.start_mark, "the file must start with a section such as 'agreements:'")
            return
        self.refuse_properties(root)
        places: dict[str, Mark] = {}
        while not isinstance(event := self.next_event(), MappingEndEvent):
            name = self.key(event, places, 1)
            if name is None and isinstance(event, ScalarEvent) and event.value in places:
                name = event.value  # a section given twice is complained of, but others may refer to its items
            for node in self.section():
                if name is not None:
                    yield name, event.start_mark, node
        self.end()

    def section(self) -> Iterator[Node]:
        """Yield a list's items, anything else as it is."""
        value = self.next_event()
        if not isinstance(value, SequenceStartEvent):
            node = self.node(value, 2)
            if node is not None:
                yield node
            return
        self.refuse_properties(value)
        while not isinstance(item := self.next_event(), SequenceEndEvent):
            node = self.node(item, 3)
            if node is not None:
                yield node

    def document(self) -> Node | None:
        root = self.start()
        if root is None:
            return None
        node = self.node(root, 1)
        self.end()
        return node

    def start(self) -> Event | None:
        """Return the first event of the document's content, None if there is none."""
        self.next_event()  # the start of the stream
        if type(self.next_event()) is StreamEndEvent:
            self.complain(None, _EMPTY)
            return None
        root = self.next_event()
        if type(root) is ScalarEvent and not root.value and not root.style and not root.tag:
            self.complain(None, _EMPTY)
            return None
        return root

    def end(self) -> None:
        self.next_event()  # the end of the document
        event = self.next_event()
        if type(event) is DocumentStartEvent:
            self.complain(event.start_mark, "a second document starts here; a file holds one")

    def node(self, event: Event, depth: int) -> Node | None:
        """Return what starts with the event, at this depth if it is a list or a mapping; None for an alias."""
        kind = type(event)
        if kind is AliasEvent:
            self.complain(event.start_mark, f"the alias *{event.anchor} is not supported; write the value out")
            return None
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)
        if kind is ScalarEvent:
            return Scalar(event.value, not event.style, event.start_mark)
        if depth > DEEPEST:
            raise UnreadableError(event.start_mark, f"nested more than {DEEPEST} levels deep")
        if kind is SequenceStartEvent:
            return self.sequence(event.start_mark, depth)
        return self.mapping(event.start_mark, depth)

    def sequence(self, mark: Mark, depth: int) -> Sequence:
        next_event = self.next_event
        items: list[Node] = []
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent and event.anchor is None and event.tag is None:
                items.append(Scalar(event.value, not event.style, event.start_mark))
            elif kind is SequenceEndEvent:
                return Sequence(items, mark)
            elif (node := self.node(event, depth + 1)) is not None:
                items.append(node)

    def mapping(self, mark: Mark, depth: int) -> Mapping:
        """Return the mapping. Sound keys and texts, nearly all of them, are read without a call: half the time."""
        next_event = self.next_event
        items: dict[str, Node] = {}
        places: dict[str, Mark] = {}
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent and event.anchor is None and event.tag is None:
                name: str = event.value
                if name in places or name == _MERGE_KEY:
                    key = self.key(event, places, depth)
                else:
                    key = name
                    places[name] = event.start_mark
            elif kind is MappingEndEvent:
                return Mapping(items, places, mark)
            else:
                key = self.key(event, places, depth)
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent and event.anchor is None and event.tag is None:
                if key is not None:
                    items[key] = Scalar(event.value, not event.style, event.start_mark)
            elif (node := self.node(event, depth + 1)) is not None and key is not None:
                items[key] = node

    def key(self, event: Event, places: dict[str, Mark], depth: int) -> str | None:
        """Return the key and note its place; None, with a complaint, if it cannot be one or stands there already."""
        kind = type(event)
        if kind is not ScalarEvent:
            if kind is not AliasEvent:
                self.complain(event.start_mark, "a key must be a text, not a list or a mapping")
            self.node(event, depth + 1)
            return None
        self.refuse_properties(event)
        key: str = event.value
        if key in places:
            first, again = places[key].line + 1, event.start_mark.line + 1
            self.complain(event.start_mark, f"'{key}' is given twice: first in line {first}, again in line {again}")
            return None
        if key == _MERGE_KEY and not event.style:
            self.complain(event.start_mark, "the merge key << is not supported; write the values out")
            return None
        places[key] = event.start_mark
        return key

    def refuse_properties(self, event: Event) -> None:
        """Complain of an anchor and of a tag. Quoted texts carry none of their own accord."""
        if event.anchor is not None:
            self.complain(event.start_mark, f"the anchor &{event.anchor} is not supported; remove it")
        if event.tag is not None:
            tag = event.tag
            shown = f"!!{tag.removeprefix(_STANDARD_TAG)}" if tag.startswith(_STANDARD_TAG) else tag
            self.complain(event.start_mark, f"the tag {shown} is not supported; write the value without it")
