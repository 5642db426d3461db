"""References: the year of recording and a number, compared as numbers."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"([12][0-9]{3})-([0-9]{1,9})")


def read_reference(text: str) -> tuple[int, int] | None:
    """Give year and number of a reference as a person types it (2024-1 is 2024-001); None when it is none."""
    found = _REFERENCE.fullmatch(text.strip())
    return (int(found[1]), int(found[2])) if found and int(found[2]) else None


def write_reference(year: int, number: int) -> str:
    """Give a reference in its one form: three digits or more."""
    return f"{year}-{number:03}"
