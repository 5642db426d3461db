"""What a command line says up to the cursor, and what could stand there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mou_cli.commands.option import CompletedOption, MouCommand

if TYPE_CHECKING:
    from typer import Context

    from mou_cli.commands.option import Complete


@dataclass
class Cursor:
    """A command line as far as it is typed, read word by word.

    `said` has the values of options by name, `begun` is the text at the cursor that is to be completed, and `head`
    what stands before that in the same word, such as `--country=`. `complete` says what the value may be; where that
    is not asked, `commands` or `options` say that one of these is.
    """

    context: Context
    command: Any
    said: dict[str, list[str]] = field(default_factory=dict)
    arguments: list[str] = field(default_factory=list)
    head: str = ""
    begun: str = ""
    option: Any = None
    complete: Complete = None
    commands: bool = False
    options: bool = False
    _ended: bool = False
    _known: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, context: Context, words: list[str], last: str) -> Cursor | None:
        """Read the words after the program's name, and the one at the cursor. None where nobody knows the command."""
        cursor = cls(context, context.find_root().command)
        cursor._learn()
        for word in words:
            if not cursor._read_word(word):
                return None
        cursor._read_last(last)
        return cursor

    @property
    def is_group(self) -> bool:
        """Say whether a command is to be chosen first."""
        return hasattr(self.command, "commands")

    def flags(self) -> dict[str, Any]:
        """Give the options that may still be said, by their longest flags; what was said once is not offered again."""
        return {
            flag: option
            for option in self.command.get_params(self.context)
            if option.param_type_name == "option" and (option.multiple or option.name not in self.said)
            for flag in (max(option.opts, key=len), *option.secondary_opts)
        }

    def _learn(self) -> None:
        params = self.command.get_params(self.context)
        options = [each for each in params if each.param_type_name == "option"]
        self._known = {flag: each for each in options for flag in (*each.opts, *each.secondary_opts)}

    def _read_word(self, word: str) -> bool:
        """Read a word before the cursor. Gives False for a command that there is not."""
        if self.option is not None:
            self._say(self.option, word)
            self.option = None
        elif not self._ended and word == "--":
            self._ended = True
        elif not self._ended and word.startswith("-") and word != "-":
            self._read_flags(word)
        elif self.is_group:
            return self._enter(word)
        else:
            self.arguments.append(word)
        return True

    def _say(self, option: Any, text: str) -> None:
        self.said.setdefault(option.name, []).append(text)

    def _enter(self, name: str) -> bool:
        if name not in self.command.commands:
            return False
        _name, self.command, _rest = self.command.resolve_command(self.context, [name])
        self._ended = False
        self._learn()
        return True

    def _read_flags(self, word: str) -> None:
        flag, equals, value = word.partition("=")
        for at in (0,) if word.startswith("--") else range(1, len(word)):
            option = self._known.get(flag if at == 0 else f"-{word[at]}")
            rest = value if at == 0 else word[at + 1 :]
            if option is None:
                return
            if option.is_flag:
                self._say(option, flag)
            elif rest or equals:
                self._say(option, rest)
                return
            else:
                self.option = option
                return

    def _read_last(self, word: str) -> None:
        if self.option is not None:
            self._expect(self.option, "", word)
        elif self._ended or not word.startswith("-"):
            self._expect_argument(word)
        elif word.startswith("--") and "=" in word:
            flag, equals, value = word.partition("=")
            self._expect(self._known.get(flag), flag + equals, value)
        elif not word.startswith("--") and word[:2] in self._known and len(word) > len("-f"):
            self._expect(self._known[word[:2]], word[:2], word[2:])
        else:
            self.options, self.begun = True, word

    def _expect(self, option: Any, head: str, begun: str) -> None:
        self.option, self.head, self.begun = option, head, begun
        if isinstance(option, CompletedOption) and not option.is_flag:
            self.complete = option.complete

    def _expect_argument(self, word: str) -> None:
        self.begun = word
        if self.is_group:
            self.commands = True
            return
        positions = [each for each in self.command.params if each.param_type_name == "argument"]
        # What must be said and may be said again is of the kind of what stands before it.
        is_another = bool(positions) and (
            positions[0].nargs < 0 or (positions[-1].nargs < 0 and positions[-1].required)
        )
        if positions and (is_another or not self.arguments) and isinstance(self.command, MouCommand):
            self.complete = self.command.argument
        # Where nothing else could be told, an empty word is the place for an option.
        self.options = self.complete is None and not word and not self._ended
