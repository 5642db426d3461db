"""The tables of agreements, of their lists, and of how they stand day by day."""

from typing import Final

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from mou_cli.models.column import count, integer, owner, reference, string

# Few agreements have a region of their own, and few have three parties or more.
_HAS_REGION: Final = text("region IS NOT NULL")
_IS_THIRD: Final = text("ordinal = 3")


class Agreement(SQLModel, table=True):
    """One recorded co-operation; the parts of `ref` and `signed`, and `sort` (of the title), are computed."""

    __table_args__ = (
        Index(None, "ref_year", "ref_number", unique=True),
        Index(None, "region", sqlite_where=_HAS_REGION, postgresql_where=_HAS_REGION),
    )

    key: str = string(key=True)
    ref: str = string(unique=True)
    ref_year: int = integer()
    ref_number: int = integer()
    title: str | None = string()
    sort: str | None = string(index=True)
    type: str = string(index=True)
    stage: str = string()
    signed: str | None = string()
    signed_from: str | None = string(index=True)
    signed_to: str | None = string()
    starts: str | None = string()
    ends: str | None = string()
    term: str | None = string()
    renewal: str = string()
    renewal_term: str | None = string()
    renewal_max: int | None = integer()
    renewal_until: str | None = string()
    notice: str | None = string()
    review: str | None = string(index=True)
    terminated: str | None = string()
    reason: str | None = string()
    project: str | None = string(index=True)
    event: str | None = reference("event")
    unit: str | None = string()
    responsible: str | None = string()
    backup: str | None = string()
    region: str | None = string()
    languages: str | None = string()
    place: str | None = string()
    partner_ref: str | None = string()
    tags: str | None = string()
    public: int = integer(default=0)
    note: str | None = string()
    source: str | None = string()


class AgreementParty(SQLModel, table=True):
    """A party, in the order in which the agreement names them."""

    __tablename__ = "agreement_party"
    __table_args__ = (
        Index(None, "institution", "agreement"),
        Index(None, "agreement", sqlite_where=_IS_THIRD, postgresql_where=_IS_THIRD),
    )

    agreement: str = owner("agreement")
    ordinal: int = integer(key=True)
    institution: str = reference("institution", index=False)
    unit: str | None = string()
    role: str | None = string()


class AgreementArea(SQLModel, table=True):
    """What is agreed to be done."""

    __tablename__ = "agreement_area"
    __table_args__ = (Index(None, "area", "agreement"),)

    agreement: str = owner("agreement")
    ordinal: int = integer(key=True)
    area: str = string()


class AgreementExchange(SQLModel, table=True):
    """Places for people who move from one party to another."""

    __tablename__ = "agreement_exchange"

    agreement: str = owner("agreement")
    ordinal: int = integer(key=True)
    sender: str = reference("institution")
    receiver: str = reference("institution")
    level: str | None = string()
    isced: str | None = string()
    places: int | None = integer()
    months: int | None = integer()
    language: str | None = string()
    cefr: str | None = string()
    years: str | None = string()


class AgreementSignature(SQLModel, table=True):
    """Who signed, for which party."""

    __tablename__ = "agreement_signature"

    agreement: str = owner("agreement")
    ordinal: int = integer(key=True)
    party: str | None = reference("institution")
    name: str = string()
    position: str | None = string()
    signed: str | None = string()


class AgreementPerson(SQLModel, table=True):
    """Who was present, and as what; nobody here thereby signed."""

    __tablename__ = "agreement_person"

    agreement: str = owner("agreement")
    ordinal: int = integer(key=True)
    name: str = string()
    names: str | None = string()
    role: str = string()
    position: str | None = string()
    party: str | None = reference("institution")


class AgreementContact(SQLModel, table=True):
    """Whom to ask."""

    __tablename__ = "agreement_contact"

    agreement: str = owner("agreement")
    ordinal: int = integer(key=True)
    party: str | None = reference("institution")
    name: str = string()
    role: str = string()
    email: str | None = string()
    phone: str | None = string()


class AgreementLink(SQLModel, table=True):
    """How the agreement stands to another: it amends, supersedes or renews it, or is made under it."""

    __tablename__ = "agreement_link"

    agreement: str = owner("agreement")
    ordinal: int = integer(key=True)
    kind: str = string()
    target: str = reference("agreement")


class AgreementDocument(SQLModel, table=True):
    """A paper that belongs to the agreement, by the name of its file or its address, and what its content is."""

    __tablename__ = "agreement_document"

    agreement: str = owner("agreement")
    ordinal: int = integer(key=True)
    file: str | None = string()
    kind: str | None = string()
    language: str | None = string()
    public: int = integer(default=0)
    paper: str | None = string()
    sha256: str | None = string(index=True)
    size: int | None = count()
    media_type: str | None = string()
    added: str | None = string()


class AgreementLifecycle(SQLModel, table=True):
    """A dated fact of the agreement's life, such as a signature, a renewal or notice given."""

    __tablename__ = "agreement_lifecycle"

    agreement: str = owner("agreement")
    ordinal: int = integer(key=True)
    kind: str = string()
    date: str = string()
    by: str | None = string()
    until: str | None = string()
    term: str | None = string()
    renewal: str | None = string()
    renewal_term: str | None = string()
    notice: str | None = string()
    review: str | None = string()
    form: str | None = string()
    outcome: str | None = string()
    evidence: str | None = string()
    note: str | None = string()


class AgreementSpan(SQLModel, table=True):
    """How the agreement stands from one day through another, both inclusive; computed, never journaled.

    The spans of an agreement leave no gap. They reach the last day of the calendar or, for a tacit agreement without
    a last term, only as far as they were projected: then the last one has that day in `projected_to`. `renewal` and, as
    JSON, `instead` say what holds on these days instead of the agreement's own fields. `goes_on` is 1 where another
    term follows by itself. Where recorded renewals let it go on after the term, `renewed_until_from` and
    `renewed_until_to` are the days between which that ends; `decision` is what somebody has decided of the term.
    """

    __tablename__ = "agreement_span"
    # Whether a span holds on a day is told by the index that finds it.
    __table_args__ = (
        Index(None, "status", "last_on", "first_on"),
        Index(None, "ends_on", "ends_to", "first_on", "last_on"),
        Index(None, "notice_by", "first_on", "last_on"),
    )

    agreement: str = owner("agreement")
    first_on: str = string(key=True)
    last_on: str = string()
    projected_to: str | None = string(index=True)
    status: str = string()
    term_number: int | None = integer()
    ends_on: str | None = string()
    ends_from: str | None = string()
    ends_to: str | None = string()
    ends_why: str = string()
    notice_by: str | None = string()
    renewal: str | None = string()
    review_on: str | None = string(index=True)
    instead: str | None = string()
    goes_on: int | None = integer()
    renewed_until_from: str | None = string()
    renewed_until_to: str | None = string()
    decision: str | None = string()
