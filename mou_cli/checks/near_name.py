"""Institutions of a country whose names look alike, and how much."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
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
    shared = _shared(reader)
    for _country, found in groupby(find_names_by_country(reader), lambda row: row["country"]):
        rows = list(found)
        labels = {row["key"]: row["name"] for row in rows}
        kin = {frozenset((row["key"], row["parent"])) for row in rows if row["parent"]}
        for pair in find_alike((read_name(row["key"], row["text"]) for row in rows), _LEAST):
            keys = frozenset((pair.one.key, pair.other.key))
            if keys not in kin and shared[pair.one.key].isdisjoint(shared[pair.other.key]):
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


def _shared(reader: Reader) -> defaultdict[str, set[int]]:
    """Give by the keys of institutions which names each shares with others: a number for each name and country.

    Of a name that thousands share, there are millions of pairs.
    """
    shared: defaultdict[str, set[int]] = defaultdict(set)
    groups = groupby(find_shared_names(reader), lambda row: (row["place"], row["shared"]))
    for number, (_name, found) in enumerate(groups):
        for row in found:
            shared[row["key"]].add(number)
    return shared


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
