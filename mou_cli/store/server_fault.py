"""What a PostgreSQL server refused, as a situation the user can act on, by the codes of the SQL standard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from mou_cli.errors import DatabaseUnavailable, DatabaseUnusable, MouError, Overtaken

if TYPE_CHECKING:
    from sqlalchemy import Connection, ExceptionContext

    from mou_cli.store.location import Location

# The group that may do what a connection is for, and what that is.
GROUPS: Final = {"readers": "read", "editors": "change", "keepers": "create, upgrade or restore"}
_AGAIN: Final = "try again in a moment"
_NOTHING_DONE: Final = "nothing was changed"
# Beginnings of codes; see the appendix of PostgreSQL's manual, "Error Codes".
_SITUATIONS: Final = {
    "55P03": ("is locked: another program is working on it", _AGAIN),
    "53100": (f"cannot be written: the server's disk is full; {_NOTHING_DONE}", "tell whoever looks after the server"),
    "53200": (f"cannot be used: the server is out of memory; {_NOTHING_DONE}", _AGAIN),
    "53300": ("cannot be used: too many are connected", _AGAIN),
    "57014": (f"did not answer in time: the server gave up; {_NOTHING_DONE}", None),
    "25006": (
        f"cannot be written: the server lets nobody write now; {_NOTHING_DONE}",
        "it may be a standby: say the address of the main server",
    ),
    "58": (f"could not be read or written by the server; {_NOTHING_DONE}", "tell whoever looks after the server"),
}
_PASSWORD: Final = "~/.pgpass (PGPASSFILE), PGPASSWORD or a service of pg_service.conf say passwords"  # noqa: S105 - where, not which
# The server says these in its own language; in another one its words stand alone.
_REACHING: Final = (
    (re.compile("password|authentication|fe_sendauth", re.IGNORECASE), _PASSWORD),
    (re.compile("does not exist"), "createdb and createuser make databases and roles"),
    (re.compile("too many|connection slots"), _AGAIN),
    (re.compile("starting up|shutting down|recovery"), _AGAIN),
)
_BEFORE: Final = re.compile(
    r"^.*(?:FATAL|ERROR): +|^connection (?:failed|is bad): +(?:connection to server .* failed: +)?"
)
_CROWDED: Final = re.compile(r"FATAL: +(sorry, too many clients|remaining connection slots|too many connections)")


def is_crowded(error: Exception) -> bool:
    """Say whether a server refused a connection because too many are connected already."""
    return bool(_CROWDED.search(str(error)))


def is_undefined(error: Any) -> bool:
    """Say whether a table is not there."""
    return getattr(getattr(error, "orig", error), "sqlstate", None) == "42P01"


def translate(context: ExceptionContext, location: Location) -> MouError | None:
    """Give the situation behind an error of a server, or None when it is a fault of the program."""
    error: Any = context.original_exception
    if not type(error).__module__.startswith("psycopg"):
        return None
    if context.connection is None:
        return _unreachable(error, location)
    return situation_of(
        error,
        context.connection,
        location,
        is_lost=context.is_disconnect,
        is_recording=context.statement is None,
    )


def situation_of(
    error: Any, connection: Connection, location: Location, *, is_lost: bool, is_recording: bool = False
) -> MouError | None:
    """Give the situation behind an error of the driver on a connection, or None when it is a fault of the program."""
    code: str = getattr(error, "sqlstate", None) or ""
    wanted = connection.get_execution_options().get("group", "editors")
    if is_lost or code.startswith(("57P", "08")):
        return _lost(location, is_recording=wanted != "readers" and is_recording)
    driver: Any = connection.connection.driver_connection
    if code == "42501":
        return _forbidden(driver.info.user, location, wanted)
    # A standby has no transactions that see each other as changes have to.
    is_standby = code == "0A000" and driver.info.parameter_status("in_hot_standby") == "on"
    return _situation("25006" if is_standby else code, error, location)


def _situation(code: str, error: Exception, location: Location) -> MouError | None:
    if code in {"40001", "40P01"}:
        return Overtaken(f"another change at {location} got in the way; {_NOTHING_DONE}", _AGAIN)
    if code in {"XX001", "XX002"}:
        return DatabaseUnusable(f"the register at {location} is damaged: {_words(error)}", "restore it from a backup")
    for start, (situation, hint) in _SITUATIONS.items():
        if code.startswith(start):
            return DatabaseUnavailable(f"the register at {location} {situation}", hint)
    return None


def _unreachable(error: Exception, location: Location) -> MouError:
    words = _words(error)
    hint = next((hint for sign, hint in _REACHING if sign.search(words)), "see whether the address is right")
    return DatabaseUnavailable(f"{location} cannot be reached: {words}", hint)


def _words(error: Exception) -> str:
    """Give what the server or the library says: the first line about the matter, without where it was asked."""
    lines = [line for line in str(error).splitlines() if line.strip() and not line[:1].isspace()]
    return _BEFORE.sub("", lines[0] if lines else str(error))


def _lost(location: Location, *, is_recording: bool) -> MouError:
    if is_recording:
        return DatabaseUnavailable(
            f"the connection to {location} was lost while the change was recorded, and nobody has said whether it was",
            "`mou log --limit 1` tells",
        )
    return DatabaseUnavailable(f"the connection to {location} was lost; {_NOTHING_DONE}", _AGAIN)


def _forbidden(role: str, location: Location, wanted: str) -> MouError:
    return DatabaseUnavailable(
        f"{role} may not {GROUPS[wanted]} the register at {location}; {_NOTHING_DONE}",
        f"its owner can make {role} one of the {wanted}: `mou db roles`",
    )
