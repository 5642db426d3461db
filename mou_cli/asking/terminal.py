"""Whether there is anybody to ask."""

from __future__ import annotations

import sys


def is_somebody_there() -> bool:
    """Say whether a person at a terminal can be shown something, and answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()
