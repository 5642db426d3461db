"""What is shown of an agreement."""

from __future__ import annotations

from typing import Final

from mou_cli.output.column import NOTE, SOURCE, TEXTS, Column, Row, as_text, coded, index, labels_of, places, plain
from mou_cli.vocabulary import (
    AGREEMENT_TYPES,
    AREAS,
    DOCUMENT_KINDS,
    PARTNER_TYPES,
    RENEWALS,
    STAGES,
    STATUSES,
    CodeList,
)

ENDS_WHY: Final = CodeList(
    "why the end is known",
    {
        "stated": ("stated", "göstərilib"),
        "computed": ("computed from the term", "müddətdən hesablanıb"),
        "open": ("no end", "müddətsiz"),
        "unstated": ("unstated", "göstərilməyib"),
        "start-unknown": ("the start is unknown", "başlanğıcı məlum deyil"),
    },
)
_OPEN: Final = ("open", "müddətsiz")


def _ends(row: Row, language: str) -> str:
    """Give the last day, `open`, or the days between which the end lies: `~2027`, `~2026-05-15…2026-07-01`."""
    if row.get("ends_on"):
        return str(row["ends_on"])
    if row.get("ends_from"):
        return f"~{_span(row['ends_from'], row.get('ends_to') or '')}"
    return _OPEN[language == "az"] if row.get("ends_why") == "open" else ""


def _span(first: str, last: str) -> str:
    from mou_cli.rules.date import interval  # few ends are spans, and it is slow to load

    for reduced in (first[:4], first[:7]):
        days = interval(reduced)
        if days and (days[0].isoformat(), days[1].isoformat()) == (first, last):
            return reduced
    return first if first == last else f"{first}…{last}"


def _documents(row: Row, language: str) -> str:
    return "; ".join(_document(paper, language) for paper in row.get("documents") or ())


def _document(paper: Row, language: str) -> str:
    told = [
        DOCUMENT_KINDS.label(paper.get("kind") or "", language),
        paper.get("language"),
        ("public", "açıq")[language == "az"] if paper.get("public") else None,
        paper.get("paper") if paper.get("file") else None,
    ]
    name = as_text(paper.get("file") or paper.get("paper"), language)
    details = ", ".join(text for text in told if text)
    return f"{name} ({details})" if details else name


def _partner_types(row: Row, language: str) -> str:
    types = (partner["type"] for partner in row.get("partners") or () if partner.get("type"))
    return labels_of(types, PARTNER_TYPES, language)


def _territories(row: Row, _language: str) -> str:
    territories = (partner.get("territory") for partner in row.get("partners") or ())
    return "; ".join(dict.fromkeys(territory for territory in territories if territory))


def _end_bound(name: str, labels: tuple[str, str]) -> Column:
    return plain(name, labels, "date")._replace(on_page=False)


KEYS: Final = (
    *("ref", "key", "title", "type", "stage", "status", "partners", "homes", "areas", "signed_on", "starts_on"),
    *("ends_on", "ends_from", "ends_to", "ends_why", "renewal", "notice_by", "review_on", "term", "renewal_term"),
    *("notice", "terminated_on", "event", "project", "unit", "responsible", "region", "note", "texts", "documents"),
    "source",
)
COLUMNS: Final = index(
    plain("ref", ("Ref", "Nömrə"), "code"),
    plain("key", ("Key", "Açar"), "code"),
    plain("title", ("Title", "Adı"), weight=4),
    coded("type", ("Type", "Növü"), AGREEMENT_TYPES),
    coded("stage", ("Stage", "Mərhələ"), STAGES),
    coded("status", ("Status", "Vəziyyəti"), STATUSES),
    plain("partner", ("Partner", "Tərəfdaş"), key="partners", weight=4),
    Column("country", ("Country", "Ölkə"), lambda row, language: places(row.get("partners") or (), language), weight=2),
    Column("territory", ("Territory", "Ərazi"), _territories, on_page=False),
    Column("partner_type", ("Partner type", "Tərəfdaşın növü"), _partner_types, weight=2),
    plain("home", ("Home", "Təmsil olunan"), key="homes", weight=3),
    coded("areas", ("Areas", "Sahələr"), AREAS)._replace(weight=3),
    plain("signed", ("Signed", "İmzalanıb"), "date", key="signed_on"),
    plain("starts", ("Starts", "Başlayır"), "date", key="starts_on"),
    Column("ends", ("Ends", "Bitir"), _ends, "date", "ends_on"),
    _end_bound("ends_from", ("Ends from", "Bitir, ən tez")),
    _end_bound("ends_to", ("Ends to", "Bitir, ən gec")),
    coded("ends_why", ("End known", "Bitmə əsası"), ENDS_WHY),
    coded("renewal", ("Renewal", "Yenilənmə"), RENEWALS),
    plain("notice_by", ("Notice by", "Bildiriş, son gün"), "date"),
    plain("review", ("Review", "Baxış"), "date", key="review_on"),
    plain("term", ("Term", "Müddət")),
    plain("renewal_term", ("Renewal term", "Yenilənmə müddəti")),
    plain("notice", ("Notice", "Bildiriş müddəti")),
    plain("terminated", ("Terminated", "Xitam"), "date", key="terminated_on"),
    plain("event", ("Event", "Tədbir"), "code"),
    plain("project", ("Project", "Layihə")),
    plain("unit", ("Unit", "Bölmə"), weight=2),
    plain("responsible", ("Responsible", "Məsul"), weight=2),
    plain("region", ("Region", "Region")),
    NOTE,
    TEXTS,
    Column("documents", ("Documents", "Sənədlər"), _documents, key="documents", weight=3),
    SOURCE,
)
DEFAULT: Final = ("ref", "partner", "country", "type", "areas", "status", "ends")
