"""What was asked of events, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.understood.part import Part, names, parts_of, period, public_part, word_part

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader
    from mou_cli.views.event import EventFilter


def event_parts(reader: Reader, wanted: EventFilter, language: str) -> list[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    host = names(reader, "institution", [wanted.host], language) if wanted.host else ""
    held, bounds = period(wanted.held_from, wanted.held_to, language), ("held_from", "held_to")
    return parts_of(
        Part(translate("host {name}", language, name=host), ("host",), ("host",)) if host else None,
        Part(translate("held {when}", language, when=held), bounds, bounds) if held else None,
        Part(translate("day of the event not known", language), ("unknown",), ("unknown",)) if wanted.unknown else None,
        public_part(wanted.public, language),
        word_part(wanted.words, language),
    )
