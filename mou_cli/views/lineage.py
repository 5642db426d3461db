"""The lineage of an agreement: what it is under, amends, supersedes or renews, and what does so to it, all the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.rules.date import first_day
from mou_cli.rules.language import choose_text, decode_texts
from mou_cli.views.document import batches
from mou_cli.views.query import select_in
from mou_cli.views.terms import STANDING, span_source, with_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row


def find_linked(reader: Reader, key: str, kind: str) -> set[str]:
    """Give the agreements that an agreement has links of a kind to, directly or through others."""
    found: set[str] = set()
    keys = {key}
    while keys := _targets(reader, keys, kind) - found:
        found |= keys
    return found


def _targets(reader: Reader, keys: Iterable[str], kind: str) -> set[str]:
    return {row["target"] for row in _links(reader, keys, "agreement") if row["kind"] == kind}


def get_lineage(reader: Reader, key: str, today: date) -> list[Row]:
    """Give the lineage of an agreement as a tree, line by line from the root, or nothing where it has no links.

    `depth` says how far a line stands in, `link` how the agreement stands to the one above that is one step less in.
    What was told before, as happens where links go round in a circle, is told again without what stands below it.
    """
    above, below = _walk(reader, key, up=True), _walk(reader, key, up=False)
    if not above and not below:
        return []
    links = dict.fromkeys((*above, *below))
    rows = _rows(reader, {key, *(end for one, _link, other in links for end in (one, other))}, today)
    order = {each: place for place, each in enumerate(rows)}
    children: dict[str, list[tuple[str, str]]] = {}
    for one, link, other in sorted(links, key=lambda each: order[each[0]]):
        children.setdefault(other, []).append((one, link))
    linking = {one for one, _link, _other in above}
    roots = [other for _one, _link, other in above if other not in linking] or [key]
    # Where links go round in a circle, no root may lead there.
    lines: list[Row] = []
    for root in (*sorted(dict.fromkeys(roots), key=order.__getitem__), *order):
        if all(line["key"] != root for line in lines):
            lines += _tree(root, children, rows, key, {line["key"] for line in lines})
    return lines


def _tree(
    root: str, children: dict[str, list[tuple[str, str]]], rows: dict[str, Row], key: str, told: set[str]
) -> Iterator[Row]:
    """Give the lines of the tree below a root, which `told` keeps."""
    stack: list[tuple[str, str | None, int]] = [(root, None, 0)]
    while stack:
        each, link, depth = stack.pop()
        is_again = each in told
        yield {"depth": depth, "link": link, **rows[each], "is_this": each == key, "is_again": is_again}
        told.add(each)
        if not is_again:
            stack += [(one, how, depth + 1) for one, how in reversed(children.get(each, ()))]


def _walk(reader: Reader, key: str, *, up: bool) -> list[tuple[str, str, str]]:
    """Follow the links to an agreement, or with `up` those that it has, step by step: which has one, how, to which."""
    here, there = ("agreement", "target") if up else ("target", "agreement")
    seen, found, keys = {key}, [], {key}
    while keys:
        rows = list(_links(reader, keys, here))
        found += [(row["agreement"], row["kind"], row["target"]) for row in rows]
        keys = {row[there] for row in rows} - seen
        seen |= keys
    return found


def _links(reader: Reader, keys: Iterable[str], end: str) -> Iterator[Row]:
    for page in batches(sorted(keys)):
        chosen, parameters = select_in(page)
        sql = f"""SELECT agreement, kind, target FROM agreement_link WHERE {end} IN ({chosen})
            ORDER BY agreement NULLS LAST, ordinal"""
        yield from reader.rows(sql, **parameters)


def _rows(reader: Reader, keys: Iterable[str], today: date) -> dict[str, Row]:
    """Give what the tree shows of each agreement, in the order of the references."""
    found: list[Row] = []
    source = with_spans(span_source(reader, today))
    for page in batches(sorted(keys)):
        chosen, parameters = select_in(page)
        sql = f"""SELECT a.key, a.ref, a.ref_year, a.ref_number, a.title, a.type, s.status, a.signed, a.starts,
            s.ends_on
            FROM {source} WHERE a.key IN ({chosen}) AND {STANDING} ORDER BY a.key NULLS LAST"""
        found += reader.rows(sql, today=today.isoformat(), **parameters)
    found.sort(key=lambda row: (row["ref_year"], row["ref_number"]))
    return {row["key"]: _row(row) for row in found}


def _row(row: Row) -> Row:
    texts = decode_texts(row["title"])
    return {
        **{name: row[name] for name in ("key", "ref")},
        "title": choose_text(texts),
        "texts": {"title": texts} if isinstance(texts, dict) else {},
        **{name: row[name] for name in ("type", "status")},
        "starts_on": first_day(row["starts"], row["signed"]) or row["signed"],
        "ends_on": row["ends_on"],
    }
