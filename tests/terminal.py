"""A program on a terminal of its own, which is answered as soon as it asks."""

from __future__ import annotations

import os
import signal
import sys
import termios
from typing import TYPE_CHECKING, Any

import pexpect
from ptyprocess import PtyProcess  # type: ignore[import-untyped]  # nobody has written stubs of it

from tests.loaded import is_at_home, start

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Spawn = pexpect.spawn[str]
else:
    Spawn = pexpect.spawn

LONG = 30
# How a person's shell would start our own.
PROGRAM = [sys.executable, "-m", "mou_cli"]


class _Forked(Spawn):
    """Our own program, forked off one that is loaded already: to load it takes longer than most conversations."""

    def _spawnpty(
        self, args: list[bytes], env: Mapping[str, str], cwd: str | None, dimensions: tuple[int, int], **_: Any
    ) -> PtyProcess:
        ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, dimensions)
        number = start([os.fsdecode(word) for word in args[len(PROGRAM) :]], env, [theirs] * 3, cwd)
        os.close(theirs)
        return PtyProcess(number, ours)


def open_program(
    arguments: Sequence[str],
    env: Mapping[str, str],
    *,
    rows: int = 24,
    columns: int = 80,
    folder: Path | None = None,
) -> Spawn:
    """Start our own program with these words on a terminal of that size; `expect` waits for what it shows."""
    kind = _Forked if is_at_home(env) else Spawn
    return open_terminal([*PROGRAM, *arguments], env, rows=rows, columns=columns, folder=folder, kind=kind)


def open_terminal(
    command: Sequence[str],
    env: Mapping[str, str],
    *,
    rows: int = 24,
    columns: int = 80,
    folder: Path | None = None,
    kind: type[Spawn] = Spawn,
) -> Spawn:
    """Start a program on a terminal of that size; `expect` waits for what it shows."""
    child = kind(
        command[0],
        list(command[1:]),
        env=dict(env),
        cwd=str(folder) if folder else None,
        encoding="utf-8",
        timeout=LONG,
        dimensions=(rows, columns),
        maxread=100_000,
        preexec_fn=_as_for_a_person,
    )
    # Pexpect sleeps before it types, for programs that ask first and set their terminal up afterwards. Ours are ready
    # when they ask: what is typed is not lost, and is not shown twice.
    child.delaybeforesend = None
    return child


def see_the_end(child: Spawn) -> str:
    """Wait until a program has ended, and give what it has shown since it was last looked at."""
    child.expect(pexpect.EOF)
    # So that there is nothing left to kill: `close` would sleep first, and then ask.
    child.wait()
    child.ptyproc.delayafterclose = 0  # type: ignore[attr-defined]  # the stubs leave it out
    child.close()
    return child.before or ""


def _as_for_a_person() -> None:
    # Tests that run in the background are started with interrupts and hang-ups ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
