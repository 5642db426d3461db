"""The fields of people named at an agreement or an event."""

from __future__ import annotations

from mou_cli.fields.collection import Dictionary, Items
from mou_cli.fields.kind import Code, Reference
from mou_cli.fields.shape import Field
from mou_cli.fields.text import LINE, Text, Texts
from mou_cli.vocabulary import PERSON_ROLES


def people(table: str, owner: str) -> Field:
    """Give the field of those who were present in one role or another; none of them thereby signed."""
    return Field(
        "people",
        Items(
            table=table,
            owner=owner,
            short="name",
            fields=(
                Field("name", Text(), required=True),
                Field("names", Dictionary(value=Text())),
                Field("role", Code(codes=PERSON_ROLES, unsaid="participant")),
                Field("position", Texts(LINE)),
                Field("party", Reference(noun="institution")),
            ),
        ),
    )
