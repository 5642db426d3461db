"""The codes of agreements: what they are, how they stand, what happens to them and what belongs to them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from mou_cli.vocabulary.code_list import CodeList


class Stage(StrEnum):
    """What is recorded of an agreement's way; the status of a day is derived from it and the dates."""

    UNSTATED = "unstated"
    DRAFT = "draft"
    NEGOTIATION = "negotiation"
    SIGNED = "signed"
    TERMINATED = "terminated"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


class Status(StrEnum):
    """How an agreement stands on a day, in the order in which the first match wins."""

    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    TERMINATED = "terminated"
    DRAFT = "draft"
    FUTURE = "future"
    IN_NOTICE = "in-notice"
    EXPIRED = "expired"
    ACTIVE = "active"
    UNSTATED = "unstated"


# Somebody has ended it, whatever its term.
STOPPED: Final = (Status.CANCELLED, Status.SUPERSEDED, Status.TERMINATED)


class Renewal(StrEnum):
    """What happens at the end of a term."""

    NONE = "none"
    TACIT = "tacit"
    EXPRESS = "express"
    UNSTATED = "unstated"


AREAS: Final = CodeList(
    "area",
    {
        "student-exchange": "student exchange",
        "faculty-exchange": "faculty exchange",
        "staff-exchange": "staff exchange",
        "joint-research": "joint research",
        "joint-events": "joint events",
        "information-exchange": "exchange of information",
        "joint-publications": "joint publications",
        "double-degree": "double degree",
        "joint-degree": "joint degree",
        "twinning": "twinning",
        "credit-recognition": "credit recognition",
        "curriculum-development": "curriculum development",
        "faculty-development": "faculty development",
        "quality-assurance": "quality assurance",
        "university-management": "university management",
        "library-support": "library support",
        "student-services": "student services",
        "short-term-programmes": "short-term programmes",
        "online-learning": "online learning",
        "language-programmes": "language programmes",
        "cultural-programmes": "cultural programmes",
        "scholarships": "scholarships",
        "internships": "internships",
        "capacity-building": "capacity building",
        "policy-advice": "policy advice",
        "community-engagement": "community engagement",
        "publishing": "publishing",
        "general-cooperation": "general cooperation",
    },
)


AGREEMENT_TYPES: Final = CodeList(
    "agreement type",
    {
        "memorandum": "memorandum",
        "framework": "framework agreement",
        "exchange": "exchange agreement",
        "double-degree": "double-degree agreement",
        "joint-degree": "joint-degree agreement",
        "erasmus-iia": "Erasmus inter-institutional agreement",
        "project": "project agreement",
        "protocol": "protocol",
        "letter-of-intent": "letter of intent",
        "preliminary": "preliminary agreement",
        "contract": "contract",
        "licence": "licence",
        "addendum": "addendum",
        "membership": "membership",
        "cooperation": "cooperation",
    },
)


STAGES: Final = CodeList(
    "stage",
    {
        Stage.UNSTATED: "unstated",
        Stage.DRAFT: "draft",
        Stage.NEGOTIATION: "in negotiation",
        Stage.SIGNED: "signed",
        Stage.TERMINATED: "terminated",
        Stage.CANCELLED: "cancelled",
        Stage.SUPERSEDED: "superseded",
    },
)


STATUSES: Final = CodeList(
    "status",
    {
        Status.CANCELLED: "cancelled",
        Status.SUPERSEDED: "superseded",
        Status.TERMINATED: "terminated",
        Status.DRAFT: "draft",
        Status.FUTURE: "future",
        Status.IN_NOTICE: "in notice",
        Status.EXPIRED: "expired",
        Status.ACTIVE: "active",
        Status.UNSTATED: "unstated",
    },
)


RENEWALS: Final = CodeList(
    "renewal",
    {
        Renewal.NONE: "none",
        Renewal.TACIT: "tacit",
        Renewal.EXPRESS: "express",
        Renewal.UNSTATED: "unstated",
    },
)


PARTY_ROLES: Final = CodeList(
    "role of a party",
    {
        "coordinator": "coordinator",
        "partner": "partner",
        "sending": "sending",
        "receiving": "receiving",
        "observer": "observer",
    },
)


CONTACT_ROLES: Final = CodeList(
    "role of a contact",
    {
        "coordinator": "coordinator",
        "backup": "backup",
        "nomination": "nomination",
        "legal": "legal",
    },
)


LINK_KINDS: Final = CodeList(
    "link",
    {
        "amends": "amends",
        "supersedes": "supersedes",
        "renews": "renews",
        "under": "under",
    },
)


LIFECYCLE_KINDS: Final = CodeList(
    "lifecycle fact",
    {
        "notice": "notice to end",
        "renewal": "renewal",
        "cancellation": "cancellation",
        "supersession": "supersession",
        "signature": "signature",
        "amendment": "amendment",
        "termination": "termination",
        "review": "review",
    },
)


RENEWAL_FORMS: Final = CodeList(
    "form of a renewal",
    {
        "letter": "letter",
        "email": "e-mail",
        "new": "new document",
        "tacit-confirmed": "tacit, confirmed",
    },
)


REVIEW_OUTCOMES: Final = CodeList(
    "outcome of a review",
    {
        "continue": "continue",
        "renew": "renew",
        "amend": "amend",
        "end": "let end",
    },
)


DOCUMENT_KINDS: Final = CodeList(
    "kind of document",
    {
        "signed-original": "signed original",
        "translation": "translation",
        "annex": "annex",
        "renewal": "renewal",
        "termination": "termination",
        "evidence": "evidence",
        "press": "press",
    },
)
