"""`mou review`: an agreement was reviewed."""

from __future__ import annotations

from typing import Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.lifecycle import DATED, Happening, happen
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.record import BASED_ON
from mou_cli.commands.said import FieldOption
from mou_cli.errors import UsageError
from mou_cli.rules.date import interval
from mou_cli.vocabulary import REVIEW_OUTCOMES

_OUTCOME = FieldOption(option("--outcome", "What came of it.", metavar="OUTCOME", complete=REVIEW_OUTCOMES), "outcome")
_NEXT = FieldOption(option("--next", "Day of the next review.", metavar="DATE"), "review")
_OPTIONS = (_OUTCOME, _NEXT, *DATED)
app = make_app()


@app.command(cls=taking([row.option for row in _OPTIONS], (BASED_ON, DRY_RUN), argument=Named.AGREEMENT))
def review(context: typer.Context, ref: Annotated[str, typer.Argument(help="Reference or key.")]) -> None:
    """Record what came of a review of an agreement, and when the next is due."""
    call = Invocation.of(context)
    if "outcome" not in call.said:
        raise UsageError("what came of the review is not said", f"say --outcome {'|'.join(REVIEW_OUTCOMES.codes)}")

    def settle(happening: Happening) -> None:
        following = happening.fact.get("review")
        if (days := interval(following)) and days[1] <= happening.day:
            raise UsageError(f"--next: {following} does not come after the review of {happening.fact['date']}")
        happening.refuse_unsigned()
        happening.refuse_twice()

    happen(call, "review", ref, "review", _OPTIONS, settle)
