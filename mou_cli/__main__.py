"""The program's first lines, before anything is loaded."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

_OBJECTS_BEFORE_COLLECTING = 70_000
_MOMENT = 0.001  # in seconds


def main() -> None:
    """Load the program and run it. An interrupt while it is being loaded ends it at once and quietly."""
    sys.unraisablehook = _take_untold
    # The garbage collector is set off by the number of objects alone. Those of what is loaded stay, and those of a page
    # of records go with their last mention: to walk them all again and again takes a twentieth of a short command's
    # time, and a tenth of a long import's.
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING, *gc.get_threshold()[1:])
    # Whoever runs the program in the background, where interrupts are ignored, has them ignored.
    answer = signal.getsignal(signal.SIGINT)
    if answer is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        # Not above: an interrupt would end in a traceback there.
        from mou_cli.errors import NO_MEMORY, DatabaseUnavailable, is_lack_of_memory
    except MemoryError:
        # As those would have it.
        _end("there is not enough memory", 6)
    try:
        from mou_cli.main import main as run

        signal.signal(signal.SIGINT, answer)
        run()
    except (ImportError, MemoryError, OSError, SystemError) as error:
        if not is_lack_of_memory(error) and not isinstance(error, OSError):
            raise
        _end(NO_MEMORY if is_lack_of_memory(error) else str(error), DatabaseUnavailable.exit_code)


def _take_untold(failed: sys.UnraisableHookArgs) -> None:
    """Take what came up where nobody can be told of it, such as while a thing that nobody holds any more is closed.

    An interrupt comes once more, a moment later. Lack of memory is told elsewhere, once and in a sentence.
    """
    if failed.exc_type is KeyboardInterrupt:
        from threading import Thread

        Thread(target=_interrupt_again, args=(sys._getframe(),), daemon=True).start()  # noqa: SLF001 - its own name
    elif failed.exc_type is not MemoryError:
        sys.__unraisablehook__(failed)


def _interrupt_again(untold: FrameType) -> None:
    """Interrupt the main thread once it has left a call, in which the interrupt would again be told to nobody."""
    from _thread import interrupt_main
    from threading import main_thread
    from time import sleep

    def is_within() -> bool:
        frame = sys._current_frames().get(main_thread().ident or 0)  # noqa: SLF001 - its own name
        while frame is not None and frame is not untold:
            frame = frame.f_back
        return frame is untold

    while is_within():
        sleep(_MOMENT)
    interrupt_main()


def _end(sentence: str, code: int) -> NoReturn:
    """Say what is wrong, and end at once: for the usual end, too, there may not be enough memory."""
    sys.stderr.write(f"mou: {sentence}\n")
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
