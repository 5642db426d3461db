"""Whole numbers as they are typed."""

from __future__ import annotations

DIGITS = 9  # nothing that is counted here has more


def read_number(text: str) -> int | None:
    """Read a number in digits; None for anything else, and for more digits than any number of a thing has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None
