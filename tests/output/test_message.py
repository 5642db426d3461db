"""What is said to the person at the terminal is broken between words, and off a terminal not at all."""

from __future__ import annotations

import os
import re

from tests.conftest import TODAY, Mou
from tests.terminal import open_program, see_the_end

_STEERING = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[=>])|\r")


def _on_terminal(mou: Mou, *arguments: str, columns: int) -> list[str]:
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    environment |= {"MOU_DB": mou.address, "MOU_TODAY": TODAY, "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    environment |= {"XDG_CONFIG_HOME": str(mou.config.parent.parent)}
    return _STEERING.sub("", see_the_end(open_program(arguments, environment, rows=30, columns=columns))).splitlines()


def test_message_goes_on_between_words(seeded: Mou) -> None:
    assert _on_terminal(seeded, "list", "--country", "Norway", "--type", "exchange", columns=40) == [
        "no agreements found: partners in Norway,",
        "type exchange agreement; without",
        "--country there are 2; without --type",
        "there are 6",
    ]


def test_command_in_a_hint_stays_in_one_piece(seeded: Mou) -> None:
    lines = _on_terminal(seeded, "show", "1-1", columns=40)
    assert lines[1:] == ["hint: `mou list` shows the references;", "`mou search` finds by words"]


def test_footer_and_what_is_said_after_it_end_alike(seeded: Mou) -> None:
    assert _on_terminal(seeded, "plan", "due", "--month", "May", "--columns", "number", columns=40)[-3:] == [
        "2 tasks, due in May",
        "9 more tasks run in that time (--running",
        "shows them too)",
    ]


def test_change_is_indented_where_it_goes_on(seeds: Mou) -> None:
    result = "An exhibition; thirty-one veterans were supported"
    lines = _on_terminal(seeds, "plan", "done", "5.1", "--result", result, columns=40)
    assert lines[-2:] == ["  actual_result: An exhibition;", "    thirty-one veterans were supported"]


def test_path_is_not_broken(seeded: Mou) -> None:
    path = "/nowhere/" + "x" * 60 + ".yaml"
    assert _on_terminal(seeded, "import", path, columns=40) == ["mou: there is no file", f"'{path}'"]


def test_message_off_a_terminal_is_one_line(seeded: Mou) -> None:
    narrow = {"COLUMNS": "40"}
    answer = seeded("list", "--country", "Norway", "--type", "exchange", "-f", "table", env=narrow)
    assert answer.err == (
        "no agreements found: partners in Norway, type exchange agreement;"
        " without --country there are 2; without --type there are 6\n"
    )
