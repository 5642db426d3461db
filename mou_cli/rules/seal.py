"""The checksum of an entry of the journal, which holds that of the entry before it: a chain that shows tampering."""

from __future__ import annotations

import hashlib
from json import JSONEncoder
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ENTRY: Final = ("id", "at", "actor", "action", "undoes")
CHANGE: Final = ("ordinal", "noun", "key", "field", "before", "after", "source")
_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Seal:
    """The SHA-256 of an entry: of lines in UTF-8, each ended by a line feed and each a JSON text without blanks.

    The first is the digest of the seal before it (null where there is none), the second an array of id, at, actor,
    action and undoes, and of the role where there is one; each change then is an array of ordinal, noun, key, field,
    before, after and source.
    """

    def __init__(self, previous: str | None, entry: Mapping[str, Any]) -> None:
        # Entries in a file, and those made before there were roles, have the five alone.
        names = _ENTRY if entry["role"] is None else (*_ENTRY, "role")
        said = _encode([entry[name] for name in names])
        self._hash = hashlib.sha256(f"{_encode(previous)}\n{said}\n".encode())

    def add(self, lines: bytes) -> None:
        """Take in the lines of further changes, in the order of their ordinals."""
        self._hash.update(lines)

    @property
    def digest(self) -> str:
        """The checksum of all that was taken in, as 64 hexadecimal digits."""
        return self._hash.hexdigest()


def lines_of(changes: Iterable[Sequence[Any]]) -> bytes:
    """Give the lines of changes, each the values of what CHANGE names."""
    return "".join([_encode(change) + "\n" for change in changes]).encode()
