"""Dates and lengths in words, in the language of whoever reads them."""

from __future__ import annotations

import re
from typing import Final

from mou_cli.catalogue import translate_number
from mou_cli.vocabulary import CodeList

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
_KEPT = re.compile(r"(?P<year>-|\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")
_YEAR = 12


def long_date(stored: str, language: str) -> str:
    """Give a date as it is kept in words: `30 April 2027`, `April 2027`, `2027`; `4 March` where no year is known."""
    found = _KEPT.fullmatch(stored)
    if found is None:
        return stored
    day = str(int(found["day"])) if found["day"] else ""
    month = MONTHS.label(found["month"], language) if found["month"] else ""
    return " ".join(part for part in (day, month, found["year"].strip("-")) if part)


def long_length(months: int, days: int, language: str) -> str:
    """Give a length of time in words: `3 years`, `18 months`, `90 days`, `1 month 15 days`."""
    parts = []
    if months and months % _YEAR == 0:
        parts.append(translate_number("{number} year", "{number} years", months // _YEAR, language))
    elif months:
        parts.append(translate_number("{number} month", "{number} months", months, language))
    if days:
        parts.append(translate_number("{number} day", "{number} days", days, language))
    return " ".join(parts)
