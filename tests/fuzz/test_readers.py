"""What reads a text by itself: it understands it or says so, and takes again what it has understood."""

from __future__ import annotations

from datetime import date
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from mou_cli.errors import MouError
from mou_cli.output.nouns import COLUMNS, read_columns
from mou_cli.rules.complaint import NotUnderstood
from mou_cli.rules.country import AmbiguousCountry, UnknownCountry, find_countries, nearest_countries, resolve_country
from mou_cli.rules.date import interval, month_number, read_date, read_stated_date
from mou_cli.rules.fold import fold, sort_key
from mou_cli.rules.language import decode_texts, encode_texts
from mou_cli.rules.length import add, read_length, read_notice
from mou_cli.rules.likeness import read_name
from mou_cli.rules.media_type import media_type
from mou_cli.rules.naming import Candidate, find_by_name, looks_like, make_key, nearest, nearest_word
from mou_cli.rules.reference import read_reference, write_reference
from mou_cli.rules.shell import UnreadableLine, quote, read_line
from mou_cli.rules.strategy import clean_code, code_sort_key, is_strategy_code
from mou_cli.rules.text import escape_controls, forbidden_characters, normalise
from mou_cli.rules.timing import read_timing
from mou_cli.settings import read_evidence, read_seconds
from mou_cli.store.location import locate
from tests.fuzz.effort import effort
from tests.fuzz.texts import LIKELY

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2025, 5, 10)
NAMES = [Candidate("uit", ("University of Tromsø", "UiT")), Candidate("x", ("x" * 300, "", " ", "İ", "٣"))]
SECONDS = 5.0


def read_names(text: str) -> Any:
    return [find_by_name(text, NAMES), nearest(text, NAMES), looks_like(text, NAMES), nearest_word(text, ["a", text])]


def read_country(text: str) -> Any:
    return [find_countries(text), nearest_countries(text), resolve_country(text)]


def read_every_year(text: str) -> Any:
    return [read_timing(text, year) for year in (1000, 2024, 2025, 2999)]


def read_code(text: str) -> Any:
    code = clean_code(text)
    return [code_sort_key(code)] if is_strategy_code(code) else []


READERS: dict[Callable[[str], Any], tuple[type[Exception], ...]] = {
    **dict.fromkeys(
        (read_stated_date, lambda text: read_date(text, TODAY), read_length, read_notice), (NotUnderstood,)
    ),
    read_country: (UnknownCountry, AmbiguousCountry),
    **dict.fromkeys((month_number, read_every_year, fold, sort_key, read_names, make_key, read_reference), ()),
    **dict.fromkeys((read_code, normalise, forbidden_characters, escape_controls, quote), ()),
    read_line: (UnreadableLine,),
    lambda text: read_name("k", text): (),
    lambda text: media_type(text, text.encode("utf-8", "replace")[:16]): (),
    **dict.fromkeys((locate, lambda text: read_seconds(text, "x"), lambda text: read_evidence(text, "x")), (MouError,)),
    **{
        lambda text, noun=noun: read_columns(text, noun, "x"): (MouError,)  # type: ignore[misc]  # mypy infers no default
        for noun in COLUMNS
    },
}


@pytest.mark.parametrize("read", READERS)
@effort(40)
@given(LIKELY)
def test_any_text_is_understood_or_refused_soon(read: Callable[[str], Any], text: str) -> None:
    started = process_time()
    try:
        read(text)
    except READERS[read]:
        pass
    assert process_time() - started < SECONDS


@effort(150)
@given(LIKELY)
def test_what_was_understood_is_understood_again_as_the_same(text: str) -> None:
    for read in (read_stated_date, lambda t: str(read_length(t))):
        try:
            kept = read(text)
        except NotUnderstood:
            continue
        assert read(kept) == kept
        if read is read_stated_date:
            interval(kept)
    if found := read_reference(text):
        assert read_reference(write_reference(*found)) == found
    assert normalise(normalise(text)) == normalise(text)
    assert fold(fold(text)) == fold(text)
    assert decode_texts(encode_texts({"en": text})) == {"en": text}


@effort(100)
@given(LIKELY)
def test_any_length_can_be_counted_from_any_day(text: str) -> None:
    try:
        length = read_length(text)
    except NotUnderstood:
        return
    for day in (date(1000, 1, 1), date(2024, 2, 29), date(2999, 12, 31)):
        add(day, length.months, length.days)
        add(day, -length.months, -length.days)
