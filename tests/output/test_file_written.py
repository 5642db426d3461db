"""A file of rows is there whole, or as it was before."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import openpyxl  # noqa: TID253 - what is written is read back
import pytest

from mou_cli.errors import UsageError
from mou_cli.output.file import form_of, write_file, write_rows
from mou_cli.output.form import Form
from mou_cli.output.message import say

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

ROW = {"key": "p", "title": "=Qəbul\nplanı", "tasks": 3}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.csv", Form.CSV),
        ("a.TSV", Form.TSV),
        ("a.b.json", Form.JSON),
        ("a.jsonl", Form.JSONL),
        ("a.yaml", Form.YAML),
        ("a.yml", Form.YAML),
        ("a.md", Form.MARKDOWN),
        ("a.xlsx", "xlsx"),
    ],
)
def test_extension_says_the_form(tmp_path: Path, name: str, form: str) -> None:
    assert form_of(tmp_path / name) == form


@pytest.mark.parametrize("name", ["a", "a.txt", ".csv", "a.docx"])
def test_other_extension_is_a_usage_error(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(UsageError) as error:
        write_rows(path, [], "plan")
    assert error.value.message == f"{str(path)!r} does not say what kind of file to write"
    assert error.value.hint == "let its name end in .csv, .tsv, .json, .jsonl, .yaml, .yml, .md, .xlsx"
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", '\ufeffkey,title,tasks\r\np,"\'=Qəbul\nplanı",3\r\n'),
        ("a.tsv", "key\ttitle\ttasks\np\t=Qəbul\\nplanı\t3\n"),
        ("a.json", '[\n{"key": "p", "title": "=Qəbul\\nplanı", "tasks": 3}\n]\n'),
        ("a.jsonl", '{"key": "p", "title": "=Qəbul\\nplanı", "tasks": 3}\n'),
        ("a.yaml", "- key: p\n  title: |-\n    =Qəbul\n    planı\n  tasks: 3\n"),
        ("a.md", "| Key | Title | Tasks |\n| --- | --- | ---: |\n| p | =Qəbul<br>planı | 3 |\n"),
    ],
)
def test_file_has_the_form_of_its_name(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    assert write_rows(path, [ROW], "plan", columns=["key", "title", "tasks"]) == 1
    assert path.read_bytes().decode() == content


def test_workbook_is_written_by_the_same_call(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert write_rows(path, [ROW], "plan", columns=["key", "title"], language="az") == 1
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert rows == [("Açar", "Adı"), ("p", "=Qəbul\nplanı")]


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx"):
        write_rows(tmp_path / name, [ROW], "plan")
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_error_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("before")

    def fail(stream: TextIO) -> None:
        stream.write("half")
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        write_file(path, fail)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_unknown_column_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("before")
    with pytest.raises(UsageError, match="plan has no column 'x'"):
        write_rows(path, [ROW], "plan", columns=["x"])
    assert path.read_text() == "before"


def test_place_that_cannot_be_written_is_a_usage_error(tmp_path: Path) -> None:
    absent = tmp_path / "absent" / "a.csv"
    with pytest.raises(UsageError) as error:
        write_rows(absent, [ROW], "plan")
    assert error.value.message == f"{absent} cannot be written: No such file or directory"
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    with pytest.raises(UsageError) as error:
        write_rows(folder, [ROW], "plan")
    assert error.value.message == f"{folder} is a folder"
    long = tmp_path / ("a" * 300 + ".csv")
    with pytest.raises(UsageError, match="cannot be written: File name too long"):
        write_rows(long, [ROW], "plan")


def test_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "a.tsv"
    link.symlink_to(tmp_path / "real" / "b.tsv")
    write_rows(link, [ROW], "plan", columns=["key"])
    assert link.is_symlink()
    assert (tmp_path / "real" / "b.tsv").read_text() == "key\np\n"
    assert os.listdir(tmp_path / "real") == ["b.tsv"]  # noqa: PTH208 - names are enough


def test_message_is_one_line_on_stderr_and_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    say("mou: Xəzər \x1b[2J\nhint: \u202e [red]")
    assert capsys.readouterr() == ("", "mou: Xəzər \\x1b[2J\\nhint: \\u202e [red]\n")
