"""A document to try, and what is kept of it."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tests.terminal import open_program

if TYPE_CHECKING:
    from pathlib import Path

    import pexpect

    from tests.conftest import Mou

PDF = b"%PDF-1.7\nsigned\n"
DIGEST = sha256(PDF).hexdigest()
REF = "2025-002"
KEY = "khazar-miras-2024"
OLD = (1_500_000_000, 1_500_000_000)


def folder(mou: Mou) -> Path:
    return mou.documents


def place(mou: Mou, digest: str = DIGEST) -> Path:
    return folder(mou) / digest[:2] / digest[2:]


def kept(mou: Mou) -> list[str]:
    return sorted(path.parent.name + path.name for path in folder(mou).glob("*/*"))


def documents(mou: Mou, ref: str = REF) -> Any:
    return mou.json("doc", "list", ref)


def on_terminal(mou: Mou, *arguments: str) -> pexpect.spawn[str]:
    env = mou.environment | {"TERM": "xterm", "PATH": os.environ["PATH"]}
    env |= {"HOME": str(mou.folder), "MOU_PAGER": "off", "LC_ALL": "C.UTF-8"}
    return open_program(arguments, env, rows=60, columns=100)


def spoil(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(b"X" + path.read_bytes()[1:])


def age(mou: Mou) -> None:
    for path in folder(mou).rglob("*"):
        os.utime(path, OLD)
