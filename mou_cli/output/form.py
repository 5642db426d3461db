"""The forms in which records are shown."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

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


def resolve(form: Form, stream: TextIO) -> Form:
    """Give the form itself; for `auto` a table on a terminal and TSV anywhere else."""
    if form is not Form.AUTO:
        return form
    return Form.TABLE if stream.isatty() else Form.TSV
