"""`mou show`: one agreement whole."""

from __future__ import annotations

from typing import Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import Invocation
from mou_cli.commands.option import Named, taking
from mou_cli.commands.publish import PUBLIC
from mou_cli.commands.whole import show_whole
from mou_cli.views.choice import choose_agreement

app = make_app()


@app.command(cls=taking((PUBLIC,), argument=Named.AGREEMENT))
def show(context: typer.Context, ref: Annotated[str, typer.Argument(help="Reference or key.")]) -> None:
    """Show an agreement whole, as it stands on the day asked, and where its dates come from."""
    call = Invocation.of(context)
    with call.reader() as reader:
        key = choose_agreement(reader, ref)
        show_whole(call, reader, "agreement", key)
