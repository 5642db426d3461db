"""Renewals: for how long an agreement goes on, what speaks against it, and many of them at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mou_cli.catalogue import translate, translate_number
from mou_cli.commands.lifecycle import Happening, begin, read_fact, say_if_ahead
from mou_cli.commands.option import option
from mou_cli.commands.record import declare_all, must_confirm
from mou_cli.commands.said import FieldOption
from mou_cli.errors import Conflict, MouError, UsageError
from mou_cli.output.message import say
from mou_cli.rules.date import OPEN
from mou_cli.rules.known import stated_length
from mou_cli.rules.term import EndsWhy, Facts, RenewalFact
from mou_cli.vocabulary import RENEWAL_FORMS, Renewal

if TYPE_CHECKING:
    from mou_cli.commands.invocation import Invocation
    from mou_cli.fields.shape import Document, Patch
    from mou_cli.register import Register
    from mou_cli.store.reader import Reader, Row

RENEWED = (
    FieldOption(option("--until", "The new last day, or `open`.", metavar="DATE", complete=("open",)), "until"),
    FieldOption(option("--term", "For how long, such as 3y, 18m, 90d.", metavar="LENGTH"), "term"),
    FieldOption(option("--form", "How it was renewed.", metavar="FORM", complete=RENEWAL_FORMS), "form"),
)


def check_renewal(happening: Happening) -> tuple[str | None, str | None]:
    """Complete a renewal; give the last day before and after it, as far as each is certain.

    Raises UsageError or Conflict for what cannot be.
    """
    ref, fact = happening.ref, happening.fact
    _refuse_unrenewable(happening)
    if "until" not in fact and "term" not in fact:
        fact["term"] = _usual_length(happening)
    happening.refuse_twice()
    from mou_cli.rules.renewal import extension

    renewal = RenewalFact(fact["date"], fact.get("until"), fact.get("term"))
    before, after = extension(happening.facts, happening.day, renewal)
    if fact.get("until") == OPEN:
        return _certain(before), None
    if before is None and "until" not in fact:
        raise Conflict(f"{ref}: when the running term ends is not known", "say --until DATE")
    if before == after:
        raise Conflict(f"{ref} ends on {_told(before)} already", _why_no_later(happening.facts, fact))
    return _certain(before), _certain(after)


def check_renewal_elsewhere(happening: Happening) -> str | None:
    """Complete a renewal by another agreement; give the new last day where this one goes on for longer as well.

    It does so only if that is said, and after that not by itself. Raises Conflict for what cannot be.
    """
    happening.fact["renewal"] = str(Renewal.NONE)
    if {"until", "term"} & happening.fact.keys():
        return check_renewal(happening)[1]
    _refuse_unrenewable(happening)
    happening.refuse_twice()
    return None


def _refuse_unrenewable(happening: Happening) -> None:
    happening.refuse_terminated("what is over is not renewed; `mou add --like` begins anew")
    happening.refuse_draft()
    if happening.standing.ends_why is EndsWhy.OPEN:
        raise Conflict(f"{happening.ref} has no end, and so is not renewed")


def _refuse_renewed(happening: Happening, today: date) -> None:
    """Raise Conflict where a renewal is recorded already; nothing is renewed twice until the same day."""
    from mou_cli.rules.standing import standing

    until = standing(happening.facts, max(today, happening.day)).renewed_until
    if until and "until" not in happening.fact:
        raise Conflict(f"{happening.ref} is renewed already, and goes on until {until[1]}")


def _why_no_later(facts: Facts, fact: Document) -> str:
    if "until" not in fact and facts.renewal_until:
        return f"no renewal goes beyond {facts.renewal_until}"
    return "say a later day with --until"


def _usual_length(happening: Happening) -> str:
    """Give the length of a renewal that nobody said: the renewal term, else that of the term. Raises UsageError."""
    facts = happening.facts
    length = happening.standing.known.renewal_term or facts.term or str(stated_length(facts) or "")
    if not length:
        raise UsageError(f"for how long {happening.ref} is renewed is not said", "say --until DATE or --term LENGTH")
    return length


def _certain(last: tuple[date, date] | None) -> str | None:
    return last[0].isoformat() if last and last[0] == last[1] else None


def _told(last: tuple[date, date] | None) -> str:
    return "a day that is not known" if last is None else str(last[1])


def renew_many(call: Invocation, options: tuple[FieldOption, ...]) -> None:
    """Renew what the filters find: show it, ask, and record it as one change."""
    from mou_cli.asking.confirm import confirm

    is_asked = must_confirm(call, "renewing many agreements", "say --yes, or see with --dry-run")
    with call.rehearsal() as rehearsal:
        fact = read_fact(call, rehearsal.reader, "renewal", options)
        seen, rows = _plan(call, rehearsal, fact)
    say_if_ahead(call, fact)
    # A pager would hold the table back until the program ends, and the question with it.
    call.show_rows(iter(rows), "renewal", is_paged=False)
    language = call.asking_language
    if call.is_dry_run or not seen:
        say(_count(len(seen), len(rows), language))
        return
    if is_asked:
        number = translate_number("Renew {number} agreement?", "Renew {number} agreements?", len(seen), language)
        confirm(number, translate("nothing was renewed", language), language)

    def body(register: Register) -> None:
        planned, _rows = _plan(call, register, fact)
        if planned != seen:
            raise Conflict("the register has changed meanwhile, and nothing was renewed", "look at it once more")
        declare_all(register, planned)

    call.change(f"renew {len(seen)} agreements", body)
    say(_count(len(seen), len(rows), language, is_done=True))


def _count(renewed: int, found: int, language: str, *, is_done: bool = False) -> str:
    if is_done:
        told = translate_number("{number} agreement renewed", "{number} agreements renewed", renewed, language)
    else:
        told = translate_number(
            "{number} agreement can be renewed", "{number} agreements can be renewed", renewed, language
        )
    if left := found - renewed:
        cannot = translate_number("{number} cannot be", "{number} cannot be", left, language)
        return f"{told}; {cannot}"
    return told


def _plan(call: Invocation, register: Register, fact: Document) -> tuple[list[Patch], list[Row]]:
    """Give what is to be declared, and a row for each agreement: how its end moves, or what speaks against it."""
    patches: list[Patch] = []
    rows = []
    for found in _find(call, register.reader):
        row = {"ref": found["ref"], "key": found["key"], "partners": found["partners"]}
        row |= {"ends_before": found["ends_on"], "ends_after": None, "days": None, "problem": None}
        try:
            happening = begin(register, found["key"], dict(fact))
            _refuse_renewed(happening, call.today)
            row["ends_before"], row["ends_after"] = check_renewal(happening)
        except MouError as error:
            row["problem"] = error.message
        else:
            row["days"] = _days_between(row)
            patches += happening.patches()
        rows.append(row)
    return patches, rows


def _find(call: Invocation, reader: Reader) -> list[Row]:
    from mou_cli.commands.filter import choose_filter
    from mou_cli.views.agreement import find_agreements

    wanted = choose_filter(reader, call.said, call.today)
    return list(find_agreements(reader, wanted, call.today, language=call.language))


def _days_between(row: Row) -> int | None:
    before, after = row["ends_before"], row["ends_after"]
    return (date.fromisoformat(after) - date.fromisoformat(before)).days if before and after else None
