"""Agreements that are signed on no day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, mention
from mou_cli.views.check_agreement import find_suspects
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader


def _find(reader: Reader, today: date) -> Iterator[Finding]:
    for row in find_suspects(reader, "signed-undated", today):
        sentence = Sentence("it is signed, but the day is not recorded")
        yield Finding(sentence, (mention(row),), f"mou edit {row['ref']} --signed DATE")


SIGNED_UNDATED = Check(
    "signed-undated",
    Severity.WARNING,
    Sentence("Without the day nobody can say what was in force. The year alone (2024) is better than nothing."),
    _find,
)
