"""References: the year of recording and a number, compared as numbers."""

from __future__ import annotations

import re
from typing import Final

_SHORTEST, _LONGEST = 3, 9  # digits of a number
_REFERENCE = re.compile(rf"([12][0-9]{{3}})-([0-9]{{1,{_LONGEST}}})")
LAST_NUMBER: Final = 10**_LONGEST - 1


def read_reference(text: str) -> tuple[int, int] | None:
    """Give year and number of a reference as a person types it (2024-1 is 2024-001); None when it is none."""
    found = _REFERENCE.fullmatch(text.strip())
    return (int(found[1]), int(found[2])) if found and int(found[2]) else None


def write_reference(year: int, number: int) -> str:
    """Give a reference in its one form: three digits or more."""
    return f"{year}-{number:0{_SHORTEST}}"


def begun_reference(text: str) -> tuple[int, list[tuple[int, int]]] | None:
    """Give the year of a reference that begins so, and which numbers it may have, each from a first to a last.

    The first of them is the very number (2024-1 is 2024-001). None where no digit of a number is said, or none at all.
    """
    found = _REFERENCE.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[2]
    # Only what would be shorter is written with a nought before it.
    longest = _SHORTEST if digits.startswith("0") else _LONGEST
    lengths = range(max(len(digits), _SHORTEST), longest + 1)
    further = [(int(digits.ljust(length, "0")), int(digits.ljust(length, "9"))) for length in lengths]
    return int(found[1]), [(int(digits), int(digits)), *further]
