"""Seed files: what they declare, checked as a whole before anything is written."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mou_cli.fields.collection import unknown_field
from mou_cli.fields.kind import Number, Reading, Reference, Unreadable, expect_scalar
from mou_cli.fields.node import Mapping, Sequence
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.plan import PLAN, TASK, task_key
from mou_cli.fields.shape import Fate, Patch
from mou_cli.formats.encoding import OverheardStream
from mou_cli.formats.yaml_reader import read_yaml
from mou_cli.records.declare import plan
from mou_cli.records.reference import Reserved
from mou_cli.rules.naming import nearest_word
from mou_cli.rules.text import encode_json
from mou_cli.views.choice import existing
from mou_cli.views.document import PAGE, batches, documents
from mou_cli.views.seal import newest_digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.fields.node import Mark, Node
    from mou_cli.fields.shape import Shape
    from mou_cli.formats.encoding import Readable
    from mou_cli.formats.spool import Spool, Spooled
    from mou_cli.records.change import Change
    from mou_cli.store.reader import Reader

FORMAT = "mou/1"
_SECTIONS = {shape.section: shape for shape in SHAPES.values() if shape is not TASK}
_MOST_COMPLAINTS = 1000
_MOST_HINTS = 20


@dataclass(order=True)
class Complaint:
    """What is wrong at a place of a file; lines and columns count from 1, 0 where there is none."""

    file: int
    line: int
    column: int
    message: str


@dataclass
class _File:
    name: str
    sha256: str = ""
    has_format: bool = False


@dataclass
class Record:
    """What a file says of a record, with its line there and the places of its fields."""

    patch: Patch
    line: int
    marks: dict[str, Mark] = field(default_factory=dict)


class Intake:
    """Takes in seed files, checks all they say against each other and the register, and keeps it on disk till written.

    Memory holds the keys, not the records, so that a file may be larger than memory. To be closed when done with.
    """

    def __init__(self, reader: Reader, spool: Spool, *, overwrite: bool = False) -> None:
        self._overwrite = overwrite
        self.complaints: list[Complaint] = []
        self.unlisted = 0
        self.homes: dict[str, None] = {}
        self.references = Reserved()
        self.spool = spool
        self.section = ""
        self.reader = reader
        self._files: list[_File] = []
        self.declared: dict[str, dict[str, tuple[int, int]]] = {noun: {} for noun in SHAPES}
        self.mentioned: dict[str, dict[str, tuple[int, Mark | None]]] = {noun: {} for noun in SHAPES}
        self._state = newest_digest(reader)
        self._pages: dict[str, list[Record]] = defaultdict(list)

    @property
    def file(self) -> int:
        """The number of the file that is being read."""
        return len(self._files) - 1

    @property
    def number(self) -> int:
        """How many records are declared."""
        return sum(map(len, self.declared.values()))

    def forget(self) -> None:
        """Let go of what only the reading of further files needs."""
        self.declared.clear()
        self.mentioned.clear()

    def close(self) -> None:
        """Let go of what was kept on disk."""
        self.spool.close()

    def take(self, name: str, stream: Readable) -> None:
        """Read one file. What is wrong with it goes to the complaints."""
        self.begin(name)
        digest = hashlib.sha256()
        for section, mark, node in read_yaml(OverheardStream(stream, digest.update), self._complain):
            self.section = section
            with self._complaining():
                self._take_section(section, mark, node)
        for noun in SHAPES:
            self.check(noun, self._pages.pop(noun, []))
        self.end(digest.hexdigest())
        if not self._files[-1].has_format and not any(c.file == self.file for c in self.complaints):
            self._complain(None, f"the file does not begin with `format: {FORMAT}`")

    def begin(self, name: str) -> None:
        """Say from which file everything is until the next."""
        self._files.append(_File(name))

    def end(self, sha256: str) -> None:
        """Say what the checksum of the file is that was begun."""
        self._files[-1].sha256 = sha256

    def finish(self) -> None:
        """Check what only the whole can tell: every key that is mentioned is declared or recorded."""
        for noun, mentions in self.mentioned.items():
            unknown = [key for key in mentions if key not in self.declared[noun]]
            for keys in batches(unknown):
                recorded = existing(self.reader, SHAPES[noun].table, keys)
                for key in keys:
                    if key not in recorded:
                        self._complain_of_mention(noun, key)
        self.complaints.sort()

    def listed(self) -> list[str]:
        """Give the complaints as lines, file:line:column first, in the order of files and lines."""
        return [
            f"{self._files[c.file].name}:{c.line}:{c.column}: {c.message}"
            if c.line
            else f"{self._files[c.file].name}: {c.message}"
            for c in self.complaints
        ]

    def is_still_so(self, reader: Reader) -> bool:
        """Say whether the register is as it was when the files were checked against it."""
        return newest_digest(reader) == self._state

    def patches(self, noun: str, *, is_still_so: bool) -> Iterator[Patch]:
        """Give what was declared of a noun, in the order of the files, with its fate if all is still so."""
        homes = dict(self.homes) if noun == "institution" else {}
        for number, line, key, fields, foreseen in self.spool.records(noun):
            fate = foreseen if is_still_so else Fate.UNKNOWN
            if key in homes:
                fields["home"] = True
                del homes[key]
                fate = Fate.UNKNOWN
            yield Patch(noun, key, fields, self._source(number, line), fate)
        for key in homes:
            yield Patch(noun, key, {"home": True}, self._source(self.file, None))

    def _source(self, number: int, line: int | None) -> str:
        file = self._files[number]
        return encode_json({"file": file.name, "line": line, "sha256": file.sha256})

    def _complain(self, mark: Mark | None, message: str, file: int = -1) -> None:
        if len(self.complaints) >= _MOST_COMPLAINTS:
            self.unlisted += 1
            return
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        complaint = Complaint(file if file >= 0 else self.file, line, column, message)
        # A section that is not known is met once for each of its items.
        if self.complaints[-1:] != [complaint]:
            self.complaints.append(complaint)

    def _complain_of_mention(self, noun: str, key: str) -> None:
        file, mark = self.mentioned[noun][key]
        near = nearest_word(key, self.declared[noun]) if len(self.complaints) < _MOST_HINTS else None
        hint = f"; did you mean {near!r}?" if near else ""
        self._complain(mark, f"there is no {noun} {key!r}{hint}", file)

    @contextmanager
    def _complaining(self) -> Iterator[None]:
        try:
            yield
        except Unreadable as error:
            self._complain(error.mark, str(error))

    def _take_section(self, section: str, mark: Mark, node: Node) -> None:
        if section in _SECTIONS:
            self._take_record(_SECTIONS[section], node)
        elif section == "format":
            self._files[-1].has_format = True
            if expect_scalar(node).value != FORMAT:
                raise Unreadable(f"this program reads {FORMAT}, not {expect_scalar(node).value!r}", node.mark)
        elif section == "home":
            home = Reference(noun="institution").parse(expect_scalar(node).value, node.mark, self._reading())
            self.homes[home] = None
        elif section == "references":
            self._take_counters(node)
        else:
            raise Unreadable(unknown_field(section, [*_SECTIONS, "format", "home", "references"]), mark)

    def _take_counters(self, node: Node) -> None:
        if not isinstance(node, Mapping):
            raise Unreadable("references is a mapping of years to the last number given", node.mark)
        for year, last in node.items.items():
            key = Number(1000, 2999).parse(year, node.key_marks[year], self._reading())
            self.references.raise_to(key, Number().parse(expect_scalar(last).value, last.mark, self._reading()))

    def _reading(self) -> Reading:
        return Reading(self._complain, self._mention)

    def _mention(self, noun: str, key: str, mark: Mark | None) -> None:
        if key not in self.declared[noun]:
            self.mentioned[noun].setdefault(key, (self.file, mark))

    def _take_record(self, shape: Shape, node: Node) -> None:
        if not isinstance(node, Mapping):
            raise Unreadable(f"a mapping with the fields of one {shape.noun} is expected", node.mark)
        tasks = node.items.pop("tasks", None) if shape is PLAN else None
        said = shape.read(node, self._reading())
        key = said.pop("key", None)
        if "key" not in node.items:
            raise Unreadable("key is missing", node.mark)
        if key is None:
            return
        self._declare(shape, key, node)
        self._put(Patch(shape.noun, key, said), node)
        if tasks is not None:
            self._take_tasks(key, said.get("year"), tasks)

    def _declare(self, shape: Shape, key: str, node: Mapping) -> None:
        known = self.declared[shape.noun]
        if key in known:
            number, line = known[key]
            mark = node.key_marks.get("key", node.mark)
            raise Unreadable(f"{shape.noun} {key!r} stands at {self._files[number].name}:{line} already", mark)
        known[key] = (self.file, node.mark.line + 1)

    def _take_tasks(self, plan_key: str, year: int | None, node: Node) -> None:
        if not isinstance(node, Sequence):
            raise Unreadable("tasks is a list", node.mark)
        if year is None:
            year = documents(self.reader, PLAN, [plan_key]).get(plan_key, {}).get("year")
        for item in node.items:
            with self._complaining():
                if not isinstance(item, Mapping):
                    raise Unreadable("a mapping with the fields of one task is expected", item.mark)
                self._take_task(plan_key, year, item)

    def _take_task(self, plan_key: str, year: int | None, node: Mapping) -> None:
        said = TASK.read(node, self._reading())
        if "number" not in said:
            if "number" not in node.items:
                raise Unreadable("number is missing", node.mark)
            return
        key = task_key(plan_key, said["number"])
        self._declare(TASK, key, node)
        if year is not None:
            self._put(Patch("task", key, {"plan": plan_key, "year": year, **said}), node)

    def _put(self, patch: Patch, node: Mapping) -> None:
        page = self._pages[patch.noun]
        page.append(Record(patch, node.mark.line + 1, {**node.key_marks, "": node.mark}))
        if len(page) == PAGE:
            self.check(patch.noun, self._pages.pop(patch.noun))

    def check(self, noun: str, page: list[Record]) -> None:
        """Check a page of records, read from whichever file, against the register, and keep it."""
        if not page:
            return
        if noun == "agreement":
            for record in page:
                self.references.note(record.patch.key, record.patch.fields.get("ref"))
        changes, objections = plan(self.reader, [replace(r.patch, source="") for r in page], overwrite=self._overwrite)
        marks = {record.patch.key: record.marks for record in page}
        for objection in objections:
            places, name = marks[objection.patch.key], objection.field
            # What could not be read is complained of at its own place already.
            if objection.kept or name not in places or objection.patch.fields.get(name) is not None:
                self._complain(places.get(name) or places.get(""), objection.message)
        self.spool.put(noun, self.file, list(map(_foreseen, page, changes)))


def _foreseen(record: Record, change: Change) -> Spooled:
    """Give what is to be kept of a record, with what becomes of it."""
    said, fate = record.patch.fields, Fate.UNKNOWN
    if change.before is None:
        said, fate = (change.after or {}) | {name: None for name in said if said[name] is None}, Fate.ADDED
    # Of a plan the tasks have to know the year, whether or not the file says it.
    elif change.is_nothing and not change.kept and change.noun != PLAN.noun:
        fate = Fate.SAME
    return record.line, change.key, said, fate
