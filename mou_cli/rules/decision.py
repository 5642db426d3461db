"""What somebody has decided of an agreement's going on: by a renewal, by notice, or in a review."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.rules.known import known_of, known_renewals, since
from mou_cli.rules.term import Term, Terms, earlier

if TYPE_CHECKING:
    from datetime import date

    from mou_cli.rules.date import Interval
    from mou_cli.rules.term import Facts

# What came of a review that is for going on. To amend the agreement first is not yet to want it as it is.
_GOING_ON = frozenset({"continue", "renew"})


class Decision(StrEnum):
    """What was decided last: another term is recorded, a review is for going on, or it is to end."""

    RENEWED = "renewed"
    CONTINUE = "continue"
    END = "end"


class Decisions(NamedTuple):
    """What is known on a day to have been decided; of a term it says what follows it.

    `laid` is the last day until which recorded renewals let the agreement go on, and `is_laid_beyond` says that they
    do so for longer, and not how long. `wanted_on` is the day of the review that is for going on.
    """

    laid: Interval | None
    is_laid_beyond: bool
    is_to_end: bool
    wanted_on: date | None

    def renewed_until(self, term: Term) -> Interval | None:
        """Give the last day until which recorded renewals let it go on after a term; None where they do not.

        None, too, where nothing says until when, or where what is renewed has no end.
        """
        return self.laid if self.laid and term.last and self.laid[1] > term.last[1] else None

    def of(self, term: Term) -> Decision | None:
        """Give what holds of a term. A review is for the term in which it was held, as far as one can tell."""
        if self.is_to_end:
            return Decision.END
        if self.is_laid_beyond or self.renewed_until(term):
            return Decision.RENEWED
        is_wanted = self.wanted_on and (term.first is None or self.wanted_on >= term.first[1])
        return Decision.CONTINUE if is_wanted else None


def decisions(facts: Facts, day: date, terms: Terms) -> Decisions | None:
    """Give what is known on a day to have been decided of terms; None where there is nothing that could decide.

    What was decided last holds. A notice is overridden as `known.notice_given` says, a review that lets the agreement
    end by one that is for going on as well.
    """
    if not (facts.renewals or facts.notices or facts.reviews):
        return None
    reviews = [(on, each.outcome) for each in known_of(facts.reviews, day) if (on := since(each.on))]
    wanted_on = max((on for on, outcome in reviews if outcome in _GOING_ON), default=None)
    ended_on = max((on for on, outcome in reviews if outcome == Decision.END), default=None)
    if ended_on:
        wanted_on = wanted_on if wanted_on and wanted_on > ended_on else None
        moved = [since(each.on) for each in known_of(facts.amendments, day) if each.moves_end]
        going_on = (wanted_on, *(on for on, _renewal in known_renewals(facts, day)), *moved)
        ended_on = None if any(on and on > ended_on for on in going_on) else ended_on
    last = terms.last()
    laid = earlier(terms.laid, last) if terms.laid and last else terms.laid
    return Decisions(laid, terms.is_laid_beyond, terms.is_notice_given or ended_on is not None, wanted_on)
