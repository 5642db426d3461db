"""The one way to make a command's Typer app."""

from __future__ import annotations

import typer

from mou_cli.commands.option import MouCommand, MouGroup


def make_app() -> typer.Typer:
    """Give an app without completion of its own and with plain help, whose commands know the global options."""
    return typer.Typer(cls=MouGroup, add_completion=False, rich_markup_mode=None, no_args_is_help=True)


__all__ = ["MouCommand", "make_app"]
