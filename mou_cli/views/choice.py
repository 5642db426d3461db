"""From what a person calls a thing to the thing: countries, institutions, and whatever the register has names for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.errors import Conflict, NotFound, UsageError
from mou_cli.rules.complaint import THINGS, Framed, coded
from mou_cli.rules.fold import fold
from mou_cli.rules.naming import Candidate, find_by_name, nearest
from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mou_cli.store.reader import Reader, Row
    from mou_cli.vocabulary import CodeList

_SHOWN = 10
USED = {
    "executor": "name AS value FROM task_executor",
    "strategy": "code AS value FROM task_strategy",
    "unit": "unit AS value FROM agreement WHERE unit IS NOT NULL",
    "responsible": "responsible AS value FROM agreement WHERE responsible IS NOT NULL",
}
_INSTITUTIONS = """SELECT key, sort, 0 AS ordinal, name AS label, name AS text FROM institution {where}
    UNION ALL SELECT i.key, i.sort, n.ordinal, i.name, n.text
    FROM institution i JOIN institution_name n ON n.institution = i.key {where}
    ORDER BY sort NULLS LAST, key, ordinal"""


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
    hint = Sentence("did you mean {names}?", names=listed) if listed else None
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

    sql = "SELECT DISTINCT territory FROM institution WHERE territory IS NOT NULL ORDER BY territory NULLS LAST"
    territories = [Candidate(row["territory"], (row["territory"],)) for row in reader.rows(sql)]
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
    sql = _INSTITUTIONS.format(where="WHERE home = 1" if homes else "")
    for row in reader.rows(sql):
        names.setdefault(row["key"], []).append(row["text"])
        labels[row["key"]] = row["label"]
    return [Candidate(key, tuple(texts)) for key, texts in names.items()], labels


def find_names(reader: Reader) -> Iterator[Row]:
    """Give every name of every institution, its label first: key, label, text, country, territory; by label."""
    sql = """SELECT key, sort, 0 AS ordinal, name AS label, name AS text, country, territory FROM institution
        UNION ALL SELECT i.key, i.sort, n.ordinal, i.name, n.text, i.country, i.territory
        FROM institution i JOIN institution_name n ON n.institution = i.key
        ORDER BY sort NULLS LAST, key, ordinal"""
    return reader.rows(sql)


def find_used(reader: Reader, what: str) -> list[str]:
    """Give the values that the register has met of a thing in USED, in order."""
    sql = f"SELECT DISTINCT {USED[what]} ORDER BY value NULLS LAST"
    return [row["value"] for row in reader.rows(sql)]


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


def choose_values(reader: Reader, what: str, sql: str, text: str) -> list[str]:
    """Give the register's own values (one column `value` of `sql`) that a text names, all of them. Raises NotFound."""
    candidates = [Candidate(row["value"], (row["value"],)) for row in reader.rows(sql)]
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


def names_of(reader: Reader, noun: str, keys: Iterable[str], language: str) -> list[str]:
    """Give the name or title of each of a few institutions, events or plans; its key where there is none."""
    from mou_cli.rules.language import choose_text, decode_texts

    listed = list(keys)
    chosen, parameters = select_in(listed)
    column = "title" if noun == "plan" else "name"
    sql = f"SELECT key, {column} AS texts FROM {noun} WHERE key IN ({chosen})"
    found = {row["key"]: row["texts"] for row in reader.rows(sql, **parameters)}
    # The name of an institution is one text; others may have one per language.
    texts = {key: text if noun == "institution" else decode_texts(text) for key, text in found.items()}
    return [choose_text(texts.get(key), [language]) or key for key in listed]


def near_institutions(reader: Reader, text: str) -> list[str]:
    """Give the names of the institutions that are spelled most like a text, best first, at most three."""
    candidates, labels = institution_candidates(reader)
    return [labels[key] for key in nearest(text, candidates, limit=3)]


def choose_agreement(reader: Reader, text: str) -> str:
    """Give the key of the agreement with a reference (compared as numbers: 2024-1 is 2024-001) or a key.

    Raises NotFound.
    """
    from mou_cli.rules.reference import read_reference

    year, number = read_reference(text) or (0, 0)
    sql = """SELECT key FROM agreement WHERE key = :text
        UNION SELECT key FROM agreement WHERE ref_year = :year AND ref_number = :number"""
    found = [row["key"] for row in reader.rows(sql, text=text, year=year, number=number)]
    if not found:
        raise NotFound(f"there is no agreement {text}", "`mou list` shows the references; `mou search` finds by words")
    return text if text in found else found[0]


def existing(reader: Reader, noun: str, keys: Iterable[str]) -> set[str]:
    """Give those of the keys that are recorded, at most a page of keys."""
    chosen, parameters = select_in(keys)
    if not parameters:
        return set()
    return {row["key"] for row in reader.rows(f"SELECT key FROM {noun} WHERE key IN ({chosen})", **parameters)}
