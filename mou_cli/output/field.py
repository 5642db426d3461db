"""The fields of a row as programs read them: keys of the row contract, or texts of columns asked for by name."""

from __future__ import annotations

from json import JSONEncoder
from operator import methodcaller
from typing import TYPE_CHECKING, Any, NamedTuple

from mou_cli.output.nouns import COLUMNS, KEYS, tidy, unknown_column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mou_cli.output.column import Row

compact_json = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Field(NamedTuple):
    """A name and what it takes from a row."""

    name: str
    value: Callable[[Row], Any]


def choose_fields(noun: str, names: Sequence[str] | None, language: str) -> list[Field]:
    """Give a field for each name, for every key if there are none; an unknown name is a UsageError.

    A key of the row contract wins over a column of the same name: `country` of an institution is its code.
    """
    wanted = dict.fromkeys(map(tidy, names)) if names else KEYS[noun]
    return [_field(noun, name, language) for name in wanted]


def records(rows: Iterable[Row], fields: Sequence[Field]) -> Iterator[Row]:
    """Give of every row the fields that were asked for."""
    return ({field.name: field.value(row) for field in fields} for row in rows)


def values_of(fields: Sequence[Field]) -> Callable[[Row], Iterable[Any]]:
    """Give the function that takes from a row the value of each field."""
    if all(isinstance(field.value, methodcaller) for field in fields):
        # Most often nothing is asked for but keys, of which a row has dozens.
        names = [field.name for field in fields]
        return lambda row: map(row.get, names)
    takes = [field.value for field in fields]
    return lambda row: [take(row) for take in takes]


def flatten(value: object) -> str:
    """Give a value as one text: a list joined with "; ", an object by its key or else as JSON, nothing where empty."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list):
        return _joined(value)
    if isinstance(value, dict):
        return _object(value) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _joined(items: list[Any]) -> str:
    texts = []
    for item in items:
        if isinstance(item, dict):
            if "key" not in item:
                return compact_json(items)
            texts.append(str(item["key"]))
        else:
            texts.append(item if isinstance(item, str) else flatten(item))
    return "; ".join(texts)


def _object(value: dict[str, Any]) -> str:
    return str(value["key"]) if "key" in value else compact_json(value)


def _field(noun: str, name: str, language: str) -> Field:
    if name in KEYS[noun]:
        return Field(name, methodcaller("get", name))
    if name in COLUMNS[noun]:
        show = COLUMNS[noun][name].show
        return Field(name, lambda row: show(row, language))
    raise unknown_column(noun, name)
