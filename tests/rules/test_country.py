"""Any known name, code or unambiguous part finds its country, and nothing finds the wrong one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mou_cli.rules import country
from mou_cli.rules.country import (
    AmbiguousCountry,
    UnknownCountry,
    country_codes,
    country_name,
    find_countries,
    name_key,
    nearest_countries,
    resolve_country,
)
from mou_cli.rules.fold import fold

FILE = Path(country.__file__).with_name("countries.json")

# The officially assigned pairs of ISO 3166-1, kept apart from the file under test.
ISO_3166_1 = """
AD-AND AE-ARE AF-AFG AG-ATG AI-AIA AL-ALB AM-ARM AO-AGO AQ-ATA AR-ARG AS-ASM AT-AUT AU-AUS AW-ABW AX-ALA AZ-AZE BA-BIH
BB-BRB BD-BGD BE-BEL BF-BFA BG-BGR BH-BHR BI-BDI BJ-BEN BL-BLM BM-BMU BN-BRN BO-BOL BQ-BES BR-BRA BS-BHS BT-BTN BV-BVT
BW-BWA BY-BLR BZ-BLZ CA-CAN CC-CCK CD-COD CF-CAF CG-COG CH-CHE CI-CIV CK-COK CL-CHL CM-CMR CN-CHN CO-COL CR-CRI CU-CUB
CV-CPV CW-CUW CX-CXR CY-CYP CZ-CZE DE-DEU DJ-DJI DK-DNK DM-DMA DO-DOM DZ-DZA EC-ECU EE-EST EG-EGY EH-ESH ER-ERI ES-ESP
ET-ETH FI-FIN FJ-FJI FK-FLK FM-FSM FO-FRO FR-FRA GA-GAB GB-GBR GD-GRD GE-GEO GF-GUF GG-GGY GH-GHA GI-GIB GL-GRL GM-GMB
GN-GIN GP-GLP GQ-GNQ GR-GRC GS-SGS GT-GTM GU-GUM GW-GNB GY-GUY HK-HKG HM-HMD HN-HND HR-HRV HT-HTI HU-HUN ID-IDN IE-IRL
IL-ISR IM-IMN IN-IND IO-IOT IQ-IRQ IR-IRN IS-ISL IT-ITA JE-JEY JM-JAM JO-JOR JP-JPN KE-KEN KG-KGZ KH-KHM KI-KIR KM-COM
KN-KNA KP-PRK KR-KOR KW-KWT KY-CYM KZ-KAZ LA-LAO LB-LBN LC-LCA LI-LIE LK-LKA LR-LBR LS-LSO LT-LTU LU-LUX LV-LVA LY-LBY
MA-MAR MC-MCO MD-MDA ME-MNE MF-MAF MG-MDG MH-MHL MK-MKD ML-MLI MM-MMR MN-MNG MO-MAC MP-MNP MQ-MTQ MR-MRT MS-MSR MT-MLT
MU-MUS MV-MDV MW-MWI MX-MEX MY-MYS MZ-MOZ NA-NAM NC-NCL NE-NER NF-NFK NG-NGA NI-NIC NL-NLD NO-NOR NP-NPL NR-NRU NU-NIU
NZ-NZL OM-OMN PA-PAN PE-PER PF-PYF PG-PNG PH-PHL PK-PAK PL-POL PM-SPM PN-PCN PR-PRI PS-PSE PT-PRT PW-PLW PY-PRY QA-QAT
RE-REU RO-ROU RS-SRB RU-RUS RW-RWA SA-SAU SB-SLB SC-SYC SD-SDN SE-SWE SG-SGP SH-SHN SI-SVN SJ-SJM SK-SVK SL-SLE SM-SMR
SN-SEN SO-SOM SR-SUR SS-SSD ST-STP SV-SLV SX-SXM SY-SYR SZ-SWZ TC-TCA TD-TCD TF-ATF TG-TGO TH-THA TJ-TJK TK-TKL TL-TLS
TM-TKM TN-TUN TO-TON TR-TUR TT-TTO TV-TUV TW-TWN TZ-TZA UA-UKR UG-UGA UM-UMI US-USA UY-URY UZ-UZB VA-VAT VC-VCT VE-VEN
VG-VGB VI-VIR VN-VNM VU-VUT WF-WLF WS-WSM YE-YEM YT-MYT ZA-ZAF ZM-ZMB ZW-ZWE
"""
ALPHA_3 = dict(pair.split("-") for pair in ISO_3166_1.split())

NAMES_OF_SEVERAL = {
    "CF ZA": ["car"],
    "CD CG": ["congo", "konqo", "kongo", "конго"],
    "KP KR": ["corea", "coree", "kore", "korea", "koreya", "корея"],
    "VG VI": ["virgin islands", "virgin adalari", "virjin adalari", "виргинские острова", "виргинские о ва"],
}

MEANT_BY_NAME = {
    "GB": "UK; U.K.; Great Britain; Britain; England; Scotland; Wales; Northern Ireland; Böyük Britaniya; İngiltərə; "
    "İNGİLTƏRƏ; ingiltere; Birləşmiş Krallıq; Şotlandiya; Uels; Birleşik Krallık; Великобритания; Англия",
    "US": "USA; US; U.S.; U.S.A.; America; United States of America; the United States; ABŞ; ABD; Amerika; США; "
    "Amerika Birləşmiş Ştatları",
    "TR": "Turkey; TÜRKİYE; Turkiye; türkiyə; Republic of Türkiye; Republic of Turkey; Türkiye Cumhuriyeti; Турция; "
    "Türkiyə Respublikası",
    "AZ": "Azerbaijan; AZƏRBAYCAN; azerbaycan; Republic of Azerbaijan; Azərbaycan Respublikası; Азербайджан; "
    "Azerbaijan Republic; Азәрбајҹан; Azerbaycan Cumhuriyeti",
    "XK": "Kosovo; Kosova; Kosovë; XKX; Republic of Kosovo; Косово",
    "EU": "European Union; Avropa İttifaqı; Avropa Birliyi; Avrupa Birliği; Европейский союз; E.U.",
    "NL": "Holland; The Netherlands; Netherlands; Hollandiya; Niderland; Nederland; Kingdom of the Netherlands",
    "KR": "South Korea; Cənubi Koreya; Republic of Korea; Korea, Republic of; Güney Kore; Южная Корея; 대한민국; 한국",
    "KP": "North Korea; Şimali Koreya; DPRK; Democratic People's Republic of Korea; КНДР; Kuzey Kore",
    "CZ": "Czech Republic; Czechia; Çexiya; Çex Respublikası; Česko; Česká republika; Чехия",
    "MK": "Macedonia; North Macedonia; Makedoniya; Şimali Makedoniya; FYROM; Republic of North Macedonia",
    "MM": "Burma; Myanmar; Myanmar (Burma); Мьянма",
    "CI": "Ivory Coast; Côte d'Ivoire; Cote d’Ivoire; Republic of Côte d'Ivoire",
    "RU": "Russia; Russian Federation; Rusiya; Rusiya Federasiyası; Россия; Российская Федерация; РФ",
    "IR": "Iran; Islamic Republic of Iran; Iran, Islamic Republic of; İran İslam Respublikası",
    "MD": "Moldova; Republic of Moldova; Republica Moldova; Moldova, Republic of",
    "VN": "Vietnam; Viet Nam; Việt Nam; Vyetnam",
    "LA": "Laos; Lao PDR; Lao People's Democratic Republic",
    "SY": "Syria; Syrian Arab Republic; Suriya",
    "TZ": "Tanzania; United Republic of Tanzania; Tanzania, United Republic of",
    "BO": "Bolivia; Plurinational State of Bolivia",
    "VE": "Venezuela; Bolivarian Republic of Venezuela; Venesuela",
    "BN": "Brunei; Brunei Darussalam",
    "PS": "Palestine; State of Palestine; Palestinian Territories; Fələstin; Filistin",
    "VA": "Vatican; Holy See; Vatican City; Vatikan",
    "SZ": "Swaziland; Eswatini; Kingdom of Eswatini",
    "CV": "Cape Verde; Cabo Verde",
    "TL": "East Timor; Timor-Leste; Şərqi Timor",
    "CD": "Congo-Kinshasa; Congo - Kinshasa; DRC; DR Congo; Democratic Republic of the Congo; Zaire",
    "CG": "Congo-Brazzaville; Republic of the Congo; Congo Republic; Republic of Congo; Konqo Respublikası",
    "AE": "Emirates; UAE; BƏƏ; United Arab Emirates; Birləşmiş Ərəb Əmirlikləri; ОАЭ",
    "SA": "KSA; Saudi Arabia; Kingdom of Saudi Arabia; Səudiyyə Ərəbistanı",
    "CN": "PRC; P.R. China; P.R.China; People's Republic of China; Çin; Çin Xalq Respublikası; 中国; КНР",
    "TW": "ROC; Republic of China; Taiwan; Taiwan, Province of China; Tayvan",
    "NO": "NO; no; No; NOR; Norway; norveç; NORGE; Noreg; Kingdom of Norway; Норвегия; Norveç Krallığı",
    "NA": "NA; na; NAM; Namibia; Namibiya",
    "DE": "Germany; Federal Republic of Germany; Almaniya; Almanya; Deutschland; Bundesrepublik Deutschland; ФРГ",
    "GE": "Georgia; GEORGIA; Gürcüstan; Gürcistan; Грузия; საქართველო; Republic of Georgia",
    "GN": "Guinea; Qvineya; Gine; Republic of Guinea",
    "NE": "Niger; Nijer; the Niger",
    "NG": "Nigeria; Nigeriya",
    "WS": "Samoa; Western Samoa",
    "IE": "Ireland; Republic of Ireland; İrlandiya; Éire",
    "MO": "Macau; Macao; Makao",
    "HK": "Hong Kong; Hong Kong SAR China; Honkonq",
    "DM": "Dominica; Dominika",
    "DO": "Dominican Republic; Dominikan Respublikası",
    "BA": "Bosnia and Herzegovina; Bosnia & Herzegovina; Bosnia-Herzegovina; Bosniya və Herseqovina; Bosna-Hersek",
    "LC": "St. Lucia; Saint Lucia; St Lucia",
    "VG": "British Virgin Islands; Virgin Islands (British)",
    "VI": "U.S. Virgin Islands; Virgin Islands, U.S.",
    "ZA": "South Africa; Cənubi Afrika Respublikası; ЮАР; RSA",
    "AT": "Österreich; Avstriya; Avusturya; Австрия; Republik Österreich",
    "PL": "Poland; Polşa; Polonya; Polska; Польша; Rzeczpospolita Polska",
    "GR": "Greece; Yunanıstan; Ελλάδα; Hellenic Republic",
    "IM": "Isle of Man; о-в Мэн; остров Мэн",
    "UZ": "Özbəkistan; Oʻzbekiston; O'zbekiston; Ўзбекистон; Özbekistan",
}


CONTENT: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
NAMES: dict[str, str] = CONTENT["names"]


def test_codes_are_the_249_of_iso_3166_1_and_kosovo_and_the_union() -> None:
    assert len(ALPHA_3) == 249
    assert country_codes() == tuple(sorted([*ALPHA_3, "XK", "EU"]))


def test_every_code_in_either_case_means_its_country() -> None:
    codes = {code: [code] for code in country_codes()}
    assert {code: find_countries(code) for code in codes} == codes
    assert {code: find_countries(code.lower()) for code in codes} == codes


def test_every_alpha_3_code_means_its_country() -> None:
    alpha_3 = ALPHA_3 | {"XK": "XKX"}
    assert CONTENT["alpha_3"] == alpha_3
    assert {code: find_countries(alpha_3[code]) for code in alpha_3} == {code: [code] for code in alpha_3}
    assert {code: find_countries(alpha_3[code].lower()) for code in alpha_3} == {code: [code] for code in alpha_3}


@pytest.mark.parametrize("language", ["en", "az"])
def test_every_displayed_name_means_its_country(language: str) -> None:
    names = {code: country_name(code, language) for code in country_codes()}
    assert all(name not in ("", code) for code, name in names.items())
    assert len(set(names.values())) == 251
    assert {code: find_countries(name) for code, name in names.items()} == {code: [code] for code in names}
    assert {code: resolve_country(name.upper()) for code, name in names.items()} == {code: code for code in names}


def test_every_name_in_the_file_is_found_as_it_is_filed() -> None:
    assert len(NAMES) > 2500
    assert {name: find_countries(name) for name in NAMES} == {name: codes.split() for name, codes in NAMES.items()}
    assert [name for name in NAMES if name_key(name) != name or fold(name) != name] == []


def test_no_name_means_two_countries_but_the_declared_ones() -> None:
    declared = {name: codes for codes, names in NAMES_OF_SEVERAL.items() for name in names}
    assert {name: codes for name, codes in NAMES.items() if " " in codes} == declared
    assert {code for codes in NAMES.values() for code in codes.split()} == set(country_codes())


def test_file_carries_its_licence_and_stays_small() -> None:
    assert next(iter(CONTENT)) == "licence"
    assert "Unicode License V3" in CONTENT["licence"]
    assert "Unicode, Inc." in CONTENT["licence"]
    assert FILE.stat().st_size < 250_000


@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for code, names in MEANT_BY_NAME.items() for name in names.split("; ")]
)
def test_name_means_its_country(name: str, code: str) -> None:
    assert find_countries(name) == [code]


@pytest.mark.parametrize(
    ("part", "codes"),
    [
        ("azerb", ["AZ"]),
        ("Azərb", ["AZ"]),
        ("united arab", ["AE"]),
        ("new zeal", ["NZ"]),
        ("zeal", ["NZ"]),
        ("germ", ["DE"]),
        ("Норвег", ["NO"]),
        ("north", ["GB", "KP", "MK", "MP"]),
        ("irel", ["GB", "IE"]),
        ("dominic", ["DM", "DO"]),
        ("the philipp", ["PH"]),
        ("sint", ["BQ", "SX"]),
    ],
)
def test_part_finds_every_country_it_may_mean(part: str, codes: list[str]) -> None:
    assert find_countries(part) == codes


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "'", "the", "xx", "zz", "xkk", "xyzzy", "orway", "erb", "norwaya", "North Cyprus", "x" * 10_000],
)
def test_text_that_means_no_country_finds_none(text: str) -> None:
    assert find_countries(text) == []


@pytest.mark.parametrize(
    ("text", "codes"), [("az", ["AZ"]), ("ge", ["GE"]), ("a z", []), ("ye n", []), ("yem", ["YE"])]
)
def test_less_than_three_letters_are_a_whole_name_or_nothing(text: str, codes: list[str]) -> None:
    assert find_countries(text) == codes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norwey", "Norway"),
        ("Norvegiya", "Norway"),
        ("Azerbajan", "Azerbaijan"),
        ("Gurcustn", "Georgia"),
        ("Türkyie", "Türkiye"),
        ("Uzbekstan", "Uzbekistan"),
        ("Kingdom of Norwy", "Norway"),
    ],
)
def test_misspelled_name_is_met_by_the_nearest(text: str, name: str) -> None:
    assert nearest_countries(text)[0] == name


def test_nearest_are_no_more_than_asked_for_and_each_once() -> None:
    assert nearest_countries("Uzbekstan") == ["Uzbekistan", "Kazakhstan"]
    assert [nearest_countries(noise) for noise in ("", "xyzzy", "日")] == [[], [], []]


def test_displayed_name_is_in_the_language_or_english() -> None:
    assert country_name("NO") == "Norway"
    assert country_name("NO", "az") == "Norveç"
    assert country_name("NO", "ru") == "Norway"
    assert (country_name("EU"), country_name("EU", "az")) == ("European Union", "Avropa İttifaqı")
    assert (country_name("XK"), country_name("XK", "az")) == ("Kosovo", "Kosovo")
    assert country_name("ZZ") == "ZZ"


def test_unknown_country_names_the_nearest() -> None:
    with pytest.raises(UnknownCountry) as caught:
        resolve_country("Norwey")
    assert caught.value.text == "Norwey"
    assert caught.value.nearest[0] == "Norway (NO)"
    assert str(caught.value) == "no country is called 'Norwey'"


def test_ambiguous_country_names_every_candidate() -> None:
    with pytest.raises(AmbiguousCountry) as caught:
        resolve_country("Korea")
    assert caught.value.text == "Korea"
    assert caught.value.candidates == ("North Korea (KP)", "South Korea (KR)")
    assert str(caught.value) == "'Korea' means several countries: North Korea (KP), South Korea (KR)"


ANY_TEXT = st.text(st.characters(), max_size=40)  # lone surrogates included


@given(ANY_TEXT)
def test_any_text_finds_sorted_known_codes_as_its_fold_does(text: str) -> None:
    codes = find_countries(text)
    assert codes == sorted(set(codes) & set(country_codes()))
    assert find_countries(fold(text)) == codes


def resolved(text: str) -> list[str]:
    try:
        return [resolve_country(text)]
    except UnknownCountry:
        return []
    except AmbiguousCountry as error:
        return [candidate[-3:-1] for candidate in error.candidates]


@settings(deadline=None)  # the first misspelling loads rapidfuzz
@given(ANY_TEXT)
def test_any_text_resolves_as_it_is_found(text: str) -> None:
    assert resolved(text) == find_countries(text)


@given(st.sampled_from(sorted(NAMES)), st.integers(min_value=3, max_value=30))
def test_beginning_of_a_name_finds_its_country_or_another_by_its_whole_name(name: str, length: int) -> None:
    part = name[:length]
    found = find_countries(part)
    if name_key(part) in NAMES:
        assert found == NAMES[name_key(part)].split()
    elif len(name_key(part).replace(" ", "")) >= 3:
        assert set(NAMES[name].split()) <= set(found)


@given(st.sampled_from(country_codes()), st.sampled_from(["{}", " {} ", "the {}", "({})", "{}.", "\t{}\n"]))
def test_surroundings_of_a_name_do_not_matter(code: str, surroundings: str) -> None:
    assert find_countries(surroundings.format(country_name(code, "az"))) == [code]
