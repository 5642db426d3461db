"""The fields of an event: a ceremony or visit, with the numbers it declares."""

from __future__ import annotations

from mou_cli.fields.collection import Dictionary, Row, Strings
from mou_cli.fields.kind import Day, Key, Number, Reference
from mou_cli.fields.person import people
from mou_cli.fields.shape import Document, Field, Shape
from mou_cli.fields.source import SOURCE
from mou_cli.fields.text import LINE, Text, Texts
from mou_cli.rules.date import interval
from mou_cli.rules.fold import sort_key
from mou_cli.rules.language import choose_text


def _derive(document: Document) -> Row:
    held = interval(document.get("held"))
    return {
        "sort": sort_key(choose_text(document["name"]) or ""),
        "held_from": held[0].isoformat() if held else None,
        "held_to": held[1].isoformat() if held else None,
    }


EVENT = Shape(
    noun="event",
    section="events",
    table="event",
    fields=(
        Field("key", Key(), required=True),
        Field("name", Texts(LINE), required=True),
        Field("held", Day()),
        Field("place", Text()),
        Field("host", Reference(noun="institution")),
        Field("declared", Dictionary(value=Number())),
        people("event_person", "event"),
        Field("topics", Strings(Texts(LINE))),
        Field("note", Texts()),
        SOURCE,
    ),
    derive=_derive,
)
