"""`mou completion`: the script that makes a shell complete what is typed after mou, and the answers it asks for.

The script calls `mou completion SHELL -- WORDS…` whenever somebody presses the key, with what is typed so far. The
answer's first line says how it is meant (see `Manner`), every further one is a text to insert, a tab, and what it is.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import mou_cli
from mou_cli.commands.app import make_app
from mou_cli.commands.offer import Offer, offers
from mou_cli.commands.option import Named, taking
from mou_cli.errors import UsageError
from mou_cli.rules.fold import fold
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mou_cli.commands.cursor import Cursor
    from mou_cli.rules.shell import Line

SHELLS = ("bash", "zsh", "fish")
# Bash asks once more, only to list what there is, when the key is pressed again.
_LISTING = "63"
_BRIEF = 60
app = make_app()


class Manner(StrEnum):
    """How an answer is meant."""

    VALUES = "values"
    # More may follow the text in the same word.
    PARTS = "parts"
    # What is typed is not how the texts begin: it is replaced, and nothing is inserted that several have in common.
    APART = "apart"
    # The shell completes the name of a file after the text that follows the tab.
    FILES = "files"


@app.command(cls=taking(argument=SHELLS))
def completion(
    context: typer.Context,
    shell: Annotated[str, typer.Argument(help="bash, zsh or fish.")],
    words: Annotated[list[str] | None, typer.Argument(help="What is typed so far; the script says it.")] = None,
) -> None:
    """Print the script that completes commands, options, codes and names of the register in a shell."""
    if shell not in SHELLS:
        raise UsageError(f"{shell!r} is none of {', '.join(SHELLS)}")
    if words is None:
        script = Path(mou_cli.__file__).parent / "shells" / f"mou.{shell}"
        sys.stdout.write(script.read_text("utf-8"))
        return
    for line in _answer_bash(context, words) if shell == "bash" else _answer(context, shell, words):
        sys.stdout.write(f"{line}\n")


def _answer(context: typer.Context, shell: str, words: list[str]) -> Iterable[str]:
    """Answer Zsh or Fish, which say the words without their quotes, and themselves quote what they insert."""
    cursor, found = _find(context, words[1:-1], words[-1])
    if cursor is not None and _is_file(cursor, found):
        return [f"{Manner.FILES}\t{cursor.head}"]
    if shell == "fish":
        head = cursor.head if cursor is not None else ""
        found = [Offer(_for_fish(offer, head, words[-1]), offer.told) for offer in found]
        found = [offer for offer in found if _is_sound(offer.text)]
    apart = shell == "zsh" and _is_apart([offer.text for offer in found], words[-1])
    return [_manner(cursor, apart=apart), *(f"{offer.text}\t{_brief(offer.told)}" for offer in found)]


def _is_file(cursor: Cursor, found: list[Offer]) -> bool:
    """Say whether the shell is to complete the name of a file."""
    return cursor.complete is Named.FILE or (cursor.complete is Named.REGISTER and not found)


def _answer_bash(context: typer.Context, words: list[str]) -> Iterable[str]:
    """Answer Bash, which says why it asks, the part of the word that it will replace, and the line up to the cursor.

    That part begins after a quotation mark, `=` or `:`; what is inserted is quoted to stand there.
    """
    from mou_cli.rules.shell import UnreadableLine, quote, read_line

    if len(words) != len(("why", "part", "line")):
        raise UsageError("bash says why it asks, the part to be replaced, and the line")
    why, part, text = words
    try:
        line, before = read_line(text), read_line(text.removesuffix(part))
    except UnreadableLine:
        return [Manner.VALUES]
    cursor, found = _find(context, line.words[1:], line.last)
    if line.into_file or (cursor is not None and _is_file(cursor, found)):
        return [Manner.FILES]
    kept = _kept(line, before, part, text)
    fitting = {offer.text: _brief(offer.told) for offer in found if offer.text.startswith(kept)}
    if why == _LISTING and len(fitting) > 1:
        return [Manner.VALUES, *(f"{text} ({told})" if told else text for text, told in fitting.items())]
    texts = list(fitting)
    apart = _is_apart(texts, line.last)
    manner = _manner(cursor, apart=apart)
    # A blank among the texts, which none begins with, keeps Bash from inserting what the others have in common.
    quoted = [quote(text[len(kept) :], before.quote) for text in texts]
    inserted = [text for text in quoted if text is not None]
    return [manner, *inserted, *([" "] if apart and texts[1:] else ())]


def _kept(line: Line, before: Line, part: str, text: str) -> str:
    """Give what of the last word, without its quotes, stays before the part that Bash replaces."""
    return before.last if text.endswith(part) and len(before.words) == len(line.words) else ""


def _find(context: typer.Context, words: list[str], last: str) -> tuple[Cursor | None, list[Offer]]:
    from mou_cli.commands.cursor import Cursor

    cursor = Cursor.read(context, words, last)
    return cursor, [offer for offer in offers(cursor) if _is_sound(offer.text)] if cursor else []


def _is_sound(text: str) -> bool:
    """Say whether a text can be inserted as it is: the terminal has every letter of it, and obeys none."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return bool(text) and escape_controls(text) == text


def _brief(told: str) -> str:
    line = escape_controls(" ".join(told.split()))
    return line if len(line) <= _BRIEF else line[: _BRIEF - 1] + "…"


def _manner(cursor: Cursor | None, *, apart: bool) -> str:
    if apart:
        return Manner.APART
    return Manner.PARTS if cursor is not None and cursor.complete is Named.COLUMN else Manner.VALUES


def _is_apart(texts: list[str], typed: str) -> bool:
    """Say whether what the texts begin with in common is less than, or other than, what is typed."""
    # What the first and the last of them in order have in common all have.
    ends = zip(min(texts, default=""), max(texts, default=""), strict=False)
    common = "".join(first for first, _last in takewhile(lambda pair: pair[0] == pair[1], ends))
    return bool(texts) and not fold(common).startswith(fold(typed))


def _for_fish(offer: Offer, head: str, typed: str) -> str:
    """Give the text that Fish takes for a completion: the letters that are typed occur in it in their order.

    Fish drops any other. Where that would be the name, it is offered what the command understands as well: the name
    that what is typed begins, or that name in plain letters. Empty where there is none.
    """
    texts = (offer.text, offer.also, head + fold(offer.also.removeprefix(head)))
    return next((text for text in texts if text != head and _occurs(typed.casefold(), text.casefold())), "")


def _occurs(typed: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in typed)
