"""Backups: whole copies of a register and its documents, each proved before it gets its name."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.errors import DatabaseUnavailable, DatabaseUnusable
from mou_cli.store.copies import Carried, carry, contents_in, contents_mentioned
from mou_cli.store.disk import create_file, refuse_remains, sync
from mou_cli.store.documents import DocumentStore, store_of
from mou_cli.store.location import Location, is_database
from mou_cli.store.lock import alone_at
from mou_cli.store.pages import copy_pages, count_rows, frozen, naming, page_count, prove, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO, Literal

    from mou_cli.store.original import Original
    from mou_cli.store.pages import Tick
    from mou_cli.store.reader import Reader

    Stage = Literal["checking", "comparing", "copying", "documents", "restoring"]
    # What is being done, and of how many pages or bytes, where that is counted; gives what is told of each.
    Watch = Callable[[Stage, int | None], Tick]

DOCUMENTS: Final = "documents"
_MOMENT: Final = "%Y%m%dT%H%M%SZ"


class Backup(NamedTuple):
    """A backup in a register's own folder: when it was made, in UTC, and before which kind of change, if any."""

    path: Path
    made_at: datetime
    number: int
    reason: str | None


class Made(NamedTuple):
    """A backup that was just made: its file, the revision of its schema, and what became of the documents."""

    path: Path
    revision: str
    documents: Carried


def unwatched(_stage: Stage, _total: int | None) -> Tick:
    """Tell nobody."""
    return lambda _more: None


def backups_folder(path: Path) -> Path:
    """Give the folder in which a register's backups are kept: beside the file, of its name."""
    return Path(f"{os.path.realpath(path)}.backups")


def find_backups(path: Path) -> list[Backup]:
    """Give the backups in a register's own folder, the newest first; what is called otherwise is nobody's business."""
    called = re.compile(re.escape(_stem(path)) + r"-(\d{8}T\d{6}Z)(?:-(\d+))?(?:-before-([a-z]+))?\.db")
    found = []
    with suppress(FileNotFoundError, NotADirectoryError):
        for each in backups_folder(path).iterdir():
            if (match := called.fullmatch(each.name)) and each.is_file() and not each.is_symlink():
                with suppress(ValueError):  # digits that are no instant
                    made_at = datetime.strptime(match[1], _MOMENT).replace(tzinfo=UTC)
                    found.append(Backup(each, made_at, int(match[2] or 1), match[3]))
    return sorted(found, key=lambda backup: (backup.made_at, backup.number, backup.path.name), reverse=True)


def newest_of(backups: list[Backup]) -> Backup | None:
    """Give the newest of the backups of a register, as `find_backups` has them.

    What a restore has put aside was not proved and may be damaged: it comes after all others.
    """
    return next((each for each in backups if each.reason != "restore"), backups[0] if backups else None)


def _stem(path: Path) -> str:
    return Path(os.path.realpath(path)).stem


def stores_of_backup(backup: Path) -> list[DocumentStore]:
    """Give where the documents of a backup may be: beside it, or shared by the backups of its folder."""
    stores = [store_of(Location(path=backup), None)]
    folder = Path(os.path.realpath(backup)).parent
    return [*stores, DocumentStore(folder / DOCUMENTS)] if folder.name.endswith(".backups") else stores


@contextmanager
def alone_in_folder(path: Path) -> Iterator[Path]:
    """Have the folder of a register's backups for oneself. What programs that died have left there is taken away.

    Where the first backup fails the folder goes as well.
    """
    folder = backups_folder(path)
    try:
        # That of a register on a server is in the user's folder for data, which nobody may have made yet.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(
            f"backups cannot be kept in {folder}: {error.strerror}", "see whether the folder can be written"
        ) from error
    with alone_at(folder):
        for litter in (*folder.glob(".*.db.tmp"), *DocumentStore(folder / DOCUMENTS).litter()):
            litter.unlink(missing_ok=True)
        try:
            yield folder
        except BaseException:
            with suppress(OSError):  # somebody's backups are in it
                folder.rmdir()
            raise


def back_up(original: Original, reason: str) -> Path:
    """Make a backup of a register before what the reason names; gives the file."""
    with alone_in_folder(original.place) as folder:
        return make_in_folder(original, folder, reason).path


def make_in_folder(original: Original, folder: Path, reason: str | None = None, watch: Watch = unwatched) -> Made:
    """Make a backup in a register's own folder, which the caller has for itself."""
    draft = _draft(folder, original.place)
    with _drafted(original, draft, watch) as (revision, contents):
        carried = _carry(original.store, contents, DocumentStore(folder / DOCUMENTS), watch)
        target = _named(draft, original.place, folder, reason)
    return Made(target, revision, carried)


def _named(draft: Path, path: Path, folder: Path, reason: str | None) -> Path:
    moment = datetime.now(UTC).strftime(_MOMENT)
    ending = f"-before-{reason}.db" if reason else ".db"
    for number in count(1):
        target = folder / f"{_stem(path)}-{moment}{f'-{number}' if number > 1 else ''}{ending}"
        if not target.exists():  # nobody else makes any here meanwhile
            break
    draft.replace(target)
    sync(folder)
    return target


def keep_as_it_is(file: BinaryIO, path: Path, timeout: float, folder: Path, reason: str) -> Path:
    """Make a backup of a register that may be damaged, byte for byte. Nobody writes it meanwhile; `file` is open on it.

    The documents are taken along as far as it can be read which they are.
    """
    draft = _draft(folder, path)
    create_file(draft)
    try:
        with draft.open("wb") as copy:
            copyfileobj(file, copy)
        sync(draft)
        with suppress(DatabaseUnusable):
            prove(draft, timeout, lambda _more: None)
            with frozen(draft, timeout) as source:
                contents = contents_in(source)
            _carry(store_of(Location(path=path), None), contents, DocumentStore(folder / DOCUMENTS), unwatched)
        return _named(draft, path, folder, reason)
    finally:
        draft.unlink(missing_ok=True)


def _draft(folder: Path, path: Path) -> Path:
    return folder / f".{_stem(path)}.{os.urandom(4).hex()}.db.tmp"


def make_at(original: Original, target: Path, watch: Watch) -> Made:
    """Make a backup as a file, whose documents stand beside it. What was there of that name is replaced whole."""
    refuse_remains(target)
    draft = target.with_name(f".{target.name}.{os.urandom(4).hex()}.db.tmp")
    with _drafted(original, draft, watch) as (revision, contents):
        carried = _carry(original.store, contents, store_of(Location(path=target), None), watch)
        draft.replace(target)
    sync(target.parent)
    return Made(target, revision, carried)


@contextmanager
def _drafted(original: Original, draft: Path, watch: Watch) -> Iterator[tuple[str, dict[str, int]]]:
    """Give the revision of a proved copy and the contents that it mentions; the draft is gone at the end."""
    create_file(draft)
    copy = _copy_server if original.location.path is None else _copy_file
    try:
        yield copy(original, draft, watch)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _telling_of(original: Original, draft: Path) -> Iterator[None]:
    try:
        yield
    except DatabaseUnusable as error:
        why = error.message.replace(str(draft), str(original.location))
        raise DatabaseUnusable(f"{why}; no backup was made, nothing was changed", "`mou db check` says more") from error


def _copy_file(original: Original, draft: Path, watch: Watch) -> tuple[str, dict[str, int]]:
    with snapshot(original.place, original.timeout) as source:
        counts, contents = copy_out(source, draft, watch)
    sync(draft)
    with _telling_of(original, draft):
        return prove(draft, original.timeout, watch("checking", None), counts), contents


def _copy_server(original: Original, draft: Path, watch: Watch) -> tuple[str, dict[str, int]]:
    from mou_cli.store.copying import copy_into_file
    from mou_cli.store.transfer import snapshot_of

    with snapshot_of(original.location, original.timeout) as source, _telling_of(original, draft):
        copy_into_file(source, draft, original.timeout, watch, original.compare, source.revision)
        return source.revision, contents_mentioned(source.reader, source.rows)


def copy_out(source: sqlite3.Connection, draft: Path, watch: Watch) -> tuple[dict[str, int], dict[str, int]]:
    """Copy a register into a draft; gives the number of rows of each table, and the contents of its documents."""
    counts, contents = count_rows(source), contents_in(source)
    copy_pages_out(source, draft, watch)
    return counts, contents


def copy_pages_out(source: sqlite3.Connection, draft: Path, watch: Watch) -> None:
    """Copy a register into a draft, page by page, whatever is in them."""
    with naming(draft.parent), closing(sqlite3.connect(draft, isolation_level=None)) as target:
        # Nobody reads a draft before it is proved and on the disk; those who write wait only for the copying.
        target.execute("PRAGMA journal_mode=OFF")
        target.execute("PRAGMA synchronous=OFF")
        copy_pages(source, target, draft, watch("copying", page_count(source)))


def _carry(source: DocumentStore | None, contents: dict[str, int], target: DocumentStore, watch: Watch) -> Carried:
    if source is None:
        return Carried(0, 0, ())
    return carry(contents, [source], target, watch("documents", sum(contents.values())))


def keep_newest(path: Path, number: int) -> list[Path]:
    """Remove all but the newest backups of each reason from a register's own folder; gives what was removed.

    With them go the contents that no backup that is left mentions.
    """
    kept: dict[str | None, int] = {}
    removed = []
    for backup in find_backups(path):
        kept[backup.reason] = kept.get(backup.reason, 0) + 1
        if kept[backup.reason] > number:
            backup.path.unlink()
            removed.append(backup.path)
    if removed:
        _sweep(backups_folder(path))
    return removed


def _sweep(folder: Path) -> None:
    store = DocumentStore(folder / DOCUMENTS)
    needed: set[str] = set()
    for backup in filter(_may_be_a_backup, folder.iterdir()):
        try:
            with frozen(backup, 0) as connection:
                needed |= contents_in(connection).keys()
        except (DatabaseUnusable, DatabaseUnavailable):
            return  # nobody can say what this one needs
    for kept in list(store.contents()):
        if kept.sha256 not in needed:
            store.remove(kept.sha256)


def _may_be_a_backup(path: Path) -> bool:
    """Say whether a file may be a backup, whatever somebody has called it since."""
    return path.is_file() and (path.suffix == ".db" or is_database(path))


def is_earlier_state(register: Reader, other: Reader) -> bool:
    """Say whether another register is an earlier state of this one: its last change is known here, too."""
    last = "SELECT id, at, actor, action FROM journal_entry ORDER BY id DESC LIMIT 1"
    entry = next(other.rows(last), None)
    same = "SELECT id, at, actor, action FROM journal_entry WHERE id = :id"
    return entry is not None and next(register.rows(same, id=entry["id"]), None) == entry
