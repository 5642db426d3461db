"""`mou edit` in the editor: which editor it is, how it ends, and what others do meanwhile."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands.desk import KEPT, put, replace

if TYPE_CHECKING:
    import pexpect

    from tests.commands.desk import Desk

CHOOSE = "hint: VISUAL or EDITOR names the editor, such as nano or `code --wait`\n"


def program(desk: Desk, name: str, *, places: str = "bin") -> Path:
    """Make an editor of that name that is the desk's own."""
    folder = desk.folder / places
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f'#!/bin/sh\nexec {desk.editor} "$@"\n', "utf-8")
    path.chmod(0o755)
    return path


def test_visual_comes_before_editor(desk: Desk) -> None:
    desk.edit("edit", "2025-001", VISUAL=desk.editor, EDITOR="/no/such/editor")
    assert desk.openings() == 1


def test_an_empty_variable_is_as_none(desk: Desk) -> None:
    desk.edit("edit", "2025-001", VISUAL=" ")
    assert desk.openings() == 1


def test_an_editor_is_a_command_line_with_quotation_marks(desk: Desk) -> None:
    quoted = program(desk, "my editor")
    desk.edit("edit", "2025-001", EDITOR=f"'{quoted}' --wait 'two words'")
    desk.edit("edit", "2025-001", EDITOR=str(quoted))
    assert desk.openings() == 1


def test_sed_is_an_editor(desk: Desk) -> None:
    answer = desk.edit("edit", "2025-001", EDITOR="sed -i -e 's/^note: first$/note: second/'")
    assert answer.err == "change agreement 2025-001\n  note: first → second\n"


@pytest.mark.parametrize("name", ["sensible-editor", "nano", "vi"])
def test_without_a_variable_a_usual_editor_is_taken(desk: Desk, name: str) -> None:
    path = program(desk, name)
    desk.edit("edit", "2025-001", EDITOR="", PATH=str(path.parent))
    assert desk.openings() == 1


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"VISUAL": "no-such-editor -w"}, "VISUAL names the editor 'no-such-editor', which is not there"),
        ({"EDITOR": "/no/such/editor"}, "EDITOR names the editor '/no/such/editor', which is not there"),
        ({"EDITOR": "", "PATH": "/no/such/folder"}, "there is no editor"),
    ],
)
def test_an_editor_that_is_not_there_is_told(desk: Desk, variables: dict[str, str], says: str) -> None:
    desk.environment |= variables
    assert desk.edit("edit", "2025-001", code=2).err == f"mou: {says}\n{CHOOSE}"
    assert desk.left() == []


def test_a_quotation_mark_that_is_not_closed_is_told(desk: Desk) -> None:
    answer = desk.edit("edit", "2025-001", code=2, EDITOR="code 'x")
    assert answer.err == 'mou: EDITOR is no command line: "code \'x"\nhint: a quotation mark is not closed\n'


def test_what_is_no_program_is_told(desk: Desk) -> None:
    path = program(desk, "broken")
    path.write_bytes(b"\x7fELF broken")
    answer = desk.edit("edit", "2025-001", code=2, EDITOR=str(path))
    assert answer.err == f"mou: the editor {path} cannot be started: Exec format error\n{CHOOSE}"


@pytest.mark.parametrize(("step", "kept"), [("", 0), (put("unit: Law"), 1)])
def test_an_editor_that_fails_changes_nothing(desk: Desk, step: str, kept: int) -> None:
    before = desk.mou.content()
    failing = f"{step}\nopen(path, 'w', encoding='utf-8').write(text); raise SystemExit(4)"
    answer = desk.edit("edit", "2025-001", steps=(failing,), code=1)
    said = KEPT.sub("", answer.err)
    assert said == f"mou: the editor {sys.executable} ended with exit code 4; nothing was recorded\n"
    assert len(desk.left()) == kept
    assert all("\nunit: Law\n" in path.read_text("utf-8") for path in desk.left())
    assert desk.mou.content() == before


def test_off_a_terminal_nothing_is_opened(desk: Desk) -> None:
    answer = desk.mou.fails(2, "edit", "2025-001", env={"EDITOR": desk.editor})
    assert answer.err == "mou: nothing is said that would change\nhint: `mou edit --help` lists the options\n"
    assert desk.openings() == 0


def test_with_an_option_nothing_is_opened(desk: Desk) -> None:
    desk.edit("edit", "2025-001", "--note", "second")
    assert desk.openings() == 0
    assert desk.mou.json("show", "2025-001")["note"] == "second"


def test_what_is_not_there_is_not_opened(desk: Desk) -> None:
    desk.edit("edit", "2025-999", code=4)
    assert desk.openings() == 0


def test_a_rehearsal_tells_what_would_change(desk: Desk) -> None:
    before = desk.mou.content()
    answer = desk.edit("edit", "2025-001", "--dry-run", steps=(put("unit: Law"),))
    assert answer.err == "change agreement 2025-001\n  unit: Law\n"
    assert desk.mou.content() == before


@pytest.mark.parametrize("step", ["", put("unit: Law")])
def test_json_is_the_record(desk: Desk, step: str) -> None:
    answer = desk.edit("edit", "2025-001", "-f", "json", steps=(step,))
    assert json.loads(answer.err) == desk.mou.json("show", "2025-001")


def test_where_the_answer_goes_into_a_file_the_editor_is_on_the_terminal(desk: Desk) -> None:
    step = "assert os.isatty(1); text = text.replace('note: first', 'note: second')"
    child = desk.start("edit", "2025-001", "-f", "json", steps=(step,), into="row.json")
    desk.end(child)
    assert json.loads((desk.folder / "row.json").read_text("utf-8"))["note"] == "second"


def test_the_file_is_private_and_in_utf_8_and_gone_afterwards(desk: Desk) -> None:
    look = "json.dump([os.stat(path).st_mode, os.stat(os.path.dirname(path)).st_mode], open(folder + '/modes', 'w'))"
    desk.edit("edit", "2025-001", steps=(look,), LC_ALL="C")
    file, folder = json.loads((desk.notes / "modes").read_text("utf-8"))
    assert (stat.S_IMODE(file), stat.S_IMODE(folder)) == (0o600, 0o700)
    path = Path((desk.notes / "path").read_text("utf-8"))
    assert path.name == "2025-001.yaml"
    assert not path.parent.exists()


def test_what_is_kept_is_private(desk: Desk) -> None:
    careless = f"os.umask(0); os.remove(path)\n{put('renewal: tasit')}"
    desk.edit("edit", "2025-001", steps=(careless,), code=130)
    (kept,) = desk.left()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_where_there_is_no_home_the_file_is_in_the_temporary_folder(desk: Desk) -> None:
    temporary = desk.folder / "temporary"
    temporary.mkdir()
    desk.edit("edit", "2025-001", HOME="/dev/null", TMPDIR=str(temporary))
    assert Path((desk.notes / "path").read_text("utf-8")).is_relative_to(temporary)
    assert list(temporary.iterdir()) == []


def meanwhile(*arguments: str) -> str:
    """Give the step that runs the program off a terminal."""
    command = [sys.executable, "-m", "mou_cli", *arguments]
    return f"subprocess.run({command!r}, check=True, stdin=subprocess.DEVNULL, capture_output=True)"


def test_the_register_is_not_locked_while_the_editor_is_open(desk: Desk) -> None:
    desk.edit("edit", "2025-001", steps=(f"{meanwhile('add', '--partner', 'tsu')}\n{put('unit: Law')}",))
    assert desk.mou("list", "--count").out == "2\n"
    assert desk.mou.json("show", "2025-001")["unit"] == "Law"


def test_what_somebody_else_has_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    other = meanwhile("edit", "2025-001", "--note", "theirs", "--tag", "x")
    answer = desk.edit("edit", "2025-001", steps=(f"{other}\n{put('unit: Law')}",), code=5)
    theirs, ours = desk.left()
    assert (theirs.name, ours.name) == ("2025-001.recorded.yaml", "2025-001.yaml")
    assert answer.err == (
        f"what was written is kept in {ours}\n"
        "mou: agreement 2025-001 was changed while it was edited: tags, note; nothing was recorded\n"
        f"hint: what is recorded now is in {theirs}; `mou edit 2025-001` opens it again\n"
    )
    assert "\nunit: Law\n" in ours.read_text("utf-8")
    assert "\nnote: theirs\n" in theirs.read_text("utf-8")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (ours, theirs)] == [0o600, 0o600]
    row = desk.mou.json("show", "2025-001")
    assert (row["note"], row["unit"]) == ("theirs", None)


def test_what_somebody_else_has_removed_meanwhile_does_not_come_back(desk: Desk) -> None:
    step = f"{meanwhile('remove', '2025-001', '--yes')}\n{put('unit: Law')}"
    answer = desk.edit("edit", "2025-001", steps=(step,), code=5)
    assert "mou: agreement 2025-001 was removed while it was edited; nothing was recorded\n" in answer.err
    (kept,) = desk.left()
    assert "\nunit: Law\n" in kept.read_text("utf-8")
    assert desk.mou("list", "--count").out == "0\n"


def test_who_saves_nothing_is_not_troubled_by_what_others_did(desk: Desk) -> None:
    answer = desk.edit("edit", "2025-001", steps=(meanwhile("edit", "2025-001", "--note", "theirs"),))
    assert answer.err == "nothing changed\n"
    assert desk.mou.json("show", "2025-001")["note"] == "theirs"


@pytest.mark.file_only("the editor locks the file")
def test_a_register_that_is_locked_afterwards_keeps_what_was_written(desk: Desk) -> None:
    lock = (
        "subprocess.Popen([sys.executable, '-c', 'import os, sqlite3, sys, time; c = sqlite3.connect("
        'os.environ["MOU_DB"], isolation_level=None); c.execute("BEGIN EXCLUSIVE"); print(1, flush=True); time.sleep(4)'
        "'], stdout=subprocess.PIPE).stdout.readline()"
    )
    answer = desk.edit("edit", "2025-001", steps=(f"{lock}\n{put('unit: Law')}",), code=6, MOU_TIMEOUT="0.2")
    assert KEPT.search(answer.err)
    assert len(desk.left()) == 1


SLEEP = "open(path, 'w', encoding='utf-8').write(text); print('ready', flush=True); time.sleep(60)"


@pytest.mark.parametrize(("step", "kept"), [("", 0), (put("unit: Law"), 1)])
def test_an_interrupt_in_the_editor_changes_nothing(desk: Desk, step: str, kept: int) -> None:
    before = desk.mou.content()
    child = desk.start("edit", "2025-001", steps=(f"signal.signal(signal.SIGINT, signal.SIG_DFL)\n{step}\n{SLEEP}",))
    child.expect_exact("ready")
    child.sendintr()
    answer = desk.end(child, 130)
    assert answer.err.endswith("mou: interrupted\n")
    assert len(desk.left()) == kept
    assert desk.mou.content() == before


def test_an_interrupt_that_the_editor_takes_for_itself_ends_nothing(desk: Desk) -> None:
    wait = "signal.signal(signal.SIGINT, signal.SIG_IGN); print('ready', flush=True); input()"
    child = desk.start("edit", "2025-001", steps=(f"{wait}\n{put('unit: Law')}",))
    child.expect_exact("ready")
    child.sendintr()
    child.sendline("")
    desk.end(child)
    assert desk.mou.json("show", "2025-001")["unit"] == "Law"


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
@pytest.mark.parametrize(("step", "kept"), [("", 0), (put("unit: Law"), 1)])
def test_the_end_of_the_terminal_changes_nothing(desk: Desk, number: int, step: str, kept: int) -> None:
    before = desk.mou.content()
    child = desk.start("edit", "2025-001", steps=(f"{step}\n{SLEEP}",))
    child.expect_exact("ready")
    assert child.pid
    os.killpg(child.pid, number)
    desk.end(child, 130)
    assert len(desk.left()) == kept
    assert all("\nunit: Law\n" in path.read_text("utf-8") for path in desk.left())
    assert desk.mou.content() == before


def test_what_the_editor_saves_when_its_terminal_goes_is_kept(desk: Desk) -> None:
    step = (
        "save = lambda *_: (open(path + '.save', 'w').write('unsaved'), sys.exit(1))\n"
        f"signal.signal(signal.SIGHUP, save)\n{SLEEP}"
    )
    child = desk.start("edit", "2025-001", steps=(step,))
    child.expect_exact("ready")
    child.close()  # the terminal's window is closed
    wait_for_the_end(child)
    assert [path.name for path in desk.left()] == ["2025-001.yaml", "2025-001.yaml.save"]


def wait_for_the_end(child: pexpect.spawn[str]) -> None:
    if child.isalive():
        child.wait()


NAMES = r"__import__('re').subn(r'(?m)^names:\n(- .*\n)+', 'names: [Arctic]\n', text)"


def test_an_institution_has_its_names_replaced_and_may_become_a_home(seeds_desk: Desk) -> None:
    names = f"text, number = {NAMES}; assert number == 1"
    step = f"{names}\n{put('home: true')}\n{put('parent: Stavanger')}"
    seeds_desk.edit("partner", "edit", "uit", steps=(step,))
    row = seeds_desk.mou.json("partner", "show", "uit")
    assert [name["text"] for name in row["names"]] == ["Arctic"]
    assert (row["home"], row["parent"]) == (True, "uis")


def test_an_event_is_edited(seeds_desk: Desk) -> None:
    number = replace("declared:\n  memoranda: 40", "declared:\n  memoranda: 41")
    step = f"{number}\n{replace('host: ada', 'host: Khazar University')}"
    seeds_desk.edit("event", "edit", "ada-azerbaijan-kazakhstan-round-table", steps=(step,))
    row = seeds_desk.mou.json("event", "show", "ada-azerbaijan-kazakhstan-round-table")
    assert (row["declared"]["memoranda"], row["host"]["key"]) == (41, "khazar")


def test_a_plan_that_is_closed_in_the_editor_is_closed_today_unless_its_day_is_said(seeds_desk: Desk) -> None:
    seeds_desk.edit("plan", "edit", "mdu-veterans-2025", steps=(put("status: closed"),))
    assert seeds_desk.mou.json("plan", "show", "mdu-veterans-2025")["closed_on"] == "2025-05-10"
    seeds_desk.edit("plan", "edit", "mdu-veterans-2025", steps=(replace("status: closed\n", ""),))
    row = seeds_desk.mou.json("plan", "show", "mdu-veterans-2025")
    assert (row["status"], row["closed_on"]) == ("open", None)
    closed = f"{put('status: closed')}\n{put('closed: 2025-03-01')}"
    seeds_desk.edit("plan", "edit", "mdu-veterans-2025", steps=(closed,))
    assert seeds_desk.mou.json("plan", "show", "mdu-veterans-2025")["closed_on"] == "2025-03-01"


def test_tasks_that_follow_a_plan_edited_into_another_year_are_told(seeds_desk: Desk) -> None:
    told = seeds_desk.edit("plan", "edit", "mdu-veterans-2025", steps=(replace("year: 2025", "year: 2026"),)).err
    assert "change plan mdu-veterans-2025\n  year: 2025 → 2026\n" in told
    assert "change task mdu-veterans-2025/5.1\n  year: 2025 → 2026\n" in told


def test_a_task_keeps_its_number_and_forgets_what_is_no_longer_done(seeds_desk: Desk) -> None:
    seeds_desk.mou("plan", "done", "5.1", "--result", "31 were supported")
    step = f"{replace('status: done', 'status: in-progress')}\n{put('agreements: [2025-2]')}"
    seeds_desk.edit("plan", "task", "edit", "5.1", "--plan", "mdu-veterans-2025", steps=(step,))
    row = seeds_desk.mou.json("plan", "task", "show", "5.1")
    assert (row["status"], row["done_on"], row["percent"]) == ("in-progress", None, None)
    assert row["agreements"] == ["khazar-miras-2024"]
    numbered = replace("\ndirection:", "\nnumber: '5.9'\ndirection:")
    seeds_desk.edit("plan", "task", "edit", "5.1", steps=(numbered,), code=130)
    assert "# ! number cannot be changed\nnumber: '5.9'\n" in seeds_desk.seen(1)
