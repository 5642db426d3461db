"""What was asked of institutions, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.understood.part import Part, either, labels, parts_of, public_part, word_part
from mou_cli.vocabulary import PARTNER_TYPES

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader
    from mou_cli.views.institution import InstitutionFilter


def institution_parts(_reader: Reader, wanted: InstitutionFilter, language: str) -> list[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    regions = either(wanted.regions, language) if wanted.regions else ""
    types = labels(wanted.types, PARTNER_TYPES, language) if wanted.types else ""
    return parts_of(
        _countries(wanted, language),
        Part(translate("region {names}", language, names=regions), ("region",), ("regions",)) if regions else None,
        Part(translate("type {names}", language, names=types), ("type",), ("types",)) if types else None,
        _homes(wanted, language),
        _unknown(wanted, language),
        public_part(wanted.public, language),
        word_part(wanted.words, language),
    )


def _countries(wanted: InstitutionFilter, language: str) -> Part | None:
    if not wanted.places:
        return None
    from mou_cli.output.understood.place import whereabouts  # only countries need their names

    told = translate("in {countries}", language, countries=whereabouts(wanted.places, language))
    return Part(told, ("country",), ("places",))


def _homes(wanted: InstitutionFilter, language: str) -> Part | None:
    if wanted.homes is None:
        return None
    told = translate("only homes", language) if wanted.homes else translate("without homes", language)
    return Part(told, ("home",), ("homes",), "--home" if wanted.homes else "--not-home")


def _unknown(wanted: InstitutionFilter, language: str) -> Part | None:
    if not wanted.unknown:
        return None
    told = {"country": translate("country not known", language), "type": translate("type not known", language)}
    return Part(", ".join(told[name] for name in wanted.unknown), ("unknown",), ("unknown",))
