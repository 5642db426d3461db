"""The codes of institutions and of people."""

from __future__ import annotations

from typing import Final

from mou_cli.vocabulary.code_list import CodeList

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


COUNTRY_SOURCES: Final = CodeList("source of the country", {"stated": "stated", "inferred": "inferred"})


PERSON_ROLES: Final = CodeList(
    "role of a person",
    {
        "witness": "witness",
        "participant": "participant",
        "speaker": "speaker",
    },
)
