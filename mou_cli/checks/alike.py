"""Institutions that have the same name in the same country, or the same identifier."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.finding import Check, Finding, Mention
from mou_cli.views.check_institution import find_shared_identifiers, find_shared_names
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row


def _find(reader: Reader, _today: date) -> Iterator[Finding]:
    told: set[frozenset[str]] = set()
    for (scheme, _shared), found in groupby(
        find_shared_identifiers(reader), lambda row: (row["scheme"], row["shared"])
    ):
        rows = _kin_apart(list(found))
        text = rows[0]["text"] if rows else ""
        sentence = Sentence("the same identifier, {scheme} {text}", scheme=scheme, text=text)
        yield from _once(rows, sentence, told)
    for _place, found in groupby(find_shared_names(reader), lambda row: (row["place"], row["shared"])):
        rows = _kin_apart(list(found))
        sentence = Sentence("the same name in the same country, {name}", name=rows[0]["text"] if rows else "")
        yield from _once(rows, sentence, told)


def _kin_apart(rows: list[Row]) -> list[Row]:
    """Leave out who belongs to another of them: a faculty has its university's identifier, and often its name."""
    keys = {row["key"] for row in rows}
    return [row for row in rows if row["parent"] not in keys]


def _once(rows: list[Row], sentence: Sentence, told: set[frozenset[str]]) -> Iterator[Finding]:
    named = {row["key"]: Mention("institution", row["key"], row["name"]) for row in rows}
    keys = frozenset(named)
    if len(keys) > 1 and not any(keys <= others for others in told):
        told.add(keys)
        yield Finding(sentence, tuple(named.values()), f"mou partner merge {' '.join(named)} --dry-run")


ALIKE = Check(
    "alike",
    Severity.WARNING,
    Sentence("Look at both. If they are one, merge them; if they are two, accept this, or tell their names apart."),
    _find,
)
