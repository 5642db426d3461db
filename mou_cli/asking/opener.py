"""What the person's desktop opens a document with, and opening one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from mou_cli.asking.editor import command_words
from mou_cli.errors import EditorFailed, UsageError, how_ended

if TYPE_CHECKING:
    from mou_cli.settings import Found

_CHOOSE = "MOU_OPENER names a program that opens documents; or say --output FILE"


def open_with(opener: Found, target: str) -> None:
    """Open a file or an address with the program that is set, else as the desktop does.

    Raises UsageError where there is no such program, EditorFailed where it does not open it.
    """
    command = _command(opener)
    if not command and sys.platform == "win32":
        os.startfile(target)  # noqa: S606 - the desktop's own way there
        return
    try:
        done = subprocess.run([*command, target], check=False)  # noqa: S603 - the user's own program
    except OSError as error:
        raise UsageError(f"{command[0]} cannot be started: {error.strerror}", _CHOOSE) from error
    if done.returncode:
        raise EditorFailed(f"{command[0]} {how_ended(done.returncode)}")


def _command(opener: Found) -> list[str]:
    if stated := (opener.value or "").strip():
        words = command_words(opener.place, stated)
        if shutil.which(words[0]) is None:
            raise UsageError(f"{opener.place}: there is no program {words[0]!r}", _CHOOSE)
        return words
    if sys.platform == "win32":
        return []
    found = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if found is None:
        raise UsageError("nothing is there that opens documents", _CHOOSE)
    return [found]
