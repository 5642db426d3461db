"""How much names of institutions are alike when each word counts by how much it tells, and is read in one language."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.rules.fold import fold
from mou_cli.rules.naming import UNIVERSITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Words that names are made of, folded, as English has them: of two languages only one is compared.
_SAME_WORD: Final = {
    "university": f"{UNIVERSITY} universities университети",
    "institute": "institut institutu instituti enstitu enstitusu instituto istituto instytut институт",
    "academy": "akademiya akademiyasi akademi akademisi akademie academie academia accademia akademia академия",
    "college": "kollec kolleci kolej koleji colegio колледж",
    "faculty": "fakulte fakultesi fakulteti fakultet facultad faculte fakultat факультет",
    "school": "mekteb mektebi okul okulu escuela ecole schule школа",
    "center": "merkez merkezi centre centro zentrum центр",
    "state": "dovlet devlet statale staatliche государственный государственная",
    "national": "milli ulusal nacional nazionale национальный национальная",
    "international": "beynelxalq uluslararasi internacional internationale международный",
    "technical": "texniki teknik technische technique tecnica tecnico политехнический технический",
    "technology": "texnologiya texnologiyalar teknoloji technologies технологий",
    "medical": "tibb tip medizinische медицинский",
    "economics": "iqtisad iqtisadiyyat iktisat economic economy экономический",
    "pedagogical": "pedaqoji pedagoji педагогический",
    "science": "elm elmler bilim sciences ciencias наук",
    "agricultural": "aqrar agrarian ziraat agriculture аграрный",
    "languages": "diller dilleri dil языков",
    "oil": "neft petroleum нефти",
    "industry": "senaye sanayi",
    "tourism": "turizm туризма",
    "management": "menecment idarecilik yonetim",
    "architecture": "memarliq mimarlik",
    "construction": "insaat",
    "culture": "medeniyyet kultur",
    "arts": "incesenet guzel sanatlar art",
    "music": "musiqi muzik",
    "ministry": "nazirliyi bakanligi ministerium министерство",
    "azerbaijan": "azerbaycan азербайджанский",
    "baku": "baki bakinskiy бакинский",
    "ganja": "gence",
    "nakhchivan": "naxcivan",
    "sumgait": "sumqayit",
    "lankaran": "lenkeran",
    "mingachevir": "mingecevir",
    "khazar": "xezer hazar",
    "western": "qerbi qerb",
}
_ENGLISH: Final = {word: english for english, words in _SAME_WORD.items() for word in words.split()}
_ARTICLES: Final = "the of and for at in ve de di del della la le les der die und et i y a an s ud"
_SILENT: Final = frozenset(_ARTICLES.split())
# What most names have tells next to nothing; what many have, little.
_FAINT: Final = frozenset({"university", "institute", "academy", "college", "faculty", "school", "center"})
_WEAK: Final = frozenset({"state", "national", "international", "public", "royal", "republic", "technology", "science"})
_FAINT_WEIGHT: Final = 0.1
_WEAK_WEIGHT: Final = 0.4
_KIND_WEIGHT: Final = 0.5
_SAME: Final = 84.0  # a word with one wrong letter in six is still that word
_SHORTEST_MISSPELLED: Final = 4
_OTHER_ORDER: Final = 0.97
_MOST_IN_BLOCK: Final = 40
_BLOCK_LETTERS: Final = 4


class Named(NamedTuple):
    """One name of a thing, its words ready to be compared, and what they weigh together."""

    key: str
    text: str
    words: tuple[str, ...]
    weight: float


class Likeness(NamedTuple):
    """Two things with the names that are most alike, and how much: 100 says the same words in the same order."""

    one: Named
    other: Named
    score: float


def read_name(key: str, text: str) -> Named:
    """Give a name with its words in English, as far as they are words that many names have."""
    words = tuple(_ENGLISH.get(word, word) for word in fold(text).split() if word not in _SILENT)
    return Named(key, text, words, sum(map(_weight, words)))


def find_alike(names: Iterable[Named], least: float) -> Iterator[Likeness]:
    """Give every two things of which names are alike by at least so much, 0 to 100, each two once, by their keys.

    Only names that share a rare word, its beginning or end, or all their words are compared: what takes long are not
    the names but their pairs.
    """
    blocks: dict[str, list[Named]] = {}
    for name in names:
        for block in {_bag(name), *(part for word in name.words for part in _blocks(word))}:
            blocks.setdefault(block, []).append(name)
    best: dict[tuple[str, str], Likeness] = {}
    compared: set[tuple[int, int]] = set()
    for _block, members in sorted(blocks.items(), key=lambda item: (len(item[1]), item[0])):
        if len(members) > _MOST_IN_BLOCK:
            break
        for one, other in combinations(members, 2):
            pair = (id(one), id(other))
            if one.key == other.key or pair in compared:
                continue
            compared.add(pair)
            # All that the lighter name has, found in the other one, would not be enough.
            if 200 * min(one.weight, other.weight) < least * (one.weight + other.weight):
                continue
            score = likeness(one.words, other.words)
            keys = (min(one.key, other.key), max(one.key, other.key))
            if score >= least and (keys not in best or score > best[keys].score):
                best[keys] = Likeness(one, other, score)
    yield from (best[keys] for keys in sorted(best))


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Give how much two names are alike, 0 to 100. Numbers that differ make them differ altogether."""
    if {word for word in one if word.isdigit()} != {word for word in other if word.isdigit()}:
        return 0.0
    pairs, alone = _paired(one, other)
    if not any(_weight(word) == _weight(nearest) == 1 for word, nearest, _spelled in pairs):
        return 0.0
    weights = [_weight(word) + _weight(nearest) for word, nearest, _spelled in pairs]
    shared = sum(weight * spelled / 100 for weight, (_word, _nearest, spelled) in zip(weights, pairs, strict=True))
    # A university is not the academy of the same name; but many a name says neither.
    differs = bool(_FAINT & set(one)) and bool(_FAINT & set(other))
    total = sum(weights) + sum(_weight_alone(word, of_another_kind=differs) for word in alone)
    in_order = [word for word in one if word in other] == [word for word in other if word in one]
    return 100 * shared / total * (1 if in_order else _OTHER_ORDER)


def _paired(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[list[tuple[str, str, float]], list[str]]:
    """Give the words that both names have, with how alike they are spelled, and those that are left alone."""
    pairs: list[tuple[str, str, float]] = []
    left, alone = list(other), []
    for word in one:
        if word in left:
            left.remove(word)
            pairs.append((word, word, 100.0))
        else:
            alone.append(word)
    spellings = sorted(
        ((_spelled_alike(word, each), word, each) for word in alone for each in left), key=lambda found: -found[0]
    )
    for spelled, word, each in spellings:
        if spelled and word in alone and each in left:
            alone.remove(word)
            left.remove(each)
            pairs.append((word, each, spelled))
    return pairs, alone + left


def _spelled_alike(word: str, other: str) -> float:
    if min(len(word), len(other)) < _SHORTEST_MISSPELLED or {word, other} & (_FAINT | _WEAK):
        return 0.0
    from rapidfuzz import fuzz  # only names that share a rare word, or part of one, pay for loading it

    return fuzz.ratio(word, other, score_cutoff=_SAME)


def _weight(word: str) -> float:
    return _FAINT_WEIGHT if word in _FAINT else _WEAK_WEIGHT if word in _WEAK else 1.0


def _weight_alone(word: str, *, of_another_kind: bool) -> float:
    """Give the weight of a word that the other name lacks: a state university is not the university of the state."""
    if word in _FAINT:
        return _KIND_WEIGHT if of_another_kind else _FAINT_WEIGHT
    return 1.0


def _bag(name: Named) -> str:
    return " ".join(sorted(word for word in name.words if word not in _FAINT))


@cache
def _blocks(word: str) -> tuple[str, ...]:
    """Give under what a word is looked for: itself, its beginning and its end, so that one wrong letter is met."""
    if word in _FAINT or word in _WEAK:
        return ()
    if len(word) < _BLOCK_LETTERS:
        return (word,)
    return word, f"{word[:_BLOCK_LETTERS]}…", f"…{word[-_BLOCK_LETTERS:]}"
