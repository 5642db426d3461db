"""Whether a damaged register is behind an error that nothing else explains."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing, suppress
from itertools import chain
from typing import TYPE_CHECKING

from mou_cli.commands.invocation import Invocation
from mou_cli.errors import DatabaseUnusable, MouError
from mou_cli.fields.kind import Reading
from mou_cli.fields.node import Mapping
from mou_cli.fields.nouns import SHAPES
from mou_cli.formats.exporting import written_record
from mou_cli.formats.yaml_reader import read_record
from mou_cli.formats.yaml_writer import write_record
from mou_cli.records.derived import find_differing
from mou_cli.store.pages import damage_of
from mou_cli.store.reader import SqliteReader, connect
from mou_cli.views.document import all_documents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typer import Context

    from mou_cli.fields.shape import Document, Shape
    from mou_cli.store.reader import Reader


def damage_behind(context: Context) -> MouError | None:
    """Give the damage of the register that a command was about; None where it has none, or is not in a file.

    All of it is read, which may take a while: better than to call that a fault of the program which is none.
    """
    call = Invocation.of(context)
    with suppress(MouError, OSError, sqlite3.OperationalError):
        path = call.location.path
        if path is not None and path.is_file():
            return _damage_of(call, path)
    return None


def _damage_of(call: Invocation, path: Path) -> MouError | None:
    try:
        with closing(connect(path, "ro", call.timeout)) as connection:
            reader = SqliteReader(connection)
            told = next(chain(damage_of(path, call.timeout, lambda _more: None), _unreadable(reader)), None)
            if told is None and (found := next(find_differing(reader, call.today, lambda _more: None), None)):
                what = f"what is reckoned of the {found.noun} {found.key}"
                return DatabaseUnusable(f"{path} is damaged: {what}", "`mou db check --fix` reckons it anew")
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        # The database's own complaint of a damaged schema may be no text, either.
        told = f"it holds a value that cannot be read ({type(error).__name__}: {error})"
    return DatabaseUnusable(f"{path} is damaged: {told}", "restore it from a backup") if told else None


def _unreadable(reader: Reader) -> Iterator[str]:
    """Give every value of a record that no file could have said, and so nobody has recorded."""
    for shape in SHAPES.values():
        for document in all_documents(reader, shape):
            yield from (f"{shape.noun} {document['key']}, {told}" for told in _complaints(shape, document))


def _complaints(shape: Shape, document: Document) -> list[str]:
    told: list[str] = []
    written = io.StringIO()
    write_record(written_record(document, shape.fields), written)
    reading = Reading(lambda _mark, message: told.append(str(message)), lambda _noun, _key, _mark: None)
    node = read_record(io.BytesIO(written.getvalue().encode()), reading.complain)
    if isinstance(node, Mapping):
        shape.read(node, reading)
    return told
