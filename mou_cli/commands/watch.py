"""What a person is told while a register is copied, proved and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mou_cli.catalogue import translate
from mou_cli.errors import DatabaseUnusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.output.progress import Name, Progress
    from mou_cli.store.backup import Stage, Tick, Watch
    from mou_cli.store.reader import Reader

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
