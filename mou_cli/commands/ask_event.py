"""Asking for an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.commands.ask import open_inquiry, record_answers
from mou_cli.commands.ask_institution import institution_question
from mou_cli.commands.event import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mou_cli.commands.invocation import Invocation
    from mou_cli.commands.record import Body
    from mou_cli.fields.shape import Document
    from mou_cli.records.change import Change
    from mou_cli.store.reader import Row

_ASKED = {"key", "name", "held", "place", "host", "declared"}


def ask_event(call: Invocation, action: str, body: Body) -> tuple[Change, Row]:
    """Ask for an event, and record it."""
    with open_inquiry(call, "event", FIELDS) as inquiry:
        language = inquiry.language
        skip = translate("Enter: none", language)
        day = translate("a day, or --03-04 where the year is not known; Enter: not known", language)
        declared = translate("numbers it declares, such as memoranda=40, universities=17", language)
        questions = (
            inquiry.field("name", translate("Name", language), required=True),
            inquiry.field("held", translate("Held", language), hint=day),
            inquiry.field("place", translate("Place", language), hint=skip),
            institution_question(inquiry, "host", translate("Host", language)),
            inquiry.field("declared", translate("Declared", language), hint=declared),
        )

        def derive(document: Document) -> Sequence[tuple[str, str]]:
            return [(translate("Key", language), document["key"]), *inquiry.others(document, _ASKED)]

        return record_answers(inquiry, questions, action, body, derive)
