"""Finding one among named things (institutions, codes, fields) by any of its names, and near-misses to offer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.rules.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_KEY = 60
_LATIN_WORD = re.compile("[A-Z][a-z]*|[a-z0-9]+")
# What stands for a soft sign, a glottal stop or a long vowel in Latin letters.
_NO_LETTERS = str.maketrans("", "", "'`")
_SHORTEST_PART = 4  # shorter ones lie within anything
_PART_WEIGHT = 0.9  # a part that fits is a weaker hint than a whole name that does
_STRONG = 88.0
_MISSPELLED = 85.0

# What nearly every university's name holds, folded; it makes different names look alike.
UNIVERSITY = (
    "university universitet universiteti universitetinin universite universitesi universitat universitaet universita "
    "universidad universidade universiteit universitetet uniwersytet univerzita univerzitet universitate universitas "
    "университет университета"
)
_UNIVERSITY_WORDS = tuple(UNIVERSITY.split())
_STOP_WORDS = frozenset(f"{UNIVERSITY} the of and for at in ve de di del della la le der und et i y".split())


class Candidate(NamedTuple):
    """A thing that can be meant: its key and every name it has, as written."""

    key: str
    names: tuple[str, ...]


def find_by_name(text: str, candidates: Iterable[Candidate]) -> list[str]:
    """Give the keys a text means, in the order given: one is an answer, several are a question, none is unknown.

    The very key (in any case) is the answer whatever names there are. Next come those with exactly this name, next
    those with a name in which every word of the text begins a word. All is folded, and a key read as words is a name.
    """
    listed = list(candidates)
    typed = text.strip().casefold()
    by_key = [candidate.key for candidate in listed if candidate.key.casefold() == typed]
    if by_key:
        return by_key
    wanted = fold(text)
    if not wanted:
        return []
    named = [(candidate.key, _folded_names(candidate)) for candidate in listed]
    whole = [key for key, names in named if wanted in names]
    return whole or [key for key, names in named if any(begins_words(wanted, name) for name in names)]


def make_key(name: str, otherwise: str = "institution") -> str:
    """Give a key made of a name: its folded words in a–z and digits joined by dashes; `otherwise` if it has none.

    Letters of other alphabets are read one by one: Chinese as Mandarin, Arabic without its short vowels.
    """
    words = _LATIN_WORD.findall(_in_latin(fold(name)))
    return "-".join(words).lower()[:_LONGEST_KEY].strip("-") or otherwise


def _in_latin(folded: str) -> str:
    """Give a folded text in ASCII; a capital letter begins each syllable of a script that does without spaces."""
    if folded.isascii():
        return folded
    from anyascii import anyascii  # only a new name in another alphabet pays for loading it

    return anyascii(folded).translate(_NO_LETTERS)


def nearest(text: str, candidates: Iterable[Candidate], limit: int = 5, score: float = 70.0) -> list[str]:
    """Give the keys of the names (or keys) spelled most alike, best first, to be offered as "did you mean".

    `score` is the least likeness, 0 to 100, the order of words aside. A likeness is no evidence of being the same.
    """
    from rapidfuzz import fuzz, process  # only a misspelling pays for loading it

    wanted = fold(text)
    pairs = [(candidate.key, name) for candidate in candidates for name in _folded_names(candidate)]
    best: dict[str, float] = {}
    names = dict(enumerate(name for _, name in pairs))
    for _, likeness, at in process.extract(wanted, names, scorer=fuzz.token_sort_ratio, score_cutoff=score, limit=None):
        best[pairs[at][0]] = max(likeness, best.get(pairs[at][0], 0.0))
    if len(wanted) >= _SHORTEST_PART:
        # Only within longer names: a short acronym lies within any long text.
        names = {at: name for at, name in names.items() if len(name) >= len(wanted)}
        least = min(score / _PART_WEIGHT, 100.0)
        for _, likeness, at in process.extract(
            wanted, names, scorer=fuzz.partial_ratio, score_cutoff=least, limit=None
        ):
            best[pairs[at][0]] = max(likeness * _PART_WEIGHT, best.get(pairs[at][0], 0.0))
    return sorted(best, key=lambda key: (-best[key], key))[:limit]


def looks_like(text: str, candidates: Iterable[Candidate]) -> list[str]:
    """Give the keys of names so like this one that only the user can tell whether they are the same, best first.

    Compared without "university", "of" and the like, also misspelled: "York University" and "University of York", which
    are two, look alike. Names with different numbers don't.
    """
    from rapidfuzz import fuzz  # only recording something new pays for loading it

    wanted = _telling_words(fold(text))
    best: dict[str, float] = {}
    for candidate in candidates:
        for name in candidate.names:
            words = _telling_words(fold(name))
            likeness = fuzz.token_sort_ratio(" ".join(wanted), " ".join(words), score_cutoff=_STRONG)
            if wanted and likeness > best.get(candidate.key, 0.0) and _numbers(wanted) == _numbers(words):
                best[candidate.key] = likeness
    return sorted(best, key=lambda key: (-best[key], key))


def nearest_word(text: str, words: Iterable[str]) -> str | None:
    """Give the word (field name, code) spelled most alike; None when nothing is."""
    from difflib import get_close_matches

    spelled = {word.casefold(): word for word in words}
    return next((spelled[found] for found in get_close_matches(text.strip().casefold(), spelled, n=1)), None)


def _folded_names(candidate: Candidate) -> list[str]:
    return [name for name in map(fold, (*candidate.names, candidate.key)) if name]


def begins_words(wanted: str, name: str) -> bool:
    """Say whether every word of a folded text begins a word of a folded name."""
    padded = f" {name}"
    return all(f" {word}" in padded for word in wanted.split())


def _telling_words(folded: str) -> list[str]:
    """Give the words that tell a name from others; all of them when there is nothing else ("The University")."""
    from rapidfuzz import fuzz, process  # its caller has loaded it

    words = folded.split()
    telling = [
        word
        for word in words
        if word not in _STOP_WORDS
        and process.extractOne(word, _UNIVERSITY_WORDS, scorer=fuzz.ratio, score_cutoff=_MISSPELLED) is None
    ]
    return telling or words


def _numbers(words: list[str]) -> list[str]:
    return sorted(word for word in words if word.isdigit())
