"""The words by which a record is found."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mou_cli.rules.country import country_name
from mou_cli.rules.fold import fold
from mou_cli.store.search import LONGEST_WORD
from mou_cli.views.document import batches
from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mou_cli.fields.shape import Document
    from mou_cli.store.reader import Reader

# What is matched by its own filter or means nothing to a person who searches.
_UNSEARCHED = frozenset({"source", "country_source", "public", "home", "parties", "links", "parent", "year"})
# Of an institution, what its agreements are found by.
FINDING_FIELDS = frozenset({"name", "names", "country", "home"})
# PostgreSQL's index takes a megabyte of a record, and a letter has four bytes at most.
_MOST_LETTERS = 250_000


def searched_text(document: Document) -> str:
    """Give the folded words of a document, each once, in their order."""
    return _joined(_words(document))


def _words(document: Document) -> dict[str, None]:
    words: dict[str, None] = {}
    for name, value in document.items():
        if name not in _UNSEARCHED:
            _add_words(words, value)
    return words


def _add_words(words: dict[str, None], value: Any) -> None:
    if isinstance(value, str):
        words.update(_words_of(value))
    elif isinstance(value, dict):
        for part in value.values():
            _add_words(words, part)
    elif isinstance(value, list):
        for part in value:
            _add_words(words, part)


@lru_cache(maxsize=4096)
def _words_of(text: str) -> dict[str, None]:
    """Give the folded words of a text. Codes, days and names come back in record after record."""
    return dict.fromkeys(fold(text).split())


def _joined(words: Iterable[str]) -> str:
    """Give the words as one text that every index takes whole: long words cut, and those beyond a limit left out.

    PostgreSQL would take longer ones without a word of complaint, and then find the wrong records.
    """
    text = " ".join(words)
    if len(text) > LONGEST_WORD:
        text = " ".join(dict.fromkeys(word[:LONGEST_WORD] for word in text.split(" ")))
    return text if len(text) <= _MOST_LETTERS else text[:_MOST_LETTERS].rpartition(" ")[0]


class PartyNames:
    """The folded names of institutions, each looked up once, and of the countries of those that are no homes.

    An agreement is found by its parties' names and its partners' countries.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._folded: dict[str, str] = {}
        self.unknown: set[str] = set()

    def of(self, keys: set[str]) -> dict[str, str]:
        """Give the names of institutions by their keys; from now on those that are not there are `unknown`."""
        for missing in batches(sorted(keys - self._folded.keys())):
            chosen, parameters = select_in(missing)
            sql = f"""SELECT key, folded, CASE WHEN home = 0 THEN country END AS country
                FROM institution WHERE key IN ({chosen})
                UNION ALL SELECT institution, folded, NULL FROM institution_name WHERE institution IN ({chosen})"""  # noqa: S608 - fixed names
            for row in self._reader.rows(sql, **parameters):
                known = self._folded.get(row["key"], "")
                self._folded[row["key"]] = f"{known} {row['folded']} {_country(row['country'])}"
        names = {key: self._folded[key] for key in keys if key in self._folded}
        self.unknown |= keys - names.keys()
        return names

    def forget(self, keys: Iterable[str]) -> None:
        """Look the names of institutions up again when they are asked for next: they have changed."""
        for key in keys:
            self._folded.pop(key, None)


def agreement_text(document: Document, names: Mapping[str, str]) -> str:
    """Give the folded words of an agreement's own text and of its parties' names, which are `names` by their keys."""
    words: dict[str, None] = {}
    for party in document["parties"]:
        words.update(dict.fromkeys(names.get(party["institution"], "").split()))
        words.update(_words_of(party.get("unit", "")))
    words.update(_words(document))
    return _joined(words)


def _country(code: str | None) -> str:
    return fold(" ".join(country_name(code, language) for language in ("en", "az"))) if code else ""
