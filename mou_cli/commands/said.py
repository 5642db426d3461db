"""What is said of a record, by options or in a file, and what is wrong with it; the same for every noun."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mou_cli.catalogue import Sentence
from mou_cli.commands.option import Named, Option, Values, option
from mou_cli.errors import InvalidData, NotFound, UsageError
from mou_cli.fields.node import Mapping, Mark, Node, Scalar, Sequence
from mou_cli.rules.complaint import THINGS, coded
from mou_cli.rules.fold import fold
from mou_cli.rules.naming import Candidate, find_by_name
from mou_cli.views.choice import choose_agreement, choose_institution, choose_record, existing

if TYPE_CHECKING:
    from datetime import date

    from mou_cli.commands.invocation import Invocation
    from mou_cli.fields.kind import Kind
    from mou_cli.fields.shape import Document, Shape
    from mou_cli.records.change import Change
    from mou_cli.store.reader import Reader

FROM = option(
    "--from",
    "Read the record from a YAML or JSON file, or - for standard input.",
    metavar="FILE|-",
    complete=Named.FILE,
)
KEY = option("--key", "Key; left out, it is made of the name.", metavar="KEY")


@dataclass(frozen=True)
class FieldOption:
    """An option that says a field. `find` turns a name into a key; `build` makes a node of each text."""

    option: Option
    field: str
    find: Callable[[Names, str], str] | None = None
    build: Callable[[Names, str, Mark], Node] | None = None

    def node(self, names: Names, value: Any) -> Node:
        """Give what was said as if it had been written."""
        mark = OptionMark(self.option.flags[0].split("/")[0], self.field)
        if self.option.many:
            # One empty value clears the list.
            return Sequence([self._item(names, text, mark) for text in value if text], mark)
        return self._item(names, str(value).lower() if isinstance(value, bool) else value, mark)

    def _item(self, names: Names, text: str, mark: Mark) -> Node:
        if self.build is not None and text:
            return self.build(names, text, mark)
        return Scalar(self.find(names, text) if self.find and text else text, not text, mark)


@dataclass(frozen=True)
class Names:
    """What a name may mean: a record of the register, or an institution that the same command records on the way."""

    reader: Reader
    on_the_way: list[Change] = field(default_factory=list)

    def institution(self, text: str) -> str:
        """Give the key of the one institution that is meant. Raises NotFound, and Conflict for several."""
        if new := self.new_institution(text):
            return new
        try:
            return choose_institution(self.reader, text)
        except NotFound:
            # A rehearsal does not find in the register what it only would record.
            found = find_by_name(text, [Candidate(c.key, ((c.after or {})["name"],)) for c in self.on_the_way])
            if len(found) != 1:
                raise
            return found[0]

    def new_institution(self, text: str) -> str | None:
        """Give the key of an institution that was recorded on the way under this very key or name."""
        for change in self.on_the_way:
            if text == change.key or fold(text) == fold((change.after or {})["name"]):
                return change.key
        return None

    def agreement(self, text: str) -> str:
        """Give the key of the agreement that is meant. Raises NotFound."""
        return choose_agreement(self.reader, text)

    def event(self, text: str) -> str:
        """Give the key of the one event that is meant. Raises NotFound, and Conflict for several."""
        return choose_record(self.reader, "event", text)

    def record(self, noun: str, text: str) -> str:
        """Give the key of the one record of a noun that is meant. Raises NotFound, and Conflict for several."""
        return {"institution": self.institution, "agreement": self.agreement, "event": self.event}[noun](text)

    def knows(self, noun: str, key: str) -> bool:
        """Say whether there is a record of that key."""
        from mou_cli.fields.nouns import SHAPES

        return any((noun, key) == (change.noun, change.key) for change in self.on_the_way) or bool(
            existing(self.reader, SHAPES[noun].table, [key])
        )


@dataclass
class OptionMark:
    """An option as the place where something was said."""

    flag: str
    field: str
    line: int = 0
    column: int = 0


@dataclass
class Said:
    """What was read of a record, and everything wrong with it. `whole` says that its lists are as they are to be."""

    document: Document = field(default_factory=dict)
    usage: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    mentions: list[tuple[str, str, Mark | None]] = field(default_factory=list)
    file: str | None = None
    whole: bool = False

    def complain(self, mark: Mark | None, message: str) -> None:
        """Keep a complaint with its option, or with file, line and column."""
        if isinstance(mark, OptionMark):
            self.usage.append(f"{mark.flag}: {message.removeprefix(mark.field + ': ')}")
            self.reasons.append(message)
        elif mark is not None:
            self.complaints.append(f"{self.file}:{mark.line + 1}:{mark.column + 1}: {message}")
        else:
            self.complaints.append(f"{self.file}: {message}")

    def mention(self, noun: str, key: str, mark: Mark | None) -> None:
        """Keep a mention of another record."""
        self.mentions.append((noun, key, mark))

    def check(self) -> None:
        """Raise what is wrong: UsageError for options alone, InvalidData when a file has a part in it."""
        if self.complaints:
            raise InvalidData("nothing was recorded", None, tuple(self.complaints + self.usage))
        if self.usage:
            raise UsageError("; ".join(self.usage), reasons=tuple(self.reasons))


def read_typed(kind: Kind, text: str, flag: str = "") -> str:
    """Read a key, number or text that is no option's value of its own. Raises UsageError."""
    from mou_cli.fields.kind import Reading, Unreadable

    try:
        value: str = kind.parse(text, None, Reading(lambda _mark, _message: None, lambda _noun, _key, _mark: None))
    except Unreadable as error:
        raise UsageError(f"{flag}: {error}" if flag else error.message, reasons=(error.message,)) from error
    return value


def told_options(call: Invocation) -> set[str]:
    """Give the names of the options that are said with a value, and not empty."""
    return {name for name, value in call.said.items() if str(value).strip()}


def refuse_two_ends(told: AbstractSet[str], end: str = "ends") -> None:
    """Raise UsageError where an end is told twice, as a day by the option called so and as a length by --term."""
    if {end, "term"} <= told:
        raise UsageError(f"the end is said twice, by --{end} and --term", "say one of them")


def read_key(call: Invocation) -> str | None:
    """Read KEY, if it was said. Raises UsageError."""
    from mou_cli.fields.kind import Key

    return read_typed(Key(), call.said["key"], "--key") if "key" in call.said else None


def read_pairs(text: str, flag: str) -> dict[str, str] | None:
    """Read `name=value, name=value`; None for what is written otherwise. Raises UsageError for a name said twice."""
    pairs = [part.partition("=") for part in text.split(",")]
    is_sound = all(name.strip() and equals for name, equals, _value in pairs)
    if not is_sound:
        return None
    named: dict[str, str] = {}
    for name, _equals, value in pairs:
        if named.setdefault(name.strip(), value.strip()) != value.strip():
            message = f"{name.strip()!r} is said twice"
            raise UsageError(f"{flag}: {message}", reasons=(message,))
    return named


def texts_node(texts: dict[str, str], mark: Mark, *, plain: bool = False) -> Mapping:
    """Give texts by their names as a mapping, all said in one place."""
    items: dict[str, Node] = {name: Scalar(text, plain, mark) for name, text in texts.items()}
    return Mapping(items, dict.fromkeys(items, mark), mark)


def read_said(call: Invocation, reader: Reader, noun: str, options: tuple[FieldOption, ...]) -> Said:
    """Read a record from --from and the options; the options win. Raises what is wrong with it."""
    from mou_cli.fields.kind import Reading
    from mou_cli.fields.nouns import SHAPES

    shape, names = SHAPES[noun], Names(reader, call.on_the_way)
    said = Said(file=call.said.get("from"))
    if said.file is not None:
        node = _read_file(said, call.record_file)
        if isinstance(node, Mapping):
            said.document = shape.read(node, Reading(said.complain, said.mention))
    read_options(said, names, shape, options, call.said, call.today)
    return said


def read_options(
    said: Said, names: Names, shape: Shape, options: tuple[FieldOption, ...], values: Values, today: date
) -> None:
    """Read the options that have a value into what is said. Raises what is wrong with all of it."""
    from mou_cli.fields.kind import Reading

    written = {o.field: o.node(names, values[o.option.name]) for o in options if o.option.name in values}
    marks = {name: node.mark for name, node in written.items()}
    reading = Reading(said.complain, said.mention, today)
    said.document |= shape.read(Mapping(written, marks, OptionMark("", "")), reading, typed=True)
    _check_mentions(names, said)
    said.check()


def _read_file(said: Said, content: bytes) -> Node | None:
    from mou_cli.formats.yaml_reader import read_record

    node = read_record(BytesIO(content), said.complain)
    if node is not None and not isinstance(node, Mapping):
        said.complain(node.mark, "a mapping with the fields of one record is expected")
    return node


def _check_mentions(names: Names, said: Said) -> None:
    for noun, key, mark in said.mentions:
        if not names.knows(noun, key):
            message = Sentence("there is no {thing} {text!r}", thing=coded(noun, THINGS), text=key)
            if isinstance(mark, OptionMark):
                raise NotFound(f"{mark.flag}: {message}", reasons=(message,))
            said.complain(mark, message)
