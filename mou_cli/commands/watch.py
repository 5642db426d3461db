"""What a person is told while a register is copied, proved and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate
from mou_cli.errors import DatabaseUnusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.output.progress import Progress
    from mou_cli.store.reader import Reader


def comparing(line: Progress) -> Callable[[Reader, Reader], None]:
    """Give what raises DatabaseUnusable unless two registers export to the same bytes."""

    def compare(register: Reader, copy: Reader) -> None:
        from mou_cli.formats.exporting import count_records, count_told, digest_of_export

        total = 2 * count_told(register, count_records(register))
        tell = line.stage(lambda language: translate("Comparing", language), total)
        if digest_of_export(register, tell) != digest_of_export(copy, tell):
            raise DatabaseUnusable("the copy does not export to the same bytes")

    return compare


def watching(line: Progress) -> Callable[[str, int | None], Callable[[int], None]]:
    """Give what tells of the stages of a backup or a restore, by their names."""

    def watch(stage: str, total: int | None) -> Callable[[int], None]:
        if stage == "checking":
            return lambda _more: line.finish(lambda language: translate("Checking", language))
        if stage == "documents":
            return line.stage(lambda language: translate("Verifying", language), total, in_bytes=True)
        if stage == "restoring":
            return line.stage(lambda language: translate("Restoring", language), total)
        if stage == "comparing":
            return line.stage(lambda language: translate("Comparing", language), total)
        return line.stage(lambda language: translate("Copying", language), total)

    return watch
