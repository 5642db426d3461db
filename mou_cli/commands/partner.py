"""`mou partner`: institutions, parties or not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.asking.line import can_ask
from mou_cli.commands.agreement import free_key, refuse_alike
from mou_cli.commands.app import make_group
from mou_cli.commands.ask import ASK, is_asking
from mou_cli.commands.filter import choose_codes, choose_named, read_unknown, unknown_option
from mou_cli.commands.invocation import DRY_RUN, SHOWN, Invocation
from mou_cli.commands.merge import AS, merge_institutions
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.order import COUNT, LIMIT, read_limit, read_sort, sort_option
from mou_cli.commands.publish import PUBLIC
from mou_cli.commands.record import BASED_ON, YES, Body, Record, add_one, edit_one, remove_one
from mou_cli.commands.said import FROM, KEY, FieldOption, Names, Said, read_key, read_pairs, texts_node
from mou_cli.commands.understood import Understood
from mou_cli.commands.whole import show_whole
from mou_cli.errors import Resembling, UsageError
from mou_cli.fields.node import Mark, Node
from mou_cli.views.choice import choose_institution, choose_place
from mou_cli.views.institution import SORTS, UNKNOWN, InstitutionFilter, count_institutions, find_institutions
from mou_cli.vocabulary import COUNTRY_SOURCES, PARTNER_TYPES

if TYPE_CHECKING:
    from mou_cli.records.change import Change
    from mou_cli.register import Register
    from mou_cli.store.reader import Reader, Row

app = make_group()
_NEW = option("--new", "It is a new one, however alike others are.", switch=True)
_NAME = Annotated[str, typer.Argument(help="Key or any name.")]
_WORDS = Annotated[list[str] | None, typer.Argument(help="Words of its names, city, note …")]
_FILTERS = (
    option(
        "--country", "Country or territory, by any name or code.", many=True, metavar="NAME", complete=Named.COUNTRY
    ),
    option("--region", "Region, as the register has it.", many=True, metavar="NAME", complete=Named.REGION),
    option("--type", "Type.", many=True, metavar="TYPE", complete=PARTNER_TYPES),
    option("--home/--not-home", "Only homes, or only others.", switch=True),
    unknown_option(UNKNOWN),
    sort_option(SORTS),
)


def _identifiers(_names: Names, text: str, mark: Mark) -> Node:
    identifiers = read_pairs(text, "--identifiers")
    if identifiers is None or not all(identifiers.values()):
        raise UsageError("--identifiers: write scheme=value, such as ror=00wge5k78, with commas between")
    return texts_node(identifiers, mark)


FIELDS = (
    FieldOption(option("--name", "Name."), "name"),
    FieldOption(option("--alias", "Another name.", many=True), "names"),
    FieldOption(
        option("--country", "Country, by any name or code.", metavar="NAME", complete=Named.ANY_COUNTRY), "country"
    ),
    FieldOption(
        option("--country-source", "stated or inferred.", metavar="HOW", complete=COUNTRY_SOURCES), "country_source"
    ),
    FieldOption(option("--territory", "Territory without a country code of its own."), "territory"),
    FieldOption(option("--type", "Type.", metavar="TYPE", complete=PARTNER_TYPES), "type"),
    FieldOption(option("--city", "City.", complete=Named.CITY), "city"),
    FieldOption(option("--region", "Region.", complete=Named.REGION), "region"),
    FieldOption(option("--website", "Website."), "website"),
    FieldOption(
        option("--parent", "Body it belongs to.", metavar="NAME", complete=Named.INSTITUTION),
        "parent",
        find=Names.institution,
    ),
    FieldOption(
        option("--identifiers", "What other systems call it.", metavar="SCHEME=VALUE,…"),
        "identifiers",
        build=_identifiers,
    ),
    FieldOption(option("--membership", "A body it is a member of.", many=True), "memberships"),
    FieldOption(option("--home/--not-home", "The register is kept on its behalf.", switch=True), "home"),
    FieldOption(option("--note", "Note."), "note"),
)
_OPTIONS = [row.option for row in FIELDS]


@app.command("list", cls=taking(_FILTERS, (PUBLIC, LIMIT, COUNT), SHOWN, noun="institution"))
def list_institutions(context: typer.Context, words: _WORDS = None) -> None:
    """List institutions. All options narrow together; an option given twice means either."""
    call = Invocation.of(context)
    sort, limit = read_sort(call.said, SORTS) or "name", read_limit(call.said)
    with call.reader() as reader:
        wanted = _choose_filter(call, reader, words)
        count = partial(count_institutions, reader)
        question = Understood(call, reader, "institution", wanted, InstitutionFilter(), count, limit)
        question.answer(lambda: find_institutions(reader, wanted, sort, limit, call.language))


def _choose_filter(call: Invocation, reader: Reader, words: list[str] | None) -> InstitutionFilter:
    return InstitutionFilter(
        places=tuple(choose_place(reader, text) for text in call.said.get("country", ())),
        regions=choose_named(reader, "region", call.said.get("region", ())),
        types=choose_codes(PARTNER_TYPES, call.said.get("type", ())),
        homes=call.said.get("home"),
        unknown=read_unknown(call.said, UNKNOWN),
        public=bool(call.said.get("public")),
        words=" ".join(words) if words else None,
    )


@app.command("show", cls=taking((PUBLIC,), argument=Named.INSTITUTION))
def show(context: typer.Context, name: _NAME) -> None:
    """Show an institution whole, and everything there is with it. That is agreements, tasks, events, people."""
    call = Invocation.of(context)
    with call.reader() as reader:
        key = choose_institution(reader, name)
        show_whole(call, reader, "institution", key)


@app.command("add", cls=taking(_OPTIONS, (KEY, _NEW, ASK, FROM, DRY_RUN)))
def add(context: typer.Context, name: Annotated[str | None, typer.Argument(help="Name.")] = None) -> None:
    """Record an institution. Prints its key."""
    call = Invocation.of(context, name=name)
    record: Record = _record_after_asking
    if is_asking(call, enough="name" in call.said):
        from mou_cli.commands.ask_institution import ask_institution as record
    add_one(call, "institution", FIELDS, lambda register, said: _choose_key(call, register, said), record)


def _record_after_asking(call: Invocation, action: str, body: Body) -> tuple[Change, Row]:
    """Record what was said. A name that is like known ones is asked about, where somebody can be asked."""
    while True:
        try:
            return call.record(action, body)
        except Resembling as doubt:
            if not can_ask():
                raise
            from mou_cli.commands.ask_institution import settle_name

            settle_name(call, doubt)


def _choose_key(call: Invocation, register: Register, said: Said) -> str:
    name = said.document.get("name")
    if name is None:
        raise UsageError("an institution needs a name", "mou partner add NAME")
    if not call.said.get("new"):
        newcomer = call.newcomers.get(name)
        refuse_alike(register.reader, name, newcomer.seen if newcomer else ())
    return read_key(call) or said.document.get("key") or free_key(register.reader, name)


@app.command("edit", cls=taking(_OPTIONS, (FROM, BASED_ON, DRY_RUN), argument=Named.INSTITUTION))
def edit(context: typer.Context, institution: _NAME) -> None:
    """Change an institution. What is said replaces what was recorded, an empty value clears it. Aliases are added.

    Without options, on a terminal, it is opened in your editor.
    """
    call = Invocation.of(context)
    edit_one(call, "institution", FIELDS, lambda reader: choose_institution(reader, institution), _add_names)


def _add_names(register: Register, key: str, said: Said) -> None:
    """Keep the names there are: a name that was met once is never lost by meeting another."""
    if said.document.get("names") and not said.whole:
        names = register.get("institution", key).get("names", [])
        said.document["names"] = names + [name for name in said.document["names"] if name not in names]


@app.command("remove", cls=taking((YES, BASED_ON, DRY_RUN), argument=Named.INSTITUTION))
def remove(context: typer.Context, institution: _NAME) -> None:
    """Remove an institution that nothing mentions."""
    remove_one(Invocation.of(context), "institution", lambda reader: choose_institution(reader, institution))


@app.command("merge", cls=taking((AS, YES, DRY_RUN), argument=Named.INSTITUTION))
def merge(
    context: typer.Context,
    keep: Annotated[str, typer.Argument(help="The one that stays: key or any name.")],
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="Those that it takes over.")],
) -> None:
    """Make one institution of several that are the same.

    All that mentions the others comes to mention the one kept, their names become names of it, and they are removed.
    """
    merge_institutions(Invocation.of(context), keep, others)
