"""The one way to make a command's Typer app."""

from __future__ import annotations

import typer

from mou_cli.commands.option import MouGroup


def make_app() -> typer.Typer:
    """Give the app of one command, without completion of its own and with plain help."""
    return typer.Typer(add_completion=False, rich_markup_mode=None)


def make_group() -> typer.Typer:
    """Give the app of several commands; called without one of them it shows its help."""
    group = typer.Typer(cls=MouGroup, add_completion=False, rich_markup_mode=None)

    @group.callback(invoke_without_command=True)
    def alone(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    return group
