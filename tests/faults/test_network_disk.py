"""A register that is made on a network file system: told once, and whenever somebody asks how it is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Answer, Mou
from tests.faults.conftest import no_traceback
from tests.faults.disk import unshared

if TYPE_CHECKING:
    from collections.abc import Callable

    Far = Callable[..., Answer]

pytestmark = pytest.mark.file_only("a server's files are its own")
TOLD = "the register is on a network file system: nfs4; keep it on a disk of this machine: locks may not hold there\n"
# The program's own table of mounts is covered by one in which its folder is on another machine.
FAR = 'mount --bind "$MOUNTS" "/proc/$$/mountinfo" && exec "$@"'
SEED = "format: mou/1\ninstitutions:\n  - {key: fjord, name: Fjord}\n"


@pytest.fixture
def far(tmp_path: Path) -> Far:
    """Run the program where the test's folder is on a network file system."""
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"22 1 254:0 / / rw - ext4 /dev/vda1 rw\n30 22 0:26 / {tmp_path} rw shared:2 - nfs4 server:/home rw\n", "utf-8"
    )

    def run(*arguments: str, env: dict[str, str] | None = None) -> Answer:
        program = Mou(tmp_path / "register.db")
        done = subprocess.run(
            [*unshared("mount"), "/bin/sh", "-c", FAR, "sh", *start(*arguments)],
            env=program.environment | {"PATH": os.environ["PATH"], "MOUNTS": str(mounts)} | (env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return no_traceback(Answer(done.returncode, done.stdout, done.stderr))

    return run


def start(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from mou_cli.__main__ import main; main()", *arguments]


def test_whoever_makes_a_register_on_a_network_disk_is_told_once(far: Far, tmp_path: Path) -> None:
    assert far("partner", "add", "Fjord", "--new", "--dry-run").err == ""
    assert far("partner", "add", "Fjord", "--new") == Answer(0, "fjord\n", TOLD)
    assert far("partner", "add", "Lake", "--new") == Answer(0, "lake\n", "")
    assert far("partner", "list", "--count") == Answer(0, "2\n", "")
    (tmp_path / "seed.yaml").write_text(SEED, "utf-8")
    other = {"MOU_DB": str(tmp_path / "other.db")}
    assert far("import", str(tmp_path / "seed.yaml"), env=other).err == f"{TOLD}added: 1 institution\n"
    assert far("import", str(tmp_path / "seed.yaml"), env=other).err == "nothing changed\n"


def test_a_register_that_is_copied_or_restored_onto_a_network_disk_is_told_of(far: Far, tmp_path: Path) -> None:
    own, copy, again = (str(tmp_path / f"{name}.db") for name in ("register", "copy", "again"))
    Mou(Path(own))("partner", "add", "Fjord", "--new")
    answer = far("db", "copy", own, copy)
    assert (answer.code, answer.err.splitlines(keepends=True)[0]) == (0, TOLD)
    answer = far("restore", own, "--yes", env={"MOU_DB": again})
    assert (answer.code, TOLD in answer.err) == (0, True)
    assert TOLD not in far("restore", own, "--yes", env={"MOU_DB": again}).err
    # A backup is meant to lie elsewhere, and nobody locks it.
    assert TOLD not in far("backup", str(tmp_path / "safe.db")).err


def test_how_a_register_on_a_network_disk_is_kept_is_shown_with_its_place(far: Far, tmp_path: Path) -> None:
    mou = Mou(tmp_path / "register.db")
    mou("partner", "add", "Fjord", "--new")
    assert mou.json("db", "status")["network"] is None
    assert '"network": "nfs4"' in far("db", "status", "-f", "json").out
    lines = far("db", "status", "-f", "table", env={"COLUMNS": "200"}).lines
    assert f"Network                {TOLD.strip()}" in lines
    assert [line for line in far("db", "check", "-f", "tsv").lines if line.startswith("network\twarning\tnfs4\t")]
