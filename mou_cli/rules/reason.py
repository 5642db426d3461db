"""Why an agreement has the dates it has on a day: each date with the rule it comes from, to be put in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.rules.date import SIGNED, interval
from mou_cli.rules.decision import Decision
from mou_cli.rules.known import known_facts, known_renewals, notice_given, since
from mou_cli.rules.length import ACADEMIC_YEAR
from mou_cli.rules.renewal import known_terms
from mou_cli.rules.standing import Standing, ends_after, standing
from mou_cli.rules.term import EndsWhy, Facts, reaches
from mou_cli.vocabulary import STOPPED, Renewal, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mou_cli.rules.date import Interval

_OVER = (*STOPPED, Status.EXPIRED)


class Reason(NamedTuple):
    """One date, or the lack of one, and why.

    `topic` is signed, starts, ends, stopped, renewal or notice; `code` which rule of it holds. In the values `date`,
    `on` and `until` are dates as kept, `first` and `last` whole days between which one lies (the same if it is
    certain), `length` is a length as kept, `times` and `days` are numbers.
    """

    topic: str
    code: str
    values: dict[str, str | int]


def explain(facts: Facts, day: date) -> list[Reason]:
    """Say where the dates come from that `standing` gives for a day; what is not recorded has no reason."""
    now = standing(facts, day)
    facts = known_facts(facts, day)
    return [
        *_begin(facts),
        *_stop(facts, now),
        *_end(facts, now, day),
        *_renew(facts, now, day),
        *_notice(facts, now, day),
    ]


def _begin(facts: Facts) -> Iterator[Reason]:
    if facts.signed:
        yield Reason("signed", "stated", {"date": facts.signed})
    if facts.starts == SIGNED:
        yield Reason("starts", "signature", {"date": facts.signed} if facts.signed else {})
    elif facts.starts:
        yield Reason("starts", "stated", {"date": facts.starts})


def _stop(facts: Facts, now: Standing) -> Iterator[Reason]:
    if now.status in STOPPED and not _termination(facts, now):
        days = {
            Status.CANCELLED: facts.cancelled_on,
            Status.SUPERSEDED: facts.superseded_on,
            Status.TERMINATED: facts.terminated,
        }
        on = days[now.status]
        yield Reason("stopped", now.status.value, {"date": on} if on else {})


def _end(facts: Facts, now: Standing, day: date) -> Iterator[Reason]:
    last = _interval(now)
    if last is None:
        yield _unknown_end(facts, now)
    elif terminated := _termination(facts, now):
        whole = _without_termination(facts, terminated, day)
        yield Reason("ends", "terminated", _spanned(whole, date=facts.terminated or ""))
    elif amended := _amended_end(facts, now, last):
        yield amended
    elif not now.term_number and facts.ends and last == interval(facts.ends):
        yield Reason("ends", "stated", {"date": facts.ends})
    elif now.ends_why is EndsWhy.STATED and last == interval(facts.renewal_until):
        yield Reason("ends", "limit", _spanned(last))
    elif not now.term_number:
        yield Reason("ends", "computed", _spanned(last, **({"length": facts.term} if facts.term else {})))
    else:
        yield _renewed_end(facts, now, last, day)


def _amended_end(facts: Facts, now: Standing, last: Interval) -> Reason | None:
    """Explain the end that an amendment has given to the term that runs."""
    for each in reversed(facts.amendments):
        if each.until and interval(each.until) == last:
            return Reason("ends", "amended", {"date": each.until, "on": each.on})
        if each.term and not each.until and last == ends_after(now, each.term) and _is_in_term(each.on, now):
            return Reason("ends", "amended", _spanned(last, length=each.term, on=each.on))
    return None


def _is_in_term(stored: str, now: Standing) -> bool:
    """Say whether the term that runs was the one to amend on a day; the first is so before it begins."""
    on = since(stored)
    return not now.term_number or (on is not None and now.starts_to is not None and on >= now.starts_to)


def _unknown_end(facts: Facts, now: Standing) -> Reason:
    if now.ends_why is EndsWhy.START_UNKNOWN:
        terms = [facts.term, *(amendment.term for amendment in facts.amendments)]
        return Reason("ends", "start-unknown", {"length": next(term for term in reversed(terms) if term)})
    if facts.ends and now.ends_why is EndsWhy.UNSTATED:
        return Reason("ends", "yearless", {"date": facts.ends})
    return Reason("ends", now.ends_why.value, {})


def _renewed_end(facts: Facts, now: Standing, last: Interval, day: date) -> Reason:
    """Explain the end of a term that is not the first."""
    number = now.term_number or 0
    renewals = known_renewals(facts, day)
    for _, renewal in reversed(renewals):
        if renewal.until and interval(renewal.until) == last:
            return Reason("ends", "extended-until", {"date": renewal.until, "times": number, "on": renewal.on})
    if renewals:
        return Reason("ends", "extended", _spanned(last, times=number))
    # What an amendment has said since of the length is for the terms to come.
    runs = known_terms(facts, day).runs
    length = next(run.step for run in runs if run.number <= number < run.number + run.size)
    return Reason("ends", "renewed", _spanned(last, times=number, length=str(length)))


def _termination(facts: Facts, now: Standing) -> Interval | None:
    """Give the last day by termination, if it is the one with which the term ends."""
    terminated = interval(facts.terminated)
    ends = terminated and (now.ends_from == terminated[0] or now.ends_to == terminated[1])
    return terminated if ends else None


def _without_termination(facts: Facts, terminated: Interval, day: date) -> Interval | None:
    """Give the last day that the term would have had which the termination cut, if that is another."""
    whole = known_terms(replace(facts, terminated=None), day)
    last = next(whole.running(terminated[0])).last
    return None if last == terminated or (last and last[1] < terminated[0]) else last


def _renew(facts: Facts, now: Standing, day: date) -> Iterator[Reason]:
    """Explain what follows the term that runs; nothing is said of what has been stopped or has no end."""
    if now.status in STOPPED or now.ends_why is EndsWhy.OPEN or facts.terminated:
        return
    is_foreseen = now.known.renewal in {Renewal.TACIT, Renewal.EXPRESS}
    if is_foreseen and (given := _stated_notice(facts, day)):
        following = _following(facts, day)
        yield Reason("renewal", "noticed-late" if following else "noticed", _spanned(following, on=given))
    elif now.renewed_until or now.decision is Decision.RENEWED:
        yield Reason("renewal", "recorded", _spanned(now.renewed_until))
    elif is_foreseen:
        yield _next_term(facts, now, day)
    elif now.known.renewal == Renewal.NONE:
        yield Reason("renewal", "none", {})


def _next_term(facts: Facts, now: Standing, day: date) -> Reason:
    """Explain what is foreseen, where neither notice is given nor another term recorded."""
    last, limit = _interval(now), interval(facts.renewal_until)
    if last and limit and reaches(last, limit):
        return Reason("renewal", "limit", {"until": facts.renewal_until or ""})
    if facts.renewal_max is not None and (now.term_number or 0) >= facts.renewal_max:
        return Reason("renewal", "used-up", {"times": facts.renewal_max})
    if now.known.renewal == Renewal.EXPRESS and last and day > last[1]:
        return Reason("renewal", "unconfirmed", {})
    values: dict[str, str | int] = {}
    if now.known.renewal_term:
        values["length"] = now.known.renewal_term
    if facts.renewal_max is not None:
        values["times"] = facts.renewal_max - (now.term_number or 0)
    if facts.renewal_until:
        values["until"] = facts.renewal_until
    return Reason("renewal", str(now.known.renewal), values)


def _following(facts: Facts, day: date) -> Interval | None:
    """Give the last day of the term after the one that runs."""
    return next((term.last for term in islice(known_terms(facts, day).running(day), 1, 2)), None)


def _notice(facts: Facts, now: Standing, day: date) -> Iterator[Reason]:
    notice = now.known.notice
    given = _stated_notice(facts, day)
    if given:
        yield Reason("notice", "given", {"on": given})
    elif notice and now.status not in _OVER:
        values: dict[str, str | int] = {} if notice == ACADEMIC_YEAR else {"length": notice}
        if now.notice_by:
            values |= {"date": now.notice_by.isoformat(), "days": (now.notice_by - day).days}
        yield Reason("notice", "academic-year" if notice == ACADEMIC_YEAR else "length", values)


def _stated_notice(facts: Facts, day: date) -> str | None:
    """Give the day of the notice that holds, as exactly as it is known."""
    given = notice_given(facts, day)
    days = ((stated, interval(stated)) for stated in facts.notices)
    return next((stated for stated, lies in days if lies and lies[1] == given), None)


def _interval(now: Standing) -> Interval | None:
    return (now.ends_from, now.ends_to) if now.ends_from and now.ends_to else None


def _spanned(days: Interval | None, **values: str | int) -> dict[str, str | int]:
    between = {"first": days[0].isoformat(), "last": days[1].isoformat()} if days else {}
    return {**between, **values}
