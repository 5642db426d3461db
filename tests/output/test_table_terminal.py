"""Colour, width and characters are those of the stream."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import termios
from io import BytesIO, StringIO, TextIOWrapper
from typing import TYPE_CHECKING

import pytest

from mou_cli.output.form import Form, resolve
from mou_cli.output.layout import cells
from mou_cli.output.nouns import SAMPLE
from mou_cli.output.show import show_many, show_one
from tests.output.streams import Terminal, columns_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mou_cli.output.column import Row

    MakeRow = Callable[..., Row]

# Only spans of its own are in a coloured table: ESC, digits, m.
SGR = re.compile("\x1b\\[[0-9;]*m")
ISOLATES = re.compile("[\u2068\u2069]")


def test_colour_is_for_terminals_and_underlines_a_word(
    agreements: list[Row], make_row: MakeRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    show_many(agreements[:2], "agreement", columns=["ref", "status"], stream=stream)
    assert stream.getvalue() == (
        "\x1b[1mRef     \x1b[0m\x1b[1m \x1b[0m \x1b[1mStatus   \x1b[0m\n"
        "───────────────────\n"
        "2024-001  \x1b[32mactive\x1b[0m\n"
        "2024-002  \x1b[30;43min notice\x1b[0m\n"
    )
    stream = Terminal()
    late = make_row("task", number="1.1", status="planned", overdue=True)
    show_one(late, "task", columns=["number", "status"], stream=stream)
    assert stream.getvalue() == "\x1b[1mNo.   \x1b[0m  1.1\n\x1b[1mStatus\x1b[0m  \x1b[31mplanned, overdue\x1b[0m\n"


@pytest.mark.parametrize(
    ("variable", "value", "coloured"),
    [("NO_COLOR", "1", False), ("NO_COLOR", "", True), ("TERM", "dumb", False), ("FORCE_COLOR", "1", True)],
)
@pytest.mark.parametrize("width", [30, 80])
def test_environment_decides_on_colour(
    agreements: list[Row], monkeypatch: pytest.MonkeyPatch, variable: str, value: str, width: int, *, coloured: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv(variable, value)
    monkeypatch.setenv("COLUMNS", str(width))
    plain, stream, file = StringIO(), Terminal(width), StringIO()
    for target in (plain, stream, file):
        show_many(agreements[:4], "agreement", form=Form.TABLE, stream=target)
    assert (SGR.search(stream.getvalue()) is not None) is coloured
    assert SGR.search(file.getvalue()) is None
    bare = [line.rstrip() for line in ISOLATES.sub("", SGR.sub("", stream.getvalue())).splitlines()]
    assert bare == plain.getvalue().splitlines()


@pytest.mark.parametrize(("asked", "width"), [("100", 100), ("0", 80), ("", 80), ("wide", 80), ("9" * 5000, 80)])
def test_width_off_a_terminal_is_that_of_columns(
    agreements: list[Row], monkeypatch: pytest.MonkeyPatch, asked: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", asked)
    stream = StringIO()
    show_many(agreements, "agreement", form=Form.TABLE, stream=stream)
    assert max(map(cells, stream.getvalue().splitlines())) == width


def test_width_on_a_terminal_is_its_own(agreements: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    inner, outer = os.openpty()
    fcntl.ioctl(outer, termios.TIOCSWINSZ, struct.pack("HHHH", 25, 97, 0, 0))
    with os.fdopen(outer, "w", encoding="utf-8") as stream:
        show_many(agreements[:1], "agreement", stream=stream)
        stream.flush()
        written = os.read(inner, 100_000).decode().splitlines()
    os.close(inner)
    assert written[0].startswith("Ref       Partner")
    assert len(written[1]) == 97


def test_encoding_that_lacks_letters_gets_them_escaped_and_in_line(agreements: list[Row]) -> None:
    for times in (1, SAMPLE + 1):
        raw = BytesIO()
        stream = TextIOWrapper(raw, encoding="latin-1")
        rows = [agreements[0], agreements[3]] * times
        with columns_of(120):
            show_many(rows, "agreement", form=Form.TABLE, columns=["partner", "ends", "ref"], stream=stream)
        stream.flush()
        lines = raw.getvalue().decode("latin-1").splitlines()
        university = r"\u062c\u0627\u0645\u0639\u0629 \u0627\u0644\u0642\u0627\u0647\u0631\u0629"
        assert lines[1] == "-" * len(lines[1])
        assert lines[2] == "University of Tromsø".ljust(len(university)) + "  2027-04-30    2024-001"
        assert lines[3].startswith(university + r"  ~2026-04-30")


def test_auto_is_a_table_on_a_terminal_and_tsv_elsewhere() -> None:
    assert resolve(Form.AUTO, Terminal()) is Form.TABLE
    assert resolve(Form.AUTO, StringIO()) is Form.TSV
    assert resolve(Form.CSV, Terminal()) is Form.CSV
