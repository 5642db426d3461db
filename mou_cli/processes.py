"""Other processes that take a part of the work, on a machine with processors to spare."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections import deque
from contextlib import ExitStack, contextmanager, suppress
from threading import active_count
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, NoReturn, TypeVar

from mou_cli.errors import ProcessLost

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

P = TypeVar("P")
R = TypeVar("R")
# A fourth would wait for the one process that writes.
SEVERAL: Final = 3


class Hands:
    """Processes that do pieces of work, each one at a time. Without any, the work is done here."""

    def __init__(self, processes: list[_Process]) -> None:
        self._processes = processes

    def __bool__(self) -> bool:
        return bool(self._processes)

    def map(self, work: Callable[[P], R], pieces: Iterable[P]) -> Generator[R, None, None]:
        """Give what becomes of each piece, in their order; a few more pieces are asked for than results were given.

        What the work raises is raised here. To be closed by whoever may leave before the end.
        """
        if not self._processes:
            yield from map(work, pieces)
            return
        busy: deque[_Process] = deque()
        try:
            for piece in pieces:
                done = []
                if len(busy) < len(self._processes):
                    process = self._processes[len(busy)]
                else:
                    process = busy.popleft()
                    done.append(process.receive())
                process.send((work, piece))
                busy.append(process)
                yield from done
            while busy:
                yield busy.popleft().receive()
        finally:
            # What is not waited for must not be taken for an answer to what is asked next.
            for process in busy:
                process.load()


NOBODY: Final = Hands([])


@contextmanager
def hands(most: int) -> Iterator[Hands]:
    """Give as many processes as there are processors to spare, `most` at the most, for the time of the `with`.

    To be asked for before files and databases are opened: the processes have all that is open here. They are given what
    is loaded, and pieces of work and results must be what pickle takes.
    """
    with ExitStack() as ending:
        processes: list[_Process] = []
        # Where the system has no room for another, fewer do.
        with suppress(OSError):
            for _ in range(min(most, _spare())):
                processes.append(_start(processes))
                ending.callback(processes[-1].end)
        yield Hands(processes)


def _spare() -> int:
    # Elsewhere the system's own libraries do not bear a copy of a running process, or there is no such thing. Nor does
    # a copy have the other threads, which may hold what it waits for.
    if sys.platform != "linux" or active_count() > 1:
        return 0
    return len(os.sched_getaffinity(0)) - 1


class _Process(NamedTuple):
    """A process, and the ends of the pipes by which it is told and tells."""

    number: int
    told: BinaryIO
    telling: BinaryIO

    def send(self, message: object) -> None:
        with _noticing():
            pickle.dump(message, self.told, pickle.HIGHEST_PROTOCOL)
            self.told.flush()

    def receive(self) -> Any:
        result, error = self.load()
        if error is not None:
            raise error
        return result

    def load(self) -> tuple[Any, Exception | None]:
        with _noticing():
            answer: tuple[Any, Exception | None] = pickle.load(self.telling)  # noqa: S301 - our own process
        return answer

    def end(self) -> None:
        # It ends by itself as soon as nobody can tell it anything, or read what it tells.
        self.telling.close()
        with suppress(BrokenPipeError):
            self.told.close()
        # Whoever started the program may have the ends of processes ignored.
        with suppress(ChildProcessError):
            os.waitpid(self.number, 0)


@contextmanager
def _noticing() -> Iterator[None]:
    try:
        yield
    except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
        message = "a process that took a part of the work was ended from outside"
        raise ProcessLost(message, "nothing was changed; try again") from error


def _start(others: list[_Process]) -> _Process:
    hears, told = os.pipe()
    telling, tells = os.pipe()
    ends = [told, telling, *(end.fileno() for other in others for end in (other.told, other.telling))]
    # What is frozen is not walked through, and so not copied, by the collectors of both.
    gc.freeze()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    number = os.fork()
    if not number:
        _serve(hears, tells, ends)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(hears)
    os.close(tells)
    return _Process(number, open(told, "wb"), open(telling, "rb"))  # noqa: PTH123 - closed by end()


def _serve(hears: int, tells: int, ends: list[int]) -> NoReturn:
    """Do what one is told until nobody is there. Nothing that the copied process would do at its end is done."""
    try:
        # A terminal interrupts all of them: the one that was copied lets the others go.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Else this process, or one started before it, would not be noticed to be let go.
        for end in ends:
            os.close(end)
        with open(hears, "rb") as told, open(tells, "wb") as telling:
            while True:
                work, piece = pickle.load(told)  # noqa: S301 - our own process
                pickle.dump(_done(work, piece), telling, pickle.HIGHEST_PROTOCOL)
                telling.flush()
    finally:
        os._exit(0)


def _done(work: Callable[[P], R], piece: P) -> tuple[R | None, Exception | None]:
    try:
        return work(piece), None
    except Exception as error:  # noqa: BLE001 - raised where the work is asked for
        return None, error
