"""In which order records are listed, and how many of them: the same for every command that lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.commands.option import option
from mou_cli.errors import UsageError
from mou_cli.rules.number import read_number

if TYPE_CHECKING:
    from collections.abc import Collection

    from mou_cli.commands.option import Option, Values

COUNT = option("--count", "Show only how many there are.", switch=True)
LIMIT = option("--limit", "Show at most so many.", metavar="N")


def sort_option(orders: Collection[str]) -> Option:
    """Give the option for one of these orders, each of which can be turned round."""
    told = f"Order: {', '.join(orders)}; a dash before it turns it round."
    return option("--sort", told, metavar="NAME", complete=(*orders, *(f"-{name}" for name in orders)))


def read_sort(wanted: Values, orders: Collection[str]) -> str | None:
    """Read an order. Raises UsageError for one that is not known."""
    sort: str | None = wanted.get("sort")
    if sort is not None and sort.removeprefix("-") not in orders:
        raise UsageError(f"--sort: {sort!r} is none of {', '.join(orders)}")
    return sort


def read_limit(wanted: Values) -> int | None:
    """Read how many rows are wanted at most. Raises UsageError."""
    text = wanted.get("limit")
    if text is None:
        return None
    if (limit := read_number(text)) is None:
        raise UsageError(f"--limit: {text!r} is not a number")
    return limit
