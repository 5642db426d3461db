"""`mou import`: YAML files into the register."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from mou_cli.catalogue import translate
from mou_cli.commands.app import make_app
from mou_cli.commands.invocation import DRY_RUN, Invocation
from mou_cli.commands.newly_made import make_room, telling_of_place
from mou_cli.commands.option import Named, note_recorded, option, taking
from mou_cli.commands.report import report
from mou_cli.errors import UsageError
from mou_cli.output.form import Form
from mou_cli.output.message import say
from mou_cli.output.number import listed
from mou_cli.output.progress import progress
from mou_cli.output.result import NOUNS
from mou_cli.records.change import Change
from mou_cli.resources import seeds

if TYPE_CHECKING:
    from mou_cli.formats import importing

app = make_app()
_OPTIONS = (
    option("--examples", "Import the example register that comes with the program.", switch=True),
    option("--overwrite", "Take the file's values also where somebody has changed them since.", switch=True),
    DRY_RUN,
)


@app.command(cls=taking(_OPTIONS, argument=Named.FILE))
def import_files(
    context: typer.Context,
    paths: Annotated[list[str] | None, typer.Argument(help="Files, folders, or - for standard input.")] = None,
) -> None:
    """Import YAML files, all or nothing: records are added or changed by their keys, never removed."""
    from mou_cli.formats import importing  # it loads the YAML reader, which who merely completes a path does not need

    call = Invocation.of(context)
    wanted = [*(paths or ()), *([str(seeds())] if call.said.get("examples") else ())]
    if not wanted:
        raise UsageError("there is nothing to import", "name files or folders, or say --examples")
    changes: list[Change] = []
    make_room(call)
    files = importing.find_files(wanted)
    language = call.asking_language
    with telling_of_place(call, call.location), progress(lambda: language) as line:
        outcome = importing.import_files(
            importing.Import(
                files=files,
                location=call.location,
                timeout=call.timeout,
                actor=call.actor,
                today=call.today,
                overwrite=bool(call.said.get("overwrite")),
            ),
            dry_run=call.is_dry_run,
            show=changes.append if call.is_dry_run else None,
            watch=importing.Watch(
                line.stage(lambda language: translate("Reading", language), importing.size_of(files), in_bytes=True),
                lambda number: line.stage(lambda language: translate("Writing", language), number),
                lambda: line.finish(lambda language: translate("Finishing", language)),
            ),
        )
    if call.is_dry_run:
        report(call, changes)
    elif outcome.added or outcome.changed:
        note_recorded(context)
    _summarise(call, outcome)


def _summarise(call: Invocation, outcome: importing.Outcome) -> None:
    language = call.asking_language
    for change in outcome.kept:
        say(
            translate(
                "kept in {noun} {key}: {fields} (changed here since; --overwrite takes the file's)",
                language,
                noun=NOUNS.label(change.noun, language),
                key=change.key,
                fields=", ".join(change.kept),
            )
        )
    for noun, key, removal in outcome.back:
        say(
            translate(
                "{noun} {key} was removed in entry {entry} ({action}); the file brings it back",
                language,
                noun=NOUNS.label(noun, language),
                key=key,
                **removal,
            )
        )
    counts = {"added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged}
    if not call.is_dry_run and call.form in {Form.JSON, Form.JSONL}:
        print(json.dumps({name: dict(count) for name, count in counts.items()}))  # noqa: T201 - asked for as data
        return
    if not outcome.added and not outcome.changed:
        say(translate("nothing changed", language))
        return
    added, changed = listed(outcome.added, language), listed(outcome.changed, language)
    if added and call.is_dry_run:
        say(translate("would be added: {records}", language, records=added))
    elif added:
        say(translate("added: {records}", language, records=added))
    if changed and call.is_dry_run:
        say(translate("would be changed: {records}", language, records=changed))
    elif changed:
        say(translate("changed: {records}", language, records=changed))
