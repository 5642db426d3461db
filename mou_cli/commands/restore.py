"""`mou restore`: a backup in the register's place, after it was proved and shown."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.catalogue import translate
from mou_cli.commands.app import make_app
from mou_cli.commands.copying import carried_row, comparing, contents_of, tell_lost, watching
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.newly_made import make_room, telling_of_place
from mou_cli.commands.option import Named, taking
from mou_cli.commands.record import YES, must_confirm
from mou_cli.commands.store import documents_of, has_store
from mou_cli.errors import FAILED_CHECK, DatabaseUnusable, UsageError
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.number import counted
from mou_cli.output.progress import progress
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from mou_cli.output.progress import Progress
    from mou_cli.store.location import Location
    from mou_cli.store.reader import Row
    from mou_cli.store.restore import Restored

app = make_app()


@app.command(cls=taking((YES, DRY_RUN), argument=Named.FILE))
def restore(
    context: typer.Context, file: Annotated[str | None, typer.Argument(help="The backup.", metavar="FILE")] = None
) -> None:
    """Put a backup in the register's place, with its documents.

    The backup is proved first, and an older one brought up to date. What there was is backed up before. Where there is
    no register, it is created.
    """
    call = Invocation.of(context)
    backup = _backup(call, file)
    is_asked = must_confirm(call, "restoring")
    language = call.asking_language
    row = _examined(call, backup)
    if call.is_dry_run:
        _show(call, row)
        return
    if is_asked:
        _confirm(row, call.location, language)
    make_room(call)
    with telling_of_place(call, call.location), progress(lambda: language) as line:
        done = _put_back(call, backup, line)
    row |= carried_row(done.documents) | {"kept": str(done.kept) if done.kept else None}
    if call.form is not Form.AUTO:
        call.show_row(row, "restore")
    if not is_asked:
        _tell(row, language)
    say(translate("{file} is restored", language, file=backup))
    if done.kept:
        say(translate("the register as it was is kept in {file}", language, file=done.kept))
    tell_lost(row["lost"], language)
    if row["lost"]:
        raise typer.Exit(FAILED_CHECK)


def _put_back(call: Invocation, backup: Path, line: Progress) -> Restored:
    path, watch = call.location.path, watching(line)
    if path is not None:
        from mou_cli.store.restore import restore as put_back

        return put_back(backup, path, call.timeout, watch)
    from mou_cli.store.server_restore import restore_onto_server

    store = documents_of(call) if has_store(call) else None
    return restore_onto_server(backup, call.location, call.timeout, store, watch, comparing(line))


def _backup(call: Invocation, file: str | None) -> Path:
    """Give the backup that is meant. Raises what no backup can take the place of, and UsageError where none is said."""
    from mou_cli.store.backup import find_backups, newest_of
    from mou_cli.store.location import check_file, read_path
    from mou_cli.store.original import place_of

    path = call.location.path
    if path is not None and os.path.lexists(path):
        check_file(path)
    newest = newest_of(find_backups(place_of(call.location, call.timeout)))
    hint = f"the newest in its folder is {newest.path}" if newest else "`mou backup` makes one"
    if file is None:
        raise UsageError("it has to be said which backup is restored", hint)
    backup = read_path(file)
    check_file(backup, "backup", hint)
    if path is not None and path.exists() and path.samefile(backup):
        raise UsageError(f"{file} is the register itself", hint)
    return backup


def _examined(call: Invocation, backup: Path) -> Row:
    """Prove a backup, and give what restoring it would change. Raises UsageError for documents without a place."""
    from mou_cli.store.backup import stores_of_backup
    from mou_cli.store.copies import contents_in, look_over
    from mou_cli.store.pages import frozen, prove
    from mou_cli.store.reader import SqliteReader
    from mou_cli.store.rows import FileRows

    with progress(lambda: call.asking_language) as line:
        watch = watching(line)
        revision = prove(backup, call.timeout, watch("checking", None))
        with frozen(backup, call.timeout) as connection:
            after, contents = contents_of(SqliteReader(connection), FileRows(connection)), contents_in(connection)
        stores = [*([documents_of(call)] if contents else []), *stores_of_backup(backup)]
        found = look_over(contents, stores, watch("documents", sum(contents.values())))
    before = _contents_on_server(call) if call.location.path is None else _contents_now(call, call.location.path)
    return {
        "file": str(backup),
        "revision": revision,
        "before": before,
        "after": after,
        **carried_row(found),
        "kept": None,
    }


def _contents_on_server(call: Invocation) -> Row | None:
    from mou_cli.store.opening import is_register
    from mou_cli.store.transfer import snapshot_of

    if not is_register(call.location, call.timeout):
        return None
    with snapshot_of(call.location, call.timeout) as register:
        return contents_of(register.reader, register.rows)


def _contents_now(call: Invocation, path: Path) -> Row | None:
    """Give what the register holds now; None where there is none, or it is damaged."""
    from mou_cli.store.pages import frozen
    from mou_cli.store.reader import SqliteReader
    from mou_cli.store.restore import refuse_other
    from mou_cli.store.rows import FileRows

    if not path.exists():
        return None
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(frozen(path, call.timeout))
        except DatabaseUnusable:
            return None
        refuse_other(connection, path)
        with suppress(sqlite3.DatabaseError):
            return contents_of(SqliteReader(connection), FileRows(connection))
    return None


def _show(call: Invocation, row: Row) -> None:
    if call.form is not Form.AUTO:
        call.show_row(row, "restore")
        return
    for line in _lines(row, call.language):
        print(escape_controls(line))  # noqa: T201 - what would change is the data of a rehearsal


def _tell(row: Row, language: str) -> None:
    for line in _lines(row, language):
        say(line)


def _confirm(row: Row, place: Location, language: str) -> None:
    from mou_cli.asking.confirm import confirm

    _tell(row, language)
    tell_lost(row["lost"], language)
    question = translate("Put it in the place of {file}?", language, file=place)
    confirm(question, translate("nothing was restored", language), language)


def _lines(row: Row, language: str) -> list[str]:
    """Give what changes as lines for people: how many records of each noun, and what was changed last."""
    from mou_cli.output.register import entry_in_words

    before, after = row["before"], row["after"]
    last = translate("last change: {after}", language, after=entry_in_words(after["last_entry"], language))
    if before is None:
        return [*(counted(noun, number, language) for noun, number in after["records"].items() if number), last]
    lines = []
    for noun, number in after["records"].items():
        now = before["records"].get(noun, 0)
        told = counted(noun, number, language)
        if number != now:
            lines.append(translate("{after} instead of {before}", language, after=told, before=now))
        elif number:
            lines.append(translate("{after}, as many as now", language, after=told))
    if before["last_entry"] == after["last_entry"]:
        return [*lines, last]
    was = entry_in_words(before["last_entry"], language)
    return [*lines, last, translate("instead of: {before}", language, before=was)]
