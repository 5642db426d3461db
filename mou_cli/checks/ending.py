"""Agreements that nobody will look at again: without an end, and without a day of review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, mention
from mou_cli.rules.term import OPEN
from mou_cli.views.check_agreement import find_suspects
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader


def _find(reader: Reader, today: date) -> Iterator[Finding]:
    for row in find_suspects(reader, "no-end", today):
        is_open = row["ends_why"] == OPEN
        yield Finding(
            Sentence("it has no end, and no day of review")
            if is_open
            else Sentence("its end is not known, and there is no day of review"),
            (mention(row),),
            f"mou edit {row['ref']} --{'review' if is_open else 'ends'} DATE",
        )


NO_END = Check(
    "no-end",
    Severity.WARNING,
    Sentence("Nothing will ever remind anybody of it. Record the end, or a day on which it is to be looked at again."),
    _find,
)
