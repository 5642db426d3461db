"""Codes of a strategy document ("4.2.14") and numbers of plan tasks ("5.1", "1a"): their form, nesting and order."""

from __future__ import annotations

import re

from mou_cli.rules.fold import sort_key

_CODE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,7}")
_CLOSING = re.compile(r"[.\s]+$")
_NUMBER = re.compile(r"0*([0-9]+)")


def clean_code(text: str) -> str:
    """Strip what surrounds a code in a table: white space and the dots that close it ("2.3.1." is "2.3.1")."""
    return _CLOSING.sub("", text.strip())


def is_strategy_code(text: str) -> bool:
    """Tell whether a text, cleaned, is one to eight groups of digits joined by dots."""
    return _CODE.fullmatch(text) is not None


def code_sort_key(code: str) -> str:
    """Give a key whose binary order is that of the groups as numbers: 1, 1.2, 1.10, 1a, 1b, 2, 10, then other text.

    Every number is preceded by the count of its digits, so that any length sorts. Codes written in two ways ("1.2",
    "01.2.") share a key.
    """
    return sort_key(_NUMBER.sub(lambda match: f"{len(match[1]):03}{match[1]}", code))
