"""Recording: from options, or one written record, to a change; the same for every noun."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from mou_cli.commands.option import Option, option
from mou_cli.errors import Conflict, InvalidData, NotFound, UsageError
from mou_cli.fields.kind import Reading
from mou_cli.fields.node import Mapping, Mark, Node, Scalar, Sequence
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.shape import Patch
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.views.choice import existing

if TYPE_CHECKING:
    from mou_cli.commands.invocation import Invocation
    from mou_cli.fields.shape import Document
    from mou_cli.records.change import Change
    from mou_cli.register import Register
    from mou_cli.store.reader import Reader, Row

FROM = option("--from", "Read the record from a YAML or JSON file, or - for standard input.", metavar="FILE|-")
YES = option("--yes -y", "Do not ask.", switch=True)


@dataclass(frozen=True)
class FieldOption:
    """An option that says a field. `find` turns a name into a key; `build` makes a node of each text."""

    option: Option
    field: str
    find: Callable[[Reader, str], str] | None = None
    build: Callable[[str, Mark], Node] | None = None

    def node(self, reader: Reader, value: Any) -> Node:
        """Give what was said as if it had been written."""
        mark = OptionMark(self.option.flags[0].split("/")[0], self.field)
        if self.option.many:
            # One empty value clears the list.
            return Sequence([self._item(reader, text, mark) for text in value if text], mark)
        return self._item(reader, str(value).lower() if isinstance(value, bool) else value, mark)

    def _item(self, reader: Reader, text: str, mark: Mark) -> Node:
        if self.build is not None:
            return self.build(text, mark)
        return Scalar(self.find(reader, text) if self.find and text else text, not text, mark)


@dataclass
class OptionMark:
    """An option as the place where something was said."""

    flag: str
    field: str
    line: int = 0
    column: int = 0


@dataclass
class Said:
    """What was read of a record, and everything wrong with it."""

    document: Document = field(default_factory=dict)
    usage: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    mentions: list[tuple[str, str, Mark | None]] = field(default_factory=list)
    file: str | None = None

    def complain(self, mark: Mark | None, message: str) -> None:
        """Keep a complaint with its option, or with file, line and column."""
        if isinstance(mark, OptionMark):
            self.usage.append(f"{mark.flag}: {message.removeprefix(mark.field + ': ')}")
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
            raise UsageError("; ".join(self.usage))


def read_said(call: Invocation, reader: Reader, noun: str, options: tuple[FieldOption, ...]) -> Said:
    """Read a record from --from and the options; the options win. Raises what is wrong with it."""
    shape = SHAPES[noun]
    said = Said(file=call.said.get("from"))
    if said.file is not None:
        node = _read_file(said)
        if isinstance(node, Mapping):
            said.document = shape.read(node, Reading(said.complain, said.mention))
    written = {o.field: o.node(reader, call.said[o.option.name]) for o in options if o.option.name in call.said}
    marks = {name: node.mark for name, node in written.items()}
    reading = Reading(said.complain, said.mention, call.today)
    said.document |= shape.read(Mapping(written, marks, OptionMark("", "")), reading)
    _check_mentions(reader, said)
    said.check()
    return said


def _read_file(said: Said) -> Node | None:
    from mou_cli.formats.yaml_reader import read_record

    name = said.file or ""
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as stream:
            node = read_record(stream, said.complain)
    except OSError as error:
        raise UsageError(f"--from: {name} cannot be read: {error.strerror}") from error
    if node is not None and not isinstance(node, Mapping):
        said.complain(node.mark, "a mapping with the fields of one record is expected")
    return node


def _check_mentions(reader: Reader, said: Said) -> None:
    for noun, key, mark in said.mentions:
        if not existing(reader, SHAPES[noun].table, [key]):
            if isinstance(mark, OptionMark):
                raise NotFound(f"{mark.flag}: there is no {noun} {key!r}")
            said.complain(mark, f"there is no {noun} {key!r}")


def declare_one(register: Register, patch: Patch, *, typed: bool = True) -> Change:
    """Carry out one patch. What contradicts itself is a fault of usage where it was typed."""
    try:
        changes = list(register.declare([patch]))
    except InvalidData as error:
        raise UsageError(error.message, error.hint) if typed else error from error
    return changes[0]


def add_record(register: Register, noun: str, key: str, said: Said) -> Change:
    """Add a record under a key. Raises Conflict when there is one already."""
    if existing(register.reader, SHAPES[noun].table, [key]):
        raise Conflict(f"there is a {noun} {key} already", f"`mou {_group(noun)}edit {key}` changes it")
    fields = {name: value for name, value in said.document.items() if name != "key"}
    return declare_one(register, Patch(noun, key, fields), typed=said.file is None)


def edit_record(register: Register, noun: str, key: str, said: Said) -> Change:
    """Change fields of a record. Raises UsageError when none is said, or the key is to change."""
    fields = dict(said.document)
    if fields.pop("key", key) != key:
        raise UsageError(f"the key of {noun} {key} cannot be changed")
    if not fields:
        raise UsageError("nothing is said that would change", f"`mou {_group(noun)}edit --help` lists the options")
    return declare_one(register, Patch(noun, key, fields), typed=said.file is None)


def remove_record(call: Invocation, noun: str, key: str) -> None:
    """Remove a record after asking. Raises UsageError where nobody can be asked and --yes was not said."""
    if not call.said.get("yes") and not call.is_dry_run:
        if not sys.stdin.isatty():
            raise UsageError(f"removing {noun} {key} has to be confirmed", "say --yes")
        typer.confirm(f"Remove {noun} {key}?", abort=True, err=True)
    with call.register(f"remove {noun} {key}") as register:
        changes = register.remove(noun, key)
    report(call, changes)


def _group(noun: str) -> str:
    return {"agreement": "", "institution": "partner ", "task": "plan task "}.get(noun, f"{noun} ")


def answer(call: Invocation, change: Change, row: Callable[[], Row], name: str) -> None:
    """Answer to a record that was added or changed: its name alone, or in a form that was asked for the record.

    What was recorded on the way, such as a new partner, is reported as well.
    """
    if call.is_dry_run:
        report(call, [*call.on_the_way, change])
        return
    report(call, call.on_the_way)
    _answer(call, change, row, name)


def _answer(call: Invocation, change: Change, row: Callable[[], Row], name: str) -> None:
    if call.form is not Form.AUTO:
        call.show_row(row(), change.noun)
    elif change.before is None:
        print(name)  # noqa: T201 - data goes to standard output
    else:
        report(call, [change])


def report(call: Invocation, changes: list[Change]) -> None:
    """Say what has changed, or with --dry-run would change, field by field."""
    if call.is_dry_run and call.form is not Form.AUTO:
        call.show_rows((row for change in changes for row in change_rows(change)), "change")
        return
    for change in changes:
        for line in change_lines(change):
            if call.is_dry_run:
                print(line)  # noqa: T201 - what would change is the data of a rehearsal
            else:
                say(line)


def change_rows(change: Change) -> list[Row]:
    """Give a change as rows: one a field, of a record added or removed as well."""
    return [
        {"noun": change.noun, "key": change.key, "field": name, "before": before, "after": after}
        for name, before, after in change.fields()
    ]


def change_lines(change: Change) -> list[str]:
    """Give a change as lines for people: what happened to which record, and under it the fields."""
    from mou_cli.rules.text import escape_controls

    what = "remove" if change.after is None else "add" if change.before is None else "change"
    if change.is_nothing:
        return [f"{change.noun} {change.key}: nothing changes"]
    lines = [f"{what} {change.noun} {change.key}"]
    if change.after is not None:
        for name, before, after in change.fields():
            was = "" if before is None else f"{_brief(before)} → "
            lines.append(f"  {name}: {was}{'(cleared)' if after is None else _brief(after)}")
    return [escape_controls(line) for line in lines]


def _brief(value: Any) -> str:
    import json

    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:199] + "…"  # noqa: PLR2004 - a line or two
