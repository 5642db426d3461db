"""What was written, before anything is made of it: scalars, lists and mappings, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias


class Mark(Protocol):
    """A place in a text. `line` and `column` count from 0, as the YAML parser has them."""

    line: int
    column: int


NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""What stands for "nothing" where it is written without quotes."""


@dataclass(slots=True)
class Scalar:
    """One value as written. `plain` says that it stood without quotes, where `null`, `~` and nothing mean "clear"."""

    value: str
    plain: bool
    mark: Mark

    @property
    def is_null(self) -> bool:
        """Say whether the value clears the field."""
        return self.plain and self.value in NULLS


@dataclass(slots=True)
class Sequence:
    """A list as written."""

    items: list[Node]
    mark: Mark


@dataclass(slots=True)
class Mapping:
    """A mapping as written, in its own order; `key_marks` has the place of every key."""

    items: dict[str, Node]
    key_marks: dict[str, Mark]
    mark: Mark


Node: TypeAlias = Scalar | Sequence | Mapping
