"""The fields of an acceptance: a finding that stays quiet, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from mou_cli.catalogue import Sentence
from mou_cli.fields.kind import Day, Kind, Reading, Unreadable
from mou_cli.fields.shape import Document, Field, Shape
from mou_cli.fields.text import Text

if TYPE_CHECKING:
    from mou_cli.fields.collection import Row
    from mou_cli.fields.node import Mark

_FINDING = re.compile(r"[a-z]+(-[a-z]+)*:[\w./,-]{1,400}")


class FindingName(Kind):
    """What names a finding: its code, a colon, and what it is about."""

    plain: ClassVar[bool] = True

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str:
        if not _FINDING.fullmatch(text):
            raise Unreadable(Sentence("{text!r} is no finding such as no-end:2024-001", text=text), mark)
        return text


def _derive(document: Document) -> Row:
    return {"code": document["key"].partition(":")[0]}


ACCEPTANCE = Shape(
    noun="acceptance",
    section="accepted",
    table="acceptance",
    fields=(
        Field("key", FindingName(), required=True),
        Field("reason", Text(), required=True),
        Field("by", Text(), required=True),
        Field("accepted", Day(), required=True),
    ),
    derive=_derive,
    searched=False,
)
