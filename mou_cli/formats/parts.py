"""Reading a large seed file in parts, by several processes, where all is well with it and nothing unusual."""

from __future__ import annotations

import hashlib
import io
import re
from collections import deque
from contextlib import closing
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.shape import Patch
from mou_cli.formats.encoding import OverheardStream, count_lines
from mou_cli.formats.seed import FORMAT, Intake, Record
from mou_cli.formats.spool import Spool, records_of
from mou_cli.store.reader import BlankReader
from mou_cli.views.choice import existing
from mou_cli.views.document import batches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.formats.encoding import Readable
    from mou_cli.processes import Hands
    from mou_cli.records.reference import Reserved

PART: Final = 1 << 18
"""How many bytes, more or less, a part has."""

_LARGEST: Final = 1 << 24
# A line that begins at the margin; those of comments and of lists that stand there do not.
_AT_THE_MARGIN: Final = re.compile(rb"^[^ \r\n#-].*$", re.MULTILINE)
_SECTION: Final = re.compile(rb"([a-z]+):(\s|$)")
_ITEM: Final = re.compile(rb"^( *)- ", re.MULTILINE)


class Unsure(Exception):
    """The file is not to be read in parts: something is wrong with it, or unusual."""


class _Part(NamedTuple):
    """A part of a file that begins with an item of a section; the first part, before all sections, with nothing."""

    section: str
    text: bytes


class _Taken(NamedTuple):
    """What a part says: the section that it ends in, how many lines it has, and what an intake knows of it.

    `records` has the content of a spool for each noun. Lines are counted with those of the `head` put before the part.
    """

    section: str
    lines: int
    head: int
    records: dict[str, bytes]
    declared: dict[str, dict[str, tuple[int, int]]]
    mentioned: dict[str, list[str]]
    homes: dict[str, None]
    references: Reserved


def take_parts(intake: Intake, name: str, stream: Readable, hands: Hands, size: int = PART) -> None:
    """Take in a file as `Intake.take` would. Raises Unsure where that might not come to the same."""
    digest = hashlib.sha256()
    sections: deque[str] = deque()

    def parts() -> Iterator[_Part]:
        for part in _cut(OverheardStream(stream, digest.update), size):
            sections.append(part.section)
            yield part

    intake.begin(name)
    line, section = 0, ""
    with closing(hands.map(_read, parts())) as found:
        for taken in found:
            # Where a part really ends shows whether the next one begins where it seemed to.
            if taken is None or section != sections.popleft():
                raise Unsure
            _join(intake, taken, line - taken.head)
            line, section = line + taken.lines, taken.section
    intake.end(digest.hexdigest())


def _read(part: _Part) -> _Taken | None:
    """Read a part as a file of its own; None if anything is wrong with it."""
    head = f"format: {FORMAT}\n{part.section}:\n".encode() if part.section else b""
    with closing(Intake(BlankReader(), Spool(io.BytesIO))) as intake:
        intake.take("", io.BytesIO(head + part.text))
        if intake.complaints:
            return None
        declared = {noun: keys for noun, keys in intake.declared.items() if keys}
        return _Taken(
            section=intake.section,
            lines=count_lines(part.text),
            head=count_lines(head),
            records={noun: intake.spool.content(noun) for noun in declared},
            declared=declared,
            mentioned={noun: list(keys) for noun, keys in intake.mentioned.items() if keys},
            homes=intake.homes,
            references=intake.references,
        )


def _join(intake: Intake, taken: _Taken, line: int) -> None:
    """Add what a part says, which with its head begins after a line of the file. Raises Unsure where that clashes."""
    for noun, keys in taken.declared.items():
        if not intake.declared[noun].keys().isdisjoint(keys):
            raise Unsure
        intake.declared[noun] |= {key: (intake.file, line + own) for key, (_file, own) in keys.items()}
        _keep(intake, noun, line, taken)
    for noun, mentioned in taken.mentioned.items():
        for key in mentioned:
            if key not in intake.declared[noun]:
                intake.mentioned[noun].setdefault(key, (intake.file, None))
    intake.homes |= taken.homes
    intake.references.join(taken.references)


def _keep(intake: Intake, noun: str, line: int, taken: _Taken) -> None:
    keys = taken.declared[noun]
    if not any(existing(intake.reader, SHAPES[noun].table, page) for page in batches(keys)):
        intake.spool.add(noun, intake.file, line, taken.records[noun])
        return
    # Some are recorded already: what becomes of them, only a look at the register tells.
    said = (Record(Patch(noun, key, fields), line + own) for own, key, fields, _fate in records_of(taken.records[noun]))
    for page in batches(said):
        intake.check(noun, page)


def _cut(stream: Readable, size: int) -> Iterator[_Part]:
    """Cut a file before items of its sections. Raises Unsure where sections do not begin each at the margin, once.

    An item ends where a line begins like its first one, unless that is inside a text or a list in brackets; then the
    part before the cut is broken.
    """
    section, begins, indent = "", "", b""
    seen: set[bytes] = set()
    text, looked_at, earliest = b"", 0, 0
    while chunk := stream.read(size):
        text += chunk
        whole = text.rfind(b"\n") + 1
        for line in _AT_THE_MARGIN.finditer(text, looked_at, whole):
            name = _SECTION.match(line.group())
            if not name or name[1] in seen:
                raise Unsure
            seen.add(name[1])
            section, indent, earliest = name[1].decode(), b"", line.end()
        looked_at = whole
        if not indent and (item := _ITEM.search(text, earliest, whole)):
            indent, earliest = b"\n" + item.group(), item.end()
        cut = text.rfind(indent, earliest, whole) + 1 if indent else 0
        if cut:
            yield _Part(begins, text[:cut])
            text, looked_at, earliest, begins = text[cut:], looked_at - cut, 0, section
        elif len(text) > _LARGEST:
            raise Unsure
    yield _Part(begins, text)
