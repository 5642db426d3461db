"""The real shells, each in a terminal, with the program's script loaded."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mou_cli.commands.completion import SHELLS
from tests.terminal import open_terminal

if TYPE_CHECKING:
    from tests.conftest import Mou

READY, DONE = "ready> ", "<<done>>"
# What is typed is not run: a function of the program's name keeps the words that the shell makes of the line.
KEEP = "printf '%s\\0' {words} >words.tmp; mv words.tmp words; printf '" + DONE + "'"
POSIX = "mou() { " + KEEP.format(words='"$@"') + "; }\n"
SETUP = {
    "bash": f"PS1='{READY}'\nbind 'set enable-bracketed-paste off'\neval \"$(command mou completion bash)\"\n{POSIX}",
    "zsh": f"PS1='{READY}'\nunsetopt prompt_cr prompt_sp\nautoload -Uz compinit\ncompinit -D -u\n"
    f'eval "$(command mou completion zsh)"\n{POSIX}',
    "fish": f"function fish_prompt; printf '{READY}'; end\nfunction fish_greeting; end\n"
    f"command mou completion fish | source\nfunction mou; {KEEP.format(words='$argv')}; end\n",
}
START = {
    "bash": ("bash", ["--noprofile", "--rcfile", "setup", "-i"]),
    "zsh": ("zsh", ["-d", "-i"]),
    "fish": ("fish", ["--no-config", "-i", "-C", "source setup"]),
}


class Shell:
    """A shell in a terminal, on a register."""

    def __init__(self, name: str, folder: Path, register: Path, setup: str | None = None) -> None:
        self.name = name
        self.folder = folder
        text = setup or SETUP[name]
        for file in ("setup", ".zshrc"):
            (folder / file).write_text(text, "utf-8")
        program, arguments = START[name]
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        places = {"PATH": path, "HOME": str(folder), "ZDOTDIR": str(folder), "MOU_DB": str(register)}
        environment = {"TERM": "xterm", "LC_ALL": "C.UTF-8", "MOU_TODAY": "2025-05-10"} | places
        self._terminal = open_terminal([program, *arguments], environment, rows=50, columns=150, folder=folder)
        self._terminal.expect_exact(READY)

    def words(self, typed: str) -> list[str]:
        r"""Type a line, `\t` where the key for completion is pressed, and give the words after the program's name."""
        (self.folder / "words").unlink(missing_ok=True)
        self._terminal.send(f"{typed}\r")
        self._terminal.expect_exact(DONE)
        self._terminal.expect_exact(READY)
        return (self.folder / "words").read_text("utf-8").split("\0")[:-1]

    def shows(self, typed: str, *texts: str) -> None:
        """Type something and wait until the terminal shows the texts, one after the other; then leave the line."""
        self._terminal.send(typed)
        for text in texts:
            self._terminal.expect_exact(text)
        # No interrupt: with it the terminal drops what is typed next, and prompts look all the same.
        self._terminal.send("\x15printf '<<%s>>' left\r")
        self._terminal.expect_exact("<<left>>")
        self._terminal.expect_exact(READY)

    def close(self) -> None:
        """End the shell."""
        self._terminal.close(force=True)


def need(name: str) -> None:
    """Skip the test where a shell is missing; with CI_SHELLS=all that is a failure."""
    if shutil.which(name) is None:
        if os.environ.get("CI_SHELLS") == "all":
            pytest.fail(f"{name} is not installed")
        pytest.skip(f"{name} is not installed")


Open = Callable[..., Shell]


@pytest.fixture(params=SHELLS)
def name(request: pytest.FixtureRequest) -> str:
    """The name of each shell, if it is there."""
    need(request.param)
    return str(request.param)


@pytest.fixture
def open_shell(tmp_path: Path) -> Iterator[Open]:
    """Start shells in the test's folder."""
    opened: list[Shell] = []

    def start(name: str, mou: Mou, setup: str | None = None) -> Shell:
        need(name)
        opened.append(Shell(name, tmp_path, mou.db, setup))
        return opened[-1]

    yield start
    for shell in opened:
        shell.close()
