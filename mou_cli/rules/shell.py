"""How a POSIX shell reads words, and how a text has to be written to be one: nothing in it is obeyed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Whatever is no letter, digit or one of these is written with a backslash before it.
_PLAIN = re.compile(r"[^\w\-./,:@%+=]", re.ASCII)
# What a backslash takes its meaning from within double quotes.
_WITHIN_DOUBLE = '\\"$`'


class UnreadableLine(ValueError):
    """The words of a line are not known before it is run: a command substitution, a `$'…'`, a second command."""


@dataclass
class Line:
    """The words of a command line that is still being typed.

    `words` are those before the last, `last` is the one that is begun, empty after a space. `quote` is the quotation
    mark that is still open in it, if one is. `into_file` says that it is the file of a redirection.
    """

    words: list[str] = field(default_factory=list)
    last: str = ""
    quote: str = ""
    into_file: bool = False


def read_line(text: str) -> Line:
    """Read a line up to the cursor as a shell would, without carrying out anything in it. Raises UnreadableLine."""
    line, started, at = Line(), False, 0
    while at < len(text):
        letter, at = text[at], at + 1
        if letter == "`" and line.quote != "'":
            raise UnreadableLine
        if line.quote:
            at = _read_quoted(line, letter, text, at)
        elif letter in " \t\n<>":
            _end_word(line, letter, started=started)
            started = False
            continue
        elif letter in "|&;()":
            raise UnreadableLine
        elif letter == "\\":
            line.last += text[at : at + 1]
            at += 1
        elif letter in "'\"":
            line.quote = letter
        else:
            _refuse_substitution(letter, text, at, "({'\"")
            line.last += letter
        started = True
    return line


def _read_quoted(line: Line, letter: str, text: str, at: int) -> int:
    following = text[at : at + 1]
    if letter == line.quote:
        line.quote = ""
    elif line.quote == '"' and letter == "\\" and following and following in _WITHIN_DOUBLE:
        line.last += following
        return at + 1
    else:
        if line.quote == '"':
            _refuse_substitution(letter, text, at, "({")
        line.last += letter
    return at


def _refuse_substitution(letter: str, text: str, at: int, openers: str) -> None:
    if letter == "$" and text[at : at + 1] and text[at] in openers:
        raise UnreadableLine


def _end_word(line: Line, letter: str, *, started: bool) -> None:
    if letter in "<>":
        # The number of a stream before the arrow is no word.
        started = started and not line.last.isdigit()
    if started:
        if not line.into_file:
            line.words.append(line.last)
        line.into_file = False
    line.last = ""
    line.into_file = line.into_file or letter in "<>"


def quote(text: str, within: str = "") -> str | None:
    """Give a text as a shell takes it literally, to stand within an open quotation mark or outside of any.

    An exclamation mark calls Bash's history even within double quotes, so it is written outside of them. Where the
    text begins or ends with one, Bash takes the quotes around it for its own: there is no such form, and that is None.
    Text with control characters has none either; it is for others to leave it out.
    """
    if within == "'":
        return text.replace("'", r"'\''")
    if within == '"':
        written = re.sub(r'[\\"$`]', r"\\\g<0>", text).replace("!", r'"\!"')
        return None if text.startswith("!") or text.endswith("!") else written
    return _PLAIN.sub(lambda found: found[0] if found[0] > "\x7f" else f"\\{found[0]}", text)
