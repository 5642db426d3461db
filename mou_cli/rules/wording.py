"""Dates as people say them."""

from __future__ import annotations

from typing import Final

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


def long_date(stored: str, language: str) -> str:
    """Give a date as kept in words: "30 April 2027", "April 2027", "2027", or "4 March" where no year is known."""
    year, month, day = (*stored.removeprefix("--").split("-"), "", "")[:3]
    if stored.startswith("--"):
        year, month, day = "", year, month
    named = MONTHS.label(month, language) if month else ""
    return " ".join(part for part in (day.lstrip("0"), named, year) if part)
