"""What is shown of the documents of agreements, and of what is wrong with their contents."""

from __future__ import annotations

from typing import Final

from mou_cli.catalogue import digits, tenths, translate
from mou_cli.output.column import Column, Row, coded, index, plain
from mou_cli.vocabulary import DOCUMENT_KINDS, CodeList

STORED: Final = CodeList(
    "where a document is",
    {"yes": "stored", "no": "missing", "address": "address", "paper": "on paper"},
)
STATES: Final = CodeList(
    "state of a content",
    {
        "missing": "missing",
        "changed": "changed",
        "unreadable": "unreadable",
        "orphaned": "mentioned by nothing",
    },
)
_THOUSAND: Final = 1000
_UNITS: Final = ("kB", "MB", "GB", "TB")


def size_in_words(size: int | None, language: str) -> str:
    """Give a number of bytes as people say it: "812 B", "1.4 MB"; empty where it is not known."""
    if size is None:
        return ""
    if size < _THOUSAND:
        return f"{digits(size, language)} B"
    power = min((len(str(size)) - 1) // 3, len(_UNITS))
    return f"{tenths(size / _THOUSAND**power, language)} {_UNITS[power - 1]}"


def _file(row: Row, language: str) -> str:
    """Give what a document is called: its file or address, or for one on paper where that lies."""
    return row.get("file") or translate("on paper: {place}", language, place=row.get("paper") or "")


def _size(row: Row, language: str) -> str:
    return size_in_words(row.get("size"), language)


_FILE: Final = Column("file", "Document", _file, key="file", weight=4)
_SIZE: Final = Column("size", "Size", _size, "number", "size")
KEYS: Final = (
    *("agreement", "ref", "file", "kind", "language", "public", "paper", "sha256", "size", "media_type", "added"),
    "stored",
)
COLUMNS: Final = index(
    plain("ref", "Ref", "code"),
    plain("agreement", "Agreement", "code"),
    _FILE,
    coded("kind", "Kind", DOCUMENT_KINDS)._replace(weight=2),
    plain("language", "Language"),
    plain("public", "Public"),
    plain("paper", "On paper", weight=2),
    _SIZE,
    plain("media_type", "Media type", "code"),
    plain("added", "Added", "date"),
    coded("stored", "Stored", STORED),
    plain("sha256", "SHA-256", "code"),
)
DEFAULT: Final = ("ref", "file", "kind", "language", "size", "added", "stored")

CONTENT_KEYS: Final = ("state", "agreement", "ref", "file", "sha256", "size")
CONTENT_COLUMNS: Final = index(
    coded("state", "State", STATES),
    plain("ref", "Ref", "code"),
    plain("agreement", "Agreement", "code"),
    plain("file", "Document", weight=4),
    _SIZE,
    plain("sha256", "SHA-256", "code"),
)
CONTENT_DEFAULT: Final = ("state", "ref", "file", "size", "sha256")
