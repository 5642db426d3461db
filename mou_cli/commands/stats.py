"""`mou stats`: agreements counted."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.filter import FILTERS, choose_filter
from mou_cli.commands.invocation import SHOWN, Invocation
from mou_cli.commands.option import option, taking
from mou_cli.commands.publish import PUBLIC, keys_asked
from mou_cli.commands.understood import Understood
from mou_cli.errors import UsageError
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.views.agreement import count_agreements
from mou_cli.views.agreement_filter import AgreementFilter
from mou_cli.views.stats import BY, count_by, count_crossed, tabulate

if TYPE_CHECKING:
    from mou_cli.store.reader import Reader

app = make_app()
_BY = option("--by", f"What to count by, once or twice: {', '.join(BY)}.", many=True, metavar="WHAT", complete=BY)
_TRAITS = 2


@app.command(cls=taking((_BY,), FILTERS, (PUBLIC,), SHOWN, noun="count"))
def stats(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words that the agreement or its partners have.")] = None,
) -> None:
    """Count agreements, and the partners in them, by country or another side of them, or by two of these at once.

    Every filter of list narrows.
    """
    call = Invocation.of(context)
    by = _read_traits(call.said.get("by", ["status"]))
    with call.reader() as reader:
        wanted = choose_filter(reader, call.said, call.today, words)
        if call.columns or not call.is_for_people:
            _show_rows(call, reader, by, wanted)
        else:
            _show_table(call, reader, by, wanted)


def _read_traits(texts: list[str]) -> list[str]:
    for by in texts:
        if by not in BY:
            raise UsageError(f"--by: {by!r} is none of {', '.join(BY)}")
    if len(texts) > _TRAITS:
        raise UsageError("--by: counting by three things at once gives what nobody can read", "say it once or twice")
    if len(set(texts)) < len(texts):
        raise UsageError(f"--by: {texts[0]!r} is said twice", "say two different ones")
    return texts


def _show_rows(call: Invocation, reader: Reader, by: list[str], wanted: AgreementFilter) -> None:
    noun = "count" if len(by) == 1 else "cross"
    keys = keys_asked(call, noun)
    if len(by) == 1:
        call.show_rows(count_by(reader, by[0], wanted, call.today, keys=keys), noun)
    else:
        call.show_rows(count_crossed(reader, by[0], by[1], wanted, call.today, keys=keys), noun)


def _show_table(call: Invocation, reader: Reader, by: list[str], wanted: AgreementFilter) -> None:
    from mou_cli.output.counts import show_counts, write_counts
    from mou_cli.output.cross import year_columns
    from mou_cli.output.file import say_written
    from mou_cli.output.screen import screen_of

    if "output" in call.said:
        counts, file = tabulate(reader, by, wanted, call.today), call.said["output"]
        say_written(write_counts(Path(file), counts, call.language), file, call.asking_language)
        return
    counts = tabulate(reader, by, wanted, call.today, year_columns(screen_of(call.stream)))
    count = partial(count_agreements, reader, today=call.today)
    asked = Understood(call, reader, "agreement", wanted, AgreementFilter(), count, on_day=True)
    if counts.rows or call.shown_form is Form.MARKDOWN:
        show_counts(counts, asked.understood(), call.shown_form, call.language, call.stream)
    else:
        say(asked.nothing())
