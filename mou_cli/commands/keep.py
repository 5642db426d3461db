"""Keeping what was answered in a file, where it could not be recorded."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from mou_cli.asking.line import Asked
from mou_cli.catalogue import Sentence, translate
from mou_cli.errors import UsageError
from mou_cli.fields.nouns import SHAPES
from mou_cli.formats.exporting import written_record
from mou_cli.formats.yaml_writer import write_yaml
from mou_cli.rules.command import command

if TYPE_CHECKING:
    from typing import TextIO

    from mou_cli.asking.conversation import Conversation
    from mou_cli.records.change import Change


def keep_answers(conversation: Conversation, changes: list[Change]) -> None:
    """Write the last of the changes, a record that was to be added, into a new file that `--from` reads.

    The changes before it are of institutions that are new; comments say the commands that record them, and it.
    """
    *newcomers, change = changes
    name, file = _open_new(conversation, f"mou-{change.noun}.yaml")
    document = change.after or {}
    with file:
        for newcomer in newcomers:
            file.write(f"# {_newcomer(newcomer.after or {})}\n")
        plan = f" --plan {document['plan']}" if change.noun == "task" else ""
        file.write(f"# {command(change.noun, 'add')}{plan} --from {shlex.quote(name)}\n")
        said = {field: value for field, value in document.items() if field not in {"key", "ref"}}
        write_yaml(written_record(said, SHAPES[change.noun].fields).items(), file)
    conversation.sheet.tell(translate("Kept in {file}", conversation.language, file=name))


def _open_new(conversation: Conversation, default: str) -> tuple[str, TextIO]:
    """Open a file that is not there yet, for its owner alone."""
    while True:
        asked = Asked(translate("File", conversation.language), default=default)
        name = conversation.prompt.line(asked).strip() or default
        try:
            place = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            conversation.sheet.refuse(
                UsageError(Sentence("{file} cannot be written: {reason}", file=name, reason=error.strerror))
            )
            continue
        return name, os.fdopen(place, "w", encoding="utf-8")


def _newcomer(document: dict[str, object]) -> str:
    words = ["mou", "partner", "add", str(document["name"]), "--new", "--key", str(document["key"])]
    for field in ("country", "type"):
        if field in document:
            words += [f"--{field}", str(document[field])]
    return shlex.join([*words, "--home"] if document.get("home") else words)
