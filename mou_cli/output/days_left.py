"""How far off a day is: in few words for tables, in a sentence for pages, and as a colour."""

from __future__ import annotations

from typing import Final

from mou_cli.catalogue import digits, translate, translate_number

# Colours that can be read on a light screen and on a dark one.
LATE: Final = "red"
SOON: Final = "black on yellow"
SOON_DAYS: Final = 30
NOTICE_SOON_DAYS: Final = 90


def short_days_left(days: int | None, language: str, *, overdue: bool = False) -> str:
    """Give how long there is left, or how long ago it was; what should have been done by then is overdue."""
    if days is None:
        return ""
    if days == 0:
        return translate("today", language)
    if days > 0:
        return translate("{number} d", language, number=digits(days, language))
    number = digits(-days, language)
    if overdue:
        return translate("overdue {number} d", language, number=number)
    return translate("{number} d ago", language, number=number)


def long_days_left(days: int, language: str) -> str:
    """Say how far a last day is away; below 0 it is past."""
    if days > 0:
        return translate_number("{number} day left", "{number} days left", days, language)
    if days == 0:
        return translate("today is the last day", language)
    return translate_number("the last day was {number} day ago", "the last day was {number} days ago", -days, language)


def tone_of_days(days: int | None, soon: int = SOON_DAYS) -> str:
    """Give the colour that warns of a day so far off; empty for none."""
    if days is None or days > soon:
        return ""
    return LATE if days < 0 else SOON
