"""Agreements of the same parties and type whose terms surely overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import Sentence
from mou_cli.checks.companion import find_companions
from mou_cli.checks.finding import Check, Finding, mention
from mou_cli.rules.date import interval
from mou_cli.rules.term import OPEN, SIGNED
from mou_cli.views.check_agreement import find_links, get_suspects
from mou_cli.views.document import batches
from mou_cli.vocabulary import Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row

_RUNNING = {Status.ACTIVE, Status.IN_NOTICE}


def _find(reader: Reader, today: date) -> Iterator[Finding]:
    companions = find_companions(reader, lambda row: (row["type"], row["unit"], row["project"], *row["parties"]))
    if not companions:
        return
    tied = {frozenset((link["agreement"], link["target"])) for link in find_links(reader)}
    for page in batches(sorted(companions)):
        near = get_suspects(reader, {*page, *(key for each in page for key in companions[each])}, today)
        for one in page:
            for other in companions[one]:
                if one < other and frozenset((one, other)) not in tied and _surely_overlap(near[one], near[other]):
                    yield _finding(near[one], near[other])


def _finding(one: Row, other: Row) -> Finding:
    return Finding(
        Sentence("the same parties and type, in terms that overlap; neither renews, amends or is under the other"),
        (mention(one), mention(other)),
        f"mou show {other['ref']}",
    )


def _surely_overlap(one: Row, other: Row) -> bool:
    first, second = _certain(one), _certain(other)
    return first is not None and second is not None and first[0] <= second[1] and second[0] <= first[1]


def _certain(row: Row) -> tuple[str, str] | None:
    """Give the days of its term that are certain; what runs on the day asked is as good as begun by then."""
    if row["status"] not in _RUNNING and row["status"] != Status.FUTURE:
        return None
    starts = row["signed"] if row["starts"] == SIGNED else row["starts"]
    known = interval(starts) if starts else None
    last = "9999" if row["ends_why"] == OPEN else row["ends_from"]
    if last is None:
        return None
    if row["status"] in _RUNNING:
        return "0000", last
    return (known[1].isoformat(), last) if known else None


OVERLAP = Check(
    "overlap",
    Severity.WARNING,
    Sentence(
        "One may be recorded twice, or should be tied to the other: in a file, links: [{renews: REF}], or amends, "
        "supersedes, under. Where unit or project tell them apart, record these.",
    ),
    _find,
)
