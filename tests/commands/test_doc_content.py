"""`mou doc verify`, `open` and `prune`: the contents of documents."""

from __future__ import annotations

import os
import stat
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.papers import DIGEST, KEY, OLD, PDF, REF, age, folder, kept, place, spoil

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commands.conftest import Write
    from tests.conftest import Mou, Process


def test_everything_is_as_it_was_added(seeds: Mou, scan: str) -> None:
    assert seeds("doc", "verify", "-f", "table").err == "0 documents are as they were added\n"
    seeds("doc", "add", REF, scan)
    answer = seeds("doc", "verify", "-f", "table")
    assert (answer.out, answer.err) == ("", "1 document is as it was added\n")
    assert seeds.json("doc", "verify", REF) == []


def test_what_is_missing_changed_or_mentioned_by_nothing_is_found(seeds: Mou, scan: str, write: Write) -> None:
    seeds("doc", "add", REF, scan)
    for ref, name in (("2025-003", "lost.txt"), ("2025-004", "gone.txt"), ("2025-005", "sound.txt")):
        seeds("doc", "add", ref, write(name, name))
    spoil(place(seeds))
    place(seeds, sha256(b"lost.txt").hexdigest()).unlink()
    seeds("doc", "remove", "2025-004", "gone", "--yes")
    answer = seeds.call("doc", "verify", "-f", "json")
    assert answer.code == 3
    assert [(row["state"], row["ref"], row["file"], row["size"]) for row in answer.json] == [
        ("changed", REF, "scan.pdf", len(PDF)),
        ("missing", "2025-003", "lost.txt", 8),
        ("orphaned", None, None, 8),
    ]
    assert answer.err == "2 documents are not as they were added\n"
    assert seeds.json("doc", "verify", "2025-005") == []


def test_a_copy_is_written_of_what_is_sound(seeds: Mou, scan: str, tmp_path: Path) -> None:
    seeds("doc", "add", REF, scan)
    copy = tmp_path / "copy.pdf"
    seeds("doc", "open", REF, "SCAN", "--output", str(copy))
    assert (copy.read_bytes(), stat.S_IMODE(copy.stat().st_mode)) == (PDF, 0o600)
    copy.write_text("as it was")
    spoil(place(seeds))
    answer = seeds.fails(7, "doc", "open", REF, "-o", str(copy))
    assert answer.err == (
        f"mou: the content {DIGEST} is not what was put into {folder(seeds)}\nhint: `mou doc verify` lists all such\n"
    )
    assert copy.read_text() == "as it was"
    place(seeds).unlink()
    assert seeds.fails(7, "doc", "open", REF, "-o", str(copy)).err.startswith(
        f"mou: the content {DIGEST} is missing from {folder(seeds)}\n"
    )


OPENER = """#!/bin/sh
echo "$@"
case "$1" in /*) cat "$1"; exec >&2; cd "${1%/*}" && ls;; esac
"""


@pytest.fixture
def opened(tmp_path: Path, seeds: Mou, process: Process) -> Callable[..., Any]:
    """Open a document with a program that tells what it was given."""
    program = tmp_path / "my opener"
    program.write_text(OPENER)
    program.chmod(0o700)
    folder = tmp_path / "tmp"
    folder.mkdir()

    def run(*arguments: str, opener: str = f"'{program}'") -> Any:
        env = seeds.environment | {"MOU_OPENER": opener, "TMPDIR": str(folder)}
        return process("doc", "open", *arguments, env=env)

    return run


def test_a_document_is_opened_under_its_own_name(seeds: Mou, scan: str, opened: Any, tmp_path: Path) -> None:
    seeds("doc", "add", REF, scan, "--name", "Signed, 2024.pdf")
    done = opened(REF)
    path, _, content = done.stdout.partition(b"\n")
    assert content == PDF
    assert Path(path.decode()).name == "Signed, 2024.pdf"
    assert Path(path.decode()).is_relative_to(tmp_path / "tmp")
    assert stat.S_IMODE(Path(path.decode()).parent.stat().st_mode) == 0o700
    assert (done.returncode, done.stderr) == (0, b"Signed, 2024.pdf\n")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("../../../etc/cron.d/x", "x"), ("..", "document"), (r"C:\a\b.pdf", "b.pdf"), ("ə" * 200, "ə" * 127)],
)
def test_no_name_leads_outside(seeds: Mou, opened: Any, write: Write, scan: str, name: str, shown: str) -> None:
    seeds("doc", "add", "2025-003", scan)
    item = f'{{file: "{name}", sha256: {DIGEST}}}'.replace("\\", "\\\\")
    seeds("import", write("x.yaml", f"format: mou/1\nagreements: [{{key: {KEY}, documents: [{item}]}}]\n"))
    done = opened(REF)
    assert (done.returncode, done.stderr.decode()) == (0, f"{shown}\n")


def test_what_is_not_sound_is_not_opened(seeds: Mou, scan: str, opened: Any, tmp_path: Path) -> None:
    seeds("doc", "add", REF, scan)
    spoil(place(seeds))
    done = opened(REF)
    assert (done.returncode, done.stdout) == (7, b"")
    assert list((tmp_path / "tmp").iterdir()) == []


def test_an_address_is_opened_and_not_fetched(seeds: Mou, opened: Any, tmp_path: Path) -> None:
    seeds("doc", "add", REF, "https://example.org/x?a=b")
    assert opened(REF).stdout == b"https://example.org/x?a=b\n"
    refused = seeds.fails(2, "doc", "open", REF, "-o", str(tmp_path / "x"))
    assert refused.err == "mou: https://example.org/x?a=b is an address; nothing is fetched from it\n"


def test_what_cannot_be_opened_is_said(seeds: Mou, scan: str, opened: Any) -> None:
    assert seeds.fails(4, "doc", "open", REF).err == (
        f"mou: agreement {REF} has no documents\nhint: `mou doc add` adds one\n"
    )
    seeds("doc", "add", REF, scan)
    seeds("doc", "add", REF, "--paper", "binder 12")
    assert seeds.fails(5, "doc", "open", REF).err == (
        f"mou: agreement {REF} has several documents: scan.pdf; binder 12\nhint: say which\n"
    )
    assert seeds.fails(4, "doc", "open", REF, "binder").err == "mou: the document is on paper alone: binder 12\n"
    assert seeds.fails(4, "doc", "open", REF, "scam.pdf").err == (
        f"mou: agreement {REF} has no document 'scam.pdf'\nhint: did you mean scan.pdf?\n"
    )
    done = opened(REF, "scan", opener="false")
    assert (done.returncode, done.stderr) == (1, b"mou: false ended with exit code 1\n")
    killed = opened(REF, "scan", opener=f"{sys.executable} -c 'import os; os.kill(os.getpid(), 9)'")
    assert (killed.returncode, killed.stderr) == (1, f"mou: {sys.executable} was ended by signal 9\n".encode())
    missing = opened(REF, "scan", opener="no-such-program")
    assert missing.returncode == 2
    assert missing.stderr.startswith(b"mou: MOU_OPENER")


def test_an_opener_of_blanks_is_none(seeds: Mou, scan: str, process: Process) -> None:
    seeds("doc", "add", REF, scan)
    done = process("doc", "open", REF, env=seeds.environment | {"MOU_OPENER": " ", "PATH": "/nowhere"})
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, b"mou: nothing is there that opens documents")


def test_pruning_spares_what_is_mentioned_and_what_was_of_late(seeds: Mou, scan: str, write: Write) -> None:
    seeds("doc", "add", REF, scan)
    seeds("doc", "add", REF, write("removed.txt", "removed"))
    seeds("doc", "remove", REF, "removed", "--yes")
    orphan = folder(seeds) / "ab" / ("cd" * 31)
    orphan.parent.mkdir()
    orphan.write_bytes(b"orphan")
    # Only just stored, it may belong to an addition that is still going on.
    assert seeds("doc", "prune", "--yes").err == "nothing was removed\n"
    age(seeds)
    assert [row["sha256"] for row in seeds.json("doc", "prune", "--dry-run")] == ["ab" + "cd" * 31]
    assert orphan.exists()
    refused = seeds.fails(2, "doc", "prune")
    assert refused.err == "mou: removing contents has to be confirmed\nhint: say --yes\n"
    assert seeds("doc", "prune", "--yes").err == "1 content removed (6 B)\n"
    assert not orphan.parent.exists()
    assert kept(seeds) == sorted([DIGEST, sha256(b"removed").hexdigest()])


def test_pruning_forgets_what_was_removed_long_ago(seeds: Mou, scan: str) -> None:
    seeds("doc", "add", REF, scan)
    seeds("doc", "remove", REF, "scan", "--yes")
    age(seeds)
    seeds.spoil("UPDATE journal_entry SET at = '2017-07-14T00:00:00.000+00:00'")
    assert seeds("doc", "prune", "--older", "100y", "--yes").err == "nothing was removed\n"
    assert seeds("doc", "prune", "--yes").err == "1 content removed (16 B)\n"
    assert kept(seeds) == []


def test_pruning_takes_what_a_program_that_died_has_left(seeds: Mou, scan: str) -> None:
    seeds("doc", "add", REF, scan)
    old, new = folder(seeds) / ".0123456789abcdef.tmp", folder(seeds) / ".0123456789abcdee.tmp"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, OLD)
    theirs = folder(seeds) / "notes.txt"
    theirs.write_text("mine")
    os.utime(theirs, OLD)
    assert seeds("doc", "verify").code == 0
    seeds("doc", "prune", "--yes")
    assert (old.exists(), new.exists(), theirs.exists()) == (False, True, True)


def test_a_length_that_is_none_is_refused(seeds: Mou) -> None:
    assert seeds.fails(2, "doc", "prune", "--older", "soon").err == (
        'mou: --older: "soon" is not a length: write 3y, 18m, 1y6m or 90d\n'
    )


def test_an_addition_that_is_undone_leaves_its_content_until_it_is_pruned(seeds: Mou, scan: str) -> None:
    seeds("doc", "add", REF, scan)
    seeds("undo")
    assert (seeds.json("doc", "list", REF), kept(seeds)) == ([], [DIGEST])
    age(seeds)
    seeds("doc", "prune", "--yes")
    seeds("redo")
    assert seeds.json("doc", "list", REF)[0]["stored"] == "yes"
    assert seeds.json("doc", "verify") == []
