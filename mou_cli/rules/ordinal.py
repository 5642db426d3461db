"""Ordinals in figures as Azerbaijani writes them: 2023-cü, 2025-ci, 2026-cı, 2030-cu."""

from __future__ import annotations

from typing import Final

# The ending follows the last vowel of the last word that is spoken: bir, iki, üç …; on, iyirmi, otuz …; yüz; min.
_ONES: Final = ("", "ci", "ci", "cü", "cü", "ci", "cı", "ci", "ci", "cu")
_TENS: Final = ("", "cu", "ci", "cu", "cı", "ci", "cı", "ci", "ci", "cı")
_HUNDREDS: Final = "cü"
_THOUSANDS: Final = "ci"


def ordinal(number: int) -> str:
    """Give the ordinal of a number from 1 to 999,999."""
    hundreds, ones = number // 100, number % 100
    ending = _ONES[ones % 10] or _TENS[ones // 10] or (_HUNDREDS if hundreds % 10 else _THOUSANDS)
    return f"{number}-{ending}"
