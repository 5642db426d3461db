"""The programs that are measured, and what is to know about each."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

MOU, POSTGRESQL, BESIDE = "mou", "mou, PostgreSQL", "mou, beside"
FLOOR, CSV, PYYAML, OPENPYXL, JSON = "floor", "csv.writer", "PyYAML", "openpyxl", "json"
SQLITE3, SQLITE_UTILS, RECUTILS, TASKWARRIOR = "sqlite3", "sqlite-utils", "recutils", "taskwarrior"
# Other people's programs: the command that is looked for, and how to get it.
OTHERS = {
    SQLITE3: ("sqlite3", "apt-get install sqlite3"),
    SQLITE_UTILS: ("sqlite-utils", "python3 -m venv FOLDER && FOLDER/bin/pip install sqlite-utils"),
    RECUTILS: ("recsel", "apt-get install recutils"),
    TASKWARRIOR: ("task", "apt-get install taskwarrior"),
}


def find(program: str, beside: Path | None = None) -> str | None:
    """Give the path of another program, looked for in a folder first; None if there is none."""
    return shutil.which(OTHERS[program][0], path=os.pathsep.join([str(beside or ""), os.environ.get("PATH", "")]))


def mou(*arguments: str) -> tuple[str, ...]:
    """Give the command line of the program as it is installed beside this interpreter."""
    return (str(Path(sys.executable).with_name("mou")), *arguments)


def version(command: str) -> str:
    """Give what a program says its version is."""
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)+", said)
    return found.group() if found else "?"
