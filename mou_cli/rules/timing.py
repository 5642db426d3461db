"""What a plan means by its timing: "May ayında", "I rüb", "iyun–sentyabr", "mütəmadi" as first and last day.

A text is read whole or not at all: one word that is not understood makes it `none`, for a wrong deadline is worse than
none. Settled where plans leave it open:

- "By" a day or the end of a period is a window from 1 January of that year. "By May" or "mayadək" alone could mean
  either end of May, so it is `none`. "End of May" is its last day; "early" or "mid-May" is May.
- A range includes its last part. Without printed years "noyabr-fevral" ends in the following year.
- A list ("mart, iyun") is a window from its first part to its last, and must be in order.
- The autumn term is 1 September to 31 January, the spring term 1 February to 30 June, an academic year both. Without a
  printed academic year ("2024/2025") a term begins in the plan's year. The first term is the autumn's.
- A printed year wins over the plan's. Day and month in digits are joined by a dot, day first ("15.05").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from mou_cli.rules.length import month_days
from mou_cli.rules.timing_words import is_one_word_for_regularly, plain_words
from mou_cli.vocabulary import TimingKind

_LONGEST = 300  # characters; twelve months in words are shorter, and the patterns below look twice at every range

_UNIT = "(?:month|quarter|year|term|half|unit)"
_FREQUENCY = (
    rf"(?:regularly|every (?:\d )?{_UNIT}(?: (?:#?\d\d?|end|part|onto|until|{_UNIT}))*"
    rf"|(?:\d(?: - \d)? )?times {_UNIT}|(?:{_UNIT}|whole) (?:\d(?: - \d)? )?times)"
)
_RECURRING = re.compile(
    rf"(?:(?P<year>\d{{4}}|whole) )?{_FREQUENCY}(?:(?: ,)? {_FREQUENCY})*(?:(?: ,)? (\d{{4}}|whole))?"
)

_PERIOD = re.compile(
    r"(?:(?P<day>\d\d?) )?m(?P<month>\d\d?)|q(?P<quarter>[1-4])|#?(?P<half>[12]) half"
    r"|(?:a(?P<academic_year>\d{4}) )?(?P<term>autumn|spring|#?[12]) term|a(?P<both_terms>\d{4})"
)
_PRINTED_YEAR = re.compile(r"(\d{4})(?: (.+))?|(.+) (\d{4})")
_END = re.compile(r"(until )?end (.+)|(.+) end(?: onto)?( until)?")
_UNTIL = re.compile(r"until (.+)|(.+?)(?: onto)? until")
_RANGES = (
    re.compile(r"(?:from )?(.+?)(?: from)? - (.+?)(?: onto)?(?: until)?"),
    re.compile(r"(?:from )?(.+?) until (.+)"),
    re.compile(r"(.+?) from (.+?)(?: onto until| onto| until)"),
)
_JOINABLE = (
    {TimingKind.DATE, TimingKind.MONTH},
    {TimingKind.QUARTER},
    {TimingKind.YEAR},
)

# First and last month, counted from January of the year in which it begins.
_AUTUMN, _SPRING, _BOTH_TERMS = (9, 13), (2, 6), (9, 18)


@dataclass(frozen=True, slots=True)
class Timing:
    """What a timing means: its kind, first and last day, both inclusive."""

    kind: TimingKind
    first: date
    last: date

    @property
    def deadline(self) -> date | None:
        """The last day on which the task is not overdue; recurring and none have no such day."""
        return None if self.kind in (TimingKind.RECURRING, TimingKind.NONE) else self.last


def read_timing(text: str, year: int) -> Timing:
    """Give what a plan for that year means by a text; `recurring` and `none` span the year."""
    try:
        understood = _read(text, year)
    except ValueError:  # a day the month has not, or a year beyond the calendar
        understood = None
    return understood or _whole_year(year, TimingKind.NONE)


def _read(text: str, year: int) -> Timing | None:
    if len(text) > _LONGEST:
        return None
    if is_one_word_for_regularly(text):
        return _whole_year(year, TimingKind.RECURRING)
    said = plain_words(text, year)
    if said == "whole":
        return _whole_year(year)
    recurring = _RECURRING.fullmatch(said)
    if recurring:
        printed = [int(found) for found in recurring.groups() if found and found.isdigit()]
        return _whole_year(printed[0] if printed else year, TimingKind.RECURRING)
    if said != "year":
        said = re.sub(r"\byear\b", f"{year:04}", said)
    return _period(said, year) or _limit(said, year) or _range(said, year) or _list(said, year)


def _period(said: str, year: int) -> Timing | None:
    """Read one day, month, quarter, half, term or year, with or without a printed year."""
    printed = _PRINTED_YEAR.fullmatch(said)
    if printed:
        year, said = int(printed[1] or printed[4]), printed[2] or printed[3] or ""
    found = _PERIOD.fullmatch(said)
    if not found:
        return _whole_year(year) if printed and not said else None
    if found["quarter"]:
        last = 3 * int(found["quarter"])
        return _months(TimingKind.QUARTER, year, last - 2, last)
    if found["half"]:
        last = 6 * int(found["half"])
        return _months(TimingKind.WINDOW, year, last - 5, last)
    if found["term"]:
        return _term(found["term"], year, found["academic_year"])
    if found["both_terms"]:
        return _months(TimingKind.WINDOW, int(found["both_terms"]), *_BOTH_TERMS)
    return _month_or_day(year, int(found["month"]), found["day"])


def _month_or_day(year: int, month: int, day: str | None) -> Timing:
    return _day(date(year, month, int(day))) if day else _months(TimingKind.MONTH, year, month, month)


def _term(name: str, year: int, academic_year: str | None) -> Timing:
    if name == "autumn" or name.endswith("1"):
        return _months(TimingKind.TERM, int(academic_year or year), *_AUTUMN)
    return _months(TimingKind.TERM, int(academic_year) + 1 if academic_year else year, *_SPRING)


def _limit(said: str, year: int) -> Timing | None:
    """Read the end of a period, "by" it, or "by" a day."""
    found = _END.fullmatch(said)
    if found:
        period = _period(found[2] or found[3], year)
        if period is None or period.kind is TimingKind.DATE:
            return None
        by = found[1] or found[4]
        return _window(date(period.first.year, 1, 1), period.last) if by else _day(period.last)
    found = _UNTIL.fullmatch(said)
    day = _period(found[1] or found[2], year) if found else None
    return _window(date(day.last.year, 1, 1), day.last) if day and day.kind is TimingKind.DATE else None


def _range(said: str, year: int) -> Timing | None:
    """Read a range. A year printed at one end holds for the other, or the year next to it where the order needs it."""
    found = next((match for match in (pattern.fullmatch(said) for pattern in _RANGES) if match), None)
    if not found:
        return None
    begin, end = _with_shared_month(found[1], found[2].removeprefix("end ").removesuffix(" end"))
    printed = [int(each[0]) if each else None for each in (re.search(r"\b\d{4}\b", part) for part in (begin, end))]
    first = _period(begin, printed[0] or printed[1] or year)
    last = _period(end, printed[1] or printed[0] or year)
    if not first or not last or not any({first.kind, last.kind} <= kinds for kinds in _JOINABLE):
        return None
    if last.last < first.first:
        if first.kind is last.kind is TimingKind.DATE and first.first.month == last.last.month:
            return None  # "20 may – 15 may" is a slip rather than a year
        if printed[1]:
            first = _period(begin, last.last.year - 1)
        else:
            last = _period(end, first.first.year + 1)
    return _window(first.first, last.last) if first and last else None


def _with_shared_month(begin: str, end: str) -> tuple[str, str]:
    """Give a month named once to both days ("15–20 may")."""
    months = re.findall(r" m\d\d?\b", f"{begin} - {end}")
    if len(months) != 1:
        return begin, end
    lone_day = re.compile(r"^((?:\d{4} )?\d\d?)(?= \d{4}$|$)")
    return lone_day.sub(rf"\1{months[0]}", begin), lone_day.sub(rf"\1{months[0]}", end)


def _list(said: str, year: int) -> Timing | None:
    parts = said.split(" , ")
    printed = set(re.findall(r"\b\d{4}\b", said))
    common_year = int(printed.pop()) if len(printed) == 1 else year
    spans = [_period(part, common_year) or _range(part, common_year) for part in parts]
    read = [span for span in spans if span]
    if len(read) < len(parts) or any(later.first <= sooner.last for sooner, later in pairwise(read)):
        return None
    return _window(read[0].first, read[-1].last)


def _day(day: date) -> Timing:
    return Timing(TimingKind.DATE, day, day)


def _whole_year(year: int, kind: TimingKind = TimingKind.YEAR) -> Timing:
    return Timing(kind, date(year, 1, 1), date(year, 12, 31))


def _months(kind: TimingKind, year: int, first: int, last: int) -> Timing:
    """Span whole months; a last month after December is the next year's."""
    last_year, last_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    first_year, first_month = year + (first - 1) // 12, (first - 1) % 12 + 1
    last_day = month_days(last_year, last_month)
    return Timing(kind, date(first_year, first_month, 1), date(last_year, last_month, last_day))


def _window(first: date, last: date) -> Timing | None:
    return Timing(TimingKind.WINDOW, first, last) if first <= last else None
