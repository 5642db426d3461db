"""Agreements that expired and that nobody took further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.companion import find_companions
from mou_cli.checks.finding import Check, Finding, day, mention
from mou_cli.views.check_agreement import find_suspects, get_suspects
from mou_cli.views.document import batches
from mou_cli.vocabulary import Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row

_OVER = {Status.EXPIRED, Status.TERMINATED, Status.CANCELLED, Status.SUPERSEDED}


def _find(reader: Reader, today: date) -> Iterator[Finding]:
    if next(find_suspects(reader, "lapsed", today), None) is None:
        return
    companions = find_companions(reader, _type_and_institutions)
    for page in batches(find_suspects(reader, "lapsed", today)):
        near = get_suspects(reader, {key for row in page for key in companions.get(row["key"], ())}, today)
        for row in page:
            others = (near[key] for key in companions.get(row["key"], ()) if key != row["key"])
            if not any(_follows(other, row) for other in others):
                last = row["ends_on"] or row["ends_to"]
                yield Finding(
                    Sentence("it expired on {day}, and was neither renewed nor closed", day=day(last))
                    if last
                    else Sentence("it expired, and was neither renewed nor closed"),
                    (mention(row),),
                    f"mou add --like {row['ref']}",
                )


def _type_and_institutions(row: Row) -> tuple[str, ...]:
    return row["type"], *sorted({institution for institution, _unit in row["parties"]})


def _follows(other: Row, lapsed: Row) -> bool:
    """Say whether another agreement of the same parties and type has taken the place of one that expired."""
    if other["status"] not in _OVER:
        return True
    return (other["ends_to"] or "") > (lapsed["ends_to"] or "")


LAPSED = Check(
    "lapsed",
    Severity.WARNING,
    Sentence(
        "Nothing followed: no agreement renews or supersedes it, and none of the same parties and type came later. "
        "Record what followed, or close it: mou edit REF --stage terminated."
    ),
    _find,
)
