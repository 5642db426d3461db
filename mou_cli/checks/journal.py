"""Entries of the journal that are not as they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding
from mou_cli.views.seal import check_seals
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader


def _find(reader: Reader, _today: date) -> Iterator[Finding]:
    for seal in check_seals(reader):
        if seal.wrong:
            sentence = Sentence("entry {number} of the journal is not as it was written", number=seal.entry)
            yield Finding(sentence, (), "mou log --verify", about=f"entry/{seal.entry}")


JOURNAL_BROKEN = Check(
    "journal-broken",
    Severity.ERROR,
    Sentence(
        "Somebody changed the journal, and not by the program: mou log --verify says how, a backup has it as it was."
    ),
    _find,
)
