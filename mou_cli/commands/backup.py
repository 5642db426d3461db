"""`mou backup`: a copy of the register with its documents, proved to be whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.catalogue import translate, translate_number
from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import Invocation
from mou_cli.commands.option import Named, option, taking
from mou_cli.commands.watch import watching
from mou_cli.errors import Conflict, UsageError
from mou_cli.fields.nouns import SHAPES
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.progress import progress
from mou_cli.rules.text import escape_controls
from mou_cli.views.register import get_contents

if TYPE_CHECKING:
    import sqlite3

    from mou_cli.store.backup import Made
    from mou_cli.store.copies import Carried
    from mou_cli.store.reader import Row

app = make_app()
FAILED_CHECK = 3
_KEEP = option("--keep", "Keep so many, and remove the older ones of the register's own folder.", metavar="NUMBER")
_MOST = 10_000


@app.command(cls=taking((_KEEP,), argument=Named.FILE))
def backup(
    context: typer.Context,
    file: Annotated[str | None, typer.Argument(help="Where to; a folder of its own beside the register.")] = None,
) -> None:
    """Back the register up, with its documents, while others go on working. Prints the file.

    The copy is proved before it gets its name. Without FILE it is kept in a folder beside the register. A FILE that is
    there already is replaced only if it is an earlier state of the same register.
    """
    call = Invocation.of(context)
    path = register_file(
        call, "the server's own tools, such as pg_dump, back it up", "`mou export FILE` writes its records"
    )
    keep = _read_keep(call, file)
    language = call.asking_language  # what cannot be read is refused before anything is written
    from mou_cli.store.backup import alone_in_folder, keep_newest, make_at, make_in_folder

    removed: list[Path] = []
    with progress(lambda: language) as line:
        if file is not None:
            made = make_at(path, call.timeout, _target(call, path, file), watching(line))
        else:
            with alone_in_folder(path) as folder:
                made = make_in_folder(path, call.timeout, folder, watch=watching(line))
                removed = keep_newest(path, keep) if keep else []
    _answer(call, made, file, removed)
    if made.documents.lost:
        raise typer.Exit(FAILED_CHECK)


def register_file(call: Invocation, otherwise: str, hint: str | None = None) -> Path:
    """Give the file of the register that is meant. Raises UsageError with what to do `otherwise`, on a server."""
    from mou_cli.store.location import check_file

    path = call.location.path
    if path is None:
        raise UsageError(f"a register on a server is no file; {otherwise}", hint)
    check_file(path)
    return path


def _read_keep(call: Invocation, file: str | None) -> int | None:
    text = call.said.get("keep")
    if text is None:
        return None
    if file is not None:
        raise UsageError("--keep is about the register's own folder of backups", "leave FILE out")
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST):
        raise UsageError(f"--keep: {text!r} is no number from 1 to {_MOST}")
    return int(text)


def _target(call: Invocation, path: Path, file: str) -> Path:
    """Give the file to write. Raises UsageError or Conflict for one that must not be."""
    from mou_cli.store.backup import is_earlier_state
    from mou_cli.store.pages import frozen, snapshot

    if file == "-":
        raise UsageError("a backup is a file, not a stream", "say its name")
    target = Path(os.path.realpath(Path(file).expanduser()))
    if not target.exists():
        if not target.parent.is_dir():
            raise UsageError(f"there is no folder {target.parent}")
        return target
    if not target.is_file():
        raise UsageError(f"{file} is {'a folder' if target.is_dir() else 'not a plain file'}", "say a file")
    if target.samefile(path):
        raise UsageError(f"{file} is the register itself", "say another file")
    with snapshot(path, call.timeout) as register:
        try:
            with frozen(target, call.timeout) as other:
                is_earlier = is_earlier_state(register, other)
        except Exception:  # noqa: BLE001 - whatever it is, it is none
            is_earlier = False
    if not is_earlier:
        raise Conflict(f"{file} is there already, and no earlier state of this register", "say another file")
    return target


def _answer(call: Invocation, made: Made, file: str | None, removed: list[Path]) -> None:
    from mou_cli.store.pages import frozen

    with frozen(made.path, call.timeout) as connection:
        contents = contents_of(connection)
    row = {
        "file": file or str(made.path),
        "size": made.path.stat().st_size,
        "revision": made.revision,
        **contents,
        **documents_of(made.documents),
        "removed": [str(path) for path in removed],
    }
    if call.form is Form.AUTO:
        print(escape_controls(row["file"]))  # noqa: T201 - data goes to standard output
    else:
        call.show_row(row, "backup")
    _tell(call, row)


def contents_of(connection: sqlite3.Connection) -> Row:
    """Give what a register of any revision holds, in numbers."""
    from mou_cli.store.pages import tables_of
    from mou_cli.store.reader import SqliteReader

    tables = tables_of(connection)
    return get_contents(SqliteReader(connection), [noun for noun, shape in SHAPES.items() if shape.table in tables])


def documents_of(carried: Carried) -> Row:
    """Give what became of documents as rows have it."""
    return {"documents": {"count": carried.number, "bytes": carried.size}, "lost": list(carried.lost)}


def _tell(call: Invocation, row: Row) -> None:
    from mou_cli.output.register import records_in_words

    language = call.asking_language
    records, number = records_in_words(row["records"], language), row["documents"]["count"]
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


def tell_lost(lost: list[str], language: str) -> None:
    """Say how many contents are nowhere to be found as they were."""
    if lost:
        say(
            translate_number(
                "the content of {number} document is missing or changed (`mou doc verify` says of which)",
                "the contents of {number} documents are missing or changed (`mou doc verify` says of which)",
                len(lost),
                language,
            )
        )
