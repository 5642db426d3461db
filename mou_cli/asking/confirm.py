"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import Final

import typer

from mou_cli.catalogue import translate
from mou_cli.rules.fold import fold

YES: Final = frozenset({"y", "yes", "1", "b", "beli", "he"})
_NO: Final = frozenset({"", "n", "no", "0", "x", "xeyr", "yox"})


def is_confirmed(question: str, language: str) -> bool:
    """Ask on the terminal until the answer is one; nothing typed is no."""
    asked = f"{question} [{translate('y/N', language)}]"
    while True:
        typed = fold(typer.prompt(asked, default="", show_default=False, err=True))
        if typed in YES or typed in _NO:
            return typed in YES
