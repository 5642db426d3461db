"""A terminal, and an editor that takes steps, for the tests of what is written in an editor."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING

from tests.conftest import Answer
from tests.terminal import PROGRAM, open_program, open_terminal, see_the_end

if TYPE_CHECKING:
    from pathlib import Path

    import pexpect

    from tests.conftest import Mou

# Takes one step each time it is opened: Python in which `text` is the file's text. A further opening changes nothing.
EDITOR = """
import json, os, signal, subprocess, sys, time
path, steps = sys.argv[-1], json.load(open(sys.argv[1] + "/steps.json"))
folder = sys.argv[1]
number = len([name for name in os.listdir(folder) if name.startswith("seen-")])
text = before = open(path, encoding="utf-8").read()
open(f"{folder}/seen-{number}.yaml", "w", encoding="utf-8").write(text)
open(f"{folder}/path", "w").write(path)
if number < len(steps):
    exec(steps[number])
if text != before:
    open(path, "w", encoding="utf-8").write(text)
"""
KEPT = re.compile(r"what was written is kept in (\S+)\n")


class Desk:
    """A terminal at which a person edits records of one register."""

    def __init__(self, mou: Mou, folder: Path) -> None:
        self.mou = mou
        self.folder = folder
        self.home = folder / "home"
        self.notes = folder / "notes"
        for place in (self.home, self.notes):
            place.mkdir()
        self.script = folder / "editor.py"
        self.script.write_text(EDITOR, "utf-8")
        self.editor = f"{sys.executable} {self.script} {self.notes}"
        self.environment = mou.environment | {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "EDITOR": self.editor,
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm",
        }

    def start(self, *arguments: str, steps: tuple[str, ...] = (), into: str = "", **env: str) -> pexpect.spawn[str]:
        """Start the program on a terminal, its standard output in a file if `into` names one."""
        for seen in self.notes.glob("seen-*"):
            seen.unlink()
        (self.notes / "steps.json").write_text(json.dumps(steps), "utf-8")
        environment = {name: value for name, value in (self.environment | env).items() if value}
        if not into:
            return open_program(arguments, environment, columns=400)
        line = ["/bin/sh", "-c", 'into=$1; shift; exec "$@" > "$into"', "sh", str(self.folder / into)]
        return open_terminal([*line, *PROGRAM, *arguments], environment, columns=400)

    def edit(self, *arguments: str, steps: tuple[str, ...] = (), code: int = 0, **env: str) -> Answer:
        """Run a command on a terminal; what is shown there is `err`."""
        return self.end(self.start(*arguments, steps=steps, **env), code)

    @staticmethod
    def end(child: pexpect.spawn[str], code: int = 0) -> Answer:
        """Wait for the end."""
        shown = see_the_end(child).replace("\r\n", "\n")
        assert child.exitstatus == code, (child.exitstatus, child.signalstatus, shown)
        assert "Traceback" not in shown
        return Answer(code, "", shown)

    def seen(self, number: int = 0) -> str:
        """Give what the editor was shown when it was opened."""
        return (self.notes / f"seen-{number}.yaml").read_text("utf-8")

    def openings(self) -> int:
        return len(list(self.notes.glob("seen-*")))

    def left(self) -> list[Path]:
        """Give the files that are left of what was written."""
        return sorted(path for path in (self.home / ".local/state/mou").rglob("*") if path.is_file())


def replace(old: str, new: str) -> str:
    """Give the step that replaces a part of the text, which must be there."""
    return f"assert {old!r} in text, text; text = text.replace({old!r}, {new!r}, 1)"


def put(line: str) -> str:
    """Give the step that takes the # away before a field that is not set, and writes a value."""
    return replace(f"\n#{line.partition(':')[0]}:\n", f"\n{line}\n")
