"""`mou add`: record an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from mou_cli.commands.agreement import COUNTED_FROM_SIGNATURE, FIELDS, PARTIES, find_parties
from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.option import taking
from mou_cli.commands.record import add_record, answer
from mou_cli.commands.said import FROM, Said, read_said
from mou_cli.errors import UsageError
from mou_cli.output.message import say
from mou_cli.views.whole import whole_agreement

if TYPE_CHECKING:
    from mou_cli.records.change import Change
    from mou_cli.register import Register
    from mou_cli.store.reader import Row

app = make_app()


@app.command(cls=taking(PARTIES, [row.option for row in FIELDS], (FROM, DRY_RUN)))
def add(context: typer.Context) -> None:
    """Record an agreement from options, or from one YAML or JSON record. Prints its reference."""
    call = Invocation.of(context)
    change, row = call.record("add agreement", lambda register: _add(call, register))
    if "term" in call.said and (change.after or {}).get("starts") == "signed" and "starts" not in call.said:
        say(COUNTED_FROM_SIGNATURE)
    answer(call, change, row, (change.after or {})["ref"])


def _add(call: Invocation, register: Register) -> tuple[Change, Row]:
    parties = find_parties(call, register) if "partner" in call.said or "from" not in call.said else None
    said = read_said(call, register.reader, "agreement", FIELDS)
    if parties:
        said.document["parties"] = parties
    if said.file is None:
        _imply(said)
    ref: str = said.document.get("ref") or register.give_reference()
    said.document["ref"] = ref
    key: str = said.document.get("key") or ref
    change = add_record(register, "agreement", key, said)
    return change, {} if register.is_rehearsal else whole_agreement(register.reader, key, call.today)


def _imply(said: Said) -> None:
    """Add what somebody who types means; in a file nothing is implied."""
    document = said.document
    if "ends" in document and "term" in document:
        raise UsageError("the end is said twice, by --ends and --term", "say one of them")
    if "term" in document and "starts" not in document:
        document["starts"] = "signed"
    if "signed" in document and "stage" not in document:
        document["stage"] = "signed"
