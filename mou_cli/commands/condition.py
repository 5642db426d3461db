"""Everything that is looked at to say whether a register is sound."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.commands.copying import watching
from mou_cli.fields.nouns import SHAPES
from mou_cli.output.progress import progress
from mou_cli.output.register import fault_hint, fault_in_words, severity_of
from mou_cli.records.derived import find_differing
from mou_cli.store.backup import copy_pages_out
from mou_cli.store.condition import (
    Fault,
    faults_of_file,
    faults_of_place,
    faults_of_schema,
    is_index_of_words_sound,
)
from mou_cli.store.interrupt import heed
from mou_cli.store.pages import Unfinished, frozen, revision_of
from mou_cli.store.reader import OutdatedRegister, SqliteReader, check_revision
from mou_cli.store.revision import HEAD
from mou_cli.store.server_condition import faults_of_server
from mou_cli.store.transfer import snapshot_of
from mou_cli.views.document import documents, find_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mou_cli.commands.invocation import Invocation
    from mou_cli.output.progress import Progress
    from mou_cli.store.reader import Reader, Row

# What follows from the records, and what any change would put right.
RECKONED = frozenset({"guard", "index", "search-index", "words", "spans", "counter"})
MENDED = RECKONED | {"unfinished", "open-to-all"}


def find_faults(call: Invocation) -> list[Row]:
    """Give what is not as it should be with a register. Raises DatabaseUnusable for what is none.

    A file is looked at in a copy: nobody waits for longer than the copying, and whatever happens, it is not touched.
    """
    path = call.location.path
    if path is None:
        with progress(lambda: call.asking_language) as line:
            return [_row(fault) for fault in _faults_on_server(call, line)]
    with progress(lambda: call.asking_language) as line, tempfile.TemporaryDirectory(prefix="mou-") as folder:
        return [_row(fault) for fault in (*faults_of_place(path), *_faults(call, path, Path(folder) / "copy.db", line))]


def _row(fault: Fault) -> Row:
    row = {
        "code": fault.code,
        "severity": severity_of(fault.code),
        "about": fault.about or None,
        "number": fault.number,
    }
    return row | {"sentence": fault_in_words(row, "en"), "hint": fault_hint(row, "en")}


def _faults(call: Invocation, path: Path, copy: Path, line: Progress) -> Iterator[Fault]:
    try:
        with frozen(path, call.timeout) as source:
            is_outdated = False
            try:
                check_revision(source, path)
            except OutdatedRegister:
                is_outdated = True
                yield Fault("outdated", revision_of(source))
            copy_pages_out(source, copy, watching(line))
    except Unfinished:
        yield Fault("unfinished")
        return
    damage = faults_of_file(copy, call.timeout, watching(line)("checking", None))
    yield from damage
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        heed(connection)
        if damage:
            yield Fault("readable", _readable(SqliteReader(connection)))
        elif not is_outdated:
            yield from _faults_of_content(call, copy, connection, line)


def _faults_on_server(call: Invocation, line: Progress) -> Iterator[Fault]:
    with snapshot_of(call.location, call.timeout) as register:
        if register.revision != HEAD:
            yield Fault("outdated", register.revision)
            return
        watching(line)("checking", None)
        faults = list(faults_of_server(register.reader, register.rows))
        yield from faults
        if not any(severity_of(fault.code) == "damage" for fault in faults):
            yield from _faults_of_derived(call, register.reader, line)


def _faults_of_content(call: Invocation, copy: Path, connection: sqlite3.Connection, line: Progress) -> Iterator[Fault]:
    faults = list(faults_of_schema(connection))
    yield from faults
    if any(severity_of(fault.code) == "damage" for fault in faults):
        return
    if not is_index_of_words_sound(copy, watching(line)("checking", None)):
        yield Fault("search-index")
    yield from _faults_of_derived(call, SqliteReader(connection), line)


def _faults_of_derived(call: Invocation, reader: Reader, line: Progress) -> Iterator[Fault]:
    tell = line.stage(lambda language: translate("Checking", language))
    try:
        found = Counter(differing.what for differing in find_differing(reader, call.today, tell))
    except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError) as error:
        # The pages are whole, and yet a value is none that was ever written.
        yield Fault("damaged", str(error))
        yield Fault("readable", _readable(reader))
        return
    yield from (Fault(what, number=number) for what, number in found.items())


def _readable(reader: Reader) -> str:
    """Say how many records of each noun can still be read, of those whose keys can be."""
    told = []
    for noun, shape in SHAPES.items():
        keys, whole = [], 0
        is_broken = True
        with suppress(sqlite3.Error):
            for key in find_keys(reader, shape):
                keys.append(key)  # noqa: PERF402 - what was read before an error counts
            is_broken = False
        for key in keys:
            with suppress(sqlite3.Error, ValueError, KeyError, TypeError, AttributeError):
                whole += len(documents(reader, shape, [key]))
        if keys or is_broken:
            told.append(f"{noun} {whole}/{len(keys)}")
    return ", ".join(told)
