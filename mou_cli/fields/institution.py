"""The fields of an institution: any body that can be a party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.fields.collection import Identifiers, Items, Row, Strings
from mou_cli.fields.kind import Code, Country, Flag, Key, Reference
from mou_cli.fields.shape import Document, Field, Shape
from mou_cli.fields.source import SOURCE
from mou_cli.fields.text import Text, Texts
from mou_cli.rules.fold import fold, sort_key
from mou_cli.vocabulary import COUNTRY_SOURCES, NAME_KINDS, PARTNER_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = Items(
    table="institution_name",
    owner="institution",
    short="text",
    fields=(
        Field("text", Text(), required=True),
        Field("lang", Text(35)),
        Field("kind", Code(codes=NAME_KINDS, unsaid="label")),
    ),
    derive=lambda name: {"folded": fold(name["text"])},
)


def _derive(document: Document) -> Row:
    return {"sort": sort_key(document["name"]), "folded": fold(document["name"])}


def _contradictions(document: Document) -> Iterator[tuple[str, str]]:
    if document.get("parent") == document["key"]:
        yield "parent", "an institution cannot belong to itself"


INSTITUTION = Shape(
    noun="institution",
    section="institutions",
    table="institution",
    fields=(
        Field("key", Key(), required=True),
        Field("name", Text(), required=True),
        Field("names", _NAMES),
        Field("home", Flag(), written=False),
        Field("country", Country()),
        Field("country_source", Code(codes=COUNTRY_SOURCES, unsaid="stated")),
        Field("territory", Text()),
        Field("type", Code(codes=PARTNER_TYPES)),
        Field("city", Text()),
        Field("region", Text()),
        Field("website", Text()),
        Field("parent", Reference(noun="institution")),
        Field("identifiers", Identifiers(table="institution_identifier", owner="institution")),
        Field("memberships", Strings(Text())),
        Field("note", Texts()),
        SOURCE,
    ),
    contradictions=_contradictions,
    derive=_derive,
)
