"""Complaints about a text, written into it as comments, each above its line, and taken out of it again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mou_cli.catalogue import translate_number
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable

# A line as the parser of YAML counts them.
_LINE = re.compile("[^\n\x85\u2028\u2029]*[\n\x85\u2028\u2029]|[^\n\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Complaint:
    """What is wrong in a line (counted from 0), or as a whole."""

    line: int | None
    message: str


class Margin:
    """The lines that were written into a text. They can be told from all that stands in the text itself."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._lines: frozenset[str] = frozenset()

    def write(self, text: str, complaints: Iterable[Complaint]) -> str:
        """Give the text with the complaints in it, and at the top how many there are."""
        lines = _LINE.findall(text)
        start = "# !"
        while any(line.lstrip().startswith(start) for line in lines):
            start += "!"
        above: dict[int, list[str]] = {}
        listed = list(complaints)
        for complaint in listed:
            place = 0 if complaint.line is None else complaint.line
            above.setdefault(min(place, len(lines)), []).append(f"{start} {escape_controls(complaint.message)}\n")
        number = translate_number(
            "{number} complaint, above the line it is about. Nothing is recorded yet: correct it and save, or close "
            "the editor without a change to give up.",
            "{number} complaints, each above the line it is about. Nothing is recorded yet: correct them and save, or "
            "close the editor without a change to give up.",
            len(listed),
            self._language,
        )
        head = f"{start} {number}\n"
        self._lines = frozenset(line.strip() for line in (head, *(line for those in above.values() for line in those)))
        if lines and len(lines) in above and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        placed = ("".join(above.get(at, ())) + line for at, line in enumerate([*lines, ""]))
        return head + "".join(placed)

    def erase(self, text: str) -> str:
        """Give the text without what was written into it."""
        return "".join(line for line in _LINE.findall(text) if line.strip() not in self._lines)
