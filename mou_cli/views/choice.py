"""From what a person calls a thing to the thing: countries, institutions, and whatever the register has names for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.errors import Conflict, NotFound, UsageError
from mou_cli.rules.complaint import THINGS, Framed, coded
from mou_cli.rules.fold import fold
from mou_cli.rules.naming import Candidate, find_by_name, nearest
from mou_cli.views.name import find_names
from mou_cli.views.query import select_in
from mou_cli.views.value import find_values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mou_cli.store.reader import Reader
    from mou_cli.vocabulary import CodeList

_SHOWN = 10
_LISTING = {
    "institution": "partner list",
    "home": "partner list --home",
    "event": "event list --columns key,name",
    "plan": "plan list",
    "region": "stats --by region",
}


@dataclass(frozen=True)
class Place:
    """Where a partner may be: a country by its code, or a territory by its label."""

    country: str | None = None
    territory: str | None = None


def _several(what: str, text: str, labels: Iterable[str]) -> Conflict:
    listed = list(labels)
    shown = "; ".join(listed[:_SHOWN])
    if len(listed) > _SHOWN:
        shown = Sentence("{names} and {number} more", names=shown, number=len(listed) - _SHOWN)
    meant = Framed(shown, before=f"{what} " if what else "")
    return Conflict(Sentence("{text!r} could be {meant}", text=text, meant=meant), Sentence("say more of the name"))


def _none(what: str, text: str, near: Iterable[str]) -> NotFound:
    listed = "; ".join(near)
    shown = Sentence("`{command}` shows those there are", command=f"mou {_LISTING[what]}") if what in _LISTING else None
    hint = Sentence("did you mean {names}?", names=listed) if listed else shown
    return NotFound(Sentence("there is no {thing} {text!r}", thing=coded(what, THINGS), text=text), hint)


def choose_code(text: str, codes: CodeList) -> str:
    """Give the one code of a list that a text names. Raises UsageError for none, Conflict for several."""
    candidates = [Candidate(code, names) for code, names in codes.names.items()]
    found = find_by_name(text, candidates)
    if len(found) == 1:
        return found[0]
    if found:
        raise _several(f"the {codes.name}", text, found)
    near = nearest(text, candidates, limit=3)
    raise UsageError(
        f"{text!r} is no {codes.name}",
        f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(codes.codes)}",
    )


def choose_place(reader: Reader, text: str) -> Place:
    """Give the country or the register's territory that a text names. Raises NotFound, and Conflict for several."""
    from mou_cli.rules.country import country_name, find_countries, nearest_countries

    territories = [Candidate(label, (label,)) for label in find_values(reader, "territory")]
    named = find_by_name(text, territories)
    countries = find_countries(text)
    if len(named) == 1 and (fold(named[0]) == fold(text) or not countries):
        return Place(territory=named[0])
    if len(countries) == 1:
        return Place(country=countries[0])
    if countries or named:
        raise _several("", text, [f"{country_name(code)} ({code})" for code in countries] + named)
    raise _none("country", text, nearest_countries(text))


def institution_candidates(reader: Reader, *, homes: bool = False) -> tuple[list[Candidate], dict[str, str]]:
    """Give the institutions with all their names, and the label of each key."""
    names: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for row in find_names(reader, homes=homes):
        names.setdefault(row["key"], []).append(row["text"])
        labels[row["key"]] = row["label"]
    return [Candidate(key, tuple(texts)) for key, texts in names.items()], labels


def choose_institution(reader: Reader, text: str, *, homes: bool = False) -> str:
    """Give the key of the one institution that a text names by key, any name or an unambiguous part.

    With `homes`, only those on whose behalf the register is kept count. Raises NotFound, and Conflict for several.
    """
    exact = exact_institutions(reader, text, homes=homes)
    if len(exact) == 1:
        return exact[0]
    candidates, labels = institution_candidates(reader, homes=homes)
    found = find_by_name(text, candidates)
    if len(found) == 1:
        return found[0]
    what = "home" if homes else "institution"
    if found:
        raise _several("", text, (f"{labels[key]} ({key})" for key in found))
    near = nearest(text, candidates) or (list(labels) if homes else [])
    raise _none(what, text, (f"{labels[key]} ({key})" for key in near[:_SHOWN]))


def exact_institutions(reader: Reader, text: str, *, homes: bool = False) -> list[str]:
    """Give the institutions that have a text as their key or very name; the key alone wins."""
    # By index: at a hundred thousand institutions the very name need not be looked for in all of them.
    home = "AND home = 1" if homes else ""
    sql = f"""SELECT key FROM institution WHERE key = :text {home}
        UNION SELECT key FROM institution WHERE folded = :folded {home}
        UNION SELECT i.key FROM institution i JOIN institution_name n ON n.institution = i.key
        WHERE n.folded = :folded {home} ORDER BY key NULLS LAST"""
    keys = [row["key"] for row in reader.rows(sql, text=text, folded=fold(text) or " ")]
    return [text] if text in keys else keys


def find_homes(reader: Reader) -> dict[str, str]:
    """Give the institutions on whose behalf the register is kept, key to name."""
    sql = "SELECT key, name FROM institution WHERE home = 1 ORDER BY sort NULLS LAST, key"
    return {row["key"]: row["name"] for row in reader.rows(sql)}


def choose_values(reader: Reader, what: str, text: str) -> list[str]:
    """Give the register's own values of a thing in VALUES that a text names, all of them. Raises NotFound."""
    candidates = [Candidate(value, (value,)) for value in find_values(reader, what)]
    found = find_by_name(text, candidates)
    if not found:
        raise _none(what, text, nearest(text, candidates))
    return found


def choose_record(reader: Reader, noun: str, text: str) -> str:
    """Give the key of the one event or plan that a text names by key or words. Raises NotFound, and Conflict."""
    column = {"event": "name", "plan": "title"}[noun]
    exact: list[str] = [row["key"] for row in reader.rows(f"SELECT key FROM {noun} WHERE key = :key", key=text)]
    if exact:
        return exact[0]
    from mou_cli.rules.language import decode_texts

    candidates = []
    for row in reader.rows(f"SELECT key, {column} AS texts FROM {noun} ORDER BY key NULLS LAST"):
        texts = decode_texts(row["texts"]) or ""
        candidates.append(Candidate(row["key"], tuple(texts.values()) if isinstance(texts, dict) else (texts,)))
    found = find_by_name(text, candidates)
    if len(found) == 1:
        return found[0]
    raise _several("", text, found) if found else _none(noun, text, nearest(text, candidates))


def near_institutions(reader: Reader, text: str) -> list[str]:
    """Give the names of the institutions that are spelled most like a text, best first, at most three."""
    candidates, labels = institution_candidates(reader)
    return [labels[key] for key in nearest(text, candidates, limit=3)]


def choose_agreement(reader: Reader, text: str) -> str:
    """Give the key of the agreement with a reference (compared as numbers: 2024-1 is 2024-001) or a key.

    Raises NotFound, and Conflict where one has for its key what is the reference of another.
    """
    key, _ref = choose_referred(reader, text)
    return key


def choose_referred(reader: Reader, text: str) -> tuple[str, str]:
    """Give key and reference of the agreement that `choose_agreement` gives. Raises as that does."""
    from mou_cli.rules.reference import read_reference

    year, number = read_reference(text) or (0, 0)
    sql = """SELECT key, ref FROM agreement WHERE key = :text
        UNION SELECT key, ref FROM agreement WHERE ref_year = :year AND ref_number = :number"""
    found = {row["key"]: row["ref"] for row in reader.rows(sql, text=text, year=year, number=number)}
    if not found:
        raise NotFound(f"there is no agreement {text}", "`mou list` shows the references; `mou search` finds by words")
    if len(found) > 1:
        own, (other,) = found.pop(text), found
        raise Conflict(f"{text} is the key of {own} and the reference of {other}", f"say {own} or {other}")
    return next(iter(found.items()))


def existing(reader: Reader, noun: str, keys: Iterable[str]) -> set[str]:
    """Give those of the keys that are recorded, at most a page of keys."""
    chosen, parameters = select_in(keys)
    if not parameters:
        return set()
    return {row["key"] for row in reader.rows(f"SELECT key FROM {noun} WHERE key IN ({chosen})", **parameters)}
