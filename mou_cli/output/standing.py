"""How an agreement stands on a day, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.output.agreement import COLUMNS
from mou_cli.rules.renewal import known_terms
from mou_cli.rules.standing import standing
from mou_cli.rules.term import EndsWhy
from mou_cli.vocabulary import STATUSES, STOPPED, Status

if TYPE_CHECKING:
    from datetime import date

    from mou_cli.rules.term import Facts


def standing_in_words(facts: Facts, today: date, language: str, until: str | None = None) -> str:
    """Give how an agreement stands on a day, when its term ends, and until when it goes on after that."""
    found = standing(facts, today)
    status = STATUSES.label(found.status, language)
    if found.status in STOPPED:
        return status
    if found.ends_why is EndsWhy.OPEN:
        return translate("{status}, without an end", language, status=status)
    values = {name: str(getattr(found, name) or "") for name in ("ends_on", "ends_from", "ends_to", "ends_why")}
    ends = COLUMNS["ends"].show(values, language)
    if not ends:
        return translate("{status}, the end is not known", language, status=status)
    last = known_terms(facts, today).last()
    if found.status is Status.IN_NOTICE:
        # What was renewed before notice was given goes no further than the notice lets it.
        until = None
    if last and last[0] == last[1]:
        until = max(until or "", str(last[0]))
    elif last and not until:
        until = COLUMNS["ends"].show({"ends_from": str(last[0]), "ends_to": str(last[1])}, language)
    if until and until != ends:
        return translate(
            "{status}, the term ends {date}, and it goes on until {until}",
            language,
            status=status,
            date=ends,
            until=until,
        )
    return translate("{status}, the term ends {date}", language, status=status, date=ends)
