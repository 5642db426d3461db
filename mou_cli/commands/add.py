"""`mou add`: record an agreement."""

from __future__ import annotations

import typer

from mou_cli.commands.agreement import FIELDS, PARTIES, find_parties
from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.option import taking
from mou_cli.commands.record import FROM, Said, add_record, answer, read_said
from mou_cli.errors import UsageError
from mou_cli.output.message import say
from mou_cli.views.agreement import get_agreement

app = make_app()


@app.command(cls=taking(PARTIES, [row.option for row in FIELDS], (FROM, DRY_RUN)))
def add(context: typer.Context) -> None:
    """Record an agreement from options, or from one YAML or JSON record. Prints its reference."""
    call = Invocation.of(context)
    with call.register("add agreement", may_create=True) as register:
        said = read_said(call, register.reader, "agreement", FIELDS)
        if "parties" not in said.document or "partner" in call.said:
            said.document["parties"] = find_parties(call, register)
        if said.file is None:
            _imply(said)
        ref: str = said.document.get("ref") or register.give_reference()
        said.document["ref"] = ref
        key: str = said.document.get("key") or ref
        change = add_record(register, "agreement", key, said)
        row = None if call.is_dry_run else get_agreement(register.reader, key, call.today)
    answer(call, change, lambda: row or {}, ref)


def _imply(said: Said) -> None:
    """Add what somebody who types means, and say so; in a file nothing is implied."""
    document = said.document
    if "ends" in document and "term" in document:
        raise UsageError("the end is said twice, by --ends and --term", "say one of them")
    if "term" in document and "starts" not in document:
        document["starts"] = "signed"
        say("the term is counted from the day of signature (say --starts for another first day)")
    if "signed" in document and "stage" not in document:
        document["stage"] = "signed"
