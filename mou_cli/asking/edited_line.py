"""A line that can be edited, with completion as one types. Loaded only where somebody is asked."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession  # noqa: TID253 - this module is only loaded when somebody is asked
from prompt_toolkit.completion import Completer, Completion  # noqa: TID253 - likewise
from prompt_toolkit.formatted_text import FormattedText  # noqa: TID253 - likewise
from prompt_toolkit.history import DummyHistory  # noqa: TID253 - likewise
from prompt_toolkit.input import create_input  # noqa: TID253 - likewise
from prompt_toolkit.output import ColorDepth, create_output  # noqa: TID253 - likewise
from prompt_toolkit.output.vt100 import Vt100_Output  # noqa: TID253 - likewise
from prompt_toolkit.utils import get_cwidth  # noqa: TID253 - likewise

from mou_cli.asking.suggestion import suggest as suggest_of
from mou_cli.rules.text import escape_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from prompt_toolkit.application import Application
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

    from mou_cli.asking.line import Asked
    from mou_cli.asking.suggestion import Suggestion

_MENU = 6  # lines kept free below, for what is offered


class EditedPrompt:
    """Asks for a line that can be edited before it is given."""

    def __init__(self, source: Input, screen: Output, *, colour: bool) -> None:
        self._colour = colour
        self._session: PromptSession[str] = PromptSession(
            input=source,
            output=screen,
            history=DummyHistory(),
            complete_in_thread=True,
            reserve_space_for_menu=_MENU,
            color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
        )

    @classmethod
    def on_terminal(cls, *, colour: bool) -> EditedPrompt:
        """Give the prompt on the terminal of standard input and standard error: standard output is for data."""
        screen = create_output(stdout=sys.stderr)
        if isinstance(screen, Vt100_Output):
            # Many terminals never say where their cursor is, and waiting for it costs seconds and a warning.
            screen.enable_cpr = False
        return cls(create_input(sys.stdin), screen, colour=colour)

    def line(self, asked: Asked) -> str:
        """Give the line that was typed."""
        offered, lead = asked.suggest(), f"{asked.label}: "
        with _interruptible(self._session.app) as begin:
            return self._session.prompt(
                FormattedText([("bold" if self._colour else "", lead)]),
                default=asked.default,
                completer=_Offering(offered, commas=asked.commas),
                complete_while_typing=bool(offered),
                placeholder=lambda: self._hint(asked.hint, get_cwidth(lead)),
                pre_run=begin,
                handle_sigint=False,
            )

    def _hint(self, hint: str, taken: int) -> FormattedText:
        """Give what stands in an empty line, behind what is taken of it, until it is given like that."""
        shown = "" if self._session.app.is_done else _broken(hint, taken, self._session.output.get_size().columns)
        return FormattedText([("fg:ansibrightblack" if self._colour else "", shown)])


@contextmanager
def _interruptible(app: Application[str]) -> Iterator[Callable[[], None]]:
    """Have an interrupt end the line that is being typed; what is given is to be called when it begins.

    On the terminal an interrupt is a key. Before the terminal gives keys one by one, and when it no longer does, it is
    a signal: prompt_toolkit would lose it, and asyncio shows its insides where it is broken off.
    """
    usual, is_interrupted = signal.getsignal(signal.SIGINT), False

    def end() -> None:
        if is_interrupted and app.future is not None and not app.future.done():
            app.exit(exception=KeyboardInterrupt())

    def interrupt(_number: int, _frame: object) -> None:
        nonlocal is_interrupted
        is_interrupted = True
        if app.loop is not None:
            app.loop.call_soon_threadsafe(end)

    if usual is signal.default_int_handler:  # else whoever started the program has interrupts ignored
        signal.signal(signal.SIGINT, interrupt)
    try:
        yield end
    finally:
        signal.signal(signal.SIGINT, usual)
        if is_interrupted:
            raise KeyboardInterrupt


def _broken(text: str, taken: int, columns: int) -> str:
    """Fill lines up with blanks, so that a text goes on with a word where the terminal has it go on."""
    told = ""
    for word in text.split():
        place, width = taken % columns, get_cwidth(word)
        blanks = 1 if told and place else 0
        if place + blanks + width > columns >= width:
            blanks = columns - place
        told += " " * blanks + word
        taken += blanks + width
    return told


class _Offering(Completer):
    """Offers names by the beginnings of their words; with `commas` for what stands after the last one."""

    def __init__(self, suggestions: Sequence[Suggestion], *, commas: bool) -> None:
        self._suggestions = suggestions
        self._commas = commas

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Give what may be meant by the text before the cursor; by nothing typed only where it was asked for."""
        text = document.text_before_cursor
        if self._commas:
            text = text.rpartition(",")[2].lstrip()
        if not text.strip() and not complete_event.completion_requested:
            return
        for suggestion, name in suggest_of(text, self._suggestions):
            yield Completion(
                suggestion.text,
                start_position=-len(text),
                display=escape_controls(suggestion.told(name)),
                display_meta=escape_controls(suggestion.detail),
            )
