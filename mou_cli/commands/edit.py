"""`mou edit`: change an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.commands.agreement import FIELDS, PARTIES, change_parties, say_counted_from_signature
from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.known_partner import refuse_without_partner
from mou_cli.commands.option import Named, taking
from mou_cli.commands.record import BASED_ON, edit_one
from mou_cli.commands.said import FROM, Said, refuse_two_ends, told_options
from mou_cli.views.choice import choose_agreement

if TYPE_CHECKING:
    from mou_cli.register import Register

app = make_app()


@app.command(cls=taking(PARTIES, [row.option for row in FIELDS], (FROM, BASED_ON, DRY_RUN), argument=Named.AGREEMENT))
def edit(context: typer.Context, ref: Annotated[str, typer.Argument(help="Reference or key.")]) -> None:
    """Change an agreement. What is said replaces what was recorded, an empty value clears it.

    Without options, on a terminal, it is opened in your editor.
    """
    call = Invocation.of(context)

    def adjust(register: Register, key: str, said: Said) -> None:
        refuse_without_partner(call)
        told = told_options(call)
        refuse_two_ends(told)
        if "term" in told and not {"starts", "ends"} & (register.get("agreement", key) | said.document).keys():
            said.document["starts"] = "signed"
            say_counted_from_signature(call)
        if "partner" in call.said or "home" in call.said:
            said.document["parties"] = change_parties(call, register, register.get("agreement", key)["parties"])

    edit_one(
        call,
        "agreement",
        FIELDS,
        lambda reader: choose_agreement(reader, ref),
        adjust,
    )
