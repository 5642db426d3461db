"""What was asked of plans, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.understood.part import Part, labels, names, word_part, year_part
from mou_cli.vocabulary import PLAN_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader
    from mou_cli.views.plan import PlanFilter


def plan_parts(reader: Reader, wanted: PlanFilter, language: str) -> Iterator[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    if wanted.year is not None:
        yield year_part(wanted.year, language)
    if wanted.owner:
        owner = names(reader, "institution", [wanted.owner], language)
        yield Part(translate("owner {name}", language, name=owner), ("owner",), ("owner",))
    if wanted.open is not None:
        status = labels(["open" if wanted.open else "closed"], PLAN_STATUSES, language)
        flag = "--open" if wanted.open else "--closed"
        yield Part(translate("status {names}", language, names=status), ("open",), ("open",), flag)
    yield from word_part(wanted.words, language)
