"""The program: the table of commands, loaded when one is called, and the one place where an error becomes text."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from shutil import get_terminal_size
from typing import Any, NoReturn, TextIO

import typer
from typer.main import get_command

from mou_cli.commands.option import MouCommand, MouGroup, is_recorded
from mou_cli.errors import (
    NO_MEMORY,
    ChangedMeanwhile,
    DatabaseUnavailable,
    GivenUp,
    InterruptedLate,
    InvalidData,
    MouError,
    SeenEnough,
    UsageError,
    is_lack_of_memory,
)

# name: (module, what it does)
COMMANDS = {
    "list": ("list", "List agreements."),
    "show": ("show", "Show an agreement whole."),
    "add": ("add", "Record an agreement."),
    "edit": ("edit", "Change an agreement."),
    "remove": ("remove", "Remove an agreement."),
    "sign": ("sign", "Record a signature."),
    "renew": ("renew", "Record a renewal, of one agreement or of many."),
    "amend": ("amend", "Record an amendment: what holds from a day on."),
    "terminate": ("terminate", "Record a termination."),
    "notice": ("notice", "Record notice to end."),
    "supersede": ("supersede", "Record that another agreement takes the place."),
    "review": ("review", "Record a review, and the day of the next."),
    "history": ("history", "Show what happened to an agreement, and what is ahead."),
    "partner": ("partner", "Institutions: list, show, add, edit, remove, merge."),
    "event": ("event", "Events: list, show, add, edit, remove."),
    "plan": ("plan", "Plans and their tasks: what is due, what was done."),
    "due": ("agenda", "What ends, needs notice or review, or falls due."),
    "doc": ("doc", "Documents: list, add, open, verify, remove, prune."),
    "search": ("search", "Find anything by words."),
    "stats": ("stats", "Count agreements by country, area, year …"),
    "check": ("check", "Look for what is wrong with the records."),
    "import": ("import_", "Import YAML files."),
    "export": ("export", "Write the whole register as YAML."),
    "log": ("log", "Who changed what and when, and whether that is untouched."),
    "undo": ("undo", "Take a change back."),
    "redo": ("redo", "Carry out again what was taken back."),
    "backup": ("backup", "Back the register up, with its documents."),
    "restore": ("restore", "Put a backup in the register's place."),
    "db": ("db", "The register as a whole: check, status, upgrade, copy, roles."),
    "config": ("config", "Settings: list, get, set, unset, path."),
    "completion": ("completion", "Print the script that completes in bash, zsh or fish."),
}
UNEXPECTED = 1
INTERRUPTED = 130
_NARROW = 52
# What a shell reports of a program that wrote into a closed pipe: 128 + SIGPIPE.
CLOSED_PIPE = 141


class Commands(MouGroup):
    """The commands by name. Help shows the table; only the command that is called is loaded."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name, (_module, summary) in COMMANDS.items():
            self.add_command(MouCommand(name, help=summary))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Load the command that is called."""
        name, _stub, rest = super().resolve_command(ctx, args)
        if name is None:
            return name, _stub, rest
        module = import_module(f"mou_cli.commands.{COMMANDS[name][0]}")
        command = get_command(module.app)
        command.name = name
        command.help = command.help or COMMANDS[name][1]
        return name, command, rest


def _show_version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"mou {version('mou-cli')}")
        raise typer.Exit


# Every command takes this over from the program.
_HELP = {"help_option_names": ["--help", "-h"]}
app = typer.Typer(cls=Commands, context_settings=_HELP, add_completion=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    _version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Show the version."),
) -> None:
    """Keep the register of a university's agreements and plans. Alone, on a terminal, `mou` shows it at a glance."""
    if context.invoked_subcommand is None:
        from mou_cli.commands.overview import show_overview

        show_overview(context)


def main() -> NoReturn:
    """Run the program."""
    # Python has None for a stream that was closed by whoever started the program.
    sys.stdin = sys.stdin or Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - stands for as long as we run
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - likewise
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - likewise
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal or file that cannot show a letter shows its code: better than stopping half way.
            stream.reconfigure(errors="backslashreplace")
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _let_go(stream)
    if code == INTERRUPTED:
        # What was interrupted in the middle of a statement is let go of only now, and then undone.
        gc.collect()
    # All is closed and written. Without this the interpreter walks through every object once more before it ends.
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Carry out a command line; gives the exit code. Whatever goes wrong is said on standard error."""
    context: Any = None
    try:
        _check_arguments(arguments)
        command = get_command(app)
        with command.make_context("mou", list(arguments), terminal_width=_narrow_width()) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as end:
        return end.exit_code
    except SeenEnough:
        return 0
    except (KeyboardInterrupt, typer.Abort, EOFError, GivenUp) as end:
        return _stop(end, context)
    except BrokenPipeError:
        _let_go(sys.stdout)
        return CLOSED_PIPE
    except Exception as error:  # noqa: BLE001 - nobody is to see a traceback
        return _stop(error, context) if _is_interrupt(error) else _fail(error, context)
    return 0


def _is_interrupt(error: Exception) -> bool:
    from mou_cli.store.interrupt import is_interrupt

    return is_interrupt(error)


def _stop(end: BaseException, context: Any) -> int:
    if isinstance(end, GivenUp):
        if told := str(end):
            _say(told)
    elif isinstance(end, InterruptedLate) and str(end):
        _say(f"mou: interrupted, but {end}")
    elif isinstance(end, InterruptedLate) or (context is not None and is_recorded(context)):
        _say("mou: interrupted, but it is recorded")
        _say("hint: `mou log --limit 1` shows what was done, `mou undo` takes it back")
    else:
        _say("mou: interrupted")
    return INTERRUPTED


def _narrow_width() -> int | None:
    """Give the width of help on a terminal that is narrower than what Typer makes of it."""
    columns = get_terminal_size().columns
    return columns if columns < _NARROW else None


def _check_arguments(arguments: list[str]) -> None:
    for argument in arguments:
        if any("\ud800" <= c <= "\udfff" for c in argument):
            raise typer.BadParameter(f"{argument!r} is not text: it is not in the terminal's encoding")


def _fail(error: Exception, context: Any) -> int:
    try:
        return _tell(error, context)
    except Exception as another:
        # To tell of it takes loading what there may be no room for either.
        if not is_lack_of_memory(another):
            raise
        sys.stderr.write(f"mou: {NO_MEMORY}\n")
        return DatabaseUnavailable.exit_code


def _tell(error: Exception, context: Any) -> int:
    # What Typer raises for a command line it cannot read has no public base class before 0.28; it says its message so.
    if hasattr(error, "format_message"):
        return _fail_usage(error, error.format_message())
    from mou_cli.commands.situation import situation_of

    situation = situation_of(error) or _damage_behind(error, context)
    if context is not None and is_recorded(context):
        # Whoever takes it for a failed change would record it twice.
        _say(f"mou: it is recorded, but not all of the answer could be given: {situation or error}")
        _say("hint: do not record it again; `mou log --limit 1` shows what was done")
        return situation.exit_code if situation else UNEXPECTED
    if situation is None:
        return _fail_unexpectedly(error)
    if isinstance(situation, (InvalidData, ChangedMeanwhile)):
        for line in situation.complaints:
            _say(line, keep_newlines=False)  # a value of several lines could pass for a complaint of its own
    _say(f"mou: {situation.message}")
    if situation.hint:
        _say(f"hint: {situation.hint}")
    return situation.exit_code


def _fail_usage(error: Exception, message: str) -> int:
    _say(f"mou: {message}")
    context = getattr(error, "ctx", None)
    if context is not None:
        _say(f"hint: {context.command_path} --help")
    return UsageError.exit_code


def _damage_behind(error: Exception, context: Any) -> MouError | None:
    if os.environ.get("MOU_DEBUG"):
        raise error
    # What a value can cause that nobody has recorded.
    if context is None or not isinstance(error, (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)):
        return None
    from mou_cli.commands.damage import damage_behind

    return damage_behind(context)


def _fail_unexpectedly(error: Exception) -> int:
    _say(f"mou: this should not have happened: {type(error).__name__}: {error}")
    _say("hint: MOU_DEBUG=1 shows where; please report it")
    return UNEXPECTED


def _say(line: str, *, keep_newlines: bool = True) -> None:
    from mou_cli.output.message import say

    try:
        say(line, keep_newlines=keep_newlines)
    except OSError:
        return


def _let_go(stream: TextIO) -> None:
    # Python flushes once more at exit, and would complain and change the exit code.
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
