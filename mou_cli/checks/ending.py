"""Agreements that nobody will look at again: without an end, and without a day of review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, mention
from mou_cli.rules.term import EndsWhy
from mou_cli.views.check_agreement import find_suspects
from mou_cli.vocabulary import Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row


def _find(reader: Reader, today: date) -> Iterator[Finding]:
    for row in find_suspects(reader, "no-end", today):
        sentence, do = _what_is_missing(row)
        yield Finding(sentence, (mention(row),), do)


def _what_is_missing(row: Row) -> tuple[Sentence, str]:
    """Say what is missing, and which command records it."""
    ref = row["ref"]
    if row["ends_why"] != EndsWhy.OPEN:
        return Sentence("its end is not known, and there is no day of review"), f"mou edit {ref} --ends DATE"
    if row["status"] == Status.IN_NOTICE:
        return Sentence("notice to end it was given, and nothing says when it ends"), f"mou terminate {ref} --on DATE"
    return Sentence("it has no end, and no day of review"), f"mou edit {ref} --review DATE"


NO_END = Check(
    "no-end",
    Severity.WARNING,
    Sentence("Nothing will ever remind anybody of it. Record the end, or a day on which it is to be looked at again."),
    _find,
)
