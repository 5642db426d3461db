"""Partners whose country nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, Mention
from mou_cli.views.check_institution import find_placeless
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader


def _find(reader: Reader, _today: date) -> Iterator[Finding]:
    for row in find_placeless(reader):
        yield Finding(
            Sentence("its country is not recorded"),
            (Mention("institution", row["key"], row["name"]),),
            f"mou partner edit {row['key']} --country NAME",
        )


NO_COUNTRY = Check(
    "no-country",
    Severity.HINT,
    Sentence("No question about a country finds its agreements. Of bodies that are in no country this is not asked."),
    _find,
)
