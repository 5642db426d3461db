"""The forms in which records are shown."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from mou_cli.errors import UsageError

if TYPE_CHECKING:
    from typing import TextIO


class Form(StrEnum):
    """What `--format` takes."""

    AUTO = "auto"
    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    YAML = "yaml"
    MARKDOWN = "markdown"
    ICS = "ics"


# The commands whose answers are days, and so can be a calendar.
CALENDARS: Final = ("due", "plan due")


def no_calendar(place: str) -> UsageError:
    """Give the error for a calendar of what has no days."""
    named = " and ".join(f"`mou {command}`" for command in CALENDARS)
    return UsageError(f"{place}: only the answers of {named} can be a calendar")


def read_form(text: str, command: str) -> Form:
    """Read what --format was given for a command. Raises UsageError."""
    try:
        form = Form(text)
    except ValueError:
        raise UsageError(f"--format: {text!r} is none of {', '.join(Form)}") from None
    if form is Form.ICS and command not in CALENDARS:
        raise no_calendar("--format")
    return form


def resolve(form: Form, stream: TextIO) -> Form:
    """Give the form itself; for `auto` a table on a terminal and TSV anywhere else."""
    if form is not Form.AUTO:
        return form
    return Form.TABLE if stream.isatty() else Form.TSV
