"""What a person is writing and has not recorded yet: a file in a private folder, gone afterwards unless it is kept."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mou_cli.settings import drafts_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRIVATE = 0o600
_UNFIT = re.compile(r"[^\w.-]+")
_NEWLINE = re.compile("\r\n?")


class Draft:
    """A text in a file that an editor changes. Bytes that are no UTF-8 stay as they are."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.is_kept = False
        self._first = text
        self.write(text)

    def write(self, text: str) -> None:
        """Put a text in place of what is there."""
        self._write(self.path, text)

    def write_beside(self, name: str, text: str) -> Path:
        """Put another text beside it, under the same name with a further one before its ending."""
        path = self.path.with_suffix(f".{name}{self.path.suffix}")
        self._write(path, text)
        return path

    @staticmethod
    def _write(path: Path, text: str) -> None:
        # Not in place: where there is no room for the new text, the old one stays.
        new = path.with_name(f".{path.name}.new")
        try:
            new.touch(_PRIVATE)
            new.write_bytes(text.encode("utf-8", "surrogateescape"))
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise

    def read(self) -> str:
        """Give what is there now; nothing, where the file was removed."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return ""
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = content.decode("utf-16", "replace")
        else:
            text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
        return _NEWLINE.sub("\n", text)

    def keep(self) -> bool:
        """Leave the file where it is if there is anything in it that was not there at first; say whether there is."""
        # An editor that is torn away leaves what was not saved beside the file.
        others = [path for path in self.path.parent.iterdir() if path != self.path]
        self.is_kept = bool(others) or self.read() not in {"", self._first}
        if self.is_kept and self.path.exists():
            self.path.chmod(_PRIVATE)
        return self.is_kept


@contextmanager
def drafting(name: str, text: str) -> Iterator[Draft]:
    """Write a text into a file named after what it is about, in a folder that only the user can look into."""
    folder = _make_folder()
    draft = None
    try:
        draft = Draft(folder / f"{_UNFIT.sub('-', name)}.yaml", text)
        yield draft
    finally:
        if draft is None or not draft.is_kept:
            shutil.rmtree(folder, ignore_errors=True)


def _make_folder() -> Path:
    """Make a folder below the user's own, so that it survives what a temporary folder does not."""
    place = drafts_folder()
    try:
        if place is not None:
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        place = None
    if place is not None and not os.access(place, os.W_OK | os.X_OK):
        place = None
    return Path(tempfile.mkdtemp(prefix="edit-", dir=place))
