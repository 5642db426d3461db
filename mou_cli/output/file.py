"""Files of rows: written aside and put in place whole, so that a reader never meets half of one."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from mou_cli.catalogue import translate, translate_number
from mou_cli.errors import DatabaseUnavailable, UsageError
from mou_cli.output.form import Form, no_calendar
from mou_cli.output.message import say
from mou_cli.output.progress import progress
from mou_cli.store.disk import sync
from mou_cli.store.location import is_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TextIO

    from mou_cli.output.column import Row
    from mou_cli.output.progress import Progress

Written = TypeVar("Written")

_FORMS: Final[dict[str, Form | Literal["xlsx"]]] = {
    ".csv": Form.CSV,
    ".tsv": Form.TSV,
    ".json": Form.JSON,
    ".jsonl": Form.JSONL,
    ".yaml": Form.YAML,
    ".yml": Form.YAML,
    ".md": Form.MARKDOWN,
    ".ics": Form.ICS,
    ".xlsx": "xlsx",
}
_OWNER_ONLY: Final = 0o600
_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def form_of(path: Path) -> Form | Literal["xlsx"]:
    """Give the form that the file's extension means; one that means none is a UsageError."""
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f"{str(path)!r} does not say what kind of file to write",
            f"let its name end in {', '.join(name for name, form in _FORMS.items() if form is not Form.ICS)}",
        )
    return form


def write_rows(
    path: Path, rows: Iterable[Row], noun: str, *, columns: Sequence[str] | None = None, language: str = "en"
) -> int:
    """Write rows in the form that the file's extension means, and give their number."""
    form = form_of(path)
    if form is Form.ICS:
        raise no_calendar("--output")
    with progress(lambda: language) as line:
        told = _told(rows, line)
        if form == "xlsx":
            from mou_cli.output.xlsx import write_xlsx

            return write_xlsx(told, noun, columns, language, path)
        from mou_cli.output.show import show_many

        return write_file(
            path, lambda stream: show_many(told, noun, form=form, columns=columns, language=language, stream=stream)
        )


def say_written(number: int, file: str, language: str) -> None:
    """Say how many lines stand in a file that was asked for."""
    say(
        translate_number(
            "{number} line written to {file}", "{number} lines written to {file}", number, language, file=file
        )
    )


def _told(rows: Iterable[Row], line: Progress) -> Iterator[Row]:
    tell = line.stage(lambda language: translate("Writing", language))
    for row in rows:
        yield row
        tell(1)


def write_file(path: Path, write: Callable[[TextIO], Written]) -> Written:
    """Let `write` fill a UTF-8 file, which then takes the place of what was there; give what `write` gives.

    Only its owner may read the file. A CSV file begins with a byte order mark, without which Excel takes it for an
    8-bit encoding. A file that cannot be written is a UsageError, and leaves what was there.
    """
    encoding = "utf-8-sig" if path.suffix.lower() == ".csv" else "utf-8"
    with replacing(path) as aside, aside.open("w", encoding=encoding, newline="") as stream:
        return write(stream)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give an empty file beside the target to write to; it takes the target's place once it is safely on the disk.

    After an error it is removed. A target that cannot be written is a UsageError; a disk that has no room or fails on
    the way is DatabaseUnavailable.
    """
    try:
        target = Path(os.path.realpath(path))  # a symbolic link stays one
        if target.exists() and not target.is_file():
            raise UsageError(f"{path} is {'a folder' if target.is_dir() else 'not a plain file'}")
        if target.exists() and is_database(target):
            raise UsageError(f"{path} is a database, perhaps a register; nothing was written", "say another file")
        aside = target.with_name(f".{target.name}.{os.urandom(4).hex()}.tmp")
        try:
            os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
            yield aside
            sync(aside)
            aside.replace(target)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        sync(target.parent)
    except OSError as error:
        kind = DatabaseUnavailable if error.errno in _NO_ROOM else UsageError
        raise kind(f"{path} cannot be written: {error.strerror or error}") from error
