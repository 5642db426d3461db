"""Agreements whose parties cannot be all, or are too many."""

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


def _find_same(reader: Reader, today: date) -> Iterator[Finding]:
    for row in find_suspects(reader, "same-party", today):
        sentence = Sentence("an institution is listed twice among its parties")
        yield Finding(sentence, (mention(row),), f"mou edit {row['ref']} --home NAME --partner NAME")


def _find_homeless(reader: Reader, today: date) -> Iterator[Finding]:
    for row in find_suspects(reader, "homeless", today):
        sentence = Sentence("none of its parties is an institution that the register is kept for")
        yield Finding(sentence, (mention(row),), f"mou edit {row['ref']} --home NAME")


SAME_PARTY = Check(
    "same-party",
    Severity.ERROR,
    Sentence("A party stands once. Where several of its units take part, say which unit each is."),
    _find_same,
)
HOMELESS = Check(
    "homeless",
    Severity.WARNING,
    Sentence("Either a party is missing, or its institution should be a home: mou partner edit NAME --home."),
    _find_homeless,
)
