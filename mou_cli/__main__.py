"""The program's first lines, before anything is loaded."""

from __future__ import annotations

import signal


def main() -> None:
    """Load the program and run it. An interrupt while it is being loaded ends it at once and quietly."""
    # Whoever runs the program in the background, where interrupts are ignored, has them ignored.
    answer = signal.getsignal(signal.SIGINT)
    if answer is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from mou_cli.main import main as run

    signal.signal(signal.SIGINT, answer)
    run()


if __name__ == "__main__":
    main()
