"""What was asked of the journal, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.result import NOUNS
from mou_cli.output.understood.part import Part, parts_of, period

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader
    from mou_cli.views.entry import EntryFilter


def entry_parts(_reader: Reader, wanted: EntryFilter, language: str) -> list[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    days = period(wanted.since, wanted.until, language)
    return parts_of(
        Part(translate("in entry {number}", language, number=wanted.number)) if wanted.number else None,
        _records(wanted, language),
        Part(translate("by {name}", language, name=wanted.actor), (), ("actor",)) if wanted.actor else None,
        Part(days, ("since", "until"), ("since", "until")) if days else None,
    )


def _records(wanted: EntryFilter, language: str) -> Part | None:
    if wanted.noun is None:
        return None
    noun = NOUNS.label(wanted.noun, language)
    if wanted.key is not None:
        return Part(translate("of {noun} {key}", language, noun=noun, key=wanted.key))
    return Part(translate("with {noun} records", language, noun=noun), ("noun",), ("noun",))
