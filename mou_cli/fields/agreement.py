"""The fields of an agreement: one recorded co-operation between two or more parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from mou_cli.catalogue import Sentence
from mou_cli.fields.collection import Items, Links, Row, Strings, Values
from mou_cli.fields.kind import (
    Checksum,
    Code,
    Day,
    Flag,
    Key,
    Kind,
    Notice,
    Number,
    Reading,
    Reference,
    Span,
    Unreadable,
)
from mou_cli.fields.meaning import MEANINGS
from mou_cli.fields.person import people
from mou_cli.fields.shape import Document, Field, Shape
from mou_cli.fields.source import SOURCE
from mou_cli.fields.text import LINE, Text, Texts
from mou_cli.rules.complaint import coded
from mou_cli.rules.date import first_day, interval
from mou_cli.rules.fold import sort_key
from mou_cli.rules.language import choose_text
from mou_cli.rules.reference import read_reference, write_reference
from mou_cli.vocabulary import (
    AGREEMENT_TYPES,
    AREAS,
    CONTACT_ROLES,
    DOCUMENT_KINDS,
    LIFECYCLE_KINDS,
    LINK_KINDS,
    PARTY_ROLES,
    RENEWAL_FORMS,
    RENEWALS,
    REVIEW_OUTCOMES,
    STAGES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.fields.node import Mark

_INSTITUTION = Reference(noun="institution")


class ReferenceNumber(Kind):
    """A reference YYYY-NNN: the year of recording and a number of three digits or more."""

    plain: ClassVar[bool] = True

    def parse(self, text: str, mark: Mark | None, reading: Reading) -> str:
        found = read_reference(text)
        if found is None:
            raise Unreadable(f"{text!r} is not a reference such as 2024-001", mark)
        return write_reference(*found)


_PARTIES = Items(
    table="agreement_party",
    owner="agreement",
    short="institution",
    fields=(
        Field("institution", _INSTITUTION, required=True),
        Field("unit", Text()),
        Field("role", Code(codes=PARTY_ROLES)),
    ),
)
_EXCHANGE = Items(
    table="agreement_exchange",
    owner="agreement",
    fields=(
        Field("from", _INSTITUTION, column="sender", required=True),
        Field("to", _INSTITUTION, column="receiver", required=True),
        Field("level", Strings(Number(1, 8))),
        Field("isced", Strings(Text(10))),
        Field("places", Number(0)),
        Field("months", Number(0, 1200)),
        Field("language", Text(35)),
        Field("cefr", Text(10)),
        Field("years", Text(40)),
    ),
)
_SIGNATURES = Items(
    table="agreement_signature",
    owner="agreement",
    short="name",
    fields=(
        Field("party", _INSTITUTION),
        Field("name", Text(), required=True),
        Field("position", Texts(LINE)),
        Field("signed", Day()),
    ),
)
_CONTACTS = Items(
    table="agreement_contact",
    owner="agreement",
    short="name",
    fields=(
        Field("party", _INSTITUTION),
        Field("name", Text(), required=True),
        Field("role", Code(codes=CONTACT_ROLES, unsaid="coordinator")),
        Field("email", Text()),
        Field("phone", Text(60)),
    ),
)
_DOCUMENTS = Items(
    table="agreement_document",
    owner="agreement",
    short="file",
    fields=(
        Field("file", Text()),
        Field("kind", Code(codes=DOCUMENT_KINDS)),
        Field("language", Text(35)),
        Field("public", Flag()),
        Field("paper", Text()),
        Field("sha256", Checksum()),
        Field("size", Number(0, 2**62)),
        Field("media_type", Text(100)),
        Field("added", Day()),
    ),
)
LIFECYCLE = Items(
    table="agreement_lifecycle",
    owner="agreement",
    fields=(
        Field("kind", Code(codes=LIFECYCLE_KINDS), required=True),
        Field("date", Day(), required=True),
        Field("by", Text()),
        Field("until", Day(words=("open",))),
        Field("term", Span()),
        Field("renewal", Code(codes=RENEWALS)),
        Field("renewal_term", Span()),
        Field("notice", Notice()),
        Field("review", Day()),
        Field("form", Code(codes=RENEWAL_FORMS)),
        Field("outcome", Code(codes=REVIEW_OUTCOMES)),
        Field("evidence", Text()),
        Field("note", Texts()),
    ),
)


def _contradictions(document: Document) -> Iterator[tuple[str, str]]:
    # One that could not be read has been told of.
    if len({party.get("institution") for party in document.get("parties", ())}) < 2:  # noqa: PLR2004 - two make one
        yield "parties", "an agreement has two parties or more"
    if any(not ({"file", "paper"} & paper.keys()) for paper in document.get("documents", ())):
        yield "documents", "a document has a file, an address or a place on paper"
    starts = interval(first_day(document.get("starts"), document.get("signed")))
    for name in ("ends", "renewal_until"):
        last = interval(document.get(name))
        if starts and last and last[1] < starts[0]:
            yield (
                name,
                Sentence(
                    "{field} {last} is before the agreement starts, {first}",
                    field=coded(name, MEANINGS),
                    last=document[name],
                    first=starts[0],
                ),
            )


def _derive(document: Document) -> Row:
    year, number = read_reference(document["ref"]) or (0, 0)
    signed = interval(document.get("signed"))
    return {
        "sort": sort_key(choose_text(document.get("title")) or "") or None,
        "ref_year": year,
        "ref_number": number,
        "signed_from": signed[0].isoformat() if signed else None,
        "signed_to": signed[1].isoformat() if signed else None,
    }


AGREEMENT = Shape(
    noun="agreement",
    section="agreements",
    table="agreement",
    fields=(
        Field("key", Key(), required=True),
        Field("ref", ReferenceNumber()),
        Field("title", Texts(LINE)),
        Field("type", Code(codes=AGREEMENT_TYPES, unsaid="cooperation")),
        Field("stage", Code(codes=STAGES, unsaid="unstated")),
        Field("parties", _PARTIES, required=True),
        Field("signed", Day()),
        Field("starts", Day(words=("signed",))),
        Field("ends", Day(words=("open",))),
        Field("term", Span()),
        Field("renewal", Code(codes=RENEWALS, unsaid="unstated")),
        Field("renewal_term", Span()),
        Field("renewal_max", Number(0, 1000)),
        Field("renewal_until", Day()),
        Field("notice", Notice()),
        Field("review", Day()),
        Field("terminated", Day()),
        Field("reason", Texts()),
        Field("lifecycle", LIFECYCLE),
        Field("areas", Values(table="agreement_area", owner="agreement", column="area", item=Code(codes=AREAS))),
        Field("exchange", _EXCHANGE),
        Field("signatures", _SIGNATURES),
        people("agreement_person", "agreement"),
        Field("contacts", _CONTACTS),
        Field(
            "links",
            Links(
                table="agreement_link",
                owner="agreement",
                kind=Code(codes=LINK_KINDS),
                target=Reference(noun="agreement"),
            ),
        ),
        Field("documents", _DOCUMENTS),
        Field("project", Text()),
        Field("event", Reference(noun="event")),
        Field("unit", Text()),
        Field("responsible", Text()),
        Field("backup", Text()),
        Field("region", Text()),
        Field("languages", Strings(Text(35))),
        Field("place", Text()),
        Field("partner_ref", Text()),
        Field("tags", Strings(Text())),
        Field("public", Flag()),
        Field("note", Texts()),
        SOURCE,
    ),
    contradictions=_contradictions,
    derive=_derive,
)
