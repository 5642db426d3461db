"""What was asked of the journal, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.result import NOUNS
from mou_cli.output.understood.part import Part, period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader
    from mou_cli.views.entry import EntryFilter


def entry_parts(_reader: Reader, wanted: EntryFilter, language: str) -> Iterator[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    if wanted.number:
        yield Part(translate("in entry {number}", language, number=wanted.number))
    if wanted.noun is not None:
        noun = NOUNS.label(wanted.noun, language)
        if wanted.key is not None:
            yield Part(translate("of {noun} {key}", language, noun=noun, key=wanted.key))
        else:
            yield Part(translate("with {noun} records", language, noun=noun), ("noun",), ("noun",))
    if wanted.actor:
        yield Part(translate("by {name}", language, name=wanted.actor), (), ("actor",))
    if days := period(wanted.since, wanted.until, language):
        yield Part(days, ("since", "until"), ("since", "until"))
