"""Agreements that are tied to one another in a circle, and institutions that belong to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, Mention, mention
from mou_cli.views.check_agreement import find_links, get_suspects
from mou_cli.views.check_institution import find_parents
from mou_cli.views.name import institution_names
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mou_cli.store.reader import Reader

_Ties = dict[str, set[str]]


def _find(reader: Reader, today: date) -> Iterator[Finding]:
    for keys in _circles((row["agreement"], row["target"]) for row in find_links(reader)):
        rows = get_suspects(reader, keys, today)
        records = tuple(mention(rows[key]) for key in keys)
        sentence = Sentence("they amend, renew, supersede or stand under one another in a circle")
        yield Finding(sentence, records, f"mou edit {records[0].ref}")
    for keys in _circles((row["key"], row["parent"]) for row in find_parents(reader)):
        names = institution_names(reader, keys)
        records = tuple(Mention("institution", key, names[key]) for key in keys)
        yield Finding(
            Sentence("they belong to one another in a circle"), records, f"mou partner edit {keys[0]} --parent NAME"
        )


def _circles(ties: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """Give the keys of each circle, in their order."""
    onward: _Ties = {}
    back: _Ties = {}
    for one, other in ties:
        onward.setdefault(one, set()).add(other)
        back.setdefault(other, set()).add(one)
    _strip(onward, back)
    _strip(back, onward)
    while onward:
        start = min(onward)
        circle = _reached(start, onward) & _reached(start, back)
        if circle:
            yield sorted(circle)
        for key in circle or {start}:
            _take_out(key, onward, back)
            _take_out(key, back, onward)


def _strip(onward: _Ties, back: _Ties) -> None:
    """Take out, one after the other, who stands at an end: no circle goes through it."""
    ends = [key for key in back if key not in onward]
    while ends:
        key = ends.pop()
        for before in back.pop(key, set()):
            onward[before].discard(key)
            if not onward[before]:
                del onward[before]
                ends.append(before)


def _take_out(key: str, onward: _Ties, back: _Ties) -> None:
    for other in onward.pop(key, set()):
        if other in back:
            back[other].discard(key)


def _reached(start: str, ties: _Ties) -> set[str]:
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        for other in ties.get(ahead.pop(), set()) - reached:
            reached.add(other)
            ahead.append(other)
    return reached


CIRCLE = Check(
    "circle",
    Severity.ERROR,
    Sentence("One of the ties points the wrong way: what came later renews, amends or supersedes what came before."),
    _find,
)
