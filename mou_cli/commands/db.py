"""`mou db`: where the register is kept: how it is, whether it is sound, up to date, and who is let in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from mou_cli.catalogue import translate
from mou_cli.commands.app import make_group
from mou_cli.commands.backup import FAILED_CHECK, contents_of, register_file
from mou_cli.commands.condition import MENDED, find_faults
from mou_cli.commands.invocation import DRY_RUN, SHOWN, Invocation
from mou_cli.commands.option import MouCommand, option, taking
from mou_cli.errors import DatabaseUnusable
from mou_cli.output.form import Form
from mou_cli.output.message import say

if TYPE_CHECKING:
    from pathlib import Path

    from mou_cli.store.reader import Row

app = make_group()
_ON_A_SERVER = "the server's own tools look after it"
_PREFIX = option("--prefix", "What the names of the groups begin with, instead of mou.", metavar="NAME")
_FIX = option("--fix", "Put right what follows from the records; no record is changed.", switch=True)


@app.command("check", cls=taking((_FIX,), SHOWN, noun="fault"))
def check(context: typer.Context) -> None:
    """Look whether the register's file is sound. Silent when it is.

    Everything is read, and what follows from the records reckoned anew, in a copy. Ends with exit code 7 for damage, 3
    for what can be put right.
    """
    call = Invocation.of(context)
    path = register_file(call, _ON_A_SERVER)
    faults = find_faults(call, path)
    if call.said.get("fix") and any(row["code"] in MENDED for row in faults):
        faults = _mended(call, path, faults)
    if faults or call.form not in {Form.AUTO, Form.TABLE} or call.said.get("output"):
        call.show_rows(faults, "fault")
    elif sys.stdout.isatty():
        say(translate("{file} is sound", call.asking_language, file=path))
    severities = {row["severity"] for row in faults}
    if severities & {"damage", "mendable"}:
        raise typer.Exit(DatabaseUnusable.exit_code if "damage" in severities else FAILED_CHECK)


def _mended(call: Invocation, path: Path, faults: list[Row]) -> list[Row]:
    """Put right what can be, and give what is left. Into a damaged file nothing is written."""
    from mou_cli.output.register import fault_in_words
    from mou_cli.register import mend
    from mou_cli.store.reader import roll_back

    language = call.asking_language
    if any(row["severity"] == "damage" for row in faults):
        say(translate("nothing was put right: the file is damaged", language))
        return faults
    if any(row["code"] == "unfinished" for row in faults):
        roll_back(path, call.timeout)
        say(translate("put right: {fault}", language, fault=fault_in_words(faults[-1], language)))
        faults = find_faults(call, path)
    if not any(row["code"] in MENDED for row in faults):
        return faults
    mend(call.location, today=call.today, timeout=call.timeout)
    left = find_faults(call, path)
    for row in faults:
        if row not in left:
            say(translate("put right: {fault}", language, fault=fault_in_words(row, language)))
    return left


@app.command("status", cls=MouCommand)
def status(context: typer.Context) -> None:
    """Show the file in numbers. What it holds, how large it is, when it was backed up."""
    from importlib.metadata import version
    from sqlite3 import sqlite_version

    from mou_cli.store.backup import find_backups
    from mou_cli.store.documents import store_of
    from mou_cli.store.pages import revision_of, snapshot
    from mou_cli.store.restore import refuse_other

    call = Invocation.of(context)
    path = register_file(call, _ON_A_SERVER)
    with snapshot(path, call.timeout) as connection:
        refuse_other(connection, path)
        contents, revision = contents_of(connection), revision_of(connection)
    kept = [each.size for each in store_of(call.location, None).contents()]
    backups = find_backups(path)
    found = path.stat()
    row = {
        "path": str(path.absolute()),
        "size": found.st_size,
        "revision": revision,
        **contents,
        "documents": {"count": len(kept), "bytes": sum(kept)},
        "backups": len(backups),
        "last_backup": str(backups[0].path) if backups else None,
        "mode": f"{found.st_mode & 0o7777:04o}",
        "sqlite": sqlite_version,
        "mou": version("mou-cli"),
    }
    call.show_row(row, "register")


@app.command("upgrade", cls=taking((DRY_RUN,)))
def upgrade(context: typer.Context) -> None:
    """Bring an earlier program's register up to date. It is backed up first. Any command does so by itself."""
    from mou_cli.store.pages import revision_of, snapshot
    from mou_cli.store.restore import refuse_other
    from mou_cli.store.revision import HEAD
    from mou_cli.store.upgrade import upgrade as bring_up_to_date

    call = Invocation.of(context)
    path = register_file(call, _ON_A_SERVER)
    language = call.asking_language
    with snapshot(path, call.timeout) as connection:
        refuse_other(connection, path)
        revision = revision_of(connection)
    if revision == HEAD:
        say(translate("{file} is up to date (schema {revision})", language, file=path, revision=revision))
        return
    if call.is_dry_run:
        told = translate("schema {before} would become {after}", language, before=revision, after=HEAD)
        print(told)  # noqa: T201 - what would change is the data of a rehearsal
        return
    backup = bring_up_to_date(path, call.timeout)
    say(translate("schema {before} has become {after}", language, before=revision, after=HEAD))
    say(translate("the register as it was is kept in {file}", language, file=backup))


@app.command("roles", cls=taking((_PREFIX,)))
def roles(context: typer.Context) -> None:
    """Print the SQL that lets people in on a server. Readers, editors and keepers; nothing is carried out.

    The owner of the database runs it: `mou db roles | psql DATABASE`.
    """
    from mou_cli.models import metadata
    from mou_cli.store.roles import roles_sql

    tables = metadata.sorted_tables
    counted = [table.name for table in tables if table.autoincrement_column is not None]
    prefix = Invocation.of(context).said.get("prefix", "mou")
    sys.stdout.write(roles_sql(prefix, [table.name for table in tables], counted))
