"""Agreements that end before they start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, day, mention
from mou_cli.rules.date import first_day, interval
from mou_cli.views.check_agreement import find_suspects
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row

_LAST: Final = ("ends", "renewal_until", "terminated")


def _find(reader: Reader, today: date) -> Iterator[Finding]:
    for row in find_suspects(reader, "ends-before-starts", today):
        starts = first_day(row["starts"], row["signed"])
        if starts and (name := _ends_before(row, starts)):
            yield Finding(
                Sentence("the last day, {last}, is before the first, {first}", last=day(row[name]), first=day(starts)),
                (mention(row),),
                f"mou edit {row['ref']} --{name.replace('_', '-')} DATE",
            )


def _ends_before(row: Row, starts: str) -> str | None:
    first = interval(starts)
    for name in _LAST:
        last = interval(row[name])
        if first and last and last[1] < first[0]:
            return name
    return None


ENDS_BEFORE_STARTS = Check(
    "ends-before-starts",
    Severity.ERROR,
    Sentence("One of the dates is wrong. Look it up in the document, and correct it."),
    _find,
)
