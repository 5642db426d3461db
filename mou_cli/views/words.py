"""Finding by words, as a condition on the records of one noun."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.store.search import identities, matching, tested, words_of
from mou_cli.views.query import Conditions, counted

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader

# Where there are so many records and more, some from all over are asked how common words are.
_LARGE = 20_000
_ASKED = 300
_SAMPLE: Final = """WITH RECURSIVE asked(id)
        AS (SELECT :step UNION ALL SELECT id + :step FROM asked WHERE id + :step <= :last)
    SELECT w.noun, count(*) AS asked, sum({tested}) AS found FROM asked CROSS JOIN search_text w
    WHERE w.id = asked.id GROUP BY w.noun"""
# Words are common in a noun where one in so many of its records has them, and where it was no single one.
_COMMON = 100
# One by one SQLite looks up what has the words where that are so many times fewer than there are records of the noun.
_FEWER = 5


class _Sample(NamedTuple):
    """How many records of each noun were asked, and how many of them have the words."""

    asked: dict[str, int]
    found: dict[str, int]


class Words:
    """What is searched for, and how the records that have it are best found.

    Each word is the beginning of a word of the record. Text without a letter or digit is found nowhere.
    """

    def __init__(self, reader: Reader, text: str) -> None:
        self.text = text
        self._reader = reader
        self._query = words_of(reader.dialect, text)

    @property
    def are_none(self) -> bool:
        """Say whether nothing can have the words: there is none, or far too much."""
        return self._query is None

    def are_common(self, noun: str) -> bool:
        """Say whether so many records of a noun have the words that a page is soon whole, in whatever order.

        A server finds its way by itself: there no words are told to be common.
        """
        found = self._sample.found.get(noun, 0)
        return found > 1 and found * _COMMON >= self._sample.asked[noun]

    def add(self, conditions: Conditions, noun: str, column: str, *, in_order: bool = False) -> None:
        """Add the condition that the record of a noun whose key is in `column` has all the words.

        With `in_order` each is asked for them as it comes, which is the shorter way only where they are common; else
        those that have them are looked up first.
        """
        if in_order:
            texts = self._asked_each(noun)
            texts.add(f"w.key = {column}")
            conditions.add(f"EXISTS (SELECT 1 FROM search_text w {texts.where})", **texts.parameters)
        else:
            texts = self._looked_up(noun)
            conditions.add(f"{column} IN (SELECT w.key FROM search_text w {texts.where})", **texts.parameters)

    def count(self, noun: str, most: int | None = None) -> int:
        """Count the records of a noun that have all the words, no further than `most`."""
        are_soon_found = most is not None and self.are_common(noun)
        texts = self._asked_each(noun) if are_soon_found else self._looked_up(noun)
        return counted(self._reader, "search_text w", texts, most)

    def count_all(self) -> int:
        """Count the records of every noun that have all the words."""
        if self._query is None:
            return 0
        index, matches = matching(self._reader.dialect, "words")
        texts = Conditions()
        texts.add(matches, words=self._query)
        return counted(self._reader, index, texts)

    def _asked_each(self, noun: str) -> Conditions:
        """Give the conditions on texts `w` that they are of a noun and have the words, each asked for them."""
        texts = Conditions()
        texts.add(f"w.noun = '{noun}'")
        has_words, parameters = tested("w.folded", self.text)
        texts.add(has_words, **parameters)
        return texts

    def _looked_up(self, noun: str) -> Conditions:
        """Give the same as the index of words has it, if that is the shorter way."""
        texts = Conditions()
        if self._query is None:
            texts.add("1 = 0")
            return texts
        dialect, asked, found = self._reader.dialect, self._sample.asked.get(noun, 0), sum(self._sample.found.values())
        if found and found >= asked:
            return self._asked_each(noun)  # which are fewer than what has the words
        # Few are looked at one by one, of whatever noun they are; else SQLite goes through all records of the noun.
        own = "w.noun || ''" if dialect == "sqlite" and found * _FEWER <= asked else "w.noun"
        texts.add(f"{own} = '{noun}'")
        texts.add(f"w.id IN ({identities(dialect, 'words')})", words=self._query)
        return texts

    @cached_property
    def _sample(self) -> _Sample:
        """How common the words are; empty where that makes no difference.

        The index cannot say: it puts all together that it has of a word before it tells of the first.
        """
        if self._reader.dialect != "sqlite" or self._query is None:
            return _Sample({}, {})
        last = next(iter(self._reader.rows("SELECT max(id) AS last FROM search_text")), {}).get("last") or 0
        if last < _LARGE:
            return _Sample({}, {})
        has_words, parameters = tested("w.folded", self.text)
        sql = _SAMPLE.format(tested=has_words)
        rows = list(self._reader.rows(sql, **parameters, step=last // _ASKED + 1, last=last))
        return _Sample(*({row["noun"]: row[name] for row in rows} for name in _Sample._fields))


def add_words(
    conditions: Conditions, reader: Reader, noun: str, column: str, words: str | None, *, in_order: bool = False
) -> None:
    """Add the condition that a record has all the words, as `Words.add` does; None asks for none."""
    if words is not None:
        Words(reader, words).add(conditions, noun, column, in_order=in_order)
