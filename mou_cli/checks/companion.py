"""Which agreements belong together because they have something in common, and how they stand, in little memory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.rules.date import first_day, interval
from mou_cli.rules.term import EndsWhy
from mou_cli.views.check_agreement import find_party_sets
from mou_cli.vocabulary import STOPPED, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from datetime import date

    from mou_cli.store.reader import Reader, Row

_RUNNING = {Status.ACTIVE, Status.IN_NOTICE}
_OVER = {Status.EXPIRED, *STOPPED}
_ALWAYS, _NEVER = "0000", "9999"


class Companion(NamedTuple):
    """An agreement among others: whether it is over, its latest end, and from when till when it surely runs."""

    key: str
    is_over: bool
    ends_to: str
    surely: tuple[str, str] | None


def find_companions(reader: Reader, today: date, common: Callable[[Row], Hashable]) -> Iterable[list[Companion]]:
    """Give the agreements, two or more together, of which `common` gives the same.

    All are read twice: most have nothing in common with another, and of those only a number is kept.
    """
    counted = Counter(hash(common(row)) for row in find_party_sets(reader, today))
    several = {number for number, times in counted.items() if times > 1}
    del counted
    together: dict[Hashable, list[Companion]] = {}
    if several:
        for row in find_party_sets(reader, today):
            if hash(common(row)) in several:
                found = Companion(row["key"], row["status"] in _OVER, row["ends_to"] or "", _surely(row))
                together.setdefault(common(row), []).append(found)
    return (group for group in together.values() if len(group) > 1)


def _surely(row: Row) -> tuple[str, str] | None:
    """Give the days of the term that are certain; what runs on the day asked is as good as begun long before."""
    last = _NEVER if row["ends_why"] == EndsWhy.OPEN else row["ends_from"]
    if row["status"] in _RUNNING:
        return (_ALWAYS, last) if last else None
    first = interval(first_day(row["starts"], row["signed"])) if row["status"] == Status.FUTURE else None
    return (first[1].isoformat(), last) if first and last else None
