"""The field every record has: the document it was found in and the line there."""

from __future__ import annotations

from mou_cli.fields.collection import Group
from mou_cli.fields.kind import Number
from mou_cli.fields.shape import Field
from mou_cli.fields.text import Text

SOURCE = Field("source", Group(fields=(Field("document", Text(), required=True), Field("line", Number(least=1)))))
