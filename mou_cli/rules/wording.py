"""Dates and lengths in words, as a sentence has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import translate, translate_number
from mou_cli.rules.length import read_length
from mou_cli.rules.ordinal import ordinal
from mou_cli.vocabulary import CodeList

if TYPE_CHECKING:
    from datetime import date

MONTHS: Final = CodeList(
    "month",
    {
        "01": "January",
        "02": "February",
        "03": "March",
        "04": "April",
        "05": "May",
        "06": "June",
        "07": "July",
        "08": "August",
        "09": "September",
        "10": "October",
        "11": "November",
        "12": "December",
    },
)


def long_date(stored: str, language: str) -> str:
    """Give a date as kept in words: `30 April 2027`, `April 2027`, `2027`, `4 March` where no year is known."""
    year, month, day = (*stored.removeprefix("--").split("-"), "", "")[:3]
    if stored.startswith("--"):
        year, month, day = "", year, month
    told = long_year(int(year), language) if year else ""
    return " ".join(part for part in (day.lstrip("0"), MONTHS.label(month, language), told) if part)


def long_day(day: date, language: str) -> str:
    """Give a day in words: `30 April 2027`."""
    return long_date(day.isoformat(), language)


def long_year(year: int, language: str) -> str:
    """Give a year in words: `2027`, in Azerbaijani `2027-ci il`."""
    return translate("{year}", language, year=year_in_figures(year, language))


def year_in_figures(year: int, language: str) -> str:
    """Give a year as it stands before the word for it: `2027`, in Azerbaijani `2027-ci`."""
    return ordinal(year) if language == "az" else str(year)


def long_interval(first: str, last: str, language: str) -> str:
    """Give the days between which a day lies, both whole dates: `between 1 January and 31 December 2027`."""
    if first == last:
        return long_date(first, language)
    start = f"--{first[5:]}" if first[:4] == last[:4] else first
    return translate(
        "between {first} and {last}", language, first=long_date(start, language), last=long_date(last, language)
    )


def long_length(stored: str, language: str) -> str:
    """Give a length as kept in words: `3 years`, `18 months`, `18 months and 10 days`."""
    length = read_length(stored)
    years, months = divmod(length.months, 12)
    told = []
    if months:
        told.append(translate_number("{number} month", "{number} months", length.months, language))
    elif years:
        told.append(translate_number("{number} year", "{number} years", years, language))
    if length.days:
        told.append(translate_number("{number} day", "{number} days", length.days, language))
    return translate("{one} and {other}", language, one=told[0], other=told[1]) if len(told) > 1 else told[0]


def times(number: int, language: str) -> str:
    """Give how often: `once`, `2 times`."""
    return translate_number("once", "{number} times", number, language)
