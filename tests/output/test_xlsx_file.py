"""A workbook holds texts as texts, dates as dates, numbers as numbers, and calculates nothing."""

from __future__ import annotations

from datetime import datetime
from itertools import repeat
from typing import TYPE_CHECKING, Any

import openpyxl  # noqa: TID253 - what is written is read back
import pytest

from mou_cli.errors import InvalidData, UsageError
from mou_cli.output import xlsx
from mou_cli.output.xlsx import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mou_cli.output.column import Row

    MakeRow = Callable[..., Row]


def sheet_of(path: Path) -> Any:
    return openpyxl.load_workbook(path).active


def test_workbook_has_labels_rows_and_a_fixed_header(tmp_path: Path, agreements: list[Row]) -> None:
    path = tmp_path / "list.xlsx"
    assert write_xlsx(agreements, "agreement", None, "en", path) == 5
    sheet = sheet_of(path)
    assert [list(row) for row in sheet.iter_rows(values_only=True)][:3] == [
        ["Ref", "Partner", "Country", "Type", "Areas", "Status", "Ends"],
        [
            "2024-001",
            "University of Tromsø",
            "Norway",
            "memorandum",
            "student exchange, joint research",
            "active",
            datetime(2027, 4, 30),  # noqa: DTZ001 - a day has no zone
        ],
        [
            "2024-002",
            "თბილისის სახელმწიფო უნივერსიტეტი; Cyprus International University",
            "Georgia; North Cyprus",
            "memorandum",
            "student exchange, joint research",
            "in notice",
            "~2027",
        ],
    ]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("agreement", "A2", "A1:G6")
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet["G2"].number_format == "yyyy-mm-dd"
    assert [sheet.column_dimensions[letter].width for letter in "ABDG"] == [10, 62, 12, 24]


def test_no_rows_leave_a_header(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    assert write_xlsx([], "plan", ["key", "tasks"], "az", path) == 0
    sheet = sheet_of(path)
    assert list(sheet.iter_rows(values_only=True)) == [("Açar", "Tapşırıqlar")]
    assert sheet.auto_filter.ref == "A1:B1"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "0042", "2024-05-01", "TRUE", "#REF!", "1e5"])
def test_text_stays_text_whatever_it_looks_like(tmp_path: Path, make_row: MakeRow, text: str) -> None:
    path = tmp_path / "list.xlsx"
    write_xlsx([make_row("plan", key=text, title=text, note=text)], "plan", ["key", "title", "note"], "en", path)
    cells = sheet_of(path)[2]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s")] * 3


def test_numbers_are_numbers(tmp_path: Path, make_row: MakeRow) -> None:
    path = tmp_path / "list.xlsx"
    write_xlsx([make_row("plan", year=2025, tasks=0)], "plan", ["year", "tasks", "done"], "en", path)
    assert [(cell.value, cell.data_type) for cell in sheet_of(path)[2]] == [(2025, "n"), (0, "n"), (None, "n")]


@pytest.mark.parametrize("text", ["1993", "1993-05", "--03-04", "1899-12-31", "1900-02-28"])
def test_dates_that_excel_cannot_hold_stay_text(tmp_path: Path, make_row: MakeRow, text: str) -> None:
    path = tmp_path / "list.xlsx"
    write_xlsx([make_row("event", held_on=text)], "event", ["held"], "en", path)
    cell = sheet_of(path)["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_control_characters_are_made_visible(tmp_path: Path, make_row: MakeRow) -> None:
    path = tmp_path / "list.xlsx"
    note = "one\ntwo\tthree \x1b[2J \x00 \u202e \ufffe \ud800"
    write_xlsx([make_row("plan", note=note)], "plan", ["note"], "en", path)
    assert sheet_of(path)["A2"].value == "one\ntwo\tthree \\x1b[2J \\x00 \\u202e \\ufffe \\ud800"


def test_text_longer_than_a_cell_is_an_error_and_not_cut(tmp_path: Path, make_row: MakeRow) -> None:
    path = tmp_path / "list.xlsx"
    path.write_text("before")
    with pytest.raises(InvalidData) as error:
        write_xlsx([make_row("plan", key="p", note="x" * 32_768)], "plan", ["key", "note"], "en", path)
    assert error.value.message == "note of p is longer than a cell holds (32767 characters)"
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(InvalidData):
        write_xlsx([make_row("plan", key="p", note="\U0001f600" * 16_384)], "plan", ["note"], "en", path)
    write_xlsx([make_row("plan", key="p", note="x" * 32_767)], "plan", ["note"], "en", path)
    assert sheet_of(path)["A2"].value == "x" * 32_767


def test_more_rows_than_a_sheet_are_an_error(
    tmp_path: Path, make_row: MakeRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 5)
    rows = [make_row("plan", key=f"p{number}") for number in range(5)]
    path = tmp_path / "list.xlsx"
    with pytest.raises(InvalidData, match="a sheet holds 4 rows, and there are more"):
        write_xlsx(rows, "plan", ["key"], "en", path)
    assert list(tmp_path.iterdir()) == []
    assert write_xlsx(rows[:4], "plan", ["key"], "en", path) == 4


def test_rows_beyond_the_sample_are_written(tmp_path: Path, make_row: MakeRow) -> None:
    path = tmp_path / "list.xlsx"
    assert write_xlsx(repeat(make_row("plan", key="p"), 1000), "plan", ["key"], "en", path) == 1000
    assert sheet_of(path).max_row == 1001


def test_error_among_the_rows_leaves_what_was_there(tmp_path: Path, make_row: MakeRow) -> None:
    def rows() -> Iterator[Row]:
        yield from repeat(make_row("plan", key="p"), 400)
        raise InvalidData("no more")

    path = tmp_path / "list.xlsx"
    path.write_text("before")
    with pytest.raises(InvalidData, match="no more"):
        write_xlsx(rows(), "plan", ["key"], "en", path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    path = tmp_path / "absent" / "list.xlsx"
    with pytest.raises(UsageError) as error:
        write_xlsx([], "plan", None, "en", path)
    assert error.value.message == f"{path} cannot be written: No such file or directory"
