"""`mou renew`: an agreement goes on for another term, or many do."""

from __future__ import annotations

from typing import Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.filter import FILTERS
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.lifecycle import DATED, Happening, happen, link_to, say_if_early
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.record import BASED_ON, YES
from mou_cli.commands.renewal import RENEWED, check_renewal, check_renewal_elsewhere, renew_many
from mou_cli.commands.said import refuse_two_ends
from mou_cli.errors import UsageError

_NEW = "new"
_WITH = option("--with", "The new agreement, with --form new.", metavar="REF", complete=Named.AGREEMENT)
_OPTIONS = (*RENEWED, *DATED)
_FILTERED = {row.name for row in FILTERS}
app = make_app()


@app.command(
    cls=taking([row.option for row in _OPTIONS], (_WITH,), FILTERS, (YES, BASED_ON, DRY_RUN), argument=Named.AGREEMENT)
)
def renew(context: typer.Context, ref: Annotated[str | None, typer.Argument(help="Reference or key.")] = None) -> None:
    """Record that an agreement goes on for another term; by filters, all that they find, after asking.

    Without --until and --term it goes on for its renewal term, else for as long as its term was; --with a new agreement
    it is that which goes on. Nothing that proves an earlier term is taken over: the evidence of a renewal is its own.
    """
    call = Invocation.of(context)
    filters = sorted(call.said.keys() & _FILTERED)
    refuse_two_ends(call.said.keys(), "until")
    if "with" in call.said and (filters or call.said.setdefault("form", _NEW) != _NEW):
        raise UsageError("--with says the new agreement of one that is renewed with --form new")
    if ref is None:
        if not filters:
            raise UsageError("which agreement is not said", "say its reference, or filters as of `mou list`")
        if "based_on" in call.said:
            raise UsageError("--based-on is said of one agreement, and filters find many", "say its reference")
        renew_many(call, _OPTIONS)
        return
    if filters:
        flag = filters[0].replace("_", "-")
        raise UsageError(f"--{flag} finds agreements, and {ref} names one", "say either")

    def settle(happening: Happening) -> None:
        if "with" in call.said:
            happening.until = check_renewal_elsewhere(happening)
            link_to(happening, "--with", call.said["with"], "renews")
        else:
            _before, happening.until = check_renewal(happening)
        say_if_early(call, happening)

    happen(call, "renew", ref, "renewal", _OPTIONS, settle)
