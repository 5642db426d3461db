"""`mou event`: ceremonies and visits, with the numbers they declare."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from mou_cli.catalogue import Sentence
from mou_cli.commands.app import make_group
from mou_cli.commands.ask import ASK, is_asking
from mou_cli.commands.filter import read_bound, read_unknown, unknown_option
from mou_cli.commands.invocation import DRY_RUN, SHOWN, Invocation
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.order import COUNT, LIMIT, read_limit, read_sort, sort_option
from mou_cli.commands.publish import PUBLIC
from mou_cli.commands.record import BASED_ON, YES, Record, add_one, edit_one, remove_one
from mou_cli.commands.said import FROM, KEY, FieldOption, Names, Said, read_key, read_pairs, texts_node
from mou_cli.commands.understood import Understood
from mou_cli.commands.whole import show_whole
from mou_cli.errors import UsageError
from mou_cli.fields.node import Mark, Node
from mou_cli.rules.language import choose_text
from mou_cli.rules.naming import make_key
from mou_cli.views.choice import choose_institution, choose_record
from mou_cli.views.event import SORTS, UNKNOWN, EventFilter, count_events, find_events

app = make_group()
_EVENT = Annotated[str, typer.Argument(help="Key, or words of its name.")]
_FILTERS = (
    option("--host", "Who held it, by any name.", metavar="NAME", complete=Named.INSTITUTION),
    option("--held-from", "Held on this day or later.", metavar="DATE"),
    option("--held-to", "Held on this day or earlier.", metavar="DATE"),
    unknown_option(UNKNOWN),
    sort_option(SORTS),
)


def _declared(_names: Names, text: str, mark: Mark) -> Node:
    numbers = read_pairs(text, "--declared")
    if numbers is None:
        message = Sentence("write name=number, such as memoranda=40, with commas between")
        raise UsageError(f"--declared: {message}", reasons=(message,))
    return texts_node(numbers, mark, plain=True)


FIELDS = (
    FieldOption(option("--name", "Name."), "name"),
    FieldOption(option("--held", "Day; --03-04 where the year is not known.", metavar="DATE"), "held"),
    FieldOption(option("--place", "Place."), "place"),
    FieldOption(
        option("--host", "Who holds it, by any name.", metavar="NAME", complete=Named.INSTITUTION),
        "host",
        find=Names.institution,
    ),
    FieldOption(option("--declared", "Numbers it declares.", metavar="NAME=NUMBER,…"), "declared", build=_declared),
    FieldOption(option("--person", "Who took part.", many=True, metavar="NAME"), "people"),
    FieldOption(option("--topic", "What it was about.", many=True), "topics"),
    FieldOption(option("--note", "Note."), "note"),
)
_OPTIONS = [row.option for row in FIELDS]


@app.command("list", cls=taking(_FILTERS, (PUBLIC, LIMIT, COUNT), SHOWN, noun="event"))
def list_events(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words that the event has.")] = None,
) -> None:
    """List events. A day without its year matches no bound; --unknown held lists those."""
    call = Invocation.of(context)
    sort, limit = read_sort(call.said, SORTS) or "held", read_limit(call.said)
    with call.reader() as reader:
        wanted = EventFilter(
            host=choose_institution(reader, call.said["host"]) if "host" in call.said else None,
            held_from=read_bound(call.said, "held_from", call.today, last=False),
            held_to=read_bound(call.said, "held_to", call.today, last=True),
            unknown=read_unknown(call.said, UNKNOWN),
            public=bool(call.said.get("public")),
            words=" ".join(words) if words else None,
        )
        question = Understood(call, reader, "event", wanted, EventFilter(), partial(count_events, reader), limit)
        question.answer(lambda: find_events(reader, wanted, sort, limit))


@app.command("show", cls=taking((PUBLIC,), argument=Named.EVENT))
def show(context: typer.Context, event: _EVENT) -> None:
    """Show an event whole, and the agreements made there. What it declared stands beside what the register holds."""
    call = Invocation.of(context)
    with call.reader() as reader:
        key = choose_record(reader, "event", event)
        show_whole(call, reader, "event", key)


@app.command("add", cls=taking(_OPTIONS, (KEY, ASK, FROM, DRY_RUN)))
def add(context: typer.Context, name: Annotated[str | None, typer.Argument(help="Name.")] = None) -> None:
    """Record an event. Prints its key."""
    call = Invocation.of(context, name=name)
    record: Record = Invocation.record
    if is_asking(call, enough="name" in call.said):
        from mou_cli.commands.ask_event import ask_event as record
    add_one(call, "event", FIELDS, lambda _register, said: _choose_key(call, said), record)


def _choose_key(call: Invocation, said: Said) -> str:
    name = choose_text(said.document.get("name"))
    if name is None:
        raise UsageError("an event needs a name", "mou event add NAME")
    return read_key(call) or said.document.get("key") or make_key(name, "event")


@app.command("edit", cls=taking(_OPTIONS, (FROM, BASED_ON, DRY_RUN), argument=Named.EVENT))
def edit(context: typer.Context, event: _EVENT) -> None:
    """Change an event. What is said replaces what was recorded, an empty value clears it.

    Without options, on a terminal, it is opened in your editor.
    """
    call = Invocation.of(context)
    edit_one(call, "event", FIELDS, lambda reader: choose_record(reader, "event", event))


@app.command("remove", cls=taking((YES, BASED_ON, DRY_RUN), argument=Named.EVENT))
def remove(context: typer.Context, event: _EVENT) -> None:
    """Remove an event that nothing mentions."""
    remove_one(Invocation.of(context), "event", lambda reader: choose_record(reader, "event", event))
