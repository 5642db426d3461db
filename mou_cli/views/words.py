"""Finding by words, as a condition on the records of one noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.store.search import matching, words_of
from mou_cli.views.query import Conditions, counted

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader

_FEW = 20_000


def add_words(conditions: Conditions, reader: Reader, noun: str, column: str, words: str | None) -> None:
    """Add the condition that the record whose key is in `column` has all the words; None asks for none.

    Each word is the beginning of a word of the record. Text without a letter or digit is found nowhere.
    """
    if words is None:
        return
    query = words_of(reader.dialect, words)
    if query is None:
        conditions.add("1 = 0")
        return
    # Few are looked at one by one, of whatever noun they are; else SQLite goes through all records of the noun.
    is_noun = f"noun || '' = '{noun}'" if _have_few(reader, query) else f"noun = '{noun}'"
    found = f"SELECT key FROM search_text WHERE {is_noun} AND {matching(reader.dialect, 'id', 'words')}"
    conditions.add(f"{column} IN ({found})", words=query)


def _have_few(reader: Reader, query: str) -> bool:
    if reader.dialect != "sqlite":
        return False  # a server knows by itself
    conditions = Conditions()
    conditions.add("search_index MATCH :words", words=query)
    return counted(reader, "search_index", conditions, _FEW) < _FEW
