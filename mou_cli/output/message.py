"""Messages to the person at the terminal; they never mix with the data on stdout."""

from __future__ import annotations

import sys

from mou_cli.rules.text import escape_controls


def say(text: str) -> None:
    """Write one line to stderr; whatever in it would break the line or steer the terminal is shown escaped."""
    if sys.stderr is not None:  # it is None in a process started with stderr closed
        sys.stderr.write(f"{escape_controls(text)}\n")
        sys.stderr.flush()
