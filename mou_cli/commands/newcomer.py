"""An institution that somebody has said is new, and what the register held that looks like it when that was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mou_cli.fields.shape import Document


@dataclass(frozen=True)
class Newcomer:
    """What was found out by asking of an institution that is new; `seen` are the keys of those that look like it."""

    fields: Document
    seen: frozenset[str]
