"""Copies of documents' contents: from one store into another, by a link where that is possible, and proved."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from mou_cli.errors import DatabaseUnusable, UsageError
from mou_cli.store.disk import sync
from mou_cli.store.reader import SqliteReader
from mou_cli.store.rows import FileRows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mou_cli.store.documents import DocumentStore
    from mou_cli.store.reader import Reader
    from mou_cli.store.rows import StoredRows


class Carried(NamedTuple):
    """What became of contents: how many are sound in the target and their bytes, and those found nowhere."""

    number: int
    size: int
    lost: tuple[str, ...]


def contents_in(connection: sqlite3.Connection) -> dict[str, int]:
    """Give the contents that the documents of a register file of any revision have, by checksum, with their bytes."""
    return contents_mentioned(SqliteReader(connection), FileRows(connection))


def contents_mentioned(reader: Reader, rows: StoredRows) -> dict[str, int]:
    """Give the contents that the documents of a register of any revision have, by checksum, with their bytes."""
    if "sha256" not in rows.columns("agreement_document"):
        return {}
    sql = "SELECT DISTINCT sha256, coalesce(size, 0) AS size FROM agreement_document WHERE sha256 IS NOT NULL"
    return {row["sha256"]: row["size"] for row in reader.rows(sql)}


def carry(
    contents: Mapping[str, int],
    sources: Sequence[DocumentStore],
    target: DocumentStore,
    tell: Callable[[int], None],
) -> Carried:
    """Have every content in the target, from the first source where it is sound. `tell` gets the bytes done."""
    number, size, lost, folders = 0, 0, [], set()
    for digest, length in contents.items():
        if _is_sound(target, digest) or _taken(digest, sources, target):
            number, size = number + 1, size + length
            folders.add(target.place(digest).parent)
        else:
            lost.append(digest)
        tell(length)
    for folder in sorted(folders):
        sync(folder)
    if folders:
        sync(target.folder)
        sync(target.folder.parent)
    return Carried(number, size, tuple(lost))


@contextmanager
def or_nothing(contents: Iterable[str], target: DocumentStore) -> Iterator[None]:
    """Take away those of some contents that were not in the target before, if the `with` is left by an error."""
    new = [digest for digest in contents if not target.has(digest)]
    try:
        yield
    except BaseException:
        for digest in new:
            target.remove(digest)
        with suppress(OSError):
            target.folder.rmdir()
        raise


def look_over(contents: Mapping[str, int], stores: Sequence[DocumentStore], tell: Callable[[int], None]) -> Carried:
    """Say of every content whether it is sound in one of the stores; nothing is copied."""
    number, size, lost = 0, 0, []
    for digest, length in contents.items():
        if any(_is_sound(store, digest) for store in stores):
            number, size = number + 1, size + length
        else:
            lost.append(digest)
        tell(length)
    return Carried(number, size, tuple(lost))


def _is_sound(store: DocumentStore, digest: str) -> bool:
    try:
        return store.look(digest) == "sound"
    except DatabaseUnusable:  # it is no checksum at all
        return False


def _taken(digest: str, sources: Iterable[DocumentStore], target: DocumentStore) -> bool:
    return any(
        _is_sound(source, digest) and (_linked(digest, source, target) or _copied(digest, source, target))
        for source in sources
        if source.folder != target.folder
    )


def _linked(digest: str, source: DocumentStore, target: DocumentStore) -> bool:
    """Give a content a second name. It costs no room; another disk, and some file systems, do without."""
    if target.shared:  # a second name of what is somebody's own is still only theirs
        return False
    place = target.place(digest)
    aside = target.folder / f".{os.urandom(8).hex()}.tmp"
    try:
        target.folder.mkdir(mode=0o700, exist_ok=True)
        target.make_part(digest)
        os.link(source.place(digest), aside)
        aside.replace(place)
    except OSError:
        return False
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return True


def _copied(digest: str, source: DocumentStore, target: DocumentStore) -> bool:
    try:
        with target.receive(source.place(digest)) as incoming:
            if incoming.content.sha256 != digest:
                return False
            incoming.keep()
    except UsageError:  # it has gone, or changes: as good as lost
        return False
    return True
