"""What can go wrong for a user: one class per situation, each with its exit code."""

from __future__ import annotations

from errno import ENOMEM

NO_MEMORY = "there is not enough memory"


class MouError(Exception):
    """A situation the user can act on: one sentence, perhaps a hint, and the exit code of its kind.

    `reasons` is the sentence without the option that was said, for whoever was asked instead.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str | None = None, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.reasons = reasons or (message,)


class EditorFailed(MouError):
    """The editor that the user's text was to be written in ended with an error."""


class ProcessLost(MouError):
    """A process that took a part of the work is there no longer."""


class UsageError(MouError):
    """The command line cannot be carried out as it stands: an unreadable value, an option that is missing."""

    exit_code = 2


class InvalidData(MouError):
    """A file says something that cannot be recorded. `complaints` holds one line per fault, in file order."""

    exit_code = 3

    def __init__(self, message: str, hint: str | None = None, complaints: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.complaints = complaints


# Whoever looks for what is wrong, or late, and finds some, tells of it and ends so.
FAILED_CHECK = InvalidData.exit_code


class NotFound(MouError):
    """A name that finds nothing."""

    exit_code = 4


class Conflict(MouError):
    """A name that finds several, or a change that collides with what is recorded."""

    exit_code = 5


class ChangedMeanwhile(Conflict):
    """A record is no longer as it was seen. `complaints` holds both versions, a line for each field."""

    def __init__(self, message: str, hint: str | None = None, complaints: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.complaints = complaints


class Resembling(Conflict):
    """A name for something new that is, or looks like, the name of what is recorded under the keys."""

    def __init__(self, message: str, hint: str, name: str, keys: tuple[str, ...]) -> None:
        super().__init__(message, hint)
        self.name = name
        self.keys = keys


class DatabaseUnavailable(MouError):
    """The register is absent, locked, read-only or out of room."""

    exit_code = 6


class Overtaken(DatabaseUnavailable):
    """Another change got in the way on a server, and this one was undone: carried out once more it may succeed."""


class DatabaseUnusable(MouError):
    """The file is damaged, not ours, or of another version."""

    exit_code = 7


class SeenEnough(Exception):
    """Whoever was looking at the answer has seen enough: nothing is wrong, and there is nothing more to do."""


class GivenUp(Exception):
    """Whoever was asked has ended it. The message is what came of that; none, where it was told already."""


class InterruptedLate(KeyboardInterrupt):
    """The interrupt came when the change was being recorded, which it is now. A message says what is done."""


def is_lack_of_memory(error: BaseException) -> bool:
    """Say whether an error means that memory is short: a library may be what could not be brought into it."""
    if isinstance(error, MemoryError) or getattr(error, "errno", 0) == ENOMEM:
        return True
    told = str(error)
    # What the loader of libraries says, and the interpreter where there was no room for the error itself. No generator:
    # where memory is short, to close one may fail.
    return (
        "failed to map segment" in told
        or "error return without exception set" in told
        or "without setting an exception" in told
    )


def how_ended(code: int) -> str:
    """Say how a program that was started has failed, by the exit code; one below 0 is a signal."""
    return f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
