"""Where partners are, as a part of a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mou_cli.output.understood.part import either
from mou_cli.rules.country import country_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mou_cli.views.choice import Place

# English countries that stand with an article, by how CLDR calls them.
_WITH_ARTICLE: Final = re.compile(
    r"United|European Union|British|U\.S\.|French Southern|(Central|Dominican|Czech) \w* ?Republic|Isle of"
    r"|.*(Islands|Territories|Netherlands)$|(Bahamas|Comoros|Maldives|Philippines|Seychelles|Gambia)$"
)
# Azerbaijani names that end in the possessive: Amerika Birləşmiş Ştatları, Milad adası, Avropa İttifaqı.
_POSSESSIVE: Final = re.compile(
    r".* (\w*(ları|ləri|ası|sı)|İttifaqı|Ərazisi|Niderlandı|Ərəbistanı|Respublikası)", re.IGNORECASE
)
_FRONT: Final = "eəiöü"
_VOWELS: Final = f"{_FRONT}aıou"


def whereabouts(places: Iterable[Place], language: str) -> str:
    """Give countries and territories of which any will do, as they stand after "in" or in the ablative."""
    return either((_after_in(place, language) for place in places), language)


def _after_in(place: Place, language: str) -> str:
    """Give a country or territory as it stands after "in" in English, in Azerbaijani in the ablative ("from")."""
    name = place.territory or country_name(place.country or "", language)
    if language == "az":
        return name + _ablative(name)
    return f"the {name}" if _WITH_ARTICLE.match(name) else name


def _ablative(name: str) -> str:
    vowels = [letter for letter in name.replace("I", "ı").lower() if letter in _VOWELS]
    ending = "dən" if vowels and vowels[-1] in _FRONT else "dan"
    return f"n{ending}" if _POSSESSIVE.fullmatch(name) else ending
