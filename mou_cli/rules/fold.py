"""Folding text so that names match across case, accents and keyboards, and ordering it the Azerbaijani way."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Letters that Unicode does not decompose, as people type them on a plain keyboard.
_PLAIN = {
    "ı": "i",
    "ə": "e",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "n",
    "'": "",
    "’": "",
    "‘": "",
    "ʼ": "",
    "ʻ": "",
    "`": "",
    "´": "",
}

# Marks that are an accent or an optional vowel sign; others (Indic vowels, Japanese voicing) are letters in effect.
_ACCENTS = ((0x0300, 0x036F), (0x0591, 0x05C7), (0x064B, 0x065F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF))

_ALPHABET = "abcçdeəfgğhxıijkqlmnoöprsştuüvwyz"
_LETTER_KEYS = {letter: chr(ord("A") + position) for position, letter in enumerate(_ALPHABET)}


def _is_accent(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in _ACCENTS)


def _is_word_character(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


class _Becomes(dict[int, str | None]):
    """What each letter becomes, worked out when it is first met."""

    def __init__(self, become: Callable[[str], str | None]) -> None:
        super().__init__()
        self._become = become

    def __missing__(self, code: int) -> str | None:
        self[code] = self._become(chr(code))
        return self[code]


_ON_A_PLAIN_KEYBOARD = _Becomes(lambda c: _PLAIN.get(c, c))
_WITHOUT_ACCENTS = _Becomes(lambda c: None if _is_accent(c) else _PLAIN.get(c, c))
_WORDS_ONLY = _Becomes(lambda c: c if _is_word_character(c) else " ")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Give the words of a text in lower case, without accents and punctuation, one space between them.

    Letters of every script are kept; the apostrophe joins ("Rezekne's" is one word). The result may be empty and is
    unchanged by folding it again.
    """
    if text.isascii():
        plain = text.lower().replace("'", "").replace("`", "")
    else:
        # Case folding can yield characters that decompose further, hence the second normalisation.
        composed = unicodedata.normalize("NFKC", text.translate(_ON_A_PLAIN_KEYBOARD))
        lowered = unicodedata.normalize("NFKD", composed.casefold())
        plain = unicodedata.normalize("NFKC", lowered.translate(_WITHOUT_ACCENTS))
    return " ".join(plain.translate(_WORDS_ONLY).split())


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """Give a key whose binary order is the Azerbaijani alphabet's, with the other Latin letters at their base letter.

    Digits come before letters and other scripts after Latin. Two texts may share a key: order by a unique column next.
    """
    composed = unicodedata.normalize("NFC", text).replace("İ", "i").lower()
    return " ".join(composed.translate(_KEYS).split())


def _key(character: str) -> str:
    if character in _LETTER_KEYS:
        return _LETTER_KEYS[character]
    if not _is_word_character(character):
        return " "
    return "".join(_LETTER_KEYS.get(c, c) for c in fold(character))


_KEYS = _Becomes(_key)
