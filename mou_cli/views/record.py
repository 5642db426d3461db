"""Which record of any noun is meant: also one that is no longer there, of which the journal knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.errors import Conflict, NotFound
from mou_cli.fields.nouns import SHAPES
from mou_cli.views.choice import choose_agreement, choose_institution, choose_record, existing
from mou_cli.views.query import select_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.store.reader import Reader


def choose_any(reader: Reader, text: str, noun: str | None = None) -> tuple[str, str]:
    """Give noun and key of what a text names: a reference, a key of any noun (a task's is PLAN/NUMBER), or a name.

    Keys come before names, and what is recorded before what once was. With `noun` only such records count. Raises
    NotFound, and Conflict for several.
    """
    nouns = [noun] if noun else list(SHAPES)
    for find in (_by_key, _by_name, _lost):
        found = find(reader, text, nouns)
        if len(found) > 1:
            shown = "; ".join(f"{noun} {key}" for noun, key in found)
            raise Conflict(f"{text!r} could be {shown}", f"say --noun {found[0][0]}")
        if found:
            return found[0]
    raise NotFound(f"there is nothing that is called {text!r}, and never was", "`mou search` finds by words")


def _by_key(reader: Reader, text: str, nouns: list[str]) -> list[tuple[str, str]]:
    found = [(noun, text) for noun in nouns if existing(reader, SHAPES[noun].table, [text])]
    if "agreement" in nouns and ("agreement", text) not in found:
        found += _named(reader, "agreement", choose_agreement, text)
    return found


def _by_name(reader: Reader, text: str, nouns: list[str]) -> list[tuple[str, str]]:
    choices: dict[str, Callable[[Reader, str], str]] = {
        "institution": choose_institution,
        "event": lambda reader, text: choose_record(reader, "event", text),
        "plan": lambda reader, text: choose_record(reader, "plan", text),
    }
    return [each for noun, choose in choices.items() if noun in nouns for each in _named(reader, noun, choose, text)]


def _named(reader: Reader, noun: str, choose: Callable[[Reader, str], str], text: str) -> list[tuple[str, str]]:
    try:
        return [(noun, choose(reader, text))]
    except NotFound:
        return []


def _lost(reader: Reader, text: str, nouns: list[str]) -> list[tuple[str, str]]:
    chosen, parameters = select_in(nouns)
    sql = f"SELECT DISTINCT noun FROM journal_change WHERE noun IN ({chosen}) AND key = :text ORDER BY noun"
    return [(row["noun"], text) for row in reader.rows(sql, text=text, **parameters)]
