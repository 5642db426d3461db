"""Asking what could stand at the cursor, as the shells' scripts do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Mou


HOSTILE = (
    *("$(touch pwned)", 'a"; touch pwned; "', "`touch pwned`", "it's; touch pwned", "back\\slash", "!touch pwned"),
    *("~root", "-dash", "{a,b}", "*", "a:b=c", "#hash", "Xəzər & Co | more", "%s %n"),
)


class Offered(NamedTuple):
    """How an answer is meant, and what each text in it is."""

    manner: str
    told: dict[str, str]

    @property
    def texts(self) -> list[str]:
        return list(self.told)


def offered(mou: Mou, *words: str, asks: str = "zsh", env: dict[str, str] | None = None) -> Offered:
    """Ask what could stand in place of the last word."""
    answer = mou("completion", asks, "--", "mou", *words, env=env)
    assert answer.err == ""
    manner, *lines = answer.lines
    pairs = [line.partition("\t") for line in lines]
    assert len({text for text, _tab, _told in pairs}) == len(pairs)
    return Offered(manner.rstrip("\t"), {text: told for text, _tab, told in pairs})


def in_bash(mou: Mou, line: str, part: str, why: str = "9") -> list[str]:
    """Ask as Bash does, which replaces `part` of the line."""
    return mou("completion", "bash", "--", why, part, line).lines


def register(write: Callable[[str, str], str], mou: Mou, *names: str) -> None:
    """Make a register with a home and partners of these names, each in one agreement; their keys are p0, p1 …"""
    institutions = [{"key": "home", "name": "Home"}, *({"key": f"p{n}", "name": name} for n, name in enumerate(names))]
    agreements = [{"key": f"a{n}", "parties": ["home", f"p{n}"], "unit": name} for n, name in enumerate(names)]
    data = {"format": "mou/1", "home": ["home"], "institutions": institutions, "agreements": agreements}
    mou("import", write("register.json.yaml", json.dumps(data)))
