"""The words for a filter of any noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mou_cli.output.asked.agreement import agreement_parts
from mou_cli.output.asked.event import event_parts
from mou_cli.output.asked.institution import institution_parts
from mou_cli.output.asked.part import Part, parts_of, word_part
from mou_cli.output.asked.plan import plan_parts
from mou_cli.output.asked.task import task_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.store.reader import Reader


def _match_parts(_reader: Reader, words: str, language: str) -> list[Part]:
    return [part._replace(fields=()) for part in parts_of(word_part(words, language))]


PARTS: Final[dict[str, Callable[[Reader, Any, str], list[Part]]]] = {
    "agreement": agreement_parts,
    "institution": institution_parts,
    "event": event_parts,
    "plan": plan_parts,
    "task": task_parts,
    "match": _match_parts,
}
