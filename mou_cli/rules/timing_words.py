"""The words of plans in Azerbaijani, Turkish, English and Russian, turned into the few words timings are read from.

"Mayın 15-dək" becomes "m5 15 until", "2025-ci ilin III rübü" "2025 q3". A word not listed becomes "?", which no timing
contains. In the result m5 is May, q2 a quarter, #1 an ordinal, 2025 a year, a2024 the academic year 2024/2025, `whole`
the plan's year throughout, `onto` the Azerbaijani and Turkish ending that says "to" only together with `until`.
"""

from __future__ import annotations

import re

from mou_cli.rules.date import month_number
from mou_cli.rules.fold import fold

# The words of plans, folded, under the plain word for them; "" is for those without weight.
_VOCABULARY = {
    "regularly": "mutemadi mutamadi muntezem daim daima daimi davamli fasilesiz heray ayliq heftelik rubluk regularly "
    "regular ongoing continuous continuously continually constantly permanently monthly weekly daily quarterly yearly "
    "annually surekli duzenli devamli haftalik aylik постоянно постояннои регулярно регулярнои систематически "
    "ежемесячно еженедельно ежеквартально ежегодно ежедневно",
    "every": "her every each каждыи каждую каждое",
    "times": "defe kere kez times once twice раз раза",
    "this": "cari bu hazirki this current текущии текущего текущем этого этом",
    "during": "erzinde boyu boyunca muddetinde icinde icerisinde butun during throughout within whole all течение "
    "течении протяжении весь",
    "until": "qeder kimi kadar dek degin until till by to through до по к",
    "from": "from с со",
    "end": "end конец конца концу конце",
    "part": "beginning start early mid middle начало начале середина середине",
    "year": "year год года году г",
    "academic": "tedris akademik academic учебныи учебного учебном",
    "quarter": "q quarter quarters квартал квартала квартале",
    "half": "half полугодие полугодии полугодия",
    "halved": "yarim",
    "term": "semester term семестр семестра семестре",
    "month": "month months месяц месяца месяце",
    "unit": "week weeks day days неделю недели неделя день",
    "autumn": "autumn fall осеннии осеннего осеннем",
    "spring": "spring весеннии весеннего весеннем",
    ",": "ve and и",
    "#1": "i ilk birinci first первыи первого первом первое",
    "#2": "ii ikinci second второи второго втором второе",
    "#3": "iii ucuncu third третии третьего третьем",
    "#4": "iv dorduncu fourth четвертыи четвертого четвертом",
    "1": "bir",
    "2": "iki",
    "3": "uc",
    "": "the of in on an a per olaraq olarak sekilde qaydada basis в во на основе",
}

# Azerbaijani and Turkish words that take endings, likewise.
_STEMS = {
    "year": "il yil",
    "month": "ay",
    "quarter": "rub kvartal ceyrek ceyreg",
    "half": "yarimil yarimillik yari",
    "term": "semestr",
    "period": "donem yariyil",
    "end": "son axir",
    "part": "evvel orta bas",
    "autumn": "payiz guz sonbahar",
    "spring": "bahar ilkbahar",
    "yaz": "yaz",  # spring in Azerbaijani, summer in Turkish
    "unit": "hefte hafta gun",
    "": "tarix",
}

_MEANINGS = {word: meaning for meaning, words in _VOCABULARY.items() for word in words.split()}
_STEM_MEANINGS = {stem: meaning for meaning, stems in _STEMS.items() for stem in stems.split()}
_SHORTEST_INFLECTED_MONTH = 4  # but for May: an ending on an abbreviation makes other words ("sene", a year)

# What an ending says of the word before it, Azerbaijani and Turkish, folded.
_ENDINGS = (
    ("", re.compile(r"(?:l[ae]r)?(?:s?[iu])?(?:n?[iu]n|n?[dt][ae](?:ki)?)?")),
    ("from", re.compile(r"(?:l[ae]r)?(?:s?[iu]n)?[dt][ae]n")),
    ("until", re.compile(r"(?:l[ae]r)?(?:s?[iu]n|[yn])?[ae]?dek")),
    ("onto", re.compile(r"(?:l[ae]r)?(?:s?[iu]n|[yn])?[ae]")),  # "to" only together with "until"
)
_ORDINAL_ENDING = re.compile(r"n?[iu]?n?c[iu]|st|nd|rd|th")
_NUMBER_ENDINGS = (("", re.compile(rf"{_ORDINAL_ENDING.pattern}|и|го|ом|ое|я|е")), *_ENDINGS)
_AROUND = re.compile(r"^[\s\-–—•«“(]+|[\s,;»”)]+$")
_MARK = re.compile(r"([-‐‑‒–—−.,;/&])")
_PLAIN_MARKS = {**dict.fromkeys("‐‑‒–—−", "-"), ";": ",", "&": ","}

# Applied in this order, after the academic year.
_REWRITINGS = tuple(
    (re.compile(pattern), rewritten)
    for pattern, rewritten in (
        (r"\b(\d{4}) - (0[1-9]|1[0-2]) - (\d\d)\b", r"\3 m\2 \1"),
        (r"\b(\d\d?) \. (0?[1-9]|1[0-2]) \. (\d{4})\b", r"\1 m\2 \3"),
        (r"(?<!\. )\b(0[1-9]|1[0-2]) \. (\d{4})\b", r"m\1 \2"),
        (r"(?<!\. )\b(\d\d?) \. (0[1-9]|1[0-2])\b(?! \. \d)", r"\1 m\2"),
        (r" \.(?! \d)", ""),
        (r"\bhalved year\b", "half"),
        (r"\byaz term\b", "spring term"),
        (r"\b(autumn|spring) period\b", r"\1 term"),
        (r"\b(\d{4}) year\b|\byear (\d{4})\b", r"\1\2"),
        (r"\bduring year\b|\byear during\b", "whole"),
        (r" ?\bduring\b", ""),
        (r"\b(m\d\d?)(?: (?:month|part)\b)+|\b(?:(?:month|part)(?: -)? )+(m\d\d?)\b", r"\1\2"),
        (r"\b(\d\d?) - (?=m\d)", r"\1 "),
        (r"(?<!\d)#?([1-4]) quarter\b|\bquarter #?([1-4])\b(?! times)", r"q\1\2"),
        (r"(?<![\dq])#?([1-4]) ([-,]) (?=(?:#?[1-4] [-,] )*q\d)", r"q\1 \2 "),
        (r"\b(m\d\d?) (\d\d?)\b", r"\2 \1"),
        (r"^(\d{4}|a\d{4}|whole) , (?!\d{4})", r"\1 "),
        (r"(?<!\d{4}) , (\d{4})$", r" \1"),
    )
)
_ACADEMIC_YEAR = re.compile(
    r"\bacademic year (?P<after>\d{4}) [-/] (?P<end_after>\d{4}|\d\d)\b"
    r"|\b(?P<before>\d{4}) [-/] (?P<end_before>\d{4}|\d\d) academic\b(?: year)?"
    r"|\b(?P<alone>\d{4}) / (?P<end_alone>\d{4})\b"  # of 2005/06, the second may be a month
)


def plain_words(text: str, year: int) -> str:
    """Give a timing in plain words. A plan's year that is meant by "this year" stands there as if it were printed."""
    said: list[str] = []
    for piece in _MARK.split(_AROUND.sub("", text)):
        if not _MARK.fullmatch(piece):
            for word in re.findall(r"\d+|[^\d\s]+", fold(piece)):
                _say(word, said)
        elif piece != "." or (said and said[-1].isdigit()):  # elsewhere a dot closes an abbreviation
            said.append(_PLAIN_MARKS.get(piece, piece))
    plain = " ".join(said).replace("this year", f"{year:04}")
    plain = _ACADEMIC_YEAR.sub(_academic_year, plain)
    for pattern, rewritten in _REWRITINGS:
        plain = pattern.sub(rewritten, plain)
    return plain.strip()


def is_one_word_for_regularly(text: str) -> bool:
    """Tell it even where a narrow column has broken the word in two ("Mütamad", "i")."""
    return _MEANINGS.get(fold(text).replace(" ", "")) == "regularly"


def _say(word: str, said: list[str]) -> None:
    joined = len(said) > 1 and said[-1] == "-" and said[-2].isdigit()
    ending = _ending(word, _NUMBER_ENDINGS) if joined else None
    if ending is not None:
        said[-1:] = ending.split()
    elif not (said and said[-1].isdigit() and _ORDINAL_ENDING.fullmatch(word)):
        said.extend(_meaning(word).split())


def _ending(word: str, endings: tuple[tuple[str, re.Pattern[str]], ...] = _ENDINGS) -> str | None:
    return next((meaning for meaning, pattern in endings if pattern.fullmatch(word)), None)


def _meaning(word: str) -> str:
    """Give the plain words for a word, its ending included ("maydan" is "m5 from"); "?" fits nowhere in the grammar."""
    if word.isdigit() or word in _MEANINGS:
        return _MEANINGS.get(word, word)
    for end in range(len(word), 1, -1):
        stem, ending = word[:end], _ending(word[end:])
        month = _month(stem)
        if month and (not word[end:] or stem == "may" or end >= _SHORTEST_INFLECTED_MONTH):
            stem_meaning = f"m{month}"
        else:
            stem_meaning = _STEM_MEANINGS.get(stem, "?")
        if stem_meaning != "?" and ending is not None:
            return f"{stem_meaning} {ending}"
    return "?"


def _month(word: str) -> int | None:
    """Also with the last letter changed by the ending: Turkish "aralığın", Russian "в мае, июне, августе"."""
    spellings = [word]
    if word.endswith("g"):
        spellings.append(f"{word[:-1]}k")
    if word.endswith("е"):
        spellings += [f"{word[:-1]}{letter}" for letter in ("ь", "и", "")]
    return next((number for number in map(month_number, spellings) if number), None)


def _academic_year(match: re.Match[str]) -> str:
    begins, ends = (int(found) for found in match.groups() if found)
    return f"a{begins}" if ends in (begins + 1, (begins + 1) % 100) else match[0]
