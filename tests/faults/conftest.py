"""What every fault test is held to: the exit code, no traceback, a register as it was or as it should be."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT, TODAY, Answer, Mou
from tests.loaded import Process, is_at_home, run

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

# Tests that run in the background are started with interrupts and hang-ups ignored, and a child inherits that: here
# they are what they are for a person at a terminal.
for number, answer in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, answer)

# What nobody else can try, with the reason in README.md.
ONLY_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can try this")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where all faults are to be tried, as in .ci/run, one that cannot be is a failure."""
    report = yield
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    if report.skipped and os.environ.get("CI_FAULTS") == "all" and reason != f"Skipped: {ONLY_ROOT.kwargs['reason']}":
        report.outcome, report.longrepr = "failed", f"not tried: {report.longrepr}"
    return report


MAIN = "from mou_cli.__main__ import main; main()"
# The superuser may write whatever a file's mode says. A process can give that up, and then the modes count for it as
# for anybody else: capset(2), version 3, no capability left. For everybody else this does nothing.
WITHOUT_POWER = f"""
import ctypes, os
if os.geteuid() == 0:
    none = (ctypes.c_uint32 * 6)()
    if ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(0x20080522, 0), none):
        raise SystemExit("the superuser's powers could not be given up")
{MAIN}"""
LONG = 60
MANY = 400


class Trial:
    """The program and one register in a folder of its own. Whatever is run is held to the same demands.

    `run` starts a process, `call` runs in this one, which is ten times faster. The demands: the exit code; nothing that
    looks like a traceback; if `says` is given, exactly that on standard error; and no byte of the folder changed,
    nothing new in it, unless `changes` is set: then the register must be whole and alone.
    """

    def __init__(self, folder: Path, db: Path) -> None:
        self.folder = folder
        self.db = db
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder.parent),
            "MOU_DB": str(db),
            "MOU_TODAY": TODAY,
            "MOU_ACTOR": "tester",
            "MOU_TIMEOUT": "20",
            # A child that may write only so much would leave a broken cache behind for everybody else.
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def command(self, *arguments: str | bytes, powerless: bool = False) -> list[str | bytes]:
        """Give the command line that starts the program, `powerless` without the superuser's powers."""
        return [sys.executable, "-c", WITHOUT_POWER if powerless else MAIN, *arguments]

    def start(self, *arguments: str, env: dict[str, str] | None = None, **named: Any) -> subprocess.Popen[bytes]:
        """Start the program and go on; to be handed to `end`."""
        environment = self.environment | (env or {})
        # What Python itself is told where to find, it reads when it starts.
        if not named and "PYTHONPATH" not in environment:
            return Process(arguments, environment, stdin=subprocess.DEVNULL)
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self.command(*arguments), env=environment, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, **named
        )

    def end(self, process: subprocess.Popen[bytes]) -> Answer:
        """Wait for a process that was started."""
        written = process.communicate(timeout=LONG)
        out, err = (bytes(stream or b"").decode() for stream in written)
        return no_traceback(Answer(process.returncode, out, err))

    def run(
        self,
        *arguments: str | bytes,
        code: int = 0,
        says: str | None = None,
        changes: bool = False,
        powerless: bool = False,
        line: str = "",
        env: dict[str, str] | None = None,
        without: Sequence[str] = (),
        **named: Any,
    ) -> Answer:
        """Run the program as a process; `line` is a line for sh in which "$@" is the program with its arguments.

        With neither that nor anything said of the process it need not be loaded first: it is forked off.
        """
        before = self.files()
        environment = {n: v for n, v in (self.environment | (env or {})).items() if n not in without}
        words = [word for word in arguments if isinstance(word, str)]
        if not line and named.keys() <= {"input"} and words == [*arguments] and is_at_home(environment):
            done: subprocess.CompletedProcess[Any] = run(
                words, environment, WITHOUT_POWER if powerless else MAIN, **named
            )
        else:
            command = self.command(*arguments, powerless=powerless)
            options = {"stdin": subprocess.DEVNULL} if "input" not in named else {}
            done = subprocess.run(
                ["/bin/sh", "-c", line, "sh", *command] if line else command,
                env=environment,
                capture_output=True,
                timeout=LONG,
                check=False,
                **options | named,
            )
        answer = Answer(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
        return self._held(answer, before, code, says, changes=changes)

    def call(
        self, *arguments: str, code: int = 0, says: str | None = None, changes: bool = False, **named: Any
    ) -> Answer:
        """Run a command line in this process."""
        before = self.files()
        return self._held(Mou(self.db).call(*arguments, **named), before, code, says, changes=changes)

    def _held(self, answer: Answer, before: object, code: int, says: str | None, *, changes: bool) -> Answer:
        no_traceback(answer)
        assert answer.code == code, answer
        if says is not None:
            assert answer.err.splitlines() == says.format(db=self.db, folder=self.folder).splitlines()
        if changes:
            self.sound()
        else:
            assert self.files() == before
        return answer

    def files(self) -> dict[str, tuple[str, bytes]]:
        """Give everything in the folder: name to kind, mode and content."""
        found = {}
        for path in sorted(self.folder.rglob("*")):
            status = path.lstat()
            content = b""
            with suppress(PermissionError):  # a test has taken the right away
                content = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
            found[str(path.relative_to(self.folder))] = (stat.filemode(status.st_mode), content)
        return found

    def sound(self) -> str:
        """Give the register as text, after making sure that it is whole and that nothing is left beside it."""
        with closing(sqlite3.connect(f"{self.db.as_uri()}?mode=rw", uri=True)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            connection.execute("INSERT INTO search_index(search_index) VALUES ('integrity-check')")
            connection.rollback()
        for name, (_, content) in self.files().items():
            # SQLite does not mind a journal that was never begun; the next change takes it away.
            if name.startswith((f"{self.db.name}.documents", f"{self.db.name}.backups")):
                continue  # what documents are kept there stands in the register, or does not; a backup is no change
            assert name == self.db.name or (name == f"{self.db.name}-journal" and content[:1] in {b"", b"\0"})
        return Mou(self.db)("export").out

    def sql(self, *statements: str) -> None:
        """Change the register behind the program's back."""
        with closing(sqlite3.connect(self.db, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    def value(self, query: str) -> Any:
        """Give the one value that a query finds."""
        with closing(sqlite3.connect(self.db)) as connection:
            ((value,),) = connection.execute(query)
        return value


def no_traceback(answer: Answer) -> Answer:
    """Make sure that nobody is shown the program's insides."""
    for stream in (answer.out, answer.err):
        assert "Traceback" not in stream, stream
        assert "should not have happened" not in stream, stream
        assert "Exception ignored" not in stream, stream
    return answer


def _folder(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    return folder


@pytest.fixture
def trial(templates: Path, tmp_path: Path) -> Trial:
    """The program on a register with the seeds."""
    folder = _folder(tmp_path, "seeds")
    return Trial(folder, Path(shutil.copy(templates / "seeds.db", folder / "register.db")))


@pytest.fixture
def bare(templates: Path, tmp_path: Path) -> Trial:
    """The program on a register that holds nothing."""
    folder = _folder(tmp_path, "empty")
    return Trial(folder, Path(shutil.copy(templates / "empty.db", folder / "register.db")))


@pytest.fixture
def first(tmp_path: Path) -> Trial:
    """The program before there is a register."""
    folder = _folder(tmp_path, "first")
    return Trial(folder, folder / "register.db")


@pytest.fixture
def old_register() -> bytes:
    """A register as the first program wrote it."""
    return gzip.decompress((ROOT / "tests" / "registers" / "0001.db.gz").read_bytes())


@pytest.fixture
def seed_folder() -> str:
    """The folder of the seeds that come with the program."""
    return str(ROOT / "seeds")


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file with enough agreements that writing them takes a while."""
    lines = ["format: mou/1", "home: [khazar]", "institutions:", "  - {key: khazar, name: Khazar University}"]
    lines += [f"  - {{key: p{n}, name: Partner {n}, country: Norway}}" for n in range(MANY)]
    lines += ["agreements:"]
    lines += [f"  - {{key: a{n}, parties: [khazar, p{n}], signed: 2024-05-01, term: 3y}}" for n in range(MANY)]
    file = tmp_path_factory.mktemp("many") / "many.yaml"
    file.write_text("\n".join(lines), "utf-8")
    return str(file)


@pytest.fixture(scope="session")
def states(templates: Path, many: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The register with the seeds as text, before and after the import of `many`."""
    mou = Mou(Path(shutil.copy(templates / "seeds.db", tmp_path_factory.mktemp("states") / "register.db")))
    before = mou("export").out
    mou("import", many)
    return before, mou("export").out
