from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.rules.timing import Timing, read_timing
from mou_cli.vocabulary import TimingKind

YEAR = 2025

# Text, kind, first and last day.
UNDERSTOOD = [
    ("Cari il", "year", "2025-01-01", "2025-12-31"),
    ("cari ildə", "year", "2025-01-01", "2025-12-31"),
    ("İl ərzində", "year", "2025-01-01", "2025-12-31"),
    ("il boyu", "year", "2025-01-01", "2025-12-31"),
    ("2025-ci il ərzində", "year", "2025-01-01", "2025-12-31"),
    ("2026-cı il", "year", "2026-01-01", "2026-12-31"),
    ("this year", "year", "2025-01-01", "2025-12-31"),
    ("during the year", "year", "2025-01-01", "2025-12-31"),
    ("в течение года", "year", "2025-01-01", "2025-12-31"),
    ("в течение 2026 года", "year", "2026-01-01", "2026-12-31"),
    ("yıl boyunca", "year", "2025-01-01", "2025-12-31"),
    ("May ayında", "month", "2025-05-01", "2025-05-31"),
    ("may", "month", "2025-05-01", "2025-05-31"),
    ("Cari ilin may ayında", "month", "2025-05-01", "2025-05-31"),
    ("may ayı ərzində", "month", "2025-05-01", "2025-05-31"),
    ("in May", "month", "2025-05-01", "2025-05-31"),
    ("May 2026", "month", "2026-05-01", "2026-05-31"),
    ("2026-cı ilin fevral ayı", "month", "2026-02-01", "2026-02-28"),
    ("fevral", "month", "2025-02-01", "2025-02-28"),
    ("05.2025", "month", "2025-05-01", "2025-05-31"),
    ("Sept. 2025", "month", "2025-09-01", "2025-09-30"),
    ("mayıs ayında", "month", "2025-05-01", "2025-05-31"),
    ("Mayıs'ta", "month", "2025-05-01", "2025-05-31"),
    ("Aralığın başında", "month", "2025-12-01", "2025-12-31"),
    ("в мае", "month", "2025-05-01", "2025-05-31"),
    ("в августе", "month", "2025-08-01", "2025-08-31"),
    ("mid-May", "month", "2025-05-01", "2025-05-31"),
    ("mayın əvvəlində", "month", "2025-05-01", "2025-05-31"),
    ("- May ayında;", "month", "2025-05-01", "2025-05-31"),
    ("15 may", "date", "2025-05-15", "2025-05-15"),
    ("15.05.2025", "date", "2025-05-15", "2025-05-15"),
    ("15.05", "date", "2025-05-15", "2025-05-15"),
    ("2025-05-15", "date", "2025-05-15", "2025-05-15"),
    ("15 may 2026-cı il", "date", "2026-05-15", "2026-05-15"),
    ("May 15, 2026", "date", "2026-05-15", "2026-05-15"),
    ("15th of May", "date", "2025-05-15", "2025-05-15"),
    ("15 мая 2025 г.", "date", "2025-05-15", "2025-05-15"),
    ("mayın 15-i", "date", "2025-05-15", "2025-05-15"),
    ("mayın 15-də", "date", "2025-05-15", "2025-05-15"),
    ("mayın sonu", "date", "2025-05-31", "2025-05-31"),
    ("end of May", "date", "2025-05-31", "2025-05-31"),
    ("ilin sonunda", "date", "2025-12-31", "2025-12-31"),
    ("mayın 15-dək", "window", "2025-01-01", "2025-05-15"),
    ("mayın 15-nə qədər", "window", "2025-01-01", "2025-05-15"),
    ("15 may tarixinədək", "window", "2025-01-01", "2025-05-15"),
    ("by 15 May", "window", "2025-01-01", "2025-05-15"),
    ("until 15 May 2026", "window", "2026-01-01", "2026-05-15"),
    ("15 Mayıs'a kadar", "window", "2025-01-01", "2025-05-15"),
    ("до 15 мая", "window", "2025-01-01", "2025-05-15"),
    ("iyun ayının sonunadək", "window", "2025-01-01", "2025-06-30"),
    ("by the end of May", "window", "2025-01-01", "2025-05-31"),
    ("до конца года", "window", "2025-01-01", "2025-12-31"),
    ("I rübün sonunadək", "window", "2025-01-01", "2025-03-31"),
    ("I rüb", "quarter", "2025-01-01", "2025-03-31"),
    ("2-ci rüb", "quarter", "2025-04-01", "2025-06-30"),
    ("II kvartal", "quarter", "2025-04-01", "2025-06-30"),
    ("Q3", "quarter", "2025-07-01", "2025-09-30"),
    ("third quarter", "quarter", "2025-07-01", "2025-09-30"),
    ("IV квартал 2026 года", "quarter", "2026-10-01", "2026-12-31"),
    ("1. çeyrek", "quarter", "2025-01-01", "2025-03-31"),
    ("2025-ci ilin dördüncü rübü", "quarter", "2025-10-01", "2025-12-31"),
    ("I-II rüb", "window", "2025-01-01", "2025-06-30"),
    ("I və III rüb", "window", "2025-01-01", "2025-09-30"),
    ("Q1 2025 - Q2 2026", "window", "2025-01-01", "2026-06-30"),
    ("I yarımil", "window", "2025-01-01", "2025-06-30"),
    ("2-ci yarım il", "window", "2025-07-01", "2025-12-31"),
    ("ilin birinci yarısı", "window", "2025-01-01", "2025-06-30"),
    ("first half", "window", "2025-01-01", "2025-06-30"),
    ("iyun–sentyabr", "window", "2025-06-01", "2025-09-30"),
    ("iyun-sentyabr aylarında", "window", "2025-06-01", "2025-09-30"),
    ("iyundan sentyabradək", "window", "2025-06-01", "2025-09-30"),
    ("iyun ayından sentyabr ayına qədər", "window", "2025-06-01", "2025-09-30"),
    ("from June to September", "window", "2025-06-01", "2025-09-30"),
    ("с июня по сентябрь", "window", "2025-06-01", "2025-09-30"),
    ("noyabr-fevral", "window", "2025-11-01", "2026-02-28"),
    ("noyabr – fevral 2026", "window", "2025-11-01", "2026-02-28"),
    ("2025-ci ilin mayından 2026-cı ilin martınadək", "window", "2025-05-01", "2026-03-31"),
    ("15–20 may", "window", "2025-05-15", "2025-05-20"),
    ("mayın 15-dən 20-dək", "window", "2025-05-15", "2025-05-20"),
    ("May 15-20, 2026", "window", "2026-05-15", "2026-05-20"),
    ("01-05.06.2025", "window", "2025-06-01", "2025-06-05"),
    ("20 dekabr - 10 yanvar", "window", "2025-12-20", "2026-01-10"),
    ("2025–2027-ci illər", "window", "2025-01-01", "2027-12-31"),
    ("mart, iyun, sentyabr", "window", "2025-03-01", "2025-09-30"),
    ("mart və iyun 2026", "window", "2026-03-01", "2026-06-30"),
    ("aprel-may, oktyabr", "window", "2025-04-01", "2025-10-31"),
    ("15 may, 20 iyun", "window", "2025-05-15", "2025-06-20"),
    ("payız semestri", "term", "2025-09-01", "2026-01-31"),
    ("yaz semestrində", "term", "2025-02-01", "2025-06-30"),
    ("fall semester", "term", "2025-09-01", "2026-01-31"),
    ("I semestr", "term", "2025-09-01", "2026-01-31"),
    ("II semestr", "term", "2025-02-01", "2025-06-30"),
    ("bahar yarıyılı", "term", "2025-02-01", "2025-06-30"),
    ("2025/2026-cı tədris ilinin yaz semestri", "term", "2026-02-01", "2026-06-30"),
    ("2025/2026 tədris ili", "window", "2025-09-01", "2026-06-30"),
    ("academic year 2024-25", "window", "2024-09-01", "2025-06-30"),
    ("Mütəmadi", "recurring", "2025-01-01", "2025-12-31"),
    ("Mütamadi", "recurring", "2025-01-01", "2025-12-31"),
    ("Mütamad\ni", "recurring", "2025-01-01", "2025-12-31"),
    ("müntəzəm", "recurring", "2025-01-01", "2025-12-31"),
    ("mütəmadi olaraq", "recurring", "2025-01-01", "2025-12-31"),
    ("İl ərzində mütəmadi", "recurring", "2025-01-01", "2025-12-31"),
    ("mütəmadi, 2026-cı il", "recurring", "2026-01-01", "2026-12-31"),
    ("daim", "recurring", "2025-01-01", "2025-12-31"),
    ("hər ay", "recurring", "2025-01-01", "2025-12-31"),
    ("hər ayın sonunda", "recurring", "2025-01-01", "2025-12-31"),
    ("rübdə bir dəfə", "recurring", "2025-01-01", "2025-12-31"),
    ("il ərzində 2 dəfə", "recurring", "2025-01-01", "2025-12-31"),
    ("on a regular basis", "recurring", "2025-01-01", "2025-12-31"),
    ("ongoing", "recurring", "2025-01-01", "2025-12-31"),
    ("monthly", "recurring", "2025-01-01", "2025-12-31"),
    ("once a month", "recurring", "2025-01-01", "2025-12-31"),
    ("на постоянной основе", "recurring", "2025-01-01", "2025-12-31"),
    ("sürekli", "recurring", "2025-01-01", "2025-12-31"),
    ("düzenli olarak", "recurring", "2025-01-01", "2025-12-31"),
]

NOT_UNDERSTOOD = [
    *("", "  ", "—", "mayak", "market", "marketdə", "sene", "sonra", "il", "yay", "one May", "5 il", "1 il"),
    *("mayadək", "by May", "from May", "May onwards", "mayın 15-dən", "may may", "2025 - may", "may ilə iyun"),
    *("15 maydan gec olmayaraq", "zərurət yarandıqda", "tədbirlər planına əsasən", "may ayında, imkan olduqda"),
    *("31.04.2025", "29 fevral", "15.13.2025", "15.05.25", "15/05/2025", "05/06/2025", "2005/06", "2025-2024"),
    *(
        "V rüb",
        "5-ci rüb",
        "III semestr",
        "first half of May",
        "yaz dönemi",
        "tədris ili ərzində",
        "2025/2027 tədris ili",
    ),
    *(
        "iyun, mart",
        "dekabr, yanvar",
        "20 may - 15 may",
        "mayın 1, II rüb",
        "hər il mayda",
        "15 may 2026 - 20 iyun 2025",
    ),
    "may, iyun və",
    "may " * 100,
]

MONTH_NAMES = {
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "en": "January February March April May June July August September October November December",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
}


def month_of(number: int, year: int = YEAR) -> tuple[date, date]:
    following = date(year + number // 12, number % 12 + 1, 1)
    return date(year, number, 1), following - timedelta(days=1)


@pytest.mark.parametrize(("text", "kind", "first", "last"), UNDERSTOOD)
def test_words_of_plans_are_understood(text: str, kind: str, first: str, last: str) -> None:
    assert read_timing(text, YEAR) == Timing(TimingKind(kind), date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(("text", "kind", "first", "last"), UNDERSTOOD)
def test_case_spacing_and_composition_do_not_matter(text: str, kind: str, first: str, last: str) -> None:
    expected = Timing(TimingKind(kind), date.fromisoformat(first), date.fromisoformat(last))
    for variant in (text.upper(), f" {text.replace(' ', chr(10))} ", unicodedata.normalize("NFD", text), f"«{text}»"):
        assert read_timing(variant, YEAR) == expected


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_not_understood_is_none_and_spans_the_plan_year(text: str) -> None:
    timing = read_timing(text, YEAR)
    assert timing == Timing(TimingKind.NONE, date(2025, 1, 1), date(2025, 12, 31))
    assert timing.deadline is None


@pytest.mark.parametrize(("language", "names"), MONTH_NAMES.items())
def test_every_month_is_understood_in_every_language(language: str, names: str) -> None:
    for number, name in enumerate(names.split(), start=1):
        assert read_timing(name, YEAR) == Timing(TimingKind.MONTH, *month_of(number)), language


@pytest.mark.parametrize(
    "phrase", ["{}ın", "{} ayı", "{} ayında", "{}da", "{} ayının əvvəlində", "cari ilin {} ayında"]
)
def test_every_azerbaijani_month_takes_endings(phrase: str) -> None:
    for number, name in enumerate(MONTH_NAMES["az"].split(), start=1):
        assert read_timing(phrase.format(name), YEAR) == Timing(TimingKind.MONTH, *month_of(number))


def test_end_of_february_knows_leap_years() -> None:
    assert read_timing("fevralın sonunadək", 2024).deadline == date(2024, 2, 29)
    assert read_timing("fevralın sonunadək", 2025).deadline == date(2025, 2, 28)
    assert read_timing("29 fevral", 2024).deadline == date(2024, 2, 29)


@pytest.mark.parametrize(("text", "kind", "first", "last"), UNDERSTOOD)
def test_deadline_is_the_last_day_unless_the_task_recurs(text: str, kind: str, first: str, last: str) -> None:
    timing = read_timing(text, YEAR)
    assert timing.first == date.fromisoformat(first)
    assert timing.deadline == (None if kind == "recurring" else date.fromisoformat(last))


def test_range_beyond_the_calendar_is_none() -> None:
    assert read_timing("noyabr-fevral", 9999).kind is TimingKind.NONE
    assert read_timing("payız semestri", 9999).kind is TimingKind.NONE


WORDS = (
    "may ayında ayının sonu sonunadək iyun sentyabradək iyundan 15 15-dək 31 2026 2025-ci il ilin I II rüb rübün hər "
    "yarımil semestri payız dəfə mütəmadi - – , . / və cari ərzində by until end of to from in по до мая года"
)


@given(st.lists(st.sampled_from(WORDS.split()), max_size=8).map(" ".join) | st.text(max_size=40), st.integers(1, 9999))
def test_any_text_gives_a_span_that_is_not_reversed(text: str, year: int) -> None:
    timing = read_timing(text, year)
    assert timing.first <= timing.last
    assert timing == read_timing(" ".join(text.split()), year)
    if timing.kind is TimingKind.NONE:
        assert (timing.first, timing.last) == (date(year, 1, 1), date(year, 12, 31))


@given(st.integers(1, 12), st.integers(1, 12), st.sampled_from(["{} – {}", "{}-{}", "{}dan {}adək"]))
def test_range_of_months_ends_after_it_begins(first: int, last: int, phrase: str) -> None:
    names = MONTH_NAMES["az"].split()
    timing = read_timing(phrase.format(names[first - 1], names[last - 1]), YEAR)
    end_year = YEAR if first <= last else YEAR + 1
    assert timing == Timing(TimingKind.WINDOW, month_of(first)[0], month_of(last, end_year)[1])


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.integers(1900, 2100))
def test_printed_date_wins_over_the_plan_year(day: date, year: int) -> None:
    name = MONTH_NAMES["az"].split()[day.month - 1]
    expected = Timing(TimingKind.DATE, day, day)
    assert read_timing(f"{day.day} {name} {day.year}", year) == expected
    assert read_timing(f"{day:%d.%m.}{day.year}", year) == expected
    assert read_timing(f"{name} ayının {day.day}-də, {day.year}", year) == expected
