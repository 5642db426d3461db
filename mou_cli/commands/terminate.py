"""`mou terminate`: the end of an agreement before its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.lifecycle import BY, EVIDENCE, NOTE, Happening, happen
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.record import BASED_ON
from mou_cli.commands.said import FieldOption
from mou_cli.errors import Conflict, UsageError
from mou_cli.rules.date import interval

if TYPE_CHECKING:
    from datetime import date

_OPTIONS = (
    FieldOption(option("--on", "The last day in force.", metavar="DATE"), "until"),
    FieldOption(option("--decided", "When it was decided; today, or --on if that is earlier.", metavar="DATE"), "date"),
    BY,
    EVIDENCE,
    NOTE,
)
_REASON = option("--reason", "Why it is ended.")
app = make_app()


@app.command(cls=taking([row.option for row in _OPTIONS], (_REASON, BASED_ON, DRY_RUN), argument=Named.AGREEMENT))
def terminate(context: typer.Context, ref: Annotated[str, typer.Argument(help="Reference or key.")]) -> None:
    """Record that an agreement is ended early. Before the day of the decision nothing is known of it."""
    call = Invocation.of(context)
    if "on" not in call.said:
        raise UsageError("the last day in force is not said", "say --on DATE")
    if reason := call.said.get("reason"):
        call.said["note"] = "\n".join(filter(None, (reason, call.said.get("note"))))

    def settle(happening: Happening) -> None:
        fact = happening.fact
        last = interval(fact["until"])
        if last is None:
            raise UsageError(f"--on: {fact['until']} has no year")
        if "decided" not in call.said and last[1] < happening.day:
            fact["date"] = fact["until"]
        happening.refuse_terminated()
        _check(happening, last[0], last[1])

    happen(call, "terminate", ref, "termination", _OPTIONS, settle)


def _check(happening: Happening, first: date, last: date) -> None:
    """Raise Conflict where the day lies outside the time in force."""
    from mou_cli.rules.renewal import known_terms

    ref = happening.ref
    terms = known_terms(happening.facts, happening.day)
    if terms.first and last < terms.first[0]:
        raise Conflict(f"{ref} cannot end on {last}: it starts on {terms.first[0]}")
    ends = terms.last()
    if terms.is_final and ends and ends[1] < first:
        raise Conflict(f"{ref} cannot be ended on {first}: it ends on {ends[1]} by itself")
