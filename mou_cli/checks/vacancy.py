"""Agreements that nobody is responsible for."""

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
    for row in find_suspects(reader, "vacant", today):
        yield Finding(
            Sentence("nobody is responsible for it"), (mention(row),), f"mou edit {row['ref']} --responsible NAME"
        )


VACANT = Check(
    "vacant",
    Severity.WARNING,
    Sentence("Who is to be asked, and who gives notice? Asked of what is in force, is to come, or was signed."),
    _find,
)
