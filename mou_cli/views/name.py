"""What records are called: all names of institutions, and the names or titles of a few keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.views.document import batches
from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mou_cli.store.reader import Reader, Row


def find_names(reader: Reader, *, homes: bool = False) -> Iterator[Row]:
    """Give every name of every institution, its label first: key, label, text, country, territory; by label.

    With `homes`, only of those on whose behalf the register is kept.
    """
    home = "WHERE home = 1" if homes else ""
    sql = f"""SELECT key, sort, 0 AS ordinal, name AS label, name AS text, country, territory FROM institution {home}
        UNION ALL SELECT i.key, i.sort, n.ordinal, i.name, n.text, i.country, i.territory
        FROM institution i JOIN institution_name n ON n.institution = i.key {home}
        ORDER BY sort NULLS LAST, key, ordinal"""
    return reader.rows(sql)


def names_by_key(reader: Reader, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give every name of a few institutions, at most a page of them, by their keys."""
    chosen, parameters = select_in(keys)
    sql = f"""SELECT key, 0 AS ordinal, name AS text FROM institution WHERE key IN ({chosen})
        UNION ALL SELECT institution, ordinal, text FROM institution_name WHERE institution IN ({chosen})
        ORDER BY key NULLS LAST, ordinal"""
    found: dict[str, tuple[str, ...]] = {}
    for row in reader.rows(sql, **parameters) if parameters else ():
        found[row["key"]] = (*found.get(row["key"], ()), row["text"])
    return found


def institution_names(reader: Reader, keys: Iterable[str | None]) -> dict[str, str]:
    """Give the names of the institutions that have one of the keys."""
    names: dict[str, str] = {}
    for page in batches(dict.fromkeys(key for key in keys if key)):
        chosen, parameters = select_in(page)
        sql = f"SELECT key, name FROM institution WHERE key IN ({chosen}) ORDER BY key"
        names |= {row["key"]: row["name"] for row in reader.rows(sql, **parameters)}
    return names


def names_of(reader: Reader, noun: str, keys: Iterable[str], language: str) -> list[str]:
    """Give the name or title of each of a few institutions, events or plans; its key where there is none."""
    listed = list(keys)
    if noun == "institution":
        names = institution_names(reader, listed)
        return [names.get(key, key) for key in listed]
    from mou_cli.rules.language import choose_text, decode_texts

    chosen, parameters = select_in(listed)
    column = "title" if noun == "plan" else "name"
    sql = f"SELECT key, {column} AS texts FROM {noun} WHERE key IN ({chosen})"
    found = {row["key"]: decode_texts(row["texts"]) for row in reader.rows(sql, **parameters)}
    return [choose_text(found.get(key), [language]) or key for key in listed]
