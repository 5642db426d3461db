"""Rows as an Excel workbook in which texts are texts, dates are dates, and nothing calculates."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from mou_cli.errors import InvalidData
from mou_cli.output.delimited import clean
from mou_cli.output.file import replacing
from mou_cli.output.layout import widest
from mou_cli.output.nouns import SAMPLE, choose_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from mou_cli.output.column import Column, Kind, Row

# https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
_LONGEST_TEXT: Final = 32_767  # UTF-16 code units
_MOST_ROWS: Final = 1_048_576
_NARROWEST, _WIDEST = 8, 60  # columns on the screen
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_FIRST_DATE: Final = "1900-03-01"  # Excel counts a 29 February 1900, and nothing before 1900


def write_xlsx(rows: Iterable[Row], noun: str, columns: Sequence[str] | None, language: str, path: Path) -> int:
    """Write the columns of these names, or of the default, as `write_sheet` does."""
    remaining = iter(rows)
    sample = list(islice(remaining, SAMPLE))
    return write_sheet(chain(sample, remaining), choose_columns(noun, columns, sample), noun, language, path)


def write_sheet(rows: Iterable[Row], chosen: Sequence[Column], noun: str, language: str, path: Path) -> int:
    """Write what the columns show of the rows to a workbook with one sheet, named `noun`; give the number of rows.

    A text longer than a cell can hold, or more rows than a sheet, is InvalidData; a file that cannot be written a
    UsageError. Either leaves what was there.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.writer.excel import ExcelWriter

    remaining = iter(rows)
    sample = list(islice(remaining, SAMPLE))
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(noun)
    sheet.freeze_panes = "A2"
    letters = [get_column_letter(number) for number in range(1, len(chosen) + 1)]
    for letter, column in zip(letters, chosen, strict=True):
        shown = widest((column.label(language), *(column.show(row, language) for row in sample)))
        sheet.column_dimensions[letter].width = min(max(shown, _NARROWEST), _WIDEST) + 2
    with replacing(path) as aside:
        try:
            count = _fill(sheet, chosen, chain(sample, remaining), language)
        except BaseException:
            sheet.close()  # else its temporary file is closed while openpyxl is still writing
            raise
        sheet.auto_filter.ref = f"A1:{letters[-1]}{count + 1}"
        # openpyxl's own `save` leaves the file open when it fails, and Python complains of that afterwards.
        with ZipFile(aside, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(workbook, archive).save()
    return count


def _fill(sheet: Any, columns: Sequence[Column], rows: Iterable[Row], language: str) -> int:
    sheet.append([_heading(sheet, column.label(language)) for column in columns])
    count = 0
    for count, row in enumerate(rows, 1):
        if count == _MOST_ROWS:
            raise InvalidData(f"a sheet holds {_MOST_ROWS - 1} rows, and there are more", "write a CSV file")
        sheet.append([_cell(sheet, column, row, language) for column in columns])
    return count


def _heading(sheet: Any, label: str) -> Any:
    from openpyxl.styles import Font

    cell = _text_cell(sheet, label)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, column: Column, row: Row, language: str) -> Any:
    text = clean(column.show(row, language))
    if not text:
        return None
    if len(text.encode("utf-16-le")) > 2 * _LONGEST_TEXT:
        name = row.get("ref") or row.get("key")
        raise InvalidData(
            f"{column.name} of {name} is longer than a cell holds ({_LONGEST_TEXT} characters)",
            "leave the column out, or write a CSV file",
        )
    value = _value(text, column.kind)
    if isinstance(value, str):
        return _text_cell(sheet, value)
    return _dated_cell(sheet, value) if isinstance(value, datetime) else value


def _value(text: str, kind: Kind) -> str | int | datetime:
    if kind == "number" and _NUMBER.fullmatch(text):
        return int(text)
    if kind == "date" and _DATE.fullmatch(text) and text >= _FIRST_DATE:
        return datetime.fromisoformat(text)
    return text


def _text_cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
    return cell


def _dated_cell(sheet: Any, day: datetime) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=day)
    cell.number_format = "yyyy-mm-dd"
    return cell
