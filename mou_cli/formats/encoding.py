"""Bytes of a file as text, piece by piece, with the place of the first byte or character that cannot be read."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.fields.node import Mark

_CHUNK: Final = 65536
_LONGEST_MARK: Final = 4

# UTF-32 stands first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Everything but the printable characters of YAML 1.1, section 4.1.1 (libyaml refuses the same ones, but names no line).
_FORBIDDEN: Final = re.compile(r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

# Bytes that are no part of a forbidden character in UTF-8. Looking for others is several times faster than the search.
_HARMLESS: Final = bytes(sorted({0x09, 0x0A, 0x0D, *range(0x20, 0x7F), *range(0x80, 0x100)} - {0xC2, 0xEF}))

# How a zip file begins, which is what Excel and Word write.
_OFFICE: Final = b"PK\x03\x04"

_LINE_BREAKS: Final = ("\n", "\x85", "\u2028", "\u2029")


def count_lines(text: bytes) -> int:
    """Count the ends of lines in UTF-8 as the parser does."""
    returns = text.count(b"\r") - text.count(b"\r\n")
    return returns + sum(text.count(end.encode()) for end in _LINE_BREAKS)


class Readable(Protocol):
    """What bytes can be read from: a file, standard input, or something that counts them on the way."""

    def read(self, size: int = ..., /) -> bytes:
        """Read at most `size` bytes; none at the end."""
        ...


class OverheardStream:
    """A stream of which somebody is told every piece that is read."""

    def __init__(self, stream: Readable, tell: Callable[[bytes], object]) -> None:
        self._stream = stream
        self._tell = tell

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes."""
        data = self._stream.read(size)
        self._tell(data)
        return data


@dataclass(slots=True)
class Place:
    """A place in a text; line and column count from 0."""

    line: int
    column: int


class UnreadableError(Exception):
    """Nothing after `mark` can be read; `message` is a sentence for the one who wrote the file."""

    def __init__(self, mark: Mark | None, message: str) -> None:
        super().__init__(message)
        self.mark = mark
        self.message = message


class TextStream:
    """A byte stream read as text: UTF-8, or UTF-16 and UTF-32 with a byte order mark; every line ends in a line feed.

    A fault is raised only by the read after the good text before it, so that a parser sees all of that text.
    """

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._head: bytes | None = None
        self._encoding = "utf-8"
        self._newlines = io.IncrementalNewlineDecoder(None, translate=True)
        self._bytes_read = 0
        self._suspicious = False
        self._line = 0
        self._column = 0
        self._fault: UnreadableError | None = None

    def read(self, _size: int = -1, /) -> str:
        """Return the next piece, of any length, and "" at the end.

        Raises UnreadableError at a byte that is not text, and at a control character.
        """
        if self._head is None:
            self._head = self._skip_byte_order_mark()
            self._decoder = codecs.getincrementaldecoder(self._encoding)()
        while True:
            if self._fault is not None:
                raise self._fault
            chunk = self._head or self._stream.read(_CHUNK)
            self._head = b""
            text = self._decoded(chunk)
            suspicious = self._encoding != "utf-8" or bool(chunk.translate(None, _HARMLESS))
            if suspicious or self._suspicious:  # a chunk before may hold a character's first byte
                text = self._without_forbidden(text)
            self._suspicious = suspicious or (self._suspicious and not text)
            place = self._place_after(text)
            self._line, self._column = place.line, place.column
            if text or (not chunk and self._fault is None):
                return text

    def _skip_byte_order_mark(self) -> bytes:
        """Note the encoding and return the first bytes after the mark."""
        head = b""
        while len(head) < _LONGEST_MARK and (piece := self._stream.read(_CHUNK)):
            head += piece
        if head.startswith(_OFFICE):
            raise UnreadableError(None, "this is an Excel, Word or zip file, not a text file")
        for mark, encoding in _BYTE_ORDER_MARKS:
            if head.startswith(mark):
                self._encoding = encoding
                self._bytes_read = len(mark)
                return head[len(mark) :]
        return head

    def _decoded(self, chunk: bytes) -> str:
        """Return the chunk's text up to a fault, if there is one, and go on to the place after it."""
        self._bytes_read += len(chunk)
        message = None
        try:
            text = self._decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            text = error.object[: error.start].decode(self._encoding)
            offset = self._bytes_read - len(error.object) + error.start
            wrong, encoding = error.object[error.start], self._encoding.upper()
            message = f"byte 0x{wrong:02X} at offset {offset} is not {encoding}; the file must be saved as UTF-8"
        text = self._newlines.decode(text, final=message is not None or not chunk)
        if message is not None:
            self._fault = UnreadableError(self._place_after(text), message)
        return text

    def _without_forbidden(self, text: str) -> str:
        found = _FORBIDDEN.search(text)
        if found is not None:
            text, code = text[: found.start()], ord(found.group())
            message = f"the character U+{code:04X} cannot stand in a text file; remove it"
            if code == 0:
                message = "a NUL character: the file is binary or lacks a byte order mark; it must be saved as UTF-8"
            self._fault = UnreadableError(self._place_after(text), message)
        return text

    def _place_after(self, text: str) -> Place:
        """Count as the parser does: next line, line and paragraph separators end a line too."""
        breaks = sum(text.count(end) for end in _LINE_BREAKS)
        if not breaks:
            return Place(self._line, self._column + len(text))
        last = max(text.rfind(end) for end in _LINE_BREAKS)
        return Place(self._line + breaks, len(text) - last - 1)
