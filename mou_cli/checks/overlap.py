"""Agreements of the same parties and type whose terms surely overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.companion import find_companions
from mou_cli.checks.finding import Check, Finding, mention
from mou_cli.views.check_agreement import find_links, get_suspects
from mou_cli.views.document import batches
from mou_cli.vocabulary import Severity

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator
    from datetime import date

    from mou_cli.checks.companion import Companion
    from mou_cli.store.reader import Reader, Row


def _find(reader: Reader, today: date) -> Iterator[Finding]:
    tied: dict[str, set[str]] = {}
    for link in find_links(reader):
        tied.setdefault(link["agreement"], set()).add(link["target"])
        tied.setdefault(link["target"], set()).add(link["agreement"])
    for page in batches(_overlapping(find_companions(reader, today, _what_it_is), tied)):
        rows = get_suspects(reader, (key for keys in page for key in keys), today)
        for keys in page:
            yield Finding(
                Sentence("the same parties and type, in terms that overlap; none renews, amends or is under another"),
                tuple(mention(rows[key]) for key in keys),
                f"mou show {rows[keys[-1]]['ref']}",
            )


def _what_it_is(row: Row) -> Hashable:
    return row["type"], row["unit"], row["project"], *row["parties"]


def _overlapping(groups: Iterable[list[Companion]], tied: dict[str, set[str]]) -> Iterator[list[str]]:
    """Give the keys of agreements whose terms overlap, one with the next, but for those that are tied to one given."""
    for group in groups:
        certain = sorted((found.surely, found.key) for found in group if found.surely)
        together: list[str] = []
        until = ""
        for (first, last), key in certain:
            if first > until:
                yield from _untied(together, tied)
                together, until = [], last
            together.append(key)
            until = max(until, last)
        yield from _untied(together, tied)


def _untied(keys: list[str], tied: dict[str, set[str]]) -> Iterator[list[str]]:
    apart: list[str] = []
    for key in sorted(keys):
        if not tied.get(key, set()) & set(apart):
            apart.append(key)
    if len(apart) > 1:
        yield apart


OVERLAP = Check(
    "overlap",
    Severity.WARNING,
    Sentence(
        "Is one recorded twice? Else tie them, in a file: links: [{under: KEY}] (or renews, amends, supersedes); "
        "or record the unit or project of each."
    ),
    _find,
)
