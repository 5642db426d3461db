"""Where the output goes: a pipe that nobody reads, a closed stream, a terminal of any kind and width."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from tests.faults.conftest import Trial

FORMS = ("auto", "table", "json", "jsonl", "csv", "tsv", "yaml", "markdown")
SGR = re.compile(rb"\x1b\[[0-9;]*m")
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
PIPE = 65536
CODE = '{ "$@"; echo "code $?" >&2; }'


def on_a_terminal(trial: Trial, *arguments: str, columns: int = 80, env: dict[str, str] | None = None) -> bytes:
    """Run the program with a terminal of a width as its output; gives what it wrote there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = trial.environment | {"TERM": "xterm-256color", "MOU_PAGER": "off"} | (env or {})
    process = subprocess.Popen(
        trial.command(*arguments), env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux's way to say that nobody writes any more
            break
        if not piece:
            break
        written += piece
    os.close(ours)
    assert process.wait(60) == 0, written
    assert b"Traceback" not in written
    return written


@pytest.mark.parametrize("form", FORMS)
def test_a_reader_that_leaves_is_no_error(trial: Trial, many: str, form: str) -> None:
    trial.call("import", many, changes=True)
    # More than a pipe holds, so that the program is still writing when its reader leaves.
    columns = (
        "--columns",
        "ref,key,title,partner,country,type,areas,status,signed,starts,ends,renewal,term,source,home",
    )
    assert len(trial.call("list", "--format", form, *columns).out) > PIPE
    answer = trial.run("list", "--format", form, *columns, line=f"{CODE} | head -1", says="code 141")
    assert answer.out.count("\n") == 1


def test_a_reader_that_leaves_an_export_is_no_error(trial: Trial) -> None:
    assert len(trial.run("export").out) > PIPE
    trial.run("export", line=f"{CODE} | head -1", says="code 141")


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("list", "--help"), ("list", "--count")])
def test_a_reader_that_is_gone_before_anything_is_written_is_no_error(trial: Trial, arguments: tuple[str, ...]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    command = trial.command(*arguments)
    done = subprocess.run(
        command, env=trial.environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE, check=False
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("form", FORMS)
def test_closed_output_is_no_traceback(trial: Trial, form: str) -> None:
    trial.run("list", "--format", form, line='exec "$@" >&-', says="")


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("export",), ("list", "--count")])
def test_closed_output_is_no_traceback_in_any_command(trial: Trial, arguments: tuple[str, ...]) -> None:
    trial.run(*arguments, line='exec "$@" >&-', says="")


def test_messages_do_not_go_to_the_data_when_their_own_stream_is_closed(trial: Trial) -> None:
    assert trial.run("show", "nothing", code=4, line='exec "$@" 2>&-').out == ""
    assert trial.run("list", "--nonsense", code=2, line='exec "$@" 2>&-').out == ""


def test_all_streams_may_be_closed(trial: Trial) -> None:
    trial.run("list", line='exec "$@" <&- >&- 2>&-')
    trial.run("show", "nothing", code=4, line='exec "$@" <&- >&- 2>&-')
    trial.run("edit", "khazar-miras-2024", "--note", "closed", changes=True, line='exec "$@" <&- >&- 2>&-')
    assert "note: closed" in trial.sound()


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("add", "--home", "khazar", "--partner", "miras", "--note", "it is new"), "note: it is new"),
        (("edit", "khazar-miras-2024", "--note", "it is new", "-f", "json"), "note: it is new"),
        (("renew", "khazar-miras-2024", "--until", "2030-01-01", "-f", "json"), "until: 2030-01-01"),
        (("plan", "done", "5.1", "--result", "it is done", "-f", "json"), "actual_result: it is done"),
        (("doc", "add", "khazar-miras-2024", "https://example.org/new"), "https://example.org/new"),
        (("import", "-", "-f", "json"), "name: Nowhere"),
    ],
)
def test_what_is_recorded_though_its_answer_finds_the_disk_full_is_said_to_be(
    trial: Trial, arguments: tuple[str, ...], names: str
) -> None:
    trial.call("edit", "khazar-miras-2024", "--ends", "2026-01-01", changes=True)
    file = b"format: mou/1\ninstitutions: [{key: nowhere, name: Nowhere}]\n"
    answer = trial.run(*arguments, code=6, changes=True, line='exec "$@" >/dev/full', input=file)
    assert answer.err.splitlines()[-2:] == [
        "mou: it is recorded, but not all of the answer could be given: No space left on device",
        "hint: do not record it again; `mou log --limit 1` shows what was done",
    ]
    assert names in trial.sound()


@pytest.mark.parametrize("arguments", [("list",), ("import", "seeds", "-f", "json"), ("undo", "--dry-run")])
def test_where_nothing_was_recorded_a_full_disk_is_all_that_is_said(trial: Trial, arguments: tuple[str, ...]) -> None:
    answer = trial.run(*arguments, code=6, line='exec "$@" >/dev/full', cwd=ROOT)
    assert answer.err.splitlines()[-1] == "mou: No space left on device"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("import", "-"), 3),
        (("add", "--from", "-"), 3),
        (("remove", "khazar-miras-2024"), 2),
    ],
)
def test_closed_input_is_empty_input(trial: Trial, arguments: tuple[str, ...], code: int) -> None:
    trial.run(*arguments, code=code, line='exec "$@" <&-')
    trial.run(*arguments, code=code, line='exec "$@" </dev/null')


def test_a_terminal_shows_a_table_in_colour(trial: Trial) -> None:
    trial.call("edit", "khazar-miras-2024", "--ends", "2020-01-01", changes=True)
    written = on_a_terminal(trial, "list", "--partner", "miras")
    assert SGR.search(written)
    assert b"Ref" in written


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "0"}])
def test_colour_can_be_refused(trial: Trial, env: dict[str, str]) -> None:
    trial.call("edit", "khazar-miras-2024", "--ends", "2020-01-01", changes=True)
    written = on_a_terminal(trial, "list", "--partner", "miras", env=env)
    assert b"expired" in written
    assert CONTROL.search(written) is None


def test_an_empty_no_color_refuses_nothing(trial: Trial) -> None:
    # https://no-color.org: only a value that is not empty counts.
    trial.call("edit", "khazar-miras-2024", "--ends", "2020-01-01", changes=True)
    assert SGR.search(on_a_terminal(trial, "list", "--partner", "miras", env={"NO_COLOR": ""}))


@pytest.mark.parametrize("env", [{"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}, {"TTY_COMPATIBLE": "1"}, {}])
@pytest.mark.parametrize("arguments", [("list",), ("show", "khazar-miras-2024"), ("--help",), ("list", "--help")])
def test_there_is_no_colour_off_a_terminal(trial: Trial, env: dict[str, str], arguments: tuple[str, ...]) -> None:
    forms = [()] if "--help" in arguments else [("--format", "table"), ()]
    for form in forms:
        assert "\x1b" not in trial.run(*arguments, *form, env={"TERM": "xterm-256color"} | env, says="").out


@pytest.mark.parametrize("columns", ["40", "20", "0", "1", "500", "", "-5", "wide", "8e1", "٤٠", "99999999999"])
def test_a_table_of_any_width_loses_no_record(trial: Trial, columns: str) -> None:
    references = [f"2025-{number:03}" for number in range(1, 135)]
    answer = trial.call("list", "--format", "table", env={"COLUMNS": columns})
    # A reference is never broken or cut, whatever the width.
    assert re.findall(r"\b2025-[0-9]{3}\b", answer.out) == references
    trial.call("show", "khazar-miras-2024", "--format", "table", env={"COLUMNS": columns})


@pytest.mark.parametrize("columns", [0, 20, 40, 500])
def test_a_terminal_of_any_width_loses_no_record(trial: Trial, columns: int) -> None:
    written = on_a_terminal(trial, "list", columns=columns).decode()
    assert re.findall(r"\b2025-[0-9]{3}\b", written) == [f"2025-{number:03}" for number in range(1, 135)]


@pytest.mark.parametrize("columns", ["20", "500", "nonsense"])
def test_the_width_is_none_of_a_programs_business(trial: Trial, columns: str) -> None:
    assert trial.call("list", env={"COLUMNS": columns}).out == trial.call("list").out


@pytest.mark.parametrize("columns", ["20", "40", "80"])
@pytest.mark.parametrize(
    "name", ["北京大学国际合作部", "جامعة القاهرة", "e\u0301" * 40, "👩‍🔬🏳️‍🌈 Institute", "W" * 300]
)
def test_no_letter_is_lost_in_a_narrow_table(bare: Trial, columns: str, name: str) -> None:
    arguments = ("add", "--home", "Home", "--new", "--partner", name, "--country", "Norway")
    bare.call(*arguments, changes=True)
    kept = bare.value("SELECT name FROM institution WHERE home = 0")
    shown = bare.call("list", "--format", "table", "--columns", "ref,partner", env={"COLUMNS": columns}).out
    letters = re.sub(r"\s+", "", "".join(shown.splitlines()))
    for letter in set(kept) - {" "}:
        assert letters.count(letter) >= kept.count(letter), letter
