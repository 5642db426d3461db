"""Every date of an agreement has its reason, and the reasons agree with how it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mou_cli.rules.reason import explain
from mou_cli.rules.standing import standing
from mou_cli.rules.term import AmendmentFact, Facts, RenewalFact, TerminationFact
from mou_cli.vocabulary import Renewal, Stage

DAY = date(2026, 11, 10)
TACIT: dict[str, Any] = {"starts": "2020-01-01", "term": "5y", "renewal": Renewal.TACIT, "renewal_term": "1y"}
EXPRESS: dict[str, Any] = {"starts": "2020-01-01", "term": "5y", "renewal": Renewal.EXPRESS}


Values = dict[str, str | int]


def on(day: str, **more: str | int) -> Values:
    return {"first": day, "last": day, **more}


CASES: dict[str, tuple[Facts, dict[str, tuple[str, Values]]]] = {
    "stated": (Facts(ends="2027-04-30"), {"ends": ("stated", {"date": "2027-04-30"})}),
    "stated to the year": (Facts(ends="2027"), {"ends": ("stated", {"date": "2027"})}),
    "computed": (
        Facts(signed="2024-05-01", starts="signed", term="3y"),
        {
            "signed": ("stated", {"date": "2024-05-01"}),
            "starts": ("signature", {"date": "2024-05-01"}),
            "ends": ("computed", on("2027-04-30", length="3y")),
        },
    ),
    "amended until a day": (
        Facts(ends="2027-04-30", amendments=(AmendmentFact("2026-05", until="2029"),)),
        {"ends": ("amended", {"date": "2029", "on": "2026-05"})},
    ),
    "amended to another length, renewal and notice": (
        Facts(**TACIT, notice="3m", amendments=(AmendmentFact("2026-05-01", None, "2y", "express", "3y", "1m"),)),
        {
            "ends": ("amended", on("2027-12-31", length="2y", on="2026-05-01")),
            "renewal": ("express", {"length": "3y"}),
            "notice": ("length", {"length": "1m", "date": "2027-11-30", "days": 385}),
        },
    ),
    "amended tomorrow": (
        Facts(ends="2027-04-30", amendments=(AmendmentFact("2026-11-11", until="2029"),)),
        {"ends": ("stated", {"date": "2027-04-30"})},
    ),
    "terminated by a decision": (
        Facts(ends="2027-04-30", terminations=(TerminationFact("2026-10-01", "2026-12-31"),)),
        {"ends": ("terminated", on("2027-04-30", date="2026-12-31"))},
    ),
    "open": (Facts(ends="open", renewal=Renewal.TACIT), {"ends": ("open", {})}),
    "unstated": (Facts(), {"ends": ("unstated", {})}),
    "end without its year": (Facts(ends="--03-04"), {"ends": ("yearless", {"date": "--03-04"})}),
    "start not known": (Facts(term="3y"), {"ends": ("start-unknown", {"length": "3y"})}),
    "in effect from a signature of no known day": (
        Facts(starts="signed", term="3y"),
        {"starts": ("signature", {}), "ends": ("start-unknown", {"length": "3y"})},
    ),
    "start known to the year": (
        Facts(starts="2024", term="3y"),
        {
            "starts": ("stated", {"date": "2024"}),
            "ends": ("computed", {"first": "2026-12-31", "last": "2027-12-30", "length": "3y"}),
        },
    ),
    "not renewed": (
        Facts(ends="2027-04-30", renewal=Renewal.NONE, notice="3m"),
        {
            "ends": ("stated", {"date": "2027-04-30"}),
            "renewal": ("none", {}),
            "notice": ("length", {"length": "3m", "date": "2027-01-31", "days": 82}),
        },
    ),
    "tacit, running": (
        Facts(**TACIT, renewal_max=3, renewal_until="2030", notice="3m"),
        {
            "ends": ("renewed", on("2026-12-31", times=2, length="1y")),
            "renewal": ("tacit", {"length": "1y", "times": 1, "until": "2030"}),
            "notice": ("length", {"length": "3m", "date": "2026-09-30", "days": -41}),
        },
    ),
    "tacit, for how long is not said": (
        Facts(starts="2026-01-01", term="1y", renewal=Renewal.TACIT),
        {"ends": ("computed", on("2026-12-31", length="1y")), "renewal": ("tacit", {})},
    ),
    "tacit, after notice": (
        Facts(**TACIT, notice="3m", notices=("2026-09",)),
        {
            "ends": ("renewed", on("2026-12-31", times=2, length="1y")),
            "renewal": ("noticed", {"on": "2026-09"}),
            "notice": ("given", {"on": "2026-09"}),
        },
    ),
    "tacit, after a late notice": (
        Facts(**TACIT, notice="3m", notices=("2026-10-05",)),
        {
            "ends": ("renewed", on("2026-12-31", times=2, length="1y")),
            "renewal": ("noticed-late", on("2027-12-31", on="2026-10-05")),
            "notice": ("given", {"on": "2026-10-05"}),
        },
    ),
    "tacit, before a notice that is to come": (
        Facts(**TACIT, notices=("2026-12-01",)),
        {
            "ends": ("renewed", on("2026-12-31", times=2, length="1y")),
            "renewal": ("tacit", {"length": "1y"}),
        },
    ),
    "tacit, the most renewals reached": (
        Facts(**TACIT, renewal_max=2),
        {
            "ends": ("renewed", on("2026-12-31", times=2, length="1y")),
            "renewal": ("used-up", {"times": 2}),
        },
    ),
    "tacit, the last day of all renewals reached": (
        Facts(**TACIT, renewal_until="2026-11-30"),
        {"ends": ("limit", on("2026-11-30")), "renewal": ("limit", {"until": "2026-11-30"})},
    ),
    "express, not confirmed": (
        Facts(**EXPRESS, renewal_term="2y"),
        {"ends": ("computed", on("2024-12-31", length="5y")), "renewal": ("unconfirmed", {})},
    ),
    "express, to be confirmed": (
        Facts(starts="2024-01-01", term="5y", renewal=Renewal.EXPRESS, renewal_term="2y", renewal_max=1),
        {
            "ends": ("computed", on("2028-12-31", length="5y")),
            "renewal": ("express", {"length": "2y", "times": 1}),
        },
    ),
    "express, confirmed": (
        Facts(**EXPRESS, renewal_term="2y", renewals=(RenewalFact("2024-12-01"),)),
        {"ends": ("extended", on("2026-12-31", times=1)), "renewal": ("express", {"length": "2y"})},
    ),
    "express, confirmed until a day": (
        Facts(**EXPRESS, renewals=(RenewalFact("2024-12", until="2028"),)),
        {"ends": ("extended-until", {"date": "2028", "times": 1, "on": "2024-12"}), "renewal": ("express", {})},
    ),
    "the next term is recorded already": (
        Facts(
            starts="2024-01-01",
            term="3y",
            renewal=Renewal.EXPRESS,
            renewal_term="2y",
            renewals=(RenewalFact("2026-11-01"),),
        ),
        {
            "ends": ("computed", on("2026-12-31", length="3y")),
            "renewal": ("recorded", on("2028-12-31")),
        },
    ),
    "the next term is recorded, and not how long it is": (
        Facts(starts="2024-01-01", term="2y", renewal=Renewal.EXPRESS, renewals=(RenewalFact("2025-11-01"),)),
        {"ends": ("computed", on("2025-12-31", length="2y")), "renewal": ("recorded", {})},
    ),
    "the next term is recorded beyond the most": (
        Facts(ends="2026-12-31", renewal=Renewal.TACIT, renewal_max=0, renewals=(RenewalFact("2026-10-01"),)),
        {"ends": ("stated", {"date": "2026-12-31"}), "renewal": ("recorded", {})},
    ),
    "renewed by itself, and amended for the terms to come": (
        Facts(**TACIT, amendments=(AmendmentFact("2026-05-01", renewal_term="3y"),)),
        {"ends": ("renewed", on("2026-12-31", times=2, length="1y")), "renewal": ("tacit", {"length": "3y"})},
    ),
    "renewed by itself for as long as the first term was amended to": (
        Facts(**TACIT | {"renewal_term": "6y"}, amendments=(AmendmentFact("2020-05-01", term="6y"),)),
        {"ends": ("renewed", on("2031-12-31", times=1, length="6y")), "renewal": ("tacit", {"length": "6y"})},
    ),
    "terminated before its end": (
        Facts(starts="2020-01-01", term="10y", terminated="2025-06-30", renewal=Renewal.TACIT, notice="3m"),
        {"ends": ("terminated", on("2029-12-31", date="2025-06-30"))},
    ),
    "to be terminated": (
        Facts(starts="2020-01-01", term="10y", terminated="2027-06"),
        {"ends": ("terminated", on("2029-12-31", date="2027-06"))},
    ),
    "terminated without an end": (Facts(terminated="2025"), {"ends": ("terminated", {"date": "2025"})}),
    "terminated on no known day": (
        Facts(stage=Stage.TERMINATED, ends="2029-12-31", renewal=Renewal.TACIT),
        {"stopped": ("terminated", {}), "ends": ("stated", {"date": "2029-12-31"})},
    ),
    "cancelled": (
        Facts(ends="2029-12-31", cancelled_on="2026-01", renewal=Renewal.TACIT, notice="3m"),
        {"stopped": ("cancelled", {"date": "2026-01"}), "ends": ("stated", {"date": "2029-12-31"})},
    ),
    "superseded": (
        Facts(stage=Stage.SUPERSEDED, ends="open"),
        {"stopped": ("superseded", {}), "ends": ("open", {})},
    ),
    "notice by the academic year": (
        Facts(ends="2027-12-31", notice="academic-year"),
        {
            "ends": ("stated", {"date": "2027-12-31"}),
            "notice": ("academic-year", {"date": "2026-09-01", "days": -70}),
        },
    ),
    "notice for an end that is not known": (
        Facts(notice="60d"),
        {"ends": ("unstated", {}), "notice": ("length", {"length": "60d"})},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_every_date_is_explained(name: str) -> None:
    facts, expected = CASES[name]
    found = {reason.topic: (reason.code, reason.values) for reason in explain(facts, DAY)}
    # Where it starts is said in every case; it is looked at where it matters.
    plain = {"starts": ("stated", {"date": facts.starts})} if facts.starts and "starts" not in expected else {}
    assert found == plain | expected


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2024, 12, 31), DAY, date(2027, 1, 1), date(2040, 1, 1)])
def test_the_reasons_agree_with_how_it_stands(name: str, day: date) -> None:
    facts, _ = CASES[name]
    now, reasons = standing(facts, day), {reason.topic: reason for reason in explain(facts, day)}
    told = reasons["ends"]
    if told.code in {"computed", "renewed", "extended", "limit"}:
        assert now.ends_from
        assert now.ends_to
        assert (told.values["first"], told.values["last"]) == (now.ends_from.isoformat(), now.ends_to.isoformat())
    elif told.code in {"open", "unstated", "start-unknown", "yearless"}:
        assert now.ends_from is None
    if "notice" in reasons and "date" in reasons["notice"].values:
        assert now.notice_by is not None
        assert reasons["notice"].values["date"] == now.notice_by.isoformat()
        assert reasons["notice"].values["days"] == (now.notice_by - day).days
