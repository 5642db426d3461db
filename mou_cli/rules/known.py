"""What is known of an agreement on a day: its facts, as far as they are dated on or before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from mou_cli.rules.date import first_day, interval
from mou_cli.rules.length import Length, length_between
from mou_cli.vocabulary import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mou_cli.rules.term import Facts, RenewalFact, TerminationFact

UNSIGNED = frozenset({Stage.UNSTATED, Stage.DRAFT, Stage.NEGOTIATION})


_ALWAYS = date.min


class Dated(Protocol):
    """A fact with the day it is of, as it is kept."""

    @property
    def on(self) -> str:
        """The day."""


D = TypeVar("D", bound=Dated)


class Known(NamedTuple):
    """What holds on a day of what is recorded once: after the signatures, amendments, … until then."""

    stage: str
    signed: str | None
    renewal: str
    renewal_term: str | None
    notice: str | None
    terminated: str | None
    review: str | None


def stated_length(facts: Facts) -> Length | None:
    """Give the length of a first term of which both days are stated; None where one of them is not certain."""
    first = interval(first_day(facts.starts, facts.signed))
    last = interval(facts.ends)
    if not first or not last or first[0] != first[1] or last[0] != last[1]:
        return None
    return length_between(first[0], last[0])


def since(stored: str) -> date | None:
    """Give the day from which on a fact of a date is known; None without a year, for nothing says when."""
    days = interval(stored)
    return days[1] if days else None


def earliest(stored: Iterable[str]) -> str | None:
    """Give the date that is known first; one without a year is known on every day."""
    return min(stored, key=lambda each: since(each) or _ALWAYS, default=None)


def known_facts(facts: Facts, day: date) -> Facts:
    """Give the facts as they are known on a day; all renewals and notices, which are asked for with the day.

    What has no day of its own is known on every day. But where a signature is recorded, the day of signature is not
    known before it comes, and the stage is what it was until then; nor is an agreement terminated before a termination
    with a day was decided. Of several terminations the last that was decided holds.
    """
    if not (facts.signatures or facts.terminations or facts.amendments or facts.reviews):
        return facts
    ended = known_of(facts.terminations, day)
    return replace(
        facts,
        stage=_stage(facts, day),
        signed=_signed(facts, day),
        terminated=_last_day(ended[-1]) if ended else facts.terminated,
        terminations=(),
        amendments=known_of(facts.amendments, day),
        reviews=known_of(facts.reviews, day),
    )


def known_of(facts: Iterable[D], day: date) -> tuple[D, ...]:
    """Give those of some facts that are known on a day, in the order of their days."""
    dated = ((on, fact) for fact in facts if (on := since(fact.on)) and on <= day)
    return tuple(fact for _on, fact in sorted(dated, key=itemgetter(0)))


def _last_day(termination: TerminationFact) -> str:
    return termination.until if termination.until and interval(termination.until) else termination.on


def _stage(facts: Facts, day: date) -> str:
    if facts.stage in UNSIGNED and any((on := since(signed)) and on <= day for signed in facts.signatures):
        return Stage.SIGNED
    if facts.stage == Stage.TERMINATED and not facts.terminated:
        days = [on for termination in facts.terminations if (on := since(termination.on))]
        return Stage.UNSTATED if days and min(days) > day else facts.stage
    return facts.stage


def _signed(facts: Facts, day: date) -> str | None:
    signed = interval(facts.signed)
    return None if facts.signatures and signed and signed[1] > day else facts.signed


def holding(facts: Facts, day: date) -> Known:
    """Say what holds on a day of what is recorded once."""
    known = known_facts(facts, day)
    if not (known.amendments or known.reviews):
        once = (known.stage, known.signed, known.renewal, known.renewal_term, known.notice, known.terminated)
        return Known(*once, known.review)
    holds = {name: getattr(known, name) for name in ("renewal", "renewal_term", "notice")}
    for amendment in known.amendments:
        holds |= {name: said for name in holds if (said := getattr(amendment, name)) is not None}
    return Known(known.stage, known.signed, **holds, terminated=known.terminated, review=_review(known))


def _review(known: Facts) -> str | None:
    """Give the day of the next review. One that is held settles what was due, unless all of that is yet to come."""
    review = known.review
    said = [(each.on, each.review, True) for each in known.reviews]
    said += [(each.on, each.review, False) for each in known.amendments if each.review]
    for on, following, is_held in sorted(said, key=lambda each: (since(each[0]), each[2])):
        due, held = interval(review), since(on)
        if following or (is_held and due and held and due[0] <= held):
            review = following
    return review


def known_renewals(facts: Facts, day: date) -> Sequence[tuple[date, RenewalFact]]:
    """Give the renewals known on a day, each with the day since when, in the order of these."""
    return [(on, renewal) for renewal in known_of(facts.renewals, day) if (on := since(renewal.on))]


def notice_given(facts: Facts, day: date) -> date | None:
    """Find the earliest notice known on a day that no later renewal, or amendment of the end, overrides."""
    if not facts.notices:
        return None
    going_on = [on for on, _renewal in known_renewals(facts, day)]
    going_on += [on for each in known_of(facts.amendments, day) if each.moves_end and (on := since(each.on))]
    days = [on for notice in facts.notices if (on := since(notice)) and on <= day]
    return min((on for on in days if all(other <= on for other in going_on)), default=None)


def fact_days(facts: Facts) -> Iterator[date]:
    """Give the days on which something more becomes known."""
    once = [facts.cancelled_on, facts.superseded_on, facts.signed if facts.signatures else None]
    rows: tuple[Dated, ...] = (*facts.renewals, *facts.amendments, *facts.terminations, *facts.reviews)
    for stored in (*facts.notices, *facts.signatures, *once, *(row.on for row in rows)):
        if stored and (on := since(stored)):
            yield on
