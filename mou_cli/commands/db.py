"""`mou db`: the register as a whole: how it is, whether it is sound, up to date, copying it, and who is let in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.catalogue import translate
from mou_cli.commands.app import make_group
from mou_cli.commands.condition import MENDED, RECKONED, find_faults
from mou_cli.commands.copy import DOCUMENTS, copy_register
from mou_cli.commands.copying import contents_of
from mou_cli.commands.invocation import DRY_RUN, SHOWN, Invocation
from mou_cli.commands.option import MouCommand, Named, option, taking
from mou_cli.commands.store import documents_of, has_store
from mou_cli.errors import FAILED_CHECK, DatabaseUnusable
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.register import KEYS

if TYPE_CHECKING:
    from mou_cli.store.reader import Row
    from mou_cli.store.transfer import Snapshot

app = make_group()
_PREFIX = option("--prefix", "What the names of the groups begin with, instead of mou.", metavar="NAME")
_FIX = option(
    "--fix", "Put right what follows from the records, and what is open to all; no record is changed.", switch=True
)


@app.command("check", cls=taking((_FIX,), SHOWN, noun="fault"))
def check(context: typer.Context) -> None:
    """Look whether the register is sound. Silent when it is.

    Everything is read, of a file in a copy, and what follows from the records reckoned anew. Ends with exit code 7 for
    damage, 3 for what can be put right.
    """
    call = Invocation.of(context)
    call.location.check()
    faults = find_faults(call)
    if call.said.get("fix") and any(row["code"] in MENDED for row in faults):
        faults = _mended(call, faults)
    if faults or call.form not in {Form.AUTO, Form.TABLE} or call.said.get("output"):
        call.show_rows(faults, "fault")
    elif sys.stdout.isatty():
        say(translate("{file} is sound", call.asking_language, file=call.location))
    severities = {row["severity"] for row in faults}
    if severities & {"damage", "mendable"}:
        raise typer.Exit(DatabaseUnusable.exit_code if "damage" in severities else FAILED_CHECK)


def _mended(call: Invocation, faults: list[Row]) -> list[Row]:
    """Put right what can be, and give what is left. Into what is damaged nothing is written."""
    from mou_cli.output.register import fault_in_words
    from mou_cli.register import mend
    from mou_cli.store.condition import close_to_all
    from mou_cli.store.reader import roll_back

    language = call.asking_language
    if any(row["severity"] == "damage" for row in faults):
        say(translate("nothing was put right: the register is damaged", language))
        return faults
    if closed := [row for row in faults if row["code"] == "open-to-all" and close_to_all(Path(row["about"]))]:
        for row in closed:
            say(translate("put right: {fault}", language, fault=fault_in_words(row, language)))
        faults = find_faults(call)
    if call.location.path is not None and any(row["code"] == "unfinished" for row in faults):
        roll_back(call.location.path, call.timeout)
        say(translate("put right: {fault}", language, fault=fault_in_words(faults[-1], language)))
        faults = find_faults(call)
    if not any(row["code"] in RECKONED for row in faults):
        return faults
    mend(call.location, today=call.today, timeout=call.timeout)
    left = find_faults(call)
    for row in faults:
        if row not in left:
            say(translate("put right: {fault}", language, fault=fault_in_words(row, language)))
    return left


@app.command("status", cls=MouCommand)
def status(context: typer.Context) -> None:
    """Show the register in numbers. What it holds, how large it is, when it was backed up."""
    from importlib.metadata import version

    from mou_cli.store.backup import find_backups, newest_of
    from mou_cli.store.original import place_of
    from mou_cli.store.transfer import snapshot_of

    call = Invocation.of(context)
    call.location.check()
    with snapshot_of(call.location, call.timeout) as register:
        row = {"revision": register.revision, **contents_of(register.reader, register.rows)}
        row |= _numbers(call, register)
    kept = [each.size for each in documents_of(call).contents()] if has_store(call) else None
    backups = find_backups(place_of(call.location, call.timeout))
    newest = newest_of(backups)
    row |= {
        "documents": {"count": len(kept), "bytes": sum(kept)} if kept is not None else None,
        "backups": len(backups),
        "last_backup": str(newest.path) if newest else None,
        "mou": version("mou-cli"),
    }
    call.show_row({name: row[name] for name in KEYS}, "register")


def _numbers(call: Invocation, register: Snapshot) -> Row:
    """Give where a register is and how large, who may read it, and what keeps it."""
    from sqlite3 import sqlite_version

    from mou_cli.store.mount import network_beneath

    path = call.location.path
    if path is None:
        from mou_cli.store.server_condition import numbers_of_server

        of_file = dict.fromkeys(("mode", "network", "sqlite"))
        return {"path": str(call.location), **of_file, **numbers_of_server(register.reader)}
    found = path.stat()
    row = {"path": str(path.absolute()), "size": found.st_size, "mode": f"{found.st_mode & 0o7777:04o}"}
    return row | {"network": network_beneath(path), "sqlite": sqlite_version, "postgresql": None}


@app.command("upgrade", cls=taking((DRY_RUN,)))
def upgrade(context: typer.Context) -> None:
    """Bring an earlier program's register up to date. It is backed up first. Any command does so by itself."""
    from mou_cli.store.outdated import upgrade as bring_up_to_date
    from mou_cli.store.revision import HEAD
    from mou_cli.store.transfer import snapshot_of

    call = Invocation.of(context)
    call.location.check()
    language = call.asking_language
    with snapshot_of(call.location, call.timeout) as register:
        revision = register.revision
    if revision == HEAD:
        told = translate("{file} is up to date (schema {revision})", language, file=call.location, revision=revision)
        say(told)
        return
    if call.is_dry_run:
        told = translate("schema {before} would become {after}", language, before=revision, after=HEAD)
        print(told)  # noqa: T201 - what would change is the data of a rehearsal
        return
    backup = bring_up_to_date(call.location, call.timeout)
    say(translate("schema {before} has become {after}", language, before=revision, after=HEAD))
    if backup is not None:  # else another program has done it meanwhile
        say(translate("the register as it was is kept in {file}", language, file=backup))


@app.command("copy", cls=taking((DOCUMENTS, DRY_RUN), argument=Named.FILE))
def copy(
    context: typer.Context,
    register: Annotated[str, typer.Argument(metavar="FROM", help="A register: file, or postgresql:// address.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="Where to: a new file, or an empty database.")],
) -> None:
    """Copy a register whole, into a file or onto a server.

    Journal and documents go along. Every row is read back and compared before anybody sees the copy; if anything
    differs, there is none. FROM is read as it is at one moment, and never changed.
    """
    copy_register(Invocation.of(context), register, to)


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
