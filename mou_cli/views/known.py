"""What the register has that begins as somebody has begun to type it: the values a shell can offer."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.rules.fold import fold
from mou_cli.rules.language import choose_text, decode_texts
from mou_cli.rules.naming import Candidate, begins_words, find_by_name
from mou_cli.rules.reference import begun_reference
from mou_cli.rules.strategy import code_sort_key
from mou_cli.views.choice import existing
from mou_cli.views.document import batches
from mou_cli.views.party import Parties
from mou_cli.views.query import Conditions, rows_of_lists, select_in
from mou_cli.views.reference import BY_REFERENCE, add_first, numbered_in
from mou_cli.views.value import find_values
from mou_cli.views.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mou_cli.store.reader import Reader, Row

# More than anybody reads, and as many as one page of keys may be.
MOST = 200
# Nothing is called by a longer name, and SQLite refuses patterns without end.
_LONGEST = 200
_PAST = "\U0010ffff"  # after every letter
_DIGITS = 4  # of the year in a reference


class Known(NamedTuple):
    """A value that a command understands, and what else tells a person which one it is.

    `also` is another name by which it was found, where the command understands that too, however it is spelled.
    """

    text: str
    told: str = ""
    also: str = ""


def known_values(reader: Reader, what: str, begun: str) -> list[Known]:
    """Give the register's own values of a thing in VALUES in which each word that is typed begins a word."""
    found = (value for value in find_values(reader, what) if is_begun(begun, value))
    return [Known(value) for value in islice(found, MOST)]


def is_begun(begun: str, text: str) -> bool:
    """Say whether each word that is typed begins a word of a text; what has no letter in it has to begin the text."""
    folded = fold(begun)
    return begins_words(folded, fold(text)) if folded else text.startswith(begun)


def known_strategy_codes(reader: Reader, begun: str) -> list[Known]:
    """Give the strategy codes that tasks serve, as far as they begin so."""
    sql = "SELECT DISTINCT code FROM task_strategy WHERE code >= :begun AND code < :past ORDER BY code NULLS LAST"
    codes = [row["code"] for row in reader.rows(sql, begun=begun, past=begun + _PAST)]
    return [Known(code) for code in sorted(codes, key=code_sort_key)[:MOST]]


def known_institutions(reader: Reader, begun: str, *, homes: bool = False) -> list[Known]:
    """Give the institutions with a name in which each word that is typed begins a word, or with a key that begins so.

    First come those whose name begins so, and none but those where several words are typed. The value is the name, or
    where that could be another's the key. It is told by which other name it was found, else under which key and in
    which country it stands.
    """
    if len(begun) > _LONGEST:
        return []
    folded = fold(begun)
    found: dict[str, Row] = {}
    home = "AND home = 1" if homes else ""
    for condition, parameters in _institutions(begun, folded):
        sql = f"""SELECT key, name, folded, country FROM institution WHERE {condition} {home}
            ORDER BY sort NULLS LAST, key LIMIT :most"""
        found |= {row["key"]: row for row in reader.rows(sql, **parameters, most=MOST) if row["key"] not in found}
        # Several words that begin a name are not looked for anywhere else.
        if len(found) >= MOST or (found and " " in folded):
            break
    rows = list(found.values())[:MOST]
    names = rows_of_lists(reader, "institution_name", "institution", [row["key"] for row in rows]) if rows else {}
    by_name = {row["key"]: _name(row, folded, names.get(row["key"], ())) for row in rows}
    ambiguous = _ambiguous(reader, {*(row["name"] for row in rows), *by_name.values()})
    return [_institution(row, by_name[row["key"]], ambiguous) for row in rows]


def _institutions(begun: str, folded: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Give the conditions under which an institution is offered, in the order in which they are."""
    if not begun.strip():
        yield "1 = 1", {}
        return
    if folded:
        yield "folded >= :folded AND folded < :past", {"folded": folded, "past": folded + _PAST}
        # Folded text has no per cent sign or underscore that could stand for something else.
        words = {f"word{n}": f"% {word}%" for n, word in enumerate(dict.fromkeys(folded.split()))}
        has_words = " AND ".join(f"' ' || folded LIKE :{parameter}" for parameter in words)
        yield (
            f"""key IN (SELECT key FROM institution WHERE {has_words}
                UNION ALL SELECT institution FROM institution_name WHERE {has_words})""",
            dict(words),
        )
    yield "key >= :begun AND key < :past", {"begun": begun, "past": begun + _PAST}


def _name(row: Row, folded: str, names: Iterable[Row]) -> str:
    """Give the name by which an institution was found, its own before others; empty where it was by none."""
    if not folded or begins_words(folded, row["folded"]):
        return str(row["name"])
    return next((name["text"] for name in names if begins_words(folded, name["folded"])), "")


def _ambiguous(reader: Reader, names: Iterable[str]) -> set[str]:
    """Give those of some names that would not surely be understood: another's name or key, or no word in it."""
    folds = {name: fold(name) for name in names}
    shared, keys = {""}, set()
    for page in batches(folds):
        chosen, parameters = select_in({folds[name] for name in page})
        sql = f"""SELECT folded FROM (SELECT folded, key FROM institution WHERE folded IN ({chosen})
            UNION SELECT folded, institution FROM institution_name WHERE folded IN ({chosen})) n
            GROUP BY folded HAVING count(*) > 1 ORDER BY folded NULLS LAST"""
        shared |= {row["folded"] for row in reader.rows(sql, **parameters)}
        keys |= existing(reader, "institution", page)
    return {name for name in folds if folds[name] in shared or name in keys}


def _institution(row: Row, name: str, ambiguous: set[str]) -> Known:
    label, country = row["name"], row["country"]
    also = name if name != label and name not in ambiguous else ""
    if label in ambiguous or not name:
        return Known(row["key"], _told(label, country), also)
    return Known(label, _told(row["key"] if name == label else name, country), also)


def _told(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def known_agreements(reader: Reader, begun: str) -> list[Known]:
    """Give the references and keys that begin so, or where none does the references of what has all the words.

    The latest come first. A title or the partners tell of each.
    """
    rows: dict[str, Row] = {}
    as_reference, parameters = _as_reference(begun)
    for row in _agreements(reader, f"WHERE {as_reference}", parameters):
        rows[row["key"]] = row | {"value": row["ref"]}
    if len(rows) < MOST:
        parameters = {"begun": begun, "past": begun + _PAST}
        for row in _agreements(reader, "WHERE a.key >= :begun AND a.key < :past", parameters):
            rows.setdefault(row["key"], row | {"value": row["key"]})
    if not rows and begun:
        rows = {row["key"]: row | {"value": row["ref"]} for row in _agreements_with(reader, begun)}
    chosen = list(rows.values())[:MOST]
    parties = Parties(reader, [row["key"] for row in chosen]) if chosen else None
    # A reference that is another agreement's key would be taken for that.
    keys = existing(reader, "agreement", [row["ref"] for row in chosen])
    values = (row["key"] if row["ref"] in keys else row["value"] for row in chosen)
    return [Known(value, _agreement(row, parties), row["key"]) for value, row in zip(values, chosen, strict=True)]


def _as_reference(begun: str) -> tuple[str, dict[str, object]]:
    """Give the condition that an agreement's reference begins so, or is the same number written otherwise."""
    year = begun.removesuffix("-")
    is_year = not year or (year.isascii() and year.isdecimal() and len(year) <= _DIGITS)
    if is_year and (year == begun or len(year) == _DIGITS):
        # Of a year there may be many: they are read from the latest on, by the index that has them in order.
        years = {"first": int(year.ljust(_DIGITS, "0")), "last": int(year.ljust(_DIGITS, "9"))}
        return "a.ref_year >= :first AND a.ref_year <= :last", dict(years)
    numbered = begun_reference(begun)
    return numbered_in(*numbered) if numbered else ("1 = 0", {})


def _agreements_with(reader: Reader, text: str) -> Iterable[Row]:
    """Give the latest agreements that have all the words."""
    words, conditions = Words(reader, text), Conditions()
    if words.are_common("agreement"):
        words.add(conditions, "agreement", "a.key", in_order=True)
        are_more = add_first(conditions, reader, latest=True)
        page = list(_agreements(reader, conditions.where, conditions.parameters, BY_REFERENCE))
        if len(page) == MOST or not are_more:
            return page
        conditions = Conditions()
    words.add(conditions, "agreement", "a.key")
    return _agreements(reader, conditions.where, conditions.parameters)


def _agreements(
    reader: Reader, where: str, parameters: dict[str, object], source: str = "agreement a"
) -> Iterable[Row]:
    # Neither is ever unknown. To be told where the unknown stands would keep a server from the order of its index.
    sql = f"""SELECT a.key, a.ref, a.title FROM {source} {where}
        ORDER BY a.ref_year DESC, a.ref_number DESC LIMIT :most"""
    return reader.rows(sql, **parameters, most=MOST)


def _agreement(row: Row, parties: Parties | None) -> str:
    title = choose_text(decode_texts(row["title"]))
    if title or parties is None:
        return title or ""
    partners, _homes = parties.seen_from(row["key"])
    return "; ".join(partner["name"] for partner in partners)


def known_records(reader: Reader, noun: str, begun: str, language: str) -> list[Known]:
    """Give the keys of the events or plans that begin so, or whose name has the words; their name tells of each."""
    column, also = {"event": ("name", "held"), "plan": ("title", "year")}[noun]
    sql = f"SELECT key, {column} AS texts, {also} AS also FROM {noun} ORDER BY key NULLS LAST"
    rows = [(row, decode_texts(row["texts"]) or "") for row in reader.rows(sql)]
    times = Counter(fold(each) for _row, texts in rows for each in {*_versions(texts)})
    found = []
    for row, texts in rows:
        called = next((each for each in _versions(texts) if is_begun(begun, each)), None)
        if called is not None or row["key"].startswith(begun):
            also = called if called and times[fold(called)] == 1 else ""
            found.append(Known(row["key"], _told(choose_text(texts, (language,)), row["also"]), also))
    return found[:MOST]


def _versions(texts: str | dict[str, str]) -> Iterable[str]:
    return texts.values() if isinstance(texts, dict) else (texts,)


def known_tasks(reader: Reader, begun: str, plan: str | None = None) -> list[Known]:
    """Give the numbers of tasks that begin so, or whose text has the words: of a plan by its name, or of the open ones.

    The value is the task's key where that is what is typed, or where several open plans have the number. The text
    tells of each.
    """
    conditions = Conditions()
    if plan is None:
        conditions.add("p.status = 'open'")
    else:
        conditions.add_one_of("t.plan", "plan", [*_plans(reader, plan), ""])
    sql = f"""SELECT t.key, t.number, t.text, p.language FROM task t JOIN plan p ON p.key = t.plan
        {conditions.where} ORDER BY t.plan NULLS LAST, t.number_sort NULLS LAST, t.key"""
    rows = list(reader.rows(sql, **conditions.parameters))
    times = Counter(row["number"] for row in rows)
    return list(islice((each for row in rows if (each := _task(row, begun, times, alone=plan is None))), MOST))


def _plans(reader: Reader, text: str) -> list[str]:
    candidates = [
        Candidate(row["key"], tuple(_versions(decode_texts(row["title"]) or "")))
        for row in reader.rows("SELECT key, title FROM plan ORDER BY key NULLS LAST")
    ]
    return find_by_name(text, candidates)


def _task(row: Row, begun: str, times: Counter[str], *, alone: bool) -> Known | None:
    """Give a task if it is meant. Where the plan is named already, `alone` False, a key would name it twice."""
    key, number = row["key"], row["number"]
    told = choose_text(decode_texts(row["text"]), filter(None, [row["language"]])) or ""
    if number.startswith(begun) or is_begun(begun, told):
        return Known(number if times[number] == 1 else key, told)
    return Known(key, told) if alone and key.startswith(begun) else None
