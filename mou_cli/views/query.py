"""Putting a SELECT together from fixed fragments: only the conditions that are asked for stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Conditions:
    """Conditions that all must hold, and the parameters in them."""

    def __init__(self) -> None:
        self._fragments: list[str] = []
        self.parameters: dict[str, object] = {}

    def add(self, fragment: str, **parameters: object) -> None:
        """Add a condition with its own parameters."""
        self._fragments.append(fragment)
        self.parameters.update(parameters)

    def one_of(self, column: str, name: str, values: Iterable[object]) -> str:
        """Give the fragment that a column is one of the values; parameters are named after `name`."""
        parameters = {f"{name}{n}": value for n, value in enumerate(values)}
        self.parameters.update(parameters)
        return f"{column} IN ({', '.join(f':{parameter}' for parameter in parameters)})"

    def add_one_of(self, column: str, name: str, values: Iterable[object]) -> None:
        """Add the condition that a column is one of the values; no values, no condition."""
        if values := list(values):
            self._fragments.append(self.one_of(column, name, values))

    @property
    def where(self) -> str:
        """The WHERE clause, empty where there is no condition."""
        return "WHERE " + " AND ".join(self._fragments) if self._fragments else ""


def select_in(keys: Iterable[str]) -> tuple[str, dict[str, object]]:
    """Give the parameters of a list of keys and their place in an IN (…)."""
    parameters: dict[str, object] = {f"k{n}": key for n, key in enumerate(keys)}
    return ", ".join(f":{name}" for name in parameters), parameters
