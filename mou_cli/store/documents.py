"""The documents' own store: contents in a folder beside the register, each under its SHA-256; of rows it knows nothing.

A content gets its name once it is whole and safely on the disk, so that a program that dies leaves it there or not at
all. What it was writing then keeps a name that nobody looks for, until `litter` gives it to be taken away.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.errors import DatabaseUnavailable, DatabaseUnusable, UsageError
from mou_cli.store.content import CAREFULLY, PIECE, examine, open_file
from mou_cli.store.disk import sync
from mou_cli.store.location import read_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.store.content import Content
    from mou_cli.store.location import Location

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_ASIDE: Final = re.compile(r"\.[0-9a-f]{16}\.tmp")


class Kept(NamedTuple):
    """A content in the store: its checksum, its size in bytes and the time, in seconds, when it was last put there."""

    sha256: str
    size: int
    at: float


def _nobody(_more: int) -> None:
    return


def store_of(location: Location, stated: str | None) -> DocumentStore:
    """Give the store of a register: beside its file; for one on a server, which has no place, the folder `stated`.

    A folder of its own for each register: what one does not mention another may. Raises UsageError where none is said.
    """
    if location.path is not None:
        return DocumentStore(Path(f"{os.path.realpath(location.path)}.documents"))
    if not stated:
        raise UsageError(
            "nobody has said where the documents of a register on a server are kept",
            "say a folder: `mou config set documents FOLDER`, or MOU_DOCUMENTS",
        )
    return DocumentStore(read_path(stated))


class DocumentStore:
    """The folder in which the contents of a register's documents are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, digest: str) -> Path:
        """Give where a content is, or would be. Raises DatabaseUnusable for what is no checksum."""
        if not _DIGEST.fullmatch(digest):
            raise DatabaseUnusable(f"the register holds {digest!r}, which is no SHA-256", "restore it from a backup")
        return self.folder / digest[:2] / digest[2:]

    def has(self, digest: str) -> bool:
        """Say whether there is a content of that checksum, without looking into it."""
        with suppress(OSError):
            return stat.S_ISREG(self.place(digest).lstat().st_mode)
        return False

    @contextmanager
    def receive(self, path: Path) -> Iterator[Incoming]:
        """Copy a file aside, into the store but under no name. What was not `keep`t is gone at the end.

        Raises UsageError as `examine` does, and DatabaseUnavailable where there is no room to write.
        """
        os.close(open_file(path))  # nothing is made for what could not be read
        aside = self.folder / f".{os.urandom(8).hex()}.tmp"
        try:
            with self._writing():
                self._make_folder()
                descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | CAREFULLY, 0o600)
            try:
                content = examine(path, lambda piece: self._write(descriptor, piece))
                with self._writing():
                    os.fsync(descriptor)
            finally:
                os.close(descriptor)
            yield Incoming(self, aside, content)
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def _make_folder(self) -> None:
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700, exist_ok=True)
            sync(self.folder.parent)

    @property
    def shared(self) -> int:
        """What the folder lets a group do, which its parts are to let it do as well; nothing in a folder of one's own.

        Only where the group goes on to what is made in it: else that would be another one, of whoever made it.
        """
        try:
            mode = self.folder.stat().st_mode
        except OSError:
            return 0
        return mode & stat.S_IRWXG if mode & stat.S_ISGID else 0

    def make_part(self, digest: str) -> None:
        """Make the folder in which a content is to be, for those to use who may use the whole."""
        part = self.place(digest).parent
        try:
            part.mkdir(mode=0o700)
        except FileExistsError:
            return
        if self.shared:
            part.chmod(0o700 | self.shared | stat.S_ISGID)

    def _write(self, descriptor: int, piece: bytes) -> None:
        with self._writing():
            view = memoryview(piece)
            while view:
                view = view[os.write(descriptor, view) :]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            why = error.strerror or error
            raise DatabaseUnavailable(f"{self.folder} cannot be written: {why}; nothing was recorded") from error

    def name(self, aside: Path, content: Content) -> None:
        """Give what was copied aside its name. Where that content is already, and sound, it only counts as new."""
        place = self.place(content.sha256)
        with self._writing():
            if self.look(content.sha256) == "sound":
                # What a colleague has put there cannot be made new, but replaced by the same.
                with suppress(PermissionError):
                    os.utime(place)
                    return
            self.make_part(content.sha256)
            aside.chmod(0o400 | self.shared & stat.S_IRGRP)
            aside.replace(place)
            sync(place.parent)
            sync(self.folder)

    def look(self, digest: str, tell: Callable[[int], None] = _nobody) -> str:
        """Read a content and say how it is: sound, missing, changed or unreadable. `tell` gets the bytes read."""
        state, found = self.glance(digest), sha256()
        if state != "sound":
            return state
        try:
            with self._opened(digest) as descriptor:
                while piece := _read_kept(descriptor, self.place(digest)):
                    found.update(piece)
                    tell(len(piece))
        except DatabaseUnavailable:
            return "unreadable"
        return "sound" if found.hexdigest() == digest else "changed"

    @contextmanager
    def _opened(self, digest: str) -> Iterator[int]:
        place = self.place(digest)
        try:
            descriptor = os.open(place, os.O_RDONLY | CAREFULLY)
        except OSError as error:
            raise DatabaseUnavailable(f"{place} cannot be read: {error.strerror or error}") from error
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def give(self, digest: str, take: Callable[[bytes], object]) -> None:
        """Hand a content on, piece by piece. Raises DatabaseUnusable, at the end, if it is not what was put there.

        Whoever takes it shows it to nobody before that.
        """
        state, found = self.glance(digest), sha256()
        if state in {"sound", "unreadable"}:  # why it cannot be read is told by trying
            with self._opened(digest) as descriptor:
                while piece := _read_kept(descriptor, self.place(digest)):
                    found.update(piece)
                    take(piece)
            state = "sound" if found.hexdigest() == digest else "changed"
        if state != "sound":
            wrong = "is missing from" if state == "missing" else "is not what was put into"
            raise DatabaseUnusable(f"the content {digest} {wrong} {self.folder}", "`mou doc verify` lists all such")

    def glance(self, digest: str, size: int | None = None) -> str:
        """Say how a content is as far as that can be seen without reading it; an unknown size is any."""
        try:
            found = self.place(digest).lstat()
        except (FileNotFoundError, NotADirectoryError):
            return "missing"
        except OSError:
            return "unreadable"
        return "sound" if stat.S_ISREG(found.st_mode) and size in {None, found.st_size} else "changed"

    def contents(self) -> Iterator[Kept]:
        """Give every content there is, in the order of their checksums."""
        for part in self._entries(self.folder, re.compile(r"[0-9a-f]{2}")):
            for rest in self._entries(part, re.compile(r"[0-9a-f]{62}")):
                with suppress(FileNotFoundError):  # another program is taking it away
                    found = rest.lstat()
                    if stat.S_ISREG(found.st_mode):
                        yield Kept(part.name + rest.name, found.st_size, found.st_mtime)

    def litter(self) -> Iterator[Path]:
        """Give what programs that died have left behind, and what others are writing now."""
        yield from self._entries(self.folder, _ASIDE)

    @staticmethod
    def _entries(folder: Path, name: re.Pattern[str]) -> list[Path]:
        try:
            return sorted(path for path in folder.iterdir() if name.fullmatch(path.name))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def remove(self, digest: str) -> None:
        """Take a content away, and its folder with the last in it."""
        place = self.place(digest)
        if os.name == "nt":  # there a file that is read-only cannot be removed
            place.chmod(0o600)
        place.unlink(missing_ok=True)
        with suppress(OSError):
            place.parent.rmdir()


@dataclass(frozen=True)
class Incoming:
    """A file that was copied aside, and what is in it."""

    _store: DocumentStore
    _aside: Path
    content: Content

    def keep(self) -> None:
        """Give it its name in the store. Whoever records it does so afterwards."""
        self._store.name(self._aside, self.content)


def _read_kept(descriptor: int, place: Path) -> bytes:
    try:
        return os.read(descriptor, PIECE)
    except OSError as error:
        raise DatabaseUnavailable(f"{place} cannot be read: {error.strerror or error}") from error
