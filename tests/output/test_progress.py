"""How far an import or an export is: on a terminal, from its second second on, and gone in the end."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import redirect_stderr
from io import BytesIO, StringIO, TextIOWrapper
from typing import TYPE_CHECKING

import pytest

from mou_cli.catalogue import translate
from mou_cli.output.progress import progress
from tests.conftest import TODAY, Mou
from tests.output.streams import Terminal
from tests.terminal import open_program, open_terminal, see_the_end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ERASE = "\r\x1b[K"


class Clock:
    """A clock that is set by the test."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm")
    return Terminal()


def reading(language: str) -> str:
    return translate("Reading", language)


def test_nothing_is_said_in_the_first_second(terminal: Terminal) -> None:
    clock = Clock()
    with redirect_stderr(terminal), progress(lambda: "en", clock=clock) as line:
        tick = line.stage(reading, 1000)
        tick(10)
        clock.now += 0.99
        tick(10)
    assert terminal.getvalue() == ""


def test_the_line_tells_how_far_it_is_and_goes(terminal: Terminal) -> None:
    clock = Clock()
    with redirect_stderr(terminal), progress(lambda: "en", clock=clock) as line:
        tick = line.stage(reading, 20_000_000, in_bytes=True)
        clock.now += 1.5
        tick(4_000_000)
        tick(1_000_000)  # too soon after the line before
        clock.now += 0.2
        tick(4_000_000)
        tick = line.stage(lambda language: translate("Writing", language), 12_345)
        clock.now += 0.2
        tick(12_344)
        clock.now += 0.2
        tick(9)
    bar = "━" * 30
    assert terminal.getvalue().split(ERASE) == [
        "",
        f"Reading  {bar[:6]}{'╌' * 24}  20 %  4.0 MB / 20.0 MB",
        f"Reading  {bar[:13]}{'╌' * 17}  45 %  9.0 MB / 20.0 MB",
        f"Writing  {bar[:29]}╌  99 %  12,344 / 12,345",
        f"Writing  {bar} 100 %  12,353 / 12,345",
        "",
    ]


def finishing(language: str) -> str:
    return translate("Finishing", language)


def test_what_cannot_be_counted_is_told_at_once_but_not_in_the_first_second(terminal: Terminal) -> None:
    clock = Clock()
    with redirect_stderr(terminal), progress(lambda: "az", clock=clock) as line:
        clock.now += 0.9
        line.finish(finishing)
        clock.now += 0.2
        line.stage(reading, 2)(2)
        line.finish(finishing)  # soon after the line before, and the last of all
    assert terminal.getvalue() == f"{ERASE}Oxunur  {'━' * 30} 100 %  2 / 2{ERASE}Tamamlanır{ERASE}"


def test_where_the_whole_is_not_known_it_counts(terminal: Terminal) -> None:
    clock = Clock()
    with redirect_stderr(terminal), progress(lambda: "az", clock=clock) as line:
        clock.now += 2
        line.stage(reading)(1234)
    assert terminal.getvalue() == f"{ERASE}Oxunur  1.234{ERASE}"


def test_a_narrow_terminal_has_no_bar_and_no_second_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for width, shown in ((70, "Reading  ━━━"), (40, "Reading  500,000 / 1,000,000"), (20, "Reading  500,000 / ")):
        terminal, clock = Terminal(width), Clock()
        with redirect_stderr(terminal), progress(lambda: "en", clock=clock) as line:
            clock.now += 2
            line.stage(reading, 1_000_000)(500_000)
        _before, drawn, after = terminal.getvalue().split(ERASE)
        assert drawn.startswith(shown)
        assert len(drawn) < width
        assert after == ""


def test_an_encoding_without_bars_has_others(monkeypatch: pytest.MonkeyPatch) -> None:
    class Latin(TextIOWrapper):
        def isatty(self) -> bool:
            return True

    raw, clock = BytesIO(), Clock()
    terminal = Latin(raw, encoding="latin-1")
    monkeypatch.setenv("TERM", "xterm")
    with redirect_stderr(terminal), progress(lambda: "en", clock=clock) as line:
        clock.now += 2
        line.stage(reading, 2)(1)
    assert raw.getvalue().decode("latin-1") == f"{ERASE}Reading  {'#' * 15}{'.' * 15}  50 %  1 / 2{ERASE}"


@pytest.mark.parametrize(
    ("stream", "kind", "quiet"),
    [(Terminal(), "dumb", False), (StringIO(), "xterm", False), (Terminal(), "xterm", True)],
)
def test_nobody_is_told_where_nobody_looks(
    monkeypatch: pytest.MonkeyPatch, stream: StringIO, kind: str, *, quiet: bool
) -> None:
    clock = Clock()
    monkeypatch.setenv("TERM", kind)

    def asked() -> str:
        raise AssertionError("the language matters to nobody")

    with redirect_stderr(stream), progress(asked, quiet=quiet, clock=clock) as line:
        clock.now += 2
        line.stage(reading, 2)(1)
    assert stream.getvalue() == ""


def test_an_error_finds_a_clean_line(terminal: Terminal) -> None:
    clock = Clock()

    def fail() -> None:
        with redirect_stderr(terminal), progress(lambda: "en", clock=clock) as line:
            clock.now += 2
            line.stage(reading, 2)(1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert terminal.getvalue().endswith(ERASE)


HEAD = b"format: mou/1\nhome: [adu]\ninstitutions:\n  - {key: adu, name: Advent University}\n"
MORE = b"# nothing that would be recorded\n" * 2000


class Import:
    """An import on a terminal, of a file that goes on for as long as the test wants."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.db, fifo = folder / "slow.db", folder / "slow.yaml"
        os.mkfifo(fifo)
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "MOU_DB": str(self.db), "MOU_TODAY": TODAY}
        environment |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        self.child = open_program(["import", str(fifo)], environment | env)
        self._is_over = threading.Event()
        self._writer = threading.Thread(target=self._write, args=(fifo,), daemon=True)
        self._writer.start()

    def _write(self, fifo: Path) -> None:
        with fifo.open("wb", buffering=0) as stream:
            stream.write(HEAD)
            try:
                while not self._is_over.wait(0.01):
                    stream.write(MORE)
            except BrokenPipeError:
                return

    def end(self) -> str:
        """Let the file end, and give all that came since the last look."""
        self._is_over.set()
        self._writer.join(30)
        return see_the_end(self.child)


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Callable[..., Import]]:
    started: list[Import] = []

    def start(**env: str) -> Import:
        started.append(Import(tmp_path, **env))
        return started[-1]

    yield start
    for each in started:
        if not each.child.closed:
            each.end()


def test_an_import_that_takes_long_tells_how_much_it_has_read(slow: Callable[..., Import]) -> None:
    running = slow()
    running.child.expect(r"\r\x1b\[KReading  [0-9]+\.[0-9] MB")
    rest = running.end()
    assert rest.endswith(f"{ERASE}Finishing{ERASE}added: 1 institution\r\n")
    assert running.child.exitstatus == 0
    assert len(Mou(running.db).json("partner", "list")) == 1


def test_an_interrupt_leaves_a_clean_line_and_no_register(slow: Callable[..., Import]) -> None:
    running = slow(MOU_LANG="az")
    running.child.expect(r"\r\x1b\[KOxunur  [0-9]")
    running.child.sendintr()
    rest = running.end()
    assert rest.endswith(f"{ERASE}mou: interrupted\r\n")
    assert running.child.exitstatus == 130
    assert not running.db.exists()


def test_every_byte_and_record_is_told_of(seeded: Mou, tmp_path: Path) -> None:
    from datetime import date

    from mou_cli.formats.exporting import count_records, count_told, export
    from mou_cli.formats.importing import Import as Wanted
    from mou_cli.formats.importing import Watch, import_files, size_of
    from mou_cli.store.location import Location
    from mou_cli.store.opening import open_reader

    exported = tmp_path / "all.yaml"
    told: list[int] = []
    with open_reader(seeded.location, 5) as reader, exported.open("w", encoding="utf-8") as stream:
        counts = count_records(reader)
        number = count_told(reader, counts)
        export(reader, stream, told.append)
    assert list(counts.values()) == [143, 1, 134, 1, 0]
    assert sum(told) == number == 143 + 1 + 134 + 1 + 11
    files = (str(exported),)
    wanted = Wanted(files, Location(path=tmp_path / "again.db"), 5, "tester", date.fromisoformat(TODAY))
    read: list[int] = []
    written: list[int] = []
    expected: list[int] = []

    def writing(records: int) -> Callable[[int], None]:
        expected.append(records)
        return written.append

    ended: list[int] = []
    watch = Watch(read.append, writing, lambda: ended.append(sum(written)))
    import_files(wanted, dry_run=True, watch=watch)
    assert ended == []
    read.clear()
    written.clear()
    import_files(wanted, dry_run=False, watch=watch)
    assert ended == [sum(written)]
    assert sum(read) == size_of(files) == exported.stat().st_size
    assert sum(written) == expected[0] == number
    assert size_of(("-",)) is None


# Says how far it is from the first moment on, and each time.
IMPATIENT = """
from mou_cli.output import progress
progress._PATIENCE = progress._PAUSE = 0.0
from mou_cli.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("command", "told", "rest"),
    [
        ("check", ["Checking", "23 / 23"], " hint"),
        ("log --verify", ["Verifying  290", "Comparing  290"], "1 entry, none was changed from outside"),
        ("list -o {file}", ["Writing  134"], "134 lines written to"),
        ("undo 1 --yes", ["Writing", "100 %  290 / 290", "Finishing"], "undone: entry 1, "),
        ("undo 1 --dry-run", ["Checking", "100 %  290 / 290"], "remove institution ada"),
    ],
)
def test_what_goes_through_a_whole_register_tells_how_far_it_is(
    seeds: Mou, tmp_path: Path, command: str, told: list[str], rest: str
) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "MOU_DB": str(seeds.location),
        "MOU_TODAY": TODAY,
    }
    environment |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    words = command.format(file=tmp_path / "all.csv").split()
    child = open_terminal([sys.executable, "-c", IMPATIENT, *words], environment)
    shown, _, last = see_the_end(child).rpartition(ERASE)
    assert [text for text in told if text not in shown] == []
    assert rest in last
