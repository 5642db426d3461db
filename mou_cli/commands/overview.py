"""`mou` alone: the register at a glance, or how to begin."""

from __future__ import annotations

import shlex
import sys

import typer

from mou_cli.catalogue import translate
from mou_cli.commands.invocation import Invocation
from mou_cli.errors import UsageError
from mou_cli.output.form import Form

_FORMS = (Form.TABLE, Form.JSON, Form.JSONL, Form.YAML)


def show_overview(context: typer.Context) -> None:
    """Show the register at a glance. Without a register, or off a terminal if no form is asked for, show the help."""
    call = Invocation.of(context)
    form = call.shown_form
    if call.form is Form.AUTO and form is not Form.TABLE:
        typer.echo(context.get_help())
        return
    if form not in _FORMS:
        raise UsageError(f"--format: the overview is not made as {form}", f"say {', '.join(_FORMS)}")
    if form is Form.TABLE and not call.has_register:
        typer.echo(context.get_help())
        _say_how_to_begin(call)
        return
    _show(call, form)


def _show(call: Invocation, form: Form) -> None:
    from mou_cli.views.label import find_labels
    from mou_cli.views.overview import get_overview

    with call.reader() as reader:
        overview = get_overview(reader, call.today)
        if form is Form.TABLE and call.language != "en":
            overview["homes"] |= find_labels(reader, overview["homes"], call.language)
    if form is Form.TABLE:
        from mou_cli.output.dashboard import Page, write_dashboard
        from mou_cli.output.screen import screen_of

        page = Page(overview, call.today, call.language, _program(call), screen_of(call.stream))
        write_dashboard(page, call.stream)
        return
    from mou_cli.output import structured
    from mou_cli.output.overview import as_record

    record = as_record(overview, call.today, _program(call))
    if form is Form.JSONL:
        structured.write_json_lines([record], sys.stdout)
    else:
        write = structured.write_json_object if form is Form.JSON else structured.write_yaml_mapping
        write(record, sys.stdout)


def _program(call: Invocation) -> str:
    """Give what a command to type begins with: the register and the day, where they were said."""
    said = {"--db": call.globals.get("db"), "--as-of": call.globals.get("as_of")}
    return shlex.join(["mou", *(word for flag, value in said.items() if value for word in (flag, value))])


def _say_how_to_begin(call: Invocation) -> None:
    from mou_cli.output.overview import ways_to_begin
    from mou_cli.rules.text import escape_controls

    program, language = _program(call), call.language
    begin = translate("There is no register at {place} yet. To begin:", language, place=call.location)
    typer.echo(f"\n{escape_controls(begin, keep_newlines=True)}\n")
    for command, meaning in ways_to_begin(language).items():
        typer.echo(escape_controls(f"  {program} {command:<17}  {meaning}"))
