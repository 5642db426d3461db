"""Agreements in an order: put in it once all are found, or gone through in it until a page is whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from mou_cli.views.agreement_filter import (
    ENDS_ABOUT_THEN,
    ENDS_ON_A_DAY,
    AgreementFilter,
    agreement_conditions,
    counting_source,
)
from mou_cli.views.reference import BY_REFERENCE, add_first
from mou_cli.views.terms import SPANS, with_spans
from mou_cli.views.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.store.reader import Reader, Row
    from mou_cli.views.query import Conditions

# Nothing longer is a page.
PAGE = 200
# How many of the first ends are looked through for a page.
_AMONG = 10_000


@dataclass(frozen=True)
class Asked:
    """Which agreements are asked for, as they stand on a day: how many at most, from which spans, and what of each."""

    reader: Reader
    wanted: AgreementFilter
    today: date
    limit: int | None
    spans: str
    fields: str

    @cached_property
    def may_soon_be_whole(self) -> bool:
        """Whether so many agreements may have what is asked that a page is whole with some of the first.

        To find all of a hundred thousand, and then put them in order, takes far longer. A server knows by itself how
        many have what is asked, and which way is the shorter one.
        """
        if self.limit is None or self.limit > PAGE or self.reader.dialect != "sqlite" or self.spans != SPANS:
            return False
        wanted = self.wanted
        if any((wanted.key, wanted.title, wanted.partners, wanted.event, wanted.task)):
            return False
        return wanted.words is None or Words(self.reader, wanted.words).are_common("agreement")


def in_order(asked: Asked, conditions: Conditions, order: str, keys_from: str | None = None) -> Iterator[Row]:
    """Give what meets the conditions, in an order; `keys_from` is where no more than keys are found."""
    if asked.limit is None:
        sql = f"SELECT {asked.fields} FROM {with_spans(asked.spans)} {conditions.where} ORDER BY {order}"
        return asked.reader.rows(sql, **conditions.parameters)
    # What is to be put in order has no more than a key; only those that are shown are fetched whole.
    found_in = keys_from or with_spans(asked.spans)
    sql = f"""SELECT {asked.fields} FROM (SELECT s.agreement AS key, s.first_on FROM {found_in} {conditions.where}
            ORDER BY {order} LIMIT :limit) k
        CROSS JOIN agreement a CROSS JOIN {asked.spans} s
        WHERE a.key = k.key AND s.agreement = a.key AND s.first_on = k.first_on ORDER BY {order}"""
    return asked.reader.rows(sql, **conditions.parameters, limit=asked.limit)


def first_by_reference(asked: Asked, order: str, *, latest: bool) -> Iterator[Row] | None:
    """Give a page in the order of references that is whole with what the first few have, or the latest; else None."""
    if asked.wanted == AgreementFilter() or not asked.may_soon_be_whole:
        return None
    conditions = agreement_conditions(asked.reader, asked.wanted, asked.today, in_order=True)
    conditions.add("s.agreement = a.key")
    are_more = add_first(conditions, asked.reader, latest=latest)
    # Each is looked at in its turn, and no more are when the page is whole. A CROSS JOIN is what SQLite does in the
    # order that is written; left to itself it would rather have all of a type.
    sql = f"""SELECT {asked.fields} FROM {BY_REFERENCE} CROSS JOIN {asked.spans} s
        {conditions.where} ORDER BY {order} LIMIT :limit"""
    page = list(asked.reader.rows(sql, **conditions.parameters, limit=asked.limit))
    return iter(page) if len(page) == asked.limit or not are_more else None


def by_end(asked: Asked) -> Iterator[Row]:
    """Give what ends by a day. Each half is in the order of an index, so that of either only the first are read."""
    halves = (_ending(asked, certain=certain) for certain in (True, False))
    return islice(merge(*halves, key=itemgetter("ends_from", "key")), asked.limit)


def _ending(asked: Asked, *, certain: bool) -> Iterator[Row]:
    """Give those that end on a certain day, or the others."""
    order = "s.ends_on, s.agreement" if certain else "s.ends_from, s.agreement"
    keys_from = counting_source(asked.spans, asked.wanted)
    if keys_from != f"{asked.spans} s" and asked.may_soon_be_whole:
        rows = _first_ending(asked, order, certain=certain)
        if rows is not None:
            return rows
    conditions = agreement_conditions(asked.reader, asked.wanted, asked.today, certain_ends=certain)
    return in_order(asked, conditions, order, keys_from)


def _first_ending(asked: Asked, order: str, *, certain: bool) -> Iterator[Row] | None:
    """Give a page that is whole with what some of the first to end have, each asked for it in its turn; else None."""
    conditions = agreement_conditions(asked.reader, asked.wanted, asked.today, in_order=True, certain_ends=certain)
    conditions.add("a.key = s.agreement")
    farthest = _farthest_end(asked.reader, conditions.parameters, certain=certain)
    if farthest and not certain:
        return None  # their index has them in another order
    conditions.parameters |= farthest
    page = list(in_order(asked, conditions, order, f"{asked.spans} s CROSS JOIN agreement a"))
    return iter(page) if len(page) == asked.limit or not farthest else None


def _farthest_end(reader: Reader, parameters: dict[str, object], *, certain: bool) -> Row:
    """Give how far the first few thousand ends reach that may be what is asked; nothing where there are no more."""
    end, ending, last = ("ends_on", ENDS_ON_A_DAY, "ends_by") if certain else ("ends_to", ENDS_ABOUT_THEN, "latest_end")
    sql = f"SELECT s.{end} AS {last} FROM {SPANS} s WHERE {ending} ORDER BY s.{end} LIMIT 1 OFFSET :among"
    return next(reader.rows(sql, today=parameters["today"], **{last: parameters[last]}, among=_AMONG), {})
