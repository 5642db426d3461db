"""Letters of other alphabets in Latin ones, for a key that people type; names are kept as they are written."""

from __future__ import annotations

# Each letter as folding leaves it, in lower case and without accents, with what stands for it; a dash is nothing.
_ALPHABETS = (
    ("абвгдежзиклмнопрстуфхцчшщъыьэюя", "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch - y - e yu ya"),
    ("әғқңөұүһіҗґєђјљњћџѕ", "a gh q n o u u h i j g ye dj j lj nj c dz dz"),
    (
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h",
    ),
    ("αβγδεζηθικλμνξοπρστυφχψω", "a v g d e z i th i k l m n x o p r s t y f ch ps o"),
)
_LATIN = {
    ord(letter): latin.strip("-")
    for letters, told in _ALPHABETS
    for letter, latin in zip(letters, told.split(), strict=True)
}


def in_latin(folded: str) -> str:
    """Give a folded text with Cyrillic, Georgian and Greek letters in Latin ones; other letters stay."""
    return folded if folded.isascii() else folded.translate(_LATIN)
