"""What was asked of plans, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.understood.part import Part, labels, names, parts_of, word_part, year_part
from mou_cli.vocabulary import PLAN_STATUSES

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader
    from mou_cli.views.plan import PlanFilter


def plan_parts(reader: Reader, wanted: PlanFilter, language: str) -> list[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    owner = names(reader, "institution", [wanted.owner], language) if wanted.owner else ""
    return parts_of(
        year_part(wanted.year, language) if wanted.year else None,
        Part(translate("owner {name}", language, name=owner), ("owner",), ("owner",)) if owner else None,
        _status(wanted, language),
        word_part(wanted.words, language),
    )


def _status(wanted: PlanFilter, language: str) -> Part | None:
    if wanted.open is None:
        return None
    label = labels(["open" if wanted.open else "closed"], PLAN_STATUSES, language)
    flag = "--open" if wanted.open else "--closed"
    return Part(translate("status {names}", language, names=label), ("open",), ("open",), flag)
