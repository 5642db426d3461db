"""Lengths of time as agreements state them (years, months, days), and adding them to a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

from mou_cli.catalogue import Sentence
from mou_cli.rules.complaint import NotUnderstood
from mou_cli.rules.fold import fold

ACADEMIC_YEAR = "academic-year"

_MOST_MONTHS = 200 * 12
_MOST_DAYS = 73_000
_SHOWN = 60

# One unit's words, folded, in English, Azerbaijani, Turkish and Russian, with its months and days.
_UNITS = {
    word: (months, days)
    for words, months, days in (
        ("y yr yrs year years il illik yil yillik год года лет", 12, 0),
        ("m mo month months ay ayliq aylik месяц месяца месяцев", 1, 0),
        ("w week weeks hefte heftelik hafta haftalik неделя недели недель", 0, 7),
        ("d day days gun gunluk день дня дней", 0, 1),
    )
    for word in fold(words).split()
}
_LENGTH = re.compile(r"(?:[0-9]+ ?[^\W\d_]+ ?)+")
_PART = re.compile(r"([0-9]+) ?([^\W\d_]+)")
_ACADEMIC_YEAR_NAMES = frozenset(
    map(fold, ("academic year", "tədris ili", "akademik il", "akademik yıl", "учебный год"))
)
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ALWAYS_VALID_DAY = 28
_ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Length:
    """Months and days, the days counted after the months. Its text is canonical: `3y`, `18m`, `90d`, `18m10d`."""

    months: int
    days: int

    def __str__(self) -> str:
        months = f"{self.months // 12}y" if self.months % 12 == 0 else f"{self.months}m"
        return (months if self.months else "") + (f"{self.days}d" if self.days else "")


@lru_cache(maxsize=1024)
def read_length(text: str) -> Length:
    """Read `3y`, `1y6m`, `2 years`, `18 months`, `6 ay`, `90 gün`. A week is seven days.

    Refuses zero and anything beyond 200 years or 73000 days with a NotUnderstood.
    """
    folded = fold(text)
    # Folding drops signs, so that the sign is looked for before it.
    if not text.strip()[:1].isdigit() or not _LENGTH.fullmatch(folded):
        if folded.isdecimal():
            raise NotUnderstood(Sentence('"{text}" has no unit: write 3y, 3m or 3d', text=shown(text)))
        raise NotUnderstood(Sentence('"{text}" is not a length: write 3y, 18m, 1y6m or 90d', text=shown(text)))
    months = days = 0
    for number, word in _PART.findall(folded):
        if word not in _UNITS:
            raise NotUnderstood(
                Sentence('"{text}" is not a unit of length: write 3y, 18m, 1y6m or 90d', text=word[:_SHOWN])
            )
        if len(number) > len(str(_MOST_DAYS)):
            raise NotUnderstood(_too_long(text))
        months += int(number) * _UNITS[word][0]
        days += int(number) * _UNITS[word][1]
    if months > _MOST_MONTHS or days > _MOST_DAYS:
        raise NotUnderstood(_too_long(text))
    if not months and not days:
        raise NotUnderstood(Sentence('"{text}" is no time at all: write at least 1d', text=shown(text)))
    return Length(months, days)


def _too_long(text: str) -> Sentence:
    return Sentence('"{text}" is too long: write at most 200y or {days}d', text=shown(text), days=_MOST_DAYS)


def shown(text: str) -> str:
    """Give as much of a text as a complaint of it shows."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def read_notice(text: str) -> str:
    """Give the canonical text of a length of notice, or `academic-year`."""
    if fold(text) in _ACADEMIC_YEAR_NAMES:
        return ACADEMIC_YEAR
    try:
        return str(read_length(text))
    except NotUnderstood as error:
        raise NotUnderstood(Sentence("{complaint}, or {word}", complaint=error.message, word=ACADEMIC_YEAR)) from None


def month_days(year: int, month: int) -> int:
    """How many days the month has in the Gregorian calendar."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)  # noqa: PLR2004 - February, the calendar
    return _MONTH_DAYS[month - 1] + leap


def add(anchor: date, months: int, days: int) -> date:
    """Move a day by months, then by days; both may be negative.

    A day that its new month lacks becomes that month's last (31 January + 1 month = 28 or 29 February). A result beyond
    the calendar becomes date.max or date.min.
    """
    if months:
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
        if not MINYEAR <= year <= MAXYEAR:
            return date.max if months > 0 else date.min
        day = anchor.day
        if day > _ALWAYS_VALID_DAY:
            day = min(day, month_days(year, month + 1))
        anchor = date(year, month + 1, day)
    if not days:
        return anchor
    try:
        return anchor + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def latest_end(day: date) -> date:
    """Give a day by which surely has ended what may have ended on a day: no date is vaguer than a year."""
    return add(day, 24, 0)


def day_after(day: date) -> date:
    """Give the next day; the calendar's last has none and stays."""
    return day + _ONE_DAY if day < date.max else day


def day_before(day: date) -> date:
    """Give the day before; the calendar's first has none and stays."""
    return day - _ONE_DAY if day > date.min else day


def length_between(first: date, last: date) -> Length:
    """Give the length of a term by its first and last day: in months if these are whole, else in days."""
    after = day_after(last)
    months = (after.year - first.year) * 12 + after.month - first.month
    return Length(months, 0) if add(first, months, 0) == after else Length(0, (after - first).days)
