"""`mou remove`: remove an agreement."""

from __future__ import annotations

from typing import Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.option import Named, taking
from mou_cli.commands.record import BASED_ON, YES, remove_one
from mou_cli.views.choice import choose_agreement

app = make_app()


@app.command(cls=taking((YES, BASED_ON, DRY_RUN), argument=Named.AGREEMENT))
def remove(context: typer.Context, ref: Annotated[str, typer.Argument(help="Reference or key.")]) -> None:
    """Remove an agreement. Its reference is never given again."""
    remove_one(Invocation.of(context), "agreement", lambda reader: choose_agreement(reader, ref))
