"""A row as YAML in block style, put together from its usual values: what is unusual is left to the library."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# Letters and digits, and between them what means nothing there. What lies beyond the first plane libyaml escapes.
_LETTER: Final = "[^\\W_\U00010000-\U0010ffff]"
_USUAL: Final = re.compile(f"{_LETTER}(?:{_LETTER}|[-_.,;/()+'&]| (?=[^ ]))*")
_CONSTANTS: Final = {None: "null", True: "true", False: "false"}
_LONGEST_KEY: Final = 100


class Unusual(Exception):
    """A value that only the library knows how to write."""


def write_block(row: dict[str, Any], dump: Callable[[Any], str]) -> str:
    """Give a list of one row, as `dump`, which writes any value so, would; raises Unusual for what is left to it."""
    return _Writing(dump).sequence([row], "")


class _Writing:
    def __init__(self, dump: Callable[[Any], str]) -> None:
        self._key, self._scalar = _keys(dump), _scalars(dump)

    def mapping(self, value: dict[Any, Any], indent: str) -> str:
        """Give a line for each key."""
        # Most values are unknown or one text, and need no further call.
        key, scalar = self._key, self._scalar
        return "".join(
            [
                f"{indent}{key(name)} null\n"
                if inner is None
                else f"{indent}{key(name)} {scalar(inner)}\n"
                if inner.__class__ is str
                else f"{indent}{key(name)}{self._below(inner, indent)}"
                for name, inner in value.items()
            ]
        )

    def sequence(self, items: list[Any], indent: str) -> str:
        """Give an item after the other, each with its dash, which takes the place of what the item is indented by."""
        deeper = f"{indent}  "
        return "".join([f"{indent}- {self._item(item, deeper)}" for item in items])

    def _item(self, item: Any, indent: str) -> str:
        if item and isinstance(item, dict):
            return self.mapping(item, indent)[len(indent) :]
        if item and isinstance(item, list):
            return self.sequence(item, indent)[len(indent) :]
        return f"{self._single(item)}\n"

    def _below(self, value: Any, indent: str) -> str:
        if value and isinstance(value, dict):
            return f"\n{self.mapping(value, f'{indent}  ')}"
        if value and isinstance(value, list):
            return f"\n{self.sequence(value, indent)}"
        return f" {self._single(value)}\n"

    def _single(self, value: Any) -> str:
        if isinstance(value, str):
            return self._scalar(value)
        if value is None or isinstance(value, bool):
            return _CONSTANTS[value]
        if isinstance(value, int):
            return str(value)
        if value in ({}, []):
            return "{}" if value == {} else "[]"
        raise Unusual


@cache
def _keys(dump: Callable[[Any], str]) -> Callable[[object], str]:
    """Give the function that writes a key with its colon."""
    scalar = _scalars(dump)

    @lru_cache(maxsize=1024)
    def key(name: object) -> str:
        if not (isinstance(name, str) and len(name) <= _LONGEST_KEY and _USUAL.fullmatch(name)):
            raise Unusual
        return f"{scalar(name)}:"

    return key


@cache
def _scalars(dump: Callable[[Any], str]) -> Callable[[str], str]:
    """Give the function that writes a text on one line; most come again in row after row."""
    from yaml import ScalarNode
    from yaml.resolver import Resolver

    resolve: Callable[..., str] = Resolver().resolve

    @lru_cache(maxsize=4096)
    def scalar(text: str) -> str:
        if _USUAL.fullmatch(text):
            return text if resolve(ScalarNode, text, (True, False)) == Resolver.DEFAULT_SCALAR_TAG else f"'{text}'"
        if not text.isprintable():
            raise Unusual
        return dump([text])[2:-1]

    return scalar
