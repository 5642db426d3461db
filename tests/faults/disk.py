"""A disk of its own for one run of the program, and a machine without a network: in namespaces, as root or not."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Answer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.conftest import Trial

# Whoever has not root's powers has them in a namespace of one's own, as far as this needs them.
AS_ROOT = ((), ("--user", "--map-root-user"))
# The folder is covered by the disk, filled from what it held, and what is on the disk in the end is kept.
ON_DISK = """
mount -t tmpfs -o "size=$SIZE,mode=700" mou "$FOLDER" && cp -a "$KEPT/." "$FOLDER" && mkdir "$LEFT" || exit 99
[ "$MODE" = rw ] || mount -o "remount,bind,$MODE" "$FOLDER" || exit 99
cd "$FOLDER" || exit 99
"$@"
code=$?
cp -a "$FOLDER/." "$LEFT"
exit $code
"""


def unshared(*what: str) -> list[str]:
    """Give the beginning of a command in namespaces of its own; skips the test where that is not allowed."""
    for user in AS_ROOT:
        command = ["unshare", *user, *(f"--{name}" for name in what)]
        if (
            shutil.which("unshare")
            and not subprocess.run([*command, "true"], check=False, capture_output=True).returncode
        ):
            return command
    pytest.skip("this machine allows no namespaces")


def on_a_disk(trial: Trial, *arguments: str, room: int, mode: str = "rw") -> tuple[Answer, Path]:
    """Run the program with its folder on a disk that has room for so many more kibibytes; gives what is left there."""
    kept, left = trial.folder.with_name("kept"), trial.folder.with_name("left")
    for folder in (kept, left):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(trial.folder, kept)
    # A disk has whole pages, and some for its names.
    size = sum(-(-path.stat().st_size // 4096) * 4096 for path in kept.rglob("*")) // 1024 + room
    told = {"SIZE": f"{size}k", "MODE": mode, "FOLDER": str(trial.folder), "KEPT": str(kept), "LEFT": str(left)}
    done = subprocess.run(
        [*unshared("mount"), "/bin/sh", "-c", ON_DISK, "sh", *trial.command(*arguments)],
        env=trial.environment | told,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode != 99, done.stderr
    return Answer(done.returncode, done.stdout, done.stderr), left
