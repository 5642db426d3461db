"""Events that declare more than is recorded of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, Mention
from mou_cli.views.event import EventFilter, find_events
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader


def _find(reader: Reader, _today: date) -> Iterator[Finding]:
    for row in find_events(reader, EventFilter()):
        if sentence := _more_than_recorded(row["declared"], row["recorded"]):
            about = Mention("event", row["key"], row["name"] or row["key"])
            yield Finding(sentence, (about,), f"mou event show {row['key']}")


def _more_than_recorded(declared: dict[str, int], recorded: dict[str, int]) -> Sentence | None:
    memoranda, agreements = declared.get("memoranda", 0), declared.get("agreements", 0)
    if memoranda > recorded["memoranda"]:
        return Sentence(
            "{declared} memoranda were declared, {recorded} are recorded",
            declared=memoranda,
            recorded=recorded["memoranda"],
        )
    if agreements > recorded["agreements"]:
        return Sentence(
            "{declared} agreements were declared, {recorded} are recorded",
            declared=agreements,
            recorded=recorded["agreements"],
        )
    return None


DECLARED_MORE = Check(
    "declared-more",
    Severity.HINT,
    Sentence(
        "Not all agreements made there are recorded, or they lack the event: mou edit REF --event KEY. Make none up."
    ),
    _find,
)
