"""Finding by words in all nouns at once."""

from __future__ import annotations

from heapq import nsmallest
from itertools import islice
from typing import TYPE_CHECKING

from mou_cli.rules.fold import sort_key
from mou_cli.rules.language import choose_text, decode_texts
from mou_cli.store.search import matching, words_of
from mou_cli.views.agreement_filter import AgreementFilter, agreement_conditions, agreement_source
from mou_cli.views.document import batches
from mou_cli.views.party import Parties
from mou_cli.views.query import Conditions
from mou_cli.views.words import add_words
from mou_cli.vocabulary import AGREEMENT_TYPES, PARTNER_TYPES, STATUSES, TASK_STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row
    from mou_cli.vocabulary import CodeList


def find_anything(
    reader: Reader, words: str, today: date, limit: int | None = None, language: str | None = None
) -> Iterator[Row]:
    """Give the records of every noun that have all the words: {noun, key, ref, label, detail}.

    They come noun by noun, in each by label. `label` is what a person calls the record, `detail` what tells it from
    others of that name, in codes or, in a language, in words; only agreements have a `ref`. How these stand is told
    for `today`.
    """
    return islice(_found(reader, words, today, limit, language), limit)


def count_anything(reader: Reader, words: str | None) -> int:
    """Count the records of every noun that have all the words; all there are for None."""
    if words is None:
        return sum(next(iter(reader.rows(f"SELECT count(*) AS n FROM {noun}")))["n"] for noun in _NOUNS)
    query = words_of(reader.dialect, words)
    if query is None:
        return 0
    sql = f"SELECT count(*) AS n FROM search_text WHERE {matching(reader.dialect, 'id', 'words')}"
    return int(next(iter(reader.rows(sql, words=query)))["n"])


def _found(
    reader: Reader, words: str, today: date, limit: int | None = None, language: str | None = None
) -> Iterator[Row]:
    for noun, find in _NOUNS.items():
        rows = ({"noun": noun, "ref": None, **row} for row in find(reader, words, today, language))
        # Labels are made here, so they are put in order here; with a limit no more than that many are held.
        found = sorted(rows, key=_order) if limit is None else nsmallest(limit, rows, key=_order)
        for row in found:
            yield {name: row[name] for name in ("noun", "key", "ref", "label", "detail")}


def _order(row: Row) -> tuple[str, str]:
    return sort_key(row["label"]), row["key"]


def _told(*parts: object) -> str | None:
    return ", ".join(str(part) for part in parts if part is not None) or None


def _label(codes: CodeList, code: str | None, language: str | None) -> str | None:
    return codes.label(code, language) if code and language else code


def _country(code: str | None, language: str | None) -> str | None:
    if not code or not language:
        return code
    from mou_cli.rules.country import country_name

    return country_name(code, language)


def _institutions(reader: Reader, words: str, _today: date, language: str | None) -> Iterator[Row]:
    conditions = Conditions()
    add_words(conditions, reader, "institution", "i.key", words)
    sql = f"SELECT i.key, i.name, i.type, i.city, i.country, i.territory FROM institution i {conditions.where}"
    for row in reader.rows(sql, **conditions.parameters):
        detail = _told(
            _label(PARTNER_TYPES, row["type"], language),
            row["city"],
            row["territory"] or _country(row["country"], language),
        )
        yield {"key": row["key"], "label": row["name"], "detail": detail}


def _agreements(reader: Reader, words: str, today: date, language: str | None) -> Iterator[Row]:
    conditions = agreement_conditions(reader, AgreementFilter(words=words), today)
    sql = f"SELECT a.key, a.ref, a.title, a.type, s.status FROM {agreement_source(reader, today)} {conditions.where}"
    for page in batches(reader.rows(sql, **conditions.parameters)):
        parties = Parties(reader, [row["key"] for row in page])
        for row in page:
            partners, _ = parties.seen_from(row["key"])
            names = "; ".join(partner["name"] for partner in partners)
            title = choose_text(decode_texts(row["title"]))
            standing = _label(AGREEMENT_TYPES, row["type"], language), _label(STATUSES, row["status"], language)
            detail = _told(*standing, names if title else None)
            yield {"key": row["key"], "ref": row["ref"], "label": title or names or row["ref"], "detail": detail}


def _events(reader: Reader, words: str, _today: date, _language: str | None) -> Iterator[Row]:
    conditions = Conditions()
    add_words(conditions, reader, "event", "e.key", words)
    sql = f"""SELECT e.key, e.name, e.held, e.place, h.name AS host
        FROM event e LEFT JOIN institution h ON h.key = e.host {conditions.where}"""
    for row in reader.rows(sql, **conditions.parameters):
        label = choose_text(decode_texts(row["name"]))
        yield {"key": row["key"], "label": label, "detail": _told(row["held"], row["place"] or row["host"])}


def _plans(reader: Reader, words: str, _today: date, _language: str | None) -> Iterator[Row]:
    conditions = Conditions()
    add_words(conditions, reader, "plan", "p.key", words)
    sql = f"""SELECT p.key, p.title, p.year, p.unit, p.language, o.name AS owner
        FROM plan p JOIN institution o ON o.key = p.owner {conditions.where}"""
    for row in reader.rows(sql, **conditions.parameters):
        label = choose_text(decode_texts(row["title"]), filter(None, [row["language"]]))
        yield {"key": row["key"], "label": label or row["key"], "detail": _told(row["year"], row["unit"], row["owner"])}


def _tasks(reader: Reader, words: str, _today: date, language: str | None) -> Iterator[Row]:
    conditions = Conditions()
    add_words(conditions, reader, "task", "t.key", words)
    sql = f"""SELECT t.key, t.text, t.timing, t.status, t.year, p.language
        FROM task t JOIN plan p ON p.key = t.plan {conditions.where}"""
    for row in reader.rows(sql, **conditions.parameters):
        label = choose_text(decode_texts(row["text"]), filter(None, [row["language"]]))
        status = _label(TASK_STATUSES, row["status"], language)
        yield {"key": row["key"], "label": label, "detail": _told(row["year"], row["timing"], status)}


_NOUNS: dict[str, Callable[[Reader, str, date, str | None], Iterator[Row]]] = {
    "institution": _institutions,
    "agreement": _agreements,
    "event": _events,
    "plan": _plans,
    "task": _tasks,
}
