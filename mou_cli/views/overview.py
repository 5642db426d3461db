"""The register at a glance: how agreements stand, what comes next, what is due, and what is wrong or missing."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from mou_cli.rules.length import add
from mou_cli.views.agreement_filter import (
    GOES_ON,
    UNINDEXED_STATUS,
    AgreementFilter,
    agreement_conditions,
    is_partner,
)
from mou_cli.views.choice import find_homes
from mou_cli.views.institution import InstitutionFilter, count_institutions
from mou_cli.views.party import Parties
from mou_cli.views.query import Conditions, counted
from mou_cli.views.stats import count_statuses
from mou_cli.views.task import OPEN_STATUSES, TaskFilter, count_tasks, find_tasks
from mou_cli.views.terms import span_source

if TYPE_CHECKING:
    from datetime import date

    from mou_cli.store.reader import Reader, Row

DAYS_AHEAD = 90
MOST = 50  # rows of each kind; all are counted
LIVE = ("active", "in-notice")
_AHEAD = f"""a.key, a.ref, s.ends_on, s.ends_from, s.ends_to, s.notice_by,
    CASE WHEN {GOES_ON} THEN 1 ELSE 0 END AS goes_on"""
_SOMETHING = " UNION ALL ".join(
    f"SELECT '{noun}' AS noun WHERE EXISTS (SELECT 1 FROM {noun})" for noun in ("institution", "event", "plan")
)


def get_overview(reader: Reader, today: date) -> Row:
    """Give the register at a glance on a day.

    `homes` is {key: name}; `live` counts the agreements in force and, each once, their partners and the countries of
    these; `statuses` counts all agreements. `notice`, `ends`, `overdue` and `due` each have a `count` and at most MOST
    `rows`, the most urgent first: agreements whose last day for notice comes in DAYS_AHEAD days, the others whose term
    ends in them (`goes_on` where one follows by itself), tasks that are late, and those due this month. `missing`
    counts what is wrong or not known.
    """
    until = add(today, 0, DAYS_AHEAD)
    spans = span_source(reader, today)
    source = f"agreement a JOIN {spans} s ON s.agreement = a.key"
    statuses = count_statuses(reader, AgreementFilter(), today)
    notice = _ahead(reader, source, AgreementFilter(notice_by=until), today, "s.notice_by")
    ends = _ahead(reader, source, AgreementFilter(ends_by=until), today, "s.ends_to", notice_after=until)
    month_ends = today.replace(day=monthrange(today.year, today.month)[1])
    return {
        "is_empty": not statuses and not any(reader.rows(_SOMETHING)),
        "homes": find_homes(reader),
        "live": {"agreements": sum(statuses.get(each, 0) for each in LIVE)} | _live_partners(reader, spans, today),
        "statuses": statuses,
        "notice": notice,
        "ends": ends,
        "overdue": _tasks(reader, TaskFilter(overdue_on=today), today),
        "due": _tasks(
            reader, TaskFilter(due_from=today, due_to=month_ends, statuses=OPEN_STATUSES, open_plans=True), today
        ),
        "missing": {
            "notice-missed": _count(reader, source, AgreementFilter(notice_missed=True), today),
            "lapsed": _count(reader, source, AgreementFilter(lapsed=True), today),
            "ends-unknown": _count(reader, source, AgreementFilter(unknown=("ends",)), today),
            "country-unknown": count_institutions(reader, InstitutionFilter(homes=False, unknown=("country",))),
        },
    }


def _live_partners(reader: Reader, spans: str, today: date) -> Row:
    conditions = Conditions()
    conditions.add("s.first_on <= :today AND s.last_on >= :today", today=today.isoformat())
    # Every institution is looked at until one agreement is found. By the index of statuses all agreements would be.
    conditions.add_one_of(UNINDEXED_STATUS.format("s"), "status", LIVE)
    sql = f"""SELECT count(DISTINCT i.country) AS countries, count(*) AS partners FROM institution i WHERE EXISTS (
            SELECT 1 FROM agreement_party p JOIN {spans} s ON s.agreement = p.agreement
            {conditions.where} AND p.institution = i.key AND {is_partner(None)})"""
    return next(iter(reader.rows(sql, **conditions.parameters)))


def _count(reader: Reader, source: str, wanted: AgreementFilter, today: date) -> int:
    return counted(reader, source, agreement_conditions(reader, wanted, today))


def _ahead(
    reader: Reader, source: str, wanted: AgreementFilter, today: date, order: str, notice_after: date | None = None
) -> Row:
    conditions = agreement_conditions(reader, wanted, today)
    if notice_after:
        # What stands among those that need notice is not told twice.
        conditions.add(
            "(s.status = 'in-notice' OR s.notice_by IS NULL OR s.notice_by < :today OR s.notice_by > :notice_after)",
            notice_after=notice_after.isoformat(),
        )
    count = counted(reader, source, conditions)
    if not count:
        return {"count": 0, "rows": []}
    sql = f"SELECT {_AHEAD} FROM {source} {conditions.where} ORDER BY {order} NULLS LAST, a.key LIMIT {MOST}"
    rows = list(reader.rows(sql, **conditions.parameters))
    parties = Parties(reader, [row["key"] for row in rows])
    for row in rows:
        row["goes_on"] = bool(row["goes_on"])
        row["partners"], _homes = parties.seen_from(row["key"])
    return {"count": count, "rows": rows}


def _tasks(reader: Reader, wanted: TaskFilter, today: date) -> Row:
    count = count_tasks(reader, wanted, today)
    return {"count": count, "rows": list(find_tasks(reader, wanted, today, limit=MOST)) if count else []}
