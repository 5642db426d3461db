"""Documents that are no files, that change, that do not fit; contents that were lost; programs that die meanwhile."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Mou
from tests.faults.conftest import ONLY_ROOT, no_traceback

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Answer
    from tests.faults.conftest import Trial

    Write = Callable[[str, str | bytes], str]

REF = "2025-002"
ADD = ("doc", "add", REF)
BIG = 3_000_000
LONG_AGO = (1_500_000_000, 1_500_000_000)
# Runs the program in a child again and again, each on a copy of its own, and kills it before the first, the second …
# of all the calls of the system and of SQLite that follow after it has begun to change something; the last one lives.
KILLED_AT_EVERY_CALL = """
import os, shutil, signal, sqlite3, sys
from pathlib import Path
from mou_cli.main import run

CALLS = {"open", "write", "fsync", "mkdir", "chmod", "utime", "replace", "unlink", "execute", "executemany", "commit"}
template, copies, *arguments = sys.argv[1:]

def called(folder):
    os.environ["MOU_DB"] = str(folder / "register.db")
    return run(arguments)

def strike_at(number):
    left, begun = number, False
    def see(frame, event, function):
        nonlocal left, begun
        if event != "c_call":
            return
        begun = begun or function is os.mkdir
        is_ours = isinstance(getattr(function, "__self__", None), (sqlite3.Cursor, sqlite3.Connection))
        if begun and function.__name__ in CALLS and (is_ours or getattr(function, "__module__", "") == "posix"):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.setprofile(see)

for number in range(1000):
    folder = Path(copies, str(number))
    shutil.copytree(template, folder)
    if not number:  # so that everything is loaded
        assert called(folder) == 0
        continue
    child = os.fork()
    if not child:
        strike_at(number)
        os._exit(called(folder))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status >= 0:
        print(status)
        break
"""
# Lets the file grow when the program reads it for the third time.
GROWN_MEANWHILE = """
import os, sys
from mou_cli.__main__ import main

grown, left = sys.argv.pop(1), 3
def see(frame, event, function):
    global left
    if event == "c_call" and function is os.read:
        left -= 1
        if not left:
            with open(grown, "ab") as file:
                file.write(b"more")
sys.setprofile(see)
main()
"""


@pytest.fixture
def scan(write: Write) -> str:
    return write("scan.pdf", b"%PDF-1.7\nsigned\n")


def folder(trial: Trial) -> Path:
    return trial.folder / "register.db.documents"


def contents(trial: Trial) -> list[Path]:
    return sorted(folder(trial).glob("*/*"))


def verified(db: Path) -> tuple[int, set[str]]:
    """Give how looking at everything ended, and what was found to be wrong."""
    answer = Mou(db).call("doc", "verify", "-f", "json")
    return answer.code, {row["state"] for row in answer.json}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("link.pdf", "is a symbolic link, not a file"),
        ("nowhere.pdf", "is a symbolic link, not a file"),
        ("pipe", "is a named pipe, not a file"),
        ("socket", "is something else, not a file"),
        ("folder", "is a folder, not a file"),
        ("folder/", "is a folder, not a file"),
        ("absent.pdf", "cannot be read: No such file or directory"),
        ("scan.pdf/x", "cannot be read: Not a directory"),
        ("empty.pdf", "is empty"),
        ("x" * 300, "cannot be read: File name too long"),
        ("/dev/zero", "is a device, not a file"),
        ("/dev/null", "is a device, not a file"),
        ("..", "is a folder, not a file"),
        ("/", "is a folder, not a file"),
    ],
)
def test_what_is_no_file_is_refused(trial: Trial, scan: str, name: str, says: str) -> None:
    here = Path(scan).parent
    (here / "link.pdf").symlink_to(scan)
    (here / "nowhere.pdf").symlink_to(here / "absent.pdf")
    os.mkfifo(here / "pipe")
    (here / "folder").mkdir()
    (here / "empty.pdf").write_bytes(b"")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(here / "socket"))
        for dry in (("--dry-run",), ()):
            answer = trial.call(*ADD, str(here / name), *dry, code=2, changes=name == "empty.pdf")
            assert answer.err.splitlines()[0] == f"mou: {here / name} {says}"


def test_a_path_that_leads_elsewhere_gives_the_last_name_alone(trial: Trial, scan: str) -> None:
    (Path(scan).parent / "folder").mkdir()
    roundabout = f"{Path(scan).parent}/folder/../scan.pdf"
    assert trial.call(*ADD, roundabout, changes=True).out == "scan.pdf\n"


def test_a_name_that_is_no_text_is_refused(trial: Trial, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/sc\xffn.pdf"
    Path(os.fsdecode(name)).write_bytes(b"x")
    answer = trial.run(*ADD, name, code=2)
    assert "is not text: it is not in the terminal's encoding" in answer.err


def test_a_name_that_would_steer_the_terminal_is_refused(trial: Trial, write: Write) -> None:
    answer = trial.call(*ADD, write("a\x1b[31mb.pdf", b"x"), code=2)
    assert answer.err == "mou: FILE: the text contains \\x1b, which cannot be stored\n"
    trial.call(*ADD, write("a\x1b[31mb.pdf", b"x"), "--name", "b.pdf", changes=True)


def test_a_file_that_cannot_be_read_is_refused(trial: Trial, scan: str) -> None:
    Path(scan).chmod(0)
    trial.run(*ADD, scan, code=2, powerless=True, says=f"mou: {scan} cannot be read: Permission denied")


def test_a_file_that_grows_while_it_is_read_is_refused(trial: Trial, write: Write) -> None:
    big = write("big.pdf", b"x" * BIG)
    command = [sys.executable, "-c", GROWN_MEANWHILE, big, *ADD, big]
    done = subprocess.run(command, env=trial.environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"mou: {big} changed while it was read\nhint: try again when nobody writes it\n"
    assert (contents(trial), list(folder(trial).iterdir())) == ([], [])
    trial.call(*ADD, big, changes=True)


def test_a_file_that_others_write_is_refused_or_taken_as_it_was_at_one_moment(trial: Trial, write: Write) -> None:
    big = Path(write("big.pdf", b"x" * BIG))
    process = trial.start(*ADD, str(big))
    with big.open("ab", buffering=0) as growing:
        while process.poll() is None:
            growing.write(b"0123456789")
    answer = trial.end(process)
    assert answer.code in {0, 2}
    if answer.code == 0:
        (kept,) = contents(trial)
        assert big.read_bytes().startswith(kept.read_bytes())
    else:
        assert answer.err.startswith(f"mou: {big} changed while it was read\n")
        assert contents(trial) == []
    assert verified(trial.db) == (0, set())


@pytest.mark.parametrize("path", ["/proc/self/status", "/proc/version"])
def test_a_file_that_says_it_is_empty_and_is_not_is_refused(trial: Trial, path: str) -> None:
    assert trial.call(*ADD, path, code=2, changes=True).err.startswith(f"mou: {path} changed while it was read\n")
    assert contents(trial) == []


def test_a_document_that_finds_no_room_is_not_begun(trial: Trial, write: Write) -> None:
    big = write("big.pdf", b"x" * BIG)
    answer = trial.run(*ADD, big, code=6, changes=True, line='ulimit -f 1000 && exec "$@"')
    assert answer.err == f"mou: {folder(trial)} cannot be written: File too large; nothing was recorded\n"
    assert list(folder(trial).iterdir()) == []
    trial.call(*ADD, big, changes=True)


def test_a_record_that_finds_no_room_leaves_only_a_content_that_nothing_mentions(trial: Trial, scan: str) -> None:
    before = trial.sound()
    answer = trial.run(*ADD, scan, code=6, changes=True, line='ulimit -f 2 && exec "$@"')
    assert answer.err.startswith("mou: the register could not be read or written\n")
    assert trial.sound() == before
    assert verified(trial.db) == (0, {"orphaned"})
    trial.call(*ADD, scan, changes=True)
    assert verified(trial.db) == (0, set())


def test_a_folder_that_cannot_be_written_is_told_of(trial: Trial, scan: str) -> None:
    trial.folder.chmod(0o555)
    answer = trial.run(*ADD, scan, code=6, powerless=True)
    assert answer.err == f"mou: {folder(trial)} cannot be written: Permission denied; nothing was recorded\n"
    trial.folder.chmod(0o755)
    trial.call(*ADD, scan, changes=True)
    folder(trial).chmod(0o555)
    other = Path(scan).with_name("other.pdf")
    other.write_bytes(b"other")
    trial.run(*ADD, str(other), code=6, powerless=True)
    # What is there can be read all the same.
    trial.run("doc", "verify", powerless=True)
    trial.run("doc", "open", REF, "-o", str(other), powerless=True)
    folder(trial).chmod(0o755)


def test_a_store_that_is_no_folder_is_told_of(trial: Trial, scan: str) -> None:
    folder(trial).write_text("mine")
    assert trial.call(*ADD, scan, code=6).err.startswith(f"mou: {folder(trial)} cannot be written: ")
    trial.call("doc", "verify")
    trial.call("doc", "prune", "--yes")


def test_a_byte_that_was_changed_is_found_and_the_document_not_opened(trial: Trial, scan: str) -> None:
    trial.call(*ADD, scan, changes=True)
    (kept,) = contents(trial)
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes()[:-1] + b"X")
    answer = trial.call("doc", "verify", code=3)
    assert answer.lines[1].split("\t")[:4] == ["changed", "khazar-miras-2024", REF, "scan.pdf"]
    trial.call("doc", "open", REF, "-o", str(trial.folder.parent / "copy"), code=7)
    assert not (trial.folder.parent / "copy").exists()


@pytest.mark.parametrize("what", ["folder", "link", "pipe"])
def test_what_is_no_content_in_its_place_is_found(trial: Trial, scan: str, what: str) -> None:
    trial.call(*ADD, scan, changes=True)
    (kept,) = contents(trial)
    kept.unlink()
    make: dict[str, Callable[[], object]] = {
        "folder": kept.mkdir,
        "link": lambda: kept.symlink_to(scan),
        "pipe": lambda: os.mkfifo(kept),
    }
    make[what]()
    answer = trial.call("doc", "verify", code=3)
    assert answer.lines[1].startswith("changed\t")
    assert trial.call("doc", "list", "--missing", "--count").out == "1\n"
    trial.call("show", REF)
    assert trial.call("doc", "open", REF, "-o", str(trial.folder.parent / "copy"), code=7).out == ""


def test_a_content_that_cannot_be_read_is_told_of(trial: Trial, scan: str) -> None:
    trial.call(*ADD, scan, changes=True)
    (kept,) = contents(trial)
    kept.chmod(0)
    assert trial.run("doc", "verify", code=3, powerless=True).out.splitlines()[1].startswith("unreadable\t")
    trial.run("doc", "open", REF, "-o", str(trial.folder.parent / "copy"), code=6, powerless=True)
    kept.chmod(0o400)
    kept.parent.chmod(0)
    answer = trial.run("doc", "open", REF, "-o", str(trial.folder.parent / "copy"), code=6, powerless=True)
    assert answer.err == f"mou: {kept} cannot be read: Permission denied\n"
    kept.parent.chmod(0o700)


@pytest.mark.parametrize("digest", ["../../../../etc/passwd", "/etc/passwd", ""])
def test_a_checksum_that_leads_outside_is_not_followed(trial: Trial, digest: str) -> None:
    trial.sql(
        "INSERT INTO agreement_document (agreement, ordinal, file, public, sha256)"
        f" VALUES ('khazar-miras-2024', 1, 'x', 0, '{digest}')"
    )
    copy = trial.folder.parent / "copy"
    for arguments in (("doc", "verify"), ("doc", "list"), ("show", REF, "-f", "json")):
        trial.call(*arguments, code=7 if digest else 0)
    trial.call("doc", "open", REF, "-o", str(copy), code=7 if digest else 4)
    assert not copy.exists()


def test_an_addition_that_is_killed_has_happened_whole_or_not_at_all(bare: Trial, scan: str, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    bare.call("add", "--home", "H", "--new", "--partner", "P", "--country", "NO", changes=True)
    before = bare.sound()
    command = [sys.executable, "-c", KILLED_AT_EVERY_CALL, str(bare.folder), str(copies), "doc", "add", "2025-1", scan]
    done = subprocess.run(command, env=bare.environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "0"
    after = Mou(copies / "0" / "register.db")("export").out
    seen = []
    for number in range(1, len(list(copies.iterdir()))):
        db = copies / str(number) / "register.db"
        exported = Mou(db)("export").out
        assert exported in {before, after}
        code, states = verified(db)
        assert (code, states - {"orphaned"}) == (0, set())
        seen.append((exported == after, "orphaned" in states, bool(list(Path(f"{db}.documents").glob(".*")))))
        _is_tidied(db, is_recorded=exported == after)
    # Neither, half a copy, a whole one that nothing mentions, and both: each was met.
    assert {(False, False, False), (False, False, True), (False, True, False), (True, False, False)} == set(seen)
    assert seen == sorted(seen, key=lambda state: (state[0], state[1], state[2] and not state[1]))


def _is_tidied(db: Path, *, is_recorded: bool) -> None:
    store = Path(f"{db}.documents")
    for path in store.rglob("*"):
        os.utime(path, LONG_AGO)
    Mou(db)("doc", "prune", "--yes")
    assert len(list(store.glob("*/*"))) == is_recorded
    assert list(store.glob(".*")) == []


def test_eight_who_add_the_same_content_at_once_keep_it_once(trial: Trial, scan: str) -> None:
    refs = [f"2025-{number:03}" for number in range(2, 10)]
    processes = [trial.start("doc", "add", ref, scan) for ref in refs]
    answers = [trial.end(process) for process in processes]
    assert [answer.out for answer in answers] == ["scan.pdf\n"] * 8, answers
    assert [path.parent.name + path.name for path in contents(trial)] == [sha256(Path(scan).read_bytes()).hexdigest()]
    assert list(folder(trial).glob(".*")) == []
    assert verified(trial.db) == (0, set())


def test_several_who_add_to_one_agreement_lose_nothing(trial: Trial, write: Write) -> None:
    files = [write(f"{number}.txt", f"content {number}") for number in range(5)]
    processes = [trial.start(*ADD, file) for file in files]
    answers: list[Answer] = [no_traceback(trial.end(process)) for process in processes]
    assert [answer.code for answer in answers] == [0] * 5, answers
    listed = json.loads(trial.call("doc", "list", REF, "-f", "json").out)
    assert sorted(row["file"] for row in listed) == [f"{number}.txt" for number in range(5)]


def test_what_is_pruned_while_it_is_added_again_is_there_afterwards(trial: Trial, scan: str) -> None:
    trial.call(*ADD, scan, changes=True)
    trial.call("doc", "remove", REF, "scan.pdf", "--yes", changes=True)
    with closing(sqlite3.connect(trial.db)) as connection:
        connection.execute("DROP TRIGGER journal_entry_update")
        connection.execute("UPDATE journal_entry SET at = '2017-07-14T00:00:00.000+00:00'")
        connection.commit()
    os.utime(contents(trial)[0], LONG_AGO)
    processes = [trial.start("doc", "prune", "--yes"), trial.start(*ADD, scan)]
    assert [trial.end(process).code for process in processes] == [0, 0]
    assert verified(trial.db) == (0, set())
    assert len(contents(trial)) == 1


# A colleague: a user of their own, in a group that both are in.
COLLEAGUE = """
import os, sys
from pathlib import Path
from mou_cli.store.documents import DocumentStore

user, group = int(sys.argv[1]), int(sys.argv[2])
os.setgroups([group])
os.setresgid(user, user, user)
os.setresuid(user, user, user)
os.umask(0o077)
store = DocumentStore(Path(sys.argv[3]))
for path in sys.argv[4:]:
    with store.receive(Path(path)) as incoming:
        incoming.keep()
print(*(f"{kept.sha256[:4]}:{store.look(kept.sha256)}" for kept in store.contents()))
if user == 60002:
    for kept in list(store.contents()):
        store.remove(kept.sha256)
"""


@ONLY_ROOT
@pytest.mark.parametrize("mode", [0o2770, 0o2775, 0o2750, 0o770, 0o700])
def test_a_folder_of_a_group_is_used_by_all_of_it(mode: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        home.chmod(0o755)
        shared = home / "documents"
        shared.mkdir()
        os.chown(shared, 60001, 60000)
        shared.chmod(mode)
        for each in ("a", "b"):
            (home / each).write_text(each, "utf-8")

        def work(user: int, *files: str) -> subprocess.CompletedProcess[str]:
            said = [str(user), "60000", str(shared), *(str(home / file) for file in files)]
            command = [sys.executable, "-c", COLLEAGUE, *said]
            return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

        first = work(60001, "a")
        assert (first.returncode, first.stdout) == (0, "ca97:sound\n"), first.stderr
        (kept,) = (path for path in shared.rglob("*") if path.is_file())
        is_shared = bool(mode & stat.S_ISGID)
        assert stat.S_IMODE(kept.stat().st_mode) == (0o440 if is_shared else 0o400)
        assert stat.S_IMODE(kept.parent.stat().st_mode) == (0o2700 | mode & 0o070 if is_shared else 0o700)
        second = work(60002, "a", "b")
        if mode & 0o2070 == 0o2070:
            # The same document of a colleague, another one, and both are taken away again.
            assert (second.returncode, second.stdout) == (0, "3e23:sound ca97:sound\n"), second.stderr
            assert list(shared.iterdir()) == []
        else:
            assert second.returncode != 0
            assert kept.read_text("utf-8") == "a"
