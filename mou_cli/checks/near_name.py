"""Institutions of a country whose names look alike, and how much."""

from __future__ import annotations

from itertools import combinations, groupby
from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import Sentence, tenths
from mou_cli.checks.finding import Check, Finding, Mention
from mou_cli.rules.complaint import Worded
from mou_cli.rules.likeness import find_alike, read_name
from mou_cli.views.check_institution import find_names_by_country, find_shared_names
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader

_LEAST: Final = 88.0


def _find(reader: Reader, _today: date) -> Iterator[Finding]:
    same = set(_same(reader))
    for _country, found in groupby(find_names_by_country(reader), lambda row: row["country"]):
        rows = list(found)
        labels = {row["key"]: row["name"] for row in rows}
        kin = {frozenset((row["key"], row["parent"])) for row in rows if row["parent"]}
        for pair in find_alike((read_name(row["key"], row["text"]) for row in rows), _LEAST):
            keys = frozenset((pair.one.key, pair.other.key))
            if keys not in same and keys not in kin:
                first, second = sorted((pair.one, pair.other))
                yield Finding(
                    Sentence(
                        "{one} and {other} are alike by {score} of 100",
                        one=first.text,
                        other=second.text,
                        score=_worded(pair.score),
                    ),
                    tuple(Mention("institution", each.key, labels[each.key]) for each in (first, second)),
                    f"mou partner show {first.key}",
                )


def _same(reader: Reader) -> Iterator[frozenset[str]]:
    for _shared, found in groupby(find_shared_names(reader), lambda row: (row["place"], row["shared"])):
        yield from map(frozenset, combinations([row["key"] for row in found], 2))


def _worded(score: float) -> Worded:
    return Worded(tenths(score, "en"), lambda language: tenths(score, language))


NEAR_NAME = Check(
    "near-name",
    Severity.HINT,
    Sentence(
        "A likeness proves nothing: York University is not the University of York. "
        "If they are one, merge them; if they are two, accept this."
    ),
    _find,
)
