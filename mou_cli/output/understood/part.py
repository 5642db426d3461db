"""The parts of what was asked for, and those that several nouns share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mou_cli.catalogue import translate
from mou_cli.rules.date import interval
from mou_cli.rules.wording import MONTHS, long_date, long_day, year_in_figures
from mou_cli.views.name import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from mou_cli.store.reader import Reader
    from mou_cli.vocabulary import CodeList


class Part(NamedTuple):
    """One thing that was asked for: in words, the options that can have said it, and where the filter holds it.

    An option is called as among those that were said, and written as `flag` where that is another word; words that
    stand without an option are `words`. One that is `implied` nobody has said: it is told only where nothing is found.
    """

    words: str
    options: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    flag: str = ""
    implied: bool = False


def either(texts: Iterable[str], language: str) -> str:
    """Give texts of which any will do: "a, b or c"."""
    *others, last = texts
    return translate("{one} or {other}", language, one=", ".join(others), other=last) if others else last


def labels(codes: Iterable[str], vocabulary: CodeList, language: str) -> str:
    """Give the labels of codes of which any will do."""
    return either((vocabulary.label(code, language) for code in codes), language)


def names(reader: Reader, noun: str, keys: Sequence[str], language: str) -> str:
    """Give the names of keys of which any will do."""
    return either(names_of(reader, noun, keys, language), language)


def word_part(words: str | None, language: str) -> Iterator[Part]:
    """Give the words that a record is to have, if any are asked for."""
    if words is None:
        return
    if len(words.split()) == 1:
        yield Part(translate('the word "{word}"', language, word=words), ("words",), ("words",))
    else:
        yield Part(translate('the words "{words}"', language, words=words), ("words",), ("words",))


def public_part(public: bool, language: str) -> Iterator[Part]:  # noqa: FBT001 - it is what was asked
    """Give that only what may be published is meant, if it is."""
    if public:
        yield Part(translate("public", language), ("public",), ("public",), "--public")


def year_part(year: int, language: str) -> Part:
    """Give the year of a plan that is meant."""
    return Part(translate("year {year}", language, year=year_in_figures(year, language)), ("year",), ("year",))


def period(first: date | None, last: date | None, language: str) -> str:
    """Give days, both inclusive and either perhaps open, as in "in May 2025", "on 31 May 2025", "until 9 June 2025"."""
    if first and last:
        return _whole_period(first, last, language) or translate(
            "from {first} to {last}", language, first=_start(first, last, language), last=long_day(last, language)
        )
    if first:
        return translate("from {day} on", language, day=long_day(first, language))
    return translate("until {day}", language, day=long_day(last, language)) if last else ""


def _start(first: date, last: date, language: str) -> str:
    """Give the first of two days, the year of which the last one says if it is the same."""
    stored = first.isoformat()
    return long_date(f"--{stored[5:]}" if first.year == last.year else stored, language)


def _whole_period(first: date, last: date, language: str) -> str:
    """Give a day, a month or a year that the days are; nothing where they are none of these."""
    stored, year = first.isoformat(), year_in_figures(first.year, language)
    if first == last:
        return translate("on {day}", language, day=long_day(first, language))
    if interval(stored[:7]) == (first, last):
        month = MONTHS.label(f"{first.month:02}", language)
        return translate("in {month} {year}", language, month=month, year=year)
    return translate("in {year}", language, year=year) if interval(stored[:4]) == (first, last) else ""
