"""What is about to change: a record before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.fields.shape import Document


@dataclass(frozen=True)
class Change:
    """A record of a noun before and after; None before it is added and after it is removed.

    `source` says where the new values were read (None: a person gave them). `kept` has the fields whose recorded value
    was kept against what was declared, with the declared value.
    """

    noun: str
    key: str
    before: Document | None
    after: Document | None
    source: str | None = None
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Say whether the record stays as it is."""
        return self.before == self.after

    def fields(self) -> Iterator[tuple[str, Any, Any]]:
        """Give every field that differs, with its value before and after (None: not said)."""
        before, after = self.before or {}, self.after or {}
        for name in after | before:
            if before.get(name) != after.get(name):
                yield name, before.get(name), after.get(name)
