"""Which country a text means: any known name, ISO 3166-1 code or unambiguous part of a name."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mou_cli.rules.complaint import Worded
from mou_cli.rules.fold import fold

_SHORTEST_PART = 3
_SHORTEST_GUESSED = 4  # shorter keys are mostly codes, which resemble anything
_MOST_OFFERED = 3
_LEAST_LIKENESS = 65.0  # of 100: "Norvegiya" still meets "Norveç", noise meets nothing


class _Tables(NamedTuple):
    labels: dict[str, dict[str, str]]  # language -> code -> name as displayed
    names: dict[str, str]  # name_key() of a name or code -> one code, or several with a space between them


class UnknownCountry(ValueError):
    """No country has this name. `nearest` holds up to three "Label (CODE)" that are spelled alike."""

    def __init__(self, text: str, nearest: tuple[str, ...]) -> None:
        super().__init__(f"no country is called {text!r}")
        self.text = text
        self.nearest = nearest


class AmbiguousCountry(ValueError):
    """Several countries have this name or part of a name. `candidates` holds each as "Label (CODE)", by code."""

    def __init__(self, text: str, candidates: tuple[str, ...]) -> None:
        super().__init__(f"{text!r} means several countries: {', '.join(candidates)}")
        self.text = text
        self.candidates = candidates


def find_countries(text: str) -> list[str]:
    """Give the alpha-2 codes a text may mean, sorted: one is an answer, several are a question, none is unknown.

    A whole name, alpha-2 or alpha-3 wins over a part. A part begins at the beginning of a word of a name and has at
    least three letters.
    """
    wanted = name_key(text)
    names = _tables().names
    if wanted in names:
        return names[wanted].split()
    if len(wanted.replace(" ", "")) < _SHORTEST_PART:
        return []
    part = f" {wanted}"
    return sorted({code for name, codes in names.items() if part in f" {name}" for code in codes.split()})


def called(begun: str) -> dict[str, str]:
    """Give the codes of the countries with a name or code, in any language, of which a word begins so.

    Each comes with the shortest such name, folded, that no other country has.
    """
    part = f" {name_key(begun)}"
    found = (name for name, codes in _tables().names.items() if part in f" {name}" and " " not in codes)
    return {_tables().names[name]: name for name in sorted(found, key=lambda name: (-len(name), name))}


def nearest_countries(text: str) -> list[str]:
    """Give the English names of the countries with the most similar spelling, best first; three at most."""
    return [country_name(code) for code in _nearest_codes(text)]


def resolve_country(text: str) -> str:
    """Give the one alpha-2 code a text means; raise UnknownCountry or AmbiguousCountry."""
    codes = find_countries(text)
    if not codes:
        raise UnknownCountry(text, tuple(_labelled(code) for code in _nearest_codes(text)))
    if len(codes) > 1:
        raise AmbiguousCountry(text, tuple(_labelled(code) for code in codes))
    return codes[0]


def country_name(code: str, language: str = "en") -> str:
    """Give the name to display, in English unless the language is `az`. A code nobody assigned is its own name."""
    labels = _tables().labels
    return labels.get(language, labels["en"]).get(code, code)


def country_codes() -> tuple[str, ...]:
    """Give every code known, sorted: officially assigned ISO 3166-1 alpha-2, XK (Kosovo), EU (Union bodies)."""
    return tuple(_tables().labels["en"])


def name_key(text: str) -> str:
    """Give the form under which a name is filed: folded, without the English article wherever it stands."""
    return " ".join(word for word in fold(text).split() if word != "the")


def _labelled(code: str) -> str:
    return Worded(f"{country_name(code)} ({code})", lambda language: f"{country_name(code, language)} ({code})")


def _nearest_codes(text: str) -> list[str]:
    from rapidfuzz import fuzz, process  # only a misspelling pays for loading it

    guessable = [name for name in _tables().names if len(name) >= _SHORTEST_GUESSED]
    found = process.extract(name_key(text), guessable, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS, limit=None)
    codes = dict.fromkeys(code for name, _, _ in found for code in _tables().names[name].split())
    return list(codes)[:_MOST_OFFERED]


@cache
def _tables() -> _Tables:
    """Read the file that .ci/countries.py makes. Its names are filed already, so that nothing is folded here."""
    content = json.loads(Path(__file__).with_name("countries.json").read_text(encoding="utf-8"))
    return _Tables(labels=content["labels"], names=content["names"])
