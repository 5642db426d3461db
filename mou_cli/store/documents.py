"""The documents' own store: contents in a folder beside the register, each under its SHA-256; of rows it knows nothing.

A content gets its name once it is whole and safely on the disk, so that a program that dies leaves it there or not at
all. What it was writing then keeps a name that nobody looks for, until `litter` gives it to be taken away.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.errors import DatabaseUnavailable, DatabaseUnusable, UsageError
from mou_cli.rules.media_type import HEAD, media_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mou_cli.store.location import Location

_PIECE: Final = 1 << 20
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_ASIDE: Final = re.compile(r"\.[0-9a-f]{16}\.tmp")
_KINDS: Final = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFCHR: "a device"}
# Neither is followed nor waited for; Windows knows none of them, but wants to be told that bytes are bytes.
_CAREFULLY: Final = sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)


@dataclass(frozen=True)
class Content:
    """What a file has in it: its checksum, its size in bytes and its media type."""

    sha256: str
    size: int
    media_type: str


class Kept(NamedTuple):
    """A content in the store: its checksum, its size in bytes and the time, in seconds, when it was last put there."""

    sha256: str
    size: int
    at: float


def _nobody(_more: int) -> None:
    return


def open_file(path: Path) -> int:
    """Open a file that people name, for reading; gives the descriptor. Raises UsageError for what is no plain file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _CAREFULLY)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UsageError(f"{path} is a symbolic link, not a file", "say the file that it leads to") from error
        if error.errno == errno.ENXIO:
            raise UsageError(f"{path} is something else, not a file") from error
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise UsageError(f"{path} is {_KINDS.get(stat.S_IFMT(mode), 'something else')}, not a file")
    return descriptor


def examine(path: Path, take: Callable[[bytes], object] = lambda _piece: None) -> Content:
    """Read a file to its end, handing every piece on, and say what is in it.

    Raises UsageError for what is no plain file, cannot be read, is empty, or changes meanwhile.
    """
    descriptor = open_file(path)
    try:
        before, digest, size, head = os.fstat(descriptor), sha256(), 0, b""
        # One that grows without end is not followed.
        while size <= before.st_size and (piece := _read(descriptor, path)):
            head = head or piece[:HEAD]
            digest.update(piece)
            size += len(piece)
            take(piece)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
        raise UsageError(f"{path} changed while it was read", "try again when nobody writes it")
    if not size:
        raise UsageError(f"{path} is empty")
    return Content(digest.hexdigest(), size, media_type(path.name, head))


def _read(descriptor: int, path: Path) -> bytes:
    try:
        return os.read(descriptor, _PIECE)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error


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
    return DocumentStore(Path(stated).expanduser())


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
                descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _CAREFULLY, 0o600)
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
            _sync(self.folder.parent)

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
                os.utime(place)
                return
            place.parent.mkdir(mode=0o700, exist_ok=True)
            aside.chmod(0o400)
            aside.replace(place)
            _sync(place.parent)
            _sync(self.folder)

    def look(self, digest: str, tell: Callable[[int], None] = _nobody) -> str:
        """Read a content and say how it is: sound, missing, changed or unreadable. `tell` gets the bytes read."""
        place = self.place(digest)
        try:
            mode = place.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return "missing"
        except OSError:
            return "unreadable"
        if not stat.S_ISREG(mode):
            return "changed"
        try:
            with self._opened(digest) as descriptor:
                found = sha256()
                while piece := os.read(descriptor, _PIECE):
                    found.update(piece)
                    tell(len(piece))
        except OSError:
            return "unreadable"
        return "sound" if found.hexdigest() == digest else "changed"

    @contextmanager
    def _opened(self, digest: str) -> Iterator[int]:
        descriptor = os.open(self.place(digest), os.O_RDONLY | _CAREFULLY)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def give(self, digest: str, take: Callable[[bytes], object]) -> None:
        """Hand a content on, piece by piece. Raises DatabaseUnusable, at the end, if it is not what was put there.

        Whoever takes it shows it to nobody before that.
        """
        found = sha256()
        try:
            with self._opened(digest) as descriptor:
                while piece := os.read(descriptor, _PIECE):
                    found.update(piece)
                    take(piece)
        except FileNotFoundError as error:
            raise DatabaseUnusable(
                f"the content {digest} is missing from {self.folder}", "`mou doc verify` lists all that is"
            ) from error
        if found.hexdigest() != digest:
            raise DatabaseUnusable(
                f"the content {digest} in {self.folder} is not what was put there", "`mou doc verify` lists all that is"
            )

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


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows opens no folders
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
