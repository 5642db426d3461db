"""`mou search`: anything, by words."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import SHOWN, Invocation
from mou_cli.commands.option import taking
from mou_cli.commands.order import LIMIT, read_limit
from mou_cli.commands.understood import Understood
from mou_cli.views.search import count_anything, find_anything

app = make_app()


@app.command(cls=taking((LIMIT,), SHOWN, noun="match"))
def search(
    context: typer.Context, words: Annotated[list[str], typer.Argument(help="Words, or their beginnings.")]
) -> None:
    """Find institutions, agreements, events, plans and tasks that have all the words, in any script or accent."""
    call = Invocation.of(context)
    with call.reader() as reader:
        text, limit = " ".join(words), read_limit(call.said)
        understood = Understood(call, reader, "match", text, None, partial(count_anything, reader), limit)
        language = call.language if call.is_for_people else None
        call.show_rows(find_anything(reader, text, call.today, limit, language), "match", understood=understood)
