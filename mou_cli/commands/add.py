"""`mou add`: record an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from mou_cli.asking.line import can_ask
from mou_cli.commands.agreement import FIELDS, PARTIES, change_parties, find_parties, say_counted_from_signature
from mou_cli.commands.app import make_app
from mou_cli.commands.ask import ASK, is_asking
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.known_partner import refuse_without_partner
from mou_cli.commands.option import option, taking
from mou_cli.commands.record import add_record, answer, answered
from mou_cli.commands.said import FROM, Said, read_said, refuse_two_ends
from mou_cli.views.choice import choose_agreement
from mou_cli.views.document import documents

if TYPE_CHECKING:
    from mou_cli.fields.shape import Document
    from mou_cli.records.change import Change
    from mou_cli.register import Register
    from mou_cli.store.reader import Reader, Row

app = make_app()
_ACTION = "add agreement"
_LIKE = option("--like", "Start from another agreement: its parties, type, areas, term …; no dates.", metavar="REF")
# What is not of the one agreement alone, as dates, signatures and documents are.
ALIKE = {
    *("parties", "type", "areas", "term", "renewal", "renewal_term", "renewal_max", "notice", "project", "unit"),
    *("responsible", "backup", "region", "languages", "tags", "public"),
}


@app.command(cls=taking(PARTIES, [row.option for row in FIELDS], (_LIKE, ASK, FROM, DRY_RUN)))
def add(context: typer.Context) -> None:
    """Record an agreement from options, or from one YAML or JSON record; on a terminal, ask. Prints its reference."""
    call = Invocation.of(context)
    like = _find_like(call)
    is_complete = "partner" in call.said

    def add_now(register: Register) -> tuple[Change, Row]:
        # What nobody was shown is taken as it is by now.
        return _add(call, register, _read_like(call, register.reader))

    if is_asking(call, enough=is_complete):
        from mou_cli.commands.ask_agreement import ASKED, ask_agreement

        kept = {name: value for name, value in like.items() if name == "parties" or name not in ASKED}
        change, row = ask_agreement(call, _ACTION, lambda register: _add(call, register, kept), like)
    elif is_complete and can_ask():
        from mou_cli.commands.ask_agreement import settle_partners

        change, row = settle_partners(call, _ACTION, add_now)
    else:
        change, row = call.record(_ACTION, add_now)
    document = change.after or {}
    if "from" not in call.said and "term" in document and "starts" not in call.said:
        say_counted_from_signature(call)
    answer(call, change, row, document["ref"])


def _find_like(call: Invocation) -> Document:
    if "like" not in call.said:
        return {}
    with call.reader() as reader:
        return _read_like(call, reader)


def _read_like(call: Invocation, reader: Reader) -> Document:
    """Give what an agreement that is like the one of --like has from it. Raises NotFound."""
    if "like" not in call.said:
        return {}
    from mou_cli.fields.agreement import AGREEMENT

    key = choose_agreement(reader, call.said["like"])
    document = documents(reader, AGREEMENT, [key])[key]
    return {name: value for name, value in document.items() if name in ALIKE}


def _add(call: Invocation, register: Register, like: Document) -> tuple[Change, Row]:
    parties = _find_parties(call, register, like)
    said = read_said(call, register.reader, "agreement", FIELDS)
    if parties:
        said.document["parties"] = parties
    if "ends" in said.document:
        like = {name: value for name, value in like.items() if name != "term"}
    said.document = like | said.document
    if said.file is None:
        _imply(said)
    ref: str = said.document.get("ref") or register.give_reference()
    said.document["ref"] = ref
    key: str = said.document.get("key") or ref
    change = add_record(register, "agreement", key, said)
    return change, answered(call, register, "agreement", key)


def _find_parties(call: Invocation, register: Register, like: Document) -> list[Row] | None:
    """Give the parties that were said; None where those of a file or of another agreement stand."""
    if like or "from" in call.said:
        refuse_without_partner(call)
    if like:
        return change_parties(call, register, like["parties"]) if {"partner", "home"} & call.said.keys() else None
    return find_parties(call, register) if "partner" in call.said or "from" not in call.said else None


def _imply(said: Said) -> None:
    """Add what somebody who types means; in a file nothing is implied."""
    document = said.document
    told = {name for name, value in document.items() if value is not None}
    refuse_two_ends(told)
    if "term" in told and "starts" not in document:
        document["starts"] = "signed"
    if "signed" in told and "stage" not in document:
        document["stage"] = "signed"
