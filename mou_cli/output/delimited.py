"""Rows as CSV and TSV: one line a row under a header of names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mou_cli.output.field import flatten, values_of
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from mou_cli.output.column import Row
    from mou_cli.output.field import Field

# What a spreadsheet takes for a formula, also after blanks, and also behind a guard: so that one guard can be taken off
# again without looking at anything else. See https://owasp.org/www-community/attacks/CSV_Injection.
_FORMULA: Final = re.compile(r"'*(?:[\t\r]|\s*[=+\-@])")
_NUMBER_OR_DATE: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?%?|--[0-9]{2}-[0-9]{2}", re.ASCII)
_GUARD: Final = "'"


def write_csv(rows: Iterable[Row], fields: Sequence[Field], stream: TextIO) -> None:
    """Write the header and the rows as RFC 4180 says, lines ending in CR LF.

    A text that a spreadsheet would calculate has an apostrophe before it, which can be taken off again.
    """
    stream.write(_csv_line([field.name for field in fields]))
    values = values_of(fields)
    stream.writelines(_csv_line(values(row)) for row in rows)


def write_tsv(rows: Iterable[Row], fields: Sequence[Field], stream: TextIO) -> None:
    r"""Write the header and the rows with tabs between, nothing quoted.

    A tab, line break or backslash inside is `\t \n \r \\`, any other control character `\x1b` or `\u202e`: what a
    cell holds can be had back exactly.
    """
    stream.write("\t".join(field.name for field in fields) + "\n")
    values = values_of(fields)
    stream.writelines(f"{_tsv_line(values(row))}\n" for row in rows)


def guard(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would calculate."""
    return _GUARD + text if _FORMULA.match(text) and not _NUMBER_OR_DATE.fullmatch(text) else text


def clean(text: str) -> str:
    r"""Make control characters visible, except newline and tab, which a quoted cell can hold."""
    if text.isprintable():
        return text
    return "\t".join(escape_controls(part, keep_newlines=True) for part in text.split("\t"))


def _csv_line(values: Iterable[object]) -> str:
    # The library's writer looks at every character by itself. Most values are unknown, or texts that begin with a
    # letter or digit and need neither guard nor quotes: they need no call.
    cells = [
        ""
        if value is None
        else value
        if value.__class__ is str
        and value[:1].isalnum()
        and value.isprintable()
        and "," not in value
        and '"' not in value
        else _csv_cell(value)
        for value in values
    ]
    # A line that is empty would be none.
    return f"{','.join(cells)}\r\n" if cells != [""] else '""\r\n'


def _csv_cell(value: object) -> str:
    text = flatten(value)
    if isinstance(value, (str, list, dict)) and not (text[:1].isalnum() and text.isprintable()):
        text = guard(clean(text))  # a number is no formula, though there be a sign before it
    if "," in text or '"' in text or "\n" in text:
        quoted = text.replace('"', '""')
        return f'"{quoted}"'
    return text


def _tsv_line(values: Iterable[object]) -> str:
    return "\t".join(
        [
            ""
            if value is None
            else value
            if value.__class__ is str and value.isprintable() and "\\" not in value
            else escape_controls(flatten(value).replace("\\", "\\\\"))
            for value in values
        ]
    )
