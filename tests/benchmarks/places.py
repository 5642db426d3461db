"""What invented institutions are made of: countries with their share, cities as written there, name patterns."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A country: its code, how many of a thousand partners are there, its language and what names are made of.

    Cities are pairs of the English and the country's own form; patterns likewise, with the city at `{}`.
    """

    country: str
    share: int
    language: str
    cities: tuple[tuple[str, str], ...]
    patterns: tuple[tuple[str, str], ...]


_TURKISH = (
    ("University of {}", "{} Üniversitesi"),
    ("{} Technical University", "{} Teknik Üniversitesi"),
    ("{} University of Economics", "{} Ekonomi Üniversitesi"),
)
_RUSSIAN = (
    ("State University, {}", "Государственный университет, {}"),
    ("Pedagogical Institute, {}", "Педагогический институт, {}"),
    ("Polytechnic University, {}", "Политехнический университет, {}"),
)
_GERMAN = (
    ("University of {}", "Universität {}"),
    ("Technical University of {}", "Technische Universität {}"),
    ("{} University of Applied Sciences", "Hochschule für Angewandte Wissenschaften {}"),
)
_CHINESE = (
    ("{} University", "{}大学"),
    ("{} Normal University", "{}师范大学"),
    ("{} Medical University", "{}医科大学"),
)

PLACES = (
    Place(
        "Türkiye",
        290,
        "tr",
        (("Istanbul", "İstanbul"), ("Eskisehir", "Eskişehir"), ("Izmir", "İzmir"), ("Sanliurfa", "Şanlıurfa")),
        _TURKISH,
    ),
    Place(
        "Russia",
        170,
        "ru",
        (("Moscow", "Москва"), ("Kazan", "Казань"), ("Rostov-on-Don", "Ростов-на-Дону"), ("Perm", "Пермь")),
        _RUSSIAN,
    ),
    Place(
        "Azerbaijan",
        120,
        "az",
        (("Baku", "Bakı"), ("Ganja", "Gəncə"), ("Sheki", "Şəki"), ("Mingachevir", "Mingəçevir")),
        (("{} State University", "{} Dövlət Universiteti"), ("{} Institute of Arts", "{} İncəsənət İnstitutu")),
    ),
    Place(
        "Germany",
        90,
        "de",
        (("Munich", "München"), ("Cologne", "Köln"), ("Tübingen", "Tübingen"), ("Göttingen", "Göttingen")),
        _GERMAN,
    ),
    Place("Kazakhstan", 80, "ru", (("Almaty", "Алматы"), ("Astana", "Астана"), ("Shymkent", "Шымкент")), _RUSSIAN),
    Place(
        "Georgia",
        60,
        "ka",
        (("Tbilisi", "თბილისი"), ("Kutaisi", "ქუთაისი"), ("Batumi", "ბათუმი")),
        (
            ("State University, {}", "სახელმწიფო უნივერსიტეტი, {}"),
            ("Medical University, {}", "სამედიცინო უნივერსიტეტი, {}"),
        ),
    ),
    Place("China", 50, "zh", (("Beijing", "北京"), ("Shanghai", "上海"), ("Xi'an", "西安")), _CHINESE),
    Place(
        "Poland",
        40,
        "pl",
        (("Lodz", "Łódź"), ("Krakow", "Kraków"), ("Poznan", "Poznań")),
        (("University of {}", "Uniwersytet, {}"), ("{} University of Technology", "Politechnika, {}")),
    ),
    Place(
        "Iran",
        30,
        "fa",
        (("Tehran", "تهران"), ("Tabriz", "تبریز")),
        (("University of {}", "دانشگاه {}"), ("{} University of Medical Sciences", "دانشگاه علوم پزشکی {}")),
    ),
    Place(
        "Greece",
        25,
        "el",
        (("Athens", "Αθήνα"), ("Thessaloniki", "Θεσσαλονίκη")),
        (("University of {}", "Πανεπιστήμιο, {}"), ("Polytechnic of {}", "Πολυτεχνείο, {}")),
    ),
    Place(
        "Norway",
        20,
        "no",
        (("Tromsø", "Tromsø"), ("Bodø", "Bodø"), ("Ås", "Ås")),
        (("University of {}", "Universitetet i {}"), ("{} University College", "Høgskolen i {}")),
    ),
    Place("Japan", 15, "ja", (("Kyoto", "京都"), ("Sapporo", "札幌")), (("{} University", "{}大学"),)),
    Place("Egypt", 10, "ar", (("Cairo", "القاهرة"), ("Alexandria", "الإسكندرية")), (("University of {}", "جامعة {}"),)),
)
