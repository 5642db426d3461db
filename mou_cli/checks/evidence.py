"""Agreements in force that lack what the office requires as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, mention
from mou_cli.views.agreement_document import lacking_evidence
from mou_cli.views.check_agreement import get_suspects
from mou_cli.views.document import batches
from mou_cli.views.name import institution_names
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from mou_cli.store.reader import Reader, Row


def lacking(required: Collection[str]) -> Check:
    """Give the check for agreements that lack what is required, which is some of `settings.EVIDENCE`."""

    def find(reader: Reader, today: date) -> Iterator[Finding]:
        for page in batches(lacking_evidence(reader, today, required)):
            agreements = get_suspects(reader, [row["agreement"] for row in page], today)
            names = institution_names(reader, [party for row in page for party in row["parties"]])
            for row in page:
                yield from _findings(row, agreements[row["agreement"]], names)

    meaning = Sentence("What the setting require asks of every active agreement: a signed original, a signatory each.")
    return Check("evidence", Severity.WARNING, meaning, find)


def _findings(row: Row, agreement: Row, names: Mapping[str, str]) -> Iterator[Finding]:
    """Give a finding for each thing that is lacking: who accepts the one has not accepted the other."""
    parties = "; ".join(names[key] for key in row["parties"])
    said = {
        "signed-original": (
            Sentence("it has no signed original"),
            f"mou doc add {row['ref']} FILE --kind signed-original",
        ),
        "signatories": (
            Sentence("nobody is said to have signed for {parties}", parties=parties),
            f'mou sign {row["ref"]} --on DATE --signatory "NAME; POSITION; PARTY"',
        ),
    }
    for name in row["lacks"]:
        sentence, do = said[name]
        yield Finding(sentence, (mention(agreement),), do, about=f"{row['agreement']}/{name}")
