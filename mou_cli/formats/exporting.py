"""The whole register as a seed file, the same bytes for the same records."""

from __future__ import annotations

from hashlib import sha256
from io import RawIOBase, TextIOWrapper
from typing import TYPE_CHECKING, Any, TextIO

from mou_cli.fields.collection import Dictionary, Group, Items, Strings, Values
from mou_cli.fields.nouns import SHAPES
from mou_cli.fields.plan import TASK
from mou_cli.fields.published import published_document
from mou_cli.formats.seed import FORMAT
from mou_cli.formats.yaml_writer import Plain, write_yaml
from mou_cli.views.choice import find_homes
from mou_cli.views.document import all_documents, count_documents
from mou_cli.views.institution import InstitutionFilter, find_institutions
from mou_cli.views.plan import task_keys
from mou_cli.views.public import PUBLIC
from mou_cli.views.register import reference_counters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from _typeshed import ReadableBuffer as Buffer

    from mou_cli.fields.kind import Kind
    from mou_cli.fields.shape import Document, Field
    from mou_cli.store.reader import Reader


_NOUNS = ("institution", "event", "agreement", "plan", "acceptance")


def count_records(reader: Reader, *, public: bool = False) -> dict[str, int]:
    """Give by noun the number of records of an export, tasks with their plans."""
    if public:
        return {noun: count_documents(reader, SHAPES[noun], _is_public(noun)) for noun in PUBLIC}
    return {noun: count_documents(reader, SHAPES[noun]) for noun in _NOUNS}


def count_told(reader: Reader, counts: dict[str, int]) -> int:
    """Give how many records an export of so many tells of, tasks included: they may be most of it."""
    return sum(counts.values()) + (count_documents(reader, TASK) if "plan" in counts else 0)


def export(
    reader: Reader, stream: TextIO, tell: Callable[[int], None] = lambda _more: None, *, public: bool = False
) -> None:
    """Write all records by noun and key, with references, sources and counters; journal and derived rows stay out.

    With `public` only those that may be published, and of them only what may. `tell` is told of each, and of each task.
    """
    write_yaml(_public_sections(reader, tell) if public else _sections(reader, tell), stream)


def _public_sections(reader: Reader, tell: Callable[[int], None]) -> Iterator[tuple[str, object]]:
    yield "format", Plain(FORMAT)
    homes = find_institutions(reader, InstitutionFilter(homes=True, public=True), "key")
    if keys := [home["key"] for home in homes]:
        yield "home", keys
    for noun in PUBLIC:
        shape = SHAPES[noun]
        found = all_documents(reader, shape, _is_public(noun))
        yield shape.section, (_record(reader, noun, published_document(noun, record), tell) for record in found)


def _is_public(noun: str) -> str:
    return f'"key" IN ({PUBLIC[noun]})'


class _Hashed(RawIOBase):
    """A file of which nothing is kept but the checksum."""

    def __init__(self) -> None:
        super().__init__()
        self.digest = sha256()

    def writable(self) -> bool:
        return True

    def write(self, piece: Buffer) -> int:
        self.digest.update(piece)
        return memoryview(piece).nbytes


def digest_of_export(reader: Reader, tell: Callable[[int], None]) -> str:
    """Give the SHA-256 of what an export would write."""
    hashed = _Hashed()
    with TextIOWrapper(hashed, encoding="utf-8", newline="\n") as stream:  # type: ignore[type-var]  # a raw file serves
        export(reader, stream, tell)
    return hashed.digest.hexdigest()


def _sections(reader: Reader, tell: Callable[[int], None]) -> Iterator[tuple[str, object]]:
    yield "format", Plain(FORMAT)
    homes = sorted(find_homes(reader))
    if homes:
        yield "home", homes
    if counters := reference_counters(reader):
        yield "references", {Plain(year): last for year, last in counters.items()}
    for noun in _NOUNS:
        shape = SHAPES[noun]
        yield shape.section, (_record(reader, noun, document, tell) for document in all_documents(reader, shape))


def _record(reader: Reader, noun: str, document: Document, tell: Callable[[int], None]) -> dict[str, object]:
    tell(1)
    written = written_record(document, SHAPES[noun].fields)
    if noun == "plan":
        tasks = {task["key"]: task for task in all_documents(reader, TASK, '"plan" = :plan', plan=document["key"])}
        if tasks:
            listed = task_keys(reader, document["key"])
            written["tasks"] = [written_record(tasks[key], TASK.fields) for key in listed]
            tell(len(tasks))
    return written


def written_record(document: Document, fields: Iterable[Field]) -> dict[str, object]:
    """Give a document as a seed file has it: the fields a file may say, in their order."""
    return {f.name: written_value(f.kind, document[f.name]) for f in fields if f.name in document and f.written}


def written_value(kind: Kind, value: Any) -> object:
    """Give a canonical value as a seed file has it."""
    if type(value) is str:  # as most are
        return Plain(value) if kind.plain else value
    if isinstance(kind, Items):
        return [_written_item(kind, item) for item in value]
    if isinstance(kind, (Values, Strings)):
        return [written_value(kind.item, item) for item in value]
    if isinstance(kind, Group):
        return written_record(value, kind.fields)
    if isinstance(kind, Dictionary):
        return {name: written_value(kind.value, item) for name, item in value.items()}
    return Plain(value) if kind.plain and isinstance(value, str) else value


def _written_item(kind: Items, item: dict[str, Any]) -> object:
    written = written_record(item, kind.fields)
    return written[kind.short] if kind.short and list(written) == [kind.short] else written
