"""What a person is told while a register is copied, proved and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.catalogue import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.output.progress import Progress


def watching(line: Progress) -> Callable[[str, int | None], Callable[[int], None]]:
    """Give what tells of the stages of a backup or a restore, by their names."""

    def watch(stage: str, total: int | None) -> Callable[[int], None]:
        if stage == "checking":
            return lambda _more: line.finish(lambda language: translate("Checking", language))
        if stage == "documents":
            return line.stage(lambda language: translate("Verifying", language), total, in_bytes=True)
        if stage == "restoring":
            return line.stage(lambda language: translate("Restoring", language), total)
        return line.stage(lambda language: translate("Copying", language), total)

    return watch
