"""`mou list`: agreements, narrowed and sorted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.filter import FILTERS, choose_filter
from mou_cli.commands.invocation import SHOWN, Invocation
from mou_cli.commands.option import taking
from mou_cli.commands.order import COUNT, LIMIT, read_limit, read_sort, sort_option
from mou_cli.commands.publish import PUBLIC, keys_asked
from mou_cli.commands.understood import Understood
from mou_cli.output.form import Form
from mou_cli.views.agreement import SORTS, count_agreements, find_agreements
from mou_cli.views.agreement_filter import AgreementFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTICE_COLUMNS = ("ref", "partner", "status", "ends", "notice_by", "notice_left")
_MOST = 2_000  # beyond it nobody waits for the very number of what a first page is of
app = make_app()


@app.command(cls=taking(FILTERS, (PUBLIC, sort_option(SORTS), LIMIT, COUNT), SHOWN, noun="agreement"))
def list_agreements(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words that the agreement or its partners have.")] = None,
) -> None:
    """List agreements. All options narrow together; an option given twice means either."""
    call = Invocation.of(context)
    sort, limit = read_sort(call.said, SORTS), read_limit(call.said)
    with call.reader() as reader:
        wanted = choose_filter(reader, call.said, call.today, words)
        order, keys = sort or _usual_order(wanted), keys_asked(call, "agreement")
        count = partial(count_agreements, reader, today=call.today)
        question = Understood(
            call, reader, "agreement", wanted, AgreementFilter(), count, limit, on_day=True, most=_MOST
        )
        question.answer(
            lambda: find_agreements(reader, wanted, call.today, order, limit, call.language, keys),
            _usual_columns(call, wanted),
        )


def _usual_order(wanted: AgreementFilter) -> str:
    """Give the order in which nobody asked for one: what a deadline was asked of comes with the nearest first."""
    if _is_about_notice(wanted):
        return "notice"
    return "ends" if wanted.ends_by else "ref"


def _usual_columns(call: Invocation, wanted: AgreementFilter) -> Sequence[str] | None:
    """Give the columns of a table that is asked for its days for notice, for which the usual one seldom has room.

    In a file for people every cell of ends is a day: until when they are put off has a column of its own.
    """
    if call.shown_form is Form.TABLE and "output" not in call.said:
        return _NOTICE_COLUMNS if _is_about_notice(wanted) else None
    if not wanted.ends_by:
        return None
    from mou_cli.output.nouns import DEFAULT

    return (*DEFAULT["agreement"], "renewed_until")


def _is_about_notice(wanted: AgreementFilter) -> bool:
    return wanted.notice_by is not None or wanted.notice_missed
