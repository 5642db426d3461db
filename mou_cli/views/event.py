"""Events as rows: what was declared at them beside what the register holds of it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from mou_cli.rules.fold import fold
from mou_cli.rules.language import choose_text, decode_texts
from mou_cli.views.document import batches
from mou_cli.views.public import PUBLIC
from mou_cli.views.query import Conditions, counted, select_in
from mou_cli.views.task import list_by_language
from mou_cli.views.words import add_words
from mou_cli.vocabulary import AGREEMENT_TYPES, PARTNER_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row

_HOST = ("key", "name", "country", "territory", "type")
_FIELDS = f"""e.key, e.name, e.held, e.place, e.declared, e.topics, e.note, e.source,
    {", ".join(f"h.{name} AS host_{name}" for name in _HOST)}"""
SORTS = {
    "held": "e.held_from {way} NULLS LAST, e.sort NULLS LAST",
    "name": "e.sort {way} NULLS LAST",
    "key": "e.key {way} NULLS LAST",
}
UNKNOWN = {"held": "e.held_from IS NULL"}
# What is counted at every event, whatever was declared.
_COUNTED = ("memoranda", "agreements", "universities")


@dataclass(frozen=True)
class EventFilter:
    """What events are asked for; everything said narrows.

    Days are inclusive. A date known only to the month or year matches where it may fall inside, one without a year
    never does. `unknown` are names of UNKNOWN. `institution` held it or had people there. With
    `public` only those that may be published.
    """

    key: str | None = None
    host: str | None = None
    institution: str | None = None
    held_from: date | None = None
    held_to: date | None = None
    unknown: tuple[str, ...] = ()
    public: bool = False
    words: str | None = None


def count_events(reader: Reader, wanted: EventFilter) -> int:
    """Count the events that are asked for."""
    conditions = _conditions(reader, wanted)
    return counted(reader, "event e", conditions)


def find_events(reader: Reader, wanted: EventFilter, sort: str = "held", limit: int | None = None) -> Iterator[Row]:
    """Give the events that are asked for, streamed.

    `sort` is a name of SORTS, with a dash before it for the other way round; the unknown comes last either way.
    `recorded` has every kind of thing that was declared, and memoranda, agreements and universities: agreements with
    this event by their type, parties of these agreements by theirs, each once; 0 for what the register cannot count.
    """
    conditions = _conditions(reader, wanted)
    ordered = conditions.ordered(SORTS, sort, "e.key", limit)
    sql = f"""SELECT {_FIELDS} FROM event e LEFT JOIN institution h ON h.key = e.host {conditions.where}
        {ordered}"""
    for page in batches(reader.rows(sql, **conditions.parameters)):
        yield from _complete(reader, page)


def _conditions(reader: Reader, wanted: EventFilter) -> Conditions:
    conditions = Conditions()
    if wanted.key is not None:
        conditions.add("e.key = :key", key=wanted.key)
    if wanted.host is not None:
        conditions.add("e.host = :host", host=wanted.host)
    if wanted.institution is not None:
        there = "SELECT event FROM event_person WHERE party = :institution"
        conditions.add(f"(e.host = :institution OR e.key IN ({there}))", institution=wanted.institution)
    if wanted.held_from is not None:
        conditions.add("e.held_to >= :held_from", held_from=wanted.held_from.isoformat())
    if wanted.held_to is not None:
        conditions.add("e.held_from <= :held_to", held_to=wanted.held_to.isoformat())
    for name in wanted.unknown:
        conditions.add(UNKNOWN[name])
    if wanted.public:
        conditions.add(f"e.key IN ({PUBLIC['event']})")
    add_words(conditions, reader, "event", "e.key", wanted.words)
    return conditions


def _complete(reader: Reader, page: list[Row]) -> Iterator[Row]:
    chosen, parameters = select_in(row["key"] for row in page)
    sql = f"SELECT * FROM event_person WHERE event IN ({chosen}) ORDER BY event NULLS LAST, ordinal"
    people: dict[str, list[Row]] = {}
    for person in reader.rows(sql, **parameters):
        people.setdefault(person["event"], []).append(person)
    agreements = _agreements_by_type(reader, chosen, parameters)
    parties = _parties_by_type(reader, chosen, parameters)
    for row in page:
        key = row["key"]
        recorded = _Recorded(agreements.get(key, Counter()), parties.get(key, Counter()))
        yield _shown(row, people.get(key, []), recorded)


def _shown(row: Row, people: list[Row], recorded: _Recorded) -> Row:
    texts = {name: decode_texts(row[name]) for name in ("name", "note")}
    topics = json.loads(row["topics"]) if row["topics"] else []
    declared = json.loads(row["declared"]) if row["declared"] else {}
    by_language = list_by_language(topics)
    return {
        "key": row["key"],
        "name": choose_text(texts["name"]),
        "held_on": row["held"],
        "place": row["place"],
        "host": {name: row[f"host_{name}"] for name in _HOST} if row["host_key"] else None,
        "declared": declared,
        "recorded": {kind: recorded.count(kind) for kind in dict.fromkeys((*declared, *_COUNTED))},
        "topics": [choose_text(topic) for topic in topics],
        "people": [_person(person) for person in people],
        "note": choose_text(texts["note"]),
        "texts": {name: text for name, text in texts.items() if isinstance(text, dict)}
        | ({"topics": by_language} if by_language else {}),
        "source": json.loads(row["source"]) if row["source"] else None,
    }


def _person(person: Row) -> Row:
    position = decode_texts(person["position"])
    return {
        "name": person["name"],
        "names": json.loads(person["names"]) if person["names"] else {},
        "role": person["role"],
        "position": choose_text(position),
        "party": person["party"],
        "texts": {"position": position} if isinstance(position, dict) else {},
    }


@dataclass(frozen=True)
class _Recorded:
    """What the register holds of an event: numbers of agreements, and of their parties, by type."""

    agreements: Counter[str]
    parties: Counter[str]

    def count(self, kind: str) -> int:
        """Give the number of things of a kind as people call it; 0 for one that means nothing to the register."""
        if fold(kind) == "agreements":
            return self.agreements.total()
        agreement, party = _kinds().get(fold(kind), ("", ""))
        return self.agreements[agreement] + self.parties[party]


def _agreements_by_type(reader: Reader, chosen: str, parameters: Row) -> dict[str, Counter[str]]:
    sql = f"""SELECT event, type, count(*) AS n FROM agreement WHERE event IN ({chosen})
        GROUP BY event, type"""
    return _numbers(reader.rows(sql, **parameters))


def _parties_by_type(reader: Reader, chosen: str, parameters: Row) -> dict[str, Counter[str]]:
    sql = f"""SELECT a.event, i.type, count(DISTINCT i.key) AS n FROM agreement a
        JOIN agreement_party p ON p.agreement = a.key JOIN institution i ON i.key = p.institution
        WHERE a.event IN ({chosen}) AND i.type IS NOT NULL GROUP BY a.event, i.type"""
    return _numbers(reader.rows(sql, **parameters))


def _numbers(rows: Iterator[Row]) -> dict[str, Counter[str]]:
    numbers: dict[str, Counter[str]] = {}
    for row in rows:
        numbers.setdefault(row["event"], Counter())[row["type"]] = row["n"]
    return numbers


@cache
def _kinds() -> dict[str, tuple[str, str]]:
    """Give the type of agreement, or of party, for its folded code and English label, in the singular and plural."""
    kinds: dict[str, tuple[str, str]] = {}
    for codes, is_agreement in ((AGREEMENT_TYPES, True), (PARTNER_TYPES, False)):
        for code in codes.codes:
            for name in (fold(code), fold(codes.label(code))):
                kinds.update(dict.fromkeys((name, *_plurals(name)), (code, "") if is_agreement else ("", code)))
    return kinds


def _plurals(name: str) -> tuple[str, ...]:
    head, of, rest = name.partition(" of ")
    if head.endswith("um"):
        return head[:-2] + "a" + of + rest, head + "s" + of + rest
    return ((head[:-1] + "ies" if head.endswith("y") else head + "s") + of + rest,)
