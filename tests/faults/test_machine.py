"""What the machine grants and tells: memory, open files, the clock and its zone, a network, packages, files' modes."""

from __future__ import annotations

import ast
import re
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, Answer, Mou
from tests.faults.conftest import no_traceback
from tests.faults.disk import unshared

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.conftest import Trial

    Write = Callable[[str, str | bytes], str]

EDIT = ("edit", "khazar-miras-2024", "--note", "x")
NO_MEMORY = "mou: there is not enough memory\n"
NO_MEMORY_THERE = "mou: the register could not be read: not enough memory\n"
# Where memory ends while it makes an exception of that, or loads a library, Python itself dies now and then: at the
# worst moment once in eighty times.
DEATHS = {-signal.SIGABRT, -signal.SIGSEGV}
# So many kibibytes more than what the interpreter itself has taken.
LITTLE_MEMORY = """
import resource, sys
more = int(sys.argv.pop(1)) * 1024
from mou_cli.__main__ import main
with open("/proc/self/statm") as file:
    taken = int(file.read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (taken + more, taken + more))
main()
"""
WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in lacking:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
lacking = set(sys.argv.pop(1).split(","))
sys.meta_path.insert(0, Absent())
from mou_cli.__main__ import main
main()
"""


def limited(trial: Trial, *command: str | bytes) -> Answer:
    """Run the program where it may well have too little of something; gives the answer of which there is one."""
    before = trial.sound()
    for _attempt in range(3):
        done = subprocess.run(command, env=trial.environment, capture_output=True, text=True, check=False, timeout=60)
        if done.returncode not in DEATHS:
            break
        assert trial.sound() == before
    # What Python's own hashlib logs of a library that there was no room for; it goes on without.
    told = re.sub(r"^ERROR:root:code for hash .*?(?=^mou: )", "", done.stderr, flags=re.MULTILINE | re.DOTALL)
    answer = no_traceback(Answer(done.returncode, done.stdout, told))
    assert answer.code in {0, 6}, answer
    return answer


@pytest.mark.parametrize("more", [200, 1000, 3000, 6000, 8000, 12_000, 18_000, 24_000, 32_000, 48_000])
@pytest.mark.parametrize("arguments", [("list",), EDIT], ids=["list", "edit"])
def test_wherever_memory_ends_it_is_told_in_one_sentence(trial: Trial, arguments: tuple[str, ...], more: int) -> None:
    before = trial.sound()
    answer = limited(trial, sys.executable, "-c", LITTLE_MEMORY, str(more), *arguments)
    if answer.code == 6:
        assert (answer.out, answer.err) in {("", NO_MEMORY), ("", NO_MEMORY_THERE)}
        assert trial.sound() == before
    else:
        assert more > 3000
        assert (trial.sound() != before) == (arguments == EDIT)


# With fewer the interpreter itself does not start.
@pytest.mark.parametrize("files", range(5, 13))
def test_too_few_open_files_are_told_of(trial: Trial, files: int) -> None:
    before = trial.sound()
    line = f'ulimit -n {files} && exec "$@"'
    answer = limited(trial, "/bin/sh", "-c", line, "sh", *trial.command(*EDIT))
    assert answer.code == 0 or "Too many open files" in answer.err or "cannot be opened" in answer.err
    assert (trial.sound() == before) == (answer.code == 6)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Baku", "America/Los_Angeles", "UTC"])
def test_today_is_the_day_where_one_is_and_an_instant_is_of_utc(trial: Trial, zone: str) -> None:
    # Between the first two zones it is never the same day.
    from zoneinfo import ZoneInfo

    env, first = {"TZ": zone}, datetime.now(UTC)
    added = ("add", "--home", "khazar", "--partner", "miras", "--signed", "today", "-f", "json")
    row = trial.run(*added, env=env, without=["MOU_TODAY"], changes=True).json
    last = datetime.now(UTC)
    assert row["signed_on"] in {f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d}" for moment in (first, last)}
    at = trial.value("SELECT at FROM journal_entry ORDER BY id DESC LIMIT 1")
    assert at.endswith("+00:00")
    assert first - timedelta(milliseconds=1) <= datetime.fromisoformat(at) <= last


def test_a_clock_that_was_put_back_changes_nothing_in_the_order(trial: Trial) -> None:
    # As a machine whose clock was wrong would have recorded it.
    trial.sql(
        "INSERT INTO journal_entry (at, actor, action) VALUES ('2999-01-01T00:00:00.000+00:00', 'early', 'edit x')"
    )
    trial.call(*EDIT, changes=True)
    actors = [row["actor"] for row in Mou(trial.db).json("log")]
    assert actors[:2] == ["tester", "early"]
    assert "undone: entry 3, " in trial.call("undo", changes=True).err


@pytest.mark.parametrize(
    ("today", "ends"), [("2024-02-29", "2025-02-27"), ("2024-12-31", "2025-12-30"), ("2025-02-28", "2026-02-27")]
)
def test_a_year_from_the_last_days_of_a_month_is_a_year(trial: Trial, today: str, ends: str) -> None:
    added = ("add", "--home", "khazar", "--partner", "miras", "--signed", "today", "--starts", "signed", "--term", "1y")
    row = trial.call(*added, "-f", "json", env={"MOU_TODAY": today}, changes=True).json
    assert (row["starts_on"], row["ends_on"]) == (today, ends)
    shown = [
        trial.call("show", row["ref"], "--as-of", day, "-f", "json").json["status"] for day in (ends, "2027-01-01")
    ]
    assert shown == ["active", "expired"]


def test_no_command_needs_a_network(trial: Trial, write: Write) -> None:
    alone = unshared("net")
    scan = write("scan.pdf", b"%PDF-1.4")
    for arguments in (
        ("list",),
        ("export",),
        ("import", str(ROOT / "seeds"), "--overwrite"),
        ("doc", "add", "2025-002", "https://example.org/news"),
        ("doc", "add", "2025-002", scan),
        ("check",),
        ("db", "check"),
    ):
        answer = trial.run(
            *arguments,
            changes=arguments[0] in {"import", "doc"},
            line=f'{" ".join(alone)} "$@" || test $? = 3',
        )
        assert answer.err.count("mou: ") == 0, answer


def test_a_package_that_was_not_installed_is_named(trial: Trial) -> None:
    line = f'shift 3; exec {sys.executable} -c "$WITHOUT" psycopg "$@"'
    url = "postgresql://nobody@localhost/register"
    says = "mou: a register on a PostgreSQL server needs one more package\nhint: pip install 'mou-cli[postgresql]'"
    for arguments in (("list",), EDIT):
        trial.run(*arguments, "--db", url, line=line, env={"WITHOUT": WITHOUT}, code=2, says=says)
    assert trial.run("list", "--count", line=line, env={"WITHOUT": WITHOUT}).out == "134\n"


def test_nothing_depends_on_what_an_optimising_interpreter_leaves_out() -> None:
    for path in sorted((ROOT / "mou_cli").rglob("*.py")):
        lines = path.read_text("utf-8").splitlines()
        found = [node for node in ast.walk(ast.parse("\n".join(lines))) if isinstance(node, ast.Assert)]
        assert [lines[n.lineno - 1] for n in found if "for the type checker" not in lines[n.lineno - 1]] == [], path


@pytest.mark.parametrize("optimised", ["1", "2"])
def test_an_optimising_interpreter_refuses_and_records_the_same(trial: Trial, optimised: str) -> None:
    env = {"PYTHONOPTIMIZE": optimised}
    expected = trial.call("list", "-f", "json").out
    assert trial.run("list", "-f", "json", env=env).out == expected
    for arguments, code in (
        (("edit", "khazar-miras-2024", "--signed", "2024-02-30"), 2),
        (("edit", "nothing", "--note", "x"), 4),
        (("import", "nothing.yaml"), 2),
    ):
        assert trial.run(*arguments, code=code, env=env).err == trial.call(*arguments, code=code).err
    trial.run(*EDIT, changes=True, env=env)
    assert "note: x" in trial.sound()


def test_whatever_is_written_is_its_owners_alone_even_without_a_mask(
    first: Trial, seed_folder: str, write: Write
) -> None:
    line, scan = 'umask 000; exec "$@"', write("scan.pdf", b"%PDF-1.4")
    for arguments in (
        ("import", seed_folder),
        ("doc", "add", "2025-002", scan),
        ("backup",),
        ("export", str(first.folder / "all.yaml")),
        ("list", "-o", str(first.folder / "list.csv")),
        ("list", "-o", str(first.folder / "list.xlsx")),
        ("partner", "merge", "uib", "uis", "--yes"),
    ):
        environment = first.environment | {"XDG_CONFIG_HOME": str(first.folder / "config")}
        command = ["/bin/sh", "-c", line, "sh", *first.command(*arguments)]
        subprocess.run(command, env=environment, capture_output=True, check=True)
    found = {path: stat.S_IMODE(path.lstat().st_mode) for path in first.folder.rglob("*")}
    assert {path.name for path in found} >= {"register.db", "all.yaml", "list.csv", "list.xlsx"}
    assert {str(path): oct(mode) for path, mode in found.items() if mode & 0o077} == {}


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.zip"])
@pytest.mark.parametrize(
    "content", [b"PK\3\4" + bytes(400), b"PK\5\6" + bytes(18), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9]
)
def test_a_workbook_or_an_archive_is_not_opened(bare: Trial, write: Write, name: str, content: bytes) -> None:
    file = write(name, content)
    for arguments in (("import", file), ("add", "--from", file)):
        assert bare.call(*arguments, code=3).err.startswith(f"{file}")


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>',
        "<!DOCTYPE x PUBLIC '-//X' 'http://example.org/x.dtd'><x/>",
    ],
)
def test_xml_is_not_read(bare: Trial, write: Write, text: str) -> None:
    file = write("a.xml", text)
    for arguments in (("import", file), ("add", "--from", file)):
        answer = bare.call(*arguments, code=3)
        assert answer.err.startswith(f"{file}:1:")
        assert "root:" not in answer.err


def test_a_register_that_others_can_read_is_told_of(trial: Trial) -> None:
    trial.db.chmod(0o644)
    answer = trial.call("db", "check", "-f", "json", code=3)
    assert [row["code"] for row in answer.json] == ["open-to-all"]
    assert answer.json[0]["hint"] == f"`chmod go-rwx {trial.db}` keeps others out"
    Path(trial.db).chmod(0o600)
    assert trial.call("db", "check").out == ""
