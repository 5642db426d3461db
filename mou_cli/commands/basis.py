"""What a change is based on: a record that is no longer as it was seen is left alone, and both versions are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mou_cli.commands.report import change_lines
from mou_cli.errors import ChangedMeanwhile, NotFound, UsageError
from mou_cli.fields.nouns import SHAPES
from mou_cli.records.change import Change
from mou_cli.views.document import documents
from mou_cli.views.history import document_at, last_entry, since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mou_cli.commands.invocation import Invocation
    from mou_cli.fields.shape import Document
    from mou_cli.store.reader import Reader

_LANGUAGE = "en"
_SHOWN = 5


def refuse_outdated(call: Invocation, reader: Reader, noun: str, key: str, said: Document | None = None) -> None:
    """Raise ChangedMeanwhile where a record has changed since the entry of --based-on; `said` is what would change.

    Raises UsageError for what is no number, and NotFound for an entry that the journal does not have.
    """
    text = call.said["based_on"]
    if not (text.isascii() and text.isdigit()):
        raise UsageError(
            f"--based-on: {text!r} is no number of an entry", "`mou show -f json` has it: history.last_entry"
        )
    entry, last = int(text[:18]), last_entry(reader)
    if entry > last:
        raise NotFound(f"there is no entry {entry} in the journal", f"its last one is {last}")
    later = since(reader, noun, key, entry)
    if not later:
        return
    now = documents(reader, SHAPES[noun], [key]).get(key)
    before = document_at(reader, noun, key, entry, now)
    theirs = Change(noun, key, before, now)
    lines = [f"as it was at entry {entry}, and as it is now:", *change_lines(theirs, _LANGUAGE)]
    if said and before:
        lines += ["as you would have had it:", *change_lines(Change(noun, key, before, before | said), _LANGUAGE)]
    actors = ", ".join(dict.fromkeys(row["actor"] for row in later))
    raise ChangedMeanwhile(
        f"{noun} {key} was changed by {actors} since entry {entry}; nothing was recorded",
        f"look at it again; as it is now it is --based-on {later[-1]['entry']}",
        tuple(lines),
    )


def refuse_changed(shown: Sequence[Change], now: Sequence[Change]) -> None:
    """Raise ChangedMeanwhile where what is about to change is no longer what was shown and agreed to."""
    if list(shown) == list(now):
        return
    then, here = ({(change.noun, change.key): change.before for change in changes} for changes in (shown, now))
    records = [record for record in then | here if then.get(record) != here.get(record)]
    differing = [Change(*record, then.get(record), here.get(record)) for record in records]
    lines = [line for change in differing for line in change_lines(change, _LANGUAGE)]
    named = ", ".join(f"{noun} {key}" for noun, key in records[:_SHOWN])
    raise ChangedMeanwhile(
        f"{named}{' …' if records[_SHOWN:] else ''} changed while you were asked; nothing was recorded",
        "look at it and try again",
        ("as it was shown, and as it is now:", *lines),
    )
