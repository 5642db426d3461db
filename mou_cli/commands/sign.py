"""`mou sign`: the signature of an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.catalogue import translate
from mou_cli.commands.agreement import FIELDS
from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.lifecycle import DATED, Happening, happen
from mou_cli.commands.option import Named, taking
from mou_cli.commands.record import BASED_ON
from mou_cli.commands.said import Names, Said, read_options
from mou_cli.errors import Conflict, UsageError
from mou_cli.output.message import say

if TYPE_CHECKING:
    from mou_cli.store.reader import Row

_SIGNATORY = next(row for row in FIELDS if row.field == "signatures")
app = make_app()


@app.command(cls=taking([row.option for row in (*DATED, _SIGNATORY)], (BASED_ON, DRY_RUN), argument=Named.AGREEMENT))
def sign(context: typer.Context, ref: Annotated[str, typer.Argument(help="Reference or key.")]) -> None:
    """Record that an agreement was signed, and by whom. A draft stays one until that day."""
    call = Invocation.of(context)

    def settle(happening: Happening) -> None:
        happening.refuse_stopped()
        signatures = _read_signatures(call, happening)
        known = happening.before.get("signatures", [])
        if again := [each["name"] for each in signatures if each in known]:
            raise Conflict(f"{', '.join(again)} has signed {happening.ref} on {happening.fact['date']} already")
        if signatures:
            happening.fields["signatures"] = [*known, *signatures]
        else:
            happening.refuse_twice()
            if signed := happening.before.get("signed"):
                language = call.asking_language
                say(translate("{ref} was signed already, {date}", language, ref=happening.ref, date=signed))
        # The stage stays as it was recorded: the rules lift it from this day on, and no day before is answered anew.
        happening.fields.setdefault("signed", happening.before.get("signed", happening.fact["date"]))

    happen(call, "sign", ref, "signature", DATED, settle)


def _read_signatures(call: Invocation, happening: Happening) -> list[Row]:
    """Read who signed. Raises UsageError for a party that is none of the agreement's."""
    from mou_cli.fields.agreement import AGREEMENT

    said = Said()
    read_options(said, Names(happening.register.reader), AGREEMENT, (_SIGNATORY,), call.said, call.today)
    signatures = said.document.get("signatures") or []
    parties = [party["institution"] for party in happening.before["parties"]]
    for each in signatures:
        if each.get("party", parties[0]) not in parties:
            raise UsageError(f"--signatory: {each['party']} is none of the parties: {', '.join(parties)}")
    return [each | {"signed": happening.fact["date"]} for each in signatures]
