"""Changing one value of a TOML text, and leaving its comments and its order as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any


def with_value(text: str, name: str, value: str | float) -> str:
    """Give the text with a value set; a dot in the name stands for a table."""
    import tomlkit

    document = tomlkit.parse(text)
    if found := _find(document, name):
        table, key = found
        table[key] = value
        return tomlkit.dumps(document)
    *tables, key = name.split(".")
    table = document
    for each in tables:
        if each not in table:
            table[each] = tomlkit.table()
        table = table[each]
    table[key] = value
    return tomlkit.dumps(document)


def without_value(text: str, name: str) -> str:
    """Give the text without a value; the same text where there is none."""
    import tomlkit

    document = tomlkit.parse(text)
    if found := _find(document, name):
        table, key = found
        del table[key]
    return tomlkit.dumps(document)


def _find(table: MutableMapping[str, Any], name: str) -> tuple[MutableMapping[str, Any], str] | None:
    """Give the table that holds a name and its key there: `a.b` is b of the table a, or a quoted key."""
    for key, value in table.items():
        if key == name:
            return table, key
        if isinstance(value, dict) and name.startswith(f"{key}."):
            found = _find(value, name[len(key) + 1 :])
            if found:
                return found
    return None
