"""What the commands share that copy a register whole, prove it or put it back: what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import translate, translate_number
from mou_cli.errors import DatabaseUnusable
from mou_cli.fields.nouns import SHAPES
from mou_cli.output.message import say
from mou_cli.views.register import get_contents

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.output.progress import Name, Progress
    from mou_cli.store.backup import Stage, Watch
    from mou_cli.store.copies import Carried
    from mou_cli.store.pages import Tick
    from mou_cli.store.reader import Reader, Row
    from mou_cli.store.rows import StoredRows

_NAMES: Final[dict[Stage, Name]] = {
    "checking": lambda language: translate("Checking", language),
    "comparing": lambda language: translate("Comparing", language),
    "copying": lambda language: translate("Copying", language),
    "documents": lambda language: translate("Verifying", language),
    "restoring": lambda language: translate("Restoring", language),
}


def comparing(line: Progress) -> Callable[[Reader, Reader], None]:
    """Give what raises DatabaseUnusable unless two registers export to the same bytes."""

    def compare(register: Reader, copy: Reader) -> None:
        from mou_cli.formats.exporting import count_records, count_told, digest_of_export

        total = 2 * count_told(register, count_records(register))
        tell = line.stage(_NAMES["comparing"], total)
        if digest_of_export(register, tell) != digest_of_export(copy, tell):
            raise DatabaseUnusable("the copy does not export to the same bytes")

    return compare


def watching(line: Progress) -> Watch:
    """Give what tells of the stages of a backup or a restore."""

    def watch(stage: Stage, total: int | None) -> Tick:
        if stage == "checking":
            return lambda _more: line.finish(_NAMES[stage])
        return line.stage(_NAMES[stage], total, in_bytes=stage == "documents")

    return watch


def contents_of(reader: Reader, rows: StoredRows) -> Row:
    """Give what a register of any revision holds, in numbers."""
    return get_contents(reader, [noun for noun, shape in SHAPES.items() if rows.columns(shape.table)])


def carried_row(carried: Carried) -> Row:
    """Give what became of documents as rows have it."""
    return {"documents": {"count": carried.number, "bytes": carried.size}, "lost": list(carried.lost)}


def tell_lost(lost: list[str], language: str) -> None:
    """Say how many contents are nowhere to be found as they were."""
    if lost:
        say(
            translate_number(
                "the content of {number} document is missing or changed (`mou doc verify` says of which)",
                "the contents of {number} documents are missing or changed (`mou doc verify` says of which)",
                len(lost),
                language,
            )
        )
