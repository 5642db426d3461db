"""`mou export`: the whole register as YAML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import Invocation
from mou_cli.commands.option import MouCommand
from mou_cli.formats.exporting import export
from mou_cli.output.file import write_file

app = make_app()


@app.command(cls=MouCommand)
def export_register(
    context: typer.Context, file: Annotated[str, typer.Argument(help="File, or - for standard output.")] = "-"
) -> None:
    """Write the whole register as YAML, which `mou import` reads. The same records give the same bytes."""
    call = Invocation.of(context)
    with call.reader() as reader:
        if file == "-":
            export(reader, sys.stdout)
        else:
            write_file(Path(file), lambda stream: export(reader, stream))
