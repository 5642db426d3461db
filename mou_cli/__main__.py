"""The program's first lines, before anything is loaded."""

from __future__ import annotations

import gc
import signal

_OBJECTS_BEFORE_COLLECTING = 70_000


def main() -> None:
    """Load the program and run it. An interrupt while it is being loaded ends it at once and quietly."""
    # The garbage collector is set off by the number of objects alone. Those of what is loaded stay, and those of a page
    # of records go with their last mention: to walk them all again and again takes a twentieth of a short command's
    # time, and a tenth of a long import's.
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING, *gc.get_threshold()[1:])
    # Whoever runs the program in the background, where interrupts are ignored, has them ignored.
    answer = signal.getsignal(signal.SIGINT)
    if answer is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from mou_cli.main import main as run

    signal.signal(signal.SIGINT, answer)
    run()


if __name__ == "__main__":
    main()
