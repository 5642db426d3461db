"""Text on its way in and out: what may be kept, in which form, and how the rest is shown without being obeyed."""

from __future__ import annotations

import re
import unicodedata
from json import JSONEncoder
from typing import Final

# What a terminal obeys, what turns or hides text, and what no file can hold: C0, DEL and C1 controls; zero-width space,
# left-to-right and right-to-left marks; line and paragraph separators and direction controls; word joiner and invisible
# operators; isolates and deprecated controls; lone surrogates; noncharacters. The zero-width joiner and non-joiner
# (U+200C, U+200D) are spelling in Persian and Indic scripts, and stay.
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_NAMED = {"\n": r"\n", "\t": r"\t", "\r": r"\r"}
_BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BREAKS = re.compile("\r\n?")
# To make an encoder takes longer than to write most values: one for all of them.
encode_json: Final = JSONEncoder(ensure_ascii=False).encode


def forbidden_characters(text: str, *, multiline: bool = False) -> list[str]:
    r"""Give the characters that may not be kept, escaped (`\x1b`, `\u202e`), each once, in order of appearance.

    Newline and tab are among them unless the text may have several lines.
    """
    allowed = "\n\t" if multiline else ""
    found = (match.group() for match in _HARMFUL.finditer(text))
    return [_escaped(character) for character in dict.fromkeys(found) if character not in allowed]


def escape_controls(text: str, *, keep_newlines: bool = False) -> str:
    r"""Make every harmful character visible (`\x1b`, `\u202e`, `\n`) and leave the rest, backslashes too, as it is."""
    # Nearly every cell is printable throughout, and asking that is cheaper than searching.
    if text.isprintable() or _HARMFUL.search(text) is None:
        return text
    kept = "\n" if keep_newlines else ""
    return _HARMFUL.sub(lambda match: match.group() if match.group() in kept else _escaped(match.group()), text)


def normalise(text: str) -> str:
    r"""Give the form that is kept: NFC, newlines as `\n`, no blanks around a line and one space for several within.

    Empty lines stay, except at both ends.
    """
    lines = _BREAKS.sub("\n", unicodedata.normalize("NFC", text)).split("\n")
    return "\n".join(_BLANKS.sub(" ", line).strip(" ") for line in lines).strip("\n")


def _escaped(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    code = ord(character)
    if code <= 0xFF:  # noqa: PLR2004  # as far as two digits reach
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004  # likewise four
