"""`mou backup`: a copy of the register with its documents, proved to be whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.catalogue import translate, translate_number
from mou_cli.commands.app import make_app
from mou_cli.commands.copying import carried_row, comparing, contents_of, tell_lost, watching
from mou_cli.commands.invocation import Invocation
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.store import documents_of
from mou_cli.errors import FAILED_CHECK, Conflict, UsageError
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.number import listed_or_none
from mou_cli.output.progress import progress
from mou_cli.rules.number import read_number
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from mou_cli.output.progress import Progress
    from mou_cli.store.backup import Made
    from mou_cli.store.original import Original
    from mou_cli.store.reader import Row

app = make_app()
_KEEP = option("--keep", "Keep so many, and remove the older ones of the register's own folder.", metavar="NUMBER")
_MOST = 10_000


@app.command(cls=taking((_KEEP,), argument=Named.FILE))
def backup(
    context: typer.Context,
    file: Annotated[str | None, typer.Argument(help="Where to; a folder of its own unless said.")] = None,
) -> None:
    """Back the register up, with its documents, while others go on working. Prints the file.

    The copy is proved before it gets its name. Without FILE it is kept in a folder beside the register, that of one on
    a server in your own folder for data. A FILE that is there already is replaced only if it is an earlier state of the
    same register.
    """
    call = Invocation.of(context)
    call.location.check()
    keep = _read_keep(call, file)
    language, _ = call.asking_language, call.timeout  # what cannot be read is refused before anything is written
    from mou_cli.store.backup import alone_in_folder, keep_newest, make_at, make_in_folder

    removed: list[Path] = []
    with progress(lambda: language) as line:
        target, original = _target(call, file) if file is not None else None, _original(call, line)
        if target is not None:
            made = make_at(original, target, watching(line))
        else:
            with alone_in_folder(original.place) as folder:
                made = make_in_folder(original, folder, watch=watching(line))
                removed = keep_newest(original.place, keep) if keep else []
    _answer(call, made, file, removed)
    if made.documents.lost:
        raise typer.Exit(FAILED_CHECK)


def _original(call: Invocation, line: Progress) -> Original:
    """Give the register with its documents, and have the copy of one on a server compared wholly. Raises UsageError."""
    from mou_cli.store.copies import contents_mentioned
    from mou_cli.store.original import original_of
    from mou_cli.store.transfer import snapshot_of

    original = original_of(call.location, call.timeout)
    if original.store is not None:
        return original
    with snapshot_of(call.location, call.timeout) as register:
        has_contents = bool(contents_mentioned(register.reader, register.rows))
    store = documents_of(call) if has_contents else None
    return original._replace(store=store, compare=comparing(line))


def _read_keep(call: Invocation, file: str | None) -> int | None:
    text = call.said.get("keep")
    if text is None:
        return None
    if file is not None:
        raise UsageError("--keep is about the register's own folder of backups", "leave FILE out")
    keep = read_number(text)
    if keep is None or not 1 <= keep <= _MOST:
        raise UsageError(f"--keep: {text!r} is no number from 1 to {_MOST}")
    return keep


def _target(call: Invocation, file: str) -> Path:
    """Give the file to write. Raises UsageError or Conflict for one that must not be."""
    from mou_cli.store.backup import is_earlier_state
    from mou_cli.store.location import read_path
    from mou_cli.store.pages import frozen
    from mou_cli.store.reader import SqliteReader
    from mou_cli.store.transfer import snapshot_of

    if file == "-":
        raise UsageError("a backup is a file, not a stream", "say its name")
    target = Path(os.path.realpath(read_path(file)))
    if not target.exists():
        if not target.parent.is_dir():
            raise UsageError(f"there is no folder {target.parent}")
        return target
    if not target.is_file():
        raise UsageError(f"{file} is {'a folder' if target.is_dir() else 'not a plain file'}", "say a file")
    if call.location.path is not None and target.samefile(call.location.path):
        raise UsageError(f"{file} is the register itself", "say another file")
    with snapshot_of(call.location, call.timeout) as register:
        try:
            with frozen(target, call.timeout) as other:
                is_earlier = is_earlier_state(register.reader, SqliteReader(other))
        except Exception:  # noqa: BLE001 - whatever it is, it is none
            is_earlier = False
    if not is_earlier:
        raise Conflict(f"{file} is there already, and no earlier state of this register", "say another file")
    return target


def _answer(call: Invocation, made: Made, file: str | None, removed: list[Path]) -> None:
    from mou_cli.store.pages import frozen
    from mou_cli.store.transfer import snapshot_in

    with frozen(made.path, call.timeout) as connection:
        copy = snapshot_in(connection, str(made.path))
        contents = contents_of(copy.reader, copy.rows)
    row = {
        "file": file or str(made.path),
        "size": made.path.stat().st_size,
        "revision": made.revision,
        **contents,
        **carried_row(made.documents),
        "removed": [str(path) for path in removed],
    }
    if call.form is Form.AUTO:
        print(escape_controls(row["file"]))  # noqa: T201 - data goes to standard output
    else:
        call.show_row(row, "backup")
    _tell(call, row)


def _tell(call: Invocation, row: Row) -> None:
    language = call.asking_language
    records, number = listed_or_none(row["records"], language), row["documents"]["count"]
    told = translate_number(
        "{records} and the content of {number} document backed up",
        "{records} and the contents of {number} documents backed up",
        number,
        language,
        records=records,
    )
    say(told if number else translate("{records} backed up", language, records=records))
    for file in row["removed"]:
        say(translate("removed: {file}", language, file=file))
    tell_lost(row["lost"], language)
