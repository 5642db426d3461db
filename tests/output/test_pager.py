"""Long answers on a terminal go through a pager, which holds up nobody."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import struct
import termios
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest

from mou_cli.errors import SeenEnough
from mou_cli.output.pager import paging
from mou_cli.settings import Found
from tests.conftest import TODAY, Mou
from tests.terminal import open_program, see_the_end

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from typing import TextIO

ROWS = 3000
MARKED = "sed -u s/^/P:/"
# Shows the first line, then waits for the person at the terminal before it takes more.
WAITS = "sh -c 'read -r first; echo \"first: $first\"; read -r go </dev/tty; cat; echo all'"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    lines = ["format: mou/1", "home: [adu]", "institutions:", "  - {key: adu, name: Advent University}"]
    lines += ["  - {key: uit, name: University of Tromsø, country: NO}", "agreements:"]
    lines += [f"  - {{key: a{n}, title: {'long ' * 20}{n}, parties: [adu, uit]}}" for n in range(ROWS)]
    (folder / "large.yaml").write_text("\n".join(lines), "utf-8")
    Mou(folder / "large.db")("import", str(folder / "large.yaml"))
    return folder / "large.db"


class Terminal:
    """The program on a terminal of its own."""

    def __init__(self, db: Path, home: Path) -> None:
        self.db = db
        self.home = home

    def start(self, line: str, rows: int = 24, **env: str) -> pexpect.spawn[str]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "MOU_DB": str(self.db), "MOU_TODAY": TODAY}
        environment |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        return open_program(line.split(), environment | env, rows=rows)

    def run(self, line: str, rows: int = 24, **env: str) -> list[str]:
        """Give the lines that were shown by a command that ends well by itself."""
        return self.end(self.start(line, rows, **env))

    @staticmethod
    def end(child: pexpect.spawn[str]) -> list[str]:
        shown = see_the_end(child)
        assert (child.exitstatus, child.signalstatus) == (0, None), shown
        assert "Traceback" not in shown
        return shown.splitlines()


@pytest.fixture
def terminal(templates: Path, tmp_path: Path) -> Terminal:
    return Terminal(copied(templates / "seeds.db", tmp_path / "seeds.db"), tmp_path)


def copied(source: Path, target: Path) -> Path:
    return Path(shutil.copy(source, target))


@pytest.fixture
def wide(large: Path, tmp_path: Path) -> Terminal:
    return Terminal(copied(large, tmp_path / "large.db"), tmp_path)


def test_what_is_longer_than_the_screen_goes_through_the_pager(terminal: Terminal) -> None:
    whole = terminal.run("list --columns ref", MOU_PAGER="off")
    assert len(whole) == 138
    assert terminal.run("list --columns ref", MOU_PAGER=MARKED) == [f"P:{line}" for line in whole]
    assert terminal.run("list --columns ref -f table", MOU_PAGER=MARKED)[0].startswith("P:")


def test_what_fits_on_the_screen_does_not(terminal: Terminal) -> None:
    shown = terminal.run("list --country Norway --columns ref", rows=11, MOU_PAGER=MARKED)
    assert len(shown) == 10
    assert shown == terminal.run("list --country Norway --columns ref", MOU_PAGER="off")
    assert terminal.run("list --country Norway --columns ref", rows=10, MOU_PAGER=MARKED) == [f"P:{s}" for s in shown]
    nothing = terminal.run("list --country Italy --status active", MOU_PAGER=MARKED)
    assert nothing[0].startswith("no agreements found: ")


@pytest.mark.parametrize("line", ["show khazar-miras-2024", "partner list", "event show elibrary", "plan show mdu"])
def test_pages_and_other_tables_go_through_it_too(terminal: Terminal, line: str) -> None:
    if line == "event show elibrary":
        line = "event show " + Mou(terminal.db).json("event", "list")[0]["key"]
    assert all(shown.startswith("P:") for shown in terminal.run(line, rows=5, MOU_PAGER=MARKED))


def test_a_page_and_its_table_share_one_pager(terminal: Terminal) -> None:
    shown = terminal.run("plan show mdu", rows=5, MOU_PAGER="sh -c 'echo begin; cat; echo end'")
    assert (shown[0], shown[-1], shown.count("begin")) == ("begin", "end", 1)


def test_a_message_comes_below_the_table_that_it_is_about(terminal: Terminal) -> None:
    due = "plan due --month May --columns number"
    message = "9 more tasks run in that time (--running shows them too)"
    assert terminal.run(due, rows=4, MOU_PAGER=MARKED)[-1] == f"P:{message}"
    assert terminal.run(due, MOU_PAGER=MARKED)[-1] == message


@pytest.mark.parametrize("line", ["--no-pager list", "list --no-pager", "plan --no-pager due --running --year 2025"])
def test_an_option_refuses_it_before_and_after_the_command(terminal: Terminal, line: str) -> None:
    assert not any(shown.startswith("P:") for shown in terminal.run(line, MOU_PAGER=MARKED))


@pytest.mark.parametrize(
    "env",
    [
        {"MOU_PAGER": "off"},
        {"MOU_PAGER": "cat"},
        {"MOU_PAGER": ""},
        {"MOU_PAGER": MARKED, "TERM": "dumb"},
        {"PAGER": ""},
    ],
)
def test_there_is_none_where_it_is_not_wanted(terminal: Terminal, env: dict[str, str]) -> None:
    shown = terminal.run("list --columns ref", 24, **({"PAGER": MARKED} | env))
    assert shown[2:-2] == [f"2025-{number:03}" for number in range(1, 135)]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "yaml", "markdown"])
def test_there_is_none_for_programs(terminal: Terminal, form: str) -> None:
    assert not any(shown.startswith("P:") for shown in terminal.run(f"list -f {form}", MOU_PAGER=MARKED))


def test_there_is_none_for_files_and_pipes(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.run(f"list -o {tmp_path}/list.csv", MOU_PAGER=MARKED)
    assert " ".join(said) == f"134 lines written to {tmp_path}/list.csv"
    assert not Mou(terminal.db)("list", "-f", "table", env={"MOU_PAGER": MARKED}).out.startswith("P:")


def test_the_pager_is_the_one_that_is_said_first(terminal: Terminal) -> None:
    said = {name: f"sh -c 'echo {name}; cat >/dev/null'" for name in ("MOU_PAGER", "setting", "PAGER")}
    assert terminal.run("list", PAGER=said["PAGER"]) == ["PAGER"]
    folder = terminal.home / ".config" / "mou"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(f'pager = "{said["setting"]}"\n', "utf-8")
    assert terminal.run("list", PAGER=said["PAGER"]) == ["setting"]
    assert terminal.run("list", PAGER=said["PAGER"], MOU_PAGER=said["MOU_PAGER"]) == ["MOU_PAGER"]
    (folder / "config.toml").write_text('pager = "off"\n', "utf-8")
    assert len(terminal.run("list --columns ref", PAGER=said["PAGER"])) == 138


def test_less_and_lv_are_told_to_keep_colours_unless_they_were_told_otherwise(terminal: Terminal) -> None:
    tells = "sh -c 'cat >/dev/null; echo \"$LESS $LV\"'"
    assert terminal.run("list", MOU_PAGER=tells) == ["FRX -c"]
    assert terminal.run("list", MOU_PAGER=tells, LESS="-i", LV="-a") == ["-i -a"]
    assert terminal.run("list", MOU_PAGER=tells, LESS="") == [" -c"]


def test_colours_are_kept(terminal: Terminal) -> None:
    Mou(terminal.db)("edit", "khazar-miras-2024", "--ends", "2020-01-01")
    line = "list --partner miras --columns ref,status"
    shown = terminal.run(line, rows=2, MOU_PAGER=MARKED)
    assert "\x1b[31mexpired\x1b[0m" in shown[2]
    assert not any("\x1b" in each for each in terminal.run(line, rows=2, MOU_PAGER=MARKED, NO_COLOR="1"))


@pytest.mark.parametrize(
    ("pager", "reason"),
    [
        ("/nowhere/pager -x", "cannot be started: No such file or directory"),
        ("/dev/null", "cannot be started: Permission denied"),
        ("less 'x", "is no command: No closing quotation"),
    ],
)
def test_a_pager_that_cannot_be_started_is_done_without(terminal: Terminal, pager: str, reason: str) -> None:
    *table, message = terminal.run("list --columns ref", MOU_PAGER=pager)
    assert table[2:-2] == [f"2025-{number:03}" for number in range(1, 135)]
    assert message == f"mou: MOU_PAGER: {pager!r} {reason}"


@pytest.mark.parametrize(("pager", "code"), [("false", 1), ("sh -c 'exit 3'", 3)])
def test_a_pager_that_fails_and_has_taken_nothing_is_done_without(terminal: Terminal, pager: str, code: int) -> None:
    *table, message = terminal.run("list --columns ref", MOU_PAGER=pager)
    assert table[2:-2] == [f"2025-{number:03}" for number in range(1, 135)]
    assert message == f"mou: MOU_PAGER: {pager!r} ended with exit code {code}"


def test_a_pager_that_fails_while_much_is_written_is_done_without(wide: Terminal) -> None:
    *table, message = wide.run("list --columns ref,title", MOU_PAGER="false", NO_COLOR="1")
    assert table[-1] == "3,000 agreements"
    assert table[2].startswith("2025-001 ")
    assert message == "mou: MOU_PAGER: 'false' ended with exit code 1"


def test_a_pager_that_fails_after_it_has_taken_something_has_shown_the_answer(terminal: Terminal) -> None:
    assert terminal.run("list --columns ref", MOU_PAGER="sh -c 'head -1; exit 1'", NO_COLOR="1") == ["Ref"]


def test_that_there_is_no_less_is_nobodys_fault(terminal: Terminal, tmp_path: Path) -> None:
    assert len(terminal.run("list --columns ref", PATH=str(tmp_path))) == 138


def test_a_pager_that_is_left_early_ends_the_program_well(wide: Terminal) -> None:
    assert wide.run("list --columns ref,partner", MOU_PAGER="head -1", NO_COLOR="1") == ["Ref       Partner"]
    assert wide.run("list", MOU_PAGER="true") == []
    Mou(wide.db)("add", "--partner", "uit", env={"MOU_TIMEOUT": "0"})


def test_who_reads_in_the_pager_holds_up_nobody(wide: Terminal) -> None:
    child = wide.start("list --columns ref,title,partner", MOU_PAGER=WAITS, NO_COLOR="1")
    child.expect("first: Ref ")
    # The answer is longer than a pipe holds, and nobody takes more of it until this has been recorded.
    Mou(wide.db)("add", "--partner", "uit", "--title", "meanwhile", env={"MOU_TIMEOUT": "20"})
    child.sendline("")
    shown = wide.end(child)
    assert shown[-1] == "all"
    assert sum(bool(re.match("[0-9]{4}-[0-9]{3,}", line)) for line in shown) == ROWS
    assert "meanwhile" not in "\n".join(shown)


def test_less_shows_a_screen_and_is_left_by_q(wide: Terminal) -> None:
    child = wide.start("list --columns ref", rows=10)
    child.expect("2025-007")
    child.expect(":")
    child.send("G")
    child.expect("END")
    child.send("q")
    wide.end(child)


def test_an_interrupt_in_the_pager_is_the_pagers(wide: Terminal) -> None:
    child = wide.start("list --columns ref", rows=10)
    child.expect("2025-007")
    child.expect(":")
    child.sendintr()
    # It rings, drops what has been typed, and asks again.
    child.expect("\x07")
    child.expect(":")
    child.send("/2025-900\n")
    child.expect("2025-905")
    child.send("q")
    assert "interrupted" not in "\n".join(wide.end(child))


def test_a_pager_that_dies_of_an_interrupt_ends_the_program_quietly(wide: Terminal) -> None:
    child = wide.start("list", MOU_PAGER=WAITS, NO_COLOR="1")
    child.expect("first: Ref")
    child.sendintr()
    assert [line for line in wide.end(child) if "mou:" in line or "Error" in line] == []
    Mou(wide.db)("add", "--partner", "uit", env={"MOU_TIMEOUT": "0"})


def test_the_terminal_is_left_as_it_was(wide: Terminal) -> None:
    child = wide.start("list --columns ref")
    before = termios.tcgetattr(child.child_fd)
    child.expect("2025-021")
    child.send("q")
    child.expect(pexpect.EOF)
    assert termios.tcgetattr(child.child_fd) == before


@pytest.fixture
def screen() -> Iterator[tuple[TextIO, int]]:
    """A terminal of 24 lines in this process, and the end at which it is looked at."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with os.fdopen(theirs, "w", encoding="utf-8") as stream:
        yield stream, ours
    os.close(ours)


def shown_until(end: int, text: bytes) -> bytes:
    seen = b""
    while text not in seen:
        seen += os.read(end, 65536)
    return seen


def through(command: str, terminal: TextIO) -> AbstractContextManager[TextIO]:
    return paging(Found(command, "environment", "MOU_PAGER"), terminal)


def test_the_first_rows_are_shown_before_the_last_are_written(screen: tuple[TextIO, int]) -> None:
    terminal, end = screen
    with through(f"cp /dev/stdin {os.ttyname(terminal.fileno())}", terminal) as stream:
        stream.write("early\n" * 300)
        stream.flush()
        assert shown_until(end, b"early")
        stream.write("late\n")
    assert shown_until(end, b"late")


def test_more_than_memory_should_hold_arrives_whole(screen: tuple[TextIO, int], tmp_path: Path) -> None:
    terminal, _end = screen
    kept = tmp_path / "kept"
    text = "".join(f"line {number:07}\n" for number in range(500_000))
    with through(f"cp /dev/stdin {kept}", terminal) as stream:
        for begin in range(0, len(text), 10_007):
            stream.write(text[begin : begin + 10_007])
    assert kept.read_text("utf-8") == text


def test_writing_after_the_pager_was_left_tells_that_enough_was_seen(screen: tuple[TextIO, int]) -> None:
    terminal, _end = screen

    def write_for_ever() -> None:
        with through("true", terminal) as stream:
            while True:
                stream.write("line\n" * 10_000)

    with pytest.raises(SeenEnough):
        write_for_ever()
