"""Importing seed files: checked as a whole, then written as a whole."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mou_cli.errors import InvalidData, UsageError
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.plan import TASK
from mou_cli.formats.encoding import OverheardStream
from mou_cli.formats.parts import PART, Unsure, take_parts
from mou_cli.formats.seed import Intake
from mou_cli.formats.spool import Spool
from mou_cli.processes import NOBODY, SEVERAL, hands
from mou_cli.register import Register, carry_out, open_register, rehearse
from mou_cli.rules.text import escape_controls
from mou_cli.store.failed import leaving_nothing
from mou_cli.store.upgrade import create
from mou_cli.views.document import batches
from mou_cli.views.history import find_removals
from mou_cli.views.seal import newest_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from mou_cli.processes import Hands
    from mou_cli.records.change import Change
    from mou_cli.store.location import Location
    from mou_cli.store.reader import Reader, Row

    Tick = Callable[[int], None]
    Show = Callable[[Change], None]

STDIN = "-"
_ENDINGS = {".yaml", ".yml", ".json"}
# In bytes. To start other processes takes longer than a few thousand records.
_LARGE = 2_000_000


@dataclass
class Outcome:
    """What an import did, or would do: numbers of records by noun, the values it left alone, and what it brought back.

    `back` has records that were removed before, each as its noun, its key and the entry that removed it.
    """

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    kept: list[Change] = field(default_factory=list)
    back: list[tuple[str, str, Row]] = field(default_factory=list)
    _followed: set[str] = field(default_factory=set)

    def count(self, noun: str, change: Change) -> None:
        """Count a change that declaring a record of a noun has brought; a task that follows its plan only once."""
        if change.kept:
            self.kept.append(change)
        if change.noun != noun:
            self._followed.add(change.key)
        elif change.noun == TASK.noun and change.key in self._followed:
            return
        if change.before is None:
            self.added[change.noun] += 1
        else:
            (self.unchanged if change.is_nothing else self.changed)[change.noun] += 1


@dataclass(frozen=True)
class Import:
    """What is to be imported, and how."""

    files: tuple[str, ...]
    location: Location
    timeout: float
    actor: str
    today: date
    overwrite: bool = False


def find_files(paths: Iterable[str]) -> tuple[str, ...]:
    """Give the files that paths mean: a file, `-` for standard input, or all YAML files of a folder by name.

    Raises UsageError for what is not there.
    """
    files: list[str] = []
    for text in paths:
        try:
            files += [text] if text == STDIN else _files_at(text)
        except OSError as error:
            raise UsageError(f"{text} cannot be read: {error.strerror}") from error
    return tuple(files)


def _files_at(text: str) -> list[str]:
    path = Path(text)
    # An empty name would be the folder one happens to be in.
    if text and path.is_dir():
        found = sorted(str(file) for file in path.iterdir() if file.suffix.lower() in _ENDINGS)
        if not found:
            raise UsageError(f"there are no YAML files in {text}")
        return found
    if not text or not path.exists():
        raise UsageError(f"there is no file {text!r}")
    return [text]


def size_of(files: Iterable[str]) -> int | None:
    """Give the bytes that files hold together; None where one of them does not say."""
    paths = [Path(name) for name in files]
    return sum(path.stat().st_size for path in paths) if all(path.is_file() for path in paths) else None


@dataclass(frozen=True)
class Watch:
    """Who is told how far an import is: `read` of bytes read, then what `writing` a number of records gives of each.

    `finish` is called when all are written, and what has to be done once for all of them begins.
    """

    read: Tick = lambda _bytes: None
    writing: Callable[[int], Tick] = lambda _records: lambda _written: None
    finish: Callable[[], None] = lambda: None


def import_files(wanted: Import, *, dry_run: bool, show: Show | None = None, watch: Watch | None = None) -> Outcome:
    """Carry out an import, or with `dry_run` only say what it would do; `show` is told of every change that is one.

    Raises InvalidData with every complaint when anything is wrong with the files; then nothing is written.
    """
    watch = watch or Watch()
    with ExitStack() as stack:
        helping = stack.enter_context(hands(SEVERAL if (size_of(wanted.files) or 0) >= _LARGE else 0))
        with rehearse(wanted.location, today=wanted.today, timeout=wanted.timeout, is_only_declared=True) as rehearsal:
            intake = stack.enter_context(_taken_in(rehearsal.reader, wanted, watch.read, helping))
            number = intake.number
            intake.forget()
            if dry_run:
                return _declare(rehearsal, intake, NOBODY, wanted, watch.writing(number), show)
        stack.enter_context(leaving_nothing(wanted.location))
        if helping and wanted.location.path and not wanted.location.exists:
            # What the program loads to make the tables takes a fifth of its memory, and is let go of like this.
            with hands(1) as maker:
                list(maker.map(_create, [wanted]))

        def body(register: Register) -> Outcome:
            outcome = _declare(register, intake, helping, wanted, watch.writing(number), show)
            watch.finish()
            return outcome

        return carry_out(partial(_opened, wanted), body)


def _create(wanted: Import) -> None:
    create(wanted.location, wanted.timeout)


def _opened(wanted: Import) -> AbstractContextManager[Register]:
    return open_register(
        wanted.location,
        actor=wanted.actor,
        action=escape_controls(f"import {' '.join(wanted.files)}"),
        today=wanted.today,
        timeout=wanted.timeout,
        may_create=True,
    )


@contextmanager
def _taken_in(reader: Reader, wanted: Import, read: Tick, helping: Hands) -> Iterator[Intake]:
    """Give what files say, checked. What is wrong with them is told by one process, which reads all in its order."""
    if helping:
        counted: list[int] = []
        with closing(Intake(reader, Spool(), overwrite=wanted.overwrite)) as intake:
            if _is_taken_in_parts(intake, wanted.files, _noting(counted, read), helping):
                yield intake
                return
        read(-sum(counted))
    with closing(Intake(reader, Spool(), overwrite=wanted.overwrite)) as intake:
        _take_in(intake, wanted.files, read, NOBODY)
        if intake.complaints:
            more = f"; {intake.unlisted:,} more complaints are not listed" if intake.unlisted else ""
            raise InvalidData(f"nothing was imported{more}", None, tuple(intake.listed()))
        yield intake


def _is_taken_in_parts(intake: Intake, files: tuple[str, ...], read: Tick, helping: Hands) -> bool:
    try:
        _take_in(intake, files, read, helping)
    except Unsure:
        return False
    return not intake.complaints


def _noting(counted: list[int], read: Tick) -> Tick:
    def note(more: int) -> None:
        counted.append(more)
        read(more)

    return note


def _take_in(intake: Intake, files: tuple[str, ...], read: Tick, helping: Hands) -> None:
    for name in files:
        with ExitStack() as stack:
            try:
                stream = sys.stdin.buffer if name == STDIN else stack.enter_context(Path(name).open("rb"))
            except OSError as error:
                raise UsageError(f"{name} cannot be read: {error.strerror}") from error
            watched = OverheardStream(stream, lambda data: read(len(data)))
            if helping and Path(name).stat().st_size > PART:
                take_parts(intake, name, watched, helping)
            else:
                intake.take(name, watched)
    intake.finish()


def _declare(
    register: Register, intake: Intake, helping: Hands, wanted: Import, written: Tick, show: Show | None
) -> Outcome:
    outcome = Outcome()
    register.reserve_references(intake.references)
    is_still_so = intake.is_still_so(register.reader)
    is_first = newest_digest(register.reader) is None
    for noun in SHAPES:
        patches = intake.patches(noun, is_still_so=is_still_so)
        for page in batches(register.declare(patches, overwrite=wanted.overwrite, hands=helping)):
            added = [change.key for change in page if change.before is None]
            removals = find_removals(register.reader, noun, added) if added and not is_first else {}
            outcome.back += [(noun, key, entry) for key, entry in removals.items()]
            for change in page:
                outcome.count(noun, change)
                written(1)
                if show and not change.is_nothing:
                    show(change)
    return outcome
