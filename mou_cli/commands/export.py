"""`mou export`: the whole register as YAML."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from mou_cli.catalogue import translate
from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import Invocation
from mou_cli.commands.option import Named, taking
from mou_cli.commands.publish import PUBLIC
from mou_cli.output.file import write_file
from mou_cli.output.message import say
from mou_cli.output.number import listed_or_none
from mou_cli.output.progress import progress

app = make_app()


@app.command(cls=taking((PUBLIC,), argument=Named.FILE))
def export_register(
    context: typer.Context, file: Annotated[str, typer.Argument(help="File, or - for standard output.")] = "-"
) -> None:
    """Write the whole register as YAML, which `mou import` reads. The same records give the same bytes.

    With --public only what may be published: of agreements marked so, of their parties and of what was held for them.
    """
    from mou_cli.formats.exporting import (  # it loads the YAML writer, which completing a path does not need
        count_records,
        count_told,
        export,
    )

    call = Invocation.of(context)
    public, language = bool(call.said.get("public")), call.asking_language
    # On a terminal the register itself runs past, and shows how far it is.
    runs_past = file == "-" and sys.stdout.isatty()
    with call.reader() as reader, progress(lambda: call.language, quiet=runs_past) as line:
        counts = count_records(reader, public=public)
        tell = line.stage(lambda language: translate("Writing", language), count_told(reader, counts))
        if file == "-":
            # A seed file is UTF-8 whatever the terminal's encoding: a letter shown by its code would be another text.
            if isinstance(sys.stdout, TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8", errors="strict")
            export(reader, sys.stdout, tell, public=public)
        else:
            write_file(Path(file), lambda stream: export(reader, stream, tell, public=public))
    if file != "-":
        _say_written(language, counts, file)


def _say_written(language: str, counts: dict[str, int], file: str) -> None:
    say(translate("{records} written to {file}", language, records=listed_or_none(counts, language), file=file))
