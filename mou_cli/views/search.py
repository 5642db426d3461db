"""Finding by words in all nouns at once."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from mou_cli.rules.fold import fold, sort_key
from mou_cli.rules.language import choose_text, decode_texts
from mou_cli.views.agreement import find_agreements
from mou_cli.views.agreement_filter import AgreementFilter
from mou_cli.views.query import Conditions
from mou_cli.views.words import Words
from mou_cli.vocabulary import AGREEMENT_TYPES, PARTNER_TYPES, STATUSES, TASK_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row
    from mou_cli.vocabulary import CodeList

# That an institution has this for one of its names.
_IS_CALLED: Final = "(i.folded = :called OR i.key IN (SELECT institution FROM institution_name WHERE folded = :called))"
_OF_AGREEMENT = ("key", "ref", "title", "type", "status", "partners")
# Neither is ever unknown. To be told where the unknown stands would keep SQLite from the order of the index.
_BY_PLAN: Final = "t.plan, t.number_sort, t.key"
_OF_TASK: Final = """t.key, t.text, t.timing, t.status, t.year, p.language
    FROM task t {index} JOIN plan p ON p.key = t.plan"""
# How many of the first tasks are looked through for a page.
_AMONG = 10_000


class _Search(NamedTuple):
    """What is searched for, how many records are wanted, and the day and language in which they are told of."""

    reader: Reader
    words: Words
    limit: int | None
    today: date
    language: str | None


class _Find(Protocol):
    """Finds the records of a noun that have the words; with `called` those that are called so, and nothing more."""

    def __call__(self, search: _Search, *, called: bool) -> Iterator[Row]: ...


def find_anything(
    reader: Reader, words: str, today: date, limit: int | None = None, language: str | None = None
) -> Iterator[Row]:
    """Give the records of every noun that have all the words: {noun, key, ref, label, detail}, streamed.

    They come noun by noun, of institutions, agreements and events first those that are called exactly so. Institutions
    are in the order of their names, tasks in that of their plans; of agreements by their references, events by their
    days and plans by their years the latest come first. `label` is what a person calls the record, `detail` what tells
    it from others of that name, in codes or, in a language, in words; only agreements have a `ref`. How these stand is
    told for `today`.
    """
    search = _Search(reader, Words(reader, words), limit, today, language)
    if search.words.are_none:
        return
    given = 0
    for noun, find in _NOUNS.items():
        left = None if limit is None else limit - given
        for row in islice(_found(find, search._replace(limit=left)), left):
            given += 1
            yield {
                "noun": noun,
                "key": row["key"],
                "ref": row.get("ref"),
                "label": row["label"],
                "detail": row["detail"],
            }


def count_anything(reader: Reader, words: str | None) -> int:
    """Count the records of every noun that have all the words; all there are for None."""
    if words is None:
        return sum(next(iter(reader.rows(f"SELECT count(*) AS n FROM {noun}")))["n"] for noun in _NOUNS)
    return Words(reader, words).count_all()


def _found(find: _Find, search: _Search) -> Iterator[Row]:
    called = list(find(search, called=True))
    yield from called
    keys = {row["key"] for row in called}
    yield from (row for row in find(search, called=False) if row["key"] not in keys)


def _told(*parts: object) -> str | None:
    return ", ".join(str(part) for part in parts if part is not None) or None


def _label(codes: CodeList, code: str | None, language: str | None) -> str | None:
    return codes.label(code, language) if code and language else code


def _country(code: str | None, language: str | None) -> str | None:
    if not code or not language:
        return code
    from mou_cli.rules.country import country_name

    return country_name(code, language)


def _institutions(search: _Search, *, called: bool) -> Iterator[Row]:
    conditions = Conditions()
    if called:
        conditions.add(_IS_CALLED, called=fold(search.words.text))
    else:
        search.words.add(conditions, "institution", "i.key")
    where = _ordered(conditions, "i.sort NULLS LAST, i.key", search.limit)
    sql = f"SELECT i.key, i.name, i.type, i.city, i.country, i.territory FROM institution i {where}"
    for row in search.reader.rows(sql, **conditions.parameters):
        detail = _told(
            _label(PARTNER_TYPES, row["type"], search.language),
            row["city"],
            row["territory"] or _country(row["country"], search.language),
        )
        yield {"key": row["key"], "label": row["name"], "detail": detail}


def _agreements(search: _Search, *, called: bool) -> Iterator[Row]:
    text, language = search.words.text, search.language
    wanted = AgreementFilter(title=text) if called else AgreementFilter(words=text)
    for row in find_agreements(search.reader, wanted, search.today, "-ref", search.limit, keys=_OF_AGREEMENT):
        title, names = row["title"], "; ".join(partner["name"] for partner in row["partners"])
        if called and fold(title) != fold(text):
            continue
        standing = _label(AGREEMENT_TYPES, row["type"], language), _label(STATUSES, row["status"], language)
        detail = _told(*standing, names if title else None)
        yield {"key": row["key"], "ref": row["ref"], "label": title or names or row["ref"], "detail": detail}


def _events(search: _Search, *, called: bool) -> Iterator[Row]:
    conditions = Conditions()
    if called:
        conditions.add("e.sort = :called", called=sort_key(search.words.text))
    else:
        search.words.add(conditions, "event", "e.key")
    where = _ordered(conditions, "e.held_from DESC NULLS LAST, e.key", search.limit)
    sql = f"""SELECT e.key, e.name, e.held, e.place, h.name AS host
        FROM event e LEFT JOIN institution h ON h.key = e.host {where}"""
    for row in search.reader.rows(sql, **conditions.parameters):
        label = choose_text(decode_texts(row["name"])) or ""
        if not called or fold(label) == fold(search.words.text):
            yield {"key": row["key"], "label": label, "detail": _told(row["held"], row["place"] or row["host"])}


def _plans(search: _Search, *, called: bool) -> Iterator[Row]:
    if called:
        return
    conditions = Conditions()
    search.words.add(conditions, "plan", "p.key")
    where = _ordered(conditions, "p.year DESC NULLS LAST, p.key", search.limit)
    sql = f"""SELECT p.key, p.title, p.year, p.unit, p.language, o.name AS owner
        FROM plan p JOIN institution o ON o.key = p.owner {where}"""
    for row in search.reader.rows(sql, **conditions.parameters):
        label = choose_text(decode_texts(row["title"]), filter(None, [row["language"]]))
        yield {"key": row["key"], "label": label or row["key"], "detail": _told(row["year"], row["unit"], row["owner"])}


def _tasks(search: _Search, *, called: bool) -> Iterator[Row]:
    if called:
        return
    rows = _first_tasks(search)
    for row in _all_tasks(search) if rows is None else rows:
        label = choose_text(decode_texts(row["text"]), filter(None, [row["language"]]))
        status = _label(TASK_STATUSES, row["status"], search.language)
        yield {"key": row["key"], "label": label, "detail": _told(row["year"], row["timing"], status)}


def _first_tasks(search: _Search) -> list[Row] | None:
    """Give a page that is whole with what the first few tasks have; None where not, or where the words are not common.

    To find all of half a million that have the words, and then put them in order, takes far longer.
    """
    if search.limit is None or not search.words.are_common("task"):
        return None
    conditions = Conditions()
    search.words.add(conditions, "task", "t.key", in_order=True)
    farthest = next(search.reader.rows(f"SELECT plan FROM task ORDER BY plan LIMIT 1 OFFSET {_AMONG}"), None)
    if farthest:
        conditions.add("t.plan < :plan", **farthest)
    sql = f"SELECT {_OF_TASK.format(index='INDEXED BY ix_task_plan')} {_ordered(conditions, _BY_PLAN, search.limit)}"
    page = list(search.reader.rows(sql, **conditions.parameters))
    return page if len(page) == search.limit or not farthest else None


def _all_tasks(search: _Search) -> Iterator[Row]:
    conditions = Conditions()
    search.words.add(conditions, "task", "t.key")
    chosen = _ordered(conditions, _BY_PLAN, search.limit)
    if search.limit is not None:
        # What is to be put in order has no more than its keys; only those that are shown are fetched whole.
        chosen = f"WHERE t.key IN (SELECT t.key FROM task t {chosen}) ORDER BY {_BY_PLAN}"
    return search.reader.rows(f"SELECT {_OF_TASK.format(index='')} {chosen}", **conditions.parameters)


def _ordered(conditions: Conditions, order: str, limit: int | None) -> str:
    """Give what narrows, orders and limits rows, the last as a parameter."""
    if limit is None:
        return f"{conditions.where} ORDER BY {order}"
    conditions.parameters["limit"] = limit
    return f"{conditions.where} ORDER BY {order} LIMIT :limit"


_NOUNS: Final[dict[str, _Find]] = {
    "institution": _institutions,
    "agreement": _agreements,
    "event": _events,
    "plan": _plans,
    "task": _tasks,
}
