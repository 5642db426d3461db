"""Make mou_cli/rules/countries.json: every country's codes, its names in many languages, and what people call it.

Names come from the Unicode Common Locale Data Repository (CLDR, https://cldr.unicode.org), Copyright © 1991-2025
Unicode, Inc., under the Unicode License V3 (SPDX: Unicode-3.0, https://www.unicode.org/license.txt), read through
Babel: English, Azerbaijani, Turkish, Russian, and the official languages of each country. Aliases and long forms are
our own.

    .venv/bin/python .ci/countries.py           write the file
    .venv/bin/python .ci/countries.py --check   exit 1 if the file differs from what would be written
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.core import get_cldr_version, get_global
from babel.languages import get_official_languages

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a checkout that is not installed works too

from mou_cli.rules.country import name_key  # noqa: E402  # found through the path set above

TARGET = ROOT / "mou_cli" / "rules" / "countries.json"
LICENCE = (
    "Country names: Unicode CLDR (https://cldr.unicode.org). Copyright © 1991-2025 Unicode, Inc. "
    "Unicode License V3, SPDX Unicode-3.0, https://www.unicode.org/license.txt. "
    "Aliases and long forms: part of mou, under its own licence."
)
LANGUAGES = ("en", "az", "tr", "ru")
LABEL_LANGUAGES = ("en", "az")
OWN_LABELS = {("az", "EU"): "Avropa İttifaqı"}  # the usual word in Azerbaijan; CLDR's "Avropa Birliyi" stays a name

# Two-letter codes CLDR has that are not countries: reserved for islands, groupings, tests; XK and EU we want.
NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
# Three-letter codes of former states that CLDR still maps, and its private ones.
WITHDRAWN_ALPHA_3 = frozenset({"BUR", "DDR", "FXX", "QUU", "TMP", "XKK", "YMD", "ZAR"})
OWN_ALPHA_3 = {"XK": "XKX"}  # in use by the World Bank, the EU and others

# How a state calls itself in each of LANGUAGES; {} is its CLDR name in that language.
FORMS = {
    ("Republic of {}", "{} Respublikası", "{} Cumhuriyeti", "Республика {}"): (
        "AL AM AO AT AZ BG BI BJ BW BY CI CL CM CO CR CU CV CY CZ DJ DZ EC EE FI FJ FR GA GE GH GM GN GQ GR GT GW GY "
        "HN HR HT HU ID IE IN IQ IS IT KE KG KI KZ LB LR LT LV MD MG MH MK ML MT MU MV MW MZ NA NE NG NI NR PA PE PH "
        "PL PT PW PY RS RW SC SD SG SI SK SL SM SN SO SR SS SV TD TG TJ TM TN TR TT UA UG UY UZ VU XK YE ZA ZM ZW"
    ),
    ("Islamic Republic of {}", "{} İslam Respublikası", "{} İslam Cumhuriyeti", "Исламская Республика {}"): (
        "AF GM IR MR PK"
    ),
    (
        "Federal Republic of {}",
        "{} Federativ Respublikası",
        "{} Federal Cumhuriyeti",
        "Федеративная Республика {}",
    ): "BR DE ET NG NP SO",
    (
        "Kingdom of {}",
        "{} Krallığı",
        "{} Krallığı",
        "Королевство {}",
    ): "BE BH BT DK ES JO KH LS MA NL NO SA SE SZ TH TO",
    ("Principality of {}", "{} Knyazlığı", "{} Prensliği", "Княжество {}"): "AD LI MC",
    ("Sultanate of {}", "{} Sultanlığı", "{} Sultanlığı", "Султанат {}"): "OM",
    ("State of {}", "{} Dövləti", "{} Devleti", "Государство {}"): "ER IL KW LY QA",
}

# What else people write, by code. Several codes declare that the name means each of them.
ALIASES = """
AE: Emirates; UAE; U.A.E.; BƏƏ; BAE; Əmirliklər; Ərəb Əmirlikləri; Объединённые Арабские Эмираты; Эмираты; الإمارات
AF: Islamic Emirate of Afghanistan | AM: Հայաստանի Հանրապետություն | AR: Argentine Republic; República Argentina
AR: Argentine | AT: Republik Österreich | AU: Commonwealth of Australia | AZ: Azerbaijan Republic
AZ: Азербайджанская Республика; Azerbaidjan; Azerbaijani Republic; Aserbaidschan | BA: Bosnia; Herzegovina; Bosniya
BA: Bosna; Босния; Bosna Hersek Cumhuriyeti; Bosniya-Herseqovina | BD: People's Republic of Bangladesh
BE: Koninkrijk België; Royaume de Belgique | BG: Република България | BN: Brunei Darussalam; Negara Brunei Darussalam
BO: Plurinational State of Bolivia; Bolivia, Plurinational State of | BQ: Bonaire; Bonaire, Sint Eustatius and Saba
BQ: Sint Eustatius; Saba; BES Islands | BR: Federative Republic of Brazil; República Federativa do Brasil
BS: Commonwealth of the Bahamas; Bahama Islands | BY: Belorussia; Byelorussia; Belarusiya; Belorusiya; Белоруссия
BY: Рэспубліка Беларусь | CC: Keeling Islands | CD: Congo (DRC); DRC; D.R. Congo; DR Congo
CD: Democratic Republic of the Congo; Congo, Democratic Republic of the; Congo, Dem. Rep.; Zaire
CD: Konqo Demokratik Respublikası; KDR; ДРК; ДР Конго; Kongo Demokratik Cumhuriyeti; Demokratik Kongo Cumhuriyeti
CD: Демократическая Республика Конго; République démocratique du Congo; RDC | CD CG: Congo; Konqo; Kongo; Конго
CF: Centrafrique; ЦАР | CF ZA: CAR | CG: Republic of the Congo; Congo Republic; Congo, Republic of; Congo, Rep.
CG: Konqo Respublikası; Kongo Cumhuriyeti; Республика Конго; République du Congo | CH: Swiss Confederation
CH: Confoederatio Helvetica; İsveçrə Konfederasiyası; Svizra; Schweizerische Eidgenossenschaft; Confédération suisse
CI: Ivory Coast; Fil Dişi Sahili; Fildişi Sahili; Берег Слоновой Кости; Kot-d'İvuar | CL: República de Chile | CN: PRC
CN: P.R. China; PR China; People's Republic of China; Mainland China; КНР; 中华人民共和国; Çin Xalq Respublikası
CN: Çin Halk Cumhuriyeti; Китайская Народная Республика; 中國 | CO: República de Colombia | CV: Cape Verde Islands
CV: Republic of Cabo Verde | CZ: Czech Republic; Çex Respublikası; Çek Cumhuriyeti; Чешская Республика; Česká republika
CZ: Çexia | DE: FRG; ФРГ; Bundesrepublik Deutschland; BRD | DK: Kongeriget Danmark | DM: Commonwealth of Dominica
DO: Dominikana; Dominik Respublikası; Доминикана | DZ: People's Democratic Republic of Algeria
DZ: Əlcəzair Xalq Demokratik Respublikası | EE: Eesti Vabariik; Эстонская Республика | EG: Arab Republic of Egypt
EG: Misir Ərəb Respublikası; Mısır Arap Cumhuriyeti; Арабская Республика Египет | ES: Reino de España
ET: Federal Democratic Republic of Ethiopia; Həbəşistan | EU: Avropa İttifaqı; AB; ЕС; Евросоюз; E.U.; Union européenne
EU: Europäische Union | FI: Suomen tasavalta | FK: Islas Malvinas; Malvinas; Falklands; Malvin adaları
FK: Falkland Islands (Malvinas) | FM: Federated States of Micronesia; Micronesia, Federated States of
FO: Faeroe Islands; Faroes | FR: French Republic; République française; Fransız Respublikası; Французская Республика
GA: Gabonese Republic | GB: UK; U.K.; United Kingdom of Great Britain and Northern Ireland; Great Britain; Britain
GB: England; Scotland; Wales; Northern Ireland; Böyük Britaniya; Britaniya; İngiltərə; Şotlandiya; Uels
GB: Şimali İrlandiya; G.B.; Böyük Britaniya və Şimali İrlandiya Birləşmiş Krallığı; Britanya; Büyük Britanya; İskoçya
GB: Galler; Kuzey İrlanda; Англия; Британия; Соединённое Королевство; Шотландия; Уэльс; Северная Ирландия
GE: Sakartvelo | GF: Guyane; French Guyana | GR: Hellas; Hellenic Republic; Yunan Respublikası; Ελληνική Δημοκρατία
GR: Греческая Республика | GS: South Georgia; South Sandwich Islands | GY: Co-operative Republic of Guyana
HK: Hong Kong; Hongkong; Honkonq; Honq Konq; Hong Kong SAR; Hong Kong, China; 香港
HK: Hong Kong Special Administrative Region of China | HM: Heard Island and McDonald Islands | HR: Republika Hrvatska
HU: Magyar Köztársaság; Венгерская Республика | IE: Irish Republic; Southern Ireland | IL: İsrail Respublikası
IN: Bharat | IO: Chagos Archipelago; Diego Garcia | IR: Iran, Islamic Republic of; Persia; I.R. Iran; IR Iran
IR: جمهوری اسلامی ایران | IT: Italian Republic; Repubblica Italiana; Итальянская Республика
JO: Hashemite Kingdom of Jordan; İordaniya Haşimi Krallığı | JP: Nippon; Nihon; 日本国 | KG: Kyrgyz Republic; Kirghizia
KG: Kirgizstan; Qırğız Respublikası; Киргизстан; Кыргызская Республика; Кыргыз Республикасы; Kırgız Cumhuriyeti
KG: Qırğızstan | KH: Kampuchea | KM: Union of the Comoros; Comoro Islands; Komor İttifaqı
KN: Saint Christopher and Nevis; Federation of Saint Kitts and Nevis | KP: DPRK; D.P.R.K.; DPR Korea
KP: Democratic People's Republic of Korea; Korea, Democratic People's Republic of; KXDR; Korea, North
KP: Koreya Xalq Demokratik Respublikası; Северная Корея; 조선; Kore Demokratik Halk Cumhuriyeti
KP: Корейская Народно-Демократическая Республика | KP KR: Korea; Koreya; Kore; Корея; Corea; Corée
KR: Republic of Korea; Korea, Republic of; Korea, Rep.; Rep. of Korea; R.O.K.; ROK; S. Korea; Korea, South
KR: Koreya Respublikası; Kore Cumhuriyeti; Южная Корея; 한국; 남한 | KZ: Қазақстан Республикасы; Qazaqstan; Kazakstan
LA: Lao PDR; Lao People's Democratic Republic; Laos Xalq Demokratik Respublikası | LB: Lebanese Republic
LK: Democratic Socialist Republic of Sri Lanka; Ceylon | LT: Lietuvos Respublika; Литовская Республика
LU: Grand Duchy of Luxembourg; Böyük Lüksemburq Hersoqluğu; Grand-Duché de Luxembourg | LV: Latvijas Republika
LV: Латвийская Республика | LY: Libyan Arab Jamahiriya | MD: Moldavia; Moldaviya; Молдавия; Moldova, Republic of
MD: Moldovia | ME: Црна Гора; Qaradağ; Çernoqoriya | MF: Saint Martin (French part); Collectivity of Saint Martin
MK: Macedonia; Makedoniya; Makedonya; Македония; FYROM; FYR Macedonia; Former Yugoslav Republic of Macedonia
MK: Macedonia, the former Yugoslav Republic of; Република Северна Македонија | MM: Burma; Birma
MM: Republic of the Union of Myanmar; Бирма; Republic of Myanmar | MN: Mongolian People's Republic; Монгол Улс
MO: Macau; Macao; Makao; Macao SAR; Macau SAR; Macao, China; 澳門; 澳门; Macao Special Administrative Region of China
MP: Commonwealth of the Northern Mariana Islands | MX: United Mexican States; Estados Unidos Mexicanos; Mexiko
NL: Holland; Hollandiya; Nederlanden; Niderlandlar; Голландия; Koninkrijk der Nederlanden; Netherland
NL: Netherlands, Kingdom of the | NO: Kongeriket Norge; Kongeriket Noreg | NP: Federal Democratic Republic of Nepal
NZ: Aotearoa New Zealand | PG: Independent State of Papua New Guinea | PH: Filippinlər; Republika ng Pilipinas
PL: Rzeczpospolita Polska; Lehistan | PN: Pitcairn; Pitcairn, Henderson, Ducie and Oeno Islands
PR: Commonwealth of Puerto Rico | PS: Palestine; State of Palestine; Palestine, State of; Palestinian Territory
PS: Palestinian Authority; West Bank; Gaza; Occupied Palestinian Territory; Fələstin; Fələstin Dövləti; Filistin
PS: Filistin Devleti; Палестина; فلسطين | PT: Portuguese Republic; República Portuguesa | RO: Rumania; Roumania
RS: Republika Srbija; Република Србија | RU: Russian Federation; Rusiya Federasiyası; Rusya Federasyonu
RU: Российская Федерация; РФ; Rossiya; RF | SA: KSA; K.S.A.; Saudia; Səudiyyə; Ərəbistan Krallığı; السعودية
SE: Konungariket Sverige | SH: Saint Helena, Ascension and Tristan da Cunha; Ascension; Tristan da Cunha
SI: Republika Slovenija | SJ: Svalbard; Jan Mayen; Spitsbergen | SK: Slovak Republic; Slovak Respublikası
SK: Slovenská republika; Словацкая Республика | SM: Most Serene Republic of San Marino
ST: Democratic Republic of São Tomé and Príncipe | SV: Republic of El Salvador; Salvador Respublikası
SX: Sint Maarten (Dutch part) | SY: Syrian Arab Republic; Syrian Republic; Suriya Ərəb Respublikası
SY: Сирийская Арабская Республика; Suriye Arap Cumhuriyeti | SZ: Swaziland; Svazilend
TF: French Southern and Antarctic Lands | TG: Togolese Republic | TH: Siam; Tailandiya; ประเทศไทย | TJ: Tadjikistan
TJ: Tadzhikistan | TL: East Timor; Democratic Republic of Timor-Leste; Doğu Timor; Тимор-Лесте | TM: Turkmenia
TM: Türkmənstan; Туркмения | TN: Tunisian Republic | TR: Turkey; Republic of Turkey; Turkish Republic
TR: Турецкая Республика; Türkei | TT: Trinidad; Tobago | TW: ROC; R.O.C.; Republic of China; Taiwan, Province of China
TW: Taiwan, China; Chinese Taipei; Formosa; Çin Respublikası; Taiwan (Republic of China); 臺灣; 中華民國
TZ: United Republic of Tanzania; Tanzania, United Republic of; Tanzaniya Birləşmiş Respublikası
UM: United States Minor Outlying Islands; US Minor Outlying Islands | US: U.S.; U.S.A.; America
US: United States of America; United States (US); ABŞ; ABD; Amerika; Birləşmiş Ştatlar; Birleşik Devletler; США; Америка
US: Соединённые Штаты Америки; Estados Unidos; États-Unis | UY: Oriental Republic of Uruguay
UY: Eastern Republic of Uruguay | UZ: Oʻzbekiston Respublikasi | VA: Vatican; Holy See; Holy See (Vatican City State)
VA: Vatican City State; Müqəddəs Taxt; Vatikan Şəhər Dövləti | VC: Saint Vincent | VE: Bolivarian Republic of Venezuela
VE: Venezuela, Bolivarian Republic of; Venesuela Bolivar Respublikası | VG: Virgin Islands, British; Virgin Islands (UK)
VG VI: Virgin Islands; Virgin adaları; Virjin Adaları; Виргинские острова; Виргинские о-ва | VI: Virgin Islands, U.S.
VI: United States Virgin Islands; US Virgin Islands; USVI | VN: Socialist Republic of Vietnam
VN: Vyetnam Sosialist Respublikası; S.R. Vietnam; Socialist Republic of Viet Nam | WF: Wallis and Futuna Islands
WS: Independent State of Samoa; Western Samoa | XK: Republika e Kosovës; Kosovo (UNSCR 1244); Kosovo and Metohija
YE: Yemen Arab Republic | ZA: RSA; R.S.A.; South African Republic; Cənubi Afrika; Cənubi Afrika Respublikası; ЮАР
ZA: Suid-Afrika
"""


def country_codes() -> list[str]:
    """Give the alpha-2 codes officially assigned, XK and EU, sorted."""
    territories = map(str, Locale("en").territories)
    return sorted(code for code in territories if re.fullmatch("[A-Z]{2}", code) and code not in NOT_COUNTRIES)


def alpha_3_codes(codes: list[str]) -> dict[str, str]:
    """Give the alpha-3 of each code; EU has none. Fails if CLDR offers several or none."""
    found = defaultdict(list)
    for alias, territories in get_global("territory_aliases").items():
        if re.fullmatch("[A-Z]{3}", str(alias)) and alias not in WITHDRAWN_ALPHA_3 and len(territories) == 1:
            found[territories[0]].append(str(alias))
    found.update((code, [alpha_3]) for code, alpha_3 in OWN_ALPHA_3.items())
    unclear = [code for code in codes if code != "EU" and len(found[code]) != 1]
    if unclear:
        raise SystemExit(f"no single alpha-3 code: {', '.join(unclear)}")
    return {code: found[code][0] for code in codes if code != "EU"}


def label(code: str, language: str) -> str:
    """Give the name to display."""
    return OWN_LABELS.get((language, code)) or Locale(language).territories[code]


def locale_names(code: str) -> Iterator[str]:
    """Yield the CLDR names: in our languages, then in the country's own as spoken there."""
    for language in LANGUAGES:
        yield Locale(language).territories[code]
    for language in get_official_languages(code, de_facto=True):
        for identifier in (f"{language}_{code}", language):
            try:
                names = Locale.parse(identifier).territories
            except (UnknownLocaleError, ValueError):
                continue  # CLDR knows of the language but has no texts in it
            if code in names:
                yield names[code]


def long_forms(code: str) -> Iterator[str]:
    """Yield "Republic of …" and its like in our languages."""
    for templates, codes in FORMS.items():
        if code in codes.split():
            for template, language in zip(templates, LANGUAGES, strict=True):
                yield template.format(Locale(language).territories[code])


def spellings(name: str) -> Iterator[str]:
    """Yield a name, and it without brackets, with "and" for "&" and with what CLDR shortens in full."""
    yield name
    yield re.sub(r"\([^)]*\)", "", name)
    yield name.replace("&", "and")
    yield re.sub(r"\bSt\.? ", "Saint ", name).replace("&", "and")
    yield name.replace("о-ва", "острова").replace("о-в ", "остров ").replace("Св.", "Святой")


def names_by_code() -> Iterator[tuple[str, str]]:
    """Yield every pair of code and name."""
    codes = country_codes()
    for code, alpha_3 in alpha_3_codes(codes).items():
        yield code, alpha_3
    for code in codes:
        yield code, code
        for name in (*locale_names(code), *long_forms(code)):
            yield from ((code, spelling) for spelling in spellings(name))
    for meant, alias in aliases():
        yield from ((code, alias) for code in meant)


def aliases() -> Iterator[tuple[list[str], str]]:
    """Yield each of the ALIASES with the codes it means."""
    for entry in re.split(r" \| |\n", ALIASES.strip()):
        heading, _, listed = entry.partition(": ")
        yield from ((heading.split(), alias) for alias in listed.split("; "))


def filed_names() -> dict[str, str]:
    """Give the codes by filed name. Fails if a name means several countries and no alias line says so."""
    codes_of: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in names_by_code():
        if key := name_key(name):
            codes_of[key].add(code)
    ambiguous = {key: sorted(codes) for key, codes in codes_of.items() if len(codes) > 1}
    declared = {name_key(alias): codes for codes, alias in aliases() if len(codes) > 1}
    if ambiguous != declared:
        raise SystemExit(f"names of several countries: {ambiguous}, declared: {declared}")
    return {key: " ".join(sorted(codes)) for key, codes in sorted(codes_of.items())}


def render() -> str:
    """Give the text of the file."""
    codes = country_codes()
    content = {
        "licence": LICENCE,
        "source": f"CLDR {get_cldr_version()}, made by .ci/countries.py: do not edit",
        "alpha_3": alpha_3_codes(codes),
        "labels": {language: {code: label(code, language) for code in codes} for language in LABEL_LANGUAGES},
        "names": filed_names(),
    }
    return json.dumps(content, ensure_ascii=False, indent=0) + "\n"


def main() -> int:
    """Write the file, or compare it."""
    text = render()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.relative_to(ROOT)} differs from CLDR {get_cldr_version()}; run .ci/countries.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
