"""What was asked of institutions, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.understood.part import Part, either, labels, public_part, word_part
from mou_cli.vocabulary import PARTNER_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.store.reader import Reader
    from mou_cli.views.institution import InstitutionFilter


def institution_parts(_reader: Reader, wanted: InstitutionFilter, language: str) -> Iterator[Part]:
    """Give what was asked for, in the order in which a sentence says it."""
    if wanted.places:
        from mou_cli.output.understood.place import whereabouts  # only countries need their names

        countries = whereabouts(wanted.places, language)
        yield Part(translate("in {countries}", language, countries=countries), ("country",), ("places",))
    if wanted.regions:
        regions = either(wanted.regions, language)
        yield Part(translate("region {names}", language, names=regions), ("region",), ("regions",))
    if wanted.types:
        types = labels(wanted.types, PARTNER_TYPES, language)
        yield Part(translate("type {names}", language, names=types), ("type",), ("types",))
    if wanted.homes is not None:
        told = translate("only homes", language) if wanted.homes else translate("without homes", language)
        yield Part(told, ("home",), ("homes",), "--home" if wanted.homes else "--not-home")
    if wanted.unknown:
        said = {"country": translate("country not known", language), "type": translate("type not known", language)}
        yield Part(", ".join(said[name] for name in wanted.unknown), ("unknown",), ("unknown",))
    yield from public_part(wanted.public, language)
    yield from word_part(wanted.words, language)
