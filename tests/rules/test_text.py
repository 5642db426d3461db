from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mou_cli.rules.text import escape_controls, forbidden_characters, normalise

ANY_TEXT = st.text(st.characters(categories=None), max_size=60)  # lone surrogates too
HARMFUL = st.text(
    st.sampled_from("a\\ \n\t\r\x00\x1b\x7f\x9b\u200b\u200f\u202e\u2028\u2066\ufeff\ud800\ufdd0\U0010ffff")
)

# What must never reach a terminal or a column, by first and last code.
RANGES = [
    *((0x00, 0x1F), (0x7F, 0x9F), (0x061C, 0x061C), (0x200B, 0x200B), (0x200E, 0x200F), (0x2028, 0x202E)),
    *((0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF)),
    *((plane * 0x10000 + 0xFFFE, plane * 0x10000 + 0xFFFF) for plane in range(17)),
]


def test_exactly_the_listed_characters_are_forbidden() -> None:
    listed = {code for first, last in RANGES for code in range(first, last + 1)}
    assert {code for code in range(sys.maxunicode + 1) if forbidden_characters(chr(code))} == listed
    assert {code for code in range(sys.maxunicode + 1) if escape_controls(chr(code)) != chr(code)} == listed


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Bakı Dövlət Universiteti", "Bakı Dövlət Universiteti"),
        ("a\x1b[31mred", r"a\x1b[31mred"),
        ("\x00\x7f\x9b", r"\x00\x7f\x9b"),
        ("evil\u202egnp.exe", r"evil\u202egnp.exe"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("one\r\n\ttwo", r"one\r\n\ttwo"),
        ("a\u2028b", r"a\u2028b"),
        ("lone \udc80", r"lone \udc80"),
        ("plane \U0001ffff", r"plane \U0001ffff"),
        (r"C:\new \x1b", r"C:\new \x1b"),
        ("می\u200cخواهم क्\u200dष", "می\u200cخواهم क्\u200dष"),
        ("no\u00a0break 🇦🇿 e\u0301", "no\u00a0break 🇦🇿 e\u0301"),
    ],
)
def test_harmful_characters_are_shown_and_others_left(text: str, escaped: str) -> None:
    assert escape_controls(text) == escaped


def test_newlines_stay_where_they_may_and_other_controls_do_not() -> None:
    assert escape_controls("one\ntwo\tthree\r\x1b", keep_newlines=True) == "one\ntwo\\tthree\\r\\x1b"


@given(ANY_TEXT | HARMFUL, st.booleans())
def test_escaped_text_holds_nothing_harmful_and_stays_as_it_is(text: str, keep: bool) -> None:  # noqa: FBT001  # drawn
    escaped = escape_controls(text, keep_newlines=keep)
    assert forbidden_characters(escaped, multiline=keep) == []
    assert escape_controls(escaped, keep_newlines=keep) == escaped
    assert escaped.encode().decode() == escaped


def test_forbidden_characters_are_named_once_in_order() -> None:
    assert forbidden_characters("a\u202eb\x1bc\u202e") == [r"\u202e", r"\x1b"]
    assert forbidden_characters("Xəzər Universiteti") == []


def test_newline_and_tab_are_allowed_in_several_lines_only() -> None:
    assert forbidden_characters("a\nb\tc") == [r"\n", r"\t"]
    assert forbidden_characters("a\nb\tc", multiline=True) == []
    assert forbidden_characters("a\r\nb\x0b", multiline=True) == [r"\r", r"\x0b"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Khazar \t University ", "Khazar University"),
        ("Khazar\u00a0\u3000University", "Khazar University"),
        ("e\u0301", "é"),
        ("I\u0307stanbul", "İstanbul"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("\n\n one  \n\n\n  two \n ", "one\n\n\ntwo"),
        ("", ""),
        (" \r\n ", ""),
        ("Mütamad\ni", "Mütamad\ni"),
    ],
)
def test_kept_form_is_composed_and_without_stray_blanks(text: str, kept: str) -> None:
    assert normalise(text) == kept


def test_normalising_hides_no_control() -> None:
    assert forbidden_characters(normalise("\x1ca\x0b\x85\u2028\x0c")) == [r"\x1c", r"\x0b", r"\x85", r"\u2028", r"\x0c"]


@given(ANY_TEXT)
def test_normal_form_is_final(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
    assert "  " not in once
    assert once == once.strip(" \n\t")
