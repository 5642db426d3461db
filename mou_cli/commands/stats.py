"""`mou stats`: agreements counted."""

from __future__ import annotations

from typing import Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.filter import FILTERS, choose_filter
from mou_cli.commands.invocation import SHOWN, Invocation
from mou_cli.commands.option import option, taking
from mou_cli.errors import UsageError
from mou_cli.views.stats import BY, count_by

app = make_app()
_BY = option("--by", f"What to count by: {', '.join(BY)}.", metavar="WHAT", complete=BY)


@app.command(cls=taking((_BY,), FILTERS, SHOWN, noun="count"))
def stats(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words that the agreement or its partners have.")] = None,
) -> None:
    """Count agreements, and the partners in them, by country or another side of them; every filter of list narrows."""
    call = Invocation.of(context)
    by = call.said.get("by", "status")
    if by not in BY:
        raise UsageError(f"--by: {by!r} is none of {', '.join(BY)}")
    with call.reader() as reader:
        call.show_rows(count_by(reader, by, choose_filter(reader, call.said, call.today, words), call.today), "count")
