"""The codes the register stores and the labels it shows for them, in English and Azerbaijani."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

Labels = dict[str, tuple[str, str]]


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
    """A closed list of codes, each with its English and Azerbaijani label."""

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
        english, azerbaijani = self.labels.get(code, (code, code))
        return azerbaijani if language == "az" else english


AREAS: Final = CodeList(
    "area",
    {
        "student-exchange": ("student exchange", "tələbə mübadiləsi"),
        "faculty-exchange": ("faculty exchange", "müəllim mübadiləsi"),
        "staff-exchange": ("staff exchange", "inzibati heyət mübadiləsi"),
        "joint-research": ("joint research", "birgə tədqiqat"),
        "joint-events": ("joint events", "birgə tədbirlər"),
        "information-exchange": ("exchange of information", "məlumat mübadiləsi"),
        "joint-publications": ("joint publications", "birgə nəşrlər"),
        "double-degree": ("double degree", "ikili diplom"),
        "joint-degree": ("joint degree", "birgə diplom"),
        "twinning": ("twinning", "tvinninq"),
        "credit-recognition": ("credit recognition", "kreditlərin tanınması"),
        "curriculum-development": ("curriculum development", "kurikulumun inkişafı"),
        "faculty-development": ("faculty development", "müəllimlərin peşəkar inkişafı"),
        "quality-assurance": ("quality assurance", "keyfiyyətin təminatı"),
        "university-management": ("university management", "universitetin idarə edilməsi"),
        "library-support": ("library support", "kitabxanaya dəstək"),
        "student-services": ("student services", "tələbə xidmətləri"),
        "short-term-programmes": ("short-term programmes", "qısamüddətli proqramlar"),
        "online-learning": ("online learning", "onlayn təhsil"),
        "language-programmes": ("language programmes", "dil proqramları"),
        "cultural-programmes": ("cultural programmes", "mədəniyyət proqramları"),
        "scholarships": ("scholarships", "təqaüdlər"),
        "internships": ("internships", "təcrübə"),
        "capacity-building": ("capacity building", "potensialın gücləndirilməsi"),
        "policy-advice": ("policy advice", "siyasət üzrə məsləhət"),
        "community-engagement": ("community engagement", "icmaya xidmət"),
        "publishing": ("publishing", "nəşriyyat"),
        "general-cooperation": ("general cooperation", "ümumi əməkdaşlıq"),
    },
)

PARTNER_TYPES: Final = CodeList(
    "partner type",
    {
        "university": ("university", "universitet"),
        "research-institute": ("research institute", "elmi-tədqiqat institutu"),
        "government": ("government", "dövlət qurumu"),
        "intergovernmental": ("intergovernmental body", "hökumətlərarası qurum"),
        "foundation-ngo": ("foundation or NGO", "fond və ya QHT"),
        "company": ("company", "şirkət"),
        "publisher": ("publisher", "nəşriyyat"),
        "association": ("association", "assosiasiya"),
        "programme": ("programme", "proqram"),
    },
)

AGREEMENT_TYPES: Final = CodeList(
    "agreement type",
    {
        "memorandum": ("memorandum", "memorandum"),
        "framework": ("framework agreement", "çərçivə sazişi"),
        "exchange": ("exchange agreement", "mübadilə müqaviləsi"),
        "double-degree": ("double-degree agreement", "ikili diplom müqaviləsi"),
        "joint-degree": ("joint-degree agreement", "birgə diplom müqaviləsi"),
        "erasmus-iia": ("Erasmus inter-institutional agreement", "Erasmus institutlararası saziş"),
        "project": ("project agreement", "layihə müqaviləsi"),
        "protocol": ("protocol", "protokol"),
        "letter-of-intent": ("letter of intent", "niyyət məktubu"),
        "preliminary": ("preliminary agreement", "ilkin saziş"),
        "contract": ("contract", "müqavilə"),
        "licence": ("licence", "lisenziya"),
        "addendum": ("addendum", "əlavə saziş"),
        "membership": ("membership", "üzvlük"),
        "cooperation": ("cooperation", "əməkdaşlıq"),
    },
)

STAGES: Final = CodeList(
    "stage",
    {
        Stage.UNSTATED: ("unstated", "göstərilməyib"),
        Stage.DRAFT: ("draft", "layihə"),
        Stage.NEGOTIATION: ("in negotiation", "danışıqlar"),
        Stage.SIGNED: ("signed", "imzalanıb"),
        Stage.TERMINATED: ("terminated", "xitam verilib"),
        Stage.CANCELLED: ("cancelled", "ləğv edilib"),
        Stage.SUPERSEDED: ("superseded", "əvəz edilib"),
    },
)

STATUSES: Final = CodeList(
    "status",
    {
        Status.CANCELLED: ("cancelled", "ləğv edilib"),
        Status.SUPERSEDED: ("superseded", "əvəz edilib"),
        Status.TERMINATED: ("terminated", "xitam verilib"),
        Status.DRAFT: ("draft", "layihə"),
        Status.FUTURE: ("future", "hələ başlamayıb"),
        Status.IN_NOTICE: ("in notice", "bildiriş verilib"),
        Status.EXPIRED: ("expired", "müddəti bitib"),
        Status.ACTIVE: ("active", "qüvvədədir"),
        Status.UNSTATED: ("unstated", "göstərilməyib"),
    },
)

RENEWALS: Final = CodeList(
    "renewal",
    {
        Renewal.NONE: ("none", "yenilənmir"),
        Renewal.TACIT: ("tacit", "özü uzanır"),
        Renewal.EXPRESS: ("express", "təsdiqlə uzanır"),
        Renewal.UNSTATED: ("unstated", "göstərilməyib"),
    },
)

NAME_KINDS: Final = CodeList(
    "kind of name",
    {
        "label": ("label", "ad"),
        "alias": ("alias", "başqa ad"),
        "acronym": ("acronym", "abreviatura"),
        "former": ("former", "keçmiş ad"),
        "current": ("current", "indiki ad"),
        "as-printed": ("as printed", "çap olunduğu kimi"),
    },
)

PERSON_ROLES: Final = CodeList(
    "role of a person",
    {
        "witness": ("witness", "şahid"),
        "participant": ("participant", "iştirakçı"),
        "speaker": ("speaker", "çıxış edən"),
    },
)

CONTACT_ROLES: Final = CodeList(
    "role of a contact",
    {
        "coordinator": ("coordinator", "koordinator"),
        "backup": ("backup", "əvəzedici"),
        "nomination": ("nomination", "namizədlik"),
        "legal": ("legal", "hüquq"),
    },
)

PARTY_ROLES: Final = CodeList(
    "role of a party",
    {
        "coordinator": ("coordinator", "koordinator"),
        "partner": ("partner", "tərəfdaş"),
        "sending": ("sending", "göndərən"),
        "receiving": ("receiving", "qəbul edən"),
        "observer": ("observer", "müşahidəçi"),
    },
)

LINK_KINDS: Final = CodeList(
    "link",
    {
        "amends": ("amends", "dəyişiklik edir"),
        "supersedes": ("supersedes", "əvəz edir"),
        "renews": ("renews", "yeniləyir"),
        "under": ("under", "çərçivəsində"),
    },
)

LIFECYCLE_KINDS: Final = CodeList(
    "lifecycle fact",
    {
        "notice": ("notice to end", "xitam bildirişi"),
        "renewal": ("renewal", "uzadılma"),
        "cancellation": ("cancellation", "ləğv"),
        "supersession": ("supersession", "əvəzlənmə"),
    },
)

DOCUMENT_KINDS: Final = CodeList(
    "kind of document",
    {
        "signed-original": ("signed original", "imzalanmış əsli"),
        "translation": ("translation", "tərcümə"),
        "annex": ("annex", "əlavə"),
        "renewal": ("renewal", "uzadılma"),
        "termination": ("termination", "xitam"),
        "evidence": ("evidence", "sübut"),
        "press": ("press", "mətbuat"),
    },
)

TASK_STATUSES: Final = CodeList(
    "task status",
    {
        "planned": ("planned", "planlaşdırılıb"),
        "in-progress": ("in progress", "icrada"),
        "done": ("done", "yerinə yetirilib"),
        "dropped": ("dropped", "çıxarılıb"),
    },
)

PLAN_STATUSES: Final = CodeList("plan status", {"open": ("open", "açıq"), "closed": ("closed", "bağlı")})

COUNTRY_SOURCES: Final = CodeList(
    "source of the country", {"stated": ("stated", "göstərilib"), "inferred": ("inferred", "müəyyən edilib")}
)

TIMING_KINDS: Final = CodeList(
    "kind of timing",
    {
        TimingKind.DATE: ("date", "tarix"),
        TimingKind.MONTH: ("month", "ay"),
        TimingKind.QUARTER: ("quarter", "rüb"),
        TimingKind.TERM: ("term", "semestr"),
        TimingKind.YEAR: ("year", "il"),
        TimingKind.WINDOW: ("window", "müddət"),
        TimingKind.RECURRING: ("recurring", "mütəmadi"),
        TimingKind.NONE: ("none", "vaxtsız"),
    },
)
