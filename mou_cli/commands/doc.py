"""`mou doc`: the documents of agreements, whose contents are kept beside the register."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from mou_cli.commands.app import make_group
from mou_cli.commands.content import OLDER, OUTPUT, open_document, prune_contents, verify_contents
from mou_cli.commands.document import NAME, SAID, add_document, remove_document
from mou_cli.commands.filter import choose_codes
from mou_cli.commands.invocation import DRY_RUN, SHOWN, Invocation
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.order import COUNT, LIMIT, read_limit, read_sort, sort_option
from mou_cli.commands.record import BASED_ON, YES
from mou_cli.commands.store import documents_of, is_stored
from mou_cli.commands.understood import Understood
from mou_cli.views.agreement_document import (
    SORTS,
    DocumentFilter,
    count_agreement_documents,
    find_agreement_documents,
)
from mou_cli.views.choice import choose_agreement
from mou_cli.vocabulary import DOCUMENT_KINDS

app = make_group()
_REF = Annotated[str, typer.Argument(help="Reference or key of the agreement.")]
_REFS = Annotated[list[str] | None, typer.Argument(metavar="[REF]...", help="Reference or key of an agreement.")]
_FILTERS = (
    option("--kind", "Kind of document.", many=True, metavar="KIND", complete=DOCUMENT_KINDS),
    option("--language", "Language it is written in.", many=True, metavar="CODE"),
    option("--public/--not-public", "Only what may be shown to everybody, or only what may not.", switch=True),
    option("--missing", "Only what ought to be in the store and is not.", switch=True),
    sort_option(SORTS),
)


@app.command("list", cls=taking(_FILTERS, (LIMIT, COUNT), SHOWN, argument=Named.AGREEMENT, noun="document"))
def list_documents(context: typer.Context, refs: _REFS = None) -> None:
    """List documents, of all agreements or of some."""
    call = Invocation.of(context)
    sort, limit = read_sort(call.said, SORTS) or "ref", read_limit(call.said)
    if call.said.get("missing"):
        documents_of(call)  # without a store nobody can say what is missing from it
    with call.reader() as reader:
        wanted = DocumentFilter(
            agreements=tuple(dict.fromkeys(choose_agreement(reader, ref) for ref in refs or ())),
            kinds=choose_codes(DOCUMENT_KINDS, call.said.get("kind", ())),
            languages=tuple(call.said.get("language", ())),
            public=call.said.get("public"),
            missing=bool(call.said.get("missing")),
        )
        has = is_stored(call)
        count = partial(count_agreement_documents, reader, has=has)
        question = Understood(call, reader, "document", wanted, DocumentFilter(), count, limit)
        question.answer(lambda: find_agreement_documents(reader, wanted, has, sort, limit))


@app.command("add", cls=taking(SAID, (NAME, BASED_ON, DRY_RUN), argument=Named.AGREEMENT))
def add(
    context: typer.Context,
    ref: _REF,
    file: Annotated[str | None, typer.Argument(metavar="[FILE|URL]", help="The file, or an http(s) address.")] = None,
) -> None:
    """Add a document to an agreement. Prints its name.

    A file is copied into the register's own store. What an address leads to is not fetched. With --paper and no file,
    the document is on paper alone. One that so far was only named gets its content.
    """
    add_document(Invocation.of(context), ref, file)


@app.command("verify", cls=taking(SHOWN, argument=Named.AGREEMENT, noun="content"))
def verify(context: typer.Context, refs: _REFS = None) -> None:
    """Look whether all contents are as they were added.

    Lists what is missing, changed or mentioned by nothing. Ends with exit code 3 if anything is missing or changed.
    """
    verify_contents(Invocation.of(context), refs or [])


@app.command("open", cls=taking((OUTPUT,), argument=Named.AGREEMENT))
def open_one(
    context: typer.Context,
    ref: _REF,
    name: Annotated[
        str | None, typer.Argument(help="Name of the document, or part of it; where there are many.")
    ] = None,
) -> None:
    """Open a document, or write a copy of it.

    Its checksum is compared before. It is opened with MOU_OPENER, else as the desktop does; programs get a copy.
    """
    open_document(Invocation.of(context), ref, name)


@app.command("remove", cls=taking((YES, BASED_ON, DRY_RUN), argument=Named.AGREEMENT))
def remove(
    context: typer.Context, ref: _REF, name: Annotated[str, typer.Argument(help="Name of the document, or part of it.")]
) -> None:
    """Take a document from an agreement. Its content stays in the store until `mou doc prune`."""
    remove_document(Invocation.of(context), ref, name)


@app.command("prune", cls=taking((OLDER, YES, DRY_RUN)))
def prune(context: typer.Context) -> None:
    """Take away contents that nothing mentions.

    That is what no document has, and no change of the last 30 days mentions, so that it can be undone.
    """
    prune_contents(Invocation.of(context))
