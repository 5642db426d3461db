"""A register copied whole, from a file onto a server, from a server into a file, or from like to like."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from mou_cli.catalogue import translate, translate_number
from mou_cli.commands.copying import carried_row, comparing, contents_of, tell_lost, watching
from mou_cli.commands.newly_made import telling_of_place
from mou_cli.commands.option import Named, option
from mou_cli.errors import FAILED_CHECK, Conflict, UsageError
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.number import listed_or_none
from mou_cli.output.progress import progress
from mou_cli.rules.text import escape_controls
from mou_cli.settings import Found
from mou_cli.store.location import find_register
from mou_cli.store.revision import HEAD

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from mou_cli.commands.invocation import Invocation
    from mou_cli.output.progress import Progress
    from mou_cli.store.copies import Carried
    from mou_cli.store.documents import DocumentStore
    from mou_cli.store.location import Location
    from mou_cli.store.reader import Row
    from mou_cli.store.transfer import Snapshot

DOCUMENTS = option(
    "--documents",
    "Where the documents of TO are kept, if it is on a server; the setting unless said.",
    metavar="FOLDER",
    complete=Named.FILE,
)


def copy_register(call: Invocation, text: str, to: str) -> None:
    """Copy a register whole; what is said afterwards is proved."""
    from mou_cli.store.overtaken import carry_out_anew

    place, target = (find_register(Found(said, "option", name)) for said, name in ((text, "FROM"), (to, "TO")))
    _refuse_taken(place, target, call.timeout)
    # Both sides anew: what was read on a server may be what was undone.
    with telling_of_place(call, target):
        row = carry_out_anew(lambda: _copied(call, place, target))
    _answer(call, row)
    if row["lost"] and not call.is_dry_run:
        raise typer.Exit(FAILED_CHECK)


def _copied(call: Invocation, place: Location, target: Location) -> Row:
    """Copy it, or with --dry-run only look; gives what was or would be copied."""
    from mou_cli.store.copies import contents_mentioned, look_over

    language = call.asking_language
    with progress(lambda: language) as line, _opened(call, place, line) as source:
        contents = contents_mentioned(source.reader, source.rows)
        stores = _stores(call, place, target) if contents else None
        row = {
            "from": str(place),
            "to": str(target),
            "revision": source.revision,
            **contents_of(source.reader, source.rows),
        }
        if call.is_dry_run:
            tell = watching(line)("documents", sum(contents.values()))
            carried = look_over(contents, [stores[0]] if stores else [], tell)
        else:
            carried = _copy(call, source, target, contents, stores, line)
    return row | carried_row(carried)


def _opened(call: Invocation, place: Location, line: Progress) -> AbstractContextManager[Snapshot]:
    from mou_cli.store.transfer import copy_of, snapshot_of

    return snapshot_of(place, call.timeout) if call.is_dry_run else copy_of(place, call.timeout, watching(line))


def _refuse_taken(place: Location, target: Location, timeout: float) -> None:
    """Raise Conflict or UsageError where no copy can be made, before anything is read."""
    path = target.path
    if path is None:
        from mou_cli.store.copying import refuse_taken
        from mou_cli.store.engine import make_engine

        with make_engine(target, timeout, "ro").connect() as connection:
            refuse_taken(connection, target)
    elif os.path.lexists(path):
        is_itself = place.path is not None and place.path.exists() and path.exists() and place.path.samefile(path)
        raise Conflict(
            f"{path} is the register itself" if is_itself else f"{path} is there already", "say another file"
        )
    elif not path.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {path.absolute().parent}")


def _stores(call: Invocation, place: Location, target: Location) -> tuple[DocumentStore, DocumentStore]:
    """Give where the documents are, and where they are to be. Raises UsageError where nobody has said that."""
    from mou_cli.store.documents import store_of

    said, setting = call.said.get("documents"), call.setting("documents").value
    if said and target.path is not None:
        raise UsageError("the documents of a register in a file are kept beside it", "leave --documents out")
    if not said and target.path is None and (place.path is None or not setting):
        raise UsageError(
            "nobody has said where the documents of the copy are to be kept", "say a folder: --documents FOLDER"
        )
    return store_of(place, setting), store_of(target, said or setting)


def _copy(
    call: Invocation,
    source: Snapshot,
    target: Location,
    contents: dict[str, int],
    stores: tuple[DocumentStore, DocumentStore] | None,
    line: Progress,
) -> Carried:
    from mou_cli.store.copies import Carried, carry, or_nothing
    from mou_cli.store.copying import copied

    compare = comparing(line)
    if stores is None:
        with copied(source, target, call.timeout, watching(line), compare):
            return Carried(0, 0, ())
    own, kept = stores
    with or_nothing(contents, kept), copied(source, target, call.timeout, watching(line), compare):
        return carry(contents, [own], kept, watching(line)("documents", sum(contents.values())))


def _answer(call: Invocation, row: Row) -> None:
    language = call.asking_language
    if call.form is not Form.AUTO:
        call.show_row(row, "copy")
    if not call.is_dry_run:
        for line in _done(row, language):
            say(line)
    elif call.form is Form.AUTO:
        for line in _rehearsed(row, call.language):
            print(escape_controls(line))  # noqa: T201 - what would be done is the data of a rehearsal
    tell_lost(row["lost"], language)


def _rehearsed(row: Row, language: str) -> list[str]:
    number = row["documents"]["count"]
    lines = [
        translate_number(
            "{records} and {number} entry of the journal would be copied to {place}",
            "{records} and {number} entries of the journal would be copied to {place}",
            row["entries"],
            language,
            records=listed_or_none(row["records"], language),
            place=row["to"],
        ),
        translate_number(
            "the content of {number} document would be copied",
            "the contents of {number} documents would be copied",
            number,
            language,
        ),
    ]
    return lines if number else lines[:1]


def _done(row: Row, language: str) -> list[str]:
    number = row["documents"]["count"]
    documents = translate_number(
        "the content of {number} document copied", "the contents of {number} documents copied", number, language
    )
    compared = translate("every row was read back and compared, and what both export", language)
    if row["revision"] != HEAD:
        before = row["revision"]
        compared = translate(
            "every row was read back and compared; then schema {before} became {after}",
            language,
            before=before,
            after=HEAD,
        )
    copied = translate_number(
        "{records} and {number} entry of the journal copied to {place}",
        "{records} and {number} entries of the journal copied to {place}",
        row["entries"],
        language,
        records=listed_or_none(row["records"], language),
        place=row["to"],
    )
    return [copied, *([documents] if number else []), compared]
