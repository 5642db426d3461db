"""Options as tables: the same rows serve every command that filters, records or shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from typer import Context
from typer.core import TyperCommand, TyperGroup, TyperOption

Values = dict[str, Any]


@dataclass(frozen=True)
class Option:
    """One option: its flags, longest first, and its help. `many` may be repeated; a `switch` takes no value."""

    flags: tuple[str, ...]
    help: str
    many: bool = False
    switch: bool = False
    metavar: str | None = None

    @property
    def name(self) -> str:
        """What the option is called among those that were said."""
        return self.flags[0].split("/")[0].removeprefix("--").replace("-", "_")

    def build(self, keep: Callable[[Context, str, Any], None]) -> TyperOption:
        """Give Typer's own option, which calls `keep` when it was said."""

        def callback(context: Context, _parameter: object, value: Any) -> None:
            if value is not None and value != ():
                keep(context, self.name, list(value) if self.many else value)

        return TyperOption(
            param_decls=[self.name, *self.flags],
            help=self.help,
            multiple=self.many,
            is_flag=self.switch or None,
            default=None,
            metavar=self.metavar,
            expose_value=False,
            callback=callback,
        )


def option(flags: str, help: str, *, many: bool = False, switch: bool = False, metavar: str | None = None) -> Option:  # noqa: A002 - Typer's word
    """Give an option from its flags, separated by spaces."""
    return Option(tuple(flags.split()), help, many, switch, metavar)


_SAID = "mou.said"


def said(context: Context) -> Values:
    """Give the options of the command's table that were said, by name."""
    kept: Values = context.meta.setdefault(_SAID, {})
    return kept


def _keep_said(context: Context, name: str, value: Any) -> None:
    said(context)[name] = value


def _keep_global(context: Context, name: str, value: Any) -> None:
    context.find_root().ensure_object(dict)[name] = value


GLOBALS = (
    option("--db", "The register: path of a file, or a postgresql:// address.", metavar="PATH|URL"),
    option("--as-of", "The day the answers are for, instead of today.", metavar="DATE"),
    option("--actor", "Who makes the change, for the journal.", metavar="NAME"),
    option("--lang", "Language of labels: en or az.", metavar="en|az"),
    option("--format -f", "auto, table, json, jsonl, csv, tsv, yaml or markdown.", metavar="FORMAT"),
    option("--no-pager", "Show long answers without a pager.", switch=True),
)


def _global_options() -> list[TyperOption]:
    """Give what every command and group of commands understands, before and after its name; the later wins."""
    return [row.build(_keep_global) for row in GLOBALS]


class MouCommand(TyperCommand):
    """A command."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{"rich_markup_mode": None, **named})
        self.params += _global_options()


class MouGroup(TyperGroup):
    """A group of commands."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{"rich_markup_mode": None, **named})
        self.params += _global_options()


def taking(*tables: Iterable[Option]) -> type[TyperCommand]:
    """Give the class of a command that also takes the options of some tables; `said` has their values."""
    rows = [row for table in tables for row in table]

    class Taking(MouCommand):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self.params[-len(GLOBALS) : -len(GLOBALS)] = [row.build(_keep_said) for row in rows]

    return Taking
