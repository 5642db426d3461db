"""`mou history`: what has happened to an agreement, and what comes next."""

from __future__ import annotations

from typing import Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import SHOWN, Invocation
from mou_cli.commands.option import Named, taking
from mou_cli.views.choice import choose_agreement
from mou_cli.views.fact import find_facts

app = make_app()


@app.command(cls=taking(SHOWN, argument=Named.AGREEMENT, noun="fact"))
def history(context: typer.Context, ref: Annotated[str, typer.Argument(help="Reference or key.")]) -> None:
    """Show everything of an agreement that has a day, in the order of the days, and what lies ahead."""
    call = Invocation.of(context)
    with call.reader() as reader:
        key = choose_agreement(reader, ref)
        call.show_rows(find_facts(reader, key, call.today), "fact")
