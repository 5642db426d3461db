"""Dates as people write them and as they are kept: whole, known only to the month or year, or without a year.

Kept is `2024-05-01`, `2024-05` or `2024` (ISO 8601 reduced precision), or `--03-04` where no year is known; of the
first day of an agreement also `signed`, of its last `open`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.rules.complaint import NotUnderstood, Worded
from mou_cli.rules.fold import fold
from mou_cli.rules.length import add, month_days, read_length, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.catalogue import Told

Interval = tuple[date, date]

SIGNED = "signed"
OPEN = "open"

_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_WHOLE = len("2024-05-01")
_MONTHS = 12
# Twelve names a line: English, Azerbaijani, Turkish, Russian as named and as in a date, then their abbreviations.
_NAMES = (
    "january february march april may june july august september october november december",
    "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "jan feb mar apr may jun jul aug sept oct nov dec",
    "yan fev mar apr may iyn iyl avq sen okt noy dek",
    "oca şub mar nis may haz tem ağu eyl eki kas ara",
    "янв фев мар апр май июн июл авг сен окт ноя дек",
    "янв февр мар апр мая июн июл авг сент окт нояб дек",
)
MONTHS: dict[str, int] = {name: number for names in _NAMES for number, name in enumerate(fold(names).split(), start=1)}

_DAYS_AHEAD = {"today": 0, "bu gun": 0, "bugun": 0, "сегодня": 0, "tomorrow": 1, "sabah": 1, "yarin": 1, "завтра": 1}
_MONTH_END, _YEAR_END = "eom", "eoy"


def first_day(starts: str | None, signed: str | None) -> str | None:
    """Give the first day of an agreement as a date, where it may be kept as that of signature."""
    return signed if starts == SIGNED else starts


def interval(stored: str | None) -> Interval | None:
    """First and last day, both inclusive, that a date as kept may stand for.

    None for one without a year, for `open`, and where there is none.
    """
    if not stored or stored == OPEN:
        return None
    if len(stored) == _WHOLE:
        day = date.fromisoformat(stored)
        return day, day
    if stored.startswith("--"):
        return None
    year, _, month = stored.partition("-")
    first, last = (int(month), int(month)) if month else (1, 12)
    return date(int(year), first, 1), date(int(year), last, month_days(int(year), last))


def days_until(stored: str | None, today: date) -> int | None:
    """Give the whole days from today to a date as kept, negative where it is past; None unless it is one day."""
    return None if stored is None or len(stored) != _WHOLE else (date.fromisoformat(stored) - today).days


def month_number(word: str) -> int | None:
    """Give 1 to 12 for a month's name or usual abbreviation in English, Azerbaijani, Turkish or Russian."""
    return MONTHS.get(fold(word))


def read_date(text: str, today: date, *, reduced: bool = True) -> str:
    """Read a date as typed, also `today`, `tomorrow`, `+90d`, `eom`, `eoy` (end of this month, year); give it as kept.

    `reduced` says whether a month, a year or a day without a year will do. Raises NotUnderstood.
    """
    relative = _relative_day(text, today)
    if relative is None:
        return read_stated_date(text, reduced=reduced)
    if not _FIRST_YEAR <= relative.year <= _LAST_YEAR:
        raise NotUnderstood(_year_range(text, str(relative.year)))
    return relative.isoformat()


def read_stated_date(text: str, *, reduced: bool = True) -> str:
    """Read a date as written in a file, where no word has a place that means another day tomorrow.

    Raises NotUnderstood.
    """
    stripped = text.strip()
    if _is_iso_day(stripped):
        return stripped
    stored = _read(stripped)
    if stored is None:
        raise NotUnderstood(_unreadable(stripped, reduced=reduced))
    if not reduced and len(stored) != _WHOLE:
        raise NotUnderstood(
            Sentence('"{text}" is not a whole date: write year, month and day, such as 2024-05-01', text=stripped)
        )
    return stored


def _is_iso_day(text: str) -> bool:
    """Say whether a text is a whole day as it is kept, as nearly all are in files: not asked in pieces."""
    if len(text) != _WHOLE or text[4] != "-" or text[7] != "-":
        return False
    try:
        return _FIRST_YEAR <= date.fromisoformat(text).year <= _LAST_YEAR
    except ValueError:
        return False


def _relative_day(text: str, today: date) -> date | None:
    if text.strip().startswith("+"):
        length = read_length(text.strip()[1:])
        return add(today, length.months, length.days)
    word = fold(text)
    if word in _DAYS_AHEAD:
        return add(today, 0, _DAYS_AHEAD[word])
    if word == _MONTH_END:
        return today.replace(day=month_days(today.year, today.month))
    return date(today.year, 12, 31) if word == _YEAR_END else None


def _unreadable(text: str, *, reduced: bool) -> str:
    told = shown(text)
    if not text:
        return Sentence("a date is missing: write one such as 2024-05-01")
    if text.startswith("+") or fold(text) in {*_DAYS_AHEAD, _MONTH_END, _YEAR_END}:
        return Sentence('"{text}" means another day tomorrow: write the date itself, such as 2024-05-01', text=told)
    sentence = Sentence('"{text}" is not a date: write 2024-05-01, 01.05.2024 or 1 May 2024', text=told)
    return (
        Sentence("{complaint}, or 2024-05 or 2024 where no more is known", complaint=sentence) if reduced else sentence
    )


def _year_range(text: str, year: str) -> str:
    if len(year) == 2:  # noqa: PLR2004 - a two-digit year
        before = text.rpartition(year)[0]
        first, second = f"{before}19{year}", f"{before}20{year}"
        return Sentence(
            '"{text}" has a two-digit year: write {first} or {second}', text=text, first=first, second=second
        )
    return Sentence(
        "the year {year} is out of range: write one from {first} to {last}",
        year=shown(year),
        first=_FIRST_YEAR,
        last=_LAST_YEAR,
    )


def _in_words(stored: str) -> Told:
    """Give a date as a part of a sentence."""
    from mou_cli.rules.wording import long_date  # few dates are wrong, and nobody else here needs words

    return Worded(long_date(stored, "en"), lambda language: long_date(stored, language))


def _kept(text: str, year: str, month: int, day: int | None = None) -> str:
    """Put checked parts together; the day may be unknown."""
    if len(year) != len(str(_LAST_YEAR)) or not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        raise NotUnderstood(_year_range(text, year))
    if not 1 <= month <= _MONTHS:
        raise NotUnderstood(Sentence('"{text}" has no month {month}: write one from 1 to 12', text=text, month=month))
    if day is None:
        return f"{year}-{month:02}"
    days = month_days(int(year), month)
    if not 1 <= day <= days:
        raise NotUnderstood(_no_such_day(text, f"{year}-{month:02}", days))
    return f"{year}-{month:02}-{day:02}"


def _no_such_day(text: str, month: str, days: int) -> Sentence:
    return Sentence('"{text}" is not a day: {month} has days 1 to {days}', text=text, month=_in_words(month), days=days)


def _year_first(found: re.Match[str]) -> str:
    return _kept(found[0], found[1], int(found[3]), int(found[4]))


def _year_and_month(found: re.Match[str]) -> str:
    return _kept(found[0], found[1], int(found[2]))


def _month_and_year(found: re.Match[str]) -> str:
    return _kept(found[0], found[2], int(found[1]))


def _year_only(found: re.Match[str]) -> str:
    compact = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", found[0])
    if compact:
        raise NotUnderstood(
            Sentence('"{text}" has no separators: write {date}', text=found[0], date="-".join(compact.groups()))
        )
    return _kept(found[0], found[0], 1)[: len(found[0])]


def _yearless(found: re.Match[str]) -> str:
    month, day = int(found[1]), int(found[2])
    _kept(found[0], "2000", month)
    # 29 February may be meant: any leap year will do.
    days = month_days(2000, month)
    if not 1 <= day <= days:
        raise NotUnderstood(_no_such_day(found[0], f"--{month:02}", days))
    return found[0]


def _day_first(found: re.Match[str]) -> str:
    """Read `01.05.2024` day first; with other separators either number may be the month."""
    text, left, right, year = found[0], int(found[1]), int(found[3]), found[4]
    if found[2] == "." or left == right or left > _MONTHS or right < 1:
        return _kept(text, year, right, left)
    if right > _MONTHS:
        return _kept(text, year, left, right)
    european, american = _kept(text, year, right, left), _kept(text, year, left, right)
    first, second = (Sentence("{day} ({date})", day=_in_words(kept), date=kept) for kept in (european, american))
    raise NotUnderstood(
        Sentence('"{text}" reads two ways: write {first} or {second}', text=text, first=first, second=second)
    )


# On the text as it stands. Year first needs three digits so that 01-05-24 is seen to lack its century.
_NUMBERED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"([0-9]{3,})([-./])([0-9]{1,2})\2([0-9]{1,2})"), _year_first),
    (re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]+)"), _day_first),
    (re.compile(r"([0-9]{3,})-([0-9]{1,2})"), _year_and_month),
    (re.compile(r"([0-9]{1,2})[-./]([0-9]{2,})"), _month_and_year),
    (re.compile(r"[0-9]+"), _year_only),
    (re.compile(r"--([0-9]{2})-([0-9]{2})"), _yearless),
)

# On the folded text, where "May 1, 2024" is "may 1 2024" and "2024-cü il" is "2024 cu il".
_YEAR_WORDS = r"(?: c[iu])?(?: (?:il|ili|yili|г|год|года))?"
_YEAR_ALONE = re.compile(rf"([0-9]+){_YEAR_WORDS}")
_NAMED = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)? )?(?P<month>[^\W\d_]+)(?: (?P<after>[0-9]{1,2})(?:st|nd|rd|th)?)?"
    rf"(?: (?P<year>[0-9]+){_YEAR_WORDS})?"
)


def _read(text: str) -> str | None:
    for pattern, read in _NUMBERED:
        found = pattern.fullmatch(text)
        if found:
            return read(found)
    # Folding drops a sign, and a date has none.
    return _read_named(text) if text[:1].isalnum() else None


def _read_named(text: str) -> str | None:
    """Read `1 May 2024`, `May 1, 2024`, `May 2024`, `2024-cü il`; None if it is nothing such in a language known."""
    if alone := _YEAR_ALONE.fullmatch(fold(text)):
        return _kept(text, alone[1], 1).partition("-")[0]
    found = _NAMED.fullmatch(fold(text))
    if not found or (found["day"] and found["after"] and found["year"]):
        return None
    day, year = found["day"] or found["after"], found["year"]
    if found["day"] and found["after"]:
        year = found["after"]
    month = MONTHS.get(found["month"])
    if not month:
        if day and year:
            raise NotUnderstood(Sentence('"{text}" names no month: write 1 May 2024 or 2024-05-01', text=shown(text)))
        return None
    if not year:
        if not day:
            return None
        raise NotUnderstood(
            Sentence(
                '"{text}" has no year: add it, or write {date} if it is not known',
                text=text,
                date=f"--{month:02}-{int(day):02}",
            )
        )
    return _kept(text, year, month, int(day) if day else None)
