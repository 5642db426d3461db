"""Countries are parts of sentences."""

from __future__ import annotations

import pytest

from mou_cli.output.understood.place import whereabouts
from mou_cli.rules.country import country_codes, country_name
from mou_cli.views.choice import Place


@pytest.mark.parametrize(
    ("codes", "english", "azerbaijani"),
    [
        ("NO", "Norway", "Norveçdən"),
        ("DE", "Germany", "Almaniyadan"),
        ("TR", "Türkiye", "Türkiyədən"),
        ("US", "the United States", "Amerika Birləşmiş Ştatlarından"),
        ("AE", "the United Arab Emirates", "Birləşmiş Ərəb Əmirliklərindən"),
        ("EU", "the European Union", "Avropa İttifaqından"),
        ("DO", "the Dominican Republic", "Dominikan Respublikasından"),
        ("NL", "the Netherlands", "Niderlanddan"),
        ("PH", "the Philippines", "Filippindən"),
        ("SA", "Saudi Arabia", "Səudiyyə Ərəbistanından"),
        ("CL", "Chile", "Çilidən"),
        ("IQ", "Iraq", "İraqdan"),
        ("NO SE", "Norway or Sweden", "Norveçdən və ya İsveçdən"),
        ("NO SE FI", "Norway, Sweden or Finland", "Norveçdən, İsveçdən və ya Finlandiyadan"),
    ],
)
def test_countries_take_their_article_or_ending(codes: str, english: str, azerbaijani: str) -> None:
    places = [Place(country=code) for code in codes.split()]
    assert (whereabouts(places, "en"), whereabouts(places, "az")) == (english, azerbaijani)


def test_a_territory_is_called_by_its_own_name() -> None:
    assert whereabouts([Place(territory="North Cyprus")], "en") == "North Cyprus"


def test_every_country_has_an_ending() -> None:
    for code in country_codes():
        told = whereabouts([Place(country=code)], "az")
        assert told.removeprefix(country_name(code, "az")) in {"dan", "dən", "ndan", "ndən"}
