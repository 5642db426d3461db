"""What is written between the questions to a person: choices, how an answer was understood, all answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mou_cli.catalogue import said_in
from mou_cli.output.layout import GAP, LEAST, pad, widest, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from mou_cli.errors import MouError
    from mou_cli.output.screen import Screen

_INDENT: Final = "  "
_LONGEST: Final = 400  # of a complaint or an answer, which may be pages long


class Questionnaire(NamedTuple):
    """Writes on the terminal."""

    screen: Screen
    stream: TextIO
    language: str

    def tell(self, text: str) -> None:
        """Write a line."""
        self._write(text, "", "")

    def echo(self, text: str) -> None:
        """Write how an answer was understood."""
        self._write(text, _INDENT, "green")

    def refuse(self, error: MouError) -> None:
        """Write what is wrong with an answer; a hint that speaks of options is of no use here."""
        reasons = "; ".join(said_in(reason, self.language) for reason in error.reasons)
        self._write(reasons[:_LONGEST], _INDENT, "red")
        if error.hint and "--" not in error.hint and "`" not in error.hint:
            self._write(said_in(error.hint, self.language)[:_LONGEST], _INDENT, "red")

    def choices(self, labels: Sequence[str], first: int = 1, *, stacked: bool = False) -> None:
        """Write labels with their numbers, in as many columns as there is room for, or `stacked` in one."""
        last = len(str(first + len(labels) - 1))
        shown = [f"{n:>{last}}  {self.screen.text(label)}" for n, label in enumerate(labels, first)]
        width = widest(shown) + GAP
        columns = 1 if stacked else max(1, min(len(shown), (self.screen.width - len(_INDENT)) // width))
        height = -(-len(shown) // columns)
        for line in range(height):
            self._write("".join(pad(text, width) for text in shown[line::height]).rstrip(), _INDENT, "")

    def answers(self, rows: Sequence[tuple[str, str]], derived: Sequence[tuple[str, str]]) -> None:
        """Write the answers with their numbers, and below them what follows from them."""
        digits = len(str(len(rows)))
        labels = [f"{n:>{digits}}  {self.screen.text(label)}" for n, (label, _shown) in enumerate(rows, 1)]
        labels += [" " * (digits + GAP) + self.screen.text(label) for label, _shown in derived]
        width = widest(labels) + GAP
        room = max(self.screen.width - width - len(_INDENT), LEAST)
        self.stream.write("\n")
        for label, (_name, shown) in zip(labels, [*rows, *derived], strict=True):
            brief = shown if len(shown) <= _LONGEST else shown[:_LONGEST] + " …"
            first, *rest = wrap(self.screen.text(brief, keep_newlines=True), room)
            lead = self.screen.paint(label, "bold") + " " * (width - widest([label]))
            self.stream.write(f"{_INDENT}{lead}{first}".rstrip() + "\n")
            self.stream.writelines(f"{_INDENT}{' ' * width}{line}".rstrip() + "\n" for line in rest)
        self.stream.write("\n")
        self.stream.flush()

    def _write(self, text: str, indent: str, style: str) -> None:
        room = max(self.screen.width - len(indent), LEAST)
        for line in wrap(self.screen.text(text), room):
            self.stream.write(f"{indent}{self.screen.paint(line, style)}\n")
        self.stream.flush()
