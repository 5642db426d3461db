"""What was asked of events, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.understood.part import Part, names, period, public_part, word_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader
    from mou_cli.views.event import EventFilter


def event_parts(reader: Reader, wanted: EventFilter, language: str) -> Iterator[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    if wanted.host:
        host = names(reader, "institution", [wanted.host], language)
        yield Part(translate("host {name}", language, name=host), ("host",), ("host",))
    bounds = ("held_from", "held_to")
    if held := period(wanted.held_from, wanted.held_to, language):
        yield Part(translate("held {when}", language, when=held), bounds, bounds)
    if wanted.unknown:
        yield Part(translate("day of the event not known", language), ("unknown",), ("unknown",))
    yield from public_part(wanted.public, language)
    yield from word_part(wanted.words, language)
