"""The register at a glance: how agreements stand, what comes next, what is due, and what is wrong or missing."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Final

from mou_cli.rules.length import add
from mou_cli.views.agreement_filter import (
    ENDS_UNKNOWN,
    GOES_ON,
    LAPSED,
    NOTICE_MISSED,
    RENEWED,
    UNINDEXED_STATUS,
    AgreementFilter,
    agreement_conditions,
    counting_source,
)
from mou_cli.views.choice import find_homes
from mou_cli.views.institution import InstitutionFilter, count_institutions
from mou_cli.views.party import Parties, partner_condition
from mou_cli.views.query import Conditions, counted
from mou_cli.views.task import OPEN_STATUSES, TaskFilter, count_tasks, find_tasks
from mou_cli.views.terms import STANDING, span_source
from mou_cli.vocabulary import STATUSES

if TYPE_CHECKING:
    from datetime import date

    from mou_cli.store.reader import Reader, Row

DAYS_AHEAD = 90
MOST = 50  # rows of each kind; all are counted
LIVE = ("active", "in-notice")
# What is wrong or not known of an agreement, as its span `s` of the day tells.
_MISSING: Final = {"notice-missed": NOTICE_MISSED, "lapsed": LAPSED, "ends-unknown": ENDS_UNKNOWN}
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
    ends in them (`goes_on` where one follows by itself), neither where a renewal is recorded, tasks that are late, and
    those due this month. `missing` counts what is wrong or not known.
    """
    until = add(today, 0, DAYS_AHEAD)
    spans = span_source(reader, today)
    statuses, missing = _standings(reader, spans, today)
    notice = _ahead(reader, spans, AgreementFilter(notice_by=until), today, "s.notice_by")
    ends = _ahead(reader, spans, AgreementFilter(ends_by=until), today, "s.ends_to", notice_after=until)
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
            **missing,
            "country-unknown": count_institutions(reader, InstitutionFilter(homes=False, unknown=("country",))),
        },
    }


def _standings(reader: Reader, spans: str, today: date) -> tuple[dict[str, int], dict[str, int]]:
    """Count the agreements of each status, the most first, and those of which something is missing.

    All is told by the spans of the day, which are gone through once.
    """
    # Without GROUP BY, for which the spans would be put in order.
    standings = {str(status): f"s.status = '{status}'" for status in STATUSES.codes}
    told = standings | _MISSING
    counts = ", ".join(f"sum(CASE WHEN {what} THEN 1 ELSE 0 END) AS n{n}" for n, what in enumerate(told.values()))
    sql = f"SELECT {counts} FROM {spans} s WHERE {STANDING}"
    row = next(iter(reader.rows(sql, today=today.isoformat())), {})
    numbers = {what: row.get(f"n{n}") or 0 for n, what in enumerate(told)}
    statuses = sorted((status for status in standings if numbers[status]), key=lambda each: (-numbers[each], each))
    return {status: numbers[status] for status in statuses}, {what: numbers[what] for what in _MISSING}


def _live_partners(reader: Reader, spans: str, today: date) -> Row:
    conditions = Conditions()
    conditions.add(STANDING, today=today.isoformat())
    # All spans in their order: by the index of statuses they would lie far apart.
    conditions.add_one_of(UNINDEXED_STATUS.format("s"), "status", LIVE)
    conditions.add(f"p.agreement = s.agreement AND {partner_condition(reader)}")
    sql = f"""SELECT count(DISTINCT i.country) AS countries, count(*) AS partners
        FROM (SELECT p.institution FROM {spans} s CROSS JOIN agreement_party p {conditions.where}
            GROUP BY p.institution) v JOIN institution i ON i.key = v.institution"""
    return next(iter(reader.rows(sql, **conditions.parameters)))


def _ahead(
    reader: Reader, spans: str, wanted: AgreementFilter, today: date, order: str, notice_after: date | None = None
) -> Row:
    conditions = agreement_conditions(reader, wanted, today)
    conditions.add(f"NOT {RENEWED}", today=today.isoformat())
    if notice_after:
        # What stands among those that need notice is not told twice.
        conditions.add(
            "(s.status = 'in-notice' OR s.notice_by IS NULL OR s.notice_by < :today OR s.notice_by > :notice_after)",
            notice_after=notice_after.isoformat(),
        )
    source = counting_source(spans, wanted)
    count = counted(reader, source, conditions)
    if not count:
        return {"count": 0, "rows": []}
    sql = f"""SELECT {_AHEAD} FROM (SELECT s.agreement, s.first_on FROM {source} {conditions.where}
            ORDER BY {order} NULLS LAST, s.agreement LIMIT {MOST}) k CROSS JOIN agreement a CROSS JOIN {spans} s
        WHERE a.key = k.agreement AND s.agreement = k.agreement AND s.first_on = k.first_on
        ORDER BY {order} NULLS LAST, a.key"""
    rows = list(reader.rows(sql, **conditions.parameters))
    parties = Parties(reader, [row["key"] for row in rows])
    for row in rows:
        row["goes_on"] = bool(row["goes_on"])
        row["partners"], _homes = parties.seen_from(row["key"])
    return {"count": count, "rows": rows}


def _tasks(reader: Reader, wanted: TaskFilter, today: date) -> Row:
    count = count_tasks(reader, wanted, today)
    return {"count": count, "rows": list(find_tasks(reader, wanted, today, limit=MOST)) if count else []}
