"""The words for a filter of any noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mou_cli.output.understood.agenda import agenda_parts
from mou_cli.output.understood.agreement import agreement_parts
from mou_cli.output.understood.document import document_parts
from mou_cli.output.understood.entry import entry_parts
from mou_cli.output.understood.event import event_parts
from mou_cli.output.understood.institution import institution_parts
from mou_cli.output.understood.part import Part, word_part
from mou_cli.output.understood.plan import plan_parts
from mou_cli.output.understood.task import task_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.store.reader import Reader


def _match_parts(_reader: Reader, words: str, language: str) -> Iterator[Part]:
    return (part._replace(fields=()) for part in word_part(words, language))


PARTS: Final[dict[str, Callable[[Reader, Any, str], Iterator[Part]]]] = {
    "agreement": agreement_parts,
    "agenda": agenda_parts,
    "institution": institution_parts,
    "event": event_parts,
    "plan": plan_parts,
    "task": task_parts,
    "document": document_parts,
    "match": _match_parts,
    "entry": entry_parts,
    "change": entry_parts,
    "blame": entry_parts,
}
