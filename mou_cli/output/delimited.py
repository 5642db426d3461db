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
    import csv

    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([field.name for field in fields])
    values = values_of(fields)
    for row in rows:
        writer.writerow(map(_csv_cell, values(row)))


def write_tsv(rows: Iterable[Row], fields: Sequence[Field], stream: TextIO) -> None:
    r"""Write the header and the rows with tabs between, nothing quoted.

    A tab, line break or backslash inside is `\t \n \r \\`, any other control character `\x1b` or `\u202e`: what a
    cell holds can be had back exactly.
    """
    write = stream.write
    write("\t".join(field.name for field in fields) + "\n")
    values = values_of(fields)
    for row in rows:
        write("\t".join(map(_tsv_cell, values(row))) + "\n")


def guard(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would calculate."""
    return _GUARD + text if _FORMULA.match(text) and not _NUMBER_OR_DATE.fullmatch(text) else text


def clean(text: str) -> str:
    r"""Make control characters visible, except newline and tab, which a quoted cell can hold."""
    if text.isprintable():
        return text
    return "\t".join(escape_controls(part, keep_newlines=True) for part in text.split("\t"))


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, (str, list, dict)):
        return flatten(value)
    text = value if isinstance(value, str) else flatten(value)
    # Most texts begin with a letter or digit, and nothing else needs a closer look.
    if not text or text[0].isalnum():
        return text if text.isprintable() else clean(text)
    return guard(clean(text))


def _tsv_cell(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else flatten(value)
    if text.isprintable() and "\\" not in text:
        return text
    return escape_controls(text.replace("\\", "\\\\"))
