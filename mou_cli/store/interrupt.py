"""Interrupts while SQLite is at work: until a statement gives its next row, Python sees nothing of them."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    Tick = Callable[[int], None]

T = TypeVar("T")
STEPS: Final = 100_000
"""Of SQLite's own machine, between two looks: some milliseconds."""

_PAUSE: Final = 0.1  # seconds


def heed(connection: sqlite3.Connection) -> None:
    """Let an interrupt end a statement. SQLite then raises an error of its own, of which see `raise_interrupt`."""
    connection.set_progress_handler(_look, STEPS)


def _look() -> int:
    # An interrupt comes up in here, as in any of Python's functions, and SQLite takes that for the wish to end.
    return 0


def is_interrupt(error: BaseException) -> bool:
    """Say whether an error of a database means that an interrupt has ended a statement."""
    return getattr(getattr(error, "orig", None) or error, "sqlite_errorname", "") == "SQLITE_INTERRUPT"


def raise_interrupt(error: BaseException) -> None:
    """Raise KeyboardInterrupt if it was that which has ended a statement. Else it is not what SQLite complains of."""
    if is_interrupt(error):
        raise KeyboardInterrupt from error


@contextmanager
def putting_off() -> Iterator[Callable[[], None]]:
    """Give what, when it is called, puts interrupts off until the end of the `with`.

    To block the signal would not do: another thread, as that which draws how far a command is, takes it then, and
    Python raises it in the main one all the same.
    """
    before = signal.getsignal(signal.SIGINT)
    have_come: list[int] = []

    def put_off() -> None:
        if callable(before):  # else it is ignored
            # One that has come a moment before is raised here, and nothing put off.
            signal.signal(signal.SIGINT, lambda number, _frame: have_come.append(number))

    try:
        yield put_off
    finally:
        signal.signal(signal.SIGINT, before)
        if have_come:
            signal.raise_signal(signal.SIGINT)


def apart(work: Callable[[], T], tell: Tick) -> T:
    """Give what a piece of work gives that no interrupt can end; `tell` is called again and again meanwhile.

    It is done in a thread, which an interrupt leaves behind, to end with the program. So it must not use what is closed
    here, and must not write.
    """
    from threading import Thread

    given: list[T] = []
    failed: list[Exception] = []

    def carry_out() -> None:
        try:
            given.append(work())
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            failed.append(error)

    thread = Thread(target=carry_out, daemon=True)
    try:
        thread.start()
    except RuntimeError:  # there is no room for another
        carry_out()
    else:
        thread.join(_PAUSE)
        while thread.is_alive():
            tell(0)
            thread.join(_PAUSE)
    if failed:
        raise failed[0]
    return given[0]
