"""Which commands are about the records of a noun, as they stand in what people are told to type."""

from __future__ import annotations

_GROUPS = {"agreement": "", "institution": "partner ", "task": "plan task ", "document": "doc "}


def command(noun: str, what: str) -> str:
    """Give the command that does something with records of a noun, with what is to follow: `mou plan task add`."""
    return f"mou {_GROUPS.get(noun, f'{noun} ')}{what}"
