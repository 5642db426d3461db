"""Options as tables: the same rows serve every command that filters, records or shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from typer import Context
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from mou_cli.catalogue import LANGUAGES
from mou_cli.output.form import Form

if TYPE_CHECKING:
    from mou_cli.vocabulary import CodeList

Values = dict[str, Any]


class Named(StrEnum):
    """What a value names, so that a shell can offer what there is."""

    COUNTRY = "country"
    ANY_COUNTRY = "any country"
    INSTITUTION = "institution"
    HOME = "home"
    AGREEMENT = "agreement"
    EVENT = "event"
    PLAN = "plan"
    TASK = "task"
    STRATEGY_CODE = "strategy code"
    EXECUTOR = "executor"
    REGION = "region"
    PROJECT = "project"
    UNIT = "unit"
    RESPONSIBLE = "responsible"
    CITY = "city"
    COLUMN = "column"
    FILE = "file"
    REGISTER = "register"


# What a value may be: a code, one of some words, something of the register, or nothing that could be told.
Complete: TypeAlias = "CodeList | tuple[str, ...] | Named | None"


@dataclass(frozen=True)
class Option:
    """One option: its flags, longest first, and its help. `many` may be repeated; a `switch` takes no value.

    `complete` says what its value may be.
    """

    flags: tuple[str, ...]
    help: str
    many: bool = False
    switch: bool = False
    metavar: str | None = None
    complete: Complete = None

    @property
    def name(self) -> str:
        """What the option is called among those that were said."""
        return self.flags[0].split("/")[0].removeprefix("--").replace("-", "_")

    def build(self, keep: Callable[[Context, str, Any], None]) -> CompletedOption:
        """Give Typer's own option, which calls `keep` when it was said."""

        def callback(context: Context, _parameter: object, value: Any) -> None:
            if value is not None and value != ():
                keep(context, self.name, list(value) if self.many else value)

        built = CompletedOption(
            param_decls=[self.name, *self.flags],
            help=self.help,
            multiple=self.many,
            is_flag=self.switch or None,
            default=None,
            metavar=self.metavar or (None if self.switch else "TEXT"),
            expose_value=False,
            callback=callback,
        )
        built.complete = self.complete
        return built


class CompletedOption(TyperOption):
    """Typer's option, which knows what its value may be."""

    complete: Complete = None


def option(
    flags: str,
    help: str,  # noqa: A002 - Typer's word
    *,
    many: bool = False,
    switch: bool = False,
    metavar: str | None = None,
    complete: Complete = None,
) -> Option:
    """Give an option from its flags, separated by spaces."""
    return Option(tuple(flags.split()), help, many, switch, metavar, complete)


_SAID = "mou.said"
_RECORDED = "mou.recorded"


def said(context: Context) -> Values:
    """Give the options of the command's table that were said, by name."""
    kept: Values = context.meta.setdefault(_SAID, {})
    return kept


def note_recorded(context: Context) -> None:
    """Note that the register has been changed: what goes wrong from now on is only the telling of it."""
    context.meta[_RECORDED] = True


def is_recorded(context: Context) -> bool:
    """Say whether the register has been changed."""
    return _RECORDED in context.meta


def _keep_said(context: Context, name: str, value: Any) -> None:
    said(context)[name] = value


def _keep_global(context: Context, name: str, value: Any) -> None:
    context.find_root().ensure_object(dict)[name] = value


GLOBALS = (
    option(
        "--db",
        "The register: path of a file, a postgresql:// address, or a name from the config file.",
        metavar="PATH|URL|NAME",
        complete=Named.REGISTER,
    ),
    option("--as-of", "The day the answers are for, instead of today.", metavar="DATE"),
    option("--actor", "Who makes the change, for the journal.", metavar="NAME"),
    option("--lang", "Language of labels: en or az.", metavar="en|az", complete=LANGUAGES),
    option(
        "--format -f",
        "auto, table, json, jsonl, csv, tsv, yaml, markdown; of what is due ics.",
        metavar="FORMAT",
        complete=tuple(Form),
    ),
    option("--no-pager", "Show long answers without a pager.", switch=True),
)


def _global_options(own: Iterable[str] = ()) -> list[CompletedOption]:
    """Give what every command and group of commands understands, before and after its name; the later wins.

    A flag that is a command's own means after its name what that command means by it.
    """
    taken = set(own)
    return [row.build(_keep_global) for row in GLOBALS if not taken & {*row.flags}]


class MouCommand(TyperCommand):
    """A command. `argument` says what its argument may be, `noun` of what its rows are, so that both are completed."""

    argument: Complete = None
    noun: str | None = None
    rows: tuple[Option, ...] = ()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{"rich_markup_mode": None, **named})
        for own in self.params:
            # Written as a README writes it: REF, where Typer has {ref}.
            if isinstance(own, TyperArgument) and own.metavar is None:
                own.metavar = (own.name or "").upper() + ("..." if own.nargs != 1 else "")
        self.params += [row.build(_keep_said) for row in self.rows]
        self.params += _global_options(flag for row in self.rows for flag in row.flags)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Give the parts of the usage line, without Typer's braces around what has to be said."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


class MouGroup(TyperGroup):
    """A group of commands."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{"rich_markup_mode": None, **named})
        self.params += _global_options()


def taking(*tables: Iterable[Option], argument: Complete = None, noun: str | None = None) -> type[TyperCommand]:
    """Give the class of a command that also takes the options of some tables; `said` has their values."""
    taken = tuple(row for table in tables for row in table)
    completed, shown = argument, noun

    class Taking(MouCommand):
        argument = completed
        noun = shown
        rows = taken

    return Taking
