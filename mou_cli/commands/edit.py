"""`mou edit`: change an agreement."""

from __future__ import annotations

from typing import Annotated

import typer

from mou_cli.commands.agreement import FIELDS, PARTIES, find_parties
from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.option import taking
from mou_cli.commands.record import FROM, answer, edit_record, read_said
from mou_cli.views.agreement import get_agreement
from mou_cli.views.choice import choose_agreement

app = make_app()


@app.command(cls=taking(PARTIES, [row.option for row in FIELDS], (FROM, DRY_RUN)))
def edit(context: typer.Context, ref: Annotated[str, typer.Argument(help="Reference or key.")]) -> None:
    """Change an agreement: what is said replaces what was recorded, an empty value clears it."""
    call = Invocation.of(context)
    with call.register("edit agreement") as register:
        key = choose_agreement(register.reader, ref)
        said = read_said(call, register.reader, "agreement", FIELDS)
        if "partner" in call.said:
            said.document["parties"] = find_parties(call, register)
        change = edit_record(register, "agreement", key, said)
        row = None if call.is_dry_run else get_agreement(register.reader, key, call.today)
    answer(call, change, lambda: row or {}, ref)
