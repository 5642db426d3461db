"""`mou supersede`: another agreement takes the place of one."""

from __future__ import annotations

from typing import Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.lifecycle import DATED, Happening, happen, link_to
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.record import BASED_ON
from mou_cli.errors import UsageError

_WITH = option("--with", "The agreement that takes its place.", metavar="REF", complete=Named.AGREEMENT)
app = make_app()


@app.command(cls=taking([row.option for row in DATED], (_WITH, BASED_ON, DRY_RUN), argument=Named.AGREEMENT))
def supersede(context: typer.Context, ref: Annotated[str, typer.Argument(help="Reference or key.")]) -> None:
    """Record that another agreement takes the place of one; the other is linked to it."""
    call = Invocation.of(context)
    if "with" not in call.said:
        raise UsageError("what takes its place is not said", "say --with REF")

    def settle(happening: Happening) -> None:
        link_to(happening, "--with", call.said["with"], "supersedes")
        happening.refuse_stopped()

    happen(call, "supersede", ref, "supersession", DATED, settle)
