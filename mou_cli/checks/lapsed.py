"""Agreements whose last term is over and that nobody took further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.companion import find_companions
from mou_cli.checks.finding import Check, Finding, day, mention
from mou_cli.views.check_agreement import find_suspects
from mou_cli.vocabulary import Renewal, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from datetime import date

    from mou_cli.checks.companion import Companion
    from mou_cli.store.reader import Reader, Row


def _find(reader: Reader, today: date) -> Iterator[Finding]:
    if next(find_suspects(reader, "lapsed", today), None) is None:
        return
    followed = {key for group in find_companions(reader, today, _what_it_is) for key in _followed(group)}
    for row in find_suspects(reader, "lapsed", today):
        if row["key"] not in followed:
            yield Finding(_sentence(row), (mention(row),), f"mou renew {row['ref']} --until DATE")


def _sentence(row: Row) -> Sentence:
    last = day(row["ends_on"]) if row["ends_on"] else Sentence("{day} at the latest", day=day(row["ends_to"]))
    if row["status"] == Status.EXPIRED:
        return Sentence("it expired on {day}, and was neither renewed nor closed", day=last)
    if row["renewal"] == Renewal.TACIT:
        return Sentence("its term ended on {day}; it renews itself, and nothing says for how long", day=last)
    return Sentence("its term ended on {day}, and nothing says whether it goes on", day=last)


def _what_it_is(row: Row) -> Hashable:
    return row["type"], *sorted({institution for institution, _unit in row["parties"]})


def _followed(group: list[Companion]) -> Iterator[str]:
    """Give the agreements whose place another has taken: it is not over, or was over later."""
    latest = max(found.ends_to for found in group)
    goes_on = any(not found.is_over for found in group)
    return (found.key for found in group if goes_on or found.ends_to < latest)


LAPSED = Check(
    "lapsed",
    Severity.WARNING,
    Sentence("No agreement took its place. Record the one that followed, or close this: mou review REF --outcome end."),
    _find,
)
