"""The user's own editor: which it is, and running it on a file."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mou_cli.errors import EditorFailed, UsageError, how_ended

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

_VARIABLES = ("VISUAL", "EDITOR")
_USUAL = ("notepad",) if sys.platform == "win32" else ("sensible-editor", "nano", "vi")
_CHOOSE = "VISUAL or EDITOR names the editor, such as nano or `code --wait`"
# What a shell reports of a program that an interrupt has ended.
_INTERRUPTED = 128 + signal.SIGINT
# An editor saves what it can when its terminal goes away.
_PATIENCE = 5.0


def find_editor() -> list[str]:
    """Give the command of the editor: VISUAL, else EDITOR, else a usual one. Raises UsageError where there is none."""
    for variable in _VARIABLES:
        if stated := os.environ.get(variable, "").strip():
            program, *arguments = command_words(variable, stated)
            found = shutil.which(program)
            if found is None:
                raise UsageError(f"{variable} names the editor {program!r}, which is not there", _CHOOSE)
            return [found, *arguments]
    for name in _USUAL:
        if found := shutil.which(name):
            return [found]
    raise UsageError("there is no editor", _CHOOSE)


def command_words(variable: str, stated: str) -> list[str]:
    """Give the words of a command line that a variable or setting names. Raises UsageError."""
    if shutil.which(stated):
        # A path with blanks in it and no quotation marks around it.
        return [stated]
    try:
        if sys.platform == "win32":
            # A backslash is no escape there, it parts folders.
            return [word.strip('"') for word in shlex.split(stated, posix=False)]
        return shlex.split(stated)
    except ValueError as error:
        raise UsageError(f"{variable} is no command line: {stated!r}", "a quotation mark is not closed") from error


def run_editor(command: list[str], path: Path) -> None:
    """Run an editor on a file and wait until it is closed. Raises EditorFailed, and KeyboardInterrupt."""
    # Where standard output is a file, the editor is drawn on the terminal all the same.
    stdout = None if sys.stdout.isatty() else sys.stderr
    with _interrupts_left_to_the_editor():
        try:
            process = subprocess.Popen([*command, str(path)], stdout=stdout)  # noqa: S603 - the user's own editor
        except OSError as error:
            raise UsageError(f"the editor {command[0]} cannot be started: {error.strerror}", _CHOOSE) from error
        code = _wait(process)
    if code in {-signal.SIGINT, _INTERRUPTED}:
        raise KeyboardInterrupt
    if code:
        raise EditorFailed(f"the editor {command[0]} {how_ended(code)}; nothing was recorded")


def _wait(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait()
    except KeyboardInterrupt:
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[None]:
    """Let Ctrl-C mean what the editor makes of it: the terminal sends it to both."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        yield
        return
    # A function, since a program that is started inherits that a signal is ignored, but no function.
    signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def hang_up_interrupts() -> Iterator[None]:
    """Take the end of the terminal, and being told to end, as an interrupt: there is something to put away first."""
    names = [name for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in (getattr(signal, name) for name in names)}
    kept = {number: answer for number, answer in before.items() if answer is signal.SIG_DFL}
    for number in kept:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number, answer in kept.items():
            signal.signal(number, answer)


def _interrupt(number: int, _frame: FrameType | None) -> None:
    # Once is enough: what is put away now is not to be interrupted again.
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
