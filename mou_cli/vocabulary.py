"""The codes the register stores and the labels it shows for them."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Final

from mou_cli.catalogue import LANGUAGES, translate

Labels = dict[str, str]


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


class Renewal(StrEnum):
    """What happens at the end of a term."""

    NONE = "none"
    TACIT = "tacit"
    EXPRESS = "express"
    UNSTATED = "unstated"


class TimingKind(StrEnum):
    """What a plan's timing means."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    TERM = "term"
    YEAR = "year"
    WINDOW = "window"
    RECURRING = "recurring"
    NONE = "none"


class CodeList:
    """A closed list of codes, each with its label in English."""

    def __init__(self, name: str, labels: Labels) -> None:
        self.name = name
        self.labels = labels

    def __contains__(self, code: object) -> bool:
        return code in self.labels

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in their own order."""
        return tuple(self.labels)

    def label(self, code: str, language: str = "en") -> str:
        """Give the label of a code; a code the list does not know is its own label."""
        return translate(self.labels[code], language, context=self.name) if code in self.labels else code

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The labels of every code in all languages."""
        return {code: tuple(self.label(code, language) for language in LANGUAGES) for code in self.labels}


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

PARTNER_TYPES: Final = CodeList(
    "partner type",
    {
        "university": "university",
        "research-institute": "research institute",
        "government": "government",
        "intergovernmental": "intergovernmental body",
        "foundation-ngo": "foundation or NGO",
        "company": "company",
        "publisher": "publisher",
        "association": "association",
        "programme": "programme",
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

NAME_KINDS: Final = CodeList(
    "kind of name",
    {
        "label": "label",
        "alias": "alias",
        "acronym": "acronym",
        "former": "former",
        "current": "current",
        "as-printed": "as printed",
    },
)

PERSON_ROLES: Final = CodeList(
    "role of a person",
    {
        "witness": "witness",
        "participant": "participant",
        "speaker": "speaker",
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

TASK_STATUSES: Final = CodeList(
    "task status",
    {
        "planned": "planned",
        "in-progress": "in progress",
        "done": "done",
        "dropped": "dropped",
    },
)

PLAN_STATUSES: Final = CodeList("plan status", {"open": "open", "closed": "closed"})

COUNTRY_SOURCES: Final = CodeList("source of the country", {"stated": "stated", "inferred": "inferred"})

TIMING_KINDS: Final = CodeList(
    "kind of timing",
    {
        TimingKind.DATE: "date",
        TimingKind.MONTH: "month",
        TimingKind.QUARTER: "quarter",
        TimingKind.TERM: "term",
        TimingKind.YEAR: "year",
        TimingKind.WINDOW: "window",
        TimingKind.RECURRING: "recurring",
        TimingKind.NONE: "none",
    },
)
