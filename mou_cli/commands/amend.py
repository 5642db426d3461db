"""`mou amend`: what an agreement says is changed from a day on."""

from __future__ import annotations

from typing import Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.lifecycle import DATED, NOTE, Happening, happen, link_to, say_if_early
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.record import BASED_ON
from mou_cli.commands.said import FieldOption, refuse_two_ends, told_options
from mou_cli.errors import Conflict, UsageError
from mou_cli.rules.date import OPEN, interval
from mou_cli.rules.standing import ends_after
from mou_cli.vocabulary import RENEWALS, Status

_CHANGED = (
    FieldOption(
        option("--ends", "New last day of the running term, or `open`.", metavar="DATE", complete=("open",)), "until"
    ),
    FieldOption(option("--term", "New length of the running term, such as 3y.", metavar="LENGTH"), "term"),
    FieldOption(option("--renewal", "none, tacit or express.", metavar="HOW", complete=RENEWALS), "renewal"),
    FieldOption(option("--renewal-term", "New length of every further term.", metavar="LENGTH"), "renewal_term"),
    FieldOption(
        option("--notice", "New length of notice, or academic-year.", metavar="LENGTH", complete=("academic-year",)),
        "notice",
    ),
    FieldOption(option("--review", "New day of the next review.", metavar="DATE"), "review"),
)
_OPTIONS = (*_CHANGED, *DATED)
_AGREEMENT = option(
    "--by-agreement", "The addendum that says so, where it is recorded.", metavar="REF", complete=Named.AGREEMENT
)
app = make_app()


@app.command(cls=taking([row.option for row in _OPTIONS], (_AGREEMENT, BASED_ON, DRY_RUN), argument=Named.AGREEMENT))
def amend(context: typer.Context, ref: Annotated[str, typer.Argument(help="Reference or key.")]) -> None:
    """Record an amendment: what holds from its day on. What held before is kept, and answers for the days before."""
    call = Invocation.of(context)
    said = told_options(call)
    if not said & {row.option.name for row in (*_CHANGED, NOTE)} and "by_agreement" not in said:
        raise UsageError("nothing is said that would change", "`mou amend --help` lists the options")
    refuse_two_ends(said)

    def settle(happening: Happening) -> None:
        happening.refuse_terminated()
        happening.refuse_unsigned()
        if "until" in happening.fact or "term" in happening.fact:
            _check_end(happening)
        if "by_agreement" in said:
            link_to(happening, "--by-agreement", call.said["by_agreement"], "amends")
        happening.refuse_twice()
        say_if_early(call, happening)

    happen(call, "amend", ref, "amendment", _OPTIONS, settle)


def _check_end(happening: Happening) -> None:
    """Raise Conflict where the running term cannot end so."""
    ref, fact, stands = happening.ref, happening.fact, happening.standing
    if stands.status is Status.EXPIRED:
        renew = f"`mou renew {ref}` records that it goes on"
        raise Conflict(f"{ref} has ended on {stands.ends_to}, before {fact['date']}", renew)
    hint: str | None = None
    if "term" in fact:
        # What is meant by "one more year" is told, for a term counts from its first day.
        hint = f"a term counts from its first day; `mou renew {ref} --term {fact['term']}` lets it go on for so long"
        if (last := ends_after(stands, fact["term"])) is None:
            raise Conflict(f"{ref}: from which day {fact['term']} would count is not known", "say --ends DATE")
        until = last[1].isoformat()
    elif (until := fact["until"]) == OPEN:
        return
    elif (last := interval(until)) is None:
        raise UsageError(f"--ends: {until} has no year")
    if last[1] < happening.day:
        raise Conflict(f"{ref} cannot end on {until}, before the amendment of {fact['date']}", hint)
    if stands.starts_from and last[1] < stands.starts_from:
        raise Conflict(f"{ref} cannot end on {until}: it starts on {stands.starts_from}")
