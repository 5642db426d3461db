"""What changes a register, reads it whole, or proves it, and how others do the same."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks.makedata import HOME
from tests.benchmarks.programs import (
    CSV,
    JSON,
    OPENPYXL,
    POSTGRESQL,
    PYYAML,
    RECUTILS,
    SQLITE3,
    SQLITE_UTILS,
    TASKWARRIOR,
    mou,
)
from tests.benchmarks.reading import taskwarrior
from tests.benchmarks.rounds import Command, module, run, script

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.benchmarks.stand import Stand

_ADDED = ("add", "--home", HOME, "--partner", "institution-00011", "--type", "memorandum", "--signed", "2026-05-01")
_ADDED_TASK = ("plan", "task", "add", "9.9", "--plan", "plan-00000", "--task", "Report", "--timing", "01.12.2026")
_REMOVED_TASK = ("plan", "task", "remove", "plan-00000/9.9", "--yes")
_EMPTY = "copy_of_nothing"
# Columns of the program, and what the flat table calls them.
_BOTH = {
    **{name: name for name in ("ref", "title", "type", "stage", "status", "partner", "country", "areas")},
    "signed_on": "signed",
    "starts_on": "starts",
    "ends_on": "ends_on",
    "renewal": "renewal",
    **{name: name for name in ("notice_by", "note", "source")},
}
_NEW = {"ref": "2026-new", "type": "memorandum", "country": "AZ", "signed": "2026-05-01"}
_INSERT = """INSERT INTO agreement (ref, ref_year, ref_number, type, partner, country, signed)
    SELECT '2026-' || (max(ref_number) + 1), 2026, max(ref_number) + 1, 'memorandum', 'Kyoto', 'JP', '2026-05-01'
    FROM agreement WHERE ref_year = 2026"""


def write_all(stand: Stand, form: str) -> dict[str, Command]:
    """Write all agreements in a form of files."""
    if form == "xlsx":
        file = stand.work / "all.xlsx"
        return stand.mou("list", "-o", str(file), before=lambda: file.unlink(missing_ok=True)) | stand.floor(
            OPENPYXL, "write", form
        )
    found = stand.mou("list", "-f", form) | stand.on_server("list", "-f", form)
    rows = ("rows", stand.plain.database, "agreement")
    query = "SELECT * FROM agreement"
    shell = ("-readonly", stand.plain.database, query)
    if form == "csv":
        found |= stand.floor(CSV, "write", form)
        found |= stand.other(SQLITE_UTILS, *rows, "--csv") | stand.other(SQLITE3, "-csv", "-header", *shell)
    elif form == "jsonl":
        found |= stand.floor(JSON, "write", "json")
        found |= stand.other(SQLITE_UTILS, *rows, "--nl")
    elif form == "json":
        found |= stand.other(SQLITE_UTILS, *rows) | stand.other(SQLITE3, "-json", *shell)
    else:
        found |= stand.floor(PYYAML, "write", form)
        found |= stand.other(RECUTILS, stand.plain.agreements)
    return found


def write_columns(stand: Stand) -> dict[str, Command]:
    """Write of all agreements the columns that both the program and the flat table have."""
    return {
        **stand.mou("list", "-f", "csv", "--columns", ",".join(_BOTH)),
        **stand.on_server("list", "-f", "csv", "--columns", ",".join(_BOTH)),
        **stand.sql(f"SELECT {', '.join(_BOTH.values())} FROM agreement"),
    }


def export(stand: Stand) -> dict[str, Command]:
    """Write the whole register."""
    return {
        **stand.mou("export"),
        **stand.on_server("export"),
        **stand.floor(CSV, "export"),
        **stand.other(SQLITE3, "-readonly", stand.register, ".dump"),
    }


def add(stand: Stand) -> dict[str, Command]:
    """Add an agreement."""
    plain, records = stand.work / "plain.db", stand.work / "agreements.rec"
    shutil.copyfile(stand.plain.database, plain)
    shutil.copyfile(stand.plain.agreements, records)
    fields = (word for name, value in _NEW.items() for word in ("-f", name, "-v", value))
    return {
        **stand.mou(*_ADDED, on=_copied(stand)),
        **stand.on_server(*_ADDED, on=_copied_on_server(stand)),
        **stand.other(SQLITE_UTILS, "query", plain, _INSERT),
        **stand.other(SQLITE3, plain, _INSERT),
        **stand.other(RECUTILS, "-t", "agreement", *fields, records, command="recins"),
    }


def add_task(stand: Stand) -> dict[str, Command]:
    """Add a task. Where its number has to be said, it is removed before it is added again."""
    tasks = stand.work / "task"
    shutil.copytree(stand.plain.taskwarrior, tasks)
    found = {
        **stand.mou(*_ADDED_TASK, on=_copied(stand)),
        **stand.on_server(*_ADDED_TASK, on=_copied_on_server(stand)),
    }
    for program, command in found.items():
        removing = Command((*command.arguments[: -len(_ADDED_TASK)], *_REMOVED_TASK))
        run(command)
        found[program] = command._replace(before=partial(run, removing))
    return found | stand.other(TASKWARRIOR, *taskwarrior(tasks), "add", "Report", "due:2026-12-01")


def undo(stand: Stand) -> dict[str, Command]:
    """Take the adding of an agreement back."""
    copied = _copied(stand)
    add = Command(mou("--db", str(copied), *_ADDED))
    return stand.mou("undo", "--yes", on=copied, before=lambda: run(add))


def undo_import(stand: Stand) -> dict[str, Command]:
    """Take the import of everything back."""
    return stand.mou("undo", "--yes", on=stand.work / "register.db", before=lambda: _copied(stand))


def import_all(stand: Stand) -> dict[str, Command]:
    """Read everything into a new register; those that cannot read YAML read the agreements from CSV."""
    register, floor, other, shell = (stand.work / f"{name}.db" for name in ("register", "floor", "other", "shell"))
    found = stand.mou("import", str(stand.yaml), on=register, before=_gone(register))
    if server := stand.server:
        empty = partial(server.ask, "empty", _EMPTY)
        found |= stand.on_server("import", str(stand.yaml), on=_EMPTY, before=empty)
    found[PYYAML] = Command(script("yaml_floor.py", str(stand.yaml), str(floor)), _gone(floor))
    found |= stand.other(
        SQLITE_UTILS, "insert", other, "agreement", stand.plain.csv, "--csv", "--silent", before=_gone(other)
    )
    return found | stand.other(SQLITE3, shell, f".import --csv {stand.plain.csv} agreement", before=_gone(shell))


def import_again(stand: Stand) -> dict[str, Command]:
    """Read the same once more: nothing changes."""
    return stand.mou("import", str(stand.yaml), on=_copied(stand))


def backup(stand: Stand) -> dict[str, Command]:
    """Copy the register while others go on working."""
    copy, served, other = (stand.work / f"{name}.db" for name in ("copy", "served", "other"))
    return {
        **stand.mou("backup", str(copy), before=_gone(copy)),
        **stand.on_server("backup", str(served), before=_gone(served)),
        **stand.other(SQLITE3, "-readonly", stand.register, f".backup {other}", before=_gone(other)),
    }


def copy(stand: Stand) -> dict[str, Command]:
    """Move the register into another file, and onto the server."""
    target = stand.work / "copied.db"
    found = stand.mou("db", "copy", str(stand.register), str(target), before=_gone(target))
    if server := stand.server:
        empty = partial(server.ask, "empty", _EMPTY)
        line = mou("db", "copy", str(stand.register), server.address(_EMPTY))
        found[POSTGRESQL] = Command(line, empty, server.seconds)
    return found


def ask(stand: Stand, words: tuple[str, ...]) -> dict[str, Command]:
    """Ask what only the program has an answer to."""
    return stand.mou(*words)


def journal(stand: Stand, words: tuple[str, ...]) -> dict[str, Command]:
    """Ask the journal of a hundred agreements that has so many entries."""
    if not stand.journal.exists():
        run(Command(module("journal", str(stand.journal), str(stand.size))))
    return stand.mou(*words, on=stand.journal)


def _gone(path: Path) -> Callable[[], None]:
    return lambda: path.unlink(missing_ok=True)


def _copied(stand: Stand) -> Path:
    copied = stand.work / "register.db"
    shutil.copyfile(stand.register, copied)
    return copied


def _copied_on_server(stand: Stand) -> str:
    name = f"copy_{stand.size}"
    if stand.server:
        stand.server.ask("copy", stand.database, name)
    return name
