"""Agreements that go on by themselves because the day for notice has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, day, mention
from mou_cli.views.check_agreement import find_suspects
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader


def _find(reader: Reader, today: date) -> Iterator[Finding]:
    for row in find_suspects(reader, "notice-missed", today):
        yield Finding(
            Sentence("the last day for notice was {day}; another term follows by itself", day=day(row["notice_by"])),
            (mention(row),),
            f"mou show {row['ref']}",
            # What is accepted of this term is not accepted of the next.
            about=f"{row['key']}/{row['notice_by']}",
        )


NOTICE_MISSED = Check(
    "notice-missed",
    Severity.WARNING,
    Sentence(
        "It is renewed whether anybody wants it or not. If it is wanted: mou review REF --outcome continue. "
        "The next term is asked anew."
    ),
    _find,
)
