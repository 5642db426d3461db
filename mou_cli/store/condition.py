"""How a register file is: what is damaged, what is missing from it, and who else can get at it."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.store.backup import backups_folder
from mou_cli.store.documents import store_of
from mou_cli.store.interrupt import apart
from mou_cli.store.location import Location
from mou_cli.store.mount import network_beneath
from mou_cli.store.pages import damage_of
from mou_cli.store.revision import HEAD
from mou_cli.store.tables import new_register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from mou_cli.store.pages import Tick

_STRAY: Final = ("-wal", "-shm")


class Fault(NamedTuple):
    """One thing that is not as it should be: its code, what it is about, and how many there are of it."""

    code: str
    about: str = ""
    number: int | None = None


def faults_of_place(path: Path) -> Iterator[Fault]:
    """Give what is wrong around a register file: who else can read it, where it lies, what lies beside it."""
    real = Path(os.path.realpath(path))
    folders = [store_of(Location(path=path), None).folder, backups_folder(path)]
    for each in (real, *(folder for folder in folders if folder.is_dir())):
        mode = each.stat().st_mode
        if mode & (stat.S_IROTH | stat.S_IWOTH):
            yield Fault("open-to-all", str(each))
        elif mode & (stat.S_IRGRP | stat.S_IWGRP):
            yield Fault("open-to-group", str(each))
    if system := network_beneath(real):
        yield Fault("network", system)
    for ending in _STRAY:
        if (stray := real.with_name(real.name + ending)).exists():
            yield Fault("stray", str(stray))


def close_to_all(place: Path) -> bool:
    """Take from everybody but the owner and the group what they may do; False where that is not one's to say."""
    try:
        place.chmod(stat.S_IMODE(place.stat().st_mode) & ~stat.S_IRWXO)
    except PermissionError:
        return False
    return True


def faults_of_file(path: Path, timeout: float, tell: Tick) -> list[Fault]:
    """Give what is damaged in a register file."""
    return [Fault("damaged", line) for line in damage_of(path, timeout, tell)]


class Part(NamedTuple):
    """A table, index or trigger, the statement that makes it, and what must be as it is in a new register."""

    kind: str
    name: str
    sql: str
    shape: tuple[str, ...]


def faults_of_schema(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Give what a register of this revision lacks, or has otherwise than the program makes it."""
    shapes = {part.name: part.shape for part in _parts(connection)}
    for part in _usual_parts():
        if shapes.get(part.name) != part.shape:
            yield Fault({"table": "schema", "trigger": "guard"}.get(part.kind, part.kind), part.name)


def complete(connection: Connection) -> None:
    """Make the indexes and triggers that a register lacks, or has otherwise than the program makes them."""
    driver = connection.connection.driver_connection
    shapes = {part.name: part.shape for part in _parts(driver)} if driver else {}
    for part in _usual_parts():
        if part.kind != "table" and shapes.get(part.name) != part.shape:
            connection.exec_driver_sql(f'DROP {part.kind} IF EXISTS "{part.name}"')
            connection.exec_driver_sql(part.sql)


def _usual_parts() -> list[Part]:
    """Give what the schema of a new register consists of."""
    with new_register(HEAD) as connection:
        return list(_parts(connection))


def _parts(connection: sqlite3.Connection) -> Iterator[Part]:
    sql = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name"
    pragma = {"table": "table_info", "index": "index_info"}
    for kind, name, statement in connection.execute(sql).fetchall():
        if kind == "trigger":
            yield Part(kind, name, statement, (" ".join(statement.split()),))
        elif kind in pragma:
            columns = connection.execute(f"SELECT name FROM pragma_{pragma[kind]}(?)", [name])  # noqa: S608 - as above
            shape = sorted(row[0] for row in columns) if kind == "table" else [row[0] or "" for row in columns]
            yield Part(kind, name, statement, (*shape, *(["unique"] if " UNIQUE " in statement[:20] else [])))


def is_index_of_words_sound(path: Path, tell: Tick) -> bool:
    """Say whether the index of words is whole and has the words of the records. Asks for it as for a change."""
    return apart(lambda: _is_index_of_words_sound(path), tell)


def _is_index_of_words_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        try:
            # Rank 1 asks for the content to be compared, too; without it an index of another table is not.
            connection.execute("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            return False
        finally:
            connection.rollback()
    return True
