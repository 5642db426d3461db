"""The reasons of dates as people read them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from mou_cli.output.days_left import SOON
from mou_cli.output.reason import reason_items
from mou_cli.rules.reason import Reason, explain
from mou_cli.rules.standing import standing
from mou_cli.rules.term import Facts
from tests.rules.test_reason import CASES, DAY
from tests.rules.test_span import any_facts, near

ENGLISH = {
    "stated": ["Ends: 30 April 2027, as stated"],
    "stated to the year": ["Ends: 2027, as stated"],
    "computed": [
        "Signed: 1 May 2024",
        "Starts: 1 May 2024, in effect from signature",
        "Ends: 30 April 2027: 3 years from the first day",
    ],
    "amended until a day": ["Ends: 2029: as amended (May 2026)"],
    "amended to another length, renewal and notice": [
        "Starts: 1 January 2020",
        "Ends: 31 December 2027: as amended (1 May 2026)",
        "Renewal: by 3 years, only if it is confirmed",
        "Notice: by 30 November 2027 (1 month before the end); 385 days left",
    ],
    "amended tomorrow": ["Ends: 30 April 2027, as stated"],
    "terminated by a decision": ["Ends: 31 December 2026: terminated before the end of the term (30 April 2027)"],
    "open": ["Ends: no end"],
    "unstated": ["Ends: not known: no end is stated"],
    "end without its year": ["Ends: 4 March, the year is not known"],
    "start not known": ["Ends: not known: the start is not known (term 3 years)"],
    "in effect from a signature of no known day": [
        "Starts: in effect from signature, the day of which is not known",
        "Ends: not known: the start is not known (term 3 years)",
    ],
    "start known to the year": [
        "Starts: 2024",
        "Ends: between 31 December 2026 and 30 December 2027: 3 years from the first day",
    ],
    "not renewed": [
        "Ends: 30 April 2027, as stated",
        "Renewal: none",
        "Notice: by 31 January 2027 (3 months before the end); 82 days left",
    ],
    "tacit, running": [
        "Starts: 1 January 2020",
        "Ends: 31 December 2026: renewed by itself 2 times, by 1 year",
        "Renewal: renews itself by 1 year unless notice is given; at most once more; not beyond 2030",
        "Notice: by 30 September 2026 (3 months before the end); the last day was 41 days ago",
    ],
    "tacit, for how long is not said": [
        "Starts: 1 January 2026",
        "Ends: 31 December 2026: 1 year from the first day",
        "Renewal: renews itself unless notice is given; for how long is not stated",
    ],
    "tacit, after notice": [
        "Starts: 1 January 2020",
        "Ends: 31 December 2026: renewed by itself 2 times, by 1 year",
        "Renewal: none: notice was given (September 2026)",
        "Notice: given: September 2026",
    ],
    "tacit, after a late notice": [
        "Starts: 1 January 2020",
        "Ends: 31 December 2026: renewed by itself 2 times, by 1 year",
        "Renewal: once more, until 31 December 2027: notice was given late (5 October 2026)",
        "Notice: given: 5 October 2026",
    ],
    "tacit, the most renewals reached": [
        "Starts: 1 January 2020",
        "Ends: 31 December 2026: renewed by itself 2 times, by 1 year",
        "Renewal: none after this: at most 2 times",
    ],
    "tacit, the last day of all renewals reached": [
        "Starts: 1 January 2020",
        "Ends: 30 November 2026: no renewal goes beyond it",
        "Renewal: none after this: not beyond 30 November 2026",
    ],
    "express, not confirmed": [
        "Starts: 1 January 2020",
        "Ends: 31 December 2024: 5 years from the first day",
        "Renewal: it had to be confirmed, and no confirmation is recorded",
    ],
    "express, to be confirmed": [
        "Starts: 1 January 2024",
        "Ends: 31 December 2028: 5 years from the first day",
        "Renewal: by 2 years, only if it is confirmed; at most once more",
    ],
    "express, confirmed": [
        "Starts: 1 January 2020",
        "Ends: 31 December 2026: extended once",
        "Renewal: by 2 years, only if it is confirmed",
    ],
    "express, confirmed until a day": [
        "Starts: 1 January 2020",
        "Ends: 2028: extended once; last renewal: December 2024",
        "Renewal: only if it is confirmed",
    ],
    "the next term is recorded already": [
        "Starts: 1 January 2024",
        "Ends: 31 December 2026: 3 years from the first day",
        "Renewal: recorded: goes on until 31 December 2028",
    ],
    "terminated before its end": [
        "Starts: 1 January 2020",
        "Ends: 30 June 2025: terminated before the end of the term (31 December 2029)",
    ],
    "terminated without an end": ["Ends: 2025: terminated"],
    "terminated on no known day": ["Stopped: terminated", "Ends: 31 December 2029, as stated"],
    "cancelled": ["Stopped: cancelled, January 2026", "Ends: 31 December 2029, as stated"],
    "notice by the academic year": [
        "Ends: 31 December 2027, as stated",
        "Notice: by 1 September 2026 (a full academic year before the end); the last day was 70 days ago",
    ],
    "notice for an end that is not known": ["Ends: not known: no end is stated", "Notice: 60 days before the end"],
}
AZERBAIJANI = {
    "computed": [
        "İmza tarixi: 1 may 2024-cü il",
        "Başlama tarixi: 1 may 2024-cü il, imzalandığı gündən qüvvədədir",
        "Bitmə tarixi: 30 aprel 2027-ci il: ilk gündən etibarən 3 il",
    ],
    "start not known": ["Bitmə tarixi: məlum deyil: başlama tarixi məlum deyil (müddət: 3 il)"],
    "tacit, running": [
        "Başlama tarixi: 1 yanvar 2020-ci il",
        "Bitmə tarixi: 31 dekabr 2026-cı il: 2 dəfə avtomatik uzadılıb, hər dəfə 1 il",
        "Uzadılma: bildiriş verilməzsə, avtomatik olaraq 1 il uzadılır; ən çoxu daha 1 dəfə; ən gec 2030-cu il",
        "Bildiriş: son gün: 30 sentyabr 2026-cı il (bitməsinə 3 ay qalmış); son gündən 41 gün keçib",
    ],
    "terminated before its end": [
        "Başlama tarixi: 1 yanvar 2020-ci il",
        "Bitmə tarixi: 30 iyun 2025-ci il: müddət bitmədən xitam verilib (31 dekabr 2029-cu il)",
    ],
}


def said(reason: Reason) -> dict[str, Any]:
    return {"topic": reason.topic, "code": reason.code, **reason.values}


def told(facts: Facts, day: date, language: str) -> list[str]:
    items = reason_items([said(reason) for reason in explain(facts, day)], language)
    return [f"{item.label}: {item.parts[0].text}" for item in items]


@pytest.mark.parametrize("name", ENGLISH)
def test_reasons_are_sentences(name: str) -> None:
    assert told(CASES[name][0], DAY, "en") == ENGLISH[name]


@pytest.mark.parametrize("name", AZERBAIJANI)
def test_reasons_are_azerbaijani_sentences(name: str) -> None:
    assert told(CASES[name][0], DAY, "az") == AZERBAIJANI[name]


def test_a_notice_that_is_due_soon_is_coloured() -> None:
    tones = []
    for day in (date(2026, 11, 1), date(2026, 11, 2), date(2027, 1, 31), date(2027, 2, 1)):
        reasons = [said(reason) for reason in explain(Facts(ends="2027-04-30", notice="3m"), day)]
        tones.append([item.parts[0].style for item in reason_items(reasons, "en")][-1])
    assert tones == ["", SOON, SOON, ""]


@given(any_facts, near)
def test_whatever_is_recorded_can_be_explained(facts: Facts, day: date) -> None:
    reasons, now = explain(facts, day), standing(facts, day)
    assert [reason.topic for reason in reasons].count("ends") == 1
    for reason in reasons:
        for language in ("en", "az"):
            (item,) = reason_items([said(reason)], language)
            assert item.parts[0].text
            assert "{" not in item.parts[0].text
        if reason.topic == "ends" and "first" in reason.values and reason.code != "terminated":
            assert now.ends_from
            assert reason.values["first"] == now.ends_from.isoformat()
