"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import Final

import typer

from mou_cli.catalogue import translate
from mou_cli.errors import GivenUp
from mou_cli.rules.fold import fold

YES: Final = frozenset({"y", "yes", "1", "b", "beli", "he"})
_NO: Final = frozenset({"", "n", "no", "0", "x", "xeyr", "yox"})


def confirm(question: str, otherwise: str, language: str) -> None:
    """Ask on the terminal until the answer is one. Raises GivenUp, with what comes of it, unless it is yes."""
    asked = f"{question} [{translate('y/N', language)}]"
    while True:
        typed = fold(typer.prompt(asked, default="", show_default=False, err=True))
        if typed in YES or typed in _NO:
            break
    if typed not in YES:
        raise GivenUp(otherwise)
