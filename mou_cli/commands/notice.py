"""`mou notice`: notice to end an agreement was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.catalogue import translate
from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.lifecycle import DATED, Happening, happen
from mou_cli.commands.option import Named, taking
from mou_cli.commands.record import BASED_ON
from mou_cli.errors import Conflict
from mou_cli.output.message import say
from mou_cli.rules.length import ACADEMIC_YEAR, add, read_length
from mou_cli.rules.term import EndsWhy
from mou_cli.rules.wording import long_day
from mou_cli.vocabulary import Status

if TYPE_CHECKING:
    from datetime import date

app = make_app()


@app.command(cls=taking([row.option for row in DATED], (BASED_ON, DRY_RUN), argument=Named.AGREEMENT))
def notice(context: typer.Context, ref: Annotated[str, typer.Argument(help="Reference or key.")]) -> None:
    """Record that notice to end an agreement was given, and say until when it runs."""
    call = Invocation.of(context)

    def settle(happening: Happening) -> None:
        happening.refuse_terminated()
        happening.refuse_draft()
        stands = happening.standing
        if stands.status is Status.IN_NOTICE:
            raise Conflict(
                f"notice to end {happening.ref} was given already", f"`mou history {happening.ref}` says when"
            )
        if stands.status is Status.EXPIRED:
            raise Conflict(f"{happening.ref} has ended on {stands.ends_to}: no notice is needed")
        if stands.notice_by and happening.day > stands.notice_by:
            language = call.asking_language
            by = long_day(stands.notice_by, language)
            say(translate("the last day for notice was {date}: it works for the term after", language, date=by))
        if stands.ends_why is EndsWhy.OPEN:
            end = f"mou terminate {happening.ref} --on {_last_day(happening) or 'DATE'}"
            say(
                translate(
                    "nothing says when it ends: `{command}` records the last day", call.asking_language, command=end
                )
            )

    happen(call, "notice", ref, "notice", DATED, settle)


def _last_day(happening: Happening) -> date | None:
    """Give the day on which an agreement without an end would be over if its notice ran from that day."""
    length = happening.standing.known.notice
    if length is None or length == ACADEMIC_YEAR:
        return None
    notice = read_length(length)
    return add(happening.day, notice.months, notice.days)
