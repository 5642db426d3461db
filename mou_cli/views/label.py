"""What a language calls the institutions of a record that is shown whole."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from mou_cli.views.document import batches
from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mou_cli.store.reader import Reader, Row

_LISTS: Final = ("partners", "homes", "parties", "children")
_RECORDS: Final = ("agreement_rows", "event_rows")


def find_labels(reader: Reader, keys: Iterable[str], language: str) -> dict[str, str]:
    """Give the names that institutions have in a language, by key; of several the first."""
    labels: dict[str, str] = {}
    for page in batches(dict.fromkeys(keys)):
        chosen, parameters = select_in(page)
        sql = f"""SELECT institution, text FROM institution_name
            WHERE institution IN ({chosen}) AND lang = :lang AND kind IN ('label', 'current')
            ORDER BY institution, ordinal DESC"""
        labels |= {row["institution"]: row["text"] for row in reader.rows(sql, lang=language, **parameters)}
    return labels


def labelled(reader: Reader, row: Row, noun: str, language: str) -> Row:
    """Give a record with its institutions called as the language calls them, where they have a name in it.

    The name of an institution that is itself the record stays, and `texts` has the one in the language.
    """
    row = deepcopy(row)
    bodies, names = list(_bodies(row)), row.get("institution_names") or {}
    own = [row["key"]] if noun == "institution" else []
    labels = find_labels(reader, [*own, *names, *(body["key"] for body in bodies)], language)
    for body in bodies:
        body["name"] = labels.get(body["key"], body["name"])
    if names:
        row["institution_names"] = {key: labels.get(key, name) for key, name in names.items()}
    for key in own:
        if key in labels:
            row["texts"] = row["texts"] | {"name": {language: labels[key]}}
    return row


def _bodies(row: Row) -> Iterator[Row]:
    for name in _LISTS:
        # The partners of a task are keys alone.
        yield from (body for body in row.get(name) or () if isinstance(body, dict))
    if row.get("host"):
        yield row["host"]
    for name in _RECORDS:
        for record in row.get(name) or ():
            yield from _bodies(record)
    if row.get("event_row"):
        yield from _bodies(row["event_row"])
