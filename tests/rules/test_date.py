from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.rules.complaint import NotUnderstood
from mou_cli.rules.date import interval, month_number, read_date, read_stated_date

TODAY = date(2024, 1, 31)
days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
KEPT = re.compile(r"[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?|--[0-9]{2}-[0-9]{2}")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2024-05-01", "2024-05-01"),
        (" 2024-05-01\n", "2024-05-01"),
        ("2024-5-1", "2024-05-01"),
        ("2024/05/01", "2024-05-01"),
        ("2024.05.01", "2024-05-01"),
        ("1993", "1993"),
        ("1993-05", "1993-05"),
        ("--03-04", "--03-04"),
        ("--02-29", "--02-29"),
        ("1000-01-01", "1000-01-01"),
        ("2999-12-31", "2999-12-31"),
        ("2024-02-29", "2024-02-29"),
        ("01.05.2024", "2024-05-01"),
        ("1.5.2024", "2024-05-01"),
        ("31-12-2024", "2024-12-31"),
        ("05.2024", "2024-05"),
        ("05/2024", "2024-05"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("05/05/2024", "2024-05-05"),
        ("1 May 2024", "2024-05-01"),
        ("1 may 2024", "2024-05-01"),
        ("1st May 2024", "2024-05-01"),
        ("1-May-2024", "2024-05-01"),
        ("May 1, 2024", "2024-05-01"),
        ("Sept. 3rd, 2024", "2024-09-03"),
        ("May 2024", "2024-05"),
        ("1 mayıs 2024", "2024-05-01"),
        ("1 MAYIS 2024", "2024-05-01"),
        ("1 may 2024-cü il", "2024-05-01"),
        ("2023-cü il", "2023"),
        ("2030-cu il", "2030"),
        ("2024 yılı", "2024"),
        ("1993 г.", "1993"),
        ("may 2024-cü il", "2024-05"),
        ("12 İYUN 2024", "2024-06-12"),
        ("oktyabr 2024", "2024-10"),
        ("3 şub 2024", "2024-02-03"),
        ("1 мая 2024 г.", "2024-05-01"),
        ("Май 2024", "2024-05"),
    ],
)
def test_date_is_read_in_the_forms_people_write(text: str, kept: str) -> None:
    assert read_stated_date(text) == kept
    assert read_date(text, TODAY) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("today", "2024-01-31"),
        ("Today", "2024-01-31"),
        ("bu gün", "2024-01-31"),
        ("bugün", "2024-01-31"),
        ("tomorrow", "2024-02-01"),
        ("sabah", "2024-02-01"),
        ("+90d", "2024-04-30"),
        ("+1m", "2024-02-29"),
        ("+3m", "2024-04-30"),
        ("+1y", "2025-01-31"),
        ("+1y6m", "2025-07-31"),
        ("eom", "2024-01-31"),
        ("eoy", "2024-12-31"),
    ],
)
def test_relative_date_counts_from_today_and_has_no_place_in_a_file(text: str, kept: str) -> None:
    assert read_date(text, TODAY) == kept
    with pytest.raises(NotUnderstood) as refused:
        read_stated_date(text)
    assert str(refused.value) == f'"{text}" means another day tomorrow: write the date itself, such as 2024-05-01'


def test_end_of_month_knows_leap_years() -> None:
    assert read_date("eom", date(2024, 2, 3)) == "2024-02-29"
    assert read_date("eom", date(2023, 2, 3)) == "2023-02-28"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "05/06/2024",
            '"05/06/2024" reads two ways: write 5 June 2024 (2024-06-05) or 6 May 2024 (2024-05-06)',
        ),
        (
            "1-2-2024",
            '"1-2-2024" reads two ways: write 1 February 2024 (2024-02-01) or 2 January 2024 (2024-01-02)',
        ),
        ("2024-02-30", '"2024-02-30" is not a day: February 2024 has days 1 to 29'),
        ("2023-02-29", '"2023-02-29" is not a day: February 2023 has days 1 to 28'),
        ("29 February 2023", '"29 February 2023" is not a day: February 2023 has days 1 to 28'),
        ("31.04.2024", '"31.04.2024" is not a day: April 2024 has days 1 to 30'),
        ("2024-05-00", '"2024-05-00" is not a day: May 2024 has days 1 to 31'),
        (
            "2024-W01-1",
            (
                '"2024-W01-1" is not a date: write 2024-05-01, 01.05.2024 or 1 May 2024, '
                "or 2024-05 or 2024 where no more is known"
            ),
        ),
        ("--02-30", '"--02-30" is not a day: February has days 1 to 29'),
        ("--13-01", '"--13-01" has no month 13: write one from 1 to 12'),
        ("2024-13", '"2024-13" has no month 13: write one from 1 to 12'),
        ("13/13/2024", '"13/13/2024" has no month 13: write one from 1 to 12'),
        ("05/13/24", '"05/13/24" has a two-digit year: write 05/13/1924 or 05/13/2024'),
        ("01.05.24", '"01.05.24" has a two-digit year: write 01.05.1924 or 01.05.2024'),
        ("1 May 24", '"1 May 24" has a two-digit year: write 1 May 1924 or 1 May 2024'),
        ("24", '"24" has a two-digit year: write 1924 or 2024'),
        ("4 March", '"4 March" has no year: add it, or write --03-04 if it is not known'),
        ("March 4", '"March 4" has no year: add it, or write --03-04 if it is not known'),
        ("0", "the year 0 is out of range: write one from 1000 to 2999"),
        ("0000-01-01", "the year 0000 is out of range: write one from 1000 to 2999"),
        ("0999-12-31", "the year 0999 is out of range: write one from 1000 to 2999"),
        ("3000-01-01", "the year 3000 is out of range: write one from 1000 to 2999"),
        ("10000-01-01", "the year 10000 is out of range: write one from 1000 to 2999"),
        ("9" * 5000, f"the year {'9' * 60}… is out of range: write one from 1000 to 2999"),
        ("20240501", '"20240501" has no separators: write 2024-05-01'),
        ("1 Foo 2024", '"1 Foo 2024" names no month: write 1 May 2024 or 2024-05-01'),
        ("", "a date is missing: write one such as 2024-05-01"),
    ],
)
def test_what_is_no_date_is_refused_with_what_would_be(text: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_date(text, TODAY)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "text",
    ["2024-W05-1", "2024-05-01T00:00", "-1 May 2024", "May", "soon", "1 2 2024", "1.5-2024", "2024/25", "٢٠٢٤", "…"],
)
def test_no_meaning_is_guessed(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_date(text, TODAY)
    assert str(refused.value) == (
        f'"{text}" is not a date: write 2024-05-01, 01.05.2024 or 1 May 2024, or 2024-05 or 2024 where no more is known'
    )


@pytest.mark.parametrize("text", ["1993", "May 1993", "--03-04"])
def test_reduced_date_is_refused_where_a_day_is_needed(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_date(text, TODAY, reduced=False)
    assert str(refused.value) == f'"{text}" is not a whole date: write year, month and day, such as 2024-05-01'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("+0d", '"0d" is no time at all: write at least 1d'),
        ("+soon", '"soon" is not a length: write 3y, 18m, 1y6m or 90d'),
    ],
)
def test_refused_distance_is_a_date_error(text: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_date(text, TODAY)
    assert str(refused.value) == sentence


def test_relative_date_stays_within_the_years_that_are_kept() -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_date("+200y", date(2900, 1, 1))
    assert str(refused.value) == "the year 3100 is out of range: write one from 1000 to 2999"


@pytest.mark.parametrize(
    ("kept", "days_spanned"),
    [
        ("2024-05-01", (date(2024, 5, 1), date(2024, 5, 1))),
        ("1993", (date(1993, 1, 1), date(1993, 12, 31))),
        ("1993-05", (date(1993, 5, 1), date(1993, 5, 31))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2024-12", (date(2024, 12, 1), date(2024, 12, 31))),
        ("--03-04", None),
    ],
)
def test_interval_is_from_the_first_to_the_last_day_meant(kept: str, days_spanned: tuple[date, date] | None) -> None:
    assert interval(kept) == days_spanned


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("May", 5),
        ("mayıs", 5),
        ("YANVAR", 1),
        ("yanvar", 1),
        ("İyun", 6),
        ("sent", None),
        ("Sept", 9),
        ("ağu", 8),
        ("декабря", 12),
        ("Май", 5),
        ("", None),
        ("5", None),
    ],
)
def test_month_is_known_by_name_and_abbreviation(word: str, number: int | None) -> None:
    assert month_number(word) == number


@given(days)
def test_every_written_form_of_a_day_reads_as_that_day(day: date) -> None:
    month = ("yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr")
    name = (*month, "dekabr")[day.month - 1]
    forms = (
        day.isoformat(),
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day} {name} {day.year}",
        f"{name} {day.day}, {day.year}",
    )
    assert {read_stated_date(form, reduced=False) for form in forms} == {day.isoformat()}


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1000, 2999), st.sampled_from("/-"))
def test_numbers_that_could_both_be_months_are_refused_with_both_days(
    left: int, right: int, year: int, separator: str
) -> None:
    text = f"{left}{separator}{right}{separator}{year}"
    if left == right:
        assert read_stated_date(text) == date(year, left, left).isoformat()
        return
    with pytest.raises(NotUnderstood) as refused:
        read_stated_date(text)
    assert f"({date(year, right, left)})" in str(refused.value)
    assert f"({date(year, left, right)})" in str(refused.value)


@given(
    st.one_of(
        st.text(max_size=30), st.from_regex(r"[0-9]{0,5}[ ./-]?(may|[0-9]{0,3})[ ./-]?[0-9]{0,5}", fullmatch=True)
    )
)
def test_any_text_is_read_for_good_or_refused(text: str) -> None:
    with suppress(NotUnderstood):
        kept = read_date(text, TODAY)
        assert KEPT.fullmatch(kept)
        assert read_stated_date(kept) == kept
